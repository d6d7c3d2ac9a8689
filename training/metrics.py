"""Scores of the two heads: macro-F1, accuracy and expected calibration error."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from sklearn.metrics import accuracy_score, f1_score

from quotes.evaluate.calibration import calibration_error
from quotes.schema import STANCES, TONES
from quotes.tag.model import TaggerModel
from quotes.tag.predict import predict
from training.batches import UNLABELLED, Item

LABELS: dict[str, Sequence[str]] = {"stance": STANCES, "tone": TONES}


def score(probabilities: np.ndarray, gold: np.ndarray, labels: Sequence[str]) -> dict[str, Any]:
    """Scores of one head.

    Args:
        probabilities: `[rows, labels]`.
        gold: Index of the right label a row.
        labels: Their names.

    Returns:
        `macro_f1` and `accuracy` in percent, `ece` from 0 to 1, `per_class` F1 in percent and `n`.
        Labels that occur neither in gold nor among the predictions don't count.
    """
    found = probabilities.argmax(axis=1)
    present = sorted(set(gold.tolist()) | set(found.tolist()))
    each = f1_score(gold, found, labels=present, average=None, zero_division=0) * 100
    return {
        "macro_f1": round(float(each.mean()), 2),
        "accuracy": round(float(accuracy_score(gold, found)) * 100, 2),
        "ece": round(calibration_error(probabilities, gold), 4),
        "per_class": {labels[at]: round(float(value), 2) for at, value in zip(present, each, strict=True)},
        "n": len(gold),
    }


def score_items(model: TaggerModel, items: Sequence[Item]) -> dict[str, dict[str, Any]]:
    """Scores of each head for which the items have labels."""
    outputs = predict(model, [item.encoded for item in items])
    scores = {}
    for head, labels in LABELS.items():
        gold = np.array([getattr(item, head) for item in items])
        rows = gold != UNLABELLED
        if rows.any():
            logits = getattr(outputs, head)[torch.from_numpy(rows)] / model.config.temperatures[head]
            scores[head] = score(logits.softmax(dim=1).numpy(), gold[rows], labels)
    return scores
