"""The stream of articles: one item for each, in order, with unique ids, whatever the files hold."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.articles import MAX_CHARS, article_from_text, finish, read_articles, read_drafts
from quotes.errors import ArticleError, ConfigError
from quotes.schema import Article

REFERENCE = Path(__file__).parents[2] / "shared" / "seed"
TEXT = "“We won’t yield,” Zarif said on Monday."
same_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes a file below the working folder."""
    monkeypatch.chdir(tmp_path)

    def write(name: str, content: str | bytes = TEXT) -> Path:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def read_one(path: Path | str, **options: Any) -> Article:
    (article,) = read_articles([path], **options)
    assert isinstance(article, Article), article
    return article


def test_a_text_file_is_kept_as_it_is(write: Write) -> None:
    text = f" date 2019-12-30 Fast News\r\n\r\nIran vows revenge\r\n\r\n {TEXT}\u00a0\r\n\r\n"
    assert read_one(write("news/a.txt", text)) == Article(
        id="a", text=text, path="news/a.txt", title="Iran vows revenge", date="2019-12-30", body=text.index("Iran")
    )


def test_bad_articles_stay_in_their_place(write: Write) -> None:
    write("news/1.txt")
    write("news/2.txt", b"%PDF-1.7 \xe2")
    write("news/3.jsonl", '{"text": "One."}\n{"text": 2}\n{"text": "Three."}\n')
    write("news/4.txt", " \n")
    write("news/5.txt")
    items = list(read_articles(["news", "nope.txt"]))
    assert [(item.id, type(item)) for item in items] == [
        ("1", Article),
        ("2", ArticleError),
        ("3:1", Article),
        ("3:2", ArticleError),
        ("3:3", Article),
        ("4", ArticleError),
        ("5", Article),
        ("nope.txt", ArticleError),
    ]
    assert [str(item) for item in items if isinstance(item, ArticleError)] == [
        "news/2.txt: looks like a PDF, not text; convert it to text first",
        'news/3.jsonl, line 2: has no "text" that is a string; write one object a line, e.g. {"id": "a1", "text": "…"}',
        "news/4.txt: is empty: there is no text to read",
        "no such file: nope.txt (check the path, or quote the glob pattern)",
    ]


def test_an_unreadable_file_gives_an_error(write: Write) -> None:
    Path("gone.txt").symlink_to("nowhere")
    (error,) = read_articles("gone.txt")
    assert isinstance(error, ArticleError)
    assert (str(error), error.id, error.path) == (
        "gone.txt: cannot be read: No such file or directory",
        "gone",
        "gone.txt",
    )


def test_a_single_path_will_do(write: Write) -> None:
    assert read_one(write("a.txt")).id == "a"
    assert [item.id for item in read_articles("a.txt")] == ["a"]


def test_ids_are_unique(write: Write) -> None:
    for name in ("x/a.txt", "x/a.md", "x/a.text", "y/a.txt"):
        write(name)
    write("z.jsonl", '{"id": "a", "text": "One."}\n{"id": "a", "text": "Two."}\n{"id": 7, "text": "Three."}\n')
    write("y/z.jsonl", '{"id": "7", "text": ""}\n')
    items = list(read_articles(["x", "y/a.txt", "z.jsonl", "y/z.jsonl"]))
    assert [item.id for item in items] == ["a", "x/a", "a~2", "y/a", "z:1", "z:2", "7", "y/z:1"]
    warnings = [item.warnings for item in items if isinstance(item, Article)]
    assert warnings[0] == warnings[6] == ()
    assert warnings[1] == ("id 'a' is taken by an earlier article, now 'x/a'",)
    assert all(len(given) == 1 for given in warnings[1:6])


def test_files_are_opened_one_by_one(write: Write) -> None:
    for name in ("news/1.txt", "news/2.txt", "news/3.jsonl"):
        write(name, '{"text": "One."}\n{"text": "Two."}\n' if name.endswith("jsonl") else TEXT)
    stream: Iterator[Article | ArticleError] = read_articles("news")
    assert next(stream).id == "1"
    write("news/2.txt", "Changed since.")
    second = next(stream)
    assert isinstance(second, Article)
    assert second.text == "Changed since."


def test_drafts_are_finished_elsewhere(write: Write) -> None:
    """A pickle is what another process gets."""
    write("news/1.txt", "2019-12-30\nHe said so.")
    write("news/2.txt", "caf\u00e9".encode("cp1252"))
    write("news/3.html", "<p>")
    write("news/4.jsonl", '{"text": "One."}\n{"text": 2}\n{"id": "1", "text": "Three."}\n')
    write("news/5.csv", "text\nOne.\n")
    write("news/6.txt", "é" * 50)
    drafts = [pickle.loads(pickle.dumps(item)) for item in read_drafts("news", max_chars=40)]
    finished = [item if isinstance(item, ArticleError) else finish(item, max_chars=40) for item in drafts]
    expected = list(read_articles("news", max_chars=40))
    assert [draft.id for draft in drafts] == [item.id for item in expected]
    assert [vars(item) for item in finished] == [vars(item) for item in expected]
    assert list(map(str, finished)) == list(map(str, expected))
    assert [item.id for item in expected] == ["1", "2", "3", "4:1", "4:2", "news/4:3", "5:1", "6"]


@pytest.mark.parametrize("read", [read_articles, read_drafts])
def test_columns_are_checked_at_once(read: Callable[..., object]) -> None:
    with pytest.raises(ConfigError, match="columns: body: there is no such field; the fields are text, id, title"):
        read("news", columns={"body": "text"})


@pytest.mark.parametrize("size", [10, 11])
def test_the_size_limit(write: Write, size: int) -> None:
    write("a.txt", "é" * size)
    write("b.jsonl", json.dumps({"text": "é" * size}))
    for item in read_articles(["a.txt", "b.jsonl"], max_chars=10):
        assert isinstance(item, Article) is (size == 10)
        assert size == 10 or "longer than 10 characters; split it or raise the limit (--max-chars)" in str(item)


def test_a_large_single_line_is_read(write: Write) -> None:
    assert len(read_one(write("a.txt", "word " * (MAX_CHARS // 5))).text) == MAX_CHARS


def test_article_from_text() -> None:
    assert article_from_text("2019-12-30\nHe said so.") == Article(
        id="text", text="2019-12-30\nHe said so.", date="2019-12-30", body=11
    )
    assert article_from_text("", "empty") == Article(id="empty", text="")
    given = article_from_text("Iran vows revenge\n\nHe said so.", "a", title="T", date="2020-01-01", warnings=["w"])
    assert (given.title, given.date, given.warnings) == ("T", "2020-01-01", ("w",))


@given(st.text(alphabet=st.characters()), st.text(), st.none() | st.text())
def test_article_from_any_text(text: str, id: str, title: str | None) -> None:
    article = article_from_text(text, id, title=title)
    assert len(article.text) == len(text)
    article.model_dump_json().encode("utf-8")


@same_folder
@given(
    data=st.binary(),
    start=st.sampled_from([b"", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"PAR1", b"WARC/1.0\r\n", b"text\n", b"<html>"]),
    name=st.sampled_from(
        ["a.txt", "a.txt.gz", "a.jsonl.gz", "a.csv", "a.tsv.zst", "a.parquet", "a.warc", "a.warc.gz", "a.html"]
    ),
)
def test_any_bytes_give_articles_or_errors(write: Write, data: bytes, start: bytes, name: str) -> None:
    items = list(read_articles([write(name, start + data)]))
    assert items
    for item in items:
        if isinstance(item, Article):
            item.model_dump_json().encode("utf-8")


@same_folder
@given(text=st.text(st.characters(codec="utf-8", exclude_characters="\0")).filter(str.strip))
def test_any_text_comes_back_exactly(write: Write, text: str) -> None:
    if not text.startswith(("\ufeff", "%PDF-", "{\\rtf")):
        assert read_one(write("a.txt", text)).text == text


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference article is not here")
def test_the_reference_article() -> None:
    article = read_one(REFERENCE)
    assert (article.date, article.title, article.warnings) == ("2019-12-30", None, ())
    assert article.text.startswith(" date 2019-12-30 Fast News\n")
    assert article.text[article.body :].startswith("The US attack")
