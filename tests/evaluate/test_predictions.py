"""Predictions beside gold: told by ids, never dropped without a word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from quotes.errors import QuotesError
from quotes.evaluate import Evaluation
from quotes.schema import AnnotatedArticle, ErrorRecord, Failure

Score = Callable[..., Evaluation]
TEXT = "Lee said it holds."
SAID: dict[str, Any] = {"words": "it holds", "speaker": "Lee"}


@pytest.fixture
def three(record: Callable[..., AnnotatedArticle]) -> list[AnnotatedArticle]:
    return [record(id, TEXT, SAID) for id in "abc"]


def overlap(evaluation: Evaluation) -> tuple[Any, ...]:
    figures = evaluation.figures
    return tuple(figures["quotes", "all", "overlap", score].value for score in ("precision", "recall"))


def test_missing_articles_are_missed_and_named(three: list[AnnotatedArticle], score: Score) -> None:
    evaluation = score(three, three[1:])
    assert evaluation.coverage.missing == ("a",)
    assert overlap(evaluation) == (100, pytest.approx(200 / 3))
    assert evaluation.warnings == ("mine: a: in gold, but not predicted: all their statements count as missed",)


def test_error_records_are_missed_and_named(three: list[AnnotatedArticle], score: Score) -> None:
    failed = ErrorRecord(id="b", error=Failure(kind="x", message="y"))
    evaluation = score(three, [three[0], failed, three[2]])
    assert evaluation.coverage.failed == ("b",)
    assert overlap(evaluation) == (100, pytest.approx(200 / 3))


def test_unknown_articles_are_named_and_not_scored(three: list[AnnotatedArticle], score: Score) -> None:
    evaluation = score(three[:1], three)
    assert evaluation.coverage.unknown == ("b", "c")
    assert overlap(evaluation) == (100, 100)
    assert evaluation.warnings == ("mine: b, c: predicted, but not in gold: not scored",)


def test_what_is_compared_is_checked_as_well(three: list[AnnotatedArticle], score: Score) -> None:
    evaluation = score(three, three, other=three[:2])
    assert evaluation.warnings == ("theirs: c: in gold, but not predicted: all their statements count as missed",)
    assert evaluation.differences["quotes", "all", "overlap", "recall"].value == pytest.approx(100 / 3)


def test_another_text_is_an_error(
    three: list[AnnotatedArticle], score: Score, record: Callable[..., AnnotatedArticle]
) -> None:
    with pytest.raises(QuotesError, match=r"mine: has other texts than gold has: b \(from character 3 on\)"):
        score(three, [three[0], record("b", "Lee, it holds.")])


def test_two_records_of_one_id_are_an_error(three: list[AnnotatedArticle], score: Score) -> None:
    with pytest.raises(QuotesError, match="mine: two records have the id 'a'"):
        score(three, [*three, three[0]])


def test_nothing_in_common_is_an_error(
    three: list[AnnotatedArticle], score: Score, record: Callable[..., AnnotatedArticle]
) -> None:
    with pytest.raises(QuotesError, match="none of its articles is in gold: gold has a, b, c, and it has text/a;"):
        score(three, [record("text/a", TEXT)])
    with pytest.raises(QuotesError, match="it has none"):
        score(three, [])


def test_of_many_ids_some_are_named(score: Score, record: Callable[..., AnnotatedArticle]) -> None:
    many = [record(str(number), TEXT) for number in range(10, 30)]
    assert score(many, many[:1]).warnings[0].startswith("mine: 11, 12, 13, 14, 15 and 14 more: in gold")
