"""`quotes export`: an annotated file in the formats of other tools."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from quotes.cli.app import app
from quotes.cli.console import count, errors_as_lines
from quotes.errors import QuotesError
from quotes.export.formats import Format


@app.command()
def export(
    file: Annotated[str, typer.Argument(help="JSONL file from quotes extract; - is standard input.")],
    format: Annotated[Format, typer.Option("-f", "--format", help="What to write.", show_default=False)],
    output: Annotated[
        str, typer.Option("-o", "--output", help="File to write; .gz compresses; - is standard output.")
    ] = "-",
    config_out: Annotated[
        Path | None,
        typer.Option(
            dir_okay=False,
            help="With label-studio: file to write the labelling configuration to.",
            show_default=False,
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print errors only.")] = False,
) -> None:
    """Write annotated articles in the format of another tool.

    Example: `quotes export quotes.jsonl --format parquet -o statements.parquet`

    - flat: JSONL, one statement a line, for pandas and datasets.
    - parquet, csv: the same columns; csv is safe to open in a spreadsheet.
    - label-studio: tasks to correct by hand; `quotes import label-studio` reads them back.
    - prodigy: JSONL of spans and relations.
    - spacy: a DocBin whose docs have the span groups "quotes" and "sc".
    - w3c: Web Annotations as JSON-LD.

    Articles that could not be annotated are left out and counted.

    Exit status:

    - 0: the file is written.
    - 2: the annotated file can't be read or has a line that isn't a record; nothing is written.
    """
    from quotes.export import read_jsonl
    from quotes.export.formats import export

    with errors_as_lines():
        if config_out is not None and format is not Format.LABEL_STUDIO:
            raise QuotesError("--config-out goes with --format label-studio only; leave it out")
        with _without_torch():
            exported = export(read_jsonl(file), format, output)
        if config_out is not None:
            _write_config(config_out)
        if not quiet:
            typer.echo(
                f"{count(exported.articles, 'article')}, {count(exported.statements, 'statement')}, "
                f"{count(exported.left_out, 'error record')} left out",
                err=True,
            )
            if format is Format.LABEL_STUDIO and config_out is None:
                typer.echo("for the labelling configuration of the project add --config-out label-studio.xml", err=True)


def _write_config(path: Path) -> None:
    from quotes.export.label_studio import labelling_config
    from quotes.export.target import opened

    with opened(path) as stream:
        stream.write(labelling_config().encode())


@contextmanager
def _without_torch() -> Iterator[None]:
    """Where torch is installed, spaCy's thinc imports it, which takes seconds and is of no use here."""
    if "torch" in sys.modules:
        yield
        return
    sys.modules["torch"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["torch"]
