"""Lines of a JSONL file as objects, and what is wrong with them in words."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from quotes.errors import ConfigError
from quotes.schema import Offsets

Model = TypeVar("Model", bound=BaseModel)


def read_objects(path: Path) -> Iterator[dict[str, Any]]:
    """Objects of a JSONL file (`.gz` is unpacked); blank lines are skipped.

    Raises:
        ConfigError: If the file can't be read or a line isn't an object; the message names file and line.
    """
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _object(line, f"{path}:{number}")
    except (OSError, EOFError) as error:
        raise ConfigError(f"{path}: can't be read: {getattr(error, 'strerror', None) or error}") from None


def _object(line: bytes, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ConfigError(f"{where}: not UTF-8: {error.reason} at byte {error.start} of the line") from None
    except ValueError as error:
        raise ConfigError(f"{where}: not valid JSON: {error}") from None
    if not isinstance(row, dict):
        raise ConfigError(f"{where}: expected an object, found a {type(row).__name__}")
    return row


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


def check_offsets(spans: Iterable[Offsets], text: str) -> None:
    """Say so if some offsets give nothing.

    Raises:
        ValueError: If a span is empty or not in the text.
    """
    for start, end in spans:
        if not start < end <= len(text):
            raise ValueError(f"[{start}, {end}] is empty or not in the text of {len(text)} characters")


def name_of(row: dict[str, Any]) -> str:
    """What to call a row in a message: its id, or how it starts where it has none."""
    ids = (row.get(key) for key in ("id", "Input.gid", "primary_gid"))
    return next((str(id) for id in ids if id is not None), f"{str(row)[:60]}…")


def _problem(error: ErrorDetails) -> str:
    """E.g. `stance: Input should be 'favor', 'against' or 'neutral', not 'pro'`."""
    what = error["msg"].removeprefix("Value error, ")
    if error["type"] == "literal_error":
        what += f", not {error['input']!r}"
    return ": ".join([".".join(map(str, error["loc"])), what]) if error["loc"] else what
