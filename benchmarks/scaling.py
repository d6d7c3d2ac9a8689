"""Compare one worker process with two, and with Ray on this machine, and look at their memory.

    python benchmarks/scaling.py [ARTICLES …] [--wanted 600] [--ray 2400] [--rounds 2] [--memory 5000] [--tags]

All in one run, one after the other. Times of workers are of annotating alone: models are loaded before. That of Ray
has the start of its actors in it, which takes some 15 seconds whatever follows; hence the more articles.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from itertools import count, cycle, islice
from pathlib import Path

from speed import OWN, POLNEAR, read_texts

from quotes.archive import annotating
from quotes.config import Options
from quotes.errors import QuotesError
from quotes.reading.drafts import Draft


def drafts(texts: Sequence[str], wanted: int) -> Iterable[Draft]:
    """So many articles, the same ones again and again, with some new names in each."""
    numbered = zip(count(), cycle(texts), strict=False)
    return (Draft(f"a{number}", f"{text}\n\nEzra Quill{number} agreed.") for number, text in islice(numbered, wanted))


def time_of(options: Options, processes: int, texts: Sequence[str], wanted: int) -> float:
    """Seconds that some processes take, once they are ready."""
    with annotating(options, processes) as workers:
        # A result of each is as sure a sign as there is that all have loaded.
        for _ in workers.run(drafts(texts, 64 * processes)):
            pass
        began = time.perf_counter()
        for _ in workers.run(drafts(texts, wanted)):
            pass
        return time.perf_counter() - began


def time_on_ray(options: Options, texts: Sequence[str], wanted: int, processes: int) -> float:
    """The same by Ray, from files, with the start of the actors but without that of Ray itself."""
    from quotes.distributed import annotated, connect, lines

    connect(workers=processes)
    with tempfile.TemporaryDirectory() as folder:
        for part in range(8):
            with (Path(folder) / f"{part}.jsonl").open("w", encoding="utf-8") as stream:
                for draft in islice(drafts(texts, wanted), part, None, 8):
                    stream.write(json.dumps({"id": draft.id, "text": draft.content}) + "\n")
        began = time.perf_counter()
        found = sum(1 for _ in lines(annotated([folder], options, workers=processes)))
        taken = time.perf_counter() - began
    if found != wanted:
        sys.exit(f"error: Ray gave {found} records for {wanted} articles")
    return taken


def keep(best: dict[str, float], label: str, wanted: int, taken: float, number: int) -> None:
    """Print what a round took, and keep its articles a second if they are the most so far."""
    print(f"round {number}: {label}, {wanted} articles: {taken:.1f} s", file=sys.stderr)
    best[label] = max(wanted / taken, best.get(label, 0))


def memory_of(pid: int) -> float:
    """Resident memory of a process in MiB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * 4096 / 2**20


def watch_memory(options: Options, texts: Sequence[str], wanted: int) -> None:
    """Print each worker's memory after a tenth of the articles and at the end."""
    with annotating(options, 2) as workers:
        for number, _ in enumerate(workers.run(drafts(texts, wanted)), 1):
            if number in (wanted // 10, wanted):
                sizes = " and ".join(f"{memory_of(pid):.0f}" for pid in workers.pids)
                print(f"after {number} articles the workers hold {sizes} MiB")


def main() -> None:
    """Command line: see the module's docstring."""
    parser = argparse.ArgumentParser(description="Compare one worker process with two, and with Ray.")
    parser.add_argument("articles", nargs="*", type=Path, help="files or folders; default: PolNeAR's development texts")
    parser.add_argument("--wanted", type=int, default=600, help="articles, repeated if need be")
    parser.add_argument("--ray", type=int, default=2400, help="articles for Ray; 0 leaves it out")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--memory", type=int, default=5000, help="articles of the look at memory; 0 leaves it out")
    parser.add_argument("--tags", action="store_true", help="tag stance and tone as well")
    given = parser.parse_args()
    try:
        texts = read_texts(given.articles or [POLNEAR if POLNEAR.exists() else OWN], None)
    except QuotesError as error:
        sys.exit(f"error: {error}")
    options = Options(tags=given.tags)
    best: dict[str, float] = {}
    for number in range(1, given.rounds + 1):
        for processes, label in ((1, "one worker"), (2, "two workers")):
            keep(best, label, given.wanted, time_of(options, processes, texts, given.wanted), number)
        if given.ray:
            keep(best, "Ray, two actors", given.ray, time_on_ray(options, texts, given.ray, 2), number)
    for label, rate in best.items():
        print(f"{label:16}{rate:8.1f} articles/s{rate / best['one worker']:8.2f} times one worker")
    if given.memory:
        watch_memory(options, texts, given.memory)


if __name__ == "__main__":
    main()
