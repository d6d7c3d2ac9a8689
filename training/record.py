"""What a training run leaves beside its weights: a record, a learning curve and a model card."""

from __future__ import annotations

import json
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

import quotes
from quotes.tag.files import RECORD, WEIGHTS, sha256
from training.settings import Corpus, Settings

CURVE = "learning-curve.svg"
CARD = "README.md"
PACKAGES = ("torch", "transformers", "tokenizers", "datasets", "scikit-learn")


def describe(corpus: Corpus, rows: int) -> dict[str, Any]:
    """A corpus as the record names it: without the folder, which differs from machine to machine."""
    return {
        "kind": corpus.kind,
        "file": corpus.path.name,
        "sha256": sha256(corpus.path),
        "rows": rows,
        "share": corpus.share,
        "licence": corpus.licence,
    }


def write_record(
    folder: Path,
    settings: Settings,
    *,
    corpora: dict[str, list[dict[str, Any]]],
    history: list[dict[str, Any]],
    minutes: float,
    scores: dict[str, Any],
    temperatures: dict[str, float],
) -> dict[str, Any]:
    """Write record, learning curve and model card beside the weights.

    Args:
        folder: The checkpoint.
        settings: Those of the run.
        corpora: Training and development data, as `describe` gives them.
        history: Loss and scores at each evaluation.
        minutes: What the run took.
        scores: Of the finished model, by development file and head.
        temperatures: By head.

    Returns:
        The record.
    """
    fields = settings.model_dump(mode="json", exclude={"train", "dev", "output", "start", "encoder"})
    record = {
        "quotes": quotes.__version__,
        "encoder": Path(settings.encoder).name,
        "started_from": settings.start and settings.start.name,
        "settings": fields,
        "corpora": corpora,
        "minutes": round(minutes, 1),
        "machine": {"python": platform.python_version(), "packages": {name: version(name) for name in PACKAGES}},
        "history": history,
        "temperatures": temperatures,
        "scores": scores,
        "weights_sha256": sha256(folder / WEIGHTS),
    }
    (folder / RECORD).write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", "utf-8")
    draw_curve(history, folder / CURVE)
    (folder / CARD).write_text(model_card(record), "utf-8")
    return record


def draw_curve(history: list[dict[str, Any]], path: Path) -> None:
    """Plot loss and development scores over the steps.

    Args:
        history: Loss and scores at each evaluation.
        path: SVG to write.
    """
    from matplotlib.figure import Figure

    steps = [entry["step"] for entry in history]
    figure = Figure(figsize=(7, 4), layout="constrained")
    left = figure.subplots()
    left.plot(steps, [entry["loss"] for entry in history], color="0.6", linestyle="--", label="training loss")
    left.set(xlabel="step", ylabel="training loss")
    right = left.twinx()
    for name in history[0]["dev"] if history else ():
        for head in history[0]["dev"][name]:
            scores = [entry["dev"][name][head] for entry in history]
            right.plot(steps, scores, marker="o", markersize=3, label=f"{name}: {head}")
    right.set(ylabel="macro-F1 on development data, percent")
    figure.legend(loc="outside right center", fontsize="small", frameon=False)
    figure.savefig(path, format="svg", metadata={"Date": None})


def model_card(record: dict[str, Any]) -> str:
    """The model card, written from the record alone."""
    trained = "\n".join(
        f"| {part['file']} | {part['rows']:,} | {part['licence']} |" for part in record["corpora"]["train"]
    )
    scored = "\n".join(
        f"| {name} | {head} | {one['macro_f1']:.1f} | {one['accuracy']:.1f} | {one['ece']:.3f} | {one['n']} |"
        for name, heads in record["scores"].items()
        for head, one in heads.items()
    )
    classes = "\n".join(
        f"- {name}, {head}: " + ", ".join(f"{label} {value:.0f}" for label, value in one["per_class"].items())
        for name, heads in record["scores"].items()
        for head, one in heads.items()
    )
    return f"""# Stance and tone of statements in English news

Encoder `{record["encoder"]}` with a head for the speaker's stance towards a target (favor, against,
neutral) and one for the tone of the statement (nine labels). Trained by `python -m training.train` of
quotes {record["quotes"]} in {record["minutes"]:.0f} minutes; `{RECORD}` beside this card holds every
setting, the hashes of the data and the scores on the way.

## Use

Through `quotes extract` or `quotes.load()`. The model reads a statement with some words of context and
marks around statement and target, as `quotes.tag.encode` makes them. It is made for statements in news
articles. It doesn't tell whether a statement is true, nor what a speaker thinks beyond it.

## Training data

| file | rows | licence |
|---|---|---|
{trained}

Weights trained on texts whose licence isn't stated may not be free to use everywhere: train anew without
them where that matters.

## Scores

Macro-F1 and accuracy in percent on development data, which also chose the best evaluation of the run and
the temperatures (stance {record["temperatures"]["stance"]}, tone {record["temperatures"]["tone"]}). ECE is the
expected calibration error.

| data | head | macro-F1 | accuracy | ECE | n |
|---|---|---|---|---|---|
{scored}

F1 by label:

{classes}

## Limits

Learned from political news of the United States above all, and from labels that people and language
models gave. Irony, quotations of opponents and statements with several targets are where it errs most. A
score is a calibrated probability: of labels with a score of 0.6, about 60 in 100 are right on data like
the development data. Treat labels below 0.5 as undecided.
"""
