"""Web archives: an article for each HTML page with status 200, and an error where one is cut off."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from quotes.articles import read_articles, read_drafts
from quotes.errors import ArticleError
from quotes.reading import warc
from quotes.reading.drafts import Draft
from quotes.schema import Article

Read = Callable[..., list[Article | ArticleError]]

BODY = (
    "<html><head><title>Iran vows revenge</title></head><body><article>"
    "<p>“We won’t yield,” Foreign Minister Javad Zarif told reporters in the capital on Monday, after the strikes.</p>"
    "<p>The ministry said that talks would go on in Vienna all the same, whatever came of it.</p>"
    "</article></body></html>"
)


def response(
    url: str | None,
    body: bytes | str = BODY,
    *,
    status: str = "200 OK",
    content_type: str | None = "text/html; charset=utf-8",
    headers: str = "",
    record_type: str = "response",
) -> bytes:
    """A record of a web archive."""
    head = f"HTTP/1.1 {status}\r\n" + (f"Content-Type: {content_type}\r\n" if content_type else "") + headers
    http = f"{head}\r\n".encode() + (body.encode() if isinstance(body, str) else body)
    lines = [
        "WARC/1.0",
        f"WARC-Type: {record_type}",
        "WARC-Date: 2019-12-31T08:00:00Z",
        "WARC-Record-ID: <urn:uuid:2a7e6ad9-3c9b-4f5e-9d5a-7a0d4a0a6c11>",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(http)}",
    ]
    if url is not None:
        lines.append(f"WARC-Target-URI: {url}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + http + b"\r\n\r\n"


INFO = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 9\r\n\r\nsoftware:\r\n\r\n"
A, B = "https://example.org/a", "https://example.org/b"
GZIPPED = "Content-Encoding: gzip\r\n"
CHUNKED = "Transfer-Encoding: chunked\r\n"
CHUNKS = f"{len(BODY.encode()):x}\r\n".encode() + BODY.encode() + b"\r\n0\r\n\r\n"


def drafts(name: str) -> list[Draft]:
    items = list(read_drafts(name))
    assert all(isinstance(item, Draft) for item in items), items
    return [item for item in items if isinstance(item, Draft)]


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
def test_a_page_gives_an_article(read: Read, suffix: str) -> None:
    archive = INFO + response(A, headers="Content-Language: en\r\n") + response(f"<{B}>")
    first, second = read(f"news.warc{suffix}", archive)
    assert isinstance(first, Article)
    assert (first.id, second.id, first.path, first.title) == (A, B, f"news.warc{suffix}", "Iran vows revenge")
    assert first.text.startswith("“We won’t yield,”")
    assert first.warnings == ()


def test_each_record_may_be_packed_by_itself(write: Callable[[str, bytes], Path]) -> None:
    path = write("news.warc.gz", b"")
    path.write_bytes(b"".join(gzip.compress(record) for record in (INFO, response(A), response(B))))
    assert [item.id for item in read_articles(path)] == [A, B]


def test_a_page_is_left_for_later(write: Callable[[str, bytes], Path]) -> None:
    write("news.warc", response(A, content_type="text/html; charset=windows-1252"))
    assert drafts("news.warc") == [
        Draft(A, BODY.encode(), "news.warc", line=1, html=True, charset="windows-1252", url=A)
    ]


@pytest.mark.parametrize(
    "record",
    [
        response(B, status="404 Not Found"),
        response(B, status="301 Moved", headers="Location: /c\r\n"),
        response(B, content_type="image/png"),
        response(B, content_type="application/json"),
        response(B, content_type=None),
        response(B, record_type="request"),
        response(B, record_type="metadata"),
        response(B, record_type="revisit"),
        response(B).replace(b"HTTP/1.1 200 OK", b"no HTTP head!!!"),
        response(B, headers=f"X: {'x' * 100_000}\r\n"),
        INFO,
    ],
)
def test_what_is_no_page_is_passed_over(read: Read, record: bytes) -> None:
    assert [item.id for item in read("news.warc", record + response(A) + record)] == [A]


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (BODY.encode(), ""),
        (gzip.compress(BODY.encode()), GZIPPED),
        (CHUNKS, CHUNKED),
        # decoded already by the crawler, which left the headers
        (BODY.encode(), GZIPPED),
        (BODY.encode(), CHUNKED),
        (BODY.encode(), GZIPPED + CHUNKED),
        (CHUNKS, GZIPPED + CHUNKED),
        (gzip.compress(BODY.encode()), GZIPPED + CHUNKED),
    ],
)
def test_how_a_page_was_sent_does_not_matter(write: Callable[[str, bytes], Path], body: bytes, headers: str) -> None:
    write("news.warc", response(A, body, headers=headers))
    assert [draft.content for draft in drafts("news.warc")] == [BODY.encode()]


def test_the_encoding_is_the_servers(read: Read) -> None:
    (article,) = read("news.warc", response(A, BODY.encode("cp1252"), content_type="TEXT/HTML; charset=Windows-1252"))
    assert isinstance(article, Article)
    assert "“We won’t yield,”" in article.text
    assert article.warnings == ()


def test_pages_of_one_address_or_none_have_ids_of_their_own(read: Read) -> None:
    items = read("archive/news.warc", response(A) + response(A) + response(None) + response(""))
    assert [item.id for item in items] == [A, "archive/news:2", "news:3", "news:4"]


def test_a_page_without_text_is_an_error(read: Read) -> None:
    first, error, last = read("news.warc", response(A) + response(B, "<html></html>") + response("https://c.example"))
    assert isinstance(error, ArticleError)
    assert str(error).startswith(f"news.warc, {B}: no article text")
    assert (error.id, error.path, error.line) == (B, "news.warc", 2)
    assert isinstance(first, Article)
    assert isinstance(last, Article)


@pytest.mark.parametrize("packed", [False, True])
def test_a_page_that_is_too_long_is_an_error(read: Read, packed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "MARKUP_BYTES", 10_000)
    body = b"x" * 1_000_000
    page = response(B, gzip.compress(body), headers=GZIPPED) if packed else response(B, body)
    first, error, last = read("news.warc", response(A) + page + response("https://c.example"), max_chars=1000)
    assert isinstance(error, ArticleError)
    assert str(error).startswith(f"news.warc, {B}: is longer than 1,000 characters")
    assert isinstance(first, Article)
    assert isinstance(last, Article)


@pytest.mark.parametrize(
    ("archive", "message"),
    [
        (response(A)[:-40], f"news.warc, {A}: is cut off"),
        (response(A).replace(b"Content-Length: ", b"Content-Length: 9999"), f"news.warc, {A}: is cut off"),
        (response(A) + b"junk\n\n" + response(B), "news.warc: damaged web archive"),
        (b"\0" * 1000, "news.warc: is not a WARC file"),
        (b"", "news.warc: is empty"),
        (b"WARC/", "news.warc: "),
        (INFO, "news.warc: holds no HTML page"),
    ],
)
def test_damage_is_an_error(read: Read, archive: bytes, message: str) -> None:
    error = read("news.warc", archive)[-1]
    assert isinstance(error, ArticleError)
    assert str(error).startswith(message)


def test_a_packed_archive_that_is_cut_off_gives_what_comes_before(write: Callable[[str, bytes], Path]) -> None:
    path = write("news.warc.gz", b"")
    path.write_bytes((gzip.compress(response(A)) + gzip.compress(response(B)))[:-30])
    first, error = read_articles(path)
    assert (first.id, isinstance(error, ArticleError)) == (A, True)
    assert "damaged gzip data" in str(error)


def test_a_panic_of_the_library_is_an_error(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no `Exception`, so that it would end the run."""

    def tell(stream: object) -> int:
        raise OSError("no position")

    monkeypatch.setattr(warc._Stream, "tell", tell)
    (error,) = read("news.warc", response(A))
    assert str(error).startswith("news.warc: damaged web archive")


ARCHIVE = INFO + response(A, "<p>A.</p>") + response(B, gzip.compress(b"<p>B.</p>"), headers=GZIPPED + CHUNKED)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(
    length=st.integers(0, len(ARCHIVE)),
    changes=st.lists(st.tuples(st.integers(0, len(ARCHIVE) - 1), st.integers(0, 255)), max_size=8),
)
@example(length=len(ARCHIVE), changes=[(0, 0)])
def test_any_bytes_give_articles_or_errors(read: Read, length: int, changes: list[tuple[int, int]]) -> None:
    archive = bytearray(ARCHIVE[:length])
    for place, value in changes:
        if place < len(archive):
            archive[place] = value
    assert read("news.warc", bytes(archive))
