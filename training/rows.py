"""The one form that all corpora are read into, and what is checked of every row."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from datasets import Dataset, Features, List, Value
from pydantic import BaseModel, Field, model_validator

from quotes.errors import ConfigError
from quotes.evaluate.jsonl import parse
from quotes.schema import Offsets, StanceLabel, ToneLabel

FEATURES = Features(
    {
        "id": Value("string"),
        "source": Value("string"),
        "group": Value("string"),
        "text": Value("string"),
        "spans": List(List(Value("int64"))),
        "speaker": Value("string"),
        "target": List(Value("int64")),
        "stance": Value("string"),
        "tone": Value("string"),
    }
)
"""The form of a row. `spans` is empty where the whole text is the statement; a label that a corpus
doesn't have is null."""


class Row(BaseModel):
    """What `FEATURES` can't say: which labels there are, and that offsets lie in the text."""

    id: str
    source: str
    group: str
    text: str
    spans: list[Offsets] = Field(default_factory=list)
    speaker: str | None = None
    target: Offsets | None = None
    stance: StanceLabel | None = None
    tone: ToneLabel | None = None

    @model_validator(mode="after")
    def _offsets_hold(self) -> Row:
        named = [("span", span) for span in self.spans] + ([("target", self.target)] if self.target else [])
        for name, (start, end) in named:
            if not start < end <= len(self.text):
                raise ValueError(f"{name} [{start}, {end}] is empty or not in the text of {len(self.text)} characters")
        return self


def dataset(rows: Iterable[dict[str, Any]]) -> Dataset:
    """Rows as a dataset in memory; columns that a row lacks are null."""
    kept = list(rows)
    return Dataset.from_dict({name: [row.get(name) for row in kept] for name in FEATURES}, features=FEATURES)


def checked(row: dict[str, Any], path: Path, target: str | None = None) -> dict[str, Any]:
    """A row in the form of `FEATURES`, if it is right; fields that it lacks are null.

    Args:
        row: The row.
        path: The file it comes from, for messages.
        target: The words that its target's offsets should give, where the file has them.

    Raises:
        ConfigError: If a label isn't one, or offsets don't fit the text.
    """
    right = parse(Row, row, path)
    if target is not None and right.target is not None:
        start, end = right.target
        if right.text[start:end] != target:
            raise ConfigError(
                f"{path}: {right.id}: target {target!r} is not at [{start}, {end}]: there is {right.text[start:end]!r}"
            )
    return right.model_dump(mode="json")
