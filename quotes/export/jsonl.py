"""Annotated JSONL out and in: one record a line, UTF-8, gzip where the name ends in `.gz`."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, BinaryIO

from pydantic import Discriminator, Tag, TypeAdapter, ValidationError

from quotes.errors import ArticleError
from quotes.export.source import opened_source
from quotes.export.target import opened
from quotes.schema import AnnotatedArticle, ErrorRecord, Record

_PROBLEMS_SHOWN = 3  # of one line; the first few tell what is wrong with it


def write_jsonl(records: Iterable[Record], target: Path | str | BinaryIO) -> None:
    """Write records, one a line, as they come.

    Args:
        records: What to write; consumed one at a time.
        target: A path (`.gz` compresses; `-` is standard output) or a binary stream. A file appears
            under its name only when it is complete; an interrupted run leaves the old one, or none.

    Raises:
        QuotesError: If the path is a folder, or lies in one that doesn't exist.
        OSError: If writing fails, e.g. on a full disk.
    """
    if isinstance(target, str | Path):
        with opened(target) as stream:
            _write(records, stream)
    else:
        _write(records, target)


def _write(records: Iterable[Record], stream: BinaryIO) -> None:
    for record in records:
        stream.write(record.model_dump_json().encode() + b"\n")


def read_jsonl(path: Path | str) -> Iterator[AnnotatedArticle | ErrorRecord]:
    """Read records that `write_jsonl` wrote, checking each.

    Args:
        path: The file (`.gz` is unpacked; `-` is standard input).

    Yields:
        The records in order. Blank lines are skipped.

    Raises:
        ArticleError: At the first line that isn't a record, with its number.
        QuotesError: If the file can't be read.
    """
    for number, line in _lines(path):
        try:
            yield _parse(line)
        except ValidationError as error:
            raise _wrong_line(path, number, _problems(error)) from None


def check_jsonl(path: Path | str) -> Iterator[AnnotatedArticle | ErrorRecord | ArticleError]:
    """Read records and hold them to everything the format promises.

    Beyond what `read_jsonl` needs, speakers and quotes have to be numbered by their position and
    ids have to be unique in the file.

    Args:
        path: As for `read_jsonl`.

    Yields:
        For each line its record, or what is wrong with it as an error with the line's number.

    Raises:
        QuotesError: If the file can't be read.
    """
    lines_by_id: dict[str, int] = {}
    for number, line in _lines(path):
        try:
            record = _parse(line)
        except ValidationError as error:
            yield _wrong_line(path, number, _problems(error))
            continue
        first = lines_by_id.setdefault(record.id, number)
        problems = list(_misnumbered(record))
        if first != number:
            problems.append(f"the id {record.id!r} is also on line {first}")
        if problems:
            yield _wrong_line(path, number, problems)
        else:
            yield record


def _lines(path: Path | str) -> Iterator[tuple[int, bytes]]:
    """Lines with their 1-based numbers, split at newlines alone: U+2028 and its like are text."""
    with opened_source(path) as stream:
        for number, line in enumerate(stream, start=1):
            if number == 1:
                line = line.removeprefix(codecs.BOM_UTF8)
            if line.strip():
                yield number, line


def _kind_of(value: Any) -> str:
    return "error" if isinstance(value, dict) and "error" in value else "article"


_ONE_LINE: TypeAdapter[AnnotatedArticle | ErrorRecord] = TypeAdapter(
    Annotated[
        Annotated[AnnotatedArticle, Tag("article")] | Annotated[ErrorRecord, Tag("error")],
        Discriminator(_kind_of),
    ]
)


def _parse(line: bytes) -> AnnotatedArticle | ErrorRecord:
    return _ONE_LINE.validate_json(line, strict=True)


def _problems(error: ValidationError) -> list[str]:
    """E.g. `quotes.0.type: Field required`, without the name of the record's kind in front."""
    problems = []
    for problem in error.errors(include_url=False):
        place = ".".join(map(str, problem["loc"][1:]))
        message = problem["msg"].removeprefix("Value error, ")
        problems.append(f"{place}: {message}" if place else message)
    return problems


def _wrong_line(path: Path | str, number: int, problems: list[str]) -> ArticleError:
    shown = "; ".join(problems[:_PROBLEMS_SHOWN])
    more = len(problems) - _PROBLEMS_SHOWN
    reason = f"{shown}; and {more} more" if more > 0 else shown
    return ArticleError(f"{path}, line {number}: {reason}", path=str(path), line=number)


def _misnumbered(record: AnnotatedArticle | ErrorRecord) -> Iterator[str]:
    if isinstance(record, ErrorRecord):
        return
    ids = {"speakers": [speaker.id for speaker in record.speakers], "quotes": [quote.id for quote in record.quotes]}
    for name, numbers in ids.items():
        for position, number in enumerate(numbers):
            if number != position:
                yield f"{name}.{position}.id: is {number}, should be {position}"
