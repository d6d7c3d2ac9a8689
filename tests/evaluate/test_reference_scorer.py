"""The same figures as another scorer of the same measures, on PolNeAR, where both are at hand."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from quotes.evaluate import Named, evaluate, read_gold, to_tree
from quotes.evaluate.statements import Gold
from quotes.export import read_jsonl
from quotes.schema import AnnotatedArticle, Quote, Span, Speaker

SHARED = Path(__file__).parents[3] / "shared"
CORPUS = SHARED / "corpora" / "polnear_dev.jsonl"
SCORER = SHARED / "scripts" / "score_quotes.py"
ARTICLES = 24

pytestmark = pytest.mark.skipif(
    not (CORPUS.is_file() and SCORER.is_file()), reason=f"{CORPUS} and {SCORER} aren't here"
)

MEASURES = {"exact": "exact", "overlap": "overlap", "token": "token", "end_to_end_by_mention": "e2e"}
STATS = {"precision": "p", "recall": "r", "f1": "f1"}


def _worse(row: dict[str, Any], dice: random.Random) -> AnnotatedArticle:
    """The annotation with mistakes in it: statements lost, moved and made up, speakers mixed up."""
    quotes: list[Quote] = []
    for one in row["attributions"]:
        if not one["content"] or dice.random() < 0.2:
            continue
        spans = [_moved(span, len(row["text"]), dice) for span in one["content"]]
        source = dice.choice(row["attributions"])["source"] if dice.random() < 0.2 else one["source"]
        if dice.random() < 0.1:
            source = []
        quotes.append(_quote(row["text"], len(quotes), spans, source[:1], one["cue"][:1]))
    # Beside all others: of two that share as much with an annotated one, this scorer takes that with the right
    # speaker, and the other one that which comes later.
    taken = [span for one in row["attributions"] for span in one["content"]]
    for _ in range(6):
        start = dice.randrange(len(row["text"]) - 60)
        if all(start + 90 < begin or end + 30 < start for begin, end in taken):
            quotes.append(_quote(row["text"], len(quotes), [(start, start + 60)], [], []))
    return AnnotatedArticle(id=row["id"], text=row["text"], speakers=(Speaker(id=0, name="x"),), quotes=tuple(quotes))


def _moved(span: tuple[int, int], size: int, dice: random.Random) -> tuple[int, int]:
    start, end = (min(size, max(0, at + dice.choice([0, 0, 0, -1, 1, 15, -30]))) for at in span)
    # A statement without a word has none for the other scorer, so that it can't be found.
    return (start, end) if end - start > 20 else span


def _quote(text: str, number: int, spans: list[Any], source: list[Any], cue: list[Any]) -> Quote:
    mention, announced = ([Span(text=text[s:e], start=s, end=e) for s, e in some] for some in (source, cue))
    return Quote(
        id=number,
        type="indirect",
        text=" ".join(text[start:end] for start, end in spans),
        spans=tuple(spans),
        speaker=0 if mention else None,
        mention=mention[0] if mention else None,
        cue=announced[0] if announced else None,
        rule="made-up",
        confidence=1,
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_same_figures(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    rows = dice.sample([json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()], ARTICLES)
    gold, found = tmp_path / "gold.jsonl", tmp_path / "found.jsonl"
    gold.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    found.write_text("".join(_worse(row, dice).model_dump_json() + "\n" for row in rows), encoding="utf-8")
    run = subprocess.run([sys.executable, SCORER, gold, found, "--json"], capture_output=True, check=True)
    expected = json.loads(run.stdout)

    read = read_gold(gold)
    assert isinstance(read, Gold)
    scores = to_tree(evaluate(read, Named("found", read_jsonl(found)), resamples=0))["scores"]
    for kind in ("all", "direct", "quoted", "indirect"):
        row = scores["quotes"][kind]
        assert (row["gold"], row["found"]) == (expected[kind]["gold"], expected[kind]["pred"])
        for measure, theirs in MEASURES.items():
            _assert_same(row[measure], expected[kind][theirs])
        accuracy = scores["speakers"][kind]["mention"]["accuracy"]["value"]
        assert accuracy == pytest.approx(expected[kind]["speaker"], abs=0.06)
    for role in ("source", "cue", "content"):
        _assert_same(scores["roles"][role], expected["roles"][role])


def _assert_same(ours: dict[str, Any], theirs: dict[str, float]) -> None:
    """Theirs are rounded to one place, ours to two."""
    for stat, name in STATS.items():
        assert ours[stat]["value"] == pytest.approx(theirs[name], abs=0.06)
