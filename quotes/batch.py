"""Many articles on one machine: one bad article never costs the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from quotes.errors import ArticleError, QuotesError
from quotes.schema import AnnotatedArticle, Article, ErrorRecord, Failure


def annotate(
    pipeline: Callable[[Article], AnnotatedArticle], items: Iterable[Article | ArticleError]
) -> Iterator[AnnotatedArticle | ErrorRecord]:
    """Annotate articles in order, one record for each item.

    Args:
        pipeline: Annotates one article, e.g. a `quotes.Pipeline`.
        items: Articles, and in their place the errors of those that couldn't be read, as
            `quotes.articles.read_articles` yields them.

    Yields:
        The annotated article, or an error record for an item that is an error or on which the
        pipeline raised one. `KeyboardInterrupt` and `SystemExit` pass through.
    """
    for item in items:
        if isinstance(item, ArticleError):
            yield _unreadable(item)
            continue
        try:
            record = pipeline(item)
        except Exception as error:
            yield _failed(item, error)
        else:
            yield record


def _unreadable(error: ArticleError) -> ErrorRecord:
    return ErrorRecord(
        id=error.id or error.path or "unknown",
        path=error.path,
        error=Failure(kind=type(error).__name__, message=str(error)),
    )


def _failed(article: Article, error: Exception) -> ErrorRecord:
    """The message names the article, as that of a reading error does: it may be read without its record."""
    kind = type(error).__name__
    reason = str(error) if isinstance(error, QuotesError) else f"{kind}: {error}"
    # One file may hold many articles, so the id is named besides it.
    where = f"{article.path}: article {article.id}" if article.path else article.id
    message = f"{where}: could not be annotated ({reason}); please report it with the article"
    return ErrorRecord(id=article.id, path=article.path, error=Failure(kind=kind, message=message))


@dataclass
class Tally:
    """Counts over the records of a run."""

    articles: int = 0
    quotes: int = 0
    attributed: int = 0
    errors: int = 0

    def add(self, record: AnnotatedArticle | ErrorRecord) -> None:
        """Count one record."""
        if isinstance(record, ErrorRecord):
            self.errors += 1
            return
        self.articles += 1
        self.quotes += len(record.quotes)
        self.attributed += sum(quote.speaker is not None for quote in record.quotes)
