"""`quotes extract`: articles in, records out."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli.app import app
from quotes.cli.console import SOME_FAILED, complain, count, errors_as_lines, printable
from quotes.errors import ArticleError, QuotesError

if TYPE_CHECKING:
    from rich.progress import Progress

    from quotes.batch import Tally
    from quotes.config import Options
    from quotes.schema import AnnotatedArticle, Article, ErrorRecord


@app.command()
def extract(
    inputs: Annotated[
        list[str],
        typer.Argument(
            help="Files, folders or patterns: text, HTML or JSONL, also gzipped; - is standard input.",
            show_default=False,
        ),
    ],
    output: Annotated[
        str, typer.Option("-o", "--output", help="JSONL file to write; .gz compresses; - is standard output.")
    ] = "-",
    config: Annotated[
        Path | None, typer.Option(help="YAML file with options; see configs/extract.yaml.", show_default=False)
    ] = None,
    registry: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="File of known speakers.", show_default=False),
    ] = None,
    watch: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="File of targets to watch.", show_default=False),
    ] = None,
    tags: Annotated[
        bool | None,
        typer.Option(
            "--tags/--no-tags",
            help="Tag target, stance and tone, or not (the default until a tagger is shipped).",
            show_default=False,
        ),
    ] = None,
    tagger: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, help="Folder of a trained tagger.", show_default=False),
    ] = None,
    max_chars: Annotated[
        int | None, typer.Option(min=1, help="Longest article taken, in characters.", show_default=False)
    ] = None,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print errors only.")] = False,
) -> None:
    """Find the quotes in articles and write one JSON record a line.

    Example: `quotes extract news/ 'more/*.txt' -o quotes.jsonl`

    Exit status:

    - 0: all articles were annotated.
    - 1: some could not be; each has an error record in the output, the others are unharmed.
    - 2: wrong usage or configuration, or nothing could be read; nothing is written.
    """
    with errors_as_lines():
        options = _options(config, registry=registry, watch=watch, tags=tags, tagger=tagger, max_chars=max_chars)
        tally = _extract(inputs, output, options, quiet=quiet)
    if tally.errors:
        raise typer.Exit(SOME_FAILED)


def _options(config: Path | None, **given: object) -> Options:
    """Options from a file, with those given on the command line in place of the file's."""
    from quotes.config import Options

    options = Options.load(config) if config else Options()
    return options.model_copy(update={name: value for name, value in given.items() if value is not None})


def _extract(inputs: list[str], output: str, options: Options, *, quiet: bool) -> Tally:
    from quotes.articles import read_articles
    from quotes.batch import Tally, annotate
    from quotes.export import STANDARD_STREAM, write_jsonl

    started = time.perf_counter()
    tally = Tally()
    # Before the pipeline is loaded: a mistyped path should not have to wait for spaCy.
    items = _once_something_is_read(read_articles(inputs, max_chars=options.max_chars))

    if not options.tags:
        # Where torch is installed, spaCy's thinc imports it, which takes seconds and is of no use here.
        sys.modules.setdefault("torch", None)  # type: ignore[arg-type]
    from quotes.pipeline import load

    pipeline = load(options)
    # On a terminal that the records go to as well, a moving line would run into them.
    records_on_terminal = output == STANDARD_STREAM and sys.stdout.isatty()
    with _progress(shown=sys.stderr.isatty() and not quiet and not records_on_terminal) as progress:
        write_jsonl(_watched(annotate(pipeline, items), tally, progress), output)
    if not quiet:
        typer.echo(_summary(tally, time.perf_counter() - started), err=True)
    return tally


def _once_something_is_read(items: Iterable[Article | ArticleError]) -> Iterator[Article | ArticleError]:
    """The same items, if there is an article among them; else their errors are printed and the run ends."""
    items = iter(items)
    errors: list[ArticleError] = []
    for item in items:
        if not isinstance(item, ArticleError):
            return chain(errors, [item], items)
        errors.append(item)
    for error in errors:
        complain(str(error))
    raise QuotesError("no article could be read, so nothing was written; name files or folders that hold text")


def _progress(*, shown: bool) -> Progress:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True, disable=not shown)


def _watched(
    records: Iterable[AnnotatedArticle | ErrorRecord], tally: Tally, progress: Progress
) -> Iterator[AnnotatedArticle | ErrorRecord]:
    """Pass records through while counting them, showing progress and printing each error."""
    from rich.text import Text

    from quotes.schema import ErrorRecord

    task = progress.add_task("annotating", total=None)
    for record in records:
        tally.add(record)
        if isinstance(record, ErrorRecord):
            line = Text(f"error: {printable(record.error.message)}")
            progress.console.print(line, soft_wrap=True)
        progress.update(task, description=f"{tally.articles} articles, {tally.quotes} quotes")
        yield record


def _summary(tally: Tally, seconds: float) -> str:
    return (
        f"{count(tally.articles, 'article')}, {count(tally.quotes, 'quote')} "
        f"({tally.attributed} with a speaker), {count(tally.errors, 'error')}, {seconds:.1f} s"
    )
