"""The command line: `quotes extract`, `show`, `validate` and `schema`.

An adapter over the library: it turns options into calls and errors into lines on standard error.
What takes long to import (spaCy above all) is imported by the command that needs it, so that help
and usage errors answer at once.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.errors import ArticleError, QuotesError

if TYPE_CHECKING:
    from rich.progress import Progress
    from rich.table import Table

    from quotes.batch import Tally
    from quotes.config import Options
    from quotes.schema import AnnotatedArticle, Article, ErrorRecord

SOME_FAILED = 1
NOTHING_DONE = 2
BROKEN_PIPE = 141  # what a shell reports for a program that SIGPIPE ended

app = typer.Typer(
    name="quotes",
    rich_markup_mode="markdown",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line; the entry point of the `quotes` script."""
    app(prog_name="quotes")


@contextmanager
def _errors_as_lines() -> Iterator[None]:
    """Expected errors end the program with a line that says what to do, not with a traceback."""
    try:
        yield
    except BrokenPipeError:
        # The reader has seen enough, as in `quotes extract … | head -1`. Point standard output
        # elsewhere, or the interpreter complains when it flushes it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(BROKEN_PIPE) from None
    except QuotesError as error:
        for line in str(error).splitlines():
            _complain(line)
        raise typer.Exit(NOTHING_DONE) from None
    except OSError as error:
        reason = error.strerror or str(error)
        _complain(f"{error.filename}: {reason}" if error.filename else reason)
        raise typer.Exit(NOTHING_DONE) from None


def _complain(message: str) -> None:
    typer.echo(f"error: {_printable(message)}", err=True)


def _printable(text: str) -> str:
    """On one line and without control characters, which a terminal would obey."""
    return "".join(c if c.isprintable() else " " for c in " ".join(text.split()))


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
    with _errors_as_lines():
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
        _complain(str(error))
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
            line = Text(f"error: {_printable(record.error.message)}")
            progress.console.print(line, soft_wrap=True)
        progress.update(task, description=f"{tally.articles} articles, {tally.quotes} quotes")
        yield record


def _summary(tally: Tally, seconds: float) -> str:
    return (
        f"{_count(tally.articles, 'article')}, {_count(tally.quotes, 'quote')} "
        f"({tally.attributed} with a speaker), {_count(tally.errors, 'error')}, {seconds:.1f} s"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@app.command()
def show(
    file: Annotated[str, typer.Argument(help="JSONL file from quotes extract; - is standard input.")],
    limit: Annotated[int, typer.Option(min=1, help="Most statements shown.")] = 20,
    each: Annotated[int | None, typer.Option(min=1, help="Most statements shown of one article.")] = None,
) -> None:
    """Show some statements of an annotated file as a table.

    Example: `quotes show quotes.jsonl --limit 50 --each 3`
    """
    with _errors_as_lines():
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
        tally.add(record)
        if isinstance(record, ErrorRecord):
            continue
        some = record.quotes[: min(limit - shown, each or limit)]
        if some:
            table.add_row(Text(_printable(record.id), style="bold"))
        for quote in some:
            speaker = "-" if quote.speaker is None else record.speakers[quote.speaker].name
            stance, tone = (tag.label if tag else "-" for tag in (quote.stance, quote.tone))
            cells = (speaker, quote.type, stance, quote.target.text if quote.target else "-", tone, quote.text)
            table.add_row(*(Text(_printable(cell), overflow="ellipsis") for cell in cells))
        shown += len(some)
    return table, (
        f"{shown} of {_count(tally.quotes, 'statement')} from {_count(tally.articles, 'article')}, "
        f"{_count(tally.errors, 'error')}"
    )


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
    with _errors_as_lines():
        for checked in check_jsonl(file):
            if isinstance(checked, ArticleError):
                wrong += 1
                _complain(str(checked))
            else:
                right += 1
        typer.echo(f"{file}: {_count(right + wrong, 'record')}, {wrong} wrong")
    if wrong:
        raise typer.Exit(1)


@app.command()
def schema() -> None:
    """Print the JSON Schema of one line of output.

    Example: `quotes schema > quotes.schema.json`
    """
    from quotes.schema import json_schema

    with _errors_as_lines():
        typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
