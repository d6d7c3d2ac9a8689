"""`quotes export` and `quotes import`, and what all formats have in common."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from quotes.cli import export as _export  # noqa: F401 - adds its command
from quotes.cli import import_ as _import  # noqa: F401 - adds its command
from quotes.cli.app import app
from quotes.errors import QuotesError
from quotes.export import read_jsonl, write_jsonl
from quotes.export.formats import Exported, Format, export
from quotes.schema import AnnotatedArticle

from .conftest import FAILURE, budget, formulas

TEXT = [format for format in Format if format.is_text]
BINARY = [format for format in Format if not format.is_text]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def annotated(tmp_path: Path) -> Path:
    write_jsonl([budget(), FAILURE, formulas()], tmp_path / "annotated.jsonl")
    return tmp_path / "annotated.jsonl"


@pytest.mark.parametrize("format", Format)
def test_error_records_are_left_out_and_counted(annotated: Path, tmp_path: Path, format: Format) -> None:
    done = run("export", annotated, "--format", format.value, "-o", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert done.stdout == ""
    assert done.stderr.startswith("2 articles, 7 statements, 1 error record left out\n")
    assert (tmp_path / "out").stat().st_size > 100
    assert b"broken" not in (tmp_path / "out").read_bytes()


@pytest.mark.parametrize("format", TEXT)
def test_text_can_be_printed_and_compressed(annotated: Path, tmp_path: Path, format: Format) -> None:
    printed = run("export", annotated, "--format", format.value, "--quiet")
    assert printed.exit_code == 0
    assert printed.stderr == ""
    export(read_jsonl(annotated), format, tmp_path / "out.gz")
    assert gzip.decompress((tmp_path / "out.gz").read_bytes()) == printed.stdout_bytes


@pytest.mark.parametrize("format", BINARY)
@pytest.mark.parametrize(("target", "complaint"), [("-", "can't be printed"), ("out.gz", "take the .gz off")])
def test_what_is_binary_is_neither_printed_nor_compressed(
    annotated: Path, tmp_path: Path, format: Format, target: str, complaint: str
) -> None:
    target = target if target == "-" else str(tmp_path / target)
    done = run("export", annotated, "--format", format.value, "-o", target)
    assert done.exit_code == 2
    assert complaint in done.stderr
    assert list(tmp_path.iterdir()) == [annotated]


@pytest.mark.parametrize("format", Format)
def test_a_wrong_line_leaves_the_old_file(annotated: Path, tmp_path: Path, format: Format) -> None:
    with annotated.open("a", encoding="utf-8") as lines:
        lines.write("no record\n")
    (tmp_path / "out").write_bytes(b"old")
    done = run("export", annotated, "--format", format.value, "-o", tmp_path / "out")
    assert done.exit_code == 2
    assert "line 4" in done.stderr
    assert (tmp_path / "out").read_bytes() == b"old"
    assert {path.name for path in tmp_path.iterdir()} == {"annotated.jsonl", "out"}


@pytest.mark.parametrize("format", [format for format in Format if format is not Format.SPACY])
def test_records_are_taken_one_at_a_time(tmp_path: Path, format: Format, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.export.parquet._ROW_GROUP", 5)
    stream = io.BytesIO()
    sizes: list[int] = []

    def articles() -> Iterator[AnnotatedArticle]:
        for _ in range(3):
            yield budget()
            sizes.append(stream.tell())

    from quotes.export import formats

    formats._writer(format)(articles(), stream)
    assert 0 < sizes[0] < sizes[1] < sizes[2]


@pytest.mark.parametrize("format", Format)
def test_the_same_records_give_the_same_bytes(tmp_path: Path, format: Format) -> None:
    for name in ("one", "two"):
        assert export([budget(), formulas()], format, tmp_path / name) == Exported(articles=2, statements=7)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(QuotesError, match=r"pyarrow: install quotes\[parquet\]"):
        export([budget()], Format.PARQUET, tmp_path / "out.parquet")


def test_the_labelling_configuration_is_written_for_label_studio_alone(annotated: Path, tmp_path: Path) -> None:
    config = tmp_path / "config.xml"
    done = run("export", annotated, "-f", "label-studio", "-o", tmp_path / "tasks.json", "--config-out", config)
    assert done.exit_code == 0, done.output
    assert "--config-out" not in done.stderr
    assert config.read_text(encoding="utf-8").startswith("<View>\n")
    config.unlink()
    hint = run("export", annotated, "-f", "label-studio", "-o", tmp_path / "tasks.json")
    assert "add --config-out label-studio.xml" in hint.stderr
    wrong = run("export", annotated, "-f", "flat", "-o", tmp_path / "flat", "--config-out", config)
    assert wrong.exit_code == 2
    assert "goes with --format label-studio only" in wrong.stderr
    assert not config.exists()


def test_import_writes_what_was_annotated_and_names_what_is_wrong(annotated: Path, tmp_path: Path) -> None:
    run("export", annotated, "-f", "label-studio", "-o", tmp_path / "tasks.json")
    first, second = json.loads((tmp_path / "tasks.json").read_bytes())
    for task in (first, second):
        task["annotations"] = [{"result": task.pop("predictions")[0]["result"]}]
    exported, gold = tmp_path / "exported.json", tmp_path / "gold.jsonl"

    exported.write_text(json.dumps([first, {**second, "annotations": []}]), encoding="utf-8")
    done = run("import", "label-studio", exported, "-o", gold)
    assert done.exit_code == 0, done.output
    assert done.stderr == "1 article, 1 not annotated yet, 0 errors\n"
    (record,) = read_jsonl(gold)
    assert record.id == "budget/1"

    second["data"]["text"] = "Another text."
    exported.write_text(json.dumps([second, first]), encoding="utf-8")
    done = run("import", "label-studio", exported, "-o", gold)
    assert done.exit_code == 1
    assert "task 1: region" in done.stderr
    assert [record.id for record in read_jsonl(gold)] == ["budget/1"]

    exported.write_text("{}", encoding="utf-8")
    assert run("import", "label-studio", exported, "-o", tmp_path / "none.jsonl").exit_code == 2
    assert not (tmp_path / "none.jsonl").exists()


@pytest.mark.parametrize("command", [["export"], ["import"], ["import", "label-studio"]])
def test_help_has_an_example(command: list[str]) -> None:
    assert "Example" in run(*command, "--help").stdout
