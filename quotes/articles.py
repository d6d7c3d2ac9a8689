"""Files to a stream of articles.

Every input gives at least one item, in order: an `Article`, or an `ArticleError` in its place that
says what to do. One article at a time is held.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from quotes.decode import without_surrogates
from quotes.errors import ArticleError
from quotes.inputs import find_sources
from quotes.metadata import leading_metadata
from quotes.readers import Draft, read_source
from quotes.schema import Article

MAX_CHARS = 5_000_000
"""Default for the longest article that is read, in characters."""


def read_articles(
    inputs: Iterable[str | Path] | str | Path, *, max_chars: int = MAX_CHARS
) -> Iterator[Article | ArticleError]:
    """Reads articles from files, folders, glob patterns and standard input (`-`).

    Folders give their `.txt`, `.text`, `.md`, `.html`, `.htm`, `.xhtml`, `.jsonl` and `.ndjson`
    files, each also as `.gz`; a file named outright or by a pattern is text if its suffix is
    another. JSONL lines have `text` and optionally `id`, `title`, `date` and `path`.

    Ids are unique. Where two articles would share one, the later goes by its whole path or is
    numbered (`a~2`), with a warning.

    Args:
        inputs: What to read; a single path will do.
        max_chars: Longest article in characters.

    Yields:
        An `Article`, or an `ArticleError` for a file, line or input that can't be read. The error is
        yielded, not raised, so that the rest is read.
    """
    ids = _Ids()
    for source in find_sources([inputs] if isinstance(inputs, str | Path) else inputs):
        if isinstance(source, ArticleError):
            yield ids.give(source)
            continue
        for found in read_source(source, max_chars):
            item = found if isinstance(found, ArticleError) else _article(found)
            yield ids.give(item, source.long_id if found.line is None else f"{source.long_id}:{found.line}")


def article_from_text(
    text: str,
    id: str = "text",
    *,
    path: str | None = None,
    title: str | None = None,
    date: str | None = None,
    warnings: Iterable[str] = (),
) -> Article:
    """Makes an article of a text, with what its first lines say where no title or date is given.

    Args:
        text: The text; kept as it is, but for lone surrogates, which UTF-8 can't write.
        id: The article's id.
        path: Where the text came from.
        title: Headline; the first line's where None.
        date: ISO date; the leading date line's where None.
        warnings: What reading the text had to put right.

    Returns:
        The article, with `body` behind leading date lines.
    """
    text, replaced = without_surrogates(text)
    leading = leading_metadata(text)
    return Article(
        id=without_surrogates(id).text,
        text=text,
        path=None if path is None else without_surrogates(path).text,
        title=without_surrogates(title).text if title else leading.title,
        date=date or leading.date,
        body=leading.body,
        warnings=(*warnings, *replaced),
    )


def _article(draft: Draft) -> Article:
    return article_from_text(
        draft.text, draft.id, path=draft.path, title=draft.title, date=draft.date, warnings=draft.warnings
    )


class _Ids:
    """Gives each article and error an id that no earlier one has."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._copies: Counter[str] = Counter()

    def give(self, item: Article | ArticleError, longer: str | None = None) -> Article | ArticleError:
        """Returns the item under its own id if that is free, else under the longer one or a numbered one."""
        wanted = item.id or ""
        id = next((name for name in (wanted, longer) if name is not None and name not in self._taken), None)
        if id is None:
            id = self._numbered(wanted)
        self._taken.add(id)
        if isinstance(item, ArticleError):
            item.id = id
        elif id != wanted:
            warnings = (*item.warnings, f"id {wanted!r} is taken by an earlier article, now {id!r}")
            item = item.model_copy(update={"id": id, "warnings": warnings})
        return item

    def _numbered(self, wanted: str) -> str:
        while True:
            self._copies[wanted] += 1
            id = f"{wanted}~{self._copies[wanted] + 1}"
            if id not in self._taken:
                return id
