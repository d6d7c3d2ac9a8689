"""`quotes evaluate`: how good predictions are, on annotated articles."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli.app import app
from quotes.cli.console import SOME_FAILED, count, errors_as_lines, load_options, printable
from quotes.errors import QuotesError

if TYPE_CHECKING:
    from quotes.config import Options
    from quotes.evaluate import Evaluation, Gold
    from quotes.schema import AnnotatedArticle, ErrorRecord

PLAIN_WIDTH = 160
"""Width of a table that isn't printed to a terminal, in characters."""


@app.command()
def evaluate(
    gold: Annotated[
        Path,
        typer.Option(
            exists=True,
            help="Annotated articles: a JSONL file or folder of records, PolNeAR (brat's folders or JSONL), NewsMTSC.",
            show_default=False,
        ),
    ],
    pred: Annotated[
        str | None,
        typer.Option(help="JSONL file from quotes extract; without it the gold's texts are annotated now."),
    ] = None,
    compare: Annotated[
        str | None, typer.Option(help="Another JSONL file for the same gold, to compare with.", show_default=False)
    ] = None,
    config: Annotated[
        Path | None, typer.Option(help="YAML file with options for annotating.", show_default=False)
    ] = None,
    tags: Annotated[
        bool | None,
        typer.Option("--tags/--no-tags", help="Tag target, stance and tone, or not.", show_default=False),
    ] = None,
    tagger: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, help="Folder of a trained tagger.", show_default=False),
    ] = None,
    resamples: Annotated[int, typer.Option(min=0, max=1_000_000, help="Draws of articles for intervals.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="What the draws start from.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
    html: Annotated[Path | None, typer.Option(help="HTML file to write, with charts.", show_default=False)] = None,
) -> None:
    """Score predictions on annotated articles, with 95 % intervals.

    Example: `quotes evaluate --gold data/gold/records.jsonl --pred quotes.jsonl --compare before.jsonl`

    Exit status:

    - 0: scored.
    - 1: scored, but for some annotated articles there was no prediction.
    - 2: wrong usage or configuration, or files that can't be read or don't fit each other.
    """
    with errors_as_lines():
        options = load_options(config, tags=tags, tagger=tagger)
        evaluation = _evaluate(gold, pred, compare, options, resamples=resamples, seed=seed)
        for warning in evaluation.warnings:
            typer.echo(f"warning: {printable(warning)}", err=True)
        if html is not None:
            from quotes.evaluate.page import write_page

            write_page(evaluation, html)
        if as_json:
            from quotes.evaluate import to_tree

            typer.echo(json.dumps(to_tree(evaluation), ensure_ascii=False, indent=2))
        else:
            _print(evaluation)
    if evaluation.coverage.missing or evaluation.coverage.failed:
        raise typer.Exit(SOME_FAILED)


def _evaluate(
    path: Path, pred: str | None, compare: str | None, options: Options, *, resamples: int, seed: int
) -> Evaluation:
    from quotes.evaluate import Named, Opinions, evaluate, evaluate_opinions, read_gold
    from quotes.export import read_jsonl

    gold = read_gold(path)
    if isinstance(gold, Opinions):
        if pred is not None or compare is not None:
            raise QuotesError(
                f"{path}: holds sentences with given targets, on which the tagger is scored by itself; "
                "leave out --pred and --compare, and name a tagger with --tagger"
            )
        return evaluate_opinions(gold, options, resamples=resamples, seed=seed)
    found = Named("the pipeline", _annotated(gold, options)) if pred is None else Named(pred, read_jsonl(pred))
    other = None if compare is None else Named(compare, read_jsonl(compare))
    return evaluate(gold, found, other, resamples=resamples, seed=seed)


def _annotated(gold: Gold, options: Options) -> Iterator[AnnotatedArticle | ErrorRecord]:
    from rich.console import Console
    from rich.progress import track

    from quotes.evaluate.predictions import annotate_gold

    return iter(
        track(
            annotate_gold(gold, options),
            description="annotating",
            total=len(gold.articles),
            console=Console(stderr=True),
            transient=True,
            disable=not sys.stderr.isatty(),
        )
    )


def _print(evaluation: Evaluation) -> None:
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from quotes.evaluate.sheets import sheets

    console = Console()
    if not console.is_terminal:
        console = Console(width=PLAIN_WIDTH, color_system=None)
    for sheet in sheets(evaluation):
        console.print(Text(printable(sheet.title), style="bold"))  # a table's own title is broken at its width
        table = Table(box=SIMPLE, pad_edge=False)
        for at, column in enumerate(sheet.columns):
            table.add_column(Text(printable(column)), justify="left" if at < sheet.names else "right")
        for row in sheet.rows:
            table.add_row(*(Text(printable(cell)) for cell in row))
        console.print(table)
    typer.echo(
        f"{printable(evaluation.predictions)} on {count(evaluation.articles, 'article')} ({evaluation.format}); "
        f"percent; 95 % intervals from {count(evaluation.resamples, 'resample')} of articles, seed {evaluation.seed}"
    )
