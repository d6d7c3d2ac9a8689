"""The folder of a trained tagger: `model.safetensors`, `config.json`, `tokenizer.json` and the training record.

Nothing in it is code, and nothing is read over the network.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from tokenizers import Tokenizer

from quotes.errors import ConfigError
from quotes.tag.encode import Encoder, InputFormat
from quotes.tag.files import CONFIG, RECORD, SHIPPED, TOKENIZER, WEIGHTS, sha256
from quotes.tag.model import TaggerModel, load_model


class Checkpoint(NamedTuple):
    """A model and the encoder of its inputs."""

    model: TaggerModel
    encoder: Encoder


def load_checkpoint(folder: Path | None = None) -> Checkpoint:
    """Load a tagger.

    Args:
        folder: The checkpoint; None takes the one that comes with the package.

    Returns:
        The model, in evaluation mode with 32-bit weights on the processor, and its encoder.

    Raises:
        ConfigError: If the folder lacks a file, or one of them isn't what was trained.
    """
    folder = folder or SHIPPED
    _check_files(folder)
    try:
        model = load_model(folder)
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        encoder = Encoder(tokenizer, InputFormat.from_dict(model.config.input_format))
    except Exception as error:  # each library has errors of its own for what a file can be
        raise ConfigError(f"{folder}: can't be loaded as a tagger: {' '.join(str(error).split())}") from error
    return Checkpoint(model, encoder)


def _check_files(folder: Path) -> None:
    for name in (WEIGHTS, CONFIG, TOKENIZER):
        if not (folder / name).is_file():
            raise ConfigError(f"{folder}: no tagger is there ({name} is missing); name the folder of a trained one")
    try:
        known = json.loads((folder / RECORD).read_text("utf-8")).get("weights_sha256")
    except OSError:
        return  # a checkpoint without a record, such as one in the middle of its training
    except (ValueError, AttributeError):
        raise ConfigError(f"{folder / RECORD}: isn't a training record; copy the folder anew") from None
    if known is not None and known != sha256(folder / WEIGHTS):
        raise ConfigError(
            f"{folder / WEIGHTS}: isn't the file that was trained ({RECORD} has another hash); copy it anew"
        )
