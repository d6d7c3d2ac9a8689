"""The formats that annotated articles can be exported to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from quotes.errors import QuotesError
from quotes.export.target import STANDARD_STREAM, opened

if TYPE_CHECKING:
    from quotes.schema import AnnotatedArticle, ErrorRecord


class Format(StrEnum):
    """A format, by the name that the command line knows it by."""

    FLAT = "flat"
    PARQUET = "parquet"
    CSV = "csv"
    LABEL_STUDIO = "label-studio"
    PRODIGY = "prodigy"
    SPACY = "spacy"
    W3C = "w3c"

    @property
    def is_text(self) -> bool:
        """Whether it may be printed and is worth compressing; the others are packed as they are."""
        return self not in (Format.PARQUET, Format.SPACY)


_MODULES = {
    Format.FLAT: "flat",
    Format.PARQUET: "parquet",
    Format.CSV: "csv",
    Format.LABEL_STUDIO: "label_studio",
    Format.PRODIGY: "prodigy",
    Format.SPACY: "docbin",
    Format.W3C: "web_annotation",
}


@dataclass
class Exported:
    """What became of the records of a file.

    Attributes:
        articles: Articles written.
        statements: Their statements.
        left_out: Error records, which have nothing to export.
    """

    articles: int = 0
    statements: int = 0
    left_out: int = 0


def export(records: Iterable[AnnotatedArticle | ErrorRecord], format: Format, target: Path | str) -> Exported:
    """Write records in another format, complete or not at all.

    Args:
        records: Annotated articles; error records are counted and left out.
        format: What to write.
        target: A path, or `-` for standard output. `.gz` compresses; Parquet and spaCy's format are
            compressed anyway.

    Returns:
        How many articles and statements were written.

    Raises:
        QuotesError: If a package that the format needs is missing, or the target is of no use for it.
        OSError: If writing fails.
    """
    if not format.is_text:
        if str(target) == STANDARD_STREAM:
            raise QuotesError(f"{format.value} is binary and can't be printed; name a file with -o")
        if Path(target).suffix == ".gz":
            raise QuotesError(f"{format.value} is compressed as it is; take the .gz off {target}")
    exported = Exported()
    with opened(target) as stream:
        _writer(format)(_counted(records, exported), stream)
    return exported


def _writer(format: Format) -> Callable[[Iterable[AnnotatedArticle], BinaryIO], None]:
    write: Callable[[Iterable[AnnotatedArticle], BinaryIO], None]
    write = import_module(f"quotes.export.{_MODULES[format]}").write
    return write


def _counted(records: Iterable[AnnotatedArticle | ErrorRecord], exported: Exported) -> Iterator[AnnotatedArticle]:
    from quotes.schema import ErrorRecord

    for record in records:
        if isinstance(record, ErrorRecord):
            exported.left_out += 1
        else:
            exported.articles += 1
            exported.statements += len(record.quotes)
            yield record
