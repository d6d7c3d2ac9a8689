"""Records to a stream: the standard output, a pipe or a device."""

from __future__ import annotations

from typing import BinaryIO

from quotes.batch import Line


class StreamOutput:
    """Writes records to a stream, where nothing is kept to go on from.

    Attributes:
        done: Nothing.
    """

    done: frozenset[str] = frozenset()

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._errors = 0

    def add(self, line: Line) -> None:
        """Write one record."""
        self._stream.write(line.json + b"\n")
        self._errors += line.error is not None

    def finish(self) -> int:
        """Write what is held; returns how many errors there were."""
        self._stream.flush()
        return self._errors
