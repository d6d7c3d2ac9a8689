"""Files that appear under their name when they are complete, and not before."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from typing import BinaryIO, cast

from quotes.errors import QuotesError
from quotes.locks import lock


def check_parent(path: Path) -> None:
    """Say so if a file can't be made there.

    Raises:
        QuotesError: If the path lies in a folder that doesn't exist.
    """
    if not path.parent.is_dir():
        raise QuotesError(f"{path}: the folder {path.parent} doesn't exist; create it first")


def checked(path: Path) -> Path:
    """The path to hand to `replacing`, through symbolic links, which should stay links.

    Raises:
        QuotesError: If the path is a folder, or lies in one that doesn't exist.
    """
    path = path.resolve()
    if path.is_dir():
        raise QuotesError(f"{path} is a folder; name the file to write")
    check_parent(path)
    return path


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A stream to a hidden file that takes the place of `path` if the block ends well, and is removed if not.

    If the process is killed within the block, the hidden file stays; the next one that writes `path` removes it.

    Raises:
        OSError: If writing fails, with `path` as its file name.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with naming(path):
            _remove_abandoned(path)
            with _opened(part) as stream:
                yield stream
                sync(stream)
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _opened(part: Path) -> BinaryIO:
    """The file, locked, so that others can tell that it is being written."""
    while True:
        stream = part.open("wb")
        # Another process may take a file that isn't locked yet for abandoned, and remove it: then once more.
        if not lock(stream, wait=True) or os.fstat(stream.fileno()).st_nlink:
            return stream
        stream.close()


def _remove_abandoned(path: Path) -> None:
    for part in path.parent.glob(f".{escape(path.name)}.*.part"):
        with suppress(OSError), part.open("rb") as stream:
            if lock(stream):
                part.unlink()


@contextmanager
def naming(target: Path | str) -> Iterator[None]:
    """Errors of the system that name no file name this one, e.g. when the disk is full in the midst of writing."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(target)
        raise


def sync(stream: BinaryIO) -> None:
    """Write to the disk itself what was written to the stream."""
    stream.flush()
    os.fsync(stream.fileno())


@contextmanager
def packed(stream: BinaryIO, path: Path) -> Iterator[BinaryIO]:
    """The stream, compressing if the path ends in `.gz`."""
    if path.suffix == ".gz":
        # Neither name nor time in the header: the same records give the same bytes.
        with gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0) as stream_in:
            yield cast(BinaryIO, stream_in)
    else:
        yield stream
