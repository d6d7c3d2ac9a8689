"""Whether two spellings can be one name: "Kataib" and "Kataeb", "Mike" and "Michael"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from quotes.speakers.lexicon import fold, lexicon

MINOR = frozenset({"of", "for", "the", "and", "on"})
"""Words whose initials acronyms leave out."""
_LONG = 5
"""Letters that a word must have before another spelling of it is accepted."""
_COMPOUND = frozenset({"abdul", "abdel", "abu", "ben", "ibn"})
"""Words that begin a surname of two: "Abdul Mahdi" is Adil Abdul Mahdi, "Paul Ryan" isn't John Paul Ryan."""
_DROPPED = frozenset({"al", "el", "ul", "the"})


@lru_cache(maxsize=4096)
def parts(name: str) -> tuple[str, ...]:
    """The folded words of a name that are compared: no "al", no full stops, no suffix.

    "Adil Abdul-Mahdi" → ("adil", "abdul", "mahdi"); "Muqtada al-Sadr" → ("muqtada", "sadr").
    """
    words = [word.strip(".,'") for word in fold(name).split()]
    kept = [word for word in words if word and word not in _DROPPED]
    while len(kept) > 1 and kept[-1] in lexicon().suffixes:
        kept.pop()
    return tuple(kept or words)


@lru_cache(maxsize=4096)
def suffix(name: str) -> str | None:
    """ "jr" for "Donald Trump Jr.": what sets a son apart from his father."""
    last = fold(name).rpartition(" ")[2].strip(".,")
    return last if last in lexicon().suffixes and last != fold(name) else None


@lru_cache(maxsize=4096)
def skeleton(word: str) -> str:
    """Consonants alone, once each in a row: what transliterations of one name share."""
    plain = re.sub(r"[aeiouyw']", "", word[1:]).replace("z", "s").replace("q", "k").replace("c", "k")
    first = word[0] if word[0] not in "aeiou" else "a"
    return re.sub(r"(.)\1+", r"\1", first + plain.replace("h", ""))


def variant(one: str, other: str) -> bool:
    """Whether two words are spellings of one: same consonants and at most two letters apart, or one slip."""
    if one == other:
        return True
    if min(len(one), len(other)) < _LONG or abs(len(one) - len(other)) > 2:
        return False
    genders = {lexicon().given.get(one), lexicon().given.get(other)}
    if genders == {"m", "f"}:
        return False  # "Mario", "Maria"
    if None not in genders and len(skeleton(one)) <= 2:
        return (one, other) in lexicon().nicknames or distance(one, other) == 1  # "Diane" isn't "Donna"
    if skeleton(one) == skeleton(other) and len(skeleton(one)) > 2:
        return distance(one, other) <= 3
    return min(len(one), len(other)) > _LONG + 2 and one[0] == other[0] and distance(one, other) == 1


@lru_cache(maxsize=4096)
def distance(one: str, other: str) -> int:
    """Levenshtein's edit distance."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        above, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (a != b))
    return row[-1]


def same_words(one: Sequence[str], other: Sequence[str]) -> bool:
    """Equal word for word, but for one that is spelt otherwise: "Kataeb Hezbollah"."""
    if len(one) != len(other):
        return False
    unequal = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return not unequal or (len(unequal) <= len(one) // 2 and all(variant(a, b) for a, b in unequal))


def same_given(one: str, other: str) -> bool:
    """ "Mike" and "Michael", "J" and "John"."""
    if one == other or (one, other) in lexicon().nicknames:
        return True
    return (len(one) == 1 or len(other) == 1) and one[0] == other[0]


def same_person(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two full names (see `parts`) can be one person's."""
    if len(one) < 2 or len(other) < 2:
        return False
    if same_words(one, other):
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < len(long) and same_words(short, long[-len(short) :]):
        return short[0] not in lexicon().given or short[0] in _COMPOUND
    if one[-1] == other[-1]:
        return same_given(one[0], other[0]) and _middles_agree(one[1:-1], other[1:-1])
    return one[0] == other[0] and len(one) == len(other) == 2 and variant(one[-1], other[-1])


def _middles_agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """ "George W. Bush" isn't "George H. W. Bush"; a missing middle name agrees with any."""
    if not one or not other:
        return True
    return len(one) == len(other) and all(same_given(a, b) for a, b in zip(one, other, strict=True))


def is_acronym_of(short: str, words: Sequence[str]) -> bool:
    """ "NRA" of "National Rifle Association"."""
    letters = fold(short).replace(".", "")
    initials = "".join(word[0] for word in words if word not in MINOR)
    return len(letters) > 1 and letters == initials
