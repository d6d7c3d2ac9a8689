"""Parquet files and saved `datasets`, whose rows come in batches of Arrow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from quotes.errors import ArticleError
from quotes.reading.columns import Columns
from quotes.reading.drafts import Draft, empty, located
from quotes.reading.inputs import PACKED, Source
from quotes.reading.streams import Stream, needs

if TYPE_CHECKING:
    import pyarrow

_ROWS = 16  # at a time: each may be as long as an article can be
_BUFFER = 1 << 20
_MAGIC = b"PAR1"


def read_parquet(source: Source, stream: Stream, max_chars: int, columns: Columns) -> Iterator[Draft | ArticleError]:
    """Reads the rows of a Parquet file; only the columns that are used are unpacked.

    Yields:
        A draft or an error for every row.

    Raises:
        ArticleError: If the file is damaged or has no column that is needed.
    """
    with needs("a Parquet file"):
        from pyarrow.parquet import ParquetFile

    _check_parquet(source, stream)
    with _damage_told("Parquet file"):
        # Without a buffer a whole column of a row group would be read at once.
        file = ParquetFile(stream, buffer_size=_BUFFER)
        used = columns.among(file.schema_arrow.names)
        batches = file.iter_batches(batch_size=_ROWS, columns=used, use_threads=False)
        yield from _drafts(batches, source, max_chars, columns)


def read_dataset(source: Source, max_chars: int, columns: Columns) -> Iterator[Draft | ArticleError]:
    """Reads the rows of a folder written by `datasets.Dataset.save_to_disk`, without loading them all.

    Yields:
        A draft or an error for every row.

    Raises:
        ArticleError: If the folder is damaged or has no column that is needed.
    """
    with needs("a saved data set"):
        from datasets import load_from_disk
    with _damage_told("data set"):
        dataset = load_from_disk(str(source.path), keep_in_memory=False)
        used = columns.among(dataset.column_names)
        tables = dataset.select_columns(used).with_format("arrow").iter(batch_size=_ROWS)
        batches = (batch for table in tables for batch in table.to_batches())
        yield from _drafts(batches, source, max_chars, columns)


def _check_parquet(source: Source, stream: Stream) -> None:
    if source.name.lower().endswith(PACKED):
        raise ArticleError("a Parquet file is packed by itself and can't be read packed again; unpack it")
    if not stream.seekable():
        raise ArticleError("a Parquet file is read from its end, so it can't come through a pipe; save it first")
    start = stream.peek(len(_MAGIC))
    if not start:
        raise empty()
    if not start.startswith(_MAGIC):
        raise ArticleError("is not a Parquet file; name it by the format that it has")


def _drafts(
    batches: Iterator[pyarrow.RecordBatch], source: Source, max_chars: int, columns: Columns
) -> Iterator[Draft | ArticleError]:
    number = 0
    for batch in batches:
        for record in _records(batch, columns.of("date")):
            number += 1
            try:
                yield columns.draft(record, source, number, max_chars=max_chars)
            except ArticleError as error:
                yield located(error, source, number, "row")
    if number == 0:
        raise empty()


def _records(batch: pyarrow.RecordBatch, date_column: str) -> Iterator[dict[str, Any]]:
    """The rows as Python values; text that isn't UTF-8 as bytes."""
    import pyarrow

    values: dict[str, pyarrow.Array] = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        if name == date_column and pyarrow.types.is_timestamp(column.type):
            # Nanoseconds have no counterpart in Python, and the time zone need not be one that is known here.
            column = column.cast(pyarrow.timestamp("s"), safe=False).cast(pyarrow.date32(), safe=False)
        values.setdefault(name, column)
    for row in range(batch.num_rows):
        yield {name: _value(column[row]) for name, column in values.items()}


def _value(scalar: pyarrow.Scalar) -> Any:
    try:
        return scalar.as_py()
    except UnicodeDecodeError:
        return scalar.as_buffer().to_pybytes()
    except (ValueError, OverflowError):  # a date that Python's calendar hasn't
        return None


@contextmanager
def _damage_told(what: str) -> Iterator[None]:
    try:
        yield
    except ArticleError:
        raise
    except Exception as error:  # Arrow raises OSError, ValueError, KeyError and kinds of its own for broken files
        reason = " ".join(str(error).split())[:200]
        raise ArticleError(f"damaged {what} ({reason}); write or fetch it again") from error
