"""The tagger by itself, on sentences with a given target: a tiny one with random weights."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
import torch

from quotes.config import Options
from quotes.errors import ConfigError
from quotes.evaluate import Opinions, evaluate_opinions, to_tree
from quotes.evaluate.newsmtsc import Opinion
from quotes.schema import STANCES
from quotes.tag.checkpoint import load_checkpoint
from training.batches import Item
from training.metrics import score_items

VERBS = "praised attacked visited measured".split()
PLACES = "bridge tunnel ferry harbour market".split()


@pytest.fixture(scope="module")
def tagger(tmp_path_factory: pytest.TempPathFactory, save_tagger: Callable[..., Path]) -> Path:
    words = [*"the mayor".split(), *VERBS, *PLACES]
    return save_tagger(tmp_path_factory.mktemp("tagger"), words, {"stance": 2.0, "tone": 1.0}, ["stance"])


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same numbers on all machines."""
    for module in ("hardware", "predict"):
        monkeypatch.setattr(f"quotes.tag.{module}.has_fast_bf16", lambda device: False)
    monkeypatch.setattr("quotes.tag.hardware.best_device", lambda: torch.device("cpu"))


@pytest.fixture
def opinions() -> Opinions:
    dice, items = random.Random(5), []
    for number, (verb, place) in enumerate(product(VERBS, PLACES)):
        text = f"The mayor {verb} the {place}."
        start = text.index(place)
        row = {"id": f"x_{number // 4}_0_{number}_y", "text": text, "target": place, "label": dice.choice(STANCES)}
        items.append(Opinion.model_validate({**row, "start": start, "end": start + len(place)}))
    return Opinions(tuple(items))


def test_scores_are_those_of_training(tagger: Path, opinions: Opinions) -> None:
    scores = to_tree(evaluate_opinions(opinions, Options(tagger=tagger), resamples=20))["scores"]
    model, encoder = load_checkpoint(tagger)
    items = [
        Item(encoder.encode(encoder.tokens(one.text), (), (one.start, one.end)), STANCES.index(one.label))
        for one in opinions.items
    ]
    expected = score_items(model, items)["stance"]
    assert list(scores) == ["stance"]
    assert scores["stance"]["n"] == expected["n"] == len(opinions.items)
    assert scores["stance"]["macro_f1"]["value"] == pytest.approx(expected["macro_f1"], abs=0.011)
    assert scores["stance"]["accuracy"]["value"] == pytest.approx(expected["accuracy"], abs=0.011)
    assert scores["stance"]["ece"]["value"] == pytest.approx(expected["ece"], abs=0.00011)
    for label, f1 in expected["per_class"].items():
        assert scores["stance"]["per_class"][label]["f1"]["value"] == pytest.approx(f1, abs=0.011)


def test_articles_are_drawn_not_sentences(tagger: Path, opinions: Opinions) -> None:
    evaluation = evaluate_opinions(opinions, Options(tagger=tagger), resamples=20)
    assert (evaluation.format, evaluation.articles) == ("newsmtsc", 5)


def test_without_a_tagger(tmp_path: Path, opinions: Opinions) -> None:
    with pytest.raises(ConfigError, match="no tagger is there"):
        evaluate_opinions(opinions, Options(tagger=tmp_path))
