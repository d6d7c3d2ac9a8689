"""The one form that all corpora are read into, and what is checked of every row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from datasets import Dataset, Features, List, Value
from pydantic import BaseModel, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from quotes.errors import ConfigError
from quotes.schema import Offsets, StanceLabel, ToneLabel

Model = TypeVar("Model", bound=BaseModel)

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


def parse(model: type[Model], row: dict[str, Any], path: Path) -> Model:
    """A row of a file as the model that says what has to be in it.

    Raises:
        ConfigError: If something is missing or wrong; the message names file, row and what it is.
    """
    try:
        return model.model_validate(row)
    except ValidationError as error:
        problems = "; ".join(map(_problem, error.errors()))
        raise ConfigError(f"{path}: {name_of(row)}: {problems}") from None


def _problem(error: ErrorDetails) -> str:
    """One thing that is wrong: `stance: Input should be 'favor', 'against' or 'neutral', not 'pro'`."""
    what = error["msg"].removeprefix("Value error, ")
    if error["type"] == "literal_error":
        what += f", not {error['input']!r}"
    return ": ".join([".".join(map(str, error["loc"])), what]) if error["loc"] else what


def name_of(row: dict[str, Any]) -> str:
    """What to call a row in a message: its id, or how it starts where it has none."""
    ids = (row.get(key) for key in ("id", "Input.gid", "primary_gid"))
    return next((str(id) for id in ids if id is not None), f"{str(row)[:60]}…")


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


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Objects of a JSONL file.

    Raises:
        ConfigError: If the file can't be read or a line isn't an object.
    """
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _object(line, f"{path}:{number}")
    except OSError as error:
        raise ConfigError(f"{path}: can't be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8: {error.reason} at byte {error.start}") from None


def _object(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise ConfigError(f"{where}: not valid JSON: {error}") from None
    if not isinstance(row, dict):
        raise ConfigError(f"{where}: expected an object, found a {type(row).__name__}")
    return row
