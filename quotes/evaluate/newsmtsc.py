"""NewsMTSC: sentences with a target and the stance towards it, labelled by people.

Hamborg and Donnay (2021), "NewsMTSC: A Dataset for (Multi-)Target-dependent Sentiment Classification
in Political News Articles", EACL; <https://github.com/fhamborg/NewsMTSC>. Licence: MIT.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, BeforeValidator, Field, model_validator

from quotes.errors import ConfigError
from quotes.evaluate.jsonl import name_of, parse, read_objects
from quotes.schema import StanceLabel

_POLARITIES: dict[float, str] = {2: "against", 4: "neutral", 6: "favor", -1: "against", 0: "neutral", 1: "favor"}
"""Polarities, of the original and of the form with a line a target, as stances."""

_ARTICLE = re.compile(r".*?_-?\d+_-?\d+(?=_-?\d+_)", re.DOTALL)
"""What of an id names the article: collection and two numbers (`polusa_v1_115_-1_3_Lee_0_7`; 3 is the sentence's)."""


def _stance(value: object) -> object:
    """The stance that a polarity stands for; anything else as it is, to be checked."""
    return _POLARITIES.get(value, value) if isinstance(value, int | float) else value


class Opinion(BaseModel):
    """A sentence with one target. The three forms have other keys, which hold the same.

    Attributes:
        id: Its id.
        text: The sentence.
        target: The words that name the target.
        start: Offset of the target in the sentence, in characters.
        end: Offset after it.
        label: Stance towards the target.
    """

    id: str = Field(validation_alias=AliasChoices("id", "Input.gid"))
    text: str = Field(validation_alias=AliasChoices("text", "sentence", "sentence_normalized"))
    target: str = Field(validation_alias=AliasChoices("target", "mention"))
    start: int = Field(validation_alias=AliasChoices("start", "from"))
    end: int = Field(validation_alias=AliasChoices("end", "to"))
    label: Annotated[StanceLabel, BeforeValidator(_stance)] = Field(validation_alias=AliasChoices("label", "polarity"))

    @property
    def article(self) -> str:
        """Name of the article that the sentence is from; the whole id where it doesn't tell."""
        found = _ARTICLE.match(self.id)
        return found[0] if found else self.id

    @model_validator(mode="after")
    def _target_is_there(self) -> Opinion:
        start, end = self.start, self.end
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"target [{start}, {end}] is empty or not in the text of {len(self.text)} characters")
        if self.text[start:end] != self.target:
            raise ValueError(f"target {self.target!r} is not at [{start}, {end}]: there is {self.text[start:end]!r}")
        return self


def is_newsmtsc(row: dict[str, Any]) -> bool:
    """Whether an object is a line of NewsMTSC in one of its forms."""
    forms = ({"sentence_normalized"}, {"sentence", "polarity"}, {"text", "target", "label"})
    return any(keys <= row.keys() for keys in forms)


def read_newsmtsc(path: Path) -> Iterator[Opinion]:
    """Read opinions.

    Args:
        path: JSONL in one of three forms, told by the keys. As published: `sentence_normalized` and
            `targets`, each with `Input.gid`, `from`, `to`, `mention` and `polarity` (2 against, 4 neutral,
            6 in favour). As its makers have it on the Hugging Face Hub, with a line a target: `id`,
            `sentence`, `mention`, `from`, `to` and `polarity` (-1, 0, 1). Or with stances: `id`, `text`,
            `target`, `start`, `end`, `label`. Offsets are characters; `to` is exclusive, though the
            makers' description reads as if it were not.

    Raises:
        ConfigError: If the file can't be read or a row is wrong.
    """
    for row in read_objects(path):
        for target in _targets(row, path):
            yield parse(Opinion, target, path)


def _targets(row: dict[str, Any], path: Path) -> Iterator[dict[str, Any]]:
    """The targets of a line, each with its sentence."""
    if "sentence_normalized" not in row:
        yield row
        return
    targets = row.get("targets")
    if not isinstance(targets, list) or not all(isinstance(target, dict) for target in targets):
        raise ConfigError(f"{path}: {name_of(row)}: targets: expected a list of objects")
    for target in targets:
        yield {**target, "sentence_normalized": row["sentence_normalized"]}
