"""The command line: `quotes extract`, `show`, `report`, `evaluate` and others; a module a command.

An adapter over the library: it turns options into calls and errors into lines on standard error.
What takes long to import (spaCy above all) is imported by the command that needs it, so that help
and usage errors answer at once.
"""

# Each adds its command, in the order of `quotes --help`.
from quotes.cli import extract, show, report, serve, evaluate, export, import_, validate  # noqa: F401, I001, RUF100
from quotes.cli.app import app, main

__all__ = ["app", "main"]
