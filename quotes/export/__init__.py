"""Annotated JSONL out and in, and from there into the formats of other tools.

A module a format, each with a `write(articles, stream)`; `formats` knows them all. What they need to
have installed (pyarrow, spaCy) is imported by the format that needs it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from quotes.export.target import STANDARD_STREAM

if TYPE_CHECKING:
    from quotes.export.jsonl import check_jsonl, read_jsonl, write_jsonl

__all__ = ["STANDARD_STREAM", "check_jsonl", "read_jsonl", "write_jsonl"]

if not TYPE_CHECKING:  # a type checker that saw it would take any name for granted

    def __getattr__(name: str) -> object:
        """Import the records at first use: the command line's help names the formats without them."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module("quotes.export.jsonl"), name)
