"""What a rule on a cue yields, and what those rules share.

How a cue and the statement it announces are tied is a *construction*: one function each in
`clauses.py`, `preceding.py`, `infinitives.py`, `objects.py` and `nominal.py`. Which construction counts at
which cue is for the lexicon to say: "the minister welcomed the report" is a statement, "the minister carried
the report" isn't.
"""

from __future__ import annotations

from typing import NamedTuple

from quotes.find.phrases import is_punctuation
from quotes.parse import Sentence


class Frame(NamedTuple):
    """A construction found at a cue.

    Attributes:
        construction: Its name in the lexicon.
        content: First and last token of each piece of the statement.
        tail: Tokens after the verb that belong to the cue ("called *for*", "pointed *out*").
    """

    construction: str
    content: tuple[tuple[int, int], ...]
    tail: tuple[int, ...] = ()


def particles(sentence: Sentence, verb: int, before: int) -> tuple[int, ...]:
    return tuple(c for c in sentence.children[verb] if sentence.deps[c] == "prt" and verb < c < before)


def is_infinitive(sentence: Sentence, token: int) -> bool:
    return any(sentence.tags[c] == "TO" and sentence.deps[c] == "aux" for c in sentence.children[token])


def trimmed(sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    while first < last and is_punctuation(sentence.words[first]):
        first += 1
    while last > first and (is_punctuation(sentence.words[last]) or sentence.deps[last] == "cc"):
        last -= 1
    return first, last


SPANS_OF_TIME = frozenset(
    "second seconds minute minutes hour hours day days week weeks month months year years decade decades while".split()
)
DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december today morning afternoon evening night".split()
)
