"""Many articles on one machine: one bad article never costs the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from quotes.errors import ArticleError, QuotesError
from quotes.schema import AnnotatedArticle, Article, ErrorRecord, Failure

CHUNK = 128
"""Statements, about, that are tagged together."""


class Annotator(Protocol):
    """What annotates: a `quotes.Pipeline`."""

    def find(self, article: Article, /) -> AnnotatedArticle:
        """Find the quotes of one article."""

    def tag(self, records: Sequence[AnnotatedArticle], /) -> list[AnnotatedArticle]:
        """Tag the quotes of some articles."""


class Named(Protocol):
    """What has an id and perhaps a path: an article in any state."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def path(self) -> str | None:
        """Where it came from."""


def annotate(pipeline: Annotator, items: Iterable[Article | ArticleError]) -> Iterator[AnnotatedArticle | ErrorRecord]:
    """Annotate articles in order, one record for each item.

    Args:
        pipeline: What annotates them.
        items: Articles, and in their place the errors of those that couldn't be read, as
            `quotes.articles.read_articles` yields them.

    Yields:
        The annotated article, or an error record for an item that is an error or on which the
        pipeline raised one. `KeyboardInterrupt` and `SystemExit` pass through.
    """
    records: list[AnnotatedArticle | ErrorRecord] = []
    waiting = 0
    for item in items:
        record = _unreadable(item) if isinstance(item, ArticleError) else _find(pipeline, item)
        records.append(record)
        # An article without quotes counts too, or a long row of them would come out at the end only.
        waiting += 1 if isinstance(record, ErrorRecord) else 1 + len(record.quotes)
        if waiting >= CHUNK:
            yield from _tag(pipeline, records)
            records, waiting = [], 0
    yield from _tag(pipeline, records)


def _find(pipeline: Annotator, article: Article) -> AnnotatedArticle | ErrorRecord:
    try:
        return pipeline.find(article)
    except Exception as error:
        return failed(article, error)


def _tag(
    pipeline: Annotator, records: Sequence[AnnotatedArticle | ErrorRecord]
) -> list[AnnotatedArticle | ErrorRecord]:
    """Tag what was found; if that fails, one by one, so that only the article at fault is lost."""
    found = [record for record in records if isinstance(record, AnnotatedArticle)]
    try:
        tagged = iter(pipeline.tag(found))
    except Exception as error:
        if len(records) == 1:
            return [failed(found[0], error)]
        return [record for one in records for record in _tag(pipeline, [one])]
    return [next(tagged) if isinstance(record, AnnotatedArticle) else record for record in records]


def id_of(item: Named | ArticleError) -> str:
    """The id that the record of an article, or of what could not be read as one, will have."""
    return item.id or item.path or "unknown" if isinstance(item, ArticleError) else item.id


def _unreadable(error: ArticleError) -> ErrorRecord:
    return ErrorRecord(
        id=id_of(error),
        path=error.path,
        error=Failure(kind=type(error).__name__, message=str(error)),
    )


def failed(article: Named | ArticleError, error: Exception) -> ErrorRecord:
    """The error record of an article that was read and could not be annotated.

    The message names the article, as that of a reading error does: it may be read without its record.

    Args:
        article: The article; an `ArticleError` if it failed as it was given its record.
        error: What went wrong.
    """
    if isinstance(article, ArticleError):
        return _unreadable(article)
    kind = type(error).__name__
    reason = str(error) if isinstance(error, QuotesError) else f"{kind}: {error}"
    # One file may hold many articles, so the id is named besides it.
    where = f"{article.path}: article {article.id}" if article.path else article.id
    message = f"{where}: could not be annotated ({reason}); please report it with the article"
    return ErrorRecord(id=article.id, path=article.path, error=Failure(kind=kind, message=message))


class Line(NamedTuple):
    """A record as it is written, with what is counted and told of it.

    Attributes:
        id: The record's.
        path: The record's.
        json: The record, without a line end.
        quotes: How many it has.
        attributed: How many of them have a speaker.
        error: What is wrong, if it is an error record.
    """

    id: str
    path: str | None
    json: bytes
    quotes: int = 0
    attributed: int = 0
    error: Failure | None = None


def to_line(record: AnnotatedArticle | ErrorRecord) -> Line:
    """A record as a line of JSONL."""
    json = record.model_dump_json().encode()
    if isinstance(record, ErrorRecord):
        return Line(record.id, record.path, json, error=record.error)
    attributed = sum(quote.speaker is not None for quote in record.quotes)
    return Line(record.id, record.path, json, len(record.quotes), attributed)


@dataclass
class Tally:
    """Counts over the records of a run."""

    articles: int = 0
    quotes: int = 0
    attributed: int = 0
    errors: int = 0

    def add(self, line: Line) -> None:
        """Count one record."""
        self.errors += line.error is not None
        self.articles += line.error is None
        self.quotes += line.quotes
        self.attributed += line.attributed
