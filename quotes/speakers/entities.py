"""One speaker of an article in the making: its names, roles and gender as they are gathered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from quotes.schema import SpeakerKind
from quotes.speakers.lexicon import Gender, fold, lexicon
from quotes.speakers.names import Name
from quotes.speakers.registry import Entry
from quotes.speakers.spelling import parts


@dataclass(slots=True, eq=False)
class Entity:
    """A speaker in the making.

    Attributes:
        kind: What it is, as far as is known.
        group: Class of organisation ("company", "militia").
        surfaces: Its names as written, with how often each was seen.
        roles: (role, affiliation) pairs, in order of appearance.
        gender: Of a person.
        called: What the pronouns that stood for it tell of its gender: a likelihood, not a fact.
        places: Folded affiliations: countries, states, bodies.
        entry: The registry's entry.
        names: Occurrences of its names in the article.
        nominal: Head noun, for one known only by a description ("a spokesman for Sanders").
        unclear: A surname that two people of the article have, with nothing to tell whose it is.
    """

    kind: SpeakerKind = "unknown"
    group: str | None = None
    surfaces: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    roles: list[tuple[str, str | None]] = field(default_factory=list)
    gender: Gender | None = None
    called: Gender | None = None
    places: set[str] = field(default_factory=set)
    entry: Entry | None = None
    names: list[Name] = field(default_factory=list)
    nominal: str | None = None
    unclear: bool = False
    _counted: int = -1
    _full: list[tuple[str, ...]] = field(default_factory=list)

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

    @property
    def surname(self) -> str:
        """What a person is called for short: "Rivas" for Ana Rivas Soto, if the article calls her so."""
        words = self.name.split()
        alone = [text for text in self.surfaces if text in words[-2:] and len(words) > 2]
        return max(alone, key=lambda text: self.surfaces[text], default=words[-1])

    def _fullness(self, text: str) -> int:
        if self.kind == "place":
            return 0  # "US" and "United States" are both full names of it
        words = [word for word in text.split() if len(word.strip(".")) > 1]
        return len(words) - ("'s" in text or "’s" in text)

    @property
    def full(self) -> list[tuple[str, ...]]:
        """Its names of two words or more, as `parts`."""
        if len(self.surfaces) != self._counted:
            self._counted = len(self.surfaces)
            self._full = [key for key in map(parts, self.spellings) if len(key) > 1]
        return self._full

    def add(self, name: Name) -> None:
        """Takes in one more occurrence."""
        self.names.append(name)
        self.surfaces[name.text] += 1
        surer = name.kind == "person" and name.sure and not self.names[0].sure
        if self.entry is None and name.kind != "unknown" and (self.kind == "unknown" or surer):
            self.kind = name.kind
        self.group = self.group or name.group
        self.gender = self.gender or name.gender
        if name.role and self._is_news(name.role, name.affiliation):
            self.roles.append((name.role, name.affiliation))
        if name.affiliation:
            self.places.add(place_key(name.affiliation))
        if name.short and self.kind == "person":
            label = name.short.rpartition("-")[2]
            self.places.add(fold(lexicon().state_labels.get(label, label)))

    def _is_news(self, role: str, affiliation: str | None) -> bool:
        """Whether a role says more than is known; kinship ("brother") is none."""
        kin = fold(role).rpartition(" ")[2] in lexicon().kin
        return not kin and (role, affiliation) not in self.roles and not self._told(role)

    def _told(self, role: str) -> bool:
        """Whether the role is known with whom it is for."""
        return any(fold(role) == fold(known) and affiliation for known, affiliation in self.roles)


def place_key(name: str) -> str:
    """A place under one name: "US", "U.S." and "American" are all "united states"."""
    words, key = lexicon(), fold(name)
    country = words.places.get(key) if key not in words.seats else None
    country = country or words.adjectives.get(key)
    return fold(country.name) if country else key
