"""Scores of small articles, worked out by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, f1_score

from quotes.evaluate import Evaluation, to_tree
from quotes.evaluate.calibration import calibration_error
from quotes.schema import STANCES, AnnotatedArticle

MakeRecord = Callable[..., AnnotatedArticle]
Score = Callable[..., Evaluation]

TEXT = (
    'Ann Lee said the old dam was quite safe. "It holds," Bo Kim said. '
    'Roe warned that the river would rise soon. Nobody "really" knows.'
)
LEE = {"words": "the old dam was quite safe", "speaker": "Ann Lee", "mention": "Ann Lee", "cue": "said"}
KIM = {"words": '"It holds,"', "type": "direct", "speaker": "Bo Kim", "mention": "Bo Kim"}
ROE = {"words": "the river would rise soon", "speaker": "Roe", "mention": "Roe", "cue": "warned"}
GOLD = [LEE, KIM, ROE]
FOUND = [
    {**LEE, "rule": "subject"},
    {**KIM, "words": "It holds", "speaker": "Roe", "mention": "Roe", "rule": "subject"},
    {"words": "would rise soon", "rule": "none"},
    {"words": '"really"', "type": "mixed", "rule": "none"},
]


def value(evaluation: Evaluation, *key: str) -> float | None:
    return evaluation.figures[key].value


@pytest.fixture
def small(record: MakeRecord, score: Score) -> Evaluation:
    return score([record("dam", TEXT, *GOLD)], [record("dam", TEXT, *FOUND)])


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        # 2 of 4 found and of 3 annotated have the same edges, marks aside; the third shares 3 of 5 words.
        (("quotes", "all", "exact"), (50, 200 / 3, 400 / 7)),
        (("quotes", "all", "overlap"), (75, 100, 600 / 7)),
        # 13 annotated words, 12 found, 11 of them the same.
        (("quotes", "all", "token"), (1100 / 12, 1100 / 13, 88)),
        (("quotes", "all", "end_to_end_by_name"), (25, 100 / 3, 200 / 7)),
        (("quotes", "all", "end_to_end_by_mention"), (25, 100 / 3, 200 / 7)),
        (("quotes", "direct", "exact"), (100, 100, 100)),
        (("quotes", "direct", "end_to_end_by_name"), (0, 0, 0)),
        (("quotes", "indirect", "exact"), (50, 50, 50)),
        (("quotes", "mixed", "overlap"), (0, None, 0)),
        (("quotes", "quoted", "overlap"), (50, 100, 200 / 3)),
        (("roles", "cue"), (100, 50, 200 / 3)),
        (("roles", "source"), (100, 200 / 3, 80)),  # "Roe" is a source, whatever it is joined to
    ],
)
def test_precision_recall_f1(small: Evaluation, key: tuple[str, ...], expected: tuple[float | None, ...]) -> None:
    found = tuple(value(small, *key, score) for score in ("precision", "recall", "f1"))
    assert found == pytest.approx(expected)


@pytest.mark.parametrize("criterion", ["mention", "name"])
def test_speakers_of_matched_statements(small: Evaluation, criterion: str) -> None:
    # Of three, one is right, one wrong and one left open.
    scores = [value(small, "speakers", "all", criterion, score) for score in ("accuracy", "precision", "coverage")]
    assert scores == pytest.approx([100 / 3, 50, 200 / 3])


def test_errors_by_rule(small: Evaluation) -> None:
    rules = to_tree(small)["scores"]["rules"]
    assert rules["subject"] | {"precision": None} == {
        "precision": None,
        **{"right": 1, "wrong speaker": 1, "wrong span": 0, "spurious": 0, "exact": 2},
    }
    assert rules["none"]["wrong speaker"] == 1  # one is annotated, none was found
    assert rules["none"]["spurious"] == 1
    assert rules["subject"]["precision"]["value"] == 50


def test_a_span_too_far_off_is_a_wrong_span_and_a_miss_in_part(record: MakeRecord, score: Score) -> None:
    evaluation = score([record("dam", TEXT, ROE)], [record("dam", TEXT, {**ROE, "words": "rise soon"})])
    scores = to_tree(evaluation)["scores"]
    assert scores["rules"]["gold"]["wrong span"] == 1
    assert scores["missed"] == {"in part": 1, "wholly": 0}
    assert scores["quotes"]["all"]["overlap"]["f1"]["value"] == 0


@pytest.mark.parametrize(
    ("gold", "found", "accuracy", "precision"),
    [
        (None, None, 100, None),
        (None, "Roe", 0, 0),
        ("Roe", None, 0, None),
        ("Roe", "Bo Kim", 0, 0),
        ("Roe", "Roe", 100, 100),
    ],
)
def test_no_speaker_is_right_where_none_is_annotated(
    record: MakeRecord,
    score: Score,
    gold: str | None,
    found: str | None,
    accuracy: float,
    precision: float | None,
) -> None:
    said = {"words": "the river would rise soon"}
    evaluation = score(
        [record("dam", TEXT, {**said, "speaker": gold})], [record("dam", TEXT, {**said, "speaker": found})]
    )
    assert value(evaluation, "speakers", "all", "name", "accuracy") == accuracy
    assert value(evaluation, "speakers", "all", "name", "precision") == precision
    assert value(evaluation, "quotes", "all", "end_to_end_by_name", "f1") == accuracy


def test_a_broken_statement_is_one(record: MakeRecord, score: Score) -> None:
    text = '"It holds," Kim said, "for now."'
    whole = {"words": ['"It holds,"', '"for now."'], "type": "direct"}
    evaluation = score([record("a", text, whole)], [record("a", text, {**whole, "words": ['"It holds,"']})])
    assert value(evaluation, "quotes", "all", "exact", "f1") == 0
    assert value(evaluation, "quotes", "all", "overlap", "f1") == 100  # 2 of 4 words: half is enough


def test_one_to_one(record: MakeRecord, score: Score) -> None:
    twice = [ROE, {**ROE, "words": "the river would rise"}]
    evaluation = score([record("dam", TEXT, ROE)], [record("dam", TEXT, *twice)])
    assert value(evaluation, "quotes", "all", "overlap", "precision") == 50
    assert value(evaluation, "quotes", "all", "exact", "recall") == 100


LABELS = [("favor", "favor", 0.9), ("favor", "against", 0.6), ("against", "against", 0.7), ("favor", "favor", 0.4)]
SENTENCES = ["one is a", "two is b", "three is c", "four is d"]


def labelled(record: MakeRecord, labels: Sequence[Any], key: str = "stance") -> AnnotatedArticle:
    said = [{"words": words, key: label} for words, label in zip(SENTENCES, labels, strict=True)]
    return record("a", ". ".join(SENTENCES), *said)


def test_stance(record: MakeRecord, score: Score) -> None:
    gold, found, confidence = zip(*LABELS, strict=True)
    evaluation = score([labelled(record, gold)], [labelled(record, list(zip(found, confidence, strict=True)))])
    # favor: 2 of 2 found are right, 2 of 3 annotated; against: 1 of 2, 1 of 1. Neutral doesn't occur.
    assert value(evaluation, "stance", "macro_f1") == pytest.approx((80 + 200 / 3) / 2)
    assert value(evaluation, "stance", "accuracy") == 75
    assert value(evaluation, "stance", "ece") == pytest.approx((0.1 + 0.6 + 0.3 + 0.6) / 4)
    assert value(evaluation, "stance", "per_class", "neutral", "f1") is None
    assert value(evaluation, "stance", "macro_f1") == pytest.approx(100 * f1_score(gold, found, average="macro"))
    assert value(evaluation, "stance", "accuracy") == pytest.approx(100 * accuracy_score(gold, found))
    scores = to_tree(evaluation)["scores"]["stance"]
    assert scores["confusion"]["annotated_by_found"] == [[2, 1, 0], [0, 1, 0], [0, 0, 0]]
    assert scores["per_class"]["favor"]["support"] == 3
    assert sum(one["n"] for one in scores["calibration"]) == scores["n"] == 4


def test_statements_without_a_tag_are_told(record: MakeRecord, score: Score) -> None:
    gold = labelled(record, ["critical", "urging", "hopeful", None], "tone")
    evaluation = score([gold], [labelled(record, ["critical", None, "urging", "urging"], "tone")])
    scores = to_tree(evaluation)["scores"]
    assert (scores["tone"]["n"], scores["tone"]["untagged"]) == (2, 1)
    assert scores["tone"]["accuracy"]["value"] == 50
    assert "stance" not in scores
    assert evaluation.warnings == ("mine: no tone on 1 of the statements annotated with one: left out of its scores",)


def test_targets_overlap(record: MakeRecord, score: Score) -> None:
    gold = {**ROE, "target": "the river"}
    for found, expected in (("river", 100), ("soon", 0), (None, 0)):
        evaluation = score([record("dam", TEXT, gold)], [record("dam", TEXT, {**ROE, "target": found})])
        assert value(evaluation, "targets", "accuracy") == expected


def test_calibration_error_of_probabilities_is_that_of_tags(record: MakeRecord, score: Score) -> None:
    gold, found, confidence = zip(*LABELS, strict=True)
    evaluation = score([labelled(record, gold)], [labelled(record, list(zip(found, confidence, strict=True)))])
    rows = np.full((4, 3), 0.0)
    rows[range(4), [STANCES.index(label) for label in found]] = confidence
    by_hand = calibration_error(rows, np.array([STANCES.index(label) for label in gold]))
    assert value(evaluation, "stance", "ece") == pytest.approx(by_hand)
    assert calibration_error(np.array([[1.0, 0.0]]), np.array([0])) == 0


def test_nothing_annotated_and_nothing_found(record: MakeRecord, score: Score) -> None:
    evaluation = score([record("dam", TEXT)], [record("dam", TEXT)])
    assert value(evaluation, "quotes", "all", "overlap", "f1") is None
    assert to_tree(evaluation)["scores"]["quotes"]["all"]["gold"] == 0
