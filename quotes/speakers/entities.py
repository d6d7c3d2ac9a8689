"""Puts the names of one article together: one `Entity` for all the names of one speaker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from quotes.schema import SpeakerKind
from quotes.speakers.lexicon import Gender, fold, lexicon
from quotes.speakers.names import Name
from quotes.speakers.registry import Entry, Registry
from quotes.speakers.spelling import is_acronym_of, parts, same_person, same_words, suffix, variant


@dataclass(slots=True, eq=False)
class Entity:
    """A speaker in the making.

    Attributes:
        kind: What it is, as far as is known.
        group: Class of organisation ("company", "militia").
        surfaces: Its names as written, with how often each was seen.
        roles: (role, affiliation) pairs, in order of appearance.
        gender: Of a person.
        places: Folded affiliations: countries, states, bodies.
        entry: The registry's entry.
        names: Occurrences of its names in the article.
        nominal: Head noun, for one known only by a description ("a spokesman for Sanders").
    """

    kind: SpeakerKind = "unknown"
    group: str | None = None
    surfaces: Counter[str] = field(default_factory=Counter)
    roles: list[tuple[str, str | None]] = field(default_factory=list)
    gender: Gender | None = None
    places: set[str] = field(default_factory=set)
    entry: Entry | None = None
    names: list[Name] = field(default_factory=list)
    nominal: str | None = None

    @property
    def spellings(self) -> Iterator[str]:
        """All its names: the registry's and the article's."""
        if self.entry is not None:
            yield from self.entry.names
        yield from self.surfaces

    @property
    def name(self) -> str:
        """Canonical name: the registry's, else the fullest, most frequent, first one."""
        if self.entry is not None:
            return self.entry.name
        return max(self.surfaces, key=lambda text: (self._fullness(text), self.surfaces[text]))

    def _fullness(self, text: str) -> int:
        if self.kind == "place":
            return 0  # "US" and "United States" are both full names of it
        words = [word for word in text.split() if len(word.strip(".")) > 1]
        return len(words) - ("'s" in text or "’s" in text)

    @property
    def full(self) -> list[tuple[str, ...]]:
        """Its names of two words or more, as `parts`."""
        return [key for key in map(parts, self.spellings) if len(key) > 1]

    def add(self, name: Name) -> None:
        """Takes in one more occurrence."""
        self.names.append(name)
        self.surfaces[name.text] += 1
        if self.kind == "unknown" or (name.kind == "person" and name.sure and not self.names[0].sure):
            self.kind = name.kind if name.kind != "unknown" else self.kind
        self.group = self.group or name.group
        self.gender = self.gender or name.gender
        if name.role and not any(fold(name.role) == fold(role) and affiliation for role, affiliation in self.roles):
            self.roles.append((name.role, name.affiliation))
        if name.affiliation:
            self.places.add(place_key(name.affiliation))
        if name.short and self.kind == "person":
            label = name.short.rpartition("-")[2]
            self.places.add(fold(lexicon().state_labels.get(label, label)))


def place_key(name: str) -> str:
    """A place under one name: "US", "U.S." and "American" are all "united states"."""
    words, key = lexicon(), fold(name)
    country = words.places.get(key) if key not in words.seats else None
    country = country or words.adjectives.get(key)
    return fold(country.name) if country else key


class Cast:
    """All entities of an article.

    Args:
        names: The article's names, in order.
        registry: Known speakers, which win over guessing.
    """

    def __init__(self, names: Sequence[Name], registry: Registry | None = None) -> None:
        self.registry = registry or Registry()
        self.entities: list[Entity] = []
        self.of: dict[int, Entity] = {}
        self._seeds = {entry.name: _seed(entry) for entry in self.registry.entries}
        self._nominals: dict[str, Entity] = {}
        for name in sorted(names, key=lambda n: (-min(len(parts(n.text)), 4) if len(parts(n.text)) > 1 else 0, n.start)):
            entity = self._link(name) or self._new()
            entity.add(name)
            self.of[name.start] = entity

    def described(self, key: str) -> Entity | None:
        """The entity of a description seen before: the same words, or a registry alias ("Iraqi government")."""
        entry = self.registry.find(key)
        if entry is not None:
            return self._registered(entry)
        return self._nominals.get(fold(key))

    def describe(self, key: str, entity: Entity) -> Entity:
        """Keeps an entity under its description."""
        self._nominals[fold(key)] = entity
        self.entities.append(entity)
        return entity

    def _new(self) -> Entity:
        self.entities.append(Entity())
        return self.entities[-1]

    def _registered(self, entry: Entry) -> Entity:
        seed = self._seeds[entry.name]
        if seed not in self.entities:
            self.entities.append(seed)
        return seed

    def _link(self, name: Name) -> Entity | None:
        """The entity that `name` names, by the first of the links that finds one."""
        for link in LINKS:
            entity = link(self, name)
            if entity is not None:
                return self._registered(entity.entry) if entity.entry else entity
        return None

    def known(self, *kinds: SpeakerKind) -> Iterable[Entity]:
        """Entities of these kinds, the article's before the registry's."""
        yield from (entity for entity in self.entities if entity.kind in kinds)
        yield from (seed for seed in self._seeds.values() if seed.kind in kinds and seed not in self.entities)


def _seed(entry: Entry) -> Entity:
    seed = Entity(kind=entry.kind, entry=entry, gender=entry.gender)
    if entry.role:
        seed.roles.append((entry.role, entry.affiliation))
    if entry.affiliation:
        seed.places.add(place_key(entry.affiliation))
    return seed


def by_registry(cast: Cast, name: Name) -> Entity | None:
    """A name that the registry lists: "Zarif" under Mohammad Javad Zarif."""
    entry = cast.registry.find(name.text)
    return cast._seeds[entry.name] if entry else None


def by_same_name(cast: Cast, name: Name) -> Entity | None:
    """The same words again; for countries another name of the same: "US", "America"."""
    key, wanted = parts(name.text), suffix(name.text)
    if name.kind == "place":
        return _first(e for e in cast.known("place") if place_key(name.text) in map(place_key, e.spellings))
    if len(key) < 2:
        return None
    for entity in cast.known("person", "organization", "unknown", "group"):
        if any(parts(text) == key and suffix(text) == wanted for text in entity.spellings):
            return entity
    return None


def by_full_name(cast: Cast, name: Name) -> Entity | None:
    """Another form of a person's full name: "Donald J. Trump", "Abdul Mahdi" for "Adil Abdul Mahdi"."""
    key = parts(name.text)
    if len(key) < 2 or name.kind not in {"person", "unknown"}:
        return None
    fitting = [
        entity
        for entity in cast.known("person", "unknown")
        if any(same_person(key, parts(text)) and suffix(text) == suffix(name.text) for text in entity.spellings)
        and _gender_fits(entity, name)
    ]
    return _only(fitting)


def by_organisation(cast: Cast, name: Name) -> Entity | None:
    """Another form of a body's name: "Kataeb Hezbollah", "State Department", "Brennan Center (for Justice)"."""
    key = parts(name.text)
    if name.kind not in {"organization", "unknown"} or name.titled:
        return None
    fitting = [
        entity
        for entity in cast.known("organization", "unknown")
        if any(_same_body(key, other, name.kind) for other in entity.full)
    ]
    return _only(fitting)


def _same_body(one: Sequence[str], other: Sequence[str], kind: SpeakerKind) -> bool:
    if len(one) == len(other):
        return len(one) > 1 and kind == "organization" and same_words(one, other)
    words = lexicon()
    short, long = sorted((one, other), key=len)
    rest = long[len(short) :]
    if list(long[: len(short)]) == list(short):
        named = short[-1] in words.classes and rest[0] in {"of", "for", "on"}
        free = short[0] not in words.classes and short[0] not in map(fold, words.known)
        return named or (free and all(word in words.classes for word in rest))
    if list(long[-len(short) :]) == list(short) and len(short) > 1 and kind == "organization":
        dropped = " ".join(long[: -len(short)])
        place = dropped in words.adjectives or dropped in words.places or dropped in {"us", "u.s"}
        return place and short[-1] in words.classes
    return False


def by_acronym(cast: Cast, name: Name) -> Entity | None:
    """ "the National Rifle Association (NRA)", or an acronym that is one body's initials."""
    if " " in name.text or not name.text.isupper():
        return None
    wanted = fold(name.text).replace(".", "")
    bodies = list(cast.known("organization", "unknown"))
    listed = [e for e in bodies if any(n.short and fold(n.short).replace(".", "") == wanted for n in e.names)]
    same = [e for e in bodies if any(fold(text).replace(".", "") == wanted for text in e.spellings)]
    spelt = [e for e in bodies if len(wanted) > 2 and any(is_acronym_of(wanted, key) for key in e.full)]
    return _only(listed) or _only(same) or _only(spelt)


def by_surname(cast: Cast, name: Name) -> Entity | None:
    """The surname after the full name; of two people with it the one meant most so far."""
    key = parts(name.text)
    if len(key) != 1 or (name.kind == "organization" and name.sure and name.text.isupper()):
        return None
    known = [e for e in cast.entities if e.kind in {"person", "unknown"} and e.entry is None or e in cast.entities and e.kind == "person"]
    people = [e for e in known if any(_surname(full, key[0]) for full in e.full) and _gender_fits(e, name)]
    if not people and name.kind in {"person", "unknown"}:
        seeds = [e for e in cast.known("person") if any(_surname(full, key[0]) for full in e.full)]
        people = [e for e in seeds if _gender_fits(e, name)]
    return _likeliest(people, name)


def _surname(full: Sequence[str], word: str) -> bool:
    return full[-1] == word or (len(word) > 5 and len(full) > 1 and variant(full[-1], word))


def _likeliest(people: list[Entity], name: Name) -> Entity | None:
    """Of people with one surname the one whose title it is, or who has been named most often before."""
    if name.role and len(people) > 1:
        wanted = fold(name.role)
        people = [e for e in people if any(fold(role) == wanted for role, _ in e.roles)] or people
    if len(people) < 2:
        return people[0] if people else None
    seen = {id(e): sum(n.start < name.start for n in e.names) for e in people}
    people.sort(key=lambda e: -seen[id(e)])
    return people[0] if seen[id(people[0])] > seen[id(people[1])] else None


def by_given_name(cast: Cast, name: Name) -> Entity | None:
    """ "Hillary" for the only Hillary in the article."""
    key = parts(name.text)
    if len(key) != 1 or name.titled or name.kind in {"place", "organization"}:
        return None
    people = [e for e in cast.entities if e.kind == "person" and any(full[0] == key[0] for full in e.full)]
    return _only(people)


def by_same_word(cast: Cast, name: Name) -> Entity | None:
    """A name of one word again, where nobody has it in full: "Zarif … Zarif"."""
    key = fold(name.text)
    kinds: tuple[SpeakerKind, ...] = (name.kind, "unknown") if name.kind != "unknown" else ("person", "organization", "unknown")
    same = [e for e in cast.entities if e.kind in kinds and any(fold(text) == key for text in e.surfaces)]
    return _only([e for e in same if _gender_fits(e, name) and not e.full])


LINKS: tuple[Callable[[Cast, Name], Entity | None], ...] = (
    by_registry,
    by_same_name,
    by_full_name,
    by_organisation,
    by_acronym,
    by_surname,
    by_given_name,
    by_same_word,
)
"""How a name finds its entity; the first that finds one decides."""


def _gender_fits(entity: Entity, name: Name) -> bool:
    return entity.gender is None or name.gender is None or entity.gender == name.gender


def _first(entities: Iterable[Entity]) -> Entity | None:
    return next(iter(entities), None)


def _only(entities: Sequence[Entity]) -> Entity | None:
    return entities[0] if len(entities) == 1 else None
