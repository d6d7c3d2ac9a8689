"""Whom an age, an origin or a time of life stands for: "the 17-year-old", "the Croatian", "the teenager"."""

from __future__ import annotations

import re
from itertools import takewhile

from quotes.speakers.article import Scene
from quotes.speakers.entities import Entity, place_key
from quotes.speakers.lexicon import fold, lexicon
from quotes.speakers.nominals import Nominal
from quotes.speakers.pronouns import Occurrence

_NEAR = 2
"""Sentences back that whoever is meant is looked for."""
_AGE = re.compile(r"\b(\d{1,3})[- ]years?[- ]old\b")
_AGE_AFTER = re.compile(r",? \((?P<bracket>\d{1,3})\)|, (?P<comma>\d{1,3})(?=[,.;])")
_PARENT = re.compile(r"(?P<m>father|dad|grandfather)|(?P<f>mother|mum|mom|grandmother)")
_PARENT_OF = re.compile(rf"(?:{_PARENT.pattern}) of (?:one|two|three|four|five|six|seven|eight|nine|ten)")
_APOSTROPHE = re.compile(r"['’]s? ")
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
    """ "Ivana Kresic won. The Croatian …", "Tom Alderson spoke. The Selby MP …": whoever acted or spoke last.

    Whoever is known to be of another age, from elsewhere or something else isn't meant, nor anybody where two could be.
    """
    if not _points_back(nominal) or not _tells(scene, nominal):
        return None
    sentence = scene.sentence(scene.index(nominal.start))
    fitting: dict[int, Entity] = {}
    acted: float | None = None
    for occurrence in reversed(scene.said):
        back, entity = sentence - occurrence.sentence, occurrence.entity
        if back > (_NEAR if acted is None else acted):
            break
        acts = occurrence.subject or occurrence.speaker
        if _only_named(occurrence, acts, back) or (id(entity) not in fitting and _contradicted(scene, nominal, entity)):
            continue
        fitting[id(entity)] = entity
        if acts and acted is None:
            acted = back
    if acted is None or len(fitting) != 1:
        return None
    (entity,) = fitting.values()
    return entity if entity.names else None


def _only_named(occurrence: Occurrence, acts: bool, back: float) -> bool:
    """Whether a mention is no person's, or makes nobody the one spoken of: "Kresic's", "Asked about Kresic, the …"."""
    entity = occurrence.entity
    if entity.kind not in {"person", "unknown"} or (occurrence.by is not None and occurrence.by is not entity):
        return True
    if not entity.names and (entity.kind == "unknown" or not acts):
        return True
    # "Tom Alderson, the MP for Selby": a name of unknown kind counts where it does something.
    return not acts and (occurrence.owner or occurrence.pronoun or back == 0 or entity.kind == "unknown")


def _tells(scene: Scene, nominal: Nominal) -> bool:
    """Whether a description tells an age, an origin, a party, a seat or what somebody plays, and nothing else."""
    words, key = lexicon(), fold(nominal.head)
    if key in words.adjectives or nominal.head in words.epithets or _parent(nominal) is not None:
        return True
    if nominal.head in words.seats_held:
        return _seat(nominal) is not None or nominal.affiliation is None
    return _AGE.search(scene.text, nominal.start, nominal.end) is not None and not nominal.role


def _parent(nominal: Nominal) -> re.Match[str] | None:
    """ "the mother-of-two", "the father of three": a match whose group tells the sex."""
    return _PARENT_OF.fullmatch(fold(nominal.name))


def _seat(nominal: Nominal) -> str | None:
    """The state or constituency of "the Ohio congressman", "the Selby MP"; a country is none."""
    if nominal.affiliation is None:
        return None
    country = lexicon().places.get(fold(nominal.affiliation))
    state = country is not None and country.name in lexicon().state_labels.values()
    return place_key(nominal.affiliation) if country is None or state else None


def _contradicted(scene: Scene, nominal: Nominal, entity: Entity) -> bool:
    """Whether something known of a person speaks against a description: age, sex, origin, or what he or she does."""
    words, key = lexicon(), fold(nominal.head)
    age, parent = _AGE.search(scene.text, nominal.start, nominal.end), _parent(nominal)
    ages = _ages(scene, entity) if age is not None else set()
    if age is not None and ages and age[1] not in ages:
        return True
    gender = nominal.gender or (parent.lastgroup if parent is not None else None)
    if gender is not None and (entity.gender or entity.called) not in {None, gender}:
        return True
    roles = [fold(role) for role, _ in entity.roles]
    if nominal.head in words.epithets and any(role in words.epithets and role != key for role in roles):
        return True  # a goalkeeper isn't "the midfielder"
    homes = {place_key(affiliation) for _, affiliation in entity.roles if affiliation} | entity.places
    homes = {home for home in homes if home in words.places}
    country = words.adjectives.get(key)
    if country is not None:
        return bool(homes) and place_key(country.name) not in homes
    if key in words.parties or nominal.head in words.seats_held:
        seat, states = _seat(nominal), {fold(state) for state in words.state_labels.values()}
        if seat is not None and homes & states and seat not in homes:
            return True
        known = any(set(role.split()) & words.politicians for role in roles)
        return not known and (bool(roles) or nominal.head in words.seats_held)  # an anchor is no senator
    return False


def by_late_role(scene: Scene, nominal: Nominal) -> Entity | None:
    """ "Ann Lee denied it. “No,” the team's chief executive said": who speaks first and is only then said to be what.

    Not where the owner has a name: "Lumora's spokesman" may be anybody.
    """
    if nominal.kind != "person" or not nominal.role or nominal.head in lexicon().kin or nominal.gender is not None:
        return None
    at = scene.index(nominal.start)
    if scene.tokens[at].low != "the" or nominal.titled or not _APOSTROPHE.search(nominal.name):
        return None
    sentence = scene.sentence(at)
    near = [o for o in takewhile(lambda o: sentence - o.sentence <= 1, reversed(scene.said)) if o.subject or o.speaker]
    acting = {id(o.entity): o.entity for o in near if o.entity.kind in {"person", "unknown"}}
    if len(acting) != 1:
        return None
    (entity,) = acting.values()
    if not entity.names or entity.roles or not any(o.speaker and not o.pronoun for o in near if o.entity is entity):
        return None
    first = min(name.start for name in entity.names)
    return entity if sentence - scene.sentence(scene.index(first)) <= 1 else None


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
