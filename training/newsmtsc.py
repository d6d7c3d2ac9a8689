"""NewsMTSC, in the forms that its makers publish and in ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, BeforeValidator, Field

from quotes.errors import ConfigError
from quotes.schema import StanceLabel
from training.rows import checked, name_of, parse, read_lines

_POLARITIES: dict[float, str] = {2: "against", 4: "neutral", 6: "favor", -1: "against", 0: "neutral", 1: "favor"}
"""NewsMTSC's polarities, of the original and of the form with a line a target, as stances."""

_SENTENCE = re.compile(r".*?(?:_-?\d+){3}(?=_)", re.DOTALL)
"""What of NewsMTSC's ids names the sentence: collection, three numbers (`polusa_v1_115_-1_3_Ann Lee_0_7`)."""


def _stance(value: object) -> object:
    """The stance that a polarity stands for; anything else as it is, to be checked."""
    return _POLARITIES.get(value, value) if isinstance(value, int | float) else value


class _Opinion(BaseModel):
    """A target of NewsMTSC with its sentence, in any of the three forms: the keys differ, not what they hold."""

    id: str = Field(validation_alias=AliasChoices("id", "Input.gid"))
    text: str = Field(validation_alias=AliasChoices("text", "sentence", "sentence_normalized"))
    target: str = Field(validation_alias=AliasChoices("target", "mention"))
    start: int = Field(validation_alias=AliasChoices("start", "from"))
    end: int = Field(validation_alias=AliasChoices("end", "to"))
    label: Annotated[StanceLabel, BeforeValidator(_stance)] = Field(validation_alias=AliasChoices("label", "polarity"))


def newsmtsc(path: Path) -> Iterator[dict[str, Any]]:
    """Rows of NewsMTSC: sentences with a target and the stance towards it, labelled by people.

    Hamborg and Donnay (2021), "NewsMTSC: A Dataset for (Multi-)Target-dependent Sentiment Classification
    in Political News Articles", EACL; <https://github.com/fhamborg/NewsMTSC>. Licence: MIT.

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
    for line in read_lines(path):
        for target in _targets(line, path):
            row = parse(_Opinion, target, path)
            found = _SENTENCE.match(row.id)
            fields = {
                "id": row.id,
                "source": "newsmtsc",
                "group": found[0] if found else row.id,
                "text": row.text,
                "spans": [],
                "target": [row.start, row.end],
                "stance": row.label,
            }
            yield checked(fields, path, row.target)


def _targets(line: dict[str, Any], path: Path) -> Iterator[dict[str, Any]]:
    """The targets of a line of NewsMTSC, each with its sentence."""
    if "sentence_normalized" not in line:
        yield line
        return
    targets = line.get("targets")
    if not isinstance(targets, list) or not all(isinstance(target, dict) for target in targets):
        raise ConfigError(f"{path}: {name_of(line)}: targets: expected a list of objects")
    for target in targets:
        yield {**target, "sentence_normalized": line["sentence_normalized"]}
