"""The baselines on rows made up here."""

from __future__ import annotations

import csv
from typing import Any

import numpy as np
import pytest

from quotes.errors import ConfigError
from quotes.find.inflect import verb_forms
from quotes.schema import STANCES, TONES
from training import baselines
from training.baselines import ATTITUDES, BASELINES, Lexicon, Majority, TfIdf
from training.metrics import LABELS


def row(text: str, target: str = "", stance: str | None = None, tone: str | None = None, said: str = "") -> Any:
    """A row; `target` and `said`, the statement, are words of the text."""

    def offsets(words: str) -> list[int]:
        start = text.index(words)
        return [start, start + len(words)]

    spans = [offsets(said)] if said else []
    return {"text": text, "spans": spans, "target": offsets(target), "stance": stance, "tone": tone}


TRAINING = [
    row("The mayor praised the bridge again.", "the bridge", "favor", "supportive"),
    row("Everybody praised the ferry on Monday.", "the ferry", "favor", "supportive"),
    row("The council praised the harbour plan.", "the harbour plan", "favor", None),
    row("The mayor attacked the toll again.", "the toll", "against", "critical"),
    row("Everybody attacked the tunnel on Monday.", "the tunnel", "against", "critical"),
    row("The council counted the boats.", "the boats", None, "neutral"),
]


@pytest.mark.parametrize("name", BASELINES)
@pytest.mark.parametrize("head", LABELS)
def test_rows_get_a_distribution_over_all_labels(name: str, head: str) -> None:
    baseline = BASELINES[name](head)
    baseline.fit(TRAINING)
    probabilities = baseline.predict_proba(TRAINING)
    assert probabilities.shape == (len(TRAINING), len(LABELS[head]))
    assert probabilities.min() >= 0
    assert probabilities.sum(axis=1) == pytest.approx(1)


@pytest.mark.parametrize("name", BASELINES)
@pytest.mark.parametrize(
    "rows", [[], TRAINING[:3], [row("A boat.", "boat")]], ids=["none", "one label", "without labels"]
)
def test_fewer_than_two_labels_are_an_error(name: str, rows: list[Any]) -> None:
    with pytest.raises(ConfigError, match="too few labels of stance"):
        BASELINES[name]("stance").fit(rows)


def test_majority_gives_the_shares_of_the_labels() -> None:
    majority = Majority("stance")
    majority.fit(TRAINING)
    assert majority.predict_proba(TRAINING[:1]).tolist() == [pytest.approx([3 / 5, 2 / 5, 0])]


def test_tf_idf_learns_the_words_that_matter() -> None:
    tf_idf = TfIdf("stance")
    tf_idf.fit(TRAINING)
    new = [row("Nobody attacked the pier.", "the pier"), row("Somebody praised the pier.", "the pier")]
    assert [STANCES[at] for at in tf_idf.predict_proba(new).argmax(axis=1)] == ["against", "favor"]


def test_tf_idf_tells_targets_of_one_sentence_apart() -> None:
    text = "Critics attacked {} for months on end, long before the spring came and voters praised {} at last."
    places = "bridge tunnel ferry harbour market tower".split()
    pairs = [text.format(one, other) for one in places for other in places if one != other]
    learnt = [row(pair, pair.split()[2], "against") for pair in pairs] + [
        row(pair, pair.split()[-3], "favor") for pair in pairs
    ]
    tf_idf = TfIdf("stance")
    tf_idf.fit(learnt)
    new = text.format("Paris", "London")
    found = tf_idf.predict_proba([row(new, "Paris"), row(new, "London")]).argmax(axis=1)
    assert [STANCES[at] for at in found] == ["against", "favor"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("She praised an honest and brave plan.", "favor"),
        ("They CONDEMNED the reckless plan.", "against"),
        ("It is not a good idea.", "against"),
        ("We don’t blame the crew.", "favor"),
        ("Not that it matters here, the plan is good.", "favor"),
        ("A good plan with a bad start.", "neutral"),
        ("The ferry leaves at noon.", "neutral"),
        ("", "neutral"),
    ],
)
def test_stance_by_lexicon(text: str, label: str) -> None:
    assert Lexicon("stance").label(row(text)) == label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("We will punish them and take revenge.", "threatening"),
        ("I categorically deny these baseless claims.", "defiant"),
        ("Everybody must and should go.", "urging"),
        ("We are sorry, it was a mistake.", "conciliatory"),
        ("I congratulate them, and thank the crew.", "supportive"),
        ("I’m worried and afraid of the floods.", "concerned"),
        ("We're confident and optimistic.", "hopeful"),
        ("It's a shameful, dishonest report.", "critical"),
        ("The ferry leaves at noon.", "neutral"),
    ],
)
def test_tone_by_lexicon(text: str, label: str) -> None:
    assert Lexicon("tone").label(row(text)) == label


def test_lexicon_counts_in_the_statement_alone() -> None:
    text = "She attacked the plan: “A good start,” he said, and blamed the mayor."
    assert Lexicon("stance").label(row(text, said="“A good start,”")) == "favor"


@pytest.mark.parametrize("head", LABELS)
def test_the_likeliest_label_is_that_of_the_rule_though_it_is_always_wrong(head: str) -> None:
    lexicon, wrong = Lexicon(head), LABELS[head][:2]
    rows = [row("The ferry leaves at noon.", **{head: wrong[at % 2]}) for at in range(40)]
    rows += [row("The ferry is good, they must praise it.", **{head: wrong[1]})]
    lexicon.fit(rows)
    found = lexicon.predict_proba(rows).argmax(axis=1)
    assert [LABELS[head][at] for at in found] == [lexicon.label(each) for each in rows]


def test_the_lexicon_learns_how_sure_a_label_is() -> None:
    lexicon = Lexicon("stance")
    lexicon.fit([*[row("A good day.", stance="favor")] * 7, row("A good day.", stance="neutral")])
    assert lexicon.predict_proba([row("A good day.")])[0] == pytest.approx(np.array([0.8, 0.1, 0.1]))


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        ("statement", "the tolls hurt us"),
        ("around_target", "lee told the council: TARGET hurt us, and left."),
        ("context", "lee told the council:  STATEMENT , and left."),
    ],
)
def test_what_tf_idf_sees_of_a_statement(view: str, expected: str) -> None:
    each = row("Lee told the council: the tolls hurt us, and left.", "the tolls", said="the tolls hurt us")
    assert getattr(baselines, view)(each) == expected


def test_attitudes_are_told_apart() -> None:
    with ATTITUDES.open(encoding="utf-8", newline="") as lines:
        entries = list(csv.DictReader(lines, delimiter="\t"))
    labels: dict[tuple[bool, str], set[str]] = {}
    for entry in entries:
        assert entry["label"] in {*STANCES, *TONES} - {"neutral"}
        assert entry["pos"] in {"verb", "other"}
        assert entry["word"] == entry["word"].lower().strip()
        for form in verb_forms(entry["word"]) if entry["pos"] == "verb" else {entry["word"]}:
            labels.setdefault((entry["label"] in STANCES, form), set()).add(entry["label"])
    assert {form: found for form, found in labels.items() if len(found) > 1} == {}
    assert {entry["label"] for entry in entries} == {*STANCES, *TONES} - {"neutral"}
