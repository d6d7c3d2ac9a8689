"""What is counted in each article. All scores are made of sums of these counts.

That the counts add up over articles is what makes resampling articles cheap: see `quotes.evaluate.bootstrap`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from quotes.evaluate.calibration import bin_of
from quotes.evaluate.matching import Matching, Pair, match
from quotes.evaluate.statements import Article, Spans, Statement, lines
from quotes.schema import STANCES, TONES, Stance, Tone

Key = tuple[str, ...]
"""Name of a count, e.g. `("quotes", "direct", "overlap", "gold")`."""

Count = defaultdict[Key, float]
"""The counts of an article."""

TYPES = ("direct", "mixed", "indirect")
ROWS = ("all", *TYPES, "quoted")
"""Kinds of statements that are scored by themselves; `quoted` are those with marks, direct and mixed."""

CRITERIA = ("mention", "name")
"""What speakers are told by: the words that name them for a statement, or the canonical name."""

HEADS: dict[str, Sequence[str]] = {"stance": STANCES, "tone": TONES}
"""The labels of a statement, and what they can be."""

ROLES: dict[str, Callable[[Statement], Spans]] = {
    "source": attrgetter("mention"),
    "cue": attrgetter("cue"),
    "content": attrgetter("spans"),
}
"""Parts of an attribution, by PolNeAR's names. Their spans are scored one by one as well, whatever they are
joined to, as taggers of tokens are: Wang et al. (2022), "CofeNet: Context and Former-Label Enhanced Net for
Complicated Quotation Extraction", COLING."""

OUTCOMES = ("right", "wrong speaker", "wrong span", "spurious")
"""What becomes of a statement found. `right`: it answers an annotated one and has its speaker.
`wrong speaker`: it answers one, and the speaker is another or should be none. `wrong span`: it
answers none, but shares words with one. `spurious`: it shares a word with none."""


@dataclass(frozen=True)
class Counts:
    """The counts of some articles.

    Attributes:
        keys: Names of the columns.
        matrix: `[articles, keys]`.
    """

    keys: tuple[Key, ...]
    matrix: NDArray[np.float64]

    @classmethod
    def of(cls, counts: Sequence[Mapping[Key, float]]) -> Counts:
        """Put the counts of articles side by side."""
        columns = sorted({key for count in counts for key in count})
        at = {key: column for column, key in enumerate(columns)}
        matrix = np.zeros((len(counts), len(columns)))
        for row, count in enumerate(counts):
            for key, value in count.items():
                matrix[row, at[key]] = value
        return cls(tuple(columns), matrix)


def count_article(gold: Article, found: Sequence[Statement], *, typed: bool, named: bool) -> Count:
    """Count what is right and wrong in an article.

    Args:
        gold: The annotated article.
        found: The statements found in it.
        typed: Whether types are annotated; else there is nothing to check them against.
        named: Whether canonical speakers are annotated; else mentions tell whether a speaker is right.
    """
    matching = match(gold.statements, found)
    count: Count = defaultdict(float)
    for row in ROWS:
        _count_quotes(count, row, gold.statements, found, matching)
        _count_speakers(count, row, matching, named=named)
    if typed:
        _count_types(count, matching.pairs)
    _count_targets(count, matching.pairs)
    for pair in matching.pairs:
        for head in HEADS:
            gold_tag = getattr(pair.gold, head)
            count_label(count, head, gold_tag and gold_tag.label, getattr(pair.found, head))
    _count_rules(count, gold.statements, matching, named=named)
    for role, spans_of in ROLES.items():
        sides = [
            {line for one in some for line in lines(gold.text, spans_of(one))} for some in (gold.statements, found)
        ]
        for name, spans in zip(("gold", "found", "both"), (*sides, sides[0] & sides[1]), strict=True):
            count["roles", role, name] += len(spans)
    return count


def _in_row(row: str, statement: Statement) -> bool:
    return row in ("all", statement.type) or (row == "quoted" and statement.type != "indirect")


def _count_quotes(
    count: Count, row: str, gold: Sequence[Statement], found: Sequence[Statement], matching: Matching
) -> None:
    """An annotated statement counts for recall in the row of its own type, one found for precision in that of its."""
    sides = {
        "gold": ([one for one in gold if _in_row(row, one)], [p for p in matching.pairs if _in_row(row, p.gold)]),
        "found": ([one for one in found if _in_row(row, one)], [p for p in matching.pairs if _in_row(row, p.found)]),
    }
    words = {side: frozenset[int]().union(*(one.words for one in some)) for side, (some, _) in sides.items()}
    for side, (some, pairs) in sides.items():
        key = ("quotes", row)
        count[*key, "all", side] += len(some)
        count[*key, "overlap", side] += len(pairs)
        count[*key, "exact", side] += sum(pair.exact for pair in pairs)
        count[*key, "mention", side] += sum(pair.mention for pair in pairs)
        count[*key, "name", side] += sum(pair.name for pair in pairs)
        count[*key, "words", side] += len(words[side])
    count["quotes", row, "words", "both"] += len(words["gold"] & words["found"])


def _count_speakers(count: Count, row: str, matching: Matching, *, named: bool) -> None:
    """Counts over matched statements; where a mention isn't annotated, there is none to be right."""
    pairs = [pair for pair in matching.pairs if _in_row(row, pair.gold)]
    mentions = [(True, bool(pair.found.mention), pair.mention) for pair in pairs if pair.gold.mention]
    _count_answers(count, ("speakers", row, "mention"), mentions)
    if named:
        names = [(pair.gold.speaker is not None, pair.found.speaker is not None, pair.name) for pair in pairs]
        _count_answers(count, ("speakers", row, "name"), names)


def _count_answers(count: Count, key: Key, answers: Sequence[tuple[bool, bool, bool]]) -> None:
    """Answers: whether a speaker is annotated, whether one is found, whether that is right."""
    count[*key, "pairs"] += len(answers)
    count[*key, "right"] += sum(right for _, _, right in answers)
    count[*key, "annotated"] += sum(annotated for annotated, _, _ in answers)
    count[*key, "covered"] += sum(annotated and found for annotated, found, _ in answers)
    count[*key, "given"] += sum(found for _, found, _ in answers)
    count[*key, "given right"] += sum(found and right for _, found, right in answers)


def _count_types(count: Count, pairs: Sequence[Pair]) -> None:
    count["types", "pairs"] += len(pairs)
    count["types", "right"] += sum(pair.gold.type == pair.found.type for pair in pairs)


def _count_targets(count: Count, pairs: Sequence[Pair]) -> None:
    """A target is right if it overlaps the annotated one; one that isn't found is wrong."""
    for pair in pairs:
        if pair.gold.target is not None:
            (start, end), found = pair.gold.target, pair.found.target
            count["targets", "pairs"] += 1
            count["targets", "right"] += found is not None and found[0] < end and start < found[1]


def count_label(count: Count, head: str, gold: str | None, found: Stance | Tone | None) -> None:
    """Count a statement's label: its cell of the confusion matrix and its bin of the calibration curve.

    Args:
        count: What to count into.
        head: `stance` or `tone`.
        gold: The annotated label; nothing is counted without one.
        found: The label found, with its probability.
    """
    if gold is None:
        return
    if found is None:
        count[head, "untagged"] += 1
        return
    key = (head, "bin", f"{bin_of(found.score):02}")
    count[head, "cell", gold, found.label] += 1
    count[*key, "all"] += 1
    count[*key, "right"] += gold == found.label
    count[*key, "confidence"] += found.score


def _count_rules(count: Count, gold: Sequence[Statement], matching: Matching, *, named: bool) -> None:
    for pair in matching.pairs:
        right = pair.name if named else pair.mention
        count["rules", pair.found.rule, "right" if right else "wrong speaker"] += 1
        count["rules", pair.found.rule, "exact"] += pair.exact
    annotated = frozenset[int]().union(*(one.words for one in gold))
    for one in matching.spare:
        count["rules", one.rule, "wrong span" if one.words & annotated else "spurious"] += 1
    found = frozenset[int]().union(*(one.words for one in (*matching.spare, *(p.found for p in matching.pairs))))
    for one in matching.missed:
        count["missed", "in part" if one.words & found else "wholly"] += 1
