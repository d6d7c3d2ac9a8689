"""The loss over both tasks, for rows that have some of the labels only.

Distillation follows Hinton, Vinyals and Dean (2015), "Distilling the Knowledge in a Neural Network":
cross entropy with the teacher's softened probabilities, scaled by the square of the temperature.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from training.batches import UNLABELLED


def task_loss(
    logits: Tensor, labels: Tensor, teacher: Tensor, *, temperature: float, soft_weight: float, smoothing: float
) -> Tensor:
    """Mean loss of one task over the rows of a batch; a row with neither label nor teacher adds nothing.

    Args:
        logits: `[batch, labels]`.
        labels: Index of the gold label or `UNLABELLED`, `[batch]`.
        teacher: The teacher's logits, not a number where there are none, `[batch, labels]`.
        temperature: Of the softened probabilities.
        soft_weight: Weight of the teacher where a row has a gold label too; alone it counts in full.
        smoothing: Label smoothing of the gold labels.
    """
    gold = labels != UNLABELLED
    soft = ~teacher.isnan().any(dim=1)
    hard_loss = F.cross_entropy(logits, labels, ignore_index=UNLABELLED, reduction="none", label_smoothing=smoothing)
    # Where it is NaN it is left out below, but its gradient would still be NaN.
    aim = F.softmax(torch.where(soft[:, None], teacher, 0.0) / temperature, dim=1)
    soft_loss = F.cross_entropy(logits / temperature, aim, reduction="none") * temperature**2
    weight = soft * (gold * soft_weight + ~gold)
    losses = weight * soft_loss + gold * (1 - weight) * hard_loss
    return losses.sum() / len(labels)
