"""`quotes report` as it is called."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

import quotes.cli.report  # noqa: F401 - adds the command
from quotes.cli.app import app
from quotes.export import write_jsonl
from quotes.schema import AnnotatedArticle

Build = Callable[..., AnnotatedArticle]


@pytest.fixture
def annotated(article: Build, tmp_path: Path) -> Path:
    path = tmp_path / "annotated.jsonl"
    write_jsonl([article("a", {"words": "“Go.”", "speaker": "Ann Lee"}), article("b")], path)
    return path


def test_report_writes_a_page_and_says_where(annotated: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    result = CliRunner().invoke(app, ["report", str(annotated), "-o", str(target), "--title", "My <page>"])
    assert result.exit_code == 0, result.output
    assert result.stdout == f"{target}: 1 statement in 2 articles, 0 errors\n"
    assert "<title>My &lt;page&gt;</title>" in target.read_text(encoding="utf-8")


def test_a_wrong_line_is_named_and_nothing_written(annotated: Path, tmp_path: Path) -> None:
    with annotated.open("a") as stream:
        stream.write('{"id": "c"}\n')
    target = tmp_path / "report.html"
    result = CliRunner().invoke(app, ["report", str(annotated), "-o", str(target)])
    assert result.exit_code == 2
    assert f"{annotated}, line 3" in result.stderr
    assert not target.exists()


def test_a_folder_that_does_not_exist_is_named(annotated: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["report", str(annotated), "-o", str(tmp_path / "no" / "report.html")])
    assert result.exit_code == 2
    assert "create it first" in result.stderr


def test_help_has_an_example() -> None:
    result = CliRunner().invoke(app, ["report", "--help"], env={"COLUMNS": "120", "TERM": "dumb"})
    assert "quotes report quotes.jsonl -o report.html" in result.stdout
