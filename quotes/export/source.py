"""What is read: a file, packed or plain, or standard input."""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from quotes.errors import QuotesError
from quotes.export.target import STANDARD_STREAM


@contextmanager
def opened_source(source: Path | str) -> Iterator[BinaryIO]:
    """A stream to read bytes from.

    Args:
        source: A path (`.gz` is unpacked), or `-` for standard input, which is left open.

    Raises:
        QuotesError: If it can't be opened or, within the block, read.
    """
    try:
        if str(source) == STANDARD_STREAM:
            yield sys.stdin.buffer
        else:
            path = Path(source)
            with cast(BinaryIO, gzip.open(path)) if path.suffix == ".gz" else path.open("rb") as stream:
                yield stream
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise QuotesError(f"{source}: the file is cut off or isn't gzip; write it again") from None
    except OSError as error:
        raise QuotesError(f"{source}: can't be read: {error.strerror}") from None
