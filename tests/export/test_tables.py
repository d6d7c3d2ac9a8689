"""Flat JSONL, CSV and Parquet, read by those they are for."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.export import csv as csv_export
from quotes.export import flat, parquet
from quotes.export.flat import COLUMNS, Kind, rows
from quotes.export.formats import Format, export
from quotes.schema import AnnotatedArticle, Quote

from .conftest import FAILURE, budget

Datasets = Callable[[Path], Any]


@pytest.fixture
def load_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Datasets:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    import datasets

    datasets.disable_progress_bars()

    def load(path: Path) -> Any:
        return datasets.load_dataset("json", data_files=str(path), split="train", cache_dir=str(tmp_path / "cache"))

    return load


def written(write: Callable[[list[AnnotatedArticle], io.BytesIO], None], articles: list[AnnotatedArticle]) -> bytes:
    stream = io.BytesIO()
    write(articles, stream)
    return stream.getvalue()


def test_a_row_says_what_the_record_says(articles: list[AnnotatedArticle]) -> None:
    first, *others = rows(articles)
    assert len(others) == 6
    assert list(first) == list(COLUMNS)
    text = articles[0].text
    assert [text[start:end] for start, end in first["spans"]] == ["“The budget,”", "“is =2+2 at best.”"]
    for name in ("cue", "mention", "target"):
        assert text[first[f"{name}_start"] : first[f"{name}_end"]] == first[name]
    assert (
        first
        | {
            "article_id": "budget/1",
            "article_title": "Budget vote",
            "article_date": "2019-12-30",
            "article_path": "news/budget.txt",
            "quote_id": 0,
            "type": "direct",
            "text": "“The budget,” “is =2+2 at best.”",
            "cue": "said",
            "speaker": "Ann Lee",
            "speaker_kind": "person",
            "speaker_role": "Mayor",
            "speaker_affiliation": None,
            "speaker_kb_id": "Q42",
            "mention": "Mayor Ann Lee",
            "target": "The budget",
            "stance": "against",
            "stance_score": 0.94,
            "tone": "critical",
            "tone_score": 0.8,
            "confidence": 0.75,
            "rule": "by-hand",
        }
        == first
    )


def test_flat_lines_have_the_same_keys_and_no_missing_texts(articles: list[AnnotatedArticle]) -> None:
    lines = [json.loads(line) for line in written(flat.write, articles).splitlines()]
    assert len(lines) == 7
    for line in lines:
        assert list(line) == list(COLUMNS)
        for name, kind in COLUMNS.items():
            if kind in (Kind.TEXT, Kind.WATCHED):
                assert isinstance(line[name], str)


def test_pandas_reads_flat_lines(tmp_path: Path, articles: list[AnnotatedArticle]) -> None:
    export(articles, Format.FLAT, tmp_path / "flat.jsonl.gz")
    table = pd.read_json(tmp_path / "flat.jsonl.gz", lines=True)
    assert list(table.columns) == list(COLUMNS)
    assert list(table["text"]) == [row["text"] for row in rows(articles)]
    assert table["cue_start"].isna().sum() == 4
    assert set(table["speaker_kb_id"]) == {"", "Q42"}


def test_datasets_reads_flat_lines(tmp_path: Path, articles: list[AnnotatedArticle], load_json: Datasets) -> None:
    export(articles, Format.FLAT, tmp_path / "flat.jsonl")
    table = load_json(tmp_path / "flat.jsonl")
    assert table.column_names == list(COLUMNS)
    assert table["text"][:] == [row["text"] for row in rows(articles)]
    assert table["spans"][0] == next(rows(articles))["spans"]


WATCHED = {"name": "Public money", "kb_id": "m1", "target": "budget", "start": 40, "end": 46, "stance": "against"}


def test_stances_towards_watched_targets_are_in_all_tables(tmp_path: Path, articles: list[AnnotatedArticle]) -> None:
    (row,) = (row["watched"] for row in rows(articles) if row["watched"])
    assert row == [WATCHED | {"score": 0.7}]
    assert articles[0].text[row[0]["start"] : row[0]["end"]] == "budget"
    for format in (Format.FLAT, Format.CSV, Format.PARQUET):
        export(articles, format, tmp_path / format.value)
    for table in (pd.read_json(tmp_path / "flat", lines=True), pd.read_csv(tmp_path / "csv")):
        assert [*table["watched"].map(json.loads)] == [row, *[[]] * 6]
    assert pyarrow.parquet.read_table(tmp_path / "parquet")["watched"][0].as_py() == row


def test_datasets_reads_a_rare_id_after_megabytes_without(tmp_path: Path, load_json: Datasets) -> None:
    """It fixes the types of columns by what it reads first."""
    known = budget()
    unknown = known.model_copy(
        update={
            "title": None,
            "speakers": tuple(s.model_copy(update={"kb_id": None}) for s in known.speakers),
            "quotes": tuple(q.model_copy(update={"stances": ()}) for q in known.quotes),
        }
    )
    size = len(written(flat.write, [unknown]))
    export([unknown] * (11_000_000 // size) + [known], Format.FLAT, tmp_path / "flat.jsonl")
    table = load_json(tmp_path / "flat.jsonl")
    assert table[0]["speaker_kb_id"] == ""
    assert table[len(table) - 5]["speaker_kb_id"] == "Q42"
    assert json.loads(table[len(table) - 5]["watched"])[0]["name"] == "Public money"


def test_pandas_reads_csv(tmp_path: Path, articles: list[AnnotatedArticle]) -> None:
    export(articles, Format.CSV, tmp_path / "statements.csv")
    table = pd.read_csv(tmp_path / "statements.csv")
    assert list(table.columns) == list(COLUMNS)
    assert len(table) == 7
    assert json.loads(table["spans"][0]) == next(rows(articles))["spans"]
    assert table["text"][5] == '\'=HYPERLINK("http://example.org","pay") and\n@SUM(1,1)'
    assert table["stance_score"][0] == 0.94


def test_csv_begins_with_a_byte_order_mark_and_ends_its_rows_as_the_standard_says(
    articles: list[AnnotatedArticle],
) -> None:
    content = written(csv_export.write, articles)
    assert content.startswith(b"\xef\xbb\xbfarticle_id,")
    assert content.count(b"\xef\xbb\xbf") == 1
    assert content.count(b"\r\n") == 8
    assert written(csv_export.write, []) == b"\xef\xbb\xbf" + ",".join(COLUMNS).encode() + b"\r\n"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_is_run_as_a_formula(start: str) -> None:
    text = f"{start}cmd|' /C calc'!A0"
    words = Quote(id=0, type="indirect", text=text, spans=((0, len(text)),), rule=text, confidence=1)
    article = AnnotatedArticle(id=text, path=text, title=text, date=text, text=text, quotes=(words,))
    content = written(csv_export.write, [article]).decode("utf-8-sig")
    _, row = csv.reader(io.StringIO(content, newline=""))
    cells = dict(zip(COLUMNS, row, strict=True))
    assert {
        cells[name] for name in ("article_id", "article_path", "article_title", "article_date", "text", "rule")
    } == {f"'{text}"}


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_is_one_cell_and_no_formula(text: str) -> None:
    words = Quote(id=0, type="indirect", text=text, spans=((0, len(text)),), rule="any", confidence=1)
    article = AnnotatedArticle(id="a", text=text, quotes=(words,))
    content = written(csv_export.write, [article]).decode("utf-8-sig")
    _, row = csv.reader(io.StringIO(content, newline=""))
    assert len(row) == len(COLUMNS)
    assert row[list(COLUMNS).index("text")].removeprefix("'") == text.removeprefix("'")
    assert not any(cell.startswith(tuple("=+-@\t\r\n")) for cell in row)
    (line,) = written(flat.write, [article]).split(b"\n")[:-1]
    assert json.loads(line)["text"] == text


def test_parquet_has_one_schema_whatever_is_in_it(tmp_path: Path, articles: list[AnnotatedArticle]) -> None:
    export(articles, Format.PARQUET, tmp_path / "some.parquet")
    export([], Format.PARQUET, tmp_path / "none.parquet")
    some, none = (pyarrow.parquet.read_table(tmp_path / f"{name}.parquet") for name in ("some", "none"))
    assert some.schema == none.schema
    assert some.column_names == list(COLUMNS)
    assert some.to_pylist() == list(rows(articles))
    assert none.num_rows == 0


def test_pandas_reads_parquet(tmp_path: Path, articles: list[AnnotatedArticle]) -> None:
    export(articles, Format.PARQUET, tmp_path / "statements.parquet")
    table = pd.read_parquet(tmp_path / "statements.parquet")
    assert list(table["text"]) == [row["text"] for row in rows(articles)]
    assert table["speaker_kb_id"].isna().sum() == 6


def test_parquet_is_written_in_row_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_ROW_GROUP", 4)
    export([budget(), FAILURE, budget()], Format.PARQUET, tmp_path / "statements.parquet")
    written = pyarrow.parquet.ParquetFile(tmp_path / "statements.parquet")
    assert [written.metadata.row_group(number).num_rows for number in range(written.num_row_groups)] == [4, 4, 2]
