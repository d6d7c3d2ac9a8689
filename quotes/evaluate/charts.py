"""Charts of an evaluation, drawn as SVG by Vega-Lite when the page is made.

Whatever is written in them goes to Vega-Lite as data, never as an expression, and comes out escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quotes.errors import ConfigError
from quotes.evaluate.counts import HEADS, OUTCOMES, ROWS
from quotes.evaluate.evaluation import Evaluation
from quotes.evaluate.figures import calibration, confusion
from quotes.evaluate.sheets import MEASURES
from quotes.evaluate.tree import number

Spec = dict[str, Any]

_VERSION = "v6.1"
_WIDTH = 460
_SQUARE = 300
_NAMES = 190
"""Pixels left of the axis that has the rules' names."""
_RULES = 20
"""Rules that are drawn; the table has all."""

_COLOURS = ("#0072b2", "#e69f00", "#cc79a7", "#999999", "#56b4e9")
"""Okabe and Ito's, which the colour-blind tell apart."""

_CONFIG: Spec = {
    "background": "#ffffff",
    "font": "Liberation Sans, Arial, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelLimit": 220,
        "titlePadding": 14,
    },
    # Wide gaps: the reader's font may be wider than the one that was measured.
    "legend": {"labelFontSize": 12, "orient": "bottom", "title": None, "columns": 2, "columnPadding": 50},
    "padding": 10,
}


@dataclass(frozen=True)
class Chart:
    """A chart.

    Attributes:
        title: What it tells.
        text: How to read it, for those who don't see it as well.
        svg: The drawing.
    """

    title: str
    text: str
    svg: str


def charts(evaluation: Evaluation) -> list[Chart]:
    """The charts of an evaluation, those alone that have something to show.

    Raises:
        ConfigError: If the package that draws isn't installed.
    """
    made: list[Chart | None] = [_types(evaluation)]
    for head in HEADS:
        if (head, "accuracy") in evaluation.figures:
            made += [_matrix(evaluation, head), _curve(evaluation, head)]
    made.append(_rules(evaluation))
    return [chart for chart in made if chart is not None]


def _types(evaluation: Evaluation) -> Chart | None:
    values = [
        {"type": row, "measure": title, "f1": figure.value, "low": figure.low, "high": figure.high}
        for row in ROWS
        for measure, title in MEASURES.items()
        if (figure := evaluation.figures.get(("quotes", row, measure, "f1"))) and figure.value is not None
    ]
    if not values:
        return None
    x = {"field": "type", "type": "nominal", "sort": list(ROWS), "axis": {"title": None, "labelAngle": 0}}
    shown = [title for title in MEASURES.values() if any(value["measure"] == title for value in values)]
    offset = {"field": "measure", "sort": shown}
    ends = {"y": {"field": "low", "type": "quantitative", "title": "F1, percent"}, "y2": {"field": "high"}}
    bars = {
        "mark": "bar",
        "encoding": {
            "x": x,
            "xOffset": offset,
            "y": {"field": "f1", "type": "quantitative", "title": "F1, percent", "scale": {"domain": [0, 100]}},
            "color": _colour("measure", shown),
        },
    }
    lines = {"mark": {"type": "rule", "color": "#222222"}, "encoding": {"x": x, "xOffset": offset, **ends}}
    spec = {"width": _WIDTH, "height": 260, "layer": [bars, lines]}
    text = "F1 of statements by type and measure; the lines are 95 % intervals. The table Statements has the numbers."
    return Chart("F1 by type of statement", text, _svg(spec, values))


def _matrix(evaluation: Evaluation, head: str) -> Chart:
    cells = confusion(evaluation.totals, head)[:, :, 0]
    used = [at for at in range(len(cells)) if cells[at].any() or cells[:, at].any()]
    labels = [HEADS[head][at] for at in used]
    values = [
        {
            "annotated": HEADS[head][gold],
            "found": HEADS[head][found],
            "count": int(cells[gold, found]),
            "share": cells[gold, found] / cells[gold].sum() if cells[gold].any() else 0,
        }
        for gold in used
        for found in used
    ]
    axes = {
        "x": {"field": "found", "type": "nominal", "sort": labels, "axis": {"labelAngle": -40}},
        "y": {"field": "annotated", "type": "nominal", "sort": labels},
    }
    shade = {"field": "share", "type": "quantitative", "scale": {"scheme": "blues", "domain": [0, 1]}, "legend": None}
    ink = {"condition": {"test": "datum.share > 0.5", "value": "white"}, "value": "#222222"}
    spec = {
        "width": _SQUARE,
        "height": _SQUARE,
        "encoding": axes,
        "layer": [
            {"mark": "rect", "encoding": {"color": shade}},
            {"mark": "text", "encoding": {"text": {"field": "count", "type": "quantitative"}, "color": ink}},
        ],
    }
    text = f"Statements by annotated {head} (rows) and {head} found (columns); darker is a larger share of the row."
    return Chart(f"{head.capitalize()}: confusion matrix", text, _svg(spec, values))


def _curve(evaluation: Evaluation, head: str) -> Chart:
    bins = zip(*(sums[:, 0].tolist() for sums in calibration(evaluation.totals, head)), strict=True)
    values = [{"confidence": total / n, "accuracy": right / n, "n": n} for n, right, total in bins if n]
    share = {"type": "quantitative", "scale": {"domain": [0, 1]}, "axis": {"tickCount": 5}}
    axes = {"x": {"field": "confidence", **share}, "y": {"field": "accuracy", **share}}
    size = {"field": "n", "type": "quantitative", "legend": None, "scale": {"range": [20, 400]}}
    spec = {
        "width": _SQUARE,
        "height": _SQUARE,
        "layer": [
            {
                "data": {"values": [{"confidence": end, "accuracy": end} for end in (0, 1)]},
                "mark": {"type": "line", "color": "#999999", "strokeDash": [4, 4]},
                "encoding": axes,
            },
            {"mark": {"type": "line", "color": _COLOURS[0]}, "encoding": axes},
            {"mark": {"type": "circle", "color": _COLOURS[0], "opacity": 0.8}, "encoding": {**axes, "size": size}},
        ],
    }
    text = "Share of right labels against confidence, in bins of equal width; on the dashed line confidence is honest."
    return Chart(f"{head.capitalize()}: calibration", text, _svg(spec, values))


def _rules(evaluation: Evaluation) -> Chart | None:
    totals = evaluation.totals
    counts = {rule: {what: number(totals, "rules", rule, what) for what in OUTCOMES} for rule in totals.after("rules")}
    most = sorted(counts, key=lambda rule: sum(counts[rule].values()), reverse=True)[:_RULES]
    if not most:
        return None
    values = [
        {"rule": rule, "outcome": outcome, "order": at, "share": counts[rule][outcome] / sum(counts[rule].values())}
        for rule in most
        for at, outcome in enumerate(OUTCOMES)
    ]
    share = {
        "field": "share",
        "type": "quantitative",
        "stack": "zero",
        "title": "share",
        "axis": {"format": "%", "tickCount": 5},
    }
    spec = {
        "width": _WIDTH,
        "height": {"step": 18},
        "mark": "bar",
        "encoding": {
            "y": {"field": "rule", "type": "nominal", "sort": most, "title": None, "axis": {"minExtent": _NAMES}},
            "x": share,
            "color": _colour("outcome", OUTCOMES),
            "order": {"field": "order"},
        },
    }
    text = "What became of the statements found by each rule, the busiest first. The table has the numbers."
    return Chart("Statements found, by rule", text, _svg(spec, values))


def _colour(field: str, domain: Iterable[str]) -> Spec:
    return {"field": field, "type": "nominal", "scale": {"domain": list(domain), "range": list(_COLOURS)}}


def _svg(spec: Spec, values: Sequence[Mapping[str, Any]]) -> str:
    try:
        import vl_convert
    except ImportError:
        raise ConfigError("charts need the package 'vl-convert-python': install quotes[evaluate]") from None
    whole = {**spec, "data": {"values": list(values)}, "config": _CONFIG}
    drawn: str = vl_convert.vegalite_to_svg(whole, vl_version=_VERSION, allowed_base_urls=[])
    return drawn
