"""Each format of file: plain, gzipped, JSONL, HTML, standard input."""

from __future__ import annotations

import gzip
import io
import json
import socket
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.errors import ArticleError
from quotes.inputs import find_sources
from quotes.readers import Draft, read_source

TEXT = "“We won’t yield,” Zarif said on Monday.\n"
PAGE = """<!DOCTYPE html>
<html lang="en"><head>{charset}
<title>Iran vows revenge | Daily Example</title>
<meta property="og:title" content="Iran vows revenge">
<meta property="article:published_time" content="2019-12-30T10:45:00Z">
</head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Iran vows revenge</h1>
<p>“We won’t yield,” Foreign Minister Javad Zarif told reporters in the capital on Monday, after the strikes.</p>
<p>The ministry said that <a href="https://example.com/talks">talks</a> would go on in Vienna all the same.</p>
</article>
<section id="comments"><h2>Comments</h2><p>First! What a nonsense, said a reader of this page here.</p></section>
<footer>Copyright Daily Example. All rights reserved.</footer>
</body></html>"""


def read(path: Path | str, max_chars: int = 10_000) -> list[Draft | ArticleError]:
    (source,) = find_sources([path])
    assert not isinstance(source, ArticleError)
    return list(read_source(source, max_chars))


def write(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def drafts(items: list[Draft | ArticleError]) -> list[Draft]:
    assert all(isinstance(item, Draft) for item in items), items
    return [item for item in items if isinstance(item, Draft)]


@pytest.mark.parametrize("name", ["a.txt", "a.text", "a.md", "a.log", "a"])
@pytest.mark.parametrize("zipped", [False, True])
def test_text_files(tmp_path: Path, name: str, zipped: bool) -> None:
    path = write(tmp_path, name, gzip.compress(TEXT.encode(), mtime=0) if zipped else TEXT)
    assert read(path) == [Draft("a", TEXT, path.as_posix())]


def test_gzip_is_told_by_suffix_and_what_it_holds_is_decoded(tmp_path: Path) -> None:
    (draft,) = drafts(read(write(tmp_path, "a.txt.gz", gzip.compress(TEXT.encode("cp1252"), mtime=0))))
    assert (draft.id, draft.text, draft.warnings) == ("a", TEXT, ("decoded as cp1252 (not valid UTF-8)",))


ZIPPED = gzip.compress(b'{"text": "One."}\n' * 1000, mtime=0)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"not gzip", "damaged gzip data"),
        (ZIPPED[:-20], "damaged gzip data"),
        (ZIPPED[:12] + b"\xff" * 40, "damaged gzip data"),
        (b"", "is empty"),
        (gzip.compress(b"", mtime=0), "is empty"),
        (gzip.compress(ZIPPED, mtime=0), "looks like a gzip file"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt.gz", "a.jsonl.gz"])
def test_bad_gzip_gives_an_error(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    error = read(write(tmp_path, name, content), max_chars=100_000)[-1]
    assert isinstance(error, ArticleError)
    assert f"{name}: {message}" in str(error)


def test_an_endless_file_is_not_read_to_the_end(tmp_path: Path) -> None:
    bomb = gzip.compress(b"x" * 30_000_000, mtime=0)
    for name in ("a.txt.gz", "a.html.gz", "a.jsonl.gz"):
        (error,) = read(write(tmp_path, name, bomb), max_chars=10)
        assert "longer than 10 characters" in str(error)


JSONL = [
    # line, draft without path and line
    ('{"id": "x", "text": "A."}', Draft("x", "A.")),
    ('{"id": 12, "text": "A."}', Draft("12", "A.")),
    ('{"text": "A."}', Draft("a:1", "A.")),
    ('{"id": null, "text": "A."}', Draft("a:1", "A.")),
    ('{"id": "", "text": "A."}', Draft("a:1", "A.")),
    ('{"id": 1.5, "text": "A."}', Draft("a:1", "A.", warnings=("id is neither a string nor an integer, now 'a:1'",))),
    ('{"id": true, "text": "A."}', Draft("a:1", "A.", warnings=("id is neither a string nor an integer, now 'a:1'",))),
    ('{"id": "x", "text": "A.", "title": "T", "date": "Dec. 30, 2019"}', Draft("x", "A.", None, "T", "2019-12-30")),
    ('{"id": "x", "text": "A.", "title": 1, "date": null, "path": [], "more": {}}', Draft("x", "A.")),
    (
        '{"id": "x", "text": "A.", "date": "last week"}',
        Draft("x", "A.", warnings=("date 'last week' is not understood and left out; write it as 2019-12-30",)),
    ),
    ('{"id": "x", "text": "\\u201cA.\\u201d\\r\\n\\ud83d\\ude00"}', Draft("x", "“A.”\r\n😀")),
    ('{"id": "x", "text": "A\tB."}', Draft("x", "A\tB.")),
    ('\ufeff{"id": "x", "text": "A."}\r', Draft("x", "A.")),
]


@pytest.mark.parametrize(("line", "expected"), JSONL)
def test_jsonl(tmp_path: Path, line: str, expected: Draft) -> None:
    path = write(tmp_path, "a.jsonl", line + "\n")
    assert read(path) == [expected._replace(path=path.as_posix(), line=1)]


def test_jsonl_path_is_the_records_own(tmp_path: Path) -> None:
    (draft,) = drafts(read(write(tmp_path, "a.ndjson", '{"text": "A.", "path": "news/x.html"}')))
    assert draft.path == "news/x.html"


@pytest.mark.parametrize(
    ("line", "message", "id"),
    [
        ("{", "is not valid JSON (Expecting property name", "a:2"),
        ("He said so.", "is not valid JSON", "a:2"),
        ("[" * 100_000, "is not valid JSON", "a:2"),
        ("9" * 5_000, "is not valid JSON", "a:2"),
        ('["text"]', "is not a JSON object; write one object a line", "a:2"),
        ("null", "is not a JSON object", "a:2"),
        ('{"id": "x"}', 'has no "text" that is a string', "x"),
        ('{"id": "x", "text": null}', 'has no "text" that is a string', "x"),
        ('{"id": "x", "text": " \\n"}', "is empty", "x"),
        (json.dumps({"id": "x", "text": "A" * 10_001}), "is longer than 10,000 characters", "x"),
        ("\0", "looks like a binary file", "a:2"),
    ],
)
def test_a_bad_line_costs_only_itself(tmp_path: Path, line: str, message: str, id: str) -> None:
    path = write(tmp_path, "a.jsonl", f'{{"text": "One."}}\n{line}\n\n{{"text": "Four."}}')
    first, error, last = read(path)
    assert isinstance(first, Draft)
    assert isinstance(last, Draft)
    assert (first.line, last.line, last.id) == (1, 4, "a:4")
    assert isinstance(error, ArticleError)
    assert str(error).startswith(f"{path.as_posix()}, line 2: {message}")
    assert (error.id, error.path, error.line) == (id, path.as_posix(), 2)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        ('{"text": "A."}'.encode("utf-16"), "JSONL must be UTF-8"),
        (b"PK\x03\x04\n\n\n\n", "looks like a ZIP archive"),
    ],
)
def test_a_file_that_is_no_jsonl_gives_one_error(tmp_path: Path, content: bytes, message: str) -> None:
    (error,) = read(write(tmp_path, "a.jsonl", content))
    assert f"a.jsonl: {message}" in str(error)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(alphabet=st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
RECORDS = st.fixed_dictionaries({}, optional=dict.fromkeys(("id", "text", "title", "date", "path"), VALUES))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(values=st.lists(VALUES | RECORDS, min_size=1, max_size=3))
def test_any_json_gives_one_item_a_line(tmp_path: Path, values: list[object]) -> None:
    items = read(write(tmp_path, "a.jsonl", "\n".join(map(json.dumps, values))))
    assert [item.line for item in items] == list(range(1, len(values) + 1))


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.xhtml", "a.html.gz"])
def test_html_pages(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import trafilatura  # noqa: F401  (its own import names sockets; what is tested is the reading)

    monkeypatch.delattr(socket, "socket")  # nothing is fetched
    content = PAGE.format(charset='<meta charset="utf-8">').encode()
    path = write(tmp_path, name, gzip.compress(content, mtime=0) if name.endswith("gz") else content)
    (draft,) = drafts(read(path))
    assert (draft.id, draft.title, draft.date) == ("a", "Iran vows revenge", "2019-12-30")
    assert "“We won’t yield,” Foreign Minister Javad Zarif told" in draft.text
    assert "said that talks would go on" in draft.text
    assert not any(word in draft.text for word in ("Home", "nonsense", "Copyright", "http", "<"))


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ('<meta charset="windows-1252">', "cp1252"),
        ("<meta charset=ISO-8859-1>", "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=utf-8">', "utf-8"),
        ("<meta name='x' content='charset'>", "utf-8"),
        ("", "utf-16"),
    ],
)
def test_html_encodings(tmp_path: Path, charset: str, encoding: str) -> None:
    (draft,) = drafts(read(write(tmp_path, "a.html", PAGE.format(charset=charset).encode(encoding))))
    assert "“We won’t yield,”" in draft.text
    assert draft.warnings == ()


@pytest.mark.parametrize("content", [b"", b" ", b"<html></html>", b"<html><body><p></p></body></html>", b"<", b"<!--"])
def test_a_page_without_text_gives_an_error(tmp_path: Path, content: bytes) -> None:
    (error,) = read(write(tmp_path, "a.html", content))
    assert isinstance(error, ArticleError)
    assert "save the text as .txt" in str(error)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(cut=st.integers(0, len(PAGE)), junk=st.text(alphabet="<>/\"'=&;!-ap\u0001é", max_size=8))
def test_broken_pages_raise_nothing(tmp_path: Path, cut: int, junk: str) -> None:
    assert len(read(write(tmp_path, "a.html", PAGE[:cut] + junk + PAGE[cut + len(junk) :]))) == 1


def pipe(monkeypatch: pytest.MonkeyPatch, content: bytes) -> io.BytesIO:
    buffer = io.BytesIO(content)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(buffer))
    return buffer


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (TEXT.encode(), [Draft("stdin", TEXT)]),
        (b"\n\n" + TEXT.encode() + b"More.\n", [Draft("stdin", f"\n\n{TEXT}More.\n")]),
        (b"\n" * 500 + b"Late.", [Draft("stdin", "\n" * 500 + "Late.")]),
        (TEXT.encode("utf-16"), [Draft("stdin", TEXT)]),
        (gzip.compress(TEXT.encode(), mtime=0), [Draft("stdin", TEXT)]),
        (b"{no JSON} he said.\nMore.", [Draft("stdin", "{no JSON} he said.\nMore.")]),
        (b'{"body": "A."}', [Draft("stdin", '{"body": "A."}')]),
        (
            b'\n{"text": "A."}\n{"id": "x", "text": "B."}\n',
            [Draft("stdin:2", "A.", line=2), Draft("x", "B.", line=3)],
        ),
    ],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, content: bytes, expected: list[Draft]) -> None:
    buffer = pipe(monkeypatch, content)
    assert read("-") == expected
    assert not buffer.closed


@pytest.mark.parametrize(("content", "message"), [(b"", "is empty"), (b"%PDF-1.7", "looks like a PDF")])
def test_bad_standard_input(monkeypatch: pytest.MonkeyPatch, content: bytes, message: str) -> None:
    pipe(monkeypatch, content)
    (error,) = read("-")
    assert f"standard input: {message}" in str(error)


@pytest.mark.parametrize("stdin", [None, io.StringIO(TEXT)])
def test_no_standard_input(monkeypatch: pytest.MonkeyPatch, stdin: io.StringIO | None) -> None:
    monkeypatch.setattr(sys, "stdin", stdin)
    (error,) = read("-")
    assert str(error) == "standard input: there is no standard input; name a file instead"
