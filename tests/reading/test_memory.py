"""However many articles there are, one at a time is held."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from quotes.articles import read_drafts
from quotes.reading import spill
from quotes.reading.drafts import Draft

FEW, MANY = 2_000, 20_000
SLACK = 200_000  # bytes; the ids alone would be ten times that
TEXT = "“We won’t yield,” Zarif said on Monday. " * 5


def peak(path: Path, count: int, runs: int = 1) -> int:
    """Most bytes that were allocated while reading so many articles, in the run with the fewest."""
    sizes = []
    for _ in range(runs):
        gc.collect()
        tracemalloc.start()
        assert sum(isinstance(item, Draft) for item in read_drafts(path)) == count
        sizes.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    return min(sizes)


def jsonl(path: Path, count: int) -> None:
    with path.with_suffix(".jsonl").open("w") as stream:
        for number in range(count):
            print(json.dumps({"id": f"https://example.org/news/story-{number}", "text": TEXT}), file=stream)


def csv(path: Path, count: int) -> None:
    with path.with_suffix(".csv").open("w") as stream:
        print("id,text", file=stream)
        for number in range(count):
            print(f'https://example.org/news/story-{number},"{TEXT}"', file=stream)


@pytest.mark.parametrize(("write", "many"), [(jsonl, MANY), (csv, MANY // 2)])
def test_memory_does_not_grow_with_the_articles(tmp_path: Path, write: Callable[[Path, int], None], many: int) -> None:
    sizes: list[int] = []
    for count in (FEW, many):
        write(tmp_path / str(count), count)
        (path,) = tmp_path.glob(f"{count}.*")
        sizes.append(peak(path, count))
    assert sizes[1] - sizes[0] < SLACK


def test_memory_does_not_grow_with_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spill, "SORTED_IN_MEMORY", 100)
    sizes: list[int] = []
    for count in (500, 5_000):
        folder = tmp_path / str(count)
        folder.mkdir()
        for number in range(count):
            (folder / f"a-rather-long-name-for-a-story-{number}.txt").write_text(TEXT)
        # Python's table of interned strings, into which the parts of paths go, is made anew now and then.
        sizes.append(peak(folder, count, runs=2))
    assert sizes[1] - sizes[0] < SLACK


def parquet(path: Path, count: int) -> None:
    import pyarrow as pa
    from pyarrow.parquet import write_table

    texts = [f"{number} {TEXT * 20}" for number in range(count)]  # no two alike, or they'd be one in the file
    write_table(pa.table({"text": texts}), path, compression="none", use_dictionary=False)


def warc(path: Path, count: int) -> None:
    body = f"<p>{TEXT * 20}"
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}".encode()
    with path.open("wb") as stream:
        for number in range(count):
            head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{number}\r\n"
            stream.write(f"{head}Content-Length: {len(http)}\r\n\r\n".encode() + http + b"\r\n\r\n")


READ = """
import resource, sys
from quotes.articles import read_drafts
count = 0
for item in read_drafts(sys.argv[1]):
    count += 1
    if count == 200:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.parametrize(("write", "suffix"), [(parquet, ".parquet"), (warc, ".warc")])
def test_nor_does_that_of_libraries(tmp_path: Path, write: Callable[[Path, int], None], suffix: str) -> None:
    """In a process of its own, for what is allocated outside Python is seen from outside only."""
    path = tmp_path / f"a{suffix}"
    write(path, MANY // 4)
    size = path.stat().st_size
    assert size > 20_000_000
    found = subprocess.run([sys.executable, "-c", READ, path], capture_output=True, check=True, text=True).stdout
    count, kilobytes = map(int, found.split())
    assert count == MANY // 4
    assert kilobytes * 1024 < size / 3
