"""Intervals and tests against the plain way of computing them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from itertools import product

import numpy as np
import pytest

from quotes.evaluate import Evaluation
from quotes.evaluate.bootstrap import differences, intervals
from quotes.evaluate.counts import Count, Counts, Key, count_label
from quotes.evaluate.figures import Totals, figures
from quotes.schema import STANCES, AnnotatedArticle, Stance

KEY = ("quotes", "all", "overlap", "f1")


def counts(hits: list[int], gold: list[int], found: list[int]) -> Counts:
    """Articles with so many matches, annotated statements and ones found."""
    rows: list[dict[Key, float]] = []
    for hit, annotated, given in zip(hits, gold, found, strict=True):
        sums = {
            ("all", "gold"): annotated,
            ("all", "found"): given,
            ("overlap", "gold"): hit,
            ("overlap", "found"): hit,
        }
        rows.append({("quotes", "all", *key): number for key, number in sums.items()})
    return Counts.of(rows)


GOOD = counts([4, 5, 3, 6, 2, 4], [5, 6, 4, 6, 3, 5], [5, 5, 4, 7, 2, 4])
BAD = counts([2, 3, 1, 4, 1, 2], [5, 6, 4, 6, 3, 5], [5, 5, 4, 7, 2, 4])


def test_the_same_seed_gives_the_same_intervals() -> None:
    first, again, other = (intervals(GOOD, resamples=200, seed=seed)[KEY] for seed in (1, 1, 2))
    assert first == again
    assert first != other
    assert first.value == other.value


def test_intervals_hold_what_drawing_articles_by_hand_gives() -> None:
    dice = np.random.default_rng(3)
    drawn = []
    for _ in range(4000):
        rows = GOOD.matrix[dice.integers(0, 6, 6)].sum(axis=0, keepdims=True)
        drawn.append(figures(Totals(GOOD.keys, rows))[KEY][0])
    figure = intervals(GOOD, resamples=4000, seed=0)[KEY]
    assert (figure.low, figure.high) == pytest.approx(tuple(np.percentile(drawn, [2.5, 97.5])), abs=0.6)


def test_without_resamples_there_are_no_intervals() -> None:
    figure = intervals(GOOD, resamples=0, seed=0)[KEY]
    assert figure.value is not None
    assert figure.low is figure.high is None


def test_many_articles_are_drawn_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = intervals(GOOD, resamples=100, seed=1)[KEY]
    monkeypatch.setattr("quotes.evaluate.bootstrap._CHUNK", 50)
    assert intervals(GOOD, resamples=100, seed=1)[KEY] == whole


def test_p_is_the_share_of_swaps_that_differ_as_much() -> None:
    observed = _f1(GOOD.matrix.sum(axis=0)) - _f1(BAD.matrix.sum(axis=0))
    swaps = []
    for swapped in product([False, True], repeat=6):
        mask = np.array(swapped)[:, None]
        one, other = (
            np.where(mask, a, b).sum(axis=0) for a, b in ((BAD.matrix, GOOD.matrix), (GOOD.matrix, BAD.matrix))
        )
        swaps.append(abs(_f1(one) - _f1(other)) >= abs(observed) - 1e-9)
    difference = differences(GOOD, BAD, resamples=5000, seed=0)[KEY]
    assert difference.value == pytest.approx(observed)
    assert difference.p == pytest.approx(np.mean(swaps), abs=0.02)
    assert difference.low is not None
    assert difference.low > 0


def _f1(sums: np.ndarray) -> float:
    return float(figures(Totals(GOOD.keys, sums[None]))[KEY][0])


def test_the_other_way_round_it_is_as_much_worse() -> None:
    there, back = (differences(*pair, resamples=200, seed=0)[KEY] for pair in ((GOOD, BAD), (BAD, GOOD)))
    assert there.value == pytest.approx(-(back.value or 0))
    assert there.low == pytest.approx(-(back.high or 0))
    assert there.p == back.p


def test_a_score_that_only_one_has_has_no_difference(
    record: Callable[..., AnnotatedArticle], score: Callable[..., Evaluation]
) -> None:
    said = {"words": "it holds", "stance": "favor"}
    gold = [record("a", "Lee said it holds.", said)]
    bare = [record("a", "Lee said it holds.", {"words": "it holds"})]
    evaluation = score(gold, gold, other=bare)
    assert evaluation.differences["quotes", "all", "exact", "f1"].value == 0
    assert evaluation.figures["stance", "accuracy"].value == 100
    assert evaluation.differences["stance", "accuracy"].value is None  # there is nothing to compare with


def test_macro_f1_of_a_resample_is_over_the_labels_in_it() -> None:
    rows: list[Count] = []
    for label in STANCES:
        row: Count = defaultdict(float)
        count_label(row, "stance", label, Stance(label=label, score=1, scores={label: 1}))
        rows.append(row)
    figure = intervals(Counts.of(rows), resamples=100, seed=0)["stance", "macro_f1"]
    assert (figure.value, figure.low, figure.high) == (100, 100, 100)
