"""An evaluation as one JSON object."""

from __future__ import annotations

from typing import Any

from quotes.evaluate.bootstrap import LEVEL, Difference, Figure
from quotes.evaluate.counts import HEADS, OUTCOMES, Key
from quotes.evaluate.evaluation import Evaluation
from quotes.evaluate.figures import Totals, calibration, confusion

Tree = dict[str, Any]

_PERCENT_DIGITS, _ERROR_DIGITS, _P_DIGITS = 2, 4, 4


def to_tree(evaluation: Evaluation) -> Tree:
    """An evaluation as an object that JSON can hold.

    Scores are `{"value", "low", "high"}`, in percent but for `ece`, which is from 0 to 1; null where they
    aren't defined. Counts stand beside the scores that are made of them.
    """
    scores: Tree = {}
    for key, figure in evaluation.figures.items():
        _put(scores, key, _figure(key, figure))
    _add_counts(scores, evaluation.totals)
    tree: Tree = {
        "gold": {"format": evaluation.format, "articles": evaluation.articles},
        "predictions": {
            "name": evaluation.predictions,
            "missing": list(evaluation.coverage.missing),
            "failed": list(evaluation.coverage.failed),
            "unknown": list(evaluation.coverage.unknown),
        },
        "intervals": {"level": LEVEL, "resamples": evaluation.resamples, "seed": evaluation.seed},
        "warnings": list(evaluation.warnings),
        "scores": scores,
    }
    if evaluation.other is not None:
        apart: Tree = {}
        for key, difference in evaluation.differences.items():
            _put(apart, key, _figure(key, difference))
        tree["comparison"] = {"with": evaluation.other, "differences": apart}
    return tree


def _put(tree: Tree, key: Key, value: Any) -> None:
    for name in key[:-1]:
        tree = tree.setdefault(name, {})
    tree[key[-1]] = value


def _figure(key: Key, figure: Figure) -> Tree:
    digits = _ERROR_DIGITS if key[-1] == "ece" else _PERCENT_DIGITS
    tree: Tree = {
        name: None if value is None else round(value, digits)
        for name, value in (("value", figure.value), ("low", figure.low), ("high", figure.high))
    }
    if isinstance(figure, Difference):
        tree["p"] = None if figure.p is None else round(figure.p, _P_DIGITS)
    return tree


def _add_counts(scores: Tree, totals: Totals) -> None:
    for row in totals.after("quotes"):
        scores["quotes"][row] |= {side: number(totals, "quotes", row, "all", side) for side in ("gold", "found")}
        for criterion in scores["speakers"][row]:
            scores["speakers"][row][criterion]["n"] = number(totals, "speakers", row, criterion, "pairs")
    for name in ("types", "targets"):
        if name in scores:
            scores[name]["n"] = number(totals, name, "pairs")
    for rule in totals.after("rules"):
        scores["rules"][rule] |= {what: number(totals, "rules", rule, what) for what in (*OUTCOMES, "exact")}
    if totals.after("quotes"):
        scores["missed"] = {what: number(totals, "missed", what) for what in ("in part", "wholly")}
    for head in HEADS:
        if head in scores:
            _add_head(scores[head], totals, head)


def _add_head(scores: Tree, totals: Totals, head: str) -> None:
    cells = confusion(totals, head)[:, :, 0].astype(int)
    scores["n"] = int(cells.sum())
    scores["untagged"] = number(totals, head, "untagged")
    scores["confusion"] = {"labels": list(HEADS[head]), "annotated_by_found": cells.tolist()}
    for label, support in zip(HEADS[head], cells.sum(axis=1), strict=True):
        scores["per_class"][label]["support"] = int(support)
    scores["calibration"] = [
        {"n": int(n), "confidence": round(total / n, _ERROR_DIGITS), "accuracy": round(right / n, _ERROR_DIGITS)}
        for n, right, total in zip(*(sums[:, 0].tolist() for sums in calibration(totals, head)), strict=True)
        if n
    ]


def number(totals: Totals, *key: str) -> int:
    """A count of the articles as they are."""
    return int(totals(*key)[0])
