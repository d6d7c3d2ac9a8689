"""`quotes import`: what was corrected in another tool, as records again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli.app import app
from quotes.cli.console import SOME_FAILED, complain, count, errors_as_lines

if TYPE_CHECKING:
    from quotes.schema import AnnotatedArticle

importing = typer.Typer(no_args_is_help=True)
app.add_typer(importing, name="import")


@importing.callback()
def _import() -> None:
    """Read what was corrected in another tool.

    Example: `quotes import label-studio corrected.json -o gold.jsonl`
    """


@importing.command()
def label_studio(
    file: Annotated[str, typer.Argument(help="Project exported from Label Studio as JSON; - is standard input.")],
    output: Annotated[
        str, typer.Option("-o", "--output", help="JSONL file to write; .gz compresses; - is standard output.")
    ] = "-",
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print errors only.")] = False,
) -> None:
    """Read the annotations of a Label Studio project that was made by `quotes export --format label-studio`.

    Example: `quotes import label-studio corrected.json -o gold.jsonl`

    Exit status:

    - 0: every annotated task is a record now; those not annotated yet are left out.
    - 1: something is wrong with some annotations; each is named, the others are written.
    - 2: the file can't be read or is no such export; nothing is written.
    """
    from quotes.export import write_jsonl
    from quotes.export.label_studio_import import NotAnnotated, read_label_studio

    written = wrong = waiting = 0

    def records() -> Iterator[AnnotatedArticle]:
        nonlocal written, wrong, waiting
        for item in read_label_studio(file):
            if isinstance(item, NotAnnotated):
                waiting += 1
            elif isinstance(item, Exception):
                wrong += 1
                complain(str(item))
            else:
                written += 1
                yield item

    with errors_as_lines():
        write_jsonl(records(), output)
        if not quiet:
            typer.echo(
                f"{count(written, 'article')}, {waiting} not annotated yet, {count(wrong, 'error')}",
                err=True,
            )
    if wrong:
        raise typer.Exit(SOME_FAILED)
