"""Read one file into drafts of articles, by its format."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from quotes.errors import ArticleError
from quotes.reading.arrow import read_dataset, read_parquet
from quotes.reading.columns import Columns
from quotes.reading.drafts import BYTES_PER_CHAR, MARKUP_BYTES, Draft, located, path_of, place_of, too_long
from quotes.reading.inputs import Source
from quotes.reading.jsonl import is_record, json_lines, read_jsonl
from quotes.reading.streams import Stream, opened, read_all
from quotes.reading.tables import read_table
from quotes.reading.warc import read_warc

_MARK_BYTES = 4
_MAX_BLANK_LINES = 100


def read_source(source: Source, max_chars: int, columns: Columns | None = None) -> Iterator[Draft | ArticleError]:
    """Reads a file, a saved data set or standard input by its format.

    Args:
        source: The file.
        max_chars: Longest article in characters.
        columns: The columns of records, where their names aren't the usual ones.

    Yields:
        A draft for each article. An error stands for an article that can't be read, and ends what a
        damaged file gives.
    """
    try:
        yield from _read(source, max_chars, columns or Columns())
    except ArticleError as error:
        yield located(error, source)


def _read(source: Source, max_chars: int, columns: Columns) -> Iterator[Draft | ArticleError]:
    if source.format == "dataset":
        yield from read_dataset(source, max_chars, columns)
        return
    with opened(source) as stream:
        match source.format:
            case "jsonl":
                yield from read_jsonl(source, json_lines(stream, max_chars), max_chars, columns)
            case "csv" | "tsv":
                yield from read_table(source, stream, max_chars, columns)
            case "parquet":
                yield from read_parquet(source, stream, max_chars, columns)
            case "warc":
                yield from read_warc(source, stream, max_chars)
            case "html":
                yield _read_whole(source, stream, max_chars, besides=MARKUP_BYTES)
            case _ if source.path is None:
                yield from _read_stdin(source, stream, max_chars, columns)
            case _:
                yield _read_whole(source, stream, max_chars)


def _read_whole(
    source: Source, stream: Stream, max_chars: int, *, besides: int = _MARK_BYTES, start: bytes = b""
) -> Draft:
    """A file that is one article, of which the start may have been read already."""
    rest = read_all(stream, BYTES_PER_CHAR * max_chars + besides)
    if rest is None:
        raise too_long(max_chars)
    return Draft(source.id, start + rest, path_of(source), html=source.format == "html", place=place_of(source))


def _read_stdin(source: Source, stream: Stream, max_chars: int, columns: Columns) -> Iterator[Draft | ArticleError]:
    """Standard input has no suffix: it is JSONL if its first line is a record, else text."""
    lines = json_lines(stream, max_chars)
    start: list[bytes] = []
    for line in islice(lines, _MAX_BLANK_LINES):
        if line is None:
            raise too_long(max_chars)
        start.append(line)
        if line.strip():
            break
    if start and is_record(start[-1], columns):
        yield from read_jsonl(source, chain(start, lines), max_chars, columns)
    else:
        yield _read_whole(source, stream, max_chars, start=b"".join(start))
