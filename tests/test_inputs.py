"""Files, folders and patterns: which files they give, in which order, under which ids."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import ArticleError
from quotes.inputs import Source, find_sources


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
