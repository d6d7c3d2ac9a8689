"""Bytes of files and of standard input, gunzipped, and never more of them than an article may have."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from quotes.errors import ArticleError
from quotes.inputs import Source

Stream = io.BufferedReader | gzip.GzipFile

_GZIP_MAGIC = b"\x1f\x8b"
_CHUNK = 1 << 20


@contextmanager
def opened(source: Source) -> Iterator[Stream]:
    """Opens a file or standard input, gunzipped where its suffix or its first bytes say gzip.

    Args:
        source: What to open.

    Yields:
        The stream of bytes; standard input is left open.

    Raises:
        ArticleError: If it can't be opened or, within the context, read.
    """
    try:
        if source.path is None:
            with _stdin() as stream:
                yield _unzipped(source, stream)
        else:
            with source.path.open("rb") as stream:
                yield _unzipped(source, stream)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise ArticleError(f"damaged gzip data ({error}); compress or fetch the file again") from error
    except OSError as error:
        raise ArticleError(f"cannot be read: {error.strerror or error}") from error


def read_all(stream: Stream, limit: int) -> bytes | None:
    """Reads to the end; None if there are more bytes than the limit, which may well be endless."""
    data = stream.read(limit + 1)
    return data if len(data) <= limit else None


def read_lines(stream: Stream, limit: int) -> Iterator[bytes | None]:
    """Reads line by line, line ends kept; None stands for a line that is longer than the limit."""
    while line := stream.readline(limit + 1):
        if len(line) <= limit:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(_CHUNK)
        yield None


@contextmanager
def _stdin() -> Iterator[io.BufferedReader]:
    buffer = getattr(sys.stdin, "buffer", None)
    if buffer is None or buffer.closed:
        raise ArticleError("there is no standard input; name a file instead")
    stream = io.BufferedReader(buffer)
    try:
        yield stream
    finally:
        stream.detach()  # or standard input would be closed with it


def _unzipped(source: Source, stream: io.BufferedReader) -> Stream:
    zipped = source.name.lower().endswith(".gz") or stream.peek(2).startswith(_GZIP_MAGIC)
    return gzip.GzipFile(fileobj=stream) if zipped else stream
