"""What commands share: exit codes, errors as lines, text fit for a terminal, options."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from quotes.errors import QuotesError

if TYPE_CHECKING:
    from quotes.config import Options

SOME_FAILED = 1
NOTHING_DONE = 2
BROKEN_PIPE = 141  # what a shell reports for a program that SIGPIPE ended


@contextmanager
def errors_as_lines() -> Iterator[None]:
    """Expected errors end the program with a line that says what to do, not with a traceback."""
    try:
        yield
    except BrokenPipeError:
        # The reader has seen enough, as in `quotes extract … | head -1`. Point standard output
        # elsewhere, or the interpreter complains when it flushes it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(BROKEN_PIPE) from None
    except QuotesError as error:
        for line in str(error).splitlines():
            complain(line)
        raise typer.Exit(NOTHING_DONE) from None
    except OSError as error:
        reason = error.strerror or str(error)
        complain(f"{error.filename}: {reason}" if error.filename else reason)
        raise typer.Exit(NOTHING_DONE) from None


def complain(message: str) -> None:
    typer.echo(f"error: {printable(message)}", err=True)


def printable(text: str) -> str:
    """On one line and without control characters, which a terminal would obey."""
    return "".join(c if c.isprintable() else " " for c in " ".join(text.split()))


def count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def load_options(config: Path | None, **given: object) -> Options:
    """Options from a file, with those given on the command line in place of the file's."""
    from quotes.config import Options

    options = Options.load(config) if config else Options()
    return options.model_copy(update={name: value for name, value in given.items() if value is not None})
