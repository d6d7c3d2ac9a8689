"""Web archives (WARC): an article a page.

Source: ISO 28500:2017, https://iipc.github.io/warc-specifications/
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, NamedTuple

from quotes.decode import without_surrogates
from quotes.errors import ArticleError
from quotes.reading.drafts import BYTES_PER_CHAR, MARKUP_BYTES, Draft, empty, path_of, place_of, too_long
from quotes.reading.inputs import Source
from quotes.reading.streams import Stream, needs

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_MAGIC = b"WARC/"
_OK = 200
_HTML = ("text/html", "application/xhtml+xml")
# Crawlers often keep the headers of what they have decoded already.
_DECODINGS: tuple[Literal["all", "transfer", "content", "none"], ...] = ("all", "transfer", "content", "none")


class _Page(NamedTuple):
    """The payload of a response, and the encoding that the server gave."""

    data: bytes
    charset: str | None


def read_warc(source: Source, stream: Stream, max_chars: int) -> Iterator[Draft | ArticleError]:
    """Reads the HTML pages that servers answered with; other records are passed over.

    Yields:
        A draft for each page, under its address as id, or an error for one that is too long or cut off.

    Raises:
        ArticleError: If the archive is damaged or holds no page.
    """
    with needs("a WARC file"):
        from fastwarc.warc import ArchiveIterator, WarcRecordType

    start = stream.peek(len(_MAGIC))
    if not start.startswith(_MAGIC):
        raise ArticleError("is not a WARC file; name it by the format that it has") if start else empty()
    limit = BYTES_PER_CHAR * max_chars + MARKUP_BYTES
    number = 0
    with _damage_told():
        records = ArchiveIterator(
            _Stream(stream),  # type: ignore[arg-type]
            record_types=WarcRecordType.response,
            parse_http=False,  # or a record that is cut off couldn't be told from a whole one
            stream_detect=False,
        )
        for record in records:
            block = record.reader.read(limit + 1)
            page = _page(block, limit)
            if page is None:
                continue
            number += 1
            problem = None
            if max(len(block), len(page.data)) > limit:
                problem = too_long(max_chars)
            elif len(block) < record.content_length:
                problem = ArticleError("is cut off; fetch the archive again")
            yield _draft(source, number, _address(record), page, problem)
    if number == 0:
        raise ArticleError("holds no HTML page that a server answered with status 200")


def _draft(
    source: Source, number: int, url: str | None, page: _Page, problem: ArticleError | None
) -> Draft | ArticleError:
    id = url or f"{source.id}:{number}"
    place = place_of(source, url or f"page {number}")
    path = path_of(source)
    if problem is not None:
        return ArticleError(f"{place}: {problem}", id=id, path=path, line=number)
    return Draft(id, page.data, path, line=number, html=True, charset=page.charset, url=url, place=place)


def _page(block: bytes, limit: int) -> _Page | None:
    """The page in an HTTP response; None if it is anything else."""
    for decoding in _DECODINGS:
        try:
            response = _response(block, decoding)
            if response is None:
                return None
            return _Page(response.reader.read(limit + 1), response.http_charset)
        except OSError:  # it isn't encoded as its headers say
            continue
    return None


def _response(block: bytes, decoding: Literal["all", "transfer", "content", "none"]) -> WarcRecord | None:
    from fastwarc.warc import WarcRecord

    record = WarcRecord()
    record.set_bytes_content(block)
    record.is_http = True
    record.parse_http(auto_decode=decoding)
    kind = (record.http_content_type or "").lower()
    return record if record.http_headers.status_code == _OK and kind in _HTML else None


def _address(record: WarcRecord) -> str | None:
    """The page's address, which some crawlers put in angle brackets."""
    given = record.headers.get("WARC-Target-URI") or ""
    return without_surrogates(given.strip().removeprefix("<").removesuffix(">")).text or None


class _Stream:
    """What `ArchiveIterator` reads; it asks for the position, which a pipe hasn't."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._position = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read1(size)  # `read` would lose what comes right before damage
        self._position += len(data)
        return data

    def tell(self) -> int:
        return self._position


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except gzip.BadGzipFile:
        raise
    except OSError as error:
        raise _damaged(error) from error
    except BaseException as error:
        # A panic in Rust is no `Exception`, and has no class that could be named here.
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(error) from None


def _damaged(error: BaseException) -> ArticleError:
    return ArticleError(f"damaged web archive ({' '.join(str(error).split())[:200]}); fetch it again")
