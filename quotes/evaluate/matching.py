"""Which statement found answers which annotated one.

One to one, best first: of all pairs that share at least half of their words (Jaccard index of the
offsets at which words start, 0.5 or more), the pair that shares most is matched, then the next of what
is left. Between pairs that share as much, the exact one, then the one with the right speaker goes
first, so that nothing hangs on the order of the file.

A match is exact where the two differ in the punctuation and quotation marks at the edges of their
spans at most: the strict matching of Pareti et al. (2013), "Automatically Detecting and Attributing
Indirect Quotations", EMNLP, with edges forgiven, on which annotators differ for no reason of content.
Strict matching alone says little of indirect statements, whose ends are a matter of convention, so an
overlap is scored besides. Speakers are scored over matched statements, as O'Keefe et al. (2012), "A
Sequence Labelling Approach to Quote Attribution", EMNLP, score them over given quotations; a mention is
right if it shares a word with the annotated one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotes.evaluate.names import same_speaker
from quotes.evaluate.statements import Spans, Statement

LEAST_SHARED = 0.5
"""Lowest Jaccard index of a match."""


@dataclass(frozen=True)
class Pair:
    """An annotated statement and the one found for it.

    Attributes:
        gold: The annotated one.
        found: The one found.
        exact: Whether their spans are the same, edges aside.
        mention: Whether the mentions share a word; none is needed where none is annotated.
        name: Whether the speakers are one, or none on both sides.
    """

    gold: Statement
    found: Statement
    exact: bool
    mention: bool
    name: bool


@dataclass(frozen=True)
class Matching:
    """The statements of one article, matched.

    Attributes:
        pairs: Those that answer each other.
        missed: Annotated ones without a match.
        spare: Ones found without a match.
    """

    pairs: tuple[Pair, ...]
    missed: tuple[Statement, ...]
    spare: tuple[Statement, ...]


def match(gold: Sequence[Statement], found: Sequence[Statement]) -> Matching:
    """Match the statements of one article.

    Args:
        gold: The annotated ones.
        found: Those found.

    Returns:
        The same matches in whatever order the statements come.
    """
    gold, found = sorted(gold, key=_order), sorted(found, key=_order)
    taken: dict[int, tuple[int, Pair]] = {}
    partners: set[int] = set()
    for _, _, i, j, pair in sorted(_candidates(gold, found), key=lambda one: one[:4], reverse=True):
        if i not in taken and j not in partners:
            taken[i] = j, pair
            partners.add(j)
    return Matching(
        tuple(taken[i][1] for i in sorted(taken)),
        tuple(one for i, one in enumerate(gold) if i not in taken),
        tuple(one for j, one in enumerate(found) if j not in partners),
    )


def _candidates(gold: Sequence[Statement], found: Sequence[Statement]) -> Iterator[tuple[float, int, int, int, Pair]]:
    """Pairs that may be matched: words shared, how right the pair is, both positions, the pair."""
    for i, one in enumerate(gold):
        for j, other in enumerate(found):
            shared = jaccard(one.words, other.words)
            if shared >= LEAST_SHARED:
                pair = _pair(one, other)
                yield shared, 4 * pair.exact + pair.mention + pair.name, i, j, pair


def _order(statement: Statement) -> tuple[Spans, Spans, str]:
    """A place among the article's statements that doesn't depend on the file's order."""
    tags = [tag and tag.label for tag in (statement.stance, statement.tone)]
    return statement.spans, statement.mention, f"{statement.speaker} {statement.target} {tags}"


def _pair(gold: Statement, found: Statement) -> Pair:
    return Pair(
        gold,
        found,
        exact=gold.core == found.core,
        mention=not gold.mention or bool(gold.mention_words & found.mention_words),
        name=same_speaker(gold.speaker, found.speaker),
    )


def jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    """Shared elements over all elements; 0 of nothing."""
    shared = len(one & other)
    return shared / len(one | other) if shared else 0.0
