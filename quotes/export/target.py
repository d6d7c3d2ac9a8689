"""What is written to: a file that appears when it is complete, a pipe, or standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from quotes.replacing import checked, naming, packed, replacing

STANDARD_STREAM = "-"


@contextmanager
def opened(target: Path | str) -> Iterator[BinaryIO]:
    """A stream to write bytes to.

    A file appears under its name only when the block has ended well: until then the bytes are in a
    hidden file beside it, so an interrupted run leaves the old file, or none.

    Args:
        target: A path (`.gz` compresses), or `-` for standard output.

    Raises:
        QuotesError: If the path is a folder, or lies in one that doesn't exist.
        OSError: If writing fails, e.g. on a full disk.
    """
    if str(target) == STANDARD_STREAM:
        with naming("standard output"):
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
    elif is_stream(target):
        with naming(target), Path(target).open("wb") as device:
            yield device
    else:
        path = checked(Path(target))
        with replacing(path) as stream, packed(stream, path) as written:
            yield written


def is_stream(target: Path | str) -> bool:
    """Whether it is standard output, a pipe or a device such as /dev/null: to be written to, never replaced."""
    path = Path(target)
    return str(target) == STANDARD_STREAM or (path.exists() and not path.is_file() and not path.is_dir())
