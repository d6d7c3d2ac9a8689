"""Whom a description points back to: "the spokesman", "Iran's foreign minister", "the militia"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from quotes.speakers.article import Scene, described
from quotes.speakers.bodies import by_capital, by_words_of_name
from quotes.speakers.entities import Entity, place_key
from quotes.speakers.epithets import by_age, by_epithet, by_late_role, by_trial
from quotes.speakers.lexicon import fold, lexicon
from quotes.speakers.names import Name
from quotes.speakers.nominals import Nominal

_NEAR = 3
"""Sentences back that "the company" is looked for among names whose class is unknown."""
_SPOKEN = 6
"""Sentences back in which a company that spoke or acted is meant before one that was only named."""
_UNCLASSED = frozenset({"company", "team", "association"})
"""Classes of bodies that names often don't tell."""
_GROUPS = frozenset({"group", "organization", "organisation"})
_COMPANIES = frozenset({"company", "firm"})
_PASSING = frozenset({"outgoing", "departing", "incumbent"})
"""Words that tell when somebody is something, and make no other role of it."""
_FAME = frozenset({"celebrity", "star", "tv", "television", "top", "veteran", "team", "club"})
"""Words that a headline puts before a role for which the text has others: "Celebrity chef" for "TV chef"."""
_RANKS = frozenset({"vice", "deputy", "assistant", "associate", "under", "co", "press", "attorney", "shadow"})
"""Words that make another role of one: who is called without them isn't meant with them."""


def describe(scene: Scene, nominal: Nominal) -> Entity:
    for link in DESCRIPTIONS:
        entity = link(scene, nominal)
        if entity is not None:
            return entity
    return described(scene, nominal)


def by_role(scene: Scene, nominal: Nominal) -> Entity | None:
    """ "Iran's foreign minister" → the person with that role and affiliation; "the senator" → the last senator."""
    if nominal.kind != "person" or not nominal.definite or not nominal.role or nominal.head in lexicon().kin:
        return None
    owner = _owner(scene, nominal)
    wanted = nominal.affiliation or owner
    fitting = [e for e in scene.cast.known("person") if e.names or e.nominal]
    fitting = [e for e in fitting if any(_role_fits(nominal, role) for role, _ in e.roles)]
    fitting = [e for e in fitting if nominal.gender is None or e.gender in {None, nominal.gender}]
    if wanted:
        return _sole(e for e in fitting if place_key(wanted) in _affiliations(e))
    if nominal.bare and nominal.head == "doctor" and not fitting:
        fitting = [e for e in scene.cast.known("person") if any(_is_doctor(scene, name) for name in e.names)]
    return _latest(scene, fitting) or (_sole(fitting) if len(nominal.role) > 1 else None)


def _is_doctor(scene: Scene, name: Name) -> bool:
    """ "Dr Ann Rao" is "the doctor"."""
    return name.titled and scene.tokens[scene.index(name.start) - 1].low in {"dr", "dr."}


def by_headline(scene: Scene, nominal: Nominal) -> Entity | None:
    """ "minister insists" → the only person in the article who has the role, whom the text names later."""
    if nominal.kind != "person" or not nominal.headline or not nominal.role or nominal.head in lexicon().kin:
        return None
    fitting = [e for e in scene.cast.known("person") if e.names and any(_role_fits(nominal, r) for r, _ in e.roles)]
    if not fitting and len(nominal.role) > 1 and set(nominal.role[:-1]) <= _FAME:
        bare = nominal._replace(role=nominal.role[-1:])
        fitting = [e for e in scene.cast.known("person") if e.names and any(_role_fits(bare, r) for r, _ in e.roles)]
    if nominal.affiliation and fold(nominal.affiliation) not in _FAME:
        fitting = [e for e in fitting if place_key(nominal.affiliation) in _affiliations(e)]
    return _sole(fitting)


def by_later_name(scene: Scene, nominal: Nominal) -> Entity | None:
    """ "A spokesman for the Valley League" → "Yahya Ansi, the spokesman for the Valley League", named only later."""
    if nominal.kind != "person" or nominal.definite or not nominal.role or nominal.affiliation is None:
        return None
    if nominal.head in lexicon().kin or nominal.counted or nominal.headline:
        return None
    wanted = place_key(nominal.affiliation)
    return _sole(
        e
        for e in scene.cast.known("person")
        if e.names
        and _first_named(e) > nominal.end
        and nominal.gender in {None, e.gender}
        and any(a and wanted == place_key(a) and _role_fits(nominal, r) for r, a in e.roles)
    )


def _owner(scene: Scene, nominal: Nominal) -> str | None:
    """For "his spokesman" the surname of whoever "his" is."""
    if nominal.owner is None:
        return None
    at = scene.index(nominal.owner)
    entity = scene.antecedent(at)
    if entity is None:
        return "?"
    return entity.name.rpartition(" ")[2] if entity.kind == "person" else entity.name


def _affiliations(entity: Entity) -> set[str]:
    keys = set(entity.places)
    for _, affiliation in entity.roles:
        if affiliation:
            keys |= {place_key(affiliation), fold(affiliation).rpartition(" ")[2]}
    return keys


def _role_fits(nominal: Nominal, role: str) -> bool:
    """Whether a person with this role can be called so: "minister" for "Foreign Minister", "lawmaker" for "Senator"."""
    synonyms, wider = lexicon().synonyms, lexicon().wider
    words = fold(role).split()
    former = bool({"former", "ex"} & set(words))
    if former != nominal.former:
        return False
    if _RANKS & set(words) != _RANKS & set(nominal.role):
        return False  # "the president" isn't the vice president
    has = {synonyms.get(word, word) for word in words}
    if fold(role) in synonyms:
        has.add(synonyms[fold(role)])
    rest = {synonyms.get(word, word) for word in nominal.role[:-1]} - _PASSING
    head = nominal.role[-1]
    whole = " ".join(nominal.role)
    if synonyms.get(whole, whole) in has or " ".join(words) == whole:
        return True
    heads = {synonyms.get(head, head)} | {synonyms.get(word, word) for word in wider.get(head, ())}
    return bool(heads & has) and rest <= has


def by_kind_of_body(scene: Scene, nominal: Nominal) -> Entity | None:
    """ "the company", "the militia": the last body of that class; the bank is one that is called so, if any is."""
    if nominal.kind != "organization" or not nominal.definite or not nominal.bare or nominal.group is None:
        return None
    general = nominal.head in _GROUPS
    bodies = [
        e
        for e in scene.cast.known("organization")
        if (e.group == nominal.group or (general and e.group not in {"government", "ministry", "military", "company"}))
        and nominal.name not in e.surfaces
    ]
    if not general and nominal.head not in _COMPANIES:
        called = _latest(scene, [e for e in bodies if any(nominal.head in fold(text).split() for text in e.surfaces)])
        if called is not None:
            return called
    if nominal.group != "company":
        return _latest(scene, bodies)
    return _foremost(scene, nominal, bodies)


def _foremost(scene: Scene, nominal: Nominal, bodies: Sequence[Entity]) -> Entity | None:
    """The company spoken of most: one that spoke or acted lately before one only named, the last one among equals.

    None where the last one is only named in somebody's statement, unless the article is about it: "a spokesman for
    Lumora denied having paid Veltra".
    """
    wanted = {id(entity) for entity in bodies}
    sentence = scene.sentence(scene.index(nominal.start))
    best, most, last = None, 0.0, None
    for occurrence in reversed(scene.said):
        back = sentence - occurrence.sentence
        if back > _SPOKEN and last is not None:
            break
        if id(occurrence.entity) not in wanted:
            continue
        last = last or occurrence
        score = 1.0 * occurrence.subject + 0.8 * occurrence.speaker - 0.3 * back - 0.6 * (occurrence.by is not None)
        if score > most:
            best, most = occurrence.entity, score
    if best is not None or last is None:
        return best
    return last.entity if last.by is None or _most_named(scene, last.entity) else None


def _most_named(scene: Scene, entity: Entity) -> bool:
    """Whether the article names no other body as often, nor an earlier one more than once."""
    others = [e for e in scene.cast.known("organization", "unknown") if e is not entity and len(e.names) > 1]
    return all(len(e.names) < len(entity.names) and _first_named(e) > _first_named(entity) for e in others)


def _first_named(entity: Entity) -> int:
    return min((name.start for name in entity.names), default=0)


def by_unclassed_body(scene: Scene, nominal: Nominal) -> Entity | None:
    """ "the (German) company", "the team" → the name just spoken of, of which nothing says it's a person's.

    "Lumora denied it. The company …"; who spoke goes before who is asked about: "Asked about Veltra, the company said".
    """
    if nominal.kind != "organization" or not nominal.definite or nominal.group not in _UNCLASSED:
        return None
    if not nominal.bare and not (nominal.group == "company" and _tells_origin(nominal)):
        return None
    sentence = scene.sentence(scene.index(nominal.start))
    acting: Entity | None = None
    for occurrence in reversed(scene.said):
        entity, back = occurrence.entity, sentence - occurrence.sentence
        if back > _NEAR:
            break
        if nominal.group != "company" and (back > 1 or entity.kind != "organization"):
            continue
        unclassed = entity.kind == "organization" and entity.group is None
        unknown = entity.kind == "unknown" and entity.gender is None and not entity.roles
        if not entity.names or not (unclassed or unknown):
            continue
        if occurrence.speaker or (occurrence.subject and occurrence.by is None and back > 0):
            acting = entity
            break
        if occurrence.subject:
            acting = acting or entity
    if acting is not None:
        acting.kind, acting.group = "organization", nominal.group
    return acting


def _tells_origin(nominal: Nominal) -> bool:
    """ "the US-owned company", "the Dutch chipmaker": told apart from no other one, as "the other company" is."""
    before, _, _ = nominal.name.rpartition(" ")
    adjectives, places = lexicon().adjectives, lexicon().places
    return nominal.owner is None and all(
        fold(word) in adjectives or fold(word.partition("-")[0]) in adjectives.keys() | places.keys()
        for word in before.split()
    )


def by_fuller_words(scene: Scene, nominal: Nominal) -> Entity | None:
    """ "An Iranian-backed militia" → "an Iranian-backed Iraqi militia" mentioned before, or the other way round.

    A caption and the lead often introduce one body twice. Only a compound is telling enough: two
    Chinese companies are two.
    """
    if nominal.kind != "organization" or nominal.definite:
        return None
    words = set(nominal.name.lower().split())
    for entity in scene.cast.entities:
        if entity.nominal != nominal.head or entity.kind != nominal.kind:
            continue
        for text in entity.surfaces:
            known = set(text.lower().split())
            if (words <= known or known <= words) and any("-" in word for word in words & known):
                entity.surfaces[nominal.name] += 1
                return entity
    return None


def by_words_before(scene: Scene, nominal: Nominal) -> Entity | None:
    """ "the officials" → "US officials" named before."""
    if not nominal.definite or not nominal.bare or nominal.owner is not None or nominal.kind == "organization":
        return None
    return _latest(scene, [e for e in scene.cast.entities if e.nominal == nominal.head and e.kind == nominal.kind])


DESCRIPTIONS: tuple[Callable[[Scene, Nominal], Entity | None], ...] = (
    by_role,
    by_headline,
    by_later_name,
    by_capital,
    by_kind_of_body,
    by_words_of_name,
    by_unclassed_body,
    by_trial,
    by_age,
    by_epithet,
    by_late_role,
    by_fuller_words,
    by_words_before,
)
"""How a description finds an entity mentioned before it."""


def _latest(scene: Scene, entities: Sequence[Entity]) -> Entity | None:
    """The one mentioned last so far."""
    wanted = {id(entity) for entity in entities}
    return next((o.entity for o in reversed(scene.said) if id(o.entity) in wanted), None)


def _sole(entities: Iterable[Entity]) -> Entity | None:
    found = list(entities)
    return found[0] if len(found) == 1 else None
