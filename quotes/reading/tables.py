"""CSV and TSV: an article a row, under a row that names the columns.

As the `csv` module reads them: a cell that holds the delimiter, a quotation mark or a line end stands in
quotation marks, with those inside it doubled.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from quotes.decode import decode, reject_binary, wide_encoding
from quotes.errors import ArticleError
from quotes.reading.columns import Columns
from quotes.reading.drafts import BYTES_PER_CHAR, MARKUP_BYTES, Draft, empty, located, too_long
from quotes.reading.inputs import Source
from quotes.reading.streams import Stream, rest_of_line

_DELIMITERS = {"csv": ",", "tsv": "\t"}
_LINE = re.compile(rb"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_MARK = "\ufeff"


def read_table(source: Source, stream: Stream, max_chars: int, columns: Columns) -> Iterator[Draft | ArticleError]:
    """Reads a table row by row.

    Yields:
        A draft or an error for every row that isn't blank.

    Raises:
        ArticleError: If it isn't a table, or has no column that is needed.
    """
    # The limit is one for all that use the module. Longer rows don't get as far as it.
    csv.field_size_limit(max(csv.field_size_limit(), _row_chars(max_chars)))
    rows = _rows(_Lines(stream, max_chars), _DELIMITERS[source.format])
    header, _, problem = next(rows, ([], (), None))
    if problem is not None:
        raise problem
    if not header:
        raise empty()
    header = [name.strip() for name in header]
    columns.among(header)
    number = 0
    for number, (row, warnings, problem) in enumerate(rows, 1):
        try:
            if problem is not None:
                raise problem
            record = _record(header, row)
            yield columns.draft(record, source, number, max_chars=max_chars, warnings=warnings)
        except ArticleError as error:
            yield located(error, source, number, "row")
    if number == 0:
        raise empty()


_Row = tuple[list[str], tuple[str, ...], ArticleError | None]
"""The cells of a row, what had to be put right in it, and what is wrong with it."""


class _Lines:
    """Decoded lines for the `csv` module, with what is said of those of the row that it is reading.

    A line that can't be read is replaced, and not raised over: within a cell the module would lose its
    place and take the rest of the cell for rows.
    """

    def __init__(self, stream: Stream, max_chars: int) -> None:
        self._lines = _split(stream, BYTES_PER_CHAR * _row_chars(max_chars))
        self._max_chars = max_chars
        self._first = True
        self.begin_row()

    def begin_row(self) -> None:
        self.problem: ArticleError | None = None
        self.warnings: tuple[str, ...] = ()
        self._left = _row_chars(self._max_chars)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        text = self._decoded(line) if isinstance(line, bytes) else '"' * line
        self._left -= len(text)
        if self._left < 0 or isinstance(line, int):
            self.problem = self.problem or _endless(self._max_chars)
            # Whether the row goes on is told by its quotation marks, and nothing else is kept of it: line ends
            # would fill the cell beyond what the module takes, and the rest of the file would be read as rows.
            text = '"' * (text.count('"') % 2)
        return text

    def _decoded(self, line: bytes) -> str:
        if self._first:
            self._first = False
            _reject_other_formats(line)
            line = line.removeprefix(_MARK.encode())
        if b"\0" not in line:
            try:
                return line.decode("utf-8")
            except UnicodeDecodeError:
                pass
        try:
            text, warnings = decode(line, line=True)
        except ArticleError as error:
            self.problem = self.problem or error
            return line.decode("utf-8", "replace")
        self.warnings = tuple(dict.fromkeys((*self.warnings, *warnings)))
        return text


def _split(stream: Stream, limit: int) -> Iterator[bytes | int]:
    """The lines of a stream, and of those over the limit the number of their quotation marks, modulo two.

    What ends with a lone carriage return is a line too, if it isn't within a cell.
    """
    while line := stream.readline(limit):
        if len(line) < limit or line.endswith(b"\n"):
            yield from (part[0] for part in _LINE.finditer(line))
            continue
        quotes = line.count(b'"') + sum(piece.count(b'"') for piece in rest_of_line(stream))
        yield quotes % 2


def _rows(lines: _Lines, delimiter: str) -> Iterator[_Row]:
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        lines.begin_row()
        row: list[str] = []
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            lines.problem = lines.problem or ArticleError(f"is not valid CSV ({error})")
        if lines.problem is not None or any(cell.strip() for cell in row):
            yield row, lines.warnings, lines.problem


def _record(header: list[str], row: list[str]) -> dict[str, str]:
    if any(cell.strip() for cell in row[len(header) :]):
        raise ArticleError(
            f"has {len(row)} cells under {len(header)} columns; "
            "put cells that hold delimiters or quotation marks in quotation marks"
        )
    return dict(reversed(list(zip(header, row, strict=False))))  # of two columns of one name the first counts


def _reject_other_formats(first_line: bytes) -> None:
    reject_binary(first_line)
    if wide_encoding(first_line):
        raise ArticleError("a table must be UTF-8; convert it, e.g. with `iconv -f UTF-16 -t UTF-8`")


def _row_chars(max_chars: int) -> int:
    return max_chars + MARKUP_BYTES


def _endless(max_chars: int) -> ArticleError:
    return ArticleError(f"{too_long(max_chars)}; or a quotation mark is never closed")
