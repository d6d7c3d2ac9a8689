"""`quotes evaluate` as a user runs it."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import quotes
import quotes.cli.evaluate  # adds the command
from quotes.cli.app import app
from quotes.schema import AnnotatedArticle

TEXT = '"We will rebuild the bridge," Mayor Ann Lee said on Monday.\n'
SAID: dict[str, Any] = {
    **{"words": '"We will rebuild the bridge,"', "type": "direct", "speaker": "Ann Lee", "mention": "Ann Lee"},
    **{"stance": ("favor", 0.9), "tone": ("hopeful", 0.7), "target": "the bridge", "rule": "subject"},
}
HOSTILE = "<script>alert('é')</script>"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["evaluate", *map(str, arguments)], env={"COLUMNS": "160"})


@pytest.fixture
def files(tmp_path: Path, record: Callable[..., AnnotatedArticle]) -> dict[str, Path]:
    """Gold; predictions all right; predictions without speaker, from a rule with a hostile name, an article short."""
    right = [record(id, TEXT, SAID) for id in "abc"]
    wrong = [record(id, TEXT, {**SAID, "speaker": None, "mention": None, "rule": HOSTILE}) for id in "ab"]
    paths = {}
    for name, records in (("gold", right), ("right", right), ("wrong", wrong)):
        paths[name] = tmp_path / f"{name}.jsonl"
        paths[name].write_text("".join(one.model_dump_json() + "\n" for one in records), encoding="utf-8")
    return paths


def test_json_alone_on_standard_output(files: dict[str, Path]) -> None:
    result = run("--gold", files["gold"], "--pred", files["wrong"], "--json", "--resamples", 20)
    assert result.exit_code == 1
    tree = json.loads(result.stdout)
    assert tree["scores"]["quotes"]["all"]["overlap"]["recall"]["value"] == 66.67
    assert tree["scores"]["speakers"]["all"]["name"]["coverage"]["value"] == 0
    assert tree["predictions"]["missing"] == ["c"]
    assert tree["intervals"] == {"level": 95, "resamples": 20, "seed": 0}
    assert "warning: " in result.stderr
    assert "c: in gold, but not predicted" in result.stderr


def test_tables(files: dict[str, Path]) -> None:
    result = run("--gold", files["gold"], "--pred", files["right"])
    assert (result.exit_code, result.stderr) == (0, "")
    assert re.search(r"all \(3 annotated, 3 found\) +exact +100\.0 \[100\.0, 100\.0\]", result.stdout)
    for words in ("Speakers of matched", "Stance: annotated", "Tone of matched", "by rule (0 annotated ones missed"):
        assert words in result.stdout
    assert "on 3 articles (records); percent; 95 % intervals from 1000 resamples" in result.stdout


def test_compare(files: dict[str, Path]) -> None:
    arguments = ("--gold", files["gold"], "--pred", files["right"], "--compare", files["wrong"])
    tree = json.loads(run(*arguments, "--json").stdout)
    difference = tree["comparison"]["differences"]["quotes"]["all"]["end_to_end_by_name"]["f1"]
    assert difference["value"] == 100
    assert difference["p"] == pytest.approx(1 / 4, abs=0.05)  # of 8 ways to swap three articles two are as extreme
    assert re.search(
        r"quotes, all: end to end, by name, f1 .* 100\.0 \[100\.0, 100\.0\] +0\.\d", run(*arguments).stdout
    )


def test_html_is_whole_and_escaped(files: dict[str, Path], tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    result = run("--gold", files["gold"], "--pred", files["wrong"], "--compare", files["right"], "--html", target)
    assert result.exit_code == 1
    page = target.read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;alert(&#39;é&#39;)&lt;/script&gt;" in page
    assert not re.search(r"""(?:src|href)=["'](?!data:image/svg\+xml;base64,)""", page)
    pictures = re.findall(r'<img src="data:image/svg\+xml;base64,[^"]+" alt="([^"]+)"', page)
    assert [alt.partition(".")[0] for alt in pictures] == [
        "F1 by type of statement",
        "Stance: confusion matrix",
        "Stance: calibration",
        "Tone: confusion matrix",
        "Tone: calibration",
        "Statements found, by rule",
    ]
    assert "<table>" in page
    assert "default-src 'none'" in page


def test_html_into_nowhere(files: dict[str, Path], tmp_path: Path) -> None:
    for target, message in ((tmp_path, "is a folder"), (tmp_path / "no" / "page.html", "doesn't exist")):
        result = run("--gold", files["gold"], "--pred", files["right"], "--html", target)
        assert (result.exit_code, result.stdout) == (2, "")
        assert message in result.stderr


def test_without_the_package_that_draws(
    files: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    result = run("--gold", files["gold"], "--pred", files["right"], "--html", tmp_path / "page.html")
    assert result.exit_code == 2
    assert "install quotes[evaluate]" in result.stderr
    assert not (tmp_path / "page.html").exists()


def test_gold_is_annotated_where_no_predictions_are_given(
    tmp_path: Path, pipeline: quotes.Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quotes.pipeline.load", lambda options: pipeline)
    gold = tmp_path / "gold.jsonl"
    quote = {"spans": [[0, 29]], "type": "direct", "speaker": "Ann Lee", "mention": [36, 43]}
    gold.write_text(json.dumps({"id": "a", "text": TEXT, "quotes": [quote]}), encoding="utf-8")
    result = run("--gold", gold, "--no-tags", "--json", "--resamples", 5)
    assert result.exit_code == 0
    tree = json.loads(result.stdout)
    assert tree["predictions"]["name"] == "the pipeline"
    assert tree["scores"]["quotes"]["all"]["end_to_end_by_name"]["f1"]["value"] == 100
    assert "stance" not in tree["scores"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--pred", "nowhere.jsonl"], "nowhere.jsonl: can't be read"),
        (["--config", "nowhere.yaml"], "nowhere.yaml: can't be read"),
    ],
)
def test_files_that_are_not_there(files: dict[str, Path], arguments: list[str], message: str) -> None:
    result = run("--gold", files["gold"], *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_predictions_for_sentences_are_no_use(files: dict[str, Path], tmp_path: Path) -> None:
    sentences = tmp_path / "sentences.jsonl"
    sentences.write_text('{"id": "1", "text": "Lee fell.", "target": "Lee", "start": 0, "end": 3, "label": "against"}')
    result = run("--gold", sentences, "--pred", files["right"])
    assert result.exit_code == 2
    assert "leave out --pred and --compare" in result.stderr


def test_help_has_an_example() -> None:
    assert "Example: quotes evaluate --gold" in " ".join(run("--help").stdout.split())
