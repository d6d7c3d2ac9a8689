"""Bytes of files and of standard input, unpacked, and never more of them than an article may have."""

from __future__ import annotations

import gzip
import io
import os
import stat
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from quotes.errors import ArticleError
from quotes.reading.inputs import Source

Stream = io.BufferedReader | gzip.GzipFile

LONGEST_LINE = 1_000_000_000
"""After so many bytes of a line the rest of the file is given up."""

_GZIP_MAGIC = b"\x1f\x8b"
_ZSTANDARD_MAGIC = b"\x28\xb5\x2f\xfd"
_CHUNK = 1 << 20
_ZSTANDARD_CHUNK = 512  # unpacks to 16 MiB at most, for a block of four bytes may stand for 128 KiB


@contextmanager
def opened(source: Source) -> Iterator[Stream]:
    """Opens a file or standard input, unpacked where its suffix or its first bytes say gzip or Zstandard.

    What was found in a folder has to be a regular file: opening a FIFO would wait for somebody to
    write to it. One that the user names is read.

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
                yield _unpacked(source, stream)
        else:
            with source.path.open("rb") if source.named else _open_regular(source.path) as stream:
                yield _unpacked(source, stream)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise ArticleError(f"damaged gzip data ({error}); compress or fetch the file again") from error
    except OSError as error:
        raise ArticleError(f"cannot be read: {error.strerror or error}") from error


@contextmanager
def needs(what: str) -> Iterator[None]:
    """For importing what isn't part of the plain installation.

    Raises:
        ArticleError: If the import fails; the message says how to install it.
    """
    try:
        yield
    except ImportError as error:
        raise ArticleError(f"{what} needs more than is installed: pip install 'quotes[archive]' ({error})") from error


def read_all(stream: Stream, limit: int) -> bytes | None:
    """Reads to the end; None if there are more bytes than the limit, which may well be endless."""
    # Piece by piece, for a buffer as large as the limit would be made for the smallest file.
    pieces: list[bytes] = []
    size = 0
    while size <= limit and (piece := stream.read(_CHUNK)):
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces) if size <= limit else None


def read_lines(stream: Stream, limit: int) -> Iterator[bytes | None]:
    """Reads line by line, line ends kept; None stands for a line that is longer than the limit."""
    while line := stream.readline(limit + 1):
        if len(line) <= limit:
            yield line
            continue
        if not line.endswith(b"\n"):
            for _ in rest_of_line(stream):
                pass
        yield None


def rest_of_line(stream: Stream) -> Iterator[bytes]:
    """The rest of a line that is longer than the limit, to be passed over piece by piece.

    Raises:
        ArticleError: If it goes on and on, as that of a device does, and that of a small file which unpacks to a huge
            one: there may be no end worth waiting for.
    """
    size = 0
    while piece := stream.readline(_CHUNK):
        yield piece
        if piece.endswith(b"\n"):
            return
        size += len(piece)
        if size > LONGEST_LINE:
            raise ArticleError(
                f"has a line of more than {LONGEST_LINE:,} bytes, so that the rest isn't read; break it into lines"
            )


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


def _open_regular(path: Path) -> io.BufferedReader:
    # Without O_NONBLOCK the opening itself would wait, and a look before it could be outdated.
    nonblocking = getattr(os, "O_NONBLOCK", 0)
    stream = open(path, "rb", opener=lambda name, flags: os.open(name, flags | nonblocking))  # noqa: SIM115
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        stream.close()
        raise ArticleError("is a FIFO, socket or device, not a file; name it outright to have it read")
    return stream


def _unpacked(source: Source, stream: io.BufferedReader) -> Stream:
    suffix = source.name[-4:].lower()
    start = stream.peek(len(_ZSTANDARD_MAGIC))
    if suffix.endswith(".gz") or start.startswith(_GZIP_MAGIC):
        return gzip.GzipFile(fileobj=stream)
    if suffix == ".zst" or start.startswith(_ZSTANDARD_MAGIC):
        return io.BufferedReader(_ZstandardReader(stream), _CHUNK)
    return stream


class _ZstandardReader(io.RawIOBase):
    """Unpacks the frames of a stream.

    `zstandard.ZstdDecompressor.stream_reader` takes the end of a file that is cut off for its proper end.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        with needs("a .zst file"):
            import zstandard
        self._new_frame = zstandard.ZstdDecompressor().decompressobj
        self._damaged = zstandard.ZstdError
        self._stream = stream
        self._frame: zstandard.ZstdDecompressionObj | None = None
        self._packed = b""
        self._unpacked = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._unpacked:
            if not self._packed:
                self._packed = self._stream.read(_ZSTANDARD_CHUNK)
            if not self._packed:
                if self._frame is not None:
                    raise _damaged_zstandard("it ends in the middle of a frame")
                return 0
            self._unpack()
        size = min(len(buffer), len(self._unpacked))
        buffer[:size] = self._unpacked[:size]
        self._unpacked = self._unpacked[size:]
        return size

    def _unpack(self) -> None:
        frame = self._frame or self._new_frame()
        try:
            self._unpacked = memoryview(frame.decompress(self._packed))
        except self._damaged as error:
            raise _damaged_zstandard(error) from error
        self._packed = frame.unused_data if frame.eof else b""
        self._frame = None if frame.eof else frame


def _damaged_zstandard(reason: object) -> ArticleError:
    return ArticleError(f"damaged Zstandard data ({reason}); compress or fetch the file again")
