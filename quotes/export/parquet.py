"""Parquet with the columns of the flat export."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from quotes.errors import QuotesError
from quotes.export.flat import COLUMNS, WATCHED, Kind, rows
from quotes.schema import AnnotatedArticle

if TYPE_CHECKING:
    import pyarrow

_ROW_GROUP = 10_000
"""Statements held and written together, some megabytes."""


def write(articles: Iterable[AnnotatedArticle], stream: BinaryIO) -> None:
    """Write the statements of articles as Parquet, a row group at a time.

    The schema is the same for any articles: a column without a value has its type all the same.

    Args:
        articles: The articles; consumed one at a time.
        stream: Where to write bytes.

    Raises:
        QuotesError: If pyarrow isn't installed.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise QuotesError("Parquet needs the package pyarrow: install quotes[parquet]") from None
    schema = _schema()
    statements = rows(articles)
    with pyarrow.parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        while group := list(islice(statements, _ROW_GROUP)):
            writer.write_table(pyarrow.Table.from_pylist(group, schema=schema))


def _schema() -> pyarrow.Schema:
    import pyarrow

    types = {
        Kind.TEXT: pyarrow.string(),
        Kind.DATE: pyarrow.string(),  # as the article has it, which may be a year and a month
        Kind.INTEGER: pyarrow.int64(),
        Kind.NUMBER: pyarrow.float64(),
        Kind.SPANS: pyarrow.list_(pyarrow.list_(pyarrow.int64())),
    }
    types[Kind.WATCHED] = pyarrow.list_(pyarrow.struct([(name, types[kind]) for name, kind in WATCHED.items()]))
    return pyarrow.schema([pyarrow.field(name, types[kind]) for name, kind in COLUMNS.items()])
