"""The corpora that the tagger learns from, as settings name them.

A row is a text with one statement in it: its spans, the target of its stance, and the labels that
the corpus has. Rows of one article share a `group` and never lie in two splits. Every row is checked
as it is read, so that a slip in a file stops a run before it starts, with the row's id.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from datasets import Dataset

from quotes.errors import ConfigError
from training.newsmtsc import newsmtsc
from training.pairs import pairs
from training.rows import FEATURES, dataset
from training.settings import Corpus
from training.statements import statements, written

__all__ = [
    "FEATURES",
    "check_apart",
    "dataset",
    "newsmtsc",
    "pairs",
    "read_corpus",
    "statements",
    "written",
]


def read_corpus(corpus: Corpus) -> Dataset:
    """Rows of a corpus as settings name it.

    Raises:
        ConfigError: If a file is missing, a row is wrong, or there is none.
    """
    rows = dataset(_rows(corpus))
    if not len(rows):
        raise ConfigError(f"{corpus.path}: has no rows" + (f" of split {corpus.split!r}" if corpus.split else ""))
    return rows


def _rows(corpus: Corpus) -> Iterator[dict[str, Any]]:
    if corpus.kind == "newsmtsc":
        return newsmtsc(corpus.path)
    if corpus.kind in ("statements", "pairs"):
        if corpus.articles is None:
            raise ConfigError(f"{corpus.path}: {corpus.kind} need `articles`, the file or folder with their texts")
        return (statements if corpus.kind == "statements" else pairs)(corpus.path, corpus.articles)
    return written(corpus.path, corpus.split)


def check_apart(*parts: Dataset) -> None:
    """Make sure that no group lies in two of some datasets, e.g. in training and development data.

    A group is an article, but in NewsMTSC a sentence: its makers split it by sentence, so that other
    sentences of an article may well lie in another split.

    Raises:
        ConfigError: If one does; the message names it.
    """
    seen: dict[str, tuple[int, str]] = {}
    for number, part in enumerate(parts):
        for group, source in zip(part["group"], part["source"], strict=True):
            first, other = seen.setdefault(group, (number, source))
            if first != number:
                raise ConfigError(f"{group}: lies in two datasets that are to be apart, in {other} and {source}")
