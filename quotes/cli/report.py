"""`quotes report`: an annotated file as a page to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotes.cli.app import app
from quotes.cli.console import count, errors_as_lines, printable


@app.command()
def report(
    file: Annotated[str, typer.Argument(help="JSONL file from quotes extract; - is standard input.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="HTML file to write.", dir_okay=False)] = Path(
        "report.html"
    ),
    title: Annotated[str, typer.Option(help="Heading of the page.")] = "Who said what",
) -> None:
    """Write an annotated file as one HTML page: overview, articles, filters.

    The page holds all it needs and can be opened from disk, sent by mail and printed.

    Example: `quotes report quotes.jsonl -o report.html`

    Exit status:

    - 0: the page is written; articles that could not be annotated are listed at its end.
    - 2: the file can't be read or has a line that isn't a record; nothing is written.
    """
    from quotes.export import read_jsonl
    from quotes.report import write_report

    with errors_as_lines():
        figures = write_report(read_jsonl(file), output, title=title)
        typer.echo(
            f"{printable(str(output))}: {count(figures.statements, 'statement')} in "
            f"{count(figures.articles, 'article')}, {count(figures.errors, 'error')}"
        )
