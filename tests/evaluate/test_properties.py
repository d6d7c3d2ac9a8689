"""What holds of scores whatever the articles."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.evaluate import Evaluation, Figure, to_tree
from quotes.schema import STANCES, TONES, AnnotatedArticle, Quote, Span, Speaker, Stance, Tone

Score = Callable[..., Evaluation]

few = settings(max_examples=25, deadline=None)

TEXT = 'Ann Lee said "we will hold", Bo Kim … — 中 é.\n«The dam» is safe, Lee said'
SPEAKERS = (Speaker(id=0, name="Ann Lee", aliases=("Lee",)), Speaker(id=1, name="Bo Kim"), Speaker(id=2, name="Bo"))

spans = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 25)).map(
    lambda drawn: (drawn[0], min(len(TEXT), sum(drawn)))
)
tags = st.none() | st.tuples(st.integers(0, 8), st.sampled_from([0.0, 0.3, 0.64, 1.0]))
quotes = st.builds(
    lambda parts, type, speaker, mention, stance, tone, rule: Quote(
        id=0,
        type=type,
        text=" ".join(TEXT[start:end] for start, end in parts),
        spans=tuple(parts),
        speaker=speaker,
        mention=mention and Span(text=TEXT[slice(*mention)], start=mention[0], end=mention[1]),
        rule=rule,
        confidence=1,
        stance=_tag(Stance, STANCES, stance),
        tone=_tag(Tone, TONES, tone),
    ),
    st.lists(spans, min_size=1, max_size=2),
    st.sampled_from(["direct", "mixed", "indirect"]),
    st.none() | st.integers(0, len(SPEAKERS) - 1),
    st.none() | spans,
    tags,
    tags,
    st.sampled_from(["subject", "none"]),
)
articles = st.lists(st.tuples(st.lists(quotes, max_size=3), st.lists(quotes, max_size=3)), min_size=1, max_size=3).map(
    lambda drawn: [[_article(number, said[side]) for number, said in enumerate(drawn)] for side in (0, 1)]
)
"""Two annotations of the same articles."""


def _tag(kind: type[Any], labels: tuple[str, ...], drawn: tuple[int, float] | None) -> Any:
    if drawn is None:
        return None
    label = labels[drawn[0] % len(labels)]
    return kind(label=label, score=drawn[1], scores={label: drawn[1]})


def _article(number: int, said: list[Quote]) -> AnnotatedArticle:
    return AnnotatedArticle(id=str(number), text=TEXT, speakers=SPEAKERS, quotes=tuple(said))


def defined(evaluation: Evaluation) -> dict[tuple[str, ...], Figure]:
    return {key: figure for key, figure in evaluation.figures.items() if figure.value is not None}


@few
@given(articles)
def test_perfect_predictions_are_perfect(score: Score, both: list[list[AnnotatedArticle]]) -> None:
    gold, _ = both
    evaluation = score(gold, gold, resamples=5)
    for key, figure in defined(evaluation).items():
        if key[-1] != "ece":
            assert figure == Figure(100, 100, 100), key


@few
@given(articles)
def test_scores_keep_their_bounds(score: Score, both: list[list[AnnotatedArticle]]) -> None:
    evaluation = score(*both, resamples=5)
    for key, figure in defined(evaluation).items():
        low, high = figure.low, figure.high
        assert low is None or high is None or low <= high
        for value in (figure.value, low, high):
            assert value is None or -1e-9 <= value <= (1 if key[-1] == "ece" else 100) + 1e-9, key
    known = {key: figure.value or 0 for key, figure in evaluation.figures.items()}
    for row in ("all", "direct", "mixed", "indirect", "quoted"):
        for stat in ("precision", "recall"):
            found = [known["quotes", row, measure, stat] for measure in ("exact", "overlap", "end_to_end_by_name")]
            assert found[1] >= max(found[0], found[2]) - 1e-9


@few
@given(articles, st.randoms(use_true_random=False))
def test_order_is_nothing(score: Score, both: list[list[AnnotatedArticle]], dice: random.Random) -> None:
    mixed = [[_shuffled(article, dice) for article in dice.sample(side, len(side))] for side in both]
    first, second = (to_tree(score(*sides, resamples=5)) for sides in (both, mixed))
    assert _close(first) == _close(second)


def _shuffled(article: AnnotatedArticle, dice: random.Random) -> AnnotatedArticle:
    return article.model_copy(update={"quotes": tuple(dice.sample(article.quotes, len(article.quotes)))})


def _close(tree: Any) -> Any:
    """Without the last digits, in which sums of confidences differ with their order."""
    if isinstance(tree, dict):
        return {key: _close(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_close(value) for value in tree]
    return pytest.approx(tree, abs=1e-3) if isinstance(tree, float) else tree


@few
@given(articles)
def test_a_system_differs_from_itself_by_nothing(score: Score, both: list[list[AnnotatedArticle]]) -> None:
    gold, found = both
    evaluation = score(gold, found, other=found, resamples=5)
    for difference in evaluation.differences.values():
        assert difference.value in (0, None)
        assert difference.p in (1, None)
