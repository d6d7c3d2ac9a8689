"""Charts as inline SVG, drawn by Vega-Lite when the page is made.

They need no script in the page, print as they are and follow its light and dark colours, which
they name as CSS variables. Each is drawn twice, for wide and for narrow screens, so that its
letters keep their size.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

import vl_convert

from quotes.report.overview import SpeakerRow, Timeline
from quotes.schema import STANCES, TONES

Spec = dict[str, Any]

WIDE, NARROW, LONG = 500, 300, 1100
"""Widths in CSS pixels, axis labels included; the last is for the timeline."""

_VERSION = "v6.1"
_SPEAKERS = 12
TONE_SPEAKERS = 10
_STANCE_ORDER = (*STANCES, "none")
_LABEL = 96  # pixels that a date takes below the axis
_NAMES = {WIDE: 170, NARROW: 110}  # pixels left of the axis
_ELEMENTS = {"svg", "g", "path", "line", "rect", "text"}
_ATTRIBUTES = set(
    "width height viewBox transform d x y x1 x2 y1 y2 dx dy fill fill-opacity stroke stroke-width stroke-dasharray "
    "stroke-opacity opacity font-size font-weight text-anchor".split()
)
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_CONFIG: Spec = {
    "font": "Liberation Sans, Arial, sans-serif",
    "background": None,
    "view": {"stroke": None},
    "axis": {
        "labelColor": "var(--ink)",
        "titleColor": "var(--muted)",
        "labelFontSize": 13,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "gridColor": "var(--line)",
        "domain": False,
        "ticks": False,
    },
}


def speakers_chart(rows: Sequence[SpeakerRow], width: int) -> str:
    """Statements by speaker as bars, stacked by stance where there are any."""
    values = [
        {"speaker": row.speaker.label, "stance": stance, "at": _STANCE_ORDER.index(stance), "count": count}
        for row in rows[:_SPEAKERS]
        for stance, count in row.stances.items()
    ]
    return _svg(
        {
            "data": {"values": values},
            "width": width - _NAMES[width] - 20,
            "height": {"step": 24},
            "mark": {"type": "bar", "height": 16, "stroke": "var(--paper)", "strokeWidth": 1},
            "encoding": {
                "y": _speaker_axis(width),
                "x": _statement_counts(),
                "color": _stance_colours(),
                "order": {"field": "at"},
            },
        }
    )


def tones_chart(rows: Sequence[SpeakerRow], width: int) -> str:
    """Speaker × tone, with the number of statements in each field."""
    values = [
        {"speaker": row.speaker.label, "tone": tone, "count": count, "share": count / row.total}
        for row in rows[:TONE_SPEAKERS]
        for tone, count in row.tones.items()
        if tone in TONES
    ]
    met = [tone for tone in TONES if any(value["tone"] == tone for value in values)]
    x = {
        "field": "tone",
        "type": "nominal",
        "sort": met,
        "axis": {"orient": "top", "title": None, "labelAngle": -50, "labelPadding": 4},
    }
    return _svg(
        {
            "data": {"values": values},
            "width": width - _NAMES[width] - 20,
            "height": {"step": 24},
            "encoding": {"y": _speaker_axis(width), "x": x},
            "layer": [
                {
                    "mark": {"type": "rect", "fill": "var(--scale)", "stroke": "var(--paper)", "strokeWidth": 2},
                    "encoding": {
                        "fillOpacity": {
                            "field": "share",
                            "type": "quantitative",
                            "scale": {"domain": [0, 1], "range": [0.1, 0.6]},
                            "legend": None,
                        }
                    },
                },
                {
                    "mark": {"type": "text", "fill": "var(--ink)", "fontSize": 12},
                    "encoding": {"text": {"field": "count", "type": "quantitative"}},
                },
            ],
        }
    )


def timeline_chart(timeline: Timeline, width: int) -> str:
    """Statements by day, week, month or year."""
    values = [
        {"name": bar.name, "stance": stance, "at": _STANCE_ORDER.index(stance), "count": count}
        for bar in timeline.bars
        for stance, count in (bar.stances or {"none": 0}).items()
    ]
    inner = width - 60
    # Bars are placed by their names, not by time: a month of 28 days is as wide as one of 31.
    names = [bar.name for bar in timeline.bars]
    every = max(1, -(-len(names) * _LABEL // inner))
    return _svg(
        {
            "data": {"values": values},
            "width": inner,
            "height": 180,
            "mark": {"type": "bar", "stroke": "var(--paper)", "strokeWidth": 0.5},
            "encoding": {
                "x": {
                    "field": "name",
                    "type": "ordinal",
                    "sort": names,
                    "scale": {"paddingInner": 0.1, "paddingOuter": 0.1},
                    "axis": {
                        "values": names[::every],
                        "labelAngle": 0,
                        "labelPadding": 8,
                        "title": "week from" if timeline.unit == "week" else timeline.unit,
                    },
                },
                "y": _statement_counts(),
                "color": _stance_colours(),
                "order": {"field": "at"},
            },
        }
    )


def _statement_counts() -> Spec:
    return {"field": "count", "type": "quantitative", "aggregate": "sum", "axis": _counting_axis("statements")}


def _speaker_axis(width: int) -> Spec:
    space = _NAMES[width]
    axis = {"title": None, "labelLimit": space - 14, "labelPadding": 6, "minExtent": space, "maxExtent": space}
    return {"field": "speaker", "type": "nominal", "sort": None, "axis": axis}


def _counting_axis(title: str) -> Spec:
    return {"title": title, "format": "d", "tickMinStep": 1, "tickCount": 5}


def _stance_colours() -> Spec:
    colours = [f"var(--bar-{stance})" for stance in _STANCE_ORDER]
    return {
        "field": "stance",
        "type": "nominal",
        "scale": {"domain": list(_STANCE_ORDER), "range": colours},
        "legend": None,
    }


def _svg(spec: Mapping[str, Any]) -> str:
    drawn = vl_convert.vegalite_to_svg({**spec, "config": _CONFIG}, vl_version=_VERSION, allowed_base_urls=[])
    root = ElementTree.fromstring(drawn)
    width, height = root.get("width", ""), root.get("height", "")
    small = _shapes_alone(root)
    small.set("viewBox", f"0 0 {width} {height}")
    # The page describes the chart in words and gives its numbers as a table.
    small.set("aria-hidden", "true")
    small.set("focusable", "false")
    return ElementTree.tostring(small, encoding="unicode", method="html")


def _shapes_alone(element: ElementTree.Element) -> ElementTree.Element:
    """A copy that keeps what draws: nothing scripted, linked or styled can come through."""
    kept = {name: _rounded(value) for name, value in element.attrib.items() if name in _ATTRIBUTES}
    copy = ElementTree.Element(_bare(element), kept)
    copy.text = element.text if _bare(element) == "text" else None
    copy.extend(_shapes_alone(child) for child in _drawing(element))
    return copy


def _drawing(element: ElementTree.Element) -> Iterable[ElementTree.Element]:
    for child in element:
        empty_group = _bare(child) == "g" and not len(child)
        empty_path = _bare(child) == "path" and child.get("d", "") in {"", "M0,0h0v0h0Z"}
        invisible = child.get("class") == "background" and not child.get("stroke") and not child.get("fill")
        if _bare(child) in _ELEMENTS and not (empty_group or empty_path or invisible):
            yield child


def _bare(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _rounded(value: str) -> str:
    """Vega writes coordinates to fourteen places."""
    return _LONG_NUMBER.sub(lambda number: f"{float(number[0]):.2f}", value)
