"""Parquet files and saved data sets: an article a row."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import datasets
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from quotes.articles import read_articles
from quotes.errors import ArticleError
from quotes.schema import Article

Items = list[Article | ArticleError]
same_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
LATE = datetime.datetime(2019, 12, 30, 23, 30)

datasets.disable_progress_bars()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read_table(table: dict[str, Any], **options: Any) -> Items:
    parquet.write_table(pa.table(table), "a.parquet", row_group_size=3)
    return list(read_articles("a.parquet", **options))


def test_a_row_gives_an_article() -> None:
    items = read_table(
        {
            "text": ["A.", "B.", None, " "],
            "id": ["x", None, "z", ""],
            "title": ["T", None, None, None],
            "date": ["2019-12-30", "30 Dec 2019", None, None],
            "path": [None, "b.html", None, None],
            "more": [[1], [2], [3], [4]],
        }
    )
    assert items[:2] == [
        Article(id="x", text="A.", path="a.parquet", title="T", date="2019-12-30"),
        Article(id="a:2", text="B.", path="b.html", date="2019-12-30"),
    ]
    assert [(str(item), item.id, item.line) for item in items[2:] if isinstance(item, ArticleError)] == [
        ('a.parquet, row 3: has no "text" that is a string', "z", 3),
        ("a.parquet, row 4: is empty: there is no text to read", "a:4", 4),
    ]


@pytest.mark.parametrize(
    "column",
    [
        pa.array(["é."], pa.large_string()),
        pa.array(["é."], pa.string_view()),
        pa.array(["é."]).dictionary_encode(),
        pa.array(["é.".encode()], pa.binary()),
        pa.array(["é.".encode("cp1252")], pa.binary()),
        pa.array(["é.".encode("cp1252")], pa.binary()).view(pa.string()),
        pa.array(["é.".encode("cp1252")], pa.large_binary()).view(pa.large_string()),
    ],
    ids=lambda column: str(column.type),
)
def test_text_of_any_type_is_read(column: pa.Array) -> None:
    (article,) = read_table({"text": column})
    assert isinstance(article, Article), article
    assert article.text == "é."


@pytest.mark.parametrize(
    ("column", "date"),
    [
        (pa.array([LATE], pa.timestamp("ns")), "2019-12-30"),
        (pa.array([LATE], pa.timestamp("us", "UTC")), "2019-12-30"),
        (pa.array([LATE], pa.timestamp("ms")).cast(pa.timestamp("ms", "Europe/Tallinn")), "2019-12-30"),
        (pa.array([LATE], pa.timestamp("s")).cast(pa.timestamp("s", "No/Where")), "2019-12-30"),
        (pa.array([LATE.date()]), "2019-12-30"),
        (pa.array([None], pa.timestamp("s")), None),
        (pa.array([2**62], pa.timestamp("ns")), "2116-02-20"),
        (pa.array([2019]), None),
    ],
)
def test_dates_of_any_type_are_read(column: pa.Array, date: str | None) -> None:
    (article,) = read_table({"text": ["A."], "date": column})
    assert isinstance(article, Article)
    assert article.date == date


def test_a_time_that_no_calendar_has_costs_the_date_only() -> None:
    (article,) = read_table({"text": ["A."], "date": pa.array([2**50], pa.timestamp("ms"))})
    assert isinstance(article, Article)
    assert article.date is None


@pytest.mark.parametrize("value", [1, 2**63 - 1])
def test_whole_numbers_are_ids(value: int) -> None:
    (article,) = read_table({"text": ["A."], "id": [value]})
    assert article.id == str(value)


def test_columns_of_other_names() -> None:
    columns = {"text": "body", "id": "key"}
    assert read_table({"text": ["No."], "body": ["A."], "key": [7]}, columns=columns) == [
        Article(id="7", text="A.", path="a.parquet")
    ]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (None, 'has no column "text" for the text; its columns are "body", "key" (name the right one: --column text='),
        ({"text": "body", "id": "url"}, 'has no column "url" for the id; its columns are "body", "key"'),
    ],
)
def test_a_missing_column_is_one_error(columns: dict[str, str] | None, message: str) -> None:
    (error,) = read_table({"body": ["A."] * 10, "key": list(range(10))}, columns=columns)
    assert f"a.parquet: {message}" in str(error)


def test_a_table_without_rows_is_empty() -> None:
    (error,) = read_table({"text": pa.array([], pa.string())})
    assert "is empty" in str(error)


def test_what_cannot_be_parquet_is_told() -> None:
    Path("a.parquet").write_bytes(b"text,id\n")
    Path("b.parquet.gz").write_bytes(b"PAR1")
    Path("c.txt").write_bytes(b"PAR1\x15")
    assert [str(item) for item in read_articles(["a.parquet", "b.parquet.gz", "c.txt"])] == [
        "a.parquet: is not a Parquet file; name it by the format that it has",
        "b.parquet.gz: a Parquet file is packed by itself and can't be read packed again; unpack it",
        "c.txt: looks like a Parquet file, not text; convert it to text first",
    ]


@same_folder
@given(data=st.data())
def test_a_broken_file_gives_articles_and_an_error(data: st.DataObject) -> None:
    parquet.write_table(pa.table({"text": [f"Statement {n}." for n in range(100)]}), "a.parquet", row_group_size=30)
    whole = Path("a.parquet").read_bytes()
    broken = bytearray(whole[: data.draw(st.integers(0, len(whole)), "length")])
    for place, value in data.draw(st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255))), "bytes"):
        if place < len(broken):
            broken[place] = value
    Path("a.parquet").write_bytes(broken)
    items = list(read_articles("a.parquet"))
    assert items
    assert len(items) <= 101


@same_folder
@given(rows=st.lists(st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip), min_size=1))
def test_what_is_written_comes_back(rows: list[str]) -> None:
    assert [getattr(item, "text", None) for item in read_table({"text": rows})] == rows


def save(folder: str, **columns: list[Any]) -> None:
    datasets.Dataset.from_dict(columns).save_to_disk(folder)


def test_a_saved_data_set_is_read_by_rows() -> None:
    save("news.v1", text=["A.", "B."], id=["x", None], title=["T", None], picture=[[1], [2]])
    assert list(read_articles("news.v1")) == [
        Article(id="x", text="A.", path="news.v1", title="T"),
        Article(id="news.v1:2", text="B.", path="news.v1"),
    ]


def test_rows_that_were_filtered_out_are_not_read() -> None:
    datasets.Dataset.from_dict({"text": ["A.", "B.", "C."]}).select([2, 0]).save_to_disk("news")
    assert [getattr(item, "text", None) for item in read_articles("news")] == ["C.", "A."]


def test_data_sets_are_found_where_they_lie(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    splits = {name: datasets.Dataset.from_dict({"text": ["A."]}) for name in ("train", "test")}
    datasets.DatasetDict(splits).save_to_disk("all/news")
    Path("all/a.txt").write_text("B.")
    assert [item.id for item in read_articles("all")] == ["a", "news/test:1", "news/train:1"]
    assert [item.id for item in read_articles("all/news")] == ["test:1", "train:1"]
    assert [item.id for item in read_articles("all/*")] == ["a", "news/test:1", "news/train:1"]
    monkeypatch.chdir(folder / "all" / "news" / "train")
    assert [item.id for item in read_articles(".")] == ["train:1"]


def test_a_data_set_without_the_column_is_one_error() -> None:
    save("news", body=["A."] * 5)
    (error,) = read_articles("news")
    assert 'news: has no column "text" for the text; its columns are "body"' in str(error)
    assert [item.id for item in read_articles("news", columns={"text": "body"})] == [f"news:{n}" for n in range(1, 6)]


@pytest.mark.parametrize("name", ["state.json", "dataset_info.json", "data-00000-of-00001.arrow"])
@pytest.mark.parametrize("content", [b"", b"{}", b"[", b"\0" * 1000])
def test_a_broken_data_set_is_an_error(name: str, content: bytes) -> None:
    save("news", text=["A."] * 5)
    Path("news", name).write_bytes(content)
    items = list(read_articles("news"))
    assert items
    assert isinstance(items[-1], ArticleError) or name == "dataset_info.json"


def test_a_data_set_without_rows_is_empty() -> None:
    datasets.Dataset.from_dict({"text": ["A."]}).filter(lambda row: False).save_to_disk("news")
    (error,) = read_articles("news")
    assert str(error) == "news: is empty: there is no text to read"
