"""Score a tagger on labelled files, beside baselines if wanted.

    python -m training.evaluate
    python -m training.evaluate --checkpoint out/student --baselines
    python -m training.evaluate --newsmtsc SENTENCES.jsonl --statements LABELS.jsonl --articles ARTICLES.jsonl --json

Files are in the forms that `training.newsmtsc` and `training.statements` tell of. Without files the
development files are scored where they are at hand.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from datasets import Dataset, concatenate_datasets
from rich.console import Console
from rich.table import Table

from quotes.config import Options
from quotes.errors import ConfigError, QuotesError
from quotes.pipeline import Pipeline
from quotes.schema import Offsets
from quotes.tag.checkpoint import Checkpoint, load_checkpoint
from quotes.tag.hardware import place
from training.baselines import BASELINES, Baseline
from training.batches import ItemReader
from training.corpora import check_apart, read_corpus
from training.metrics import LABELS, score, score_items
from training.settings import Corpus

Scores = dict[str, Any]
"""Scores of a file: a head's by its name, and those of the targets found under `target`."""

TargetFinder = Callable[[str, Sequence[Sequence[Offsets]]], Sequence[Offsets | None]]
"""Text of an article and the spans of its statements → each one's target, None where none is found."""

SHARED = Path(__file__).parents[2] / "shared"
DEVELOPMENT = (
    Corpus(kind="newsmtsc", path=SHARED / "corpora" / "newsmtsc_dev_rw.jsonl"),
    Corpus(kind="newsmtsc", path=SHARED / "corpora" / "newsmtsc_dev_mt.jsonl"),
    Corpus(
        kind="statements",
        path=SHARED / "annotation" / "statements_dev.jsonl",
        articles=SHARED / "corpora" / "polnear_train.jsonl",
    ),
)
"""What is scored without options; the corpora are no part of this project."""

PLAIN_WIDTH = 160
"""Width of a table that isn't printed to a terminal, in characters."""


class LabelledFile(NamedTuple):
    """A file to score.

    Attributes:
        name: Its name without folder and suffix.
        kind: `newsmtsc` or `statements`.
        rows: In the form of `training.corpora.FEATURES`.
    """

    name: str
    kind: str
    rows: Dataset


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line."""
    arguments = _parser().parse_args(argv)
    try:
        files = [read_file(corpus) for corpus in _corpora(arguments)]
        _check_names(files)
        training = _training_rows(arguments) if arguments.baselines else None
        checkpoint = load_checkpoint(arguments.checkpoint)
        scores = {file.name: evaluate(checkpoint, file) for file in files}
        baselines = score_baselines(training, files) if training else {}
    except QuotesError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    if arguments.json:
        for file, of in scores.items() if baselines else ():
            of["baselines"] = {name: by_file[file] for name, by_file in baselines.items()}
        print(json.dumps(scores, indent=2))
    else:
        show(scores, baselines)
    return 0


def read_file(corpus: Corpus) -> LabelledFile:
    """Read a file to score.

    Raises:
        ConfigError: If it can't be read or a row is wrong; the message names file and row.
    """
    return LabelledFile(corpus.path.stem, corpus.kind, read_corpus(corpus))


def evaluate(checkpoint: Checkpoint, file: LabelledFile) -> Scores:
    """Scores of a tagger on a file, computed in the number format in which it tags.

    Args:
        checkpoint: The tagger.
        file: What to score it on.

    Returns:
        `stance` and `tone`, where there are labels of them, as `training.metrics.score` gives them, and for statements
        `target`: `overlap`, the percentage of rows in which the target found by rules shares a character with the
        labelled one, and `n`.
    """
    print(f"{file.name}: {len(file.rows)} rows", file=sys.stderr)
    model = place(checkpoint.model)
    read = ItemReader(checkpoint.encoder)
    scores: Scores = dict(score_items(model, [read(row) for row in file.rows]))
    if file.kind == "statements":
        scores["target"] = score_targets(Pipeline(Options(tags=False)).targets, file.rows)
    return scores


def score_baselines(training: Dataset, files: Sequence[LabelledFile]) -> dict[str, dict[str, Scores]]:
    """Train the baselines and score them.

    Args:
        training: Rows to train on; each head takes those that have its label.
        files: Files to score them on.

    Returns:
        For each baseline the scores of each file by its name.
    """
    for file in files:
        _warn_of_rows_in_both(training, file)
    heads = [head for head in LABELS if any(any(file.rows[head]) for file in files)]
    learnt = list(training)
    scores: dict[str, dict[str, Scores]] = {}
    for name, kind in BASELINES.items():
        scores[name] = {file.name: {} for file in files}
        for head in heads:
            print(f"training the baseline {name} for {head}", file=sys.stderr)
            baseline = kind(head)
            baseline.fit(learnt)
            for file in files:
                scores[name][file.name].update(_score_baseline(baseline, head, file.rows))
    return scores


def _warn_of_rows_in_both(training: Dataset, file: LabelledFile) -> None:
    try:
        check_apart(training, file.rows)
    except ConfigError as error:
        print(f"warning: {file.name}: the baselines have seen some of it: {error}", file=sys.stderr)


def _score_baseline(baseline: Baseline, head: str, rows: Dataset) -> Iterator[tuple[str, Scores]]:
    """The head with its scores, if any row has a label of it."""
    if known := [row for row in rows if row[head]]:
        gold = np.array([LABELS[head].index(row[head]) for row in known])
        yield head, score(baseline.predict_proba(known), gold, LABELS[head])


def score_targets(find: TargetFinder, rows: Dataset) -> Scores:
    """How often the target found is, at least in part, the labelled one.

    Args:
        find: The rules.
        rows: Statements with their labelled targets.

    Returns:
        `overlap` in percent and `n`; a statement for which none is found counts as wrong.
    """
    right = 0
    articles: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        articles.setdefault(row["text"], []).append(row)
    for text, labelled in articles.items():
        found = find(text, [[(start, end) for start, end in row["spans"]] for row in labelled])
        for row, target in zip(labelled, found, strict=True):
            start, end = row["target"]
            right += target is not None and target[0] < end and start < target[1]
    return {"overlap": round(100 * right / len(rows), 2), "n": len(rows)}


def show(scores: dict[str, Scores], baselines: dict[str, dict[str, Scores]]) -> None:
    """Print the scores of the model and the baselines on standard output, as tables.

    Args:
        scores: The model's by file.
        baselines: Each baseline's by file.
    """
    console = Console()
    if not console.is_terminal:
        console = Console(width=PLAIN_WIDTH, color_system=None)
    console.print(_comparison({"model": scores, **baselines}))
    console.print()
    console.print(_details(scores))


def _comparison(rows: dict[str, dict[str, Scores]]) -> Table:
    """The model and the baselines, a column a file and head."""
    table = _table("macro-F1 (accuracy), percent", "")
    columns = [(file, head) for file, of in rows["model"].items() for head in LABELS if head in of]
    for file, head in columns:
        table.add_column(f"{file}\n{head}", justify="right")
    for name, scores in rows.items():
        each = [scores[file][head] for file, head in columns]
        table.add_row(name, *(f"{one['macro_f1']:.1f} ({one['accuracy']:.1f})" for one in each))
    return table


def _details(scores: dict[str, Scores]) -> Table:
    """The model's F1 by label and its calibration, a column a file."""
    table = _table("model: F1 by label, percent; ECE (expected calibration error), 0 to 1", "", "")
    for file in scores:
        table.add_column(file, justify="right")
    for head in [head for head in LABELS if any(head in of for of in scores.values())]:
        heads = [of.get(head, {"per_class": {}}) for of in scores.values()]
        for label in LABELS[head]:
            table.add_row(head, label, *(_cell(of["per_class"].get(label), ".1f") for of in heads))
        table.add_row(head, "ECE", *(_cell(of.get("ece"), ".3f") for of in heads))
        table.add_row(head, "rows", *(_cell(of.get("n"), "d") for of in heads))
    targets = [of.get("target", {}) for of in scores.values()]
    if any(targets):
        table.add_row("target", "overlap", *(_cell(of.get("overlap"), ".1f") for of in targets))
    return table


def _table(title: str, *columns: str) -> Table:
    return Table(*columns, title=title, title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0))


def _cell(value: float | None, form: str) -> str:
    return "-" if value is None else format(value, form)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training.evaluate", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--checkpoint", type=Path, metavar="FOLDER", help="the tagger (default: the package's own)")
    files: dict[str, Any] = {"type": Path, "nargs": "+", "action": "extend", "default": [], "metavar": "FILE"}
    parser.add_argument("--newsmtsc", **files, help="sentences with a target and its stance")
    parser.add_argument("--statements", **files, help="statements with their labels")
    parser.add_argument(
        "--articles", **files, help="the statements' articles, a file or folder for all or one for each"
    )
    parser.add_argument("--baselines", action="store_true", help="train the baselines and score them, too")
    training = {
        "newsmtsc": SHARED / "corpora" / "newsmtsc_train.jsonl",
        "statements": SHARED / "annotation" / "statements_train.jsonl",
        "articles": SHARED / "corpora" / "polnear_train.jsonl",
    }
    for name, path in training.items():
        help = f"{name} to train the baselines on (default: {path.name})"
        parser.add_argument(f"--train-{name}", type=Path, metavar="FILE", default=path, help=help)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _corpora(arguments: argparse.Namespace) -> list[Corpus]:
    """The files that the options name, else the development files that are at hand."""
    articles, statements = arguments.articles, arguments.statements
    if articles and not statements:
        raise ConfigError("--articles is nothing to score by itself: give --statements, the labels, too")
    if not statements and not arguments.newsmtsc:
        if found := [corpus for corpus in DEVELOPMENT if corpus.path.is_file()]:
            return found
        raise ConfigError(
            f"the development files aren't in {SHARED}: give --newsmtsc FILE, or --statements FILE --articles FILE"
        )
    if len(articles) == 1:
        articles = articles * len(statements)
    if len(articles) != len(statements):
        raise ConfigError(
            f"{len(statements)} files of --statements and {len(articles)} of --articles don't pair up: give one file "
            "of articles for all, or one for each in the same order"
        )
    return [
        *(Corpus(kind="newsmtsc", path=path) for path in arguments.newsmtsc),
        *(
            Corpus(kind="statements", path=path, articles=texts)
            for path, texts in zip(statements, articles, strict=True)
        ),
    ]


def _training_rows(arguments: argparse.Namespace) -> Dataset:
    for name in ("newsmtsc", "statements", "articles"):
        path = getattr(arguments, f"train_{name}")
        if not path.exists():
            raise ConfigError(f"{path}: there is no such file to train baselines on; name one with --train-{name}")
    newsmtsc = Corpus(kind="newsmtsc", path=arguments.train_newsmtsc)
    statements = Corpus(kind="statements", path=arguments.train_statements, articles=arguments.train_articles)
    return concatenate_datasets([read_corpus(newsmtsc), read_corpus(statements)])


def _check_names(files: Sequence[LabelledFile]) -> None:
    names = [file.name for file in files]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ConfigError(f"two files are called {min(twice)}, by which their scores are told apart; rename one")


if __name__ == "__main__":
    raise SystemExit(main())
