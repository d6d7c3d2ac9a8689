"""How one name alone finds the person it is short for: a surname, the first of two, a family name that stands first.

Part of the links of `links`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from quotes.speakers.entities import Entity
from quotes.speakers.lexicon import fold, lexicon
from quotes.speakers.names import Name
from quotes.speakers.spelling import parts, variant

if TYPE_CHECKING:
    from quotes.speakers.links import Cast

_JUST, _LONG_AGO = 400, 800
"""Characters back within which a person has just been named, and beyond which one no longer comes to mind."""


def by_surname(cast: Cast, name: Name) -> Entity | None:
    """The surname after the full name; of two people with it the one meant most so far."""
    key = parts(name.text)
    if len(key) != 1 or name.text in lexicon().known:
        return None
    named = [e for e in cast.like(name, "person", "unknown") if any(_surname(full, key[0]) for full in e.full)]
    named = [e for e in named if gender_fits(e, name)]
    people = [e for e in named if cast.present(e)]
    if not people and name.kind in {"person", "unknown"}:
        people = named
    return _likeliest(people, name)


def _surname(full: Sequence[str], word: str) -> bool:
    last = full[-1]
    if last == word or (last[0] == word[0] and len(word) > 5 and variant(last, word)):
        return True
    return word.startswith(("al", "el")) and len(word) > 7 and variant(last, word[2:])  # "Alkadhimi", "al-Kadhimi"


def _likeliest(people: list[Entity], name: Name) -> Entity | None:
    """Of people with one surname the one whose title it is, or who has been named most often before."""
    if name.role and len(people) > 1:
        wanted = fold(name.role)
        people = [e for e in people if any(fold(role) == wanted for role, _ in e.roles)] or people
    if len(people) < 2:
        return people[0] if people else None
    seen = {id(e): sum(n.start < name.start for n in e.names) for e in people}
    if not any(seen.values()):  # a headline or lead that comes before every full name
        seen = {id(e): len(e.names) for e in people}
    people.sort(key=lambda e: -seen[id(e)])
    if seen[id(people[0])] > seen[id(people[1])]:
        return people[0]
    if name.gender is not None:  # "… a son, Mark Dale. Mr. Dale said": not his father, named long before
        back = sorted((name.start - _last_before(e, name), at) for at, e in enumerate(people))
        if back[0][0] <= _JUST and back[1][0] > _LONG_AGO:
            return people[back[0][1]]
    return Entity(unclear=True)


def _last_before(entity: Entity, name: Name) -> int:
    """Where the entity was named last before `name`."""
    return max((n.start for n in entity.names if n.start < name.start), default=-_LONG_AGO)


def by_family_name(cast: Cast, name: Name) -> Entity | None:
    """A family name that stands first: "President Xi", "Mr. Park" for Xi Jinping and Park Ji-hoon."""
    key = parts(name.text)
    if len(key) != 1 or key[0] not in lexicon().family_first or name.kind not in {"person", "unknown"}:
        return None
    people = [e for e in cast.like(name, "person", "unknown") if any(full[0] == key[0] for full in e.full)]
    people = [e for e in people if cast.present(e) and gender_fits(e, name)]
    return _likeliest(people, name) if people else None


def by_first_surname(cast: Cast, name: Name) -> Entity | None:
    """The first of two surnames: "Amador" for Ricardo Amador Zelaya, if nobody else has it.

    Not for a hyphened one: Lara Reyes-Hall isn't called Reyes.
    """
    key = fold(name.text)
    if name.kind not in {"person", "unknown"} or " " in key or name.text in lexicon().known:
        return None
    people = [e for e in cast.like(name, "person", "unknown") if any(_before_last(text) == key for text in e.spellings)]
    return only([e for e in people if cast.present(e) and gender_fits(e, name)])


def _before_last(text: str) -> str:
    """The last but one of three words or more, folded; not "Hale" of "Ruth Hale Show"."""
    words, last = text.split(), fold(text.rpartition(" ")[2])
    thing = last in lexicon().common or last in lexicon().classes or last in lexicon().suffixes
    return fold(words[-2]) if len(words) > 2 and not thing else ""


def by_given_name(cast: Cast, name: Name) -> Entity | None:
    """ "Hillary" for the only Hillary in the article."""
    key = parts(name.text)
    if len(key) != 1 or name.titled or name.kind in {"place", "organization"}:
        return None
    people = [e for e in cast.like(name, "person") if cast.present(e) and any(full[0] == key[0] for full in e.full)]
    return only(people)


def gender_fits(entity: Entity, name: Name) -> bool:
    return entity.gender is None or name.gender is None or entity.gender == name.gender


def only(entities: Sequence[Entity]) -> Entity | None:
    return entities[0] if len(entities) == 1 else None
