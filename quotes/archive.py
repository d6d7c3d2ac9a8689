"""Many articles through worker processes: what `quotes extract` runs on one machine."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from quotes.articles import finish
from quotes.batch import Annotator, Line, annotate, failed, to_line
from quotes.config import Options
from quotes.errors import ArticleError
from quotes.reading.drafts import Draft
from quotes.workers import STRIKES, Work, Workers

Item = Draft | ArticleError
"""An article as it is read, or what is wrong with it."""


def load_annotator(options: Options) -> Annotator:
    """Load the pipeline, in the process that is to work with it.

    Raises:
        ConfigError: If a model or a file of the options can't be loaded.
    """
    if not options.tags:
        # Where torch is installed, spaCy's thinc imports it, which takes seconds and is of no use here.
        sys.modules.setdefault("torch", None)  # type: ignore[arg-type]
    from quotes.pipeline import load

    return load(options)


def annotating(
    options: Options,
    processes: int = 1,
    load: Callable[[Options], Annotator] = load_annotator,
    threads: int | None = None,
    strikes: int = STRIKES,
) -> Workers[Item, Line]:
    """Worker processes that annotate; see `quotes.workers.Workers`.

    Args:
        options: How to annotate.
        processes: How many.
        load: Loads what annotates; a function of some module, for each process calls it.
        threads: Threads of each; None gives each its share of the machine.
        strikes: After so many an article is given up; see `quotes.workers.STRIKES`.
    """
    return Workers(
        partial(_work, options, load),
        failed=lambda item, reason: to_line(failed(item, reason)),
        size=_size,
        processes=processes,
        max_seconds=options.max_seconds,
        threads=threads,
        strikes=strikes,
    )


def _work(options: Options, load: Callable[[Options], Annotator]) -> Work:
    annotator = load(options)
    read = partial(finish, max_chars=options.max_chars)

    def work(items: Iterable[Item]) -> Iterator[Line]:
        articles = (item if isinstance(item, ArticleError) else read(item) for item in items)
        return map(to_line, annotate(annotator, articles))

    return work


def _size(item: Item) -> int:
    """About the characters of the text; of a page, where markup is most of it, a part."""
    if isinstance(item, ArticleError):
        return 0
    return item.size // 10 if item.html else item.size
