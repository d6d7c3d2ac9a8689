"""`quotes extract`: articles in, records out."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from quotes.cli.app import app
from quotes.cli.console import SOME_FAILED, complain, count, errors_as_lines, load_options, printable
from quotes.cli.options import Config, MaxChars, Registry, Tagger, Tags, Watch
from quotes.errors import ArticleError, QuotesError

if TYPE_CHECKING:
    from rich.progress import Progress

    from quotes.archive import Item
    from quotes.batch import Line
    from quotes.config import Options
    from quotes.output import StreamOutput
    from quotes.shards import Output


class Engine(StrEnum):
    """What runs the processes that annotate."""

    PROCESSES = "processes"
    RAY = "ray"


_ERRORS_HELD = 1000  # before the first article; where there are more, there will be some article


@app.command()
def extract(
    inputs: Annotated[
        list[str],
        typer.Argument(
            help="Files, folders or patterns: text, HTML, JSONL, CSV, Parquet, WARC, also compressed; "
            "- is standard input.",
            show_default=False,
        ),
    ],
    output: Annotated[
        str,
        typer.Option(
            "-o",
            "--output",
            help="JSONL file to write; .gz compresses; a folder (with / at its end) gets shards; - is standard output.",
        ),
    ] = "-",
    config: Config = None,
    registry: Registry = None,
    watch: Watch = None,
    tags: Tags = None,
    tagger: Tagger = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            help="Where a field is in CSV, Parquet and JSONL, e.g. text=body; repeatable.", show_default=False
        ),
    ] = None,
    max_chars: MaxChars = None,
    max_seconds: Annotated[
        float | None, typer.Option(min=0.1, help="Longest time for one article.", show_default=False)
    ] = None,
    workers: Annotated[int, typer.Option(min=0, help="Processes that annotate; 0 is one for each core.")] = 1,
    engine: Annotated[Engine, typer.Option(help="What runs the processes: this machine, or Ray.")] = Engine.PROCESSES,
    address: Annotated[
        str | None, typer.Option(help="Ray cluster, e.g. auto; without it Ray runs here.", show_default=False)
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a run that was stopped.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Start over, whatever is there of an earlier run.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Stop at the first article that fails.")] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print errors only.")] = False,
) -> None:
    """Find the quotes in articles and write one JSON record a line.

    Example: `quotes extract news/ 'more/*.txt' -o quotes.jsonl`

    Example: `quotes extract archive.parquet --column text=body -o quotes.jsonl --workers 0 --resume`

    Exit status:

    - 0: all articles were annotated.
    - 1: some could not be; each has an error record in the output and in errors.jsonl beside it,
      the others are unharmed.
    - 2: wrong usage or configuration, nothing could be read, or the output can't be written.
    """
    with errors_as_lines():
        if resume and fresh:
            raise QuotesError("--resume goes on and --fresh starts over; give one of them")
        given = {"registry": registry, "watch": watch, "tags": tags, "tagger": tagger}
        options = load_options(config, **given, max_chars=max_chars, max_seconds=max_seconds)
        if address and engine is not Engine.RAY:
            raise QuotesError("--address is the address of a Ray cluster; add --engine ray")
        run = _Run(options, _columns(column or []), workers, strict=strict, quiet=quiet)
        if engine is Engine.RAY:
            run.use_ray(address)
        errors = run.extract(inputs, output, resume=resume, fresh=fresh)
    if errors:
        raise typer.Exit(SOME_FAILED)


def _columns(given: list[str]) -> dict[str, str]:
    columns = dict(one.partition("=")[::2] for one in given)
    wrong = next((one for one in given if not all(one.partition("="))), None)
    if wrong is not None:
        raise QuotesError(f"--column {wrong}: write it as field=column, e.g. text=body")
    return columns


class _Run:
    """One run of the command, from its inputs to its summary."""

    def __init__(self, options: Options, columns: dict[str, str], processes: int, *, strict: bool, quiet: bool) -> None:
        from quotes.batch import Tally

        self.options = options
        self.columns = columns
        self.processes = processes
        self.on_ray = False
        self.strict = strict
        self.quiet = quiet
        self.tally = Tally()
        self.skipped = 0
        self.started = time.perf_counter()

    def extract(self, inputs: list[str], target: str, *, resume: bool, fresh: bool) -> int:
        """Annotate the inputs; returns how many errors are in the output."""
        from quotes.articles import read_drafts

        # Before anything is loaded or made: a mistyped path should not have to wait for spaCy.
        drafts = read_drafts(inputs, max_chars=self.options.max_chars, columns=self.columns)
        items = _once_something_is_read(drafts)
        with self._output(target, resume=resume, fresh=fresh) as output:
            with self._lines(inputs, items, output) as lines, self._progress(target) as progress:
                for line in self._watched(self._once_something_is_annotated(lines), progress):
                    output.add(line)
                    if self.strict and line.error:
                        raise QuotesError(f"stopped at the first error, as --strict asks: {line.error.message}")
            errors = output.finish()
        if not self.quiet:
            typer.echo(self._summary(), err=True)
        return errors

    @contextmanager
    def _output(self, target: str, *, resume: bool, fresh: bool) -> Iterator[Output | StreamOutput]:
        from quotes.export.target import is_stream, opened
        from quotes.fingerprint import fingerprint
        from quotes.output import StreamOutput
        from quotes.shards import Output

        if is_stream(target):
            if resume:
                raise QuotesError(f"--resume needs a file or folder to go on with, and the output is {target}")
            with opened(target) as stream:
                yield StreamOutput(stream)
            return
        settings = fingerprint(self.options, columns=self.columns)
        with Output(target, settings, resume=resume, fresh=fresh) as output:
            yield output

    @contextmanager
    def _lines(
        self, inputs: list[str], items: Iterator[Item], output: Output | StreamOutput
    ) -> Iterator[Iterator[Line]]:
        """The records that the output doesn't have yet, as they come."""
        from quotes.archive import annotating

        if self.on_ray:
            from quotes.distributed import annotated, lines

            dataset = annotated(inputs, self.options, columns=self.columns, workers=self.processes, done=output.done)
            yield lines(dataset, self._skip)
            return
        with annotating(self.options, self.processes or os.cpu_count() or 1) as workers:
            yield workers.run(self._new(items, output))

    def use_ray(self, address: str | None) -> None:
        """Annotate on a cluster, or by Ray on this machine."""
        from quotes.distributed import connect

        connect(address, self.processes)
        self.on_ray = True

    def _new(self, items: Iterable[Item], output: Output | StreamOutput) -> Iterator[Item]:
        from quotes.batch import id_of

        for item in items:
            if id_of(item) in output.done:
                self._skip()
            else:
                yield item

    def _skip(self) -> None:
        self.skipped += 1

    def _once_something_is_annotated(self, lines: Iterable[Line]) -> Iterator[Line]:
        """The same lines, unless nothing but articles that can't be read is among them; then the run ends."""
        held: list[Line] = []
        lines = iter(lines)
        for line in lines:
            held.append(line)
            if line.error is None or line.error.kind != ArticleError.__name__ or len(held) == _ERRORS_HELD:
                break
        else:
            if held and not self.skipped:
                _nothing_read(line.error.message for line in held if line.error)
        return chain(held, lines)

    def _watched(self, lines: Iterable[Line], progress: Progress) -> Iterator[Line]:
        """Pass lines through while counting them, showing progress and printing each error."""
        from rich.text import Text

        task = progress.add_task("loading the models", total=None)
        began = time.perf_counter()
        for line in lines:
            self.tally.add(line)
            if line.error:
                progress.console.print(Text(f"error: {printable(line.error.message)}"), soft_wrap=True)
            rate = (self.tally.articles + self.tally.errors) / max(time.perf_counter() - began, 0.001)
            progress.update(task, description=f"{self._counts()}, {rate:.1f} articles/s")
            yield line

    def _progress(self, target: str) -> Progress:
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        from quotes.export import STANDARD_STREAM

        # On a terminal that the records go to as well, a moving line would run into them.
        records_on_terminal = target == STANDARD_STREAM and sys.stdout.isatty()
        shown = sys.stderr.isatty() and not self.quiet and not records_on_terminal
        columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        return Progress(*columns, console=Console(stderr=True), transient=True, disable=not shown)

    def _counts(self) -> str:
        before = f", {self.skipped} done before" if self.skipped else ""
        return (
            f"{count(self.tally.articles, 'article')}, {count(self.tally.quotes, 'quote')} "
            f"({self.tally.attributed} with a speaker), {count(self.tally.errors, 'error')}{before}"
        )

    def _summary(self) -> str:
        return f"{self._counts()}, {time.perf_counter() - self.started:.1f} s"


def _once_something_is_read(items: Iterable[Item]) -> Iterator[Item]:
    """The same items, if there is an article among them; else their errors are printed and the run ends."""
    items = iter(items)
    errors: list[ArticleError] = []
    for item in items:
        if not isinstance(item, ArticleError) or len(errors) == _ERRORS_HELD:
            return chain(errors, [item], items)
        errors.append(item)
    _nothing_read(map(str, errors))


def _nothing_read(errors: Iterable[str]) -> NoReturn:
    for error in errors:
        complain(error)
    raise QuotesError("no article could be read, so nothing was written; name files or folders that hold text")
