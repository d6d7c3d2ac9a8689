"""Records of JSONL, tables and data sets: which of their columns are an article's text, id, title, date and path."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import islice
from typing import Any

from quotes.decode import without_surrogates
from quotes.errors import ArticleError, ConfigError
from quotes.metadata import parse_date
from quotes.reading.drafts import Draft, checked, path_of, place_of
from quotes.reading.inputs import Source

FIELDS = ("text", "id", "title", "date", "path")
"""What is read of a record, by default from columns of these names."""

_SHOWN_COLUMNS = 20
_SHOWN_CHARS = 40


class Columns:
    """Names the column of each field.

    Args:
        given: Field to column, e.g. `{"text": "body"}`, for fields whose column has another name.

    Raises:
        ConfigError: If one isn't a field.
    """

    def __init__(self, given: Mapping[str, str] | None = None) -> None:
        self._given = dict(given or {})
        for field in self._given:
            if field not in FIELDS:
                raise ConfigError(f"columns: {field}: there is no such field; the fields are {', '.join(FIELDS)}")

    @property
    def given(self) -> frozenset[str]:
        """The columns that were asked for by name."""
        return frozenset(self._given.values())

    def of(self, field: str) -> str:
        """The column of a field."""
        return self._given.get(field, field)

    def among(self, columns: Iterable[str]) -> list[str]:
        """The columns of a table that are read.

        Raises:
            ArticleError: If there is none for the text, or one that was asked for isn't there.
        """
        there = list(columns)
        self.check(there, {*self._given, "text"})
        return [column for column in dict.fromkeys(map(self.of, FIELDS)) if column in there]

    def check(self, there: Iterable[str], fields: Iterable[str] | None = None) -> None:
        """Checks that the columns of some fields, or else those asked for, are there.

        Raises:
            ArticleError: If one isn't; the message lists those that are.
        """
        there = list(dict.fromkeys(there))
        for field in FIELDS:
            if field in (self._given if fields is None else fields) and self.of(field) not in there:
                raise ArticleError(
                    f"has no column {_shown(self.of(field))} for the {field}; its columns are {_listed(there)} "
                    f"(name the right one: --column {field}=NAME)"
                )

    def draft(
        self,
        record: Mapping[str, Any],
        source: Source,
        number: int,
        *,
        max_chars: int,
        unit: str = "row",
        warnings: tuple[str, ...] = (),
        hint: str = "",
    ) -> Draft:
        """Makes a draft of a record.

        Args:
            record: Column to value.
            source: The file that holds the record.
            number: Which one of the file it is, from 1.
            max_chars: Longest article in characters.
            unit: What the file's records are called.
            warnings: What reading the record had to put right.
            hint: What to do where there is no text.

        Raises:
            ArticleError: If there is no text, too long a one or an empty one.
        """
        id, id_warnings = _own_id(record.get(self.of("id")), f"{source.id}:{number}")
        text = record.get(self.of("text"))
        if not isinstance(text, str | bytes):
            raise ArticleError(f"has no {_shown(self.of('text'))} that is a string{hint}", id=id)
        day, date_warnings = _own_date(record.get(self.of("date")))
        draft = Draft(
            id=id,
            content=text,
            path=_string(record.get(self.of("path"))) or path_of(source),
            title=_string(record.get(self.of("title"))),
            date=day,
            warnings=(*warnings, *id_warnings, *date_warnings),
            line=number,
            place=place_of(source, f"{unit} {number}"),
        )
        return checked(draft, max_chars)


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _own_id(value: Any, default: str) -> tuple[str, tuple[str, ...]]:
    match value:
        case str(id) if id:
            return without_surrogates(id).text, ()
        case int(number) if not isinstance(number, bool):
            return str(number), ()
        case None | "":
            return default, ()
    return default, (f"id is neither a string nor an integer, now {default!r}",)


def _own_date(value: Any) -> tuple[str | None, tuple[str, ...]]:
    match value:
        case datetime():
            return value.date().isoformat(), ()
        case date():
            return value.isoformat(), ()
        case str(given) if given and (day := parse_date(given)) is not None:
            return day, ()
        case str(given) if given:
            return None, (f"date {given!r} is not understood and left out; write it as 2019-12-30",)
    return None, ()


def _listed(columns: Iterable[str]) -> str:
    columns = iter(columns)
    shown = ", ".join(map(_shown, islice(columns, _SHOWN_COLUMNS)))
    return f"{shown}, …" if next(columns, None) is not None else shown or "none"


def _shown(column: str) -> str:
    """In quotes and on one line, however odd."""
    printable = "".join(char if char.isprintable() else "\ufffd" for char in column[:_SHOWN_CHARS])
    return f'"{printable}…"' if len(column) > _SHOWN_CHARS else f'"{printable}"'
