"""An evaluation as one HTML page that needs nothing beside it, neither network nor script."""

from __future__ import annotations

import base64
from pathlib import Path

from quotes.evaluate.charts import charts
from quotes.evaluate.evaluation import Evaluation
from quotes.evaluate.sheets import sheets
from quotes.replacing import checked, replacing
from quotes.templates import templates_of


def write_page(evaluation: Evaluation, target: Path) -> None:
    """Write the page.

    Args:
        evaluation: What it shows.
        target: The file to write; it appears, or is replaced, when the page is complete.

    Raises:
        ConfigError: If the package that draws the charts isn't installed.
        QuotesError: If the target is a folder, or lies in one that doesn't exist.
        OSError: If writing fails, e.g. on a full disk.
    """
    path = checked(target)
    page = _render(evaluation)
    with replacing(path) as stream:
        stream.write(page.encode("utf-8", "replace"))


def _render(evaluation: Evaluation) -> str:
    environment = templates_of("quotes.evaluate")
    # As pictures, not inline: drawings that name their parts alike would mix them up in one document,
    # and nothing in a picture can run.
    pictures = [
        (chart.title, chart.text, f"data:image/svg+xml;base64,{base64.b64encode(chart.svg.encode()).decode()}")
        for chart in charts(evaluation)
    ]
    return environment.get_template("page.html").render(
        evaluation=evaluation, sheets=sheets(evaluation), pictures=pictures
    )
