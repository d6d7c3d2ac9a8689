"""Files to a stream of articles.

Every input gives at least one item, in order: an `Article`, or an `ArticleError` in its place that
says what to do. Reading is done in two steps, so that the costly one can be left to other processes:
`read_drafts` finds out which articles there are, `finish` decodes each and tells the text of a page from
the rest of it. `read_articles` does both. One article at a time is held, however many there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from quotes.decode import decode, without_surrogates
from quotes.errors import ArticleError
from quotes.metadata import leading_metadata
from quotes.reading.columns import Columns
from quotes.reading.drafts import Draft, check_text
from quotes.reading.ids import Ids, longer_id
from quotes.reading.inputs import find_sources
from quotes.reading.pages import read_page
from quotes.reading.readers import read_source
from quotes.schema import Article

MAX_CHARS = 5_000_000
"""Default for the longest article that is read, in characters."""


def read_articles(
    inputs: Iterable[str | Path] | str | Path,
    *,
    max_chars: int = MAX_CHARS,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Article | ArticleError]:
    """Reads articles from files, folders, glob patterns and standard input (`-`).

    Folders give these files, each also as `.gz` or `.zst` (but for Parquet); a file named outright or by
    a pattern is text if its suffix is another:

    - `.txt`, `.text`, `.md`: an article each.
    - `.html`, `.htm`, `.xhtml`: a page each, of which the article is kept.
    - `.jsonl`, `.ndjson`, `.csv`, `.tsv`, `.parquet`, and folders written by
      `datasets.Dataset.save_to_disk`: an article a line or row, with `text` and optionally `id`,
      `title`, `date` and `path`.
    - `.warc`: an article for each HTML page in the archive, with its address as id.

    Ids are unique. Where two articles would share one, the later goes by its whole path or is
    numbered (`a~2`), with a warning.

    Args:
        inputs: What to read; a single path will do.
        max_chars: Longest article in characters.
        columns: Field to column where records have other names, e.g. `{"text": "body"}`.

    Returns:
        An iterator of `Article`, and of `ArticleError` for a file, line or input that can't be read.
        Errors are among the items, not raised, so that the rest is read.

    Raises:
        ConfigError: If `columns` names a field that there isn't.
        QuotesError: While iterating, if there are so many names that the temporary folder is full.
    """
    drafts = read_drafts(inputs, max_chars=max_chars, columns=columns)
    return (item if isinstance(item, ArticleError) else finish(item, max_chars=max_chars) for item in drafts)


def read_drafts(
    inputs: Iterable[str | Path] | str | Path,
    *,
    max_chars: int = MAX_CHARS,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Draft | ArticleError]:
    """Reads what `read_articles` reads, up to the costly part.

    Args:
        inputs: What to read; a single path will do.
        max_chars: Longest article in characters.
        columns: Field to column where records have other names.

    Returns:
        An iterator of drafts, which can be pickled and have their final ids, and of errors as from
        `read_articles`.

    Raises:
        ConfigError: If `columns` names a field that there isn't.
        QuotesError: While iterating, if there are so many names that the temporary folder is full.
    """
    return _drafts([inputs] if isinstance(inputs, str | Path) else inputs, max_chars, Columns(columns))


def finish(draft: Draft, *, max_chars: int = MAX_CHARS) -> Article | ArticleError:
    """Makes an article of a draft: decodes it, tells the article of a page, and reads its first lines.

    Args:
        draft: The draft; nothing but this is read.
        max_chars: Longest article in characters, the same as for the draft.

    Returns:
        The article, or an error under its id if there is no text, too long a one, or it isn't text.
    """
    title, date, warnings = draft.title, draft.date, draft.warnings
    try:
        if isinstance(draft.content, str):
            text = draft.content
        elif draft.html:
            page = read_page(draft.content, charset=draft.charset, url=draft.url)
            text, title, date, warnings = page.text, page.title, page.date, (*warnings, *page.warnings)
        else:
            text, found = decode(draft.content)
            warnings = (*warnings, *found)
        check_text(text, max_chars)
    except ArticleError as error:
        return ArticleError(f"{draft.place}: {error}", id=draft.id, path=draft.path, line=draft.line)
    return article_from_text(text, draft.id, path=draft.path, title=title, date=date, warnings=warnings)


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


def _drafts(inputs: Iterable[str | Path], max_chars: int, columns: Columns) -> Iterator[Draft | ArticleError]:
    ids = Ids()
    for source in find_sources(inputs):
        if isinstance(source, ArticleError):
            yield ids.give(source)
            continue
        for item in read_source(source, max_chars, columns):
            yield ids.give(item, longer_id(source, item))
