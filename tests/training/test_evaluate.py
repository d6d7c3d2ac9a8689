"""Scoring a tiny random tagger on files made up here."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score, f1_score

from quotes.schema import STANCES, TONES
from quotes.tag.checkpoint import load_checkpoint
from quotes.tag.predict import predict
from training import evaluate
from training.batches import ItemReader
from training.corpora import dataset, newsmtsc, statements
from training.metrics import calibration_error, score
from training.settings import Corpus

VERBS = "praised attacked visited measured doubted".split()
PLACES = "bridge tunnel ferry harbour market tower".split()
TEMPERATURES = {"stance": 2.0, "tone": 0.5}


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory, save_tagger: Callable[..., Path]) -> Path:
    """A tagger with random weights, far enough from 0 for all its labels to occur."""
    words = [*", the mayor said that was".split(), *VERBS, *PLACES]
    return save_tagger(tmp_path_factory.mktemp("tagger"), words, TEMPERATURES, ["stance", "tone"])


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same numbers on all machines, and no rules for targets but those of a test."""
    for module in ("hardware", "predict"):
        monkeypatch.setattr(f"quotes.tag.{module}.has_fast_bf16", lambda device: False)
    monkeypatch.setattr("quotes.tag.hardware.best_device", lambda: torch.device("cpu"))
    rules_find(monkeypatch, lambda text, said: [None] * len(said))


def rules_find(monkeypatch: pytest.MonkeyPatch, find: Callable[..., list[tuple[int, int] | None]]) -> None:
    """Let the rules find these targets."""
    monkeypatch.setattr(evaluate, "Pipeline", lambda options: SimpleNamespace(targets=find))


def sentence(verb: str, place: str, label: str) -> dict[str, Any]:
    """A line of a file of sentences."""
    text = f"The mayor {verb} the {place}."
    start, end = text.index(place), text.index(place) + len(place)
    return {"id": f"{verb}_{place}", "text": text, "target": place, "start": start, "end": end, "label": label}


def write(path: Path, lines: list[Any]) -> Path:
    """A JSONL file."""
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture
def sentences(tmp_path: Path) -> Path:
    dice = random.Random(5)
    return write(
        tmp_path / "sentences.jsonl", [sentence(*pair, dice.choice(STANCES)) for pair in product(VERBS, PLACES)]
    )


@pytest.fixture
def labels(tmp_path: Path) -> tuple[Path, Path]:
    """Files of statements and of their articles; each article has a statement a verb."""
    dice, articles, lines = random.Random(6), [], []
    for place in PLACES:
        parts = [f"The mayor said that the {place} was {verb}." for verb in VERBS]
        articles.append({"id": f"on#{place}", "text": " ".join(parts)})
        at = 0
        for number, part in enumerate(parts):
            start, aim = at + part.index("the "), at + part.index(place)
            lines.append(
                {"id": f"on#{place}#{number}", "start": start, "end": at + len(part), "speaker": "The mayor"}
                | {"target_start": aim, "target_end": aim + len(place)}
                | {"stance": dice.choice(STANCES), "tone": dice.choice(TONES[:5])}
            )
            at += len(part) + 1
    return write(tmp_path / "statements.jsonl", lines), write(tmp_path / "articles.jsonl", articles)


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command line; gives its exit status and what it wrote."""

    def call(*options: object) -> tuple[int, str, str]:
        status = evaluate.main([str(option) for option in options])
        return status, *capsys.readouterr()

    return call


def expected(checkpoint: Path, rows: list[dict[str, Any]], head: str, names: tuple[str, ...]) -> dict[str, float]:
    """scikit-learn's scores."""
    model, encoder = load_checkpoint(checkpoint)
    known = [row for row in rows if row[head]]
    read = ItemReader(encoder)
    logits = getattr(predict(model, [read(row).encoded for row in known]), head)
    found = [names[at] for at in logits.argmax(dim=1).tolist()]
    gold = [row[head] for row in known]
    sure = (logits / TEMPERATURES[head]).softmax(dim=1).max(dim=1).values.numpy()
    right = np.array([one == other for one, other in zip(gold, found, strict=True)])
    ece = 0.0
    for low in range(15):
        inside = (sure >= low / 15) & (sure < (low + 1) / 15)
        if inside.any():
            ece += inside.mean() * abs(right[inside].mean() - sure[inside].mean())
    return {
        "macro_f1": f1_score(gold, found, average="macro", zero_division=0) * 100,
        "accuracy": accuracy_score(gold, found) * 100,
        "ece": ece,
        "n": len(known),
    }


def test_json_has_scikit_learns_scores(run: Run, checkpoint: Path, sentences: Path, labels: tuple[Path, Path]) -> None:
    files = ["--newsmtsc", sentences, "--statements", labels[0], "--articles", labels[1]]
    status, output, notes = run("--checkpoint", checkpoint, *files, "--json")
    assert status == 0
    scores = json.loads(output)
    assert {file: list(of) for file, of in scores.items()} == {
        "sentences": ["stance"],
        "statements": ["stance", "tone", "target"],
    }
    rows = {"sentences": list(dataset(newsmtsc(sentences))), "statements": list(dataset(statements(*labels)))}
    for file, head, names in (
        ("sentences", "stance", STANCES),
        ("statements", "stance", STANCES),
        ("statements", "tone", TONES),
    ):
        found = scores[file][head]
        assert len(found["per_class"]) > 2
        assert len(found["per_class"]) > 2
        assert list(found) == ["macro_f1", "accuracy", "ece", "per_class", "n"]
        right = expected(checkpoint, rows[file], head, names)
        assert {name: found[name] for name in right} == pytest.approx(right, abs=0.006)
        assert np.mean([*found["per_class"].values()]) == pytest.approx(right["macro_f1"], abs=0.02)
    assert scores["statements"]["tone"]["n"] == 30
    assert "sentences: 30 rows" in notes


@given(st.data(), st.integers(1, 30))
def test_macro_f1_is_that_of_scikit_learn(data: st.DataObject, size: int) -> None:
    """Labels count if they occur in gold or among the predictions, and only then."""
    at = st.lists(st.integers(0, len(TONES) - 1), min_size=size, max_size=size)
    gold, found = np.array(data.draw(at)), np.array(data.draw(at))
    probabilities = np.eye(len(TONES))[found] * 0.5 + 0.5 / len(TONES)
    scores = score(probabilities, gold, TONES)
    assert scores["macro_f1"] == pytest.approx(f1_score(gold, found, average="macro", zero_division=0) * 100, abs=0.006)
    assert scores["accuracy"] == pytest.approx(accuracy_score(gold, found) * 100, abs=0.006)
    assert set(scores["per_class"]) == {TONES[label] for label in {*gold.tolist(), *found.tolist()}}


@pytest.mark.parametrize(
    ("confidences", "right", "error"),
    [([0.8, 0.8], [True, True], 0.2), ([1.0, 1.0], [True, False], 0.5), ([0.75, 0.35], [True, False], 0.3)],
)
def test_calibration_error(confidences: list[float], right: list[bool], error: float) -> None:
    probabilities = np.array([[sure, *[(1 - sure) / 8] * 8] for sure in confidences])
    gold = np.array([0 if one else 1 for one in right])
    assert calibration_error(probabilities, gold) == pytest.approx(error)


def training_options(sentences: Path, labels: tuple[Path, Path]) -> list[object]:
    return ["--train-newsmtsc", sentences, "--train-statements", labels[0], "--train-articles", labels[1]]


def test_table_has_the_numbers_of_json(run: Run, checkpoint: Path, sentences: Path, labels: tuple[Path, Path]) -> None:
    options = ["--checkpoint", checkpoint, "--newsmtsc", sentences, "--statements", labels[0], "--articles", labels[1]]
    options += ["--baselines", *training_options(sentences, labels)]
    scores = json.loads(run(*options, "--json")[1])
    status, output, _ = run(*options)
    assert status == 0
    assert output.isascii()
    lines = {line.split("  ")[0]: line.split() for line in output.splitlines() if line.strip()}
    columns = [("sentences", "stance"), ("statements", "stance"), ("statements", "tone")]
    for name in ("model", "majority", "lexicon", "TF-IDF"):
        found = [(scores[file] if name == "model" else scores[file]["baselines"][name])[head] for file, head in columns]
        cells = [cell for one in found for cell in (f"{one['macro_f1']:.1f}", f"({one['accuracy']:.1f})")]
        assert lines[name] == [name, *cells]
    details = [line.split() for line in output.splitlines()]
    each = [scores[file]["stance"] for file in ("sentences", "statements")]
    assert ["stance", "favor", *(f"{one['per_class']['favor']:.1f}" for one in each)] in details
    assert ["stance", "ECE", *(f"{one['ece']:.3f}" for one in each)] in details
    assert ["tone", "rows", "-", str(scores["statements"]["tone"]["n"])] in details


def test_baselines_learn_what_the_training_files_have(
    run: Run, checkpoint: Path, sentences: Path, labels: tuple[Path, Path]
) -> None:
    training = training_options(sentences, labels)
    _, output, notes = run("--checkpoint", checkpoint, "--newsmtsc", sentences, "--baselines", *training, "--json")
    found = json.loads(output)["sentences"]["baselines"]
    assert found["TF-IDF"]["stance"]["macro_f1"] > found["majority"]["stance"]["macro_f1"]
    assert all(list(heads) == ["stance"] for heads in found.values())
    assert "for tone" not in notes
    assert "warning: sentences: the baselines have seen some of it" in notes


def test_targets_found_by_rules_are_scored(
    run: Run, checkpoint: Path, labels: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rules find a word of the target in the first statement, another word in the second, else none."""

    def find(text: str, said: list[list[tuple[int, int]]]) -> list[tuple[int, int] | None]:
        (start, _), (other, _) = said[0][0], said[1][0]
        return [(start, start + 5), (other, other + 4), *[None] * (len(said) - 2)]

    rules_find(monkeypatch, find)
    options = ["--checkpoint", checkpoint, "--statements", labels[0], "--articles", labels[1]]
    assert json.loads(run(*options, "--json")[1])["statements"]["target"] == {"overlap": 20.0, "n": 30}
    assert ["target", "overlap", "20.0"] in [line.split() for line in run(*options)[1].splitlines()]


def test_development_files_are_the_default(
    run: Run, checkpoint: Path, sentences: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    absent = Corpus(kind="newsmtsc", path=tmp_path / "absent.jsonl")
    monkeypatch.setattr(evaluate, "DEVELOPMENT", (absent, Corpus(kind="newsmtsc", path=sentences)))
    assert list(json.loads(run("--checkpoint", checkpoint, "--json")[1])) == ["sentences"]
    monkeypatch.setattr(evaluate, "DEVELOPMENT", (absent,))
    status, output, errors = run("--checkpoint", checkpoint)
    assert (status, output) == (2, "")
    assert errors.startswith("error: the development files aren't in ")
    assert "--newsmtsc FILE" in errors


GOOD = sentence("praised", "bridge", "favor")
SAID = {"id": "a#1", "start": 0, "end": 3, "target_start": 0, "target_end": 3, "stance": "favor", "tone": "neutral"}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (GOOD | {"label": "pro"}, "label: Input should be 'favor', 'against' or 'neutral', not 'pro'"),
        (GOOD | {"start": 500, "end": 510}, "target [500, 510] is empty or not in the text of 29 characters"),
        ({name: value for name, value in GOOD.items() if name != "text"}, "text: Field required"),
    ],
)
def test_wrong_sentences_are_told(run: Run, tmp_path: Path, line: dict[str, Any], message: str) -> None:
    path = write(tmp_path / "wrong.jsonl", [GOOD, line])
    status, output, errors = run("--newsmtsc", path)
    assert (status, output) == (2, "")
    assert errors.startswith(f"error: {path}: praised_bridge: ")
    assert message in errors


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (SAID | {"tone": "angry"}, "tone: Input should be 'neutral', 'critical'"),
        (SAID | {"id": "b#1"}, "there is no article 'b' in"),
        (SAID | {"end": 30}, "span [0, 30] is empty or not in the text of 13 characters"),
    ],
)
def test_wrong_statements_are_told(run: Run, tmp_path: Path, line: dict[str, Any], message: str) -> None:
    path = write(tmp_path / "wrong.jsonl", [line])
    articles = write(tmp_path / "articles.jsonl", [{"id": "a", "text": "Yes, he said."}])
    status, output, errors = run("--statements", path, "--articles", articles)
    assert (status, output) == (2, "")
    assert errors.startswith(f"error: {path}: {line['id']}: ")
    assert message in errors


@pytest.mark.parametrize(
    ("content", "message"), [("", "has no rows"), ("{", "not valid JSON"), ("\n[]", "expected an")]
)
def test_files_without_rows_are_told(run: Run, tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "wrong.jsonl"
    path.write_text(content, encoding="utf-8")
    status, output, errors = run("--newsmtsc", path)
    assert (status, output) == (2, "")
    assert errors.startswith(f"error: {path}:")
    assert message in errors


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--newsmtsc", "{absent}"], "absent.jsonl: can't be read: No such file"),
        (["--statements", "{good}"], "1 files of --statements and 0 of --articles don't pair up"),
        (["--statements", "{good}", "{good}", "{good}", "--articles", "{good}", "{good}"], "don't pair up"),
        (["--newsmtsc", "{good}", "--articles", "{good}"], "--articles is nothing to score by itself"),
        (["--newsmtsc", "{good}", "--newsmtsc", "{good}"], "two files are called good"),
        (["--newsmtsc", "{good}", "--checkpoint", "{absent}"], "no tagger is there"),
        (["--newsmtsc", "{good}", "--baselines", "--train-newsmtsc", "{absent}"], "name one with --train-newsmtsc"),
    ],
)
def test_options_that_cannot_be_are_told(run: Run, tmp_path: Path, options: list[str], message: str) -> None:
    good = write(tmp_path / "good.jsonl", [GOOD])
    status, output, errors = run(*(option.format(good=good, absent=tmp_path / "absent.jsonl") for option in options))
    assert (status, output) == (2, "")
    assert errors.startswith("error: ")
    assert message in errors
