"""What a source says of an article, before the costly part of reading it."""

from __future__ import annotations

from dataclasses import dataclass, field

from quotes.errors import ArticleError
from quotes.reading.inputs import Source

BYTES_PER_CHAR = 4
"""The most in UTF-8, UTF-16 and UTF-32."""

MARKUP_BYTES = 10_000_000
"""What a page, a line or a row may hold besides the text."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as its source has it; picklable, so that another process may finish it.

    Attributes:
        id: The article's id.
        content: The text, or bytes that are still to be decoded.
        path: Where it came from.
        title: Headline, where the source has one.
        date: ISO date, where the source has one.
        warnings: What had to be put right so far.
        line: Its number, from 1, among the lines, rows or pages of a file that holds several articles.
        html: Whether the content is an HTML page.
        charset: The page's encoding as its server gave it.
        url: The page's address.
        place: Where it stands, for messages.
    """

    id: str
    content: str | bytes
    path: str | None = None
    title: str | None = None
    date: str | None = None
    warnings: tuple[str, ...] = ()
    line: int | None = None
    html: bool = False
    charset: str | None = None
    url: str | None = None
    place: str = field(default="", compare=False)

    @property
    def size(self) -> int:
        """Length of the content, in characters or bytes."""
        return len(self.content)


def checked(draft: Draft, max_chars: int) -> Draft:
    """Checks a draft's text, where it is decoded already.

    Raises:
        ArticleError: If it is too long or holds nothing but space.
    """
    if isinstance(draft.content, str):
        check_text(draft.content, max_chars, draft.id)
    return draft


def check_text(text: str, max_chars: int, id: str | None = None) -> None:
    """Checks the text of an article.

    Raises:
        ArticleError: If it is too long or holds nothing but space.
    """
    if len(text) > max_chars:
        raise too_long(max_chars, id)
    if not text.strip():
        raise empty(id)


def too_long(max_chars: int, id: str | None = None) -> ArticleError:
    """The error for a text over the limit."""
    return ArticleError(f"is longer than {max_chars:,} characters; split it or raise the limit (--max-chars)", id=id)


def empty(id: str | None = None) -> ArticleError:
    """The error for a text, or a file, with nothing in it."""
    return ArticleError("is empty: there is no text to read", id=id)


def path_of(source: Source) -> str | None:
    """The path that records of a source carry."""
    return None if source.path is None else source.name


def place_of(source: Source, part: str | None = None) -> str:
    """Where something stands, e.g. `news/a.jsonl, line 2`."""
    place = "standard input" if source.path is None else source.name
    return place if part is None else f"{place}, {part}"


def located(error: ArticleError, source: Source, line: int | None = None, unit: str = "line") -> ArticleError:
    """The error with the place it happened at, in its message and its attributes."""
    place, default = place_of(source), source.id
    if line is not None:
        place, default = place_of(source, f"{unit} {line}"), f"{source.id}:{line}"
    return ArticleError(f"{place}: {error}", id=error.id or default, path=path_of(source), line=line)
