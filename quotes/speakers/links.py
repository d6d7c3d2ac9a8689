"""How the names of an article find the entity that they name: an ordered list of links.

Names of several words are linked before single ones, so that a surname in a headline finds the full name
that the text gives later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from quotes.schema import SpeakerKind
from quotes.speakers.entities import Entity, place_key
from quotes.speakers.lexicon import fold, lexicon
from quotes.speakers.names import Name
from quotes.speakers.registry import Entry, Registry
from quotes.speakers.spelling import MINOR, is_acronym_of, parts, same_person, same_words, skeleton, suffix
from quotes.speakers.surnames import by_family_name, by_first_surname, by_given_name, by_surname, gender_fits, only

_LEGAL_FORMS = frozenset({"inc", "corp", "co", "ltd", "llc", "plc", "group", "holdings", "company", "corporation"})
"""Endings that a company's name may lose: "Rhodium (Group)". "Trump" isn't short for "Trump University"."""


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
        self._seen: dict[str, Entity] = {}
        self._present: set[int] = set()
        self._index: dict[str, dict[int, Entity]] = {}
        self._alike: tuple[str, list[Entity]] | None = None
        for seed in self._seeds.values():
            for text in seed.spellings:
                self._file(seed, text)
        for name in sorted(names, key=_linking_order):
            seen = self._seen.get(name.text) if name.kind == "place" or " " in name.text else None
            entity = seen or self._link(name) or self._new()
            if id(entity) in self._present and (name.text not in entity.surfaces or name.short):
                self._file(entity, name.text, name.short)
            self._seen[name.text] = entity
            entity.add(name)
            self.of[name.start] = entity
        self._families()

    def _families(self) -> None:
        """ "The Clintons", beside a Clinton, are a group."""
        surnames = {full[-1] for entity in self.entities for full in entity.full}
        for entity in self.entities:
            if entity.kind == "unknown" and all(fold(text)[:-1] in surnames for text in entity.surfaces):
                entity.kind = "group" if all(text.endswith("s") for text in entity.surfaces) else entity.kind

    def described(self, key: str) -> Entity | None:
        """The entity of a description seen before: the same words, or a registry alias ("Iraqi government")."""
        entry = self.registry.find(key)
        if entry is not None:
            return self._registered(entry)
        return self._nominals.get(fold(key))

    def keep(self, key: str, entity: Entity) -> Entity:
        """Keeps an entity under its description."""
        self._nominals[fold(key)] = entity
        return self._enter(entity)

    def _new(self) -> Entity:
        return self._enter(Entity())

    def _enter(self, entity: Entity) -> Entity:
        self._present.add(id(entity))
        self.entities.append(entity)
        return entity

    def _file(self, entity: Entity, text: str, short: str | None = None) -> None:
        for key in (*_index_keys(text), *([_acronym_key(short)] if short else [])):
            self._index.setdefault(key, {})[id(entity)] = entity

    def seed(self, entry: Entry) -> Entity:
        """The entity of a registry entry, whether the article names it or not."""
        return self._seeds[entry.name]

    def _registered(self, entry: Entry) -> Entity:
        seed = self._seeds[entry.name]
        return seed if id(seed) in self._present else self._enter(seed)

    def _link(self, name: Name) -> Entity | None:
        """The entity that `name` names, by the first of the links that finds one."""
        self._alike = None
        for link in LINKS:
            entity = link(self, name)
            if entity is not None:
                return self._registered(entity.entry) if entity.entry else entity
        return None

    def named(self, name: Name) -> Entity | None:
        """The entity that a name outside `names` would name, as one in a headline; None if there is none."""
        return self._link(name)

    def known(self, *kinds: SpeakerKind) -> Iterable[Entity]:
        """The article's entities of these kinds, in order."""
        return (entity for entity in self.entities if entity.kind in kinds)

    def like(self, name: Name, *kinds: SpeakerKind) -> list[Entity]:
        """Entities of these kinds that share a word, its consonants or initials with `name`; seeds come last."""
        if self._alike is None or self._alike[0] != name.text:
            found: dict[int, Entity] = {}
            for key in _index_keys(name.text):
                if key in self._index:
                    found.update(self._index[key])
            alike = [entity for entity in found.values() if not entity.unclear]
            if len(alike) > 1:
                alike.sort(key=lambda entity: (id(entity) not in self._present, _first_seen(entity)))
            self._alike = name.text, alike
        return [entity for entity in self._alike[1] if entity.kind in kinds]

    def present(self, entity: Entity) -> bool:
        """Whether the article mentions it; the registry's other entries are only known."""
        return id(entity) in self._present


def _first_seen(entity: Entity) -> int:
    return min((name.start for name in entity.names), default=0)


@lru_cache(maxsize=4096)
def _index_keys(text: str) -> tuple[str, ...]:
    """What two names must share to be compared: a word, the consonants of one, initials or the country."""
    words = [word for word in parts(text) if word]
    keys = {*words, *(f"~{skeleton(word)}" for word in words), f"@{place_key(text)}", _acronym_key(text)}
    keys |= {f"~{skeleton(word[2:])}" for word in words if word.startswith(("al", "el")) and len(word) > 7}
    if len(words) > 2:
        keys.add(_acronym_key("".join(word[0] for word in words if word not in MINOR)))
    return tuple(sorted(keys))


def _acronym_key(short: str) -> str:
    return "#" + fold(short).replace(".", "")


def _seed(entry: Entry) -> Entity:
    seed = Entity(kind=entry.kind, entry=entry, gender=entry.gender)
    if entry.role:
        seed.roles.append((entry.role, entry.affiliation))
    if entry.affiliation:
        seed.places.add(place_key(entry.affiliation))
    return seed


def _linking_order(name: Name) -> tuple[int, int]:
    """Full names before short ones, then by position."""
    size = len(parts(name.text))
    return (-min(size, 4) if size > 1 else 0, name.start)


def by_registry(cast: Cast, name: Name) -> Entity | None:
    """A name that the registry lists: "Zarif" under Mohammad Javad Zarif."""
    entry = cast.registry.find(name.text)
    return cast.seed(entry) if entry else None


def by_same_name(cast: Cast, name: Name) -> Entity | None:
    """The same words again; for countries another name of the same: "US", "America"."""
    key = parts(name.text)
    if name.kind == "place":
        return _first(e for e in cast.like(name, "place") if place_key(name.text) in map(place_key, e.spellings))
    if len(key) < 2:
        return None
    wanted = suffix(name.text)
    for entity in cast.like(name, "person", "organization", "unknown", "group"):
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
        for entity in cast.like(name, "person", "unknown")
        if any(same_person(key, parts(text)) and suffix(text) == suffix(name.text) for text in entity.spellings)
        and gender_fits(entity, name)
    ]
    return only(fitting)


def by_organisation(cast: Cast, name: Name) -> Entity | None:
    """Another form of a body's name: "Kataeb Hezbollah", "State Department", "Brennan Center (for Justice)"."""
    key = parts(name.text)
    if name.kind not in {"organization", "unknown"} or name.titled:
        return None
    fitting = [
        entity
        for entity in cast.like(name, "organization", "unknown")
        if any(_same_body(key, other, name.kind) for other in entity.full)
    ]
    return only(fitting)


def _same_body(one: Sequence[str], other: Sequence[str], kind: SpeakerKind) -> bool:
    if len(one) == len(other):
        return len(one) > 1 and kind == "organization" and same_words(one, other)
    words = lexicon()
    short, long = sorted((one, other), key=len)
    if not short:
        return False
    rest = long[len(short) :]
    if list(long[: len(short)]) == list(short):
        named = short[-1] in words.classes and rest[0] in {"of", "for", "on"}
        free = short[0] not in words.classes and short[0] not in map(fold, words.known)
        return named or (free and all(word in _LEGAL_FORMS for word in rest))
    if list(long[-len(short) :]) == list(short) and len(short) > 1 and kind == "organization":
        dropped = " ".join(long[: -len(short)])
        place = dropped in words.adjectives or dropped in words.places or dropped in {"us", "u.s"}
        return place and short[-1] in words.classes
    return False


def by_one_word(cast: Cast, name: Name) -> Entity | None:
    """A team or company by one word of its name: "the Otters" for the Fairmont Otters, the only body with it.

    The first word stands for a body only if it is known to be one's: "Trump" isn't Trump University.
    """
    key, words = parts(name.text), lexicon()
    if len(key) != 1 or name.kind not in {"organization", "unknown"} or name.titled or name.text in words.known:
        return None
    ordinary = key[0] in words.classes or key[0] in words.places or key[0] in words.adjectives or key[0] in words.common
    bodies = [] if ordinary else cast.like(name, "organization")
    begins = name.kind == "organization"
    return only(
        [e for e in bodies if cast.present(e) and any(_called(full, key[0], begins) for full in e.full)],
    )


def _called(full: Sequence[str], word: str, begins: bool) -> bool:
    """Whether a body's name ends (or begins) with `word`; "Republic of Ruritania" ends with what it is of."""
    return not MINOR.intersection(full) and (full[-1] == word or (begins and full[0] == word))


def by_acronym(cast: Cast, name: Name) -> Entity | None:
    """ "the National Rifle Association (NRA)", or an acronym that is one body's initials."""
    if " " in name.text or not name.text.isupper():
        return None
    wanted = fold(name.text).replace(".", "")
    bodies = cast.like(name, "organization", "unknown")
    listed = [e for e in bodies if any(n.short and fold(n.short).replace(".", "") == wanted for n in e.names)]
    same = [e for e in bodies if any(fold(text).replace(".", "") == wanted for text in e.spellings)]
    spelt = [e for e in bodies if len(wanted) > 2 and any(is_acronym_of(wanted, key) for key in e.full)]
    return only(listed) or only(same) or only(spelt)


def by_same_word(cast: Cast, name: Name) -> Entity | None:
    """A name of one word again, where nobody has it in full: "Zarif … Zarif"."""
    key = fold(name.text)
    kinds: tuple[SpeakerKind, ...] = (
        (name.kind, "unknown") if name.kind != "unknown" else ("person", "organization", "unknown")
    )
    same = [e for e in cast.like(name, *kinds) if any(fold(text) == key for text in e.surfaces)]
    return only([e for e in same if gender_fits(e, name) and not e.full])


LINKS: tuple[Callable[[Cast, Name], Entity | None], ...] = (
    by_registry,
    by_same_name,
    by_full_name,
    by_acronym,
    by_surname,
    by_family_name,
    by_organisation,
    by_given_name,
    by_first_surname,
    by_one_word,
    by_same_word,
)
"""How a name finds its entity; the first that finds one decides."""


def _first(entities: Iterable[Entity]) -> Entity | None:
    return next(iter(entities), None)
