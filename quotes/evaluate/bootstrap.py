"""How sure scores and differences of scores are, by drawing articles again.

Articles, not statements, are drawn, for statements of one article stand or fall together. Scores are functions
of sums over articles, so that a resample is a weighted sum of their counts: one matrix product for all.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quotes.evaluate.counts import Counts, Key
from quotes.evaluate.figures import Array, Figures, Totals, figures

LEVEL = 95
"""Percent of the resamples that an interval holds."""

_CHUNK = 2_000_000
"""Weights in memory at a time."""
_ROUNDING = 1e-9
"""Differences below it are none, in whatever order sums were made."""


@dataclass(frozen=True)
class Figure:
    """A score with its interval; None where it isn't defined.

    Attributes:
        value: The score.
        low: Lower end of the 95 % interval.
        high: Upper end.
    """

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Difference(Figure):
    """How much better one is than another.

    Attributes:
        p: Probability of a difference as large if the two were alike.
    """

    p: float | None


def intervals(counts: Counts, *, resamples: int, seed: int) -> dict[Key, Figure]:
    """Scores with percentile bootstrap intervals over articles.

    Efron and Tibshirani (1993), "An Introduction to the Bootstrap", chapter 13; for scores of language
    processing Berg-Kirkpatrick, Burkett and Klein (2012), "An Empirical Investigation of Statistical
    Significance in NLP", EMNLP. A resample in which a score isn't defined doesn't count for its interval.

    Args:
        counts: Those of the articles.
        resamples: How often to draw; 0 gives scores without intervals.
        seed: The same seed draws the same.
    """
    totals = _draw(counts, resamples, seed)
    return {key: _figure(values) for key, values in figures(Totals(counts.keys, totals)).items()}


def differences(one: Counts, other: Counts, *, resamples: int, seed: int) -> dict[Key, Difference]:
    """Differences of two systems' scores on the same articles, with intervals and a paired test.

    The interval is a paired bootstrap's: both systems are scored on the same draws of articles (Koehn 2004,
    "Statistical Significance Tests for Machine Translation Evaluation", EMNLP). The probability is that of
    approximate randomisation (Noreen 1989; Yeh 2000, "More accurate tests for the statistical
    significance of result differences", COLING): how often a difference is as large when for each article
    it is tossed up which system's output is whose; two-sided, never below 1 / (resamples + 1). It
    isn't corrected for how many scores are looked at.

    Args:
        one: Counts of the articles under one system.
        other: Those under the other, in the same order.
        resamples: How often to draw and to toss.
        seed: The same seed draws the same.
    """
    keys = sorted({*one.keys, *other.keys})
    a, b = (_spread(counts, keys) for counts in (one, other))
    drawn = _subtract(*(figures(Totals(x.keys, _draw(x, resamples, seed))) for x in (a, b)))
    swapped = _subtract(*(figures(Totals(a.keys, totals)) for totals in _swap(a, b, resamples, seed)))
    return {key: _difference(values, swapped[key]) for key, values in drawn.items()}


def _draw(counts: Counts, resamples: int, seed: int) -> Array:
    """Sums of counts, `[1 + resamples, keys]`: first of all articles, then of resamples."""
    articles = len(counts.matrix)
    rng = np.random.default_rng(seed)
    sums = [counts.matrix.sum(axis=0, keepdims=True)]
    for size in _chunks(resamples, articles):
        sums.append(rng.multinomial(articles, np.full(articles, 1 / articles), size).astype(float) @ counts.matrix)
    return np.concatenate(sums)


def _swap(one: Counts, other: Counts, times: int, seed: int) -> tuple[Array, Array]:
    """Sums of counts of two systems after swapping some of their articles."""
    gap = other.matrix - one.matrix
    rng = np.random.default_rng(seed)
    moved = [rng.integers(0, 2, (size, len(gap))).astype(float) @ gap for size in _chunks(times, len(gap))]
    change = np.concatenate([np.zeros((1, len(one.keys))), *moved])
    return one.matrix.sum(axis=0) + change, other.matrix.sum(axis=0) - change


def _chunks(total: int, articles: int) -> list[int]:
    step = max(1, _CHUNK // max(1, articles))
    return [min(step, total - start) for start in range(0, total, step)]


def _spread(counts: Counts, keys: list[Key]) -> Counts:
    """The same counts under more keys."""
    matrix = np.zeros((len(counts.matrix), len(keys)))
    at = {key: column for column, key in enumerate(keys)}
    matrix[:, [at[key] for key in counts.keys]] = counts.matrix
    return Counts(tuple(keys), matrix)


def _subtract(one: Figures, other: Figures) -> Figures:
    return {key: values - other[key] for key, values in one.items()}


def _figure(values: Array) -> Figure:
    low, high = _interval(values[1:])
    return Figure(_number(values[0]), low, high)


def _difference(drawn: Array, swapped: Array) -> Difference:
    low, high = _interval(drawn[1:])
    tossed = swapped[1:][~np.isnan(swapped[1:])]
    p = None
    if tossed.size and not np.isnan(drawn[0]):
        p = (1 + int((abs(tossed) >= abs(drawn[0]) - _ROUNDING).sum())) / (1 + tossed.size)
    return Difference(_number(drawn[0]), low, high, p)


def _interval(values: Array) -> tuple[float | None, float | None]:
    known = values[~np.isnan(values)]
    if not known.size:
        return None, None
    low, high = np.percentile(known, [(100 - LEVEL) / 2, (100 + LEVEL) / 2])
    return float(low), float(high)


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
