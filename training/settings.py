"""Settings of a training run, read from YAML; unknown keys are errors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from quotes.errors import ConfigError
from quotes.tag.encode import InputFormat


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Corpus(_Settings):
    """A corpus to learn from or to be measured on.

    Attributes:
        kind: `newsmtsc`, `statements`, `pairs` or `written`.
        path: Its file or folder.
        articles: For `statements` and `pairs`, the file or folder with the texts.
        split: For `written`, the part to take.
        share: Share of its rows that each epoch takes, drawn anew.
        distil: Whether the teacher's logits are learned from too.
        licence: What its makers let one do with it, for the model card.
    """

    kind: Literal["newsmtsc", "statements", "pairs", "written"]
    path: Path
    articles: Path | None = None
    split: str | None = None
    share: Annotated[float, Field(gt=0, le=1)] = 1.0
    distil: bool = False
    licence: str = "not stated"


class Settings(_Settings):
    """A training run.

    Attributes:
        encoder: Package or folder of the pretrained encoder.
        start: Checkpoint of an earlier run to go on from, in place of the bare encoder.
        teacher: Checkpoint whose logits the corpora marked `distil` are learned from.
        teacher_heads: Its heads that were trained.
        output: Folder for the checkpoint and its record.
        train: Corpora to learn from.
        dev: Corpora for early stopping and temperatures, by name.
        input: Input format.
        epochs: Passes over the corpora.
        batch_size: Rows a step.
        learning_rate: Its peak, reached after the warm-up; linear from there to 0.
        head_learning_rate: The same for the heads.
        warmup: Share of the steps in which the learning rate rises.
        weight_decay: AdamW's.
        dropout: Of the pooled features.
        label_smoothing: Share of probability spread over the other labels.
        frozen_layers: Lowest layers of the encoder that aren't trained; 0 trains the embeddings too.
        temperature: Of the teacher's probabilities.
        soft_weight: Weight of the teacher's probabilities against gold labels where a row has both.
        tone_weight: Weight of tone's loss against stance's.
        patience: Evaluations without a better score after which training stops.
        seed: Of everything that is random.
    """

    encoder: str
    start: Path | None = None
    teacher: Path | None = None
    teacher_heads: tuple[Literal["stance", "tone"], ...] = ("stance", "tone")
    output: Path
    train: tuple[Corpus, ...] = Field(min_length=1)
    dev: dict[str, Corpus] = Field(min_length=1)
    input: dict[str, Any] = Field(default_factory=dict)
    epochs: Annotated[int, Field(ge=1)] = 3
    batch_size: Annotated[int, Field(ge=1)] = 32
    learning_rate: Annotated[float, Field(gt=0)] = 1e-4
    head_learning_rate: Annotated[float, Field(gt=0)] = 1e-3
    warmup: Annotated[float, Field(ge=0, lt=1)] = 0.1
    weight_decay: Annotated[float, Field(ge=0)] = 0.01
    dropout: Annotated[float, Field(ge=0, lt=1)] = 0.1
    label_smoothing: Annotated[float, Field(ge=0, lt=1)] = 0.0
    frozen_layers: Annotated[int, Field(ge=0)] = 0
    temperature: Annotated[float, Field(gt=0)] = 2.0
    soft_weight: Annotated[float, Field(ge=0, le=1)] = 0.5
    tone_weight: Annotated[float, Field(ge=0)] = 1.0
    patience: Annotated[int, Field(ge=1)] = 3
    seed: int = 7

    @property
    def input_format(self) -> InputFormat:
        """The input format.

        Raises:
            ConfigError: If it has a key that is none of its settings.
        """
        try:
            return InputFormat.from_dict(self.input)
        except TypeError as error:
            raise ConfigError(f"input: {error}") from None

    @classmethod
    def load(cls, path: Path) -> Settings:
        """Read settings.

        Raises:
            ConfigError: If the file can't be read or a setting is wrong; the message names both.
        """
        try:
            return cls.model_validate(yaml.safe_load(path.read_text("utf-8")))
        except OSError as error:
            raise ConfigError(f"{path}: can't be read: {error.strerror}") from None
        except yaml.YAMLError as error:
            raise ConfigError(f"{path}: not valid YAML: {' '.join(str(error).split())}") from None
        except ValidationError as error:
            lines = (f"{path}: {'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
            raise ConfigError("\n".join(lines)) from None
