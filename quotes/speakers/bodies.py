"""Which body a description names by some words of its name: "the sheriff's office", "the disaster agency"."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.speakers.article import Scene
from quotes.speakers.entities import Entity
from quotes.speakers.lexicon import fold
from quotes.speakers.nominals import Nominal


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
    return words[-1] == name[-1] or (words[-1] == name[0] and name[1] in {"of", "for"})
