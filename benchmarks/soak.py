"""Kill a run again and again, go on with it each time, and compare with a run that nobody disturbed.

    python benchmarks/soak.py [ARTICLES …] [--kills 25] [--wanted 3000] [--workers 2] [--seed 1]

Every other time a worker process is killed and the run goes on by itself; else the main one is killed
and the run resumed. Both with SIGKILL, at random moments. Without tags, which only take longer.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from speed import OWN, POLNEAR, read_texts

from quotes.errors import QuotesError

LONGEST_WAIT = 12.0
"""Seconds to the next kill, at most: long enough that models are loaded and articles written in some of them."""


def command(source: Path, target: Path, workers: int) -> list[str]:
    """The command line of a run."""
    how = ["--workers", str(workers), "--resume", "--quiet", "--no-tags"]
    return [sys.executable, "-m", "quotes", "extract", str(source), "-o", str(target), *how]


def children(pid: int) -> list[int]:
    """Processes that a process started, as far as they still run."""
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in found.stdout.split()]


def disturb(source: Path, target: Path, workers: int, kills: int, chance: random.Random) -> tuple[int, int]:
    """Run to the end with so many kills on the way, or fewer if it is done before.

    Returns:
        How often the run was started, and how often something was killed.
    """
    started = done = 0
    while True:
        run = subprocess.Popen(command(source, target, workers))
        started += 1
        while done < kills:
            try:
                run.wait(chance.uniform(0.2, LONGEST_WAIT))
            except subprocess.TimeoutExpired:
                pass
            else:
                break
            victims = children(run.pid) if done % 2 else [run.pid]
            if victims:
                os.kill(chance.choice(victims), signal.SIGKILL)
                done += 1
                print(f"kill {done}: {'a worker' if done % 2 == 0 else 'the main process'}", file=sys.stderr)
            if run.pid in victims:
                break
        if run.wait() == 0:
            return started, done
        time.sleep(chance.uniform(0, 0.5))


def main() -> None:
    """Command line: see the module's docstring."""
    parser = argparse.ArgumentParser(description="Kill a run again and again and compare what it writes.")
    parser.add_argument("articles", nargs="*", type=Path, help="files or folders; default: PolNeAR's development texts")
    parser.add_argument("--kills", type=int, default=25, help="at most; none comes after the last article")
    parser.add_argument("--wanted", type=int, default=3000, metavar="N", help="articles, repeated if need be")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    try:
        texts = read_texts(options.articles or [POLNEAR if POLNEAR.exists() else OWN], None)
    except QuotesError as error:
        sys.exit(f"error: {error}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "articles.jsonl"
        with source.open("w", encoding="utf-8") as stream:
            for number in range(options.wanted):
                json.dump({"id": f"a{number}", "text": texts[number % len(texts)]}, stream)
                stream.write("\n")
        began = time.perf_counter()
        subprocess.run(command(source, folder / "quiet.jsonl", options.workers), check=True)
        quiet = time.perf_counter() - began
        began = time.perf_counter()
        chance = random.Random(options.seed)
        started, done = disturb(source, folder / "killed.jsonl", options.workers, options.kills, chance)
        killed = time.perf_counter() - began
        same = (folder / "quiet.jsonl").read_bytes() == (folder / "killed.jsonl").read_bytes()
    print(f"{options.wanted} articles; undisturbed {quiet:.0f} s")
    print(f"{done} kills, {started} starts: {killed:.0f} s; the output is {'the same' if same else 'ANOTHER'}")
    sys.exit(not same)


if __name__ == "__main__":
    main()
