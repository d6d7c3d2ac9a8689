"""Run the model over many statements: in batches of like length, always to the same numbers.

A statement's scores must not depend on what else is in its batch, or the records would depend on
how articles were shared out. Matrix products differ in the last bits with the padded length, so
each input has a padded length of its own, the next multiple of `STEP`, and a batch only holds
inputs that share it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import torch
from torch import Tensor

from quotes.tag.encode import Encoded
from quotes.tag.hardware import has_fast_bf16
from quotes.tag.model import TaggerModel, collate

STEP = 8
"""Lengths are padded to multiples of it, in tokens."""

BATCH_TOKENS = 4096
"""Size of a batch, padding included: large enough to keep the processor busy, small enough for its cache."""


class Logits(NamedTuple):
    """Scores before softmax, in 32 bits on the processor, one row an input.

    Attributes:
        stance: `[inputs, 3]`.
        tone: `[inputs, 9]`.
    """

    stance: Tensor
    tone: Tensor


def predict(model: TaggerModel, inputs: Sequence[Encoded]) -> Logits:
    """Logits of some statements, in their order.

    Args:
        model: The tagger; it is put into evaluation mode.
        inputs: Encoded statements.
    """
    model.eval()
    stance = torch.zeros(len(inputs), len(model.config.stances))
    tone = torch.zeros(len(inputs), len(model.config.tones))
    device = model.device
    mixed = model.dtype == torch.float32 and has_fast_bf16(device)
    with torch.inference_mode(), torch.autocast(device.type, torch.bfloat16, enabled=mixed):
        for length, rows in _batches(inputs):
            batch = collate([inputs[row] for row in rows], model.config.pad_token_id, length)
            outputs = model(**{name: value.to(device) for name, value in batch.items()})
            stance[rows], tone[rows] = (logits.float().cpu() for logits in outputs)
    return Logits(stance, tone)


def padded_length(encoded: Encoded) -> int:
    """Length of an input with its padding, in tokens."""
    return -(-len(encoded.ids) // STEP) * STEP


def _batches(inputs: Sequence[Encoded]) -> Iterator[tuple[int, list[int]]]:
    """Padded lengths with the rows of a batch."""
    lengths = [padded_length(encoded) for encoded in inputs]
    for length, group in groupby(sorted(range(len(inputs)), key=lengths.__getitem__), lengths.__getitem__):
        rows = list(group)
        size = max(1, BATCH_TOKENS // length)
        for start in range(0, len(rows), size):
            yield length, rows[start : start + size]
