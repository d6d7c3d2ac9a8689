"""Predictions for gold: read from a file or made by the pipeline, and put beside their articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from quotes.errors import QuotesError
from quotes.evaluate.counts import Counts, count_article
from quotes.evaluate.statements import Gold, from_record
from quotes.schema import AnnotatedArticle, ErrorRecord

if TYPE_CHECKING:
    from quotes.config import Options

NAMED_AT_MOST = 5
"""Articles that a message names."""


@dataclass(frozen=True)
class Coverage:
    """Which articles were there to compare, by id.

    Attributes:
        missing: Gold articles without a record: all their statements count as missed.
        failed: Gold articles with an error record: likewise.
        unknown: Predicted articles that gold doesn't have: they aren't scored.
    """

    missing: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    def warnings(self, name: str) -> Iterator[str]:
        """What a reader of the scores has to know, a line each.

        Args:
            name: What the predictions are called.
        """
        for ids, what in (
            (self.missing, "in gold, but not predicted: all their statements count as missed"),
            (self.failed, "predicted as errors: all their statements count as missed"),
            (self.unknown, "predicted, but not in gold: not scored"),
        ):
            if ids:
                yield f"{name}: {named(ids)}: {what}"


def annotate_gold(gold: Gold, options: Options) -> Iterator[AnnotatedArticle | ErrorRecord]:
    """Predictions of the pipeline, as `quotes extract` would make them of the gold's texts.

    Raises:
        ConfigError: If a model can't be loaded.
    """
    from quotes.articles import article_from_text
    from quotes.batch import annotate
    from quotes.pipeline import load

    pipeline = load(options)
    articles = (
        article_from_text(article.text, article.id, title=article.title, date=article.date) for article in gold.articles
    )
    yield from annotate(pipeline, articles)


def count_predictions(
    gold: Gold, records: Iterable[AnnotatedArticle | ErrorRecord], name: str
) -> tuple[Counts, Coverage]:
    """Count what is right and wrong in each gold article.

    Args:
        gold: The annotated articles.
        records: What was predicted, in any order; told by ids.
        name: What the predictions are called in messages.

    Returns:
        The counts in the order of the ids, so that draws of articles don't depend on the files' order, and
        which articles were not there to compare.

    Raises:
        QuotesError: If two records share an id, a text isn't the gold's, or no article is in both.
    """
    by_id = _by_id(records, name)
    _check_texts(gold, by_id, name)
    counts = []
    missing, failed = [], []
    for article in sorted(gold.articles, key=attrgetter("id")):
        record = by_id.pop(article.id, None)
        if record is None:
            missing.append(article.id)
        elif isinstance(record, ErrorRecord):
            failed.append(article.id)
        found = from_record(record, typed=gold.typed).statements if isinstance(record, AnnotatedArticle) else ()
        counts.append(count_article(article, found, typed=gold.typed, named=gold.named))
    if len(missing) == len(gold.articles):
        raise QuotesError(
            f"{name}: none of its articles is in gold: gold has {named([article.id for article in gold.articles])}, "
            f"and it has {named(list(by_id)) or 'none'}; articles are told by their ids"
        )
    return Counts.of(counts), Coverage(tuple(missing), tuple(failed), tuple(by_id))


def _by_id(records: Iterable[AnnotatedArticle | ErrorRecord], name: str) -> dict[str, AnnotatedArticle | ErrorRecord]:
    by_id: dict[str, AnnotatedArticle | ErrorRecord] = {}
    for record in records:
        if record.id in by_id:
            raise QuotesError(f"{name}: two records have the id {record.id!r}; keep one")
        by_id[record.id] = record
    return by_id


def _check_texts(gold: Gold, by_id: dict[str, AnnotatedArticle | ErrorRecord], name: str) -> None:
    """Offsets into another text mean nothing."""
    other = []
    for article in gold.articles:
        record = by_id.get(article.id)
        if isinstance(record, AnnotatedArticle) and record.text != article.text:
            other.append(f"{article.id} (from character {_first_difference(record.text, article.text)} on)")
    if other:
        raise QuotesError(
            f"{name}: has other texts than gold has: {named(other)}; annotate the gold's own texts, "
            "line ends and white space as they are"
        )


def _first_difference(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def named(ids: Sequence[str]) -> str:
    """Some ids for a message, the first few by name."""
    more = len(ids) - NAMED_AT_MOST
    return ", ".join(ids[:NAMED_AT_MOST]) + (f" and {more} more" if more > 0 else "")
