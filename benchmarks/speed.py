"""Compare the pipeline's speed with that of spaCy's stock pipeline, and look at its memory.

    python benchmarks/speed.py [ARTICLES …] [--rounds 3] [--limit N] [--profile]

Both read the same texts in one process with default settings, turn and turn about, so that what
else the machine does falls on both; the best rounds are those it disturbed least. The stock
pipeline is the same model with all its components; it finds no quotes, so it is a floor for
anything built on top of it.

Memory is read after one round over the texts and after four more, in which every name is new, for
it is new words that make spaCy's vocabulary grow.
"""

from __future__ import annotations

import argparse
import importlib
import re
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import quotes.pipeline
from quotes.articles import read_articles
from quotes.config import Options
from quotes.errors import QuotesError
from quotes.parse import Parser
from quotes.pipeline import Pipeline
from quotes.schema import Article
from quotes.spacy_model import MODELS

HERE = Path(__file__).parent
POLNEAR = HERE.parents[1] / "shared" / "corpora" / "polnear_dev.jsonl"
OWN = HERE.parent / "data" / "articles"
STEPS = {
    "read marks": (quotes.pipeline, "find_marked"),
    "parse": (Parser, "parse"),
    "find": (quotes.pipeline, "find_quotes"),
    "resolve": (quotes.pipeline, "resolve"),
}
"""Steps of an article and where the pipeline calls them; making and checking the record is the rest."""

_NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")


def read_texts(paths: Sequence[Path], limit: int | None) -> list[str]:
    """Texts of the articles in some files and folders.

    Raises:
        QuotesError: If one can't be read; a benchmark over fewer texts would mislead.
    """
    texts = []
    for item in read_articles(paths):
        if not isinstance(item, Article):
            raise item
        texts.append(item.text)
    return texts[:limit]


class Time(NamedTuple):
    """How long something took: by the clock, and of a processor, which other processes disturb less."""

    wall: float
    cpu: float


def exhaust(run: Callable[[], Iterable[object]]) -> Time:
    """How long it takes to go through an iterable."""
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in run():
        pass
    return Time(time.perf_counter() - wall, time.process_time() - cpu)


def peak_mib() -> float:
    """The process's largest resident size so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def with_new_names(texts: Iterable[str], number: int) -> Iterator[str]:
    """The texts with each name and other capitalised word spelt in a way of its own."""
    ending = "abcdefghijklmnopqrstuvwxyz"[number % 26] * 2
    return (_NAME.sub(lambda match: match[0][:3] + ending + match[0][3:], text) for text in texts)


def compare(ours: Pipeline, texts: Sequence[str], rounds: int) -> None:
    """Print both speeds and their ratio."""
    name = ours.options.spacy_model or next(name for name in MODELS if importlib.util.find_spec(name))
    stock = importlib.import_module(name).load()
    runs: dict[str, Callable[[], Iterable[object]]] = {
        f"stock {name}": partial(stock.pipe, texts),
        "quotes": partial(ours.pipe, texts),
    }
    words = sum(len(text.split()) for text in texts)
    times: dict[str, list[Time]] = {label: [] for label in runs}
    for run in runs.values():
        next(iter(run()))  # what is done once only
    for number in range(1, rounds + 1):
        for label, run in runs.items():
            times[label].append(exhaust(run))
            print(f"round {number}: {label} {times[label][-1].wall:.2f} s", file=sys.stderr)
    print(f"\n{'':32}{'best s':>8}{'articles/s':>12}{'words/s':>10}{'median s':>10}{'CPU s':>8}")
    summaries = []
    for label, taken in times.items():
        best, median = min(t.wall for t in taken), statistics.median(t.wall for t in taken)
        cpu = min(t.cpu for t in taken)
        print(f"{label:32}{best:8.2f}{len(texts) / best:12.1f}{words / best:10.0f}{median:10.2f}{cpu:8.2f}")
        summaries.append((best, median, cpu))
    best, median, cpu = (theirs / own for theirs, own in zip(*summaries, strict=True))
    print(f"\nquotes / stock: {best:.2f} times as fast in the best rounds (medians {median:.2f}, CPU time {cpu:.2f})")


def watch_memory(ours: Pipeline, texts: Sequence[str]) -> None:
    """Print the peak size after the texts and after five times as many."""
    exhaust(partial(ours.pipe, texts))
    once = peak_mib()
    for number in range(4):
        exhaust(partial(ours.pipe, with_new_names(texts, number)))
    print(f"peak memory: {once:.0f} MiB after {len(texts)} articles, {peak_mib():.0f} MiB after {5 * len(texts)}")


def profile(ours: Pipeline, texts: Sequence[str]) -> None:
    """Print the time that each step takes."""
    spent = dict.fromkeys(STEPS, 0.0)

    def timed(step: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            began = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                spent[step] += time.perf_counter() - began

        return call

    with ExitStack() as stack:
        for step, (owner, name) in STEPS.items():
            stack.enter_context(patch.object(owner, name, timed(step, getattr(owner, name))))
        total = exhaust(partial(ours.pipe, texts)).wall
    for step, taken in [*spent.items(), ("records", total - sum(spent.values())), ("all", total)]:
        print(f"{step:12}{taken:8.2f} s{100 * taken / total:7.1f} %{1000 * taken / len(texts):8.1f} ms an article")


def main() -> None:
    """Command line: see the module's docstring."""
    parser = argparse.ArgumentParser(description="Compare speed with spaCy's stock pipeline.")
    parser.add_argument("articles", nargs="*", type=Path, help="files or folders; default: PolNeAR's development texts")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each pipeline")
    parser.add_argument("--limit", type=int, help="take only the first so many articles")
    parser.add_argument("--profile", action="store_true", help="only print the time by step")
    options = parser.parse_args()
    try:
        texts = read_texts(options.articles or [POLNEAR if POLNEAR.exists() else OWN], options.limit)
        ours = Pipeline(Options(tags=False))
    except QuotesError as error:
        sys.exit(f"error: {error}")
    print(f"{len(texts)} articles, {sum(len(text.split()) for text in texts)} words")
    if options.profile:
        exhaust(partial(ours.pipe, texts[:1]))
        profile(ours, texts)
        return
    watch_memory(ours, texts)
    compare(ours, texts, options.rounds)


if __name__ == "__main__":
    main()
