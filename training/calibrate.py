"""Temperatures that make the heads' probabilities honest.

One number a head, fitted on development data (Guo et al. 2017, "On Calibration of Modern Neural
Networks"): it changes no label, only how sure the model says it is.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from scipy.optimize import minimize_scalar

from quotes.tag.model import TaggerModel
from quotes.tag.predict import predict
from training.batches import UNLABELLED, Item
from training.metrics import LABELS

BOUNDS = (0.25, 8.0)
"""Temperatures tried."""


def fit_temperatures(model: TaggerModel, parts: Sequence[Sequence[Item]]) -> dict[str, float]:
    """The temperature of each head under which the labels of development data are likeliest.

    Args:
        model: A trained tagger.
        parts: Development data; each part has the same weight, however many rows it has.

    Returns:
        Temperatures by head; 1 for a head that no item has a label for.
    """
    outputs = [predict(model, [item.encoded for item in items]) for items in parts]
    temperatures = {}
    for head in LABELS:
        labels = [torch.tensor([getattr(item, head) for item in items]) for items in parts]
        known = [
            (getattr(output, head)[gold != UNLABELLED], gold[gold != UNLABELLED])
            for output, gold in zip(outputs, labels, strict=True)
            if (gold != UNLABELLED).any()
        ]

        def loss(temperature: float, known: list[tuple[torch.Tensor, torch.Tensor]] = known) -> float:
            return sum(F.cross_entropy(logits / temperature, gold).item() for logits, gold in known)

        best = minimize_scalar(loss, bounds=BOUNDS, method="bounded").x if known else 1.0
        temperatures[head] = round(float(best), 4)
    return temperatures
