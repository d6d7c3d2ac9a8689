"""Records to a stream: the standard output, a pipe or a device."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from quotes.batch import Line
from quotes.export import STANDARD_STREAM


class StreamOutput:
    """Writes records to a stream, where nothing is kept to go on from.

    Attributes:
        done: Nothing.
    """

    done: frozenset[str] = frozenset()

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._errors = 0

    @staticmethod
    def fits(target: str | Path) -> bool:
        """Whether the target is such a stream, e.g. `-` or `/dev/null`: to be written to, never replaced."""
        path = Path(target)
        return str(target) == STANDARD_STREAM or (path.exists() and not path.is_file() and not path.is_dir())

    @classmethod
    @contextmanager
    def opened(cls, target: str | Path) -> Iterator[StreamOutput]:
        """The target, opened for writing."""
        if str(target) == STANDARD_STREAM:
            yield cls(sys.stdout.buffer)
            sys.stdout.buffer.flush()
        else:
            with Path(target).open("wb") as stream:
                yield cls(stream)

    def add(self, line: Line) -> None:
        """Write one record."""
        self._stream.write(line.json + b"\n")
        self._errors += line.error is not None

    def finish(self) -> int:
        """Write what is held; returns how many errors there were."""
        self._stream.flush()
        return self._errors
