"""The cue lexicon: which words announce statements, in which constructions, how reliably.

The lexicon is data (`cues.tsv`), one line a lemma and construction: how often the construction
was found in annotated articles, how often it was a statement there, and where the entry comes
from. `python -m training.lexicon` counts it anew.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal

from quotes.find.inflect import noun_forms, verb_forms

Pos = Literal["verb", "noun", "adjective"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A cue in a construction.

    Attributes:
        lemma: Its lemma.
        pos: Its part of speech.
        construction: How the statement is tied to it (see `clauses.py`, `objects.py`, `nominal.py`).
        seen: How often the construction was found in the articles counted.
        right: How often a statement was annotated there.
        origin: Corpus counted, or `hand` for an entry written by hand.
        precision: Estimated share of findings that are statements.
    """

    lemma: str
    pos: Pos
    construction: str
    seen: int
    right: int
    origin: str
    precision: float


VIEWS = frozenset("view views words opinion eyes telling account estimation judgment judgement mind".split())
"""Nouns of "in the view of …"."""

PHRASE_WORDS = VIEWS | {"according"}
"""Words by which a sentence is parsed for the phrases of `according.py`, which are no entries."""

_LONGER = frozenset({"object-as", "object-for", "object-of"})


class Lexicon:
    """Look-up by form and by lemma and construction."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries: dict[tuple[Pos, str, str], Entry] = {}
        self._forms: dict[Pos, dict[str, str]] = {"verb": {}, "noun": {}, "adjective": {}}
        weight: dict[tuple[Pos, str], int] = {}
        for entry in entries:
            self.entries[entry.pos, entry.lemma, entry.construction] = entry
            weight[entry.pos, entry.lemma] = weight.get((entry.pos, entry.lemma), 0) + entry.seen + 1
        # Where two lemmas share a form ("found"), the one seen more often has it.
        for (pos, lemma), _ in sorted(weight.items(), key=lambda item: (-item[1], item[0])):
            for form in forms_of(lemma, pos):
                self._forms[pos].setdefault(form, lemma.partition(" ")[0])
        self._words = frozenset(form for forms in self._forms.values() for form in forms) | PHRASE_WORDS

    def lemma(self, word: str, pos: Pos) -> str | None:
        """Lemma of a lower-cased word form that may be a cue."""
        return self._forms[pos].get(word)

    def get(self, pos: Pos, lemma: str, construction: str) -> Entry | None:
        """The entry for a lemma in a construction.

        What holds of a verb and its object ("reject the report") holds of the longer constructions
        ("reject the report as …", "praise her for …") where they have no entry of their own, and of
        "call the plan reckless" what holds of "the plan, which she called reckless".
        """
        construction = "object-as" if construction == "relative-as" else construction
        entry = self.entries.get((pos, lemma, construction))
        if entry is None and construction in _LONGER:
            entry = self.entries.get((pos, lemma, "object"))
        return entry

    def __contains__(self, word: object) -> bool:
        """Whether a lower-cased word form may be a cue of any kind."""
        return word in self._words


def forms_of(lemma: str, pos: Pos) -> set[str]:
    """Inflected forms of a lemma."""
    if pos == "verb":
        return verb_forms(lemma)
    return noun_forms(lemma) if pos == "noun" else {lemma}


@lru_cache(maxsize=1)
def default_lexicon() -> Lexicon:
    """The lexicon that comes with the package."""
    return Lexicon(read_entries(resources.files("quotes.find").joinpath("cues.tsv").read_text(encoding="utf-8")))


def read_entries(content: str) -> Iterator[Entry]:
    """Entries of a lexicon file, from its text."""
    lines = (line for line in content.splitlines() if not line.startswith("#"))
    for row in csv.DictReader(lines, delimiter="\t"):
        yield Entry(
            lemma=row["lemma"],
            pos=row["pos"],  # type: ignore[arg-type]
            construction=row["construction"],
            seen=int(row["seen"]),
            right=int(row["right"]),
            origin=row["origin"],
            precision=float(row["precision"]),
        )
