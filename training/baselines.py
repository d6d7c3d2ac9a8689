"""What the tagger has to beat: the commonest label, a lexicon of attitudes, and TF-IDF with logistic regression.

A baseline is for one head, learns from rows in the form of `training.corpora.FEATURES` that have its
label, and gives probabilities in the order of the head's labels, as the tagger does.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from sklearn.dummy import DummyClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, make_pipeline

from quotes.errors import ConfigError
from quotes.find.inflect import verb_forms
from training.metrics import LABELS

Row = Mapping[str, Any]
"""A row in the form of `training.corpora.FEATURES`."""

ATTITUDES = Path(__file__).with_name("attitudes.tsv")
"""Words with the stance or tone they speak for: base forms of verbs, other words as they are."""

AROUND = 8
"""Words on either side of the target that TF-IDF sees apart from the rest."""

CONTEXT = 300
"""Characters of context on either side of the statement that TF-IDF sees."""

TERMS = 50_000
"""Commonest words and word pairs that each part of TF-IDF keeps."""

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_NEGATIONS = frozenset("not never no nor neither hardly without cannot nobody nothing".split())
_SCOPE = 3
"""Words after a negation that it turns round: "not a *good* idea"."""


class Baseline(Protocol):
    """One head's classifier."""

    def fit(self, rows: Sequence[Row]) -> None:
        """Learn from rows with the head's label; those without it are left out.

        Raises:
            ConfigError: If the rows don't have two of the head's labels at least.
        """

    def predict_proba(self, rows: Sequence[Row]) -> np.ndarray:
        """Probabilities, `[rows, labels]`, in the order of `training.metrics.LABELS`."""


class _Classifier:
    """A scikit-learn classifier of rows as a baseline.

    Args:
        head: `stance` or `tone`.
        classifier: What it is.
    """

    def __init__(self, head: str, classifier: Any) -> None:
        self.head = head
        self._classifier = classifier

    def fit(self, rows: Sequence[Row]) -> None:
        """Learn from rows with the head's label."""
        known = _labelled(rows, self.head)
        self._classifier.fit(known, [LABELS[self.head].index(row[self.head]) for row in known])

    def predict_proba(self, rows: Sequence[Row]) -> np.ndarray:
        """Probabilities, `[rows, labels]`; 0 for labels that weren't among those to learn from."""
        probabilities = np.zeros((len(rows), len(LABELS[self.head])))
        probabilities[:, self._classifier.classes_] = self._classifier.predict_proba(rows)
        return probabilities


class Majority(_Classifier):
    """The commonest label for every row; its probabilities are the labels' shares."""

    def __init__(self, head: str) -> None:
        super().__init__(head, DummyClassifier(strategy="prior"))


class TfIdf(_Classifier):
    """Logistic regression on words and word pairs of the statement, around the target, and around the statement."""

    def __init__(self, head: str) -> None:
        views = {"statement": statement, "target": around_target, "context": context}
        features = FeatureUnion([(name, _tfidf(view)) for name, view in views.items()])
        super().__init__(head, make_pipeline(features, LogisticRegression(class_weight="balanced", max_iter=2000)))


class Lexicon:
    """Counts words of `ATTITUDES` in the statement.

    Stance is that of the more words, each of which counts for the other side after "not"; neutral where
    both have as many. Tone is that with the most words, neutral where there are none. Nothing is learnt
    but how sure a label is: the share of rows with it that the rule gets right.

    Args:
        head: `stance` or `tone`.
    """

    def __init__(self, head: str) -> None:
        self.head = head
        self._labels = LABELS[head]
        self._confidence = np.full(len(self._labels), 0.5)

    def fit(self, rows: Sequence[Row]) -> None:
        """Learn from rows with the head's label how often the rule is right."""
        found, right = Counter[str](), Counter[str]()
        for row in _labelled(rows, self.head):
            label = self.label(row)
            found[label] += 1
            right[label] += label == row[self.head]
        # Above chance, or another label would be likelier than the one that the rule gives.
        floor = 1 / len(self._labels) + 0.01
        self._confidence = np.array([max(floor, (right[name] + 1) / (found[name] + 2)) for name in self._labels])

    def predict_proba(self, rows: Sequence[Row]) -> np.ndarray:
        """Probabilities, `[rows, labels]`: the rule's label with its confidence, the others alike."""
        found = np.array([self._labels.index(self.label(row)) for row in rows], dtype=int)
        sure = self._confidence[found]
        probabilities = np.repeat(((1 - sure) / (len(self._labels) - 1))[:, None], len(self._labels), axis=1)
        probabilities[np.arange(len(rows)), found] = sure
        return probabilities

    def label(self, row: Row) -> str:
        """The rule's label of a statement."""
        words = [word.replace("’", "'") for word in _WORD.findall(statement(row))]
        return _stance(words) if self.head == "stance" else _tone(words)


BASELINES: dict[str, type[Majority] | type[Lexicon] | type[TfIdf]] = {
    "majority": Majority,
    "lexicon": Lexicon,
    "TF-IDF": TfIdf,
}
"""The baselines by name, weakest first."""


def statement(row: Row) -> str:
    """The statement in lower case; its spans joined by a space."""
    text: str = row["text"]
    return (" ".join(text[start:end] for start, end in row["spans"]) if row["spans"] else text).lower()


def around_target(row: Row) -> str:
    """Some words before and after the target, which is TARGET itself: "critics of TARGET called it"."""
    if not row["target"]:
        return "TARGET"
    text, (start, end) = row["text"], row["target"]
    return " ".join([*text[:start].lower().split()[-AROUND:], "TARGET", *text[end:].lower().split()[:AROUND]])


def context(row: Row) -> str:
    """Text before and after the statement, which is STATEMENT itself: "lee urged the mayor to STATEMENT"."""
    if not row["spans"]:
        return "STATEMENT"
    text, start, end = row["text"], row["spans"][0][0], row["spans"][-1][1]
    return f"{text[max(0, start - CONTEXT) : start].lower()} STATEMENT {text[end : end + CONTEXT].lower()}"


def _labelled(rows: Sequence[Row], head: str) -> list[Row]:
    known = [row for row in rows if row[head]]
    if len({row[head] for row in known}) < 2:
        raise ConfigError(f"the training files have too few labels of {head} for a baseline: it takes two at least")
    return known


def _tfidf(view: Callable[[Row], str]) -> TfidfVectorizer:
    """One part of the features: a vectorizer of rows, which `view` makes a text."""
    return TfidfVectorizer(
        preprocessor=view,
        # Single letters and marks, too: "I" and "!" tell of tone.
        token_pattern=r"\w+(?:['’]\w+)*|[!?]",
        ngram_range=(1, 2),
        max_features=TERMS,
        sublinear_tf=True,
    )


def _stance(words: Sequence[str]) -> str:
    lexicon = _lexicon()["stance"]
    balance = 0
    for at, word in enumerate(words):
        if word in lexicon:
            towards = 1 if lexicon[word] == "favor" else -1
            balance += -towards if any(map(_negates, words[max(0, at - _SCOPE) : at])) else towards
    return "favor" if balance > 0 else "against" if balance < 0 else "neutral"


def _tone(words: Sequence[str]) -> str:
    lexicon = _lexicon()["tone"]
    counts = Counter(lexicon[word] for word in words if word in lexicon)
    return max(LABELS["tone"], key=counts.__getitem__)


def _negates(word: str) -> bool:
    return word in _NEGATIONS or word.endswith("n't")


@cache
def _lexicon() -> dict[str, dict[str, str]]:
    """For each head its labels by word form."""
    forms: dict[str, dict[str, str]] = defaultdict(dict)
    for word, pos, label in _entries():
        head = "stance" if label in LABELS["stance"] else "tone"
        for form in verb_forms(word) if pos == "verb" else (word,):
            forms[head][form] = label
    return forms


def _entries() -> Iterator[tuple[str, str, str]]:
    with ATTITUDES.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            yield row["word"], row["pos"], row["label"]
