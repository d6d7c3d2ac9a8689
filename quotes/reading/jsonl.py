"""JSONL: an article a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from quotes.decode import decode, reject_binary, wide_encoding
from quotes.errors import ArticleError
from quotes.reading.columns import Columns
from quotes.reading.drafts import MARKUP_BYTES, Draft, empty, located, too_long
from quotes.reading.inputs import Source
from quotes.reading.streams import Stream, read_lines

_BYTES_PER_JSON_CHAR = 12  # `\ud83d\ude00`
_HEAD = 10
_HINT = 'write one object a line, e.g. {"id": "a1", "text": "…"}'

Line = bytes | None
"""None stands for a line over the limit."""


def json_lines(stream: Stream, max_chars: int) -> Iterator[Line]:
    """The lines of a stream, none longer than an article can be."""
    return read_lines(stream, _BYTES_PER_JSON_CHAR * max_chars + MARKUP_BYTES)


def is_record(line: bytes, columns: Columns) -> bool:
    """Whether a line is that of a JSONL file with articles."""
    try:
        return line.lstrip(b"\xef\xbb\xbf \t").startswith(b"{") and columns.of("text") in _json_object(
            decode(line, line=True).text
        )
    except ArticleError:
        return False


def read_jsonl(
    source: Source, lines: Iterable[Line], max_chars: int, columns: Columns
) -> Iterator[Draft | ArticleError]:
    """Reads the lines of a JSONL file.

    Yields:
        A draft or an error for every line that isn't blank.

    Raises:
        ArticleError: If it isn't JSONL at all, or a column asked for isn't in its first records.
    """
    if columns.given:
        lines = _with_columns(lines, columns, max_chars)
    blank = True
    for number, line in enumerate(lines, 1):
        if line is not None and not line.strip():
            continue
        if line is not None and blank:
            _reject_other_formats(line)
        blank = False
        try:
            if line is None:
                raise too_long(max_chars)
            yield _read_record(source, number, line, max_chars, columns)
        except ArticleError as error:
            yield located(error, source, number)
    if blank:
        raise empty()


def _with_columns(lines: Iterable[Line], columns: Columns, max_chars: int) -> Iterator[Line]:
    """The same lines, if the columns asked for are among the first records'.

    A misspelt name is one error then, and not one a line. Later records may lack any of them.
    """
    lines = iter(lines)
    head: list[Line] = []
    there: dict[str, None] = {}
    while len(head) < _HEAD and sum(len(line or b"") for line in head) <= max_chars:
        line = next(lines, b"")
        if line == b"":
            break
        head.append(line)
        there.update(dict.fromkeys(_keys(line)))
        if columns.given <= there.keys():
            break
    if there:
        columns.check(there)
    return chain(head, lines)


def _keys(line: Line) -> Iterable[str]:
    """The columns of a record; none for a line that isn't one, which is said when it is read."""
    if line is None or wide_encoding(line):
        return ()
    try:
        return _json_object(decode(line, line=True).text)
    except ArticleError:
        return ()


def _reject_other_formats(first_line: bytes) -> None:
    """Gives one error for a file that isn't JSONL at all, instead of one a line."""
    reject_binary(first_line)
    if wide_encoding(first_line):
        raise ArticleError("JSONL must be UTF-8; convert it, e.g. with `iconv -f UTF-16 -t UTF-8`")


def _read_record(source: Source, number: int, line: bytes, max_chars: int, columns: Columns) -> Draft:
    decoded = decode(line, line=True)
    record = _json_object(decoded.text)
    hint = "" if columns.given else f"; {_HINT}"
    return columns.draft(record, source, number, max_chars=max_chars, unit="line", warnings=decoded.warnings, hint=hint)


def _json_object(text: str) -> dict[str, Any]:
    try:
        record = json.loads(text, strict=False)  # a raw tab in a string is no reason to lose the article
    except json.JSONDecodeError as error:
        raise ArticleError(f"is not valid JSON ({error.msg}, column {error.colno}); {_HINT}") from None
    except (ValueError, RecursionError):
        raise ArticleError(f"is not valid JSON (nested too deeply or a number too long); {_HINT}") from None
    if not isinstance(record, dict):
        raise ArticleError(f"is not a JSON object; {_HINT}")
    return record
