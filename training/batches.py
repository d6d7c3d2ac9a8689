"""Rows of the corpora as model input, in batches of like length."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from quotes.schema import STANCES, TONES
from quotes.tag.encode import Encoded, Encoder, Tokens
from quotes.tag.model import collate

UNLABELLED = -100


@dataclass(frozen=True)
class Item:
    """One row, encoded.

    Attributes:
        encoded: Model input.
        stance: Index of the stance label, `UNLABELLED` where there is none.
        tone: Index of the tone label likewise.
        stance_logits: A teacher's logits.
        tone_logits: A teacher's logits.
    """

    encoded: Encoded
    stance: int = UNLABELLED
    tone: int = UNLABELLED
    stance_logits: list[float] | None = None
    tone_logits: list[float] | None = None


@dataclass
class ItemReader:
    """Encodes rows; the texts of articles are split into tokens once for all their rows."""

    encoder: Encoder
    _last: tuple[str, Tokens] | None = field(default=None, init=False)

    def __call__(self, row: dict[str, Any]) -> Item:
        """Encode a row in the form of `training.rows.FEATURES`."""
        if self._last is None or self._last[0] != row["text"]:
            self._last = row["text"], self.encoder.tokens(row["text"])
        target = tuple(row["target"]) if row["target"] else None
        encoded = self.encoder.encode(self._last[1], [(start, end) for start, end in row["spans"] or ()], target)
        return Item(
            encoded,
            STANCES.index(row["stance"]) if row["stance"] else UNLABELLED,
            TONES.index(row["tone"]) if row["tone"] else UNLABELLED,
        )


def batches(items: Sequence[Item], size: int, seed: int) -> Iterator[list[Item]]:
    """Batches in random order, each of items of about the same length, so that little is padding.

    Args:
        items: What to batch.
        size: Items a batch.
        seed: The same seed gives the same batches.
    """
    dice = random.Random(seed)
    order = list(items)
    dice.shuffle(order)
    pool = size * 50
    groups = []
    for at in range(0, len(order), pool):
        near = sorted(order[at : at + pool], key=lambda item: len(item.encoded.ids))
        groups += [near[start : start + size] for start in range(0, len(near), size)]
    dice.shuffle(groups)
    yield from groups


def tensors(batch: Sequence[Item], pad: int) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """Inputs for the model, and the labels: `stance`, `tone` and the teacher's logits, not a number where absent."""
    labels = {
        "stance": torch.tensor([item.stance for item in batch]),
        "tone": torch.tensor([item.tone for item in batch]),
        "stance_logits": torch.tensor([item.stance_logits or [float("nan")] * len(STANCES) for item in batch]),
        "tone_logits": torch.tensor([item.tone_logits or [float("nan")] * len(TONES) for item in batch]),
    }
    return collate([item.encoded for item in batch], pad), labels
