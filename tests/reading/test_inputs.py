"""Files, folders and patterns: which files they give, in which order, under which ids."""

from __future__ import annotations

import contextlib
import inspect
import os
import socket
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.articles import read_articles
from quotes.errors import ArticleError
from quotes.reading import spill
from quotes.reading.inputs import Source, find_sources


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder `news` below the working folder."""
    for name in (
        "b.txt",
        "a/2.html.gz",
        "a/1.TXT",
        "a/10.md",
        "c.jsonl",
        "photo.png",
        "notes.log",
        ".hidden.txt",
        ".git/x.txt",
        "empty/readme.rst",
        "[draft].txt",
    ):
        path = tmp_path / "news" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path / "news"


def ids(*inputs: str | Path) -> list[str | None]:
    return [found.id for found in find_sources(inputs)]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("news", ["[draft]", "a/1", "a/10", "a/2", "b", "c"]),
        ("./news/", ["[draft]", "a/1", "a/10", "a/2", "b", "c"]),
        (".", ["news/[draft]", "news/a/1", "news/a/10", "news/a/2", "news/b", "news/c"]),
        ("news/b.txt", ["b"]),
        ("news/a/2.html.gz", ["2"]),
        ("news/notes.log", ["notes"]),
        ("news/.hidden.txt", [".hidden"]),
        ("news/[draft].txt", ["[draft]"]),
        ("news/*.txt", ["[draft]", "b"]),
        ("news/*/1*", ["a/1", "a/10"]),
        ("n*/b.txt", ["news/b"]),
        ("**/*.txt", ["news/[draft]", "news/b"]),
        ("news/**/*.md", ["a/10"]),
        ("news/a*", ["a/1", "a/10", "a/2"]),  # as when the shell expands it to the folder
        ("-", ["stdin"]),
    ],
)
def test_ids_in_order(news: Path, given: str, expected: list[str]) -> None:
    assert ids(given) == expected


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("us-strikes.txt", "us-strikes"),
        ("us-strikes.txt.gz", "us-strikes"),
        ("us-strikes.JSONL.GZ", "us-strikes"),
        ("strikes.gz", "strikes"),
        ("v1.2", "v1.2"),
        ("U.S. strikes", "U.S. strikes"),
        ("no-suffix", "no-suffix"),
        ("..txt", "..txt"),
    ],
)
def test_id_of_a_name(tmp_path: Path, name: str, id: str) -> None:
    (tmp_path / name).touch()
    assert ids(tmp_path / name) == [id]


def test_a_source_knows_its_path_and_format(news: Path) -> None:
    (source,) = find_sources(["./news/a/2.html.gz"])
    assert isinstance(source, Source)
    assert (source.path, source.name) == (Path("news/a/2.html.gz"), "news/a/2.html.gz")
    assert (source.id, source.long_id, source.format) == ("2", "news/a/2", "html")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("news/nope.txt", "no such file: news/nope.txt (check the path, or quote the glob pattern)"),
        ("news/nope*", "no files match news/nope* (check the pattern)"),
        ("news/empty", "no article files in news/empty (looked for .txt,"),
        ("", "an empty path names no file"),
        ("x" * 5000, "no such file"),
        ("a\0b", "no such file"),
        ("\ud800", "no such file: \ufffd"),
        ("\ud800/*", "no files match"),
        ("a\0/*", "no files match"),
    ],
)
def test_an_input_that_gives_no_file_gives_an_error_and_the_rest_go_on(news: Path, given: str, message: str) -> None:
    first, error, last = find_sources(["news/b.txt", given, "news/c.jsonl"])
    assert (first.id, last.id) == ("b", "c")
    assert isinstance(error, ArticleError)
    assert str(error).startswith(message)


def test_links_to_folders_are_not_followed(news: Path) -> None:
    (news / "loop").symlink_to(news, target_is_directory=True)
    (news / "link.txt").symlink_to(news / "b.txt")
    assert ids(news) == ["[draft]", "a/1", "a/10", "a/2", "b", "c", "link"]


def test_what_is_no_file_is_an_error_and_never_waited_for(news: Path) -> None:
    """Opening a FIFO waits for a writer that never comes, if nothing prevents it."""
    folder = news / "odd"
    folder.mkdir()
    for name in ("fifo.txt", "fifo.jsonl.gz", "fifo.parquet", "fifo.warc"):
        os.mkfifo(folder / name)
    (folder / "gone.txt").symlink_to("nowhere")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "null.txt").symlink_to(os.devnull)
    with socket.socket(socket.AF_UNIX) as listener, contextlib.chdir(folder):
        listener.bind("socket.txt")
        items = reads_in_time(".")
        assert items == reads_in_time("*")
    assert items == [
        "error fifo fifo.jsonl.gz: is a FIFO, socket or device, not a file; name it outright to have it read",
        "error fifo~2 fifo.parquet: is a FIFO, socket or device, not a file; name it outright to have it read",
        "error fifo~3 fifo.txt: is a FIFO, socket or device, not a file; name it outright to have it read",
        "error fifo~4 fifo.warc: is a FIFO, socket or device, not a file; name it outright to have it read",
        "error gone gone.txt: cannot be read: No such file or directory",
        "error loop loop.txt: cannot be read: Too many levels of symbolic links",
        "error null null.txt: is a FIFO, socket or device, not a file; name it outright to have it read",
        "error socket socket.txt: cannot be read: No such device or address",
    ]


def reads_in_time(given: str) -> list[str]:
    """Ids and errors; a thread, for what waits can't be told to stop."""
    items: list[str] = []

    def read() -> None:
        for item in read_articles(given):
            items.append(f"error {item.id} {item}" if isinstance(item, ArticleError) else item.id)

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    thread.join(timeout=30)
    assert not thread.is_alive()
    return items


@pytest.mark.parametrize("name", ["pipe", "pipe.jsonl", "pipe.csv", "pipe.warc"])
def test_a_fifo_that_is_named_is_read(tmp_path: Path, name: str) -> None:
    content = {
        "pipe": "A.",
        "pipe.jsonl": '{"text": "A."}',
        "pipe.csv": "text\nA.\n",
        "pipe.warc": "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
    }
    os.mkfifo(tmp_path / name)
    threading.Thread(target=(tmp_path / name).write_text, args=(content[name],), daemon=True).start()
    (item,) = reads_in_time(str(tmp_path / name))
    assert item.startswith("error pipe") == name.endswith("warc")
    assert item.endswith("holds no HTML page that a server answered with status 200") == name.endswith("warc")


def test_parquet_cannot_come_through_a_fifo(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.parquet")
    threading.Thread(target=(tmp_path / "pipe.parquet").write_bytes, args=(b"PAR1",), daemon=True).start()
    (item,) = reads_in_time(str(tmp_path / "pipe.parquet"))
    assert "can't come through a pipe" in item


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_an_error(news: Path) -> None:
    (news / "a").chmod(0)
    (news / "b.txt").chmod(0)
    items = reads_in_time("news")
    assert "error news/a cannot read the folder news/a: Permission denied" in items
    assert "error b news/b.txt: cannot be read: Permission denied" in items


def test_folders_may_lie_deeper_than_calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    depth = 300
    deepest = Path("d/" * depth)
    deepest.mkdir(parents=True)
    (deepest / "a.txt").touch()
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + depth // 2)
    try:
        found = ids(".")
    finally:
        sys.setrecursionlimit(limit)
    assert found == [f"{'d/' * depth}a"]


@pytest.mark.parametrize("limit", [0, 3, 5, 1000])
def test_the_order_is_that_of_names_however_many(news: Path, limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spill, "SORTED_IN_MEMORY", limit)
    for name in ("a.txt", "a-b.txt", "a/é.txt", "a/\U0001f600.txt", "a/\uffee.txt", "a-b/1.txt"):
        (news / name).parent.mkdir(exist_ok=True)
        (news / name).touch()
    expected = ["[draft]", "a/1", "a/10", "a/2", "a/é", "a/\uffee", "a/\U0001f600", "a-b/1", "a-b", "a", "b", "c"]
    assert ids("news") == expected
    assert set(ids("news/**/*.*")) == {"notes", "photo", "empty/readme", *expected}
    assert ids("news/a*/*") == ["a/1", "a/10", "a/2", "a/é", "a/\uffee", "a/\U0001f600", "a-b/1"]


def test_a_file_name_that_is_not_utf8(tmp_path: Path) -> None:
    name = "caf\udce9.txt"  # the byte 0xE9
    try:
        (tmp_path / name).touch()
    except OSError:
        pytest.skip("the file system takes only UTF-8")
    (source,) = find_sources([tmp_path])
    assert source.id == "caf\ufffd"


@given(st.text(alphabet=st.characters(exclude_characters="/*?[.")))
def test_any_name_gives_a_file_or_an_error(name: str) -> None:
    assert list(find_sources([name]))
