"""`quotes validate` and `quotes schema`: what a record has to be."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from quotes.cli.app import app
from quotes.cli.console import SOME_FAILED, complain, count, errors_as_lines
from quotes.errors import ArticleError


@app.command()
def validate(
    file: Annotated[str, typer.Argument(help="JSONL file from quotes extract; - is standard input.")],
) -> None:
    """Check every line of an annotated file against the schema and the promise of its offsets.

    Example: `quotes validate quotes.jsonl`

    Exit status:

    - 0: every line holds.
    - 1: some don't; each is named by its number.
    - 2: the file can't be read.
    """
    from quotes.export import check_jsonl

    right, wrong = 0, 0
    with errors_as_lines():
        for checked in check_jsonl(file):
            if isinstance(checked, ArticleError):
                wrong += 1
                complain(str(checked))
            else:
                right += 1
        typer.echo(f"{file}: {count(right + wrong, 'record')}, {wrong} wrong")
    if wrong:
        raise typer.Exit(SOME_FAILED)


@app.command()
def schema() -> None:
    """Print the JSON Schema of one line of output.

    Example: `quotes schema > quotes.schema.json`
    """
    from quotes.schema import json_schema

    with errors_as_lines():
        typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
