"""Counting the cue lexicon on ten sentences, and what becomes of the entries written by hand."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from quotes.find.finding import Finding
from quotes.find.lexicon import Entry, read_entries
from training import lexicon as counting

# A base form of each verb is among them: the open lexicon is made of the base forms in the corpus.
SENTENCES: list[tuple[str, str, str | None]] = [
    ("The minister said the bridge was safe.", "said", "the bridge was safe"),
    ("The experts say the harbour is closed.", "say", "the harbour is closed"),
    ("The police said the road was blocked.", "said", "the road was blocked"),
    ("The minister said the talks had failed.", "said", None),
    ("“The bridge is safe,” the mayor said.", "said", "“The bridge is safe,”"),
    ("The mayor rejected the offer.", "rejected", "the offer"),
    ("The experts reject the report.", "reject", "the report"),
    ("The bank rejected the cheque.", "rejected", None),
    ("The boards vow to rebuild the bridge.", "vow", "to rebuild the bridge"),
    ("The ferries leave the harbour at noon.", "leave", None),
]
"""Sentence, its verb, and the statement that is annotated in it, if any."""


def article(number: int, text: str, cue: str, statement: str | None) -> dict[str, Any]:
    """A sentence as a line of the corpus."""
    attributions = []
    if statement is not None:
        at, start = text.index(cue), text.index(statement)
        content = [[start, start + len(statement)]]
        attributions = [{"source": [], "cue": [[at, at + len(cue)]], "content": content}]
    return {"id": str(number), "text": text, "attributions": attributions}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("corpus") / "articles.jsonl"
    lines = [json.dumps(article(number, *sentence)) for number, sentence in enumerate(SENTENCES)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def counts(corpus: Path) -> counting.Counts:
    parsed = list(counting.parse_articles(corpus, progress=False))
    return counting.count(parsed, counting.open_lexicon(parsed))


@pytest.mark.parametrize(
    ("lemma", "construction", "seen", "right"),
    [("say", "clause", 4, 3), ("say", "before", 1, 1), ("reject", "object", 3, 2), ("vow", "to", 1, 1)],
)
def test_constructions_are_counted(
    lemma: str, construction: str, seen: int, right: int, counts: counting.Counts
) -> None:
    assert counts["verb", lemma, construction] == [seen, right]


def test_what_announces_nothing_is_seen_and_never_right(counts: counting.Counts) -> None:
    assert counts["verb", "leave", "object"] == [1, 0]


def test_precision_is_smoothed_towards_the_construction(counts: counting.Counts) -> None:
    entries = {(e.lemma, e.construction): e for e in counting.entries(counts, "ten", least=1, floor=0.0)}
    said = entries["say", "clause"]
    assert (said.pos, said.seen, said.right, said.origin) == ("verb", 4, 3, "ten")
    assert 0 < said.precision < 3 / 4
    assert entries["vow", "to"].precision < 1


@pytest.mark.parametrize(("least", "floor"), [(4, 0.0), (1, 0.99)])
def test_entries_with_too_little_evidence_are_left_out(least: int, floor: float, counts: counting.Counts) -> None:
    assert ("say", "clause") not in {
        (e.lemma, e.construction) for e in counting.entries(counts, "ten", least=least, floor=floor)
    }


def test_verbs_without_words_are_left_out() -> None:
    counts: counting.Counts = {("verb", lemma, "clause"): [20, 20] for lemma in ("say", "make", "have")}
    assert [e.lemma for e in counting.entries(counts, "ten", least=1, floor=0.0)] == ["say"]


@pytest.mark.parametrize(
    ("words", "construction", "right"),
    [
        ("the bridge was safe", "clause", True),
        ("the bridge was safe", "object", True),
        ("the bridge", "object", True),  # half of it
        ("the", "object", False),  # too little of it
        ("the", "clause", True),  # too little of it, but at the annotated cue
        ("The minister", "clause", False),
    ],
)
def test_finding_is_right_if_it_shares_half_of_the_words(words: str, construction: str, right: bool) -> None:
    text, statement = "The minister said the bridge was safe.", "the bridge was safe"
    cue = text.index("said"), text.index("said") + len("said")
    start = text.index(statement)
    gold = [(counting.words(text, [(start, start + len(statement))]), [[*cue]])]
    spans = [(text.index(words), text.index(words) + len(words))]
    finding = Finding(spans=spans, cue=cue, construction=construction)
    assert counting.is_right(text, finding, gold) is right


# ---- the file


def run(monkeypatch: pytest.MonkeyPatch, corpus: Path, output: Path, *more: str) -> list[Entry]:
    """The command, and the entries that it writes."""
    monkeypatch.setattr(sys, "argv", ["lexicon", str(corpus), "-o", str(output), "--origin", "ten", *more])
    counting.main()
    return list(read_entries(output.read_text(encoding="utf-8")))


def test_command_writes_what_was_counted(monkeypatch: pytest.MonkeyPatch, corpus: Path, tmp_path: Path) -> None:
    written = run(monkeypatch, corpus, tmp_path / "cues.tsv")
    assert {"say", "vow"} <= {entry.lemma for entry in written}
    assert {entry.origin for entry in written} == {"ten"}
    assert (tmp_path / "cues.tsv").read_text(encoding="utf-8").startswith("# ")


def test_entries_by_hand_stay_and_old_counts_go(monkeypatch: pytest.MonkeyPatch, corpus: Path, tmp_path: Path) -> None:
    output = tmp_path / "cues.tsv"
    hand = Entry("thunder", "verb", "before", 0, 0, "hand", 0.85)
    counting.write(output, [hand, Entry("walk", "verb", "clause", 9, 9, "older", 0.9)])
    written = run(monkeypatch, corpus, output)
    assert hand in written
    assert "walk" not in {entry.lemma for entry in written}


def test_no_entry_is_written_twice(monkeypatch: pytest.MonkeyPatch, corpus: Path, tmp_path: Path) -> None:
    output = tmp_path / "cues.tsv"
    counting.write(output, [Entry("say", "verb", "clause", 0, 0, "hand", 0.95)])
    pairs = [(entry.pos, entry.lemma, entry.construction) for entry in run(monkeypatch, corpus, output)]
    assert sorted(pairs) == sorted(set(pairs))


def test_writing_again_changes_nothing(monkeypatch: pytest.MonkeyPatch, corpus: Path, tmp_path: Path) -> None:
    output = tmp_path / "cues.tsv"
    run(monkeypatch, corpus, output)
    first = output.read_bytes()
    run(monkeypatch, corpus, output)
    assert output.read_bytes() == first


def test_hand_entries_of_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert counting.read_hand(tmp_path / "cues.tsv") == []
