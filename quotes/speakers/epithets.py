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
_TIMES_OF_LIFE = frozenset({"teenager", "teen", "youngster", "pensioner", "newcomer"})


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
    if not _points_back(nominal) or not (aged or key in lexicon().adjectives or key in _TIMES_OF_LIFE):
        return None
    at = scene.index(nominal.start)
    sentence = scene.sentence(at)
    near = [o for o in scene.said if sentence - o.sentence <= _NEAR and o.entity.kind in {"person", "unknown"}]
    # "Tom Alderson, the MP for Selby": a name of unknown kind counts where it does something.
    people = {id(o.entity): o.entity for o in near if o.entity.kind == "person" or (o.subject and o.entity.names)}
    if len(people) != 1:
        return None
    (entity,) = people.values()
    if not entity.names or nominal.gender not in {None, entity.gender}:
        return None
    homes = {place_key(affiliation) for _, affiliation in entity.roles if affiliation} | entity.places
    if country is not None and homes and place_key(country.name) not in homes:
        return None
    if any(o.entity is entity and (o.subject or o.speaker) for o in near):
        return entity
    return None


def _points_back(nominal: Nominal) -> bool:
    """Whether it is a person by the words "the …", and neither owned ("Spain's teenager") nor of several."""
    return (
        nominal.definite
        and nominal.owner is None
        and "'s" not in nominal.name
        and nominal.kind in {"person", "unknown"}
    )
