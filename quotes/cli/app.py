"""The program itself; each command's module adds its own to it."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(
    name="quotes",
    rich_markup_mode="markdown",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line; the entry point of the `quotes` script."""
    app(prog_name="quotes")


def _print_version(wanted: bool) -> None:
    if wanted:
        from quotes import __version__

        typer.echo(f"quotes {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Find who said what in English news articles.

    Example: `quotes extract data/articles -o quotes.jsonl`
    """
