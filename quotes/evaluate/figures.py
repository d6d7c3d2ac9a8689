"""Scores as functions of summed counts: of the articles as they are, and of any resample of them, at once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from quotes.evaluate.calibration import BINS, expected_error
from quotes.evaluate.counts import CRITERIA, HEADS, OUTCOMES, ROWS, Key

Array = NDArray[np.float64]

Figures = dict[Key, Array]
"""Scores by name, e.g. `("quotes", "all", "overlap", "f1")`: one number a sample, in percent but for `ece`, not a
number where it isn't defined."""


class Totals:
    """Counts summed over some samples of articles.

    Args:
        keys: Names of the counts.
        matrix: `[samples, keys]`.
    """

    def __init__(self, keys: tuple[Key, ...], matrix: Array) -> None:
        self._columns = {key: matrix[:, at] for at, key in enumerate(keys)}
        self._none = np.zeros(len(matrix))

    def __call__(self, *key: str) -> Array:
        """A count, one number a sample; 0 if it isn't there."""
        return self._columns.get(key, self._none)

    def __contains__(self, key: Key) -> bool:
        return key in self._columns

    def __iter__(self) -> Iterator[Key]:
        return iter(self._columns)

    def after(self, *start: str) -> list[str]:
        """What follows in the names of counts that start so, each once, in order."""
        size = len(start)
        return list(dict.fromkeys(key[size] for key in self._columns if key[:size] == start and len(key) > size))


def figures(totals: Totals) -> Figures:
    """All scores that the counts give.

    Precision is the share of the statements found, recall that of the annotated ones, and F1 their
    harmonic mean, 0 where one of them isn't defined. `end_to_end_by_mention` and `…_by_name` count matched statements
    with the right speaker. Of speakers, over matched statements: `accuracy` is the share of right answers, among
    them "none" where none is annotated; `precision` the share of speakers given that are right; `coverage`
    the share of annotated ones for which any is given.
    """
    found: Figures = {}
    present = totals.after("quotes")
    for row in (row for row in ROWS if row in present):
        _quotes(found, totals, row)
        _speakers(found, totals, row)
    for role in totals.after("roles"):
        both = totals("roles", role, "both")
        _prf(found, ("roles", role), both, totals("roles", role, "found"), both, totals("roles", role, "gold"))
    for name in ("types", "targets"):
        if (name, "pairs") in totals:
            found[name, "accuracy"] = percent(totals(name, "right"), totals(name, "pairs"))
    for head in HEADS:
        if totals.after(head, "cell"):
            _head(found, totals, head)
    for rule in totals.after("rules"):
        everything = np.sum([totals("rules", rule, outcome) for outcome in OUTCOMES], axis=0)
        found["rules", rule, "precision"] = percent(totals("rules", rule, "right"), everything)
    return found


def _quotes(found: Figures, totals: Totals, row: str) -> None:
    key = ("quotes", row)
    size = {side: totals(*key, "all", side) for side in ("gold", "found")}
    for measure in ("exact", "overlap"):
        hits = {side: totals(*key, measure, side) for side in size}
        _prf(found, (*key, measure), hits["found"], size["found"], hits["gold"], size["gold"])
    both = totals(*key, "words", "both")
    _prf(found, (*key, "token"), both, totals(*key, "words", "found"), both, totals(*key, "words", "gold"))
    for criterion in CRITERIA:
        if ("speakers", row, criterion, "pairs") in totals:
            hits = {side: totals(*key, criterion, side) for side in size}
            name = f"end_to_end_by_{criterion}"
            _prf(found, (*key, name), hits["found"], size["found"], hits["gold"], size["gold"])


def _speakers(found: Figures, totals: Totals, row: str) -> None:
    for criterion in CRITERIA:
        key = ("speakers", row, criterion)
        if (*key, "pairs") in totals:
            found[*key, "accuracy"] = percent(totals(*key, "right"), totals(*key, "pairs"))
            found[*key, "precision"] = percent(totals(*key, "given right"), totals(*key, "given"))
            found[*key, "coverage"] = percent(totals(*key, "covered"), totals(*key, "annotated"))


def _head(found: Figures, totals: Totals, head: str) -> None:
    """Macro-F1 is over the labels that occur in the sample, annotated or found."""
    labels = HEADS[head]
    cells = confusion(totals, head)
    right, annotated, given = (np.diagonal(cells).T, cells.sum(axis=1), cells.sum(axis=0))
    found[head, "accuracy"] = percent(right.sum(axis=0), annotated.sum(axis=0))
    each = []
    for at, label in enumerate(labels):
        key = (head, "per_class", label)
        _prf(found, key, right[at], given[at], right[at], annotated[at])
        each.append(found[*key, "f1"])
    known = ~np.isnan(each)
    found[head, "macro_f1"] = divide(np.nansum(each, axis=0), known.sum(axis=0).astype(float))
    found[head, "ece"] = expected_error(*calibration(totals, head))


def confusion(totals: Totals, head: str) -> Array:
    """Counts of annotated labels against those found: `[labels, labels, samples]`."""
    labels = HEADS[head]
    return np.array([[totals(head, "cell", gold, found) for found in labels] for gold in labels])


def calibration(totals: Totals, head: str) -> tuple[Array, Array, Array]:
    """Of each bin the statements, how many are right, and the sum of their confidences: `[bins, samples]`."""
    names = [f"{at:02}" for at in range(BINS)]
    rows, right, confidence = (
        np.array([totals(head, "bin", name, what) for name in names]) for what in ("all", "right", "confidence")
    )
    return rows, right, confidence


def _prf(found: Figures, key: Key, hits_found: Array, size_found: Array, hits_gold: Array, size_gold: Array) -> None:
    precision, recall = percent(hits_found, size_found), percent(hits_gold, size_gold)
    p, r = np.nan_to_num(precision), np.nan_to_num(recall)
    f1 = np.nan_to_num(divide(2 * p * r, p + r))
    f1[np.isnan(precision) & np.isnan(recall)] = np.nan
    found[*key, "precision"], found[*key, "recall"], found[*key, "f1"] = precision, recall, f1


def percent(part: Array, whole: Array) -> Array:
    """Share in percent; not a number of nothing."""
    return divide(100 * part, whole)


def divide(number: Array, by: Array) -> Array:
    """Quotient; not a number where it is divided by 0."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(by == 0, np.nan, number / by)
