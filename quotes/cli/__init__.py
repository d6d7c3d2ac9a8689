"""The command line: `quotes extract`, `show`, `validate` and `schema`; a module a command.

An adapter over the library: it turns options into calls and errors into lines on standard error.
What takes long to import (spaCy above all) is imported by the command that needs it, so that help
and usage errors answer at once.
"""

from quotes.cli import extract, show, validate  # noqa: F401 - each adds its command, in the order of `--help`
from quotes.cli.app import app, main

__all__ = ["app", "main"]
