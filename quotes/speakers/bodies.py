"""Which body a description names by some words of its name: "the sheriff's office", "the disaster agency"."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.speakers.article import Scene, described
from quotes.speakers.entities import Entity, place_key
from quotes.speakers.lexicon import fold
from quotes.speakers.nominals import Nominal
from quotes.speakers.roles import dateline_country

_OF_STATE = frozenset({"ministry", "government", "military", "department", "police"})
"""Classes of bodies that countries have."""


def by_capital(scene: Scene, nominal: Nominal) -> Entity | None:
    """ "In Moscow, the (defence) ministry": the last one of that country, and no other country's.

    Where the article has none of it, it is a body of its own, called after the country.
    """
    if nominal.kind != "organization" or not nominal.definite or nominal.owner is not None or nominal.titled:
        return None
    country = dateline_country(scene.tokens, scene.index(nominal.start))
    if nominal.group not in _OF_STATE or country is None:
        return None
    wanted, words = place_key(country), fold(nominal.name).split()
    for occurrence in reversed(scene.said):
        entity = occurrence.entity
        for text in entity.surfaces if entity.kind == "organization" else ():
            called = fold(text).replace("'s", "").split()
            if _called(words, called) and wanted in {place_key(word) for word in called} | entity.places:
                return entity
    return described(scene, nominal._replace(name=f"{country}'s {nominal.name}"))


def by_words_of_name(scene: Scene, nominal: Nominal) -> Entity | None:
    """ "the sheriff's office" → "Dale County Sheriff's Office", if no other body of the article can be called so."""
    words = fold(nominal.name).split()
    if nominal.kind != "organization" or not nominal.definite or nominal.owner is not None or len(words) < 2:
        return None
    fitting = [
        entity
        for entity in scene.cast.known("organization")
        if entity.names and any(_called(words, fold(text).split()) for text in entity.spellings)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _called(words: Sequence[str], name: Sequence[str]) -> bool:
    """Whether all the words are the name's, and both have one head: "health ministry", "Ministry of Health"."""
    if len(words) > len(name) or not set(words) <= set(name):
        return False
    return words[-1] == name[-1] or (words[-1] == name[0] and name[1:2] in (["of"], ["for"]))
