"""Expected calibration error: how far confidence is from accuracy."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

BINS = 15
"""Bins of equal width that confidences are sorted into, as in Guo et al. (2017)."""


def bin_of(confidence: float) -> int:
    """The bin of a confidence, 0 to `BINS - 1`; a confidence of 1 is in the last."""
    return min(int(confidence * BINS), BINS - 1)


def calibration_error(probabilities: NDArray[np.floating], labels: NDArray[np.integer]) -> float:
    """Expected calibration error over 15 bins of equal width.

    Guo et al. 2017, "On Calibration of Modern Neural Networks".

    Args:
        probabilities: `[rows, labels]`.
        labels: Index of the right label a row.

    Returns:
        Mean distance of confidence from accuracy, 0 to 1.
    """
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    rows, correct, total = (np.bincount(bins, weights, BINS) for weights in (np.ones(len(bins)), right, confidence))
    return float(expected_error(rows, correct, total))


def expected_error(rows: NDArray[Any], right: NDArray[Any], confidence: NDArray[Any]) -> NDArray[np.float64]:
    """Expected calibration error from sums by bin.

    Args:
        rows: `[bins, …]`: rows in each bin.
        right: Those of them that are right.
        confidence: Sum of their confidences.

    Returns:
        The error, of the shape of what follows the bins; not a number where there is no row.
    """
    total = rows.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.abs(right - confidence).sum(axis=0) / total, dtype=np.float64)
