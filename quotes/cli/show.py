"""`quotes show`: some statements of an annotated file as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli.app import app
from quotes.cli.console import count, errors_as_lines, printable

if TYPE_CHECKING:
    from rich.table import Table


@app.command()
def show(
    file: Annotated[str, typer.Argument(help="JSONL file from quotes extract; - is standard input.")],
    limit: Annotated[int, typer.Option(min=1, help="Most statements shown.")] = 20,
    each: Annotated[int | None, typer.Option(min=1, help="Most statements shown of one article.")] = None,
) -> None:
    """Show some statements of an annotated file as a table.

    Example: `quotes show quotes.jsonl --limit 50 --each 3`
    """
    with errors_as_lines():
        table, total = _statements(file, limit, each)

        from rich.console import Console

        console = Console()
        if not console.is_terminal:
            console.width = 110  # a pipe has no width of its own, and 80 columns cut most statements
        console.print(table)
        typer.echo(total)


def _statements(file: str, limit: int, each: int | None) -> tuple[Table, str]:
    """The first statements of a file, article by article, and a line on how many there are."""
    from rich.box import SIMPLE
    from rich.table import Table
    from rich.text import Text

    from quotes.batch import Tally
    from quotes.export import read_jsonl
    from quotes.schema import ErrorRecord

    table = Table("speaker", "type", "stance", "target", "tone", "statement", box=SIMPLE, expand=True)
    for column, width in zip(table.columns, (3, None, None, 3, None, 6), strict=True):
        column.no_wrap, column.ratio = True, width
    tally = Tally()
    shown = 0
    for record in read_jsonl(file):
        if isinstance(record, ErrorRecord):
            tally.errors += 1
            continue
        tally.articles += 1
        tally.quotes += len(record.quotes)
        some = record.quotes[: min(limit - shown, each or limit)]
        if some:
            table.add_row(Text(printable(record.id), style="bold"))
        for quote in some:
            speaker = "-" if quote.speaker is None else record.speakers[quote.speaker].name
            stance, tone = (tag.label if tag else "-" for tag in (quote.stance, quote.tone))
            cells = (speaker, quote.type, stance, quote.target.text if quote.target else "-", tone, quote.text)
            table.add_row(*(Text(printable(cell), overflow="ellipsis") for cell in cells))
        shown += len(some)
    return table, (
        f"{shown} of {count(tally.quotes, 'statement')} from {count(tally.articles, 'article')}, "
        f"{count(tally.errors, 'error')}"
    )
