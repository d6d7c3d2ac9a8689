"""An evaluation as tables of words and numbers, for the terminal and for the page alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotes.evaluate.bootstrap import Figure
from quotes.evaluate.counts import CRITERIA, HEADS, OUTCOMES, ROWS, Key
from quotes.evaluate.evaluation import Evaluation
from quotes.evaluate.figures import confusion
from quotes.evaluate.tree import number

UNDEFINED = "-"

MEASURES = {
    "exact": "exact",
    "overlap": "overlap",
    "token": "token",
    "end_to_end_by_mention": "end to end, by mention",
    "end_to_end_by_name": "end to end, by name",
}
"""Measures of statements, and what they are called."""

_PRF = ("precision", "recall", "f1")
_PRF_TITLES = ("precision", "recall", "F1")


@dataclass(frozen=True)
class Sheet:
    """A table.

    Attributes:
        title: What it tells.
        columns: Heads of the columns.
        rows: Cells, as many a row as there are columns.
        names: How many columns, from the left, hold names; the others hold numbers.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    names: int = 1


def sheets(evaluation: Evaluation) -> list[Sheet]:
    """The tables of an evaluation, those alone that have something to tell."""
    made = [_comparison(evaluation), _quotes(evaluation), _speakers(evaluation), _parts(evaluation)]
    for head in HEADS:
        made += [_classes(evaluation, head), _confusion(evaluation, head)]
    made.append(_rules(evaluation))
    return [sheet for sheet in made if sheet.rows]


def cell(figure: Figure | None, digits: int = 1) -> str:
    """A score with its interval: `70.2 [66.8, 73.0]`."""
    if figure is None or figure.value is None:
        return UNDEFINED
    if figure.low is None or figure.high is None:
        return f"{figure.value:.{digits}f}"
    return f"{figure.value:.{digits}f} [{figure.low:.{digits}f}, {figure.high:.{digits}f}]"


def _quotes(evaluation: Evaluation) -> Sheet:
    rows = []
    for row in _types(evaluation, "quotes"):
        gold, found = (number(evaluation.totals, "quotes", row, "all", side) for side in ("gold", "found"))
        label = f"{row} ({gold} annotated, {found} found)"
        for measure, title in MEASURES.items():
            if ("quotes", row, measure, "f1") in evaluation.figures:
                rows.append((label, title, *_cells(evaluation, ("quotes", row, measure), _PRF)))
                label = ""
    return Sheet("Statements", ("type", "measure", *_PRF_TITLES), tuple(rows), names=2)


def _speakers(evaluation: Evaluation) -> Sheet:
    rows = []
    for row in _types(evaluation, "speakers"):
        for criterion in CRITERIA:
            key = ("speakers", row, criterion)
            if count := number(evaluation.totals, *key, "pairs"):
                scores = _cells(evaluation, key, ("accuracy", "precision", "coverage"))
                rows.append((f"{row} ({count})", f"by {criterion}", *scores))
    title = "Speakers of matched statements (accuracy; precision of those given; share for which one is given)"
    return Sheet(title, ("type", "told", "accuracy", "precision", "coverage"), tuple(rows), names=2)


def _parts(evaluation: Evaluation) -> Sheet:
    rows = [(role, *_cells(evaluation, ("roles", role), _PRF)) for role in evaluation.totals.after("roles")]
    for name in ("types", "targets"):
        if number(evaluation.totals, name, "pairs"):
            accuracy = cell(evaluation.figures.get((name, "accuracy")))
            rows.append((f"{name[:-1]} of matched statements (accuracy)", "", "", accuracy))
    return Sheet("Spans of each part, start and end the same", ("part", *_PRF_TITLES), tuple(rows))


def _classes(evaluation: Evaluation, head: str) -> Sheet:
    if (head, "accuracy") not in evaluation.figures:
        return Sheet("", (), ())
    cells = confusion(evaluation.totals, head)[:, :, 0]
    rows = [
        (label, f"{support:.0f}", *_cells(evaluation, (head, "per_class", label), _PRF))
        for label, support, given in zip(HEADS[head], cells.sum(axis=1), cells.sum(axis=0), strict=True)
        if support or given
    ]
    total = f"{cells.sum():.0f}"
    rows.append(("macro-F1", total, "", "", cell(evaluation.figures[head, "macro_f1"])))
    rows.append(("accuracy", total, "", "", cell(evaluation.figures[head, "accuracy"])))
    rows.append(("calibration error, 0 to 1", total, "", "", cell(evaluation.figures[head, "ece"], 3)))
    of = "towards given targets" if evaluation.format == "newsmtsc" else "of matched statements"
    return Sheet(f"{head.capitalize()} {of}", (head, "annotated", *_PRF_TITLES), tuple(rows))


def _confusion(evaluation: Evaluation, head: str) -> Sheet:
    """Rows are annotated labels, columns those found; labels that never occur are left out."""
    cells = confusion(evaluation.totals, head)[:, :, 0].astype(int)
    used = [at for at in range(len(cells)) if cells[at].any() or cells[:, at].any()]
    labels = HEADS[head]
    rows = tuple((labels[gold], *(str(cells[gold, found]) for found in used)) for gold in used)
    title = f"{head.capitalize()}: annotated (rows) against found (columns)"
    return Sheet(title, (head, *(labels[found] for found in used)), rows)


def _rules(evaluation: Evaluation) -> Sheet:
    """Most errors first."""
    totals = evaluation.totals
    counts = {rule: [number(totals, "rules", rule, outcome) for outcome in OUTCOMES] for rule in totals.after("rules")}
    rows = [
        (rule, *map(str, own), cell(evaluation.figures["rules", rule, "precision"]))
        for rule, own in sorted(counts.items(), key=lambda item: (sum(item[1][1:]), sum(item[1])), reverse=True)
    ]
    partly, wholly = (number(totals, "missed", what) for what in ("in part", "wholly"))
    title = f"Statements found, by rule ({partly + wholly} annotated ones missed, {partly} of them found in part)"
    return Sheet(title, ("rule", *OUTCOMES, "right, percent"), tuple(rows))


def _comparison(evaluation: Evaluation) -> Sheet:
    rows = tuple(
        (
            _title(key),
            cell(evaluation.figures.get(key), _digits(key)),
            cell(difference, _digits(key)),
            UNDEFINED if difference.p is None else f"{difference.p:.3f}",
        )
        for key, difference in evaluation.differences.items()
        if _is_compared(key) and difference.value is not None
    )
    title = (
        f"Scores less those of {evaluation.other}; p by approximate randomisation over articles, "
        "not corrected for the number of scores"
    )
    return Sheet(title, ("score", evaluation.predictions, "difference", "p"), rows)


def _is_compared(key: Key) -> bool:
    """The scores that a reader looks at first; the JSON form has all."""
    if key[0] in ("quotes", "roles"):
        return key[-1] == "f1"
    return key[0] in ("types", "targets") or key[:2] == ("speakers", "all") or (key[0] in HEADS and len(key) == 2)


def _title(key: Key) -> str:
    """E.g. `quotes, direct: overlap, f1`."""
    names = [MEASURES.get(name, name).replace("_", " ") for name in key]
    head = 2 if key[0] in ("quotes", "speakers", "roles") else 1
    return f"{', '.join(names[:head])}: {', '.join(names[head:])}"


def _digits(key: Key) -> int:
    return 3 if key[-1] == "ece" else 1


def _cells(evaluation: Evaluation, key: Key, scores: Sequence[str]) -> Iterator[str]:
    return (cell(evaluation.figures.get((*key, score))) for score in scores)


def _types(evaluation: Evaluation, name: str) -> Iterator[str]:
    """Types of statements that there are any of, all of them first."""
    for row in ROWS:
        sides = (number(evaluation.totals, "quotes", row, "all", side) for side in ("gold", "found"))
        if any(sides) and any(key[:2] == (name, row) for key in evaluation.figures):
            yield row
