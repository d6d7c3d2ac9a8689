"""A trained model as teacher: its logits on a student's training rows."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

from quotes.tag.checkpoint import load_checkpoint
from quotes.tag.files import WEIGHTS, sha256
from quotes.tag.hardware import place
from quotes.tag.predict import predict
from training.batches import Item, ItemReader


class Teacher:
    """Labels rows with logits, and keeps them on disk: on a processor that takes a while.

    Args:
        folder: The teacher's checkpoint.
        heads: Its heads that were trained, `stance`, `tone` or both.
        cache: Folder for the logits.

    Raises:
        ConfigError: If the checkpoint can't be loaded.
    """

    def __init__(self, folder: Path, heads: Sequence[str], cache: Path) -> None:
        model, encoder = load_checkpoint(folder)
        self._model = place(model)
        self._read = ItemReader(encoder)
        self._weights = sha256(folder / WEIGHTS)
        self._heads = heads
        self._cache = cache

    def teach(self, items: Sequence[Item], rows: Sequence[dict[str, Any]]) -> list[Item]:
        """A student's items with the teacher's logits.

        Args:
            items: The rows, encoded for the student.
            rows: The same in the form of `training.rows.FEATURES`.
        """
        inputs = [self._read(row).encoded for row in rows]
        digest = hashlib.sha256(self._weights.encode())
        for encoded in inputs:
            digest.update(repr(encoded).encode())
        path = self._cache / f"teacher-{digest.hexdigest()[:16]}.safetensors"
        if not path.is_file():
            self._cache.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(".part")
            save_file(
                {head: logits.contiguous() for head, logits in predict(self._model, inputs)._asdict().items()}, part
            )
            part.rename(path)
        logits: dict[str, torch.Tensor] = {head: load_file(path)[head] for head in self._heads}
        return [
            replace(item, stance_logits=_row(logits, "stance", at), tone_logits=_row(logits, "tone", at))
            for at, item in enumerate(items)
        ]


def _row(logits: dict[str, torch.Tensor], head: str, at: int) -> list[float] | None:
    """One row of a head that teaches."""
    return list(map(float, logits[head][at])) if head in logits else None
