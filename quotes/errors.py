"""What can go wrong, as exceptions whose messages say what to do about it."""

from __future__ import annotations


class QuotesError(Exception):
    """Base of all errors that this package raises on purpose."""


class ConfigError(QuotesError):
    """The options or a file they name (registry, model) are wrong; raised before any work starts."""


class ArticleError(QuotesError):
    """One article can't be read or processed; the run goes on without it.

    Attributes:
        id: The article's id, where one could be told.
        path: The file it came from, where it came from a file.
        line: Its number, from 1, among the lines, rows or pages of the file, where that holds several articles.
    """

    def __init__(
        self,
        message: str,
        *,
        id: str | None = None,
        path: str | None = None,
        line: int | None = None,
    ) -> None:
        super().__init__(message)
        self.id = id
        self.path = path
        self.line = line
