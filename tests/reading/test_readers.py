"""Plain text and standard input, packed and not, and what can't be read."""

from __future__ import annotations

import gzip
import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from quotes.articles import read_articles
from quotes.errors import ArticleError
from quotes.reading import streams
from quotes.schema import Article

Read = Callable[..., list[Article | ArticleError]]
Items = list[Article | ArticleError]

TEXT = "“We won’t yield,” Zarif said on Monday.\n"


@pytest.fixture
def read_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Items]:
    """Reads a file with just these bytes, whatever its suffix."""
    monkeypatch.chdir(tmp_path)

    def read_bytes(name: str, content: bytes, max_chars: int = 100_000) -> Items:
        Path(name).write_bytes(content)
        return list(read_articles(name, max_chars=max_chars))

    return read_bytes


def gzipped(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


@pytest.mark.parametrize("name", ["a.txt", "a.text", "a.md", "a.log", "a"])
@pytest.mark.parametrize("pack", [bytes, gzipped, zstandard.compress])
def test_packing_is_told_by_the_first_bytes(
    read_bytes: Callable[..., Items], name: str, pack: Callable[[bytes], bytes]
) -> None:
    assert read_bytes(name, pack(TEXT.encode())) == [Article(id="a", text=TEXT, path=name)]


@pytest.mark.parametrize("name", ["a.txt.gz", "a.TXT.ZST"])
@pytest.mark.parametrize("times", [1, 3])
def test_all_parts_of_a_packed_file_are_read(read_bytes: Callable[..., Items], name: str, times: int) -> None:
    pack = gzipped if name.endswith("gz") else zstandard.compress
    (article,) = read_bytes(name, pack(TEXT.encode()) * times)
    assert article == Article(id="a", text=TEXT * times, path=name)


def test_zstandard_frames_of_all_kinds_are_read(read_bytes: Callable[..., Items]) -> None:
    streamed = zstandard.ZstdCompressor(write_content_size=False).compress(TEXT.encode())
    skippable = b"\x50\x2a\x4d\x18\x04\0\0\0note"
    long = zstandard.compress(TEXT.encode() * 5000)
    (article,) = read_bytes("a.zst", skippable + streamed + zstandard.compress(b"") + long, max_chars=1_000_000)
    assert isinstance(article, Article)
    assert article.text == TEXT * 5001


def test_what_is_packed_is_decoded(read: Read) -> None:
    (article,) = read("a.txt.gz", TEXT.encode("cp1252"))
    assert isinstance(article, Article)
    assert (article.id, article.text, article.warnings) == ("a", TEXT, ("decoded as cp1252 (not valid UTF-8)",))


LINES = b"".join(b'{"text": "Statement number %d, he said."}\n' % number for number in range(1000))


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.html", "a.warc"])
@pytest.mark.parametrize(
    ("suffix", "content", "message"),
    [
        (".gz", b"not gzip", "damaged gzip data"),
        (".gz", gzipped(LINES)[:-20], "damaged gzip data"),
        (".gz", gzipped(LINES)[:12] + b"\xff" * 40, "damaged gzip data"),
        (".gz", gzipped(LINES) + b"junk", "damaged gzip data"),
        (".zst", b"not zstandard", "damaged Zstandard data"),
        (".zst", zstandard.compress(LINES)[:-20], "damaged Zstandard data (it ends in the middle of a frame)"),
        (".zst", zstandard.compress(LINES)[:20] + b"\xff" * 400, "damaged Zstandard data"),
        (".zst", zstandard.compress(LINES) + b"junk", "damaged Zstandard data"),
    ],
)
def test_damage_gives_an_error(
    read_bytes: Callable[..., Items], name: str, suffix: str, content: bytes, message: str
) -> None:
    error = read_bytes(name + suffix, content)[-1]
    assert isinstance(error, ArticleError)
    if name not in ("a.csv", "a.warc") or "not " in message:  # which give up before they come to it
        assert f"{name}{suffix}: {message}" in str(error)


@pytest.mark.parametrize("name", ["a.txt.gz", "a.jsonl.zst", "a.csv.gz", "a.tsv", "a.parquet", "a.warc", "a.warc.gz"])
@pytest.mark.parametrize("packed_nothing", [False, True])
def test_an_empty_file_is_told_to_be_empty(
    read: Read, read_bytes: Callable[..., Items], name: str, packed_nothing: bool
) -> None:
    (error,) = read(name, b"") if packed_nothing else read_bytes(name, b"")
    assert str(error) == f"{name}: is empty: there is no text to read"


def test_packed_twice_is_not_text(read: Read) -> None:
    (error,) = read("a.txt.gz", gzipped(TEXT.encode()))
    assert "looks like a gzip file" in str(error)


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "a.csv"])
def test_a_bomb_is_not_unpacked_to_the_end(read: Read, name: str, suffix: str) -> None:
    bomb = b"text\n" * name.endswith("csv") + b"x" * 60_000_000
    (error,) = read(name + suffix, bomb, max_chars=10)
    assert "longer than 10 characters" in str(error)


@pytest.mark.parametrize("name", ["zero.jsonl", "zero.csv", "-"])
@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no /dev/zero")
def test_a_line_without_an_end_is_given_up(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "LONGEST_LINE", 10_000_000)
    (tmp_path / "zero.jsonl").symlink_to("/dev/zero")
    (tmp_path / "zero.csv").symlink_to("/dev/zero")
    with Path("/dev/zero").open("rb") as zeros, io.TextIOWrapper(zeros) as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        (error,) = read_articles(name if name == "-" else tmp_path / name, max_chars=10)
    assert isinstance(error, ArticleError)
    assert "has a line of more than 10,000,000 bytes" in str(error)


def test_what_is_missing_is_named(
    read: Read, read_bytes: Callable[..., Items], monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = zstandard.compress(TEXT.encode())
    for module in ("zstandard", "pyarrow.parquet", "fastwarc.warc"):
        monkeypatch.setitem(sys.modules, module, None)
    for name, content in (("a.txt.zst", packed), ("a.parquet", b"PAR1"), ("a.warc", b"WARC/1.0")):
        (error,) = read_bytes(name, content)
        assert "pip install 'quotes[archive]'" in str(error)


def pipe(monkeypatch: pytest.MonkeyPatch, content: bytes) -> io.BytesIO:
    buffer = io.BytesIO(content)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(buffer))
    return buffer


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (TEXT.encode(), {"stdin": TEXT}),
        (b"\n\n" + TEXT.encode() + b"More.\n", {"stdin": f"\n\n{TEXT}More.\n"}),
        (b"\n" * 500 + b"Late.", {"stdin": "\n" * 500 + "Late."}),
        (TEXT.encode("utf-16"), {"stdin": TEXT}),
        (gzipped(TEXT.encode()), {"stdin": TEXT}),
        (zstandard.compress(TEXT.encode()), {"stdin": TEXT}),
        (b"{no JSON} he said.\nMore.", {"stdin": "{no JSON} he said.\nMore."}),
        (b'{"body": "A."}', {"stdin": '{"body": "A."}'}),
        (b'\n{"text": "A."}\n{"id": "x", "text": "B."}\n', {"stdin:2": "A.", "x": "B."}),
    ],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, content: bytes, expected: dict[str, str]) -> None:
    buffer = pipe(monkeypatch, content)
    items = list(read_articles("-"))
    assert {item.id: item.text for item in items if isinstance(item, Article)} == expected
    assert all(item.path is None for item in items)
    assert not buffer.closed


def test_columns_tell_jsonl_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe(monkeypatch, b'{"body": "A."}')
    assert list(read_articles("-", columns={"text": "body"})) == [Article(id="stdin:1", text="A.")]


@pytest.mark.parametrize(("content", "message"), [(b"", "is empty"), (b"%PDF-1.7", "looks like a PDF")])
def test_bad_standard_input(monkeypatch: pytest.MonkeyPatch, content: bytes, message: str) -> None:
    pipe(monkeypatch, content)
    (error,) = read_articles("-")
    assert f"standard input: {message}" in str(error)


@pytest.mark.parametrize("stdin", [None, io.StringIO(TEXT)])
def test_no_standard_input(monkeypatch: pytest.MonkeyPatch, stdin: io.StringIO | None) -> None:
    monkeypatch.setattr(sys, "stdin", stdin)
    (error,) = read_articles("-")
    assert str(error) == "standard input: there is no standard input; name a file instead"
