"""Gold and predictions to scores, with all that is to be told of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.errors import ConfigError
from quotes.evaluate.bootstrap import Difference, Figure, differences, intervals
from quotes.evaluate.counts import HEADS, Counts, Key
from quotes.evaluate.figures import Totals
from quotes.evaluate.gold import Opinions
from quotes.evaluate.opinions import count_opinions, tag_opinions
from quotes.evaluate.predictions import Coverage, count_predictions
from quotes.evaluate.statements import Gold
from quotes.schema import AnnotatedArticle, ErrorRecord

if TYPE_CHECKING:
    from quotes.config import Options

RESAMPLES = 1000
"""Default for how often articles are drawn again."""

Records = Iterable[AnnotatedArticle | ErrorRecord]


@dataclass(frozen=True)
class Named:
    """Predictions with what they are called in messages and reports.

    Attributes:
        name: E.g. the file's path.
        records: One for each article, in any order.
    """

    name: str
    records: Records


@dataclass(frozen=True)
class Evaluation:
    """Scores of predictions, or of two against each other.

    Attributes:
        format: Form of the gold.
        articles: How many articles, or for NewsMTSC articles that its sentences are from, were drawn from.
        predictions: What the predictions are called.
        figures: Scores by name, see `quotes.evaluate.figures.figures`.
        totals: The counts they are made of.
        coverage: Which articles were there to compare.
        other: What the predictions that were compared are called.
        differences: By how much the scores are above those of the others; empty without others.
        resamples: How often articles were drawn.
        seed: What the draws started from.
        warnings: What a reader of the scores has to know.
    """

    format: str
    articles: int
    predictions: str
    figures: dict[Key, Figure]
    totals: Totals
    coverage: Coverage
    other: str | None
    differences: dict[Key, Difference]
    resamples: int
    seed: int
    warnings: tuple[str, ...]


def evaluate(
    gold: Gold, predictions: Named, other: Named | None = None, *, resamples: int = RESAMPLES, seed: int = 0
) -> Evaluation:
    """Score predictions against gold.

    Args:
        gold: Annotated articles.
        predictions: What is scored.
        other: What it is compared with.
        resamples: How often articles are drawn again for intervals and tests.
        seed: The same seed gives the same intervals.

    Raises:
        QuotesError: If predictions don't fit the gold: see `quotes.evaluate.predictions.count_predictions`.
    """
    counts, coverage = count_predictions(gold, predictions.records, predictions.name)
    totals = _totals(counts)
    warnings = [*gold.warnings, *coverage.warnings(predictions.name), *_untagged(totals, predictions.name)]
    apart: dict[Key, Difference] = {}
    if other is not None:
        others, their_coverage = count_predictions(gold, other.records, other.name)
        warnings += their_coverage.warnings(other.name)
        apart = differences(counts, others, resamples=resamples, seed=seed)
    return Evaluation(
        gold.format,
        len(gold.articles),
        predictions.name,
        intervals(counts, resamples=resamples, seed=seed),
        totals,
        coverage,
        other.name if other else None,
        apart,
        resamples,
        seed,
        tuple(warnings),
    )


def evaluate_opinions(opinions: Opinions, options: Options, *, resamples: int = RESAMPLES, seed: int = 0) -> Evaluation:
    """Score the tagger's stances towards given targets.

    Args:
        opinions: Sentences with their targets.
        options: Which tagger.
        resamples: How often articles are drawn again for intervals.
        seed: The same seed gives the same intervals.

    Raises:
        ConfigError: If the tagger can't be loaded.
    """
    try:
        from quotes.tag.tagger import Tagger
    except ImportError as error:
        raise ConfigError(f"stance needs the package {error.name!r}: install quotes[tags]") from None
    counts = count_opinions(opinions.items, tag_opinions(Tagger(options.tagger), opinions.items))
    return Evaluation(
        "newsmtsc",
        len(counts.matrix),
        str(options.tagger or "the package's tagger"),
        intervals(counts, resamples=resamples, seed=seed),
        _totals(counts),
        Coverage(),
        None,
        {},
        resamples,
        seed,
        (),
    )


def _untagged(totals: Totals, name: str) -> Iterator[str]:
    for head in HEADS:
        if number := int(totals(head, "untagged")[0]):
            yield f"{name}: no {head} on {number} of the statements annotated with one: left out of its scores"


def _totals(counts: Counts) -> Totals:
    return Totals(counts.keys, counts.matrix.sum(axis=0, keepdims=True))
