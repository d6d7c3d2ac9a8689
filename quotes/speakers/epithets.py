"""Whom an age, an origin or a time of life stands for: "the 17-year-old", "the Croatian", "the teenager"."""

from __future__ import annotations

import re

from quotes.speakers.article import Scene
from quotes.speakers.entities import Entity, place_key
from quotes.speakers.lexicon import fold, lexicon
from quotes.speakers.nominals import Nominal

_NEAR = 2
"""Sentences back in which nobody else may have been spoken of."""
_AGE = re.compile(r"\b(\d{1,3})[- ]years?[- ]old\b")
_AGE_AFTER = re.compile(r",? \((?P<bracket>\d{1,3})\)|, (?P<comma>\d{1,3})(?=[,.;])")
_PARENT = re.compile(r"(?P<m>father|dad|grandfather)|(?P<f>mother|mum|mom|grandmother)")
_PARENT_OF = re.compile(rf"(?:{_PARENT.pattern}) of (?:one|two|three|four|five|six|seven|eight|nine|ten)")
_TRIED = frozenset({"defendant", "accused"})
_TRIAL = frozenset({"denied", "denies", "pleaded", "charged", "convicted", "guilty", "jailed", "sentenced"})
_REACH = 8
"""Words after a name in which it is said to stand trial: "Lee Garrow, 34, had denied"."""


def by_age(scene: Scene, nominal: Nominal) -> Entity | None:
    """ "the 17-year-old (striker)" → "Marta Solana, 17," if she alone is of that age."""
    age = _AGE.search(scene.text, nominal.start, nominal.end)
    if age is None or not _points_back(nominal):
        return None
    fitting = [entity for entity in scene.cast.known("person", "unknown") if age[1] in _ages(scene, entity)]
    return fitting[0] if len(fitting) == 1 else None


def _ages(scene: Scene, entity: Entity) -> set[str]:
    """The numbers set beside an entity's names: "Marta Solana, 17,", "Marta Solana (17)"."""
    found = (_AGE_AFTER.match(scene.text, name.end) for name in entity.names)
    return {match["bracket"] or match["comma"] for match in found if match}


def by_epithet(scene: Scene, nominal: Nominal) -> Entity | None:
    """ "Ivana Kresic won. The Croatian …", "Tom Alderson spoke. The Conservative …": the only person just spoken of.

    Whoever is known to come from elsewhere isn't meant, nor is anybody where two could be.
    """
    key = fold(nominal.head)
    country = lexicon().adjectives.get(key)
    aged = _AGE.search(scene.text, nominal.start, nominal.end) is not None
    parent = _PARENT_OF.fullmatch(key)
    told = aged or parent is not None or key in lexicon().adjectives or nominal.head in lexicon().epithets
    if not _points_back(nominal) or not told:
        return None
    at = scene.index(nominal.start)
    sentence = scene.sentence(at)
    near = [o for o in scene.said if sentence - o.sentence <= _NEAR and o.entity.kind in {"person", "unknown"}]
    # "Tom Alderson, the MP for Selby": a name of unknown kind counts where it does something.
    people = {id(o.entity): o.entity for o in near if o.entity.kind == "person" or (o.subject and o.entity.names)}
    if len(people) != 1:
        return None
    (entity,) = people.values()
    gender = nominal.gender or (parent.lastgroup if parent is not None else None)
    if not entity.names or gender not in {None, entity.gender or entity.called}:
        return None
    if any(fold(role) in lexicon().epithets and fold(role) != key for role, _ in entity.roles):
        return None  # a goalkeeper isn't "the midfielder"
    homes = {place_key(affiliation) for _, affiliation in entity.roles if affiliation} | entity.places
    if country is not None and homes and place_key(country.name) not in homes:
        return None
    if any(o.entity is entity and (o.subject or o.speaker) for o in near):
        return entity
    return None


def by_trial(scene: Scene, nominal: Nominal) -> Entity | None:
    """ "the defendant" → "Lee Garrow, 34, had denied murder", if no other person is said to stand trial."""
    if nominal.head not in _TRIED or not nominal.definite or not nominal.bare:
        return None
    tried = {id(e): e for e in scene.cast.known("person") if any(_stands_trial(scene, name.end) for name in e.names)}
    return next(iter(tried.values())) if len(tried) == 1 else None


def _stands_trial(scene: Scene, offset: int) -> bool:
    """Whether the words after a name, up to the next one, tell of a trial."""
    first = scene.index(offset)
    for token in scene.tokens[first : first + _REACH]:
        if token.sentence != scene.tokens[first - 1].sentence or token.capital or token.low in {"but", "and"}:
            return False
        if token.low in _TRIAL:
            return True
    return False


def _points_back(nominal: Nominal) -> bool:
    """Whether it is a person by the words "the …", and neither owned ("Spain's teenager") nor of several."""
    return (
        nominal.definite
        and nominal.owner is None
        and "'s" not in nominal.name
        and nominal.kind in {"person", "unknown"}
    )
