"""CSV with the columns of the flat export, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from quotes.export.flat import COLUMNS, rows
from quotes.schema import AnnotatedArticle

_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""Beginnings of a cell that a spreadsheet takes for a formula (OWASP, "CSV Injection")."""


def write(articles: Iterable[AnnotatedArticle], stream: BinaryIO) -> None:
    """Write the statements of articles as CSV (RFC 4180) for Excel and its like.

    UTF-8 with a byte order mark, without which Excel takes the file for Windows-1252. A text that a
    spreadsheet would run as a formula has an apostrophe before it: `'=HYPERLINK("http://…")`. A
    program reads Parquet or flat JSONL better, which have the texts as they are.

    Args:
        articles: The articles; consumed one at a time.
        stream: Where to write bytes.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
    try:
        table = csv.writer(text)
        table.writerow(COLUMNS)
        for row in rows(articles):
            table.writerow([_cell(row[name]) for name in COLUMNS])
    finally:
        text.detach()  # or the stream would be closed with it


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)  # `[[0, 29]]`: "0-29" would become a date
    return value
