"""CSV and TSV: an article a row, and a bad row costs only itself."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.errors import ArticleError
from quotes.reading import tables
from quotes.schema import Article

Read = Callable[..., list[Article | ArticleError]]
same_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)

ROWS = [
    # table, id and text of its articles
    ("id,text\nx,A.\n", {"x": "A."}),
    ("text\nA.\nB.", {"a:1": "A.", "a:2": "B."}),
    ("\ufeffid,text\r\nx,A.\r\n", {"x": "A."}),
    ("text,id\r A.,x\r", {"x": " A."}),
    ('id,text\nx,"He said: ""No, never.""\n\nHe left."\n', {"x": 'He said: "No, never."\n\nHe left.'}),
    ('id,text\nx,"One\r\nTwo\rThree\n"\n', {"x": "One\r\nTwo\rThree\n"}),
    ("\n\nid,text\n\nx,A.\n,\n\n", {"x": "A."}),
    ("text,other\nA.\n", {"a:1": "A."}),
    ("text,\nA.,,,\n", {"a:1": "A."}),
    ("text,text\nA.,B.\n", {"a:1": "A."}),
    ("text\n“Ça,” dit-il.\n".replace(",", ";"), {"a:1": "“Ça;” dit-il."}),
]


@pytest.mark.parametrize(("table", "expected"), ROWS)
@pytest.mark.parametrize("name", ["a.csv", "a.csv.gz", "a.CSV", "a.csv.zst"])
def test_a_row_gives_an_article(read: Read, name: str, table: str, expected: dict[str, str]) -> None:
    items = read(name, table)
    assert {item.id: item.text for item in items if isinstance(item, Article)} == expected
    assert len(items) == len(expected)


def test_tabs_separate_the_columns_of_tsv(read: Read) -> None:
    (article,) = read("a.tsv", 'id\ttext\ttitle\tdate\nx\t"A, ""b""."\tT\t30 Dec 2019\n')
    assert article == Article(id="x", text='A, "b".', path="a.tsv", title="T", date="2019-12-30")


def test_columns_of_other_names(read: Read) -> None:
    columns = {"text": "body", "id": "key", "title": "head", "date": "day", "path": "file"}
    table = " key ,body,head,day,file,text\n7,A.,T,2019-12-30,f.txt,No.\n"
    assert read("a.csv", table, columns=columns) == [
        Article(id="7", text="A.", path="f.txt", title="T", date="2019-12-30")
    ]


@pytest.mark.parametrize(
    ("table", "columns", "message"),
    [
        (
            "id,body\n" + "x,A.\n" * 100,
            None,
            'has no column "text" for the text; its columns are "id", "body" (name the right one: --column text=NAME)',
        ),
        ("id,text\nx,A.\n", {"title": "head"}, 'has no column "head" for the title; its columns are "id", "text"'),
        ("id;text\nx;A.\n", None, 'its columns are "id;text"'),
        ("x" * 1000 + "\n", None, f'its columns are "{"x" * 40}…" ('),
        (",".join(map(str, range(100))), None, '"18", "19", … ('),
        ("a\x1b[31m\n", None, '"a\ufffd[31m"'),
        ("", None, "is empty"),
        ("\n\n", None, "is empty"),
        ("id,text\n", None, "is empty"),
        (b"PK\x03\x04\n\n", None, "looks like a ZIP archive"),
        ("id,text\n".encode("utf-16"), None, "a table must be UTF-8"),
        (b"\0" * 100, None, "looks like a binary file"),
    ],
)
def test_a_table_without_what_is_needed_is_one_error(
    read: Read, table: str | bytes, columns: dict[str, str] | None, message: str
) -> None:
    (error,) = read("a.csv", table, columns=columns)
    assert isinstance(error, ArticleError)
    assert str(error).startswith("a.csv: ")
    assert message in str(error)
    assert (error.id, error.path, error.line) == ("a", "a.csv", None)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (b"x", 'has no "text" that is a string'),
        (b"x,", "is empty"),
        (b"x,He said, so.", "has 3 cells under 2 columns; put cells that hold delimiters"),
        (b"x," + b"A" * 1_001, "is longer than 1,000 characters; split it"),
        (b'x,"A\0\nB\n"', "looks like a binary file"),
        (b'x,"He sent\n%PDF-\xff."', "looks like a PDF"),
        (b'x,"' + b"A line of it.\n" * 10_000 + b'"', "is longer than 1,000 characters; split it"),
        (b'x,"' + b"A" * 100_000 + b'\n"', "is longer than 1,000 characters"),
    ],
)
def test_a_bad_row_costs_only_itself(read: Read, row: bytes, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MARKUP_BYTES", 2_000)
    first, error, last = read("a.csv", b"id,text\n1,One.\n" + row + b"\n3,Three.\n", max_chars=1_000)
    assert (first.id, last.id) == ("1", "3")
    assert isinstance(error, ArticleError)
    assert str(error).startswith(f"a.csv, row 2: {message}")
    assert (error.path, error.line) == ("a.csv", 2)


def test_other_encodings_are_told_line_by_line(read: Read) -> None:
    (article,) = read("a.csv", "text\n“We won’t,”\n".replace(",", " ").encode("cp1252"))
    assert isinstance(article, Article)
    assert (article.text, article.warnings) == ("“We won’t ”", ("decoded as cp1252 (not valid UTF-8)",))


def test_a_quotation_mark_that_is_never_closed_is_an_error(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MARKUP_BYTES", 1_000)
    table = 'text\nOne.\n"Two.\n' + "More.\n" * 10_000
    first, error = read("a.csv", table, max_chars=100)
    assert isinstance(first, Article)
    assert "or a quotation mark is never closed" in str(error)


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff"), max_size=30)


@same_folder
@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=5), delimiter=st.sampled_from(",\t"))
def test_what_is_written_comes_back(read: Read, rows: list[tuple[str, str, str]], delimiter: str) -> None:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerow(["title", "text", "id"])
    writer.writerows(rows)
    items = read("a.csv" if delimiter == "," else "a.tsv", stream.getvalue())
    texts = [text for _, text, _ in rows if text.strip()]
    assert [item.text for item in items if isinstance(item, Article)] == texts


@same_folder
@given(
    data=st.binary() | st.text(alphabet='a,"\n\r\0\ufeffé').map(str.encode), header=st.sampled_from([b"", b"text,id\n"])
)
def test_any_bytes_give_articles_or_errors(read: Read, data: bytes, header: bytes) -> None:
    assert read("a.csv", header + data)


def test_an_odd_line_takes_no_other_with_it(read: Read) -> None:
    """Its bytes may pass for UTF-16, in which the comma, the quotation marks and the line end are others."""
    odd = b'"\x9fe\x9cbr\x11\xfe\x8c\xacr\xe0<",2'
    items = read("a.csv", b"text,id\nA.,1\n" + odd + b"\nB.,3\n")
    assert [item.id for item in items] == ["1", "2", "3"]
    assert not any(isinstance(item, ArticleError) for item in items)


def test_what_is_too_long_ends_with_its_quotation_mark(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many lines of it are passed over: the module has a limit of its own, after which it forgets the mark."""
    monkeypatch.setattr(tables, "MARKUP_BYTES", 0)
    before = csv.field_size_limit(100)
    try:
        items = read("a.csv", 'text\nA.\n"' + "b\n" * 5_000 + '"\nC.\n', max_chars=100)
    finally:
        csv.field_size_limit(before)
    assert [type(item).__name__ for item in items] == ["Article", "ArticleError", "Article"]
