"""More than ten thousand inputs that are hostile or broken: no crash, no hang, no good article lost."""

from __future__ import annotations

import codecs
import gzip
import io
import json
import os
import re
import subprocess
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow
import pytest
import zstandard
from pyarrow import parquet

import quotes
from quotes.articles import article_from_text

PROJECT = Path(__file__).resolve().parents[1]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(PROJECT), "COLUMNS": "100", "TERM": "dumb"}
SECONDS = 60
"""The time limit an article; on a quiet machine the five megabytes of words take the longest, some seconds."""

# Runs a command and says how much memory the largest of its processes had, in kilobytes.
_MEASURED = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[2:])
with open(sys.argv[1], "w") as peak:
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=peak)
sys.exit(code)
"""


@dataclass
class Run:
    """What a run of the command left."""

    code: int
    stderr: str
    records: list[dict[str, Any]]
    errors: list[dict[str, Any]]
    megabytes: float
    output: Path


def extract(folder: Path, *inputs: str, timeout: float) -> Run:
    """Runs the command in `folder/archive`; its output goes beside that."""
    output, peak = folder / "out.jsonl", folder / "peak"
    how = ["--workers", "2", "--no-tags", "--max-seconds", str(SECONDS)]
    command = [sys.executable, "-m", "quotes", "extract", *inputs, "-o", str(output), *how]
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, str(peak), *command],
        cwd=folder / "archive",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=ENVIRONMENT,
        timeout=timeout,
        check=False,
    )
    stderr = done.stderr.decode()
    assert done.returncode == 1, stderr[-2000:]
    return Run(
        done.returncode,
        stderr,
        parsed(output),
        parsed(folder / "errors.jsonl"),
        int(peak.read_text()) / 1024,
        output,
    )


def parsed(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().split(b"\n") if line]


def check_run(run: Run) -> None:
    """What has to be so whatever the inputs are."""
    assert "Traceback" not in run.stderr
    *errors, summary = run.stderr.splitlines()
    assert all(line.startswith("error: ") for line in errors)
    failed = [record for record in run.records if "error" in record]
    assert len(errors) == len(failed)
    assert re.match(rf"{len(run.records) - len(failed)} articles, .*, {len(failed)} errors, ", summary)
    ids = [record["id"] for record in run.records]
    assert len(set(ids)) == len(ids)
    assert run.errors == [{"id": one["id"], "path": one["path"], **one["error"]} for one in failed]
    # None was too slow and none cost a worker its life: those would be errors of other kinds.
    assert {error["kind"] for error in run.errors} == {"ArticleError"}
    for error in run.errors:
        assert error["message"].startswith(error["path"])
        assert "\n" not in error["message"].removeprefix(error["path"])
    checked = subprocess.run(
        [sys.executable, "-m", "quotes", "validate", str(run.output)], capture_output=True, env=ENVIRONMENT, check=False
    )
    assert checked.returncode == 0, checked.stderr


# ---- by the thousand


Expected = dict[str, Any]
"""`Expected` of hostile.py, as JSON."""


@pytest.fixture(scope="module")
def thousands(tmp_path_factory: pytest.TempPathFactory) -> tuple[Expected, Run]:
    folder = tmp_path_factory.mktemp("thousands")
    (folder / "archive").mkdir()
    generator = [sys.executable, str(PROJECT / "tests" / "hostile.py"), str(PROJECT / "data" / "articles")]
    subprocess.run([*generator, str(folder / "archive"), str(folder / "expected.json")], check=True)
    return json.loads((folder / "expected.json").read_text()), extract(folder, ".", timeout=600)


def test_thousands_of_bad_inputs_end_well(thousands: tuple[Expected, Run]) -> None:
    expected, run = thousands
    assert expected["inputs"] >= 10_000
    check_run(run)


def test_each_input_has_its_record(thousands: tuple[Expected, Run]) -> None:
    expected, run = thousands
    found = Counter(record["path"] for record in run.records)
    assert found.keys() == expected["counts"].keys() | set(expected["some"])
    assert {path: found[path] for path in expected["counts"]} == expected["counts"]


def test_the_good_ones_among_them_are_all_there(thousands: tuple[Expected, Run], pipeline: quotes.Pipeline) -> None:
    expected, run = thousands
    assert len(expected["good"]) > 900
    records = {record["id"]: record for record in run.records}
    for id, text in expected["good"].items():
        article = article_from_text(text, id, path=records[id]["path"])
        assert records[id] == pipeline(article).model_dump(mode="json")


def test_what_nobody_could_read_has_an_error_that_says_where_it_is(thousands: tuple[Expected, Run]) -> None:
    expected, run = thousands
    assert len(expected["bad"]) > 900
    errors = {error["id"]: error["message"] for error in run.errors}
    for id in expected["bad"]:
        name, _, number = id.partition(":")
        where = {"lines": "lines.jsonl, line", "rows": "rows.csv, row", "cells": "cells.parquet, row"}.get(name)
        assert errors[id].startswith(f"{where} {number}: " if where else f"{name}.txt")


def test_memory_is_that_of_an_ordinary_run(thousands: tuple[Expected, Run]) -> None:
    assert thousands[1].megabytes < 800


# ---- each by its name


@cache
def _much() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join([*(packer.compress(b"x" * (1 << 20)) for _ in range(64)), packer.flush()])


def gzip_bomb(start: bytes = b"") -> bytes:
    """A gzip file of half a megabyte that unpacks to half a gigabyte behind its start."""
    return gzip.compress(start, mtime=0) + _much() * 8


def zstandard_bomb(megabytes: int = 512) -> bytes:
    packer = zstandard.ZstdCompressor().compressobj()
    return b"".join([*(packer.compress(b"x" * (1 << 20)) for _ in range(megabytes)), packer.flush()])


def parquet_file(column: pyarrow.Array) -> bytes:
    stream = io.BytesIO()
    parquet.write_table(pyarrow.table({"text": column}), stream)
    return stream.getvalue()


def sentence(number: int) -> str:
    return f"“We will mend bridge {number},” Mayor Ann Lee said on Monday. She accused the bank of greed.\n"


def warc_record(url: str, html: str) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html.encode()
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Length: {len(http)}\r\n\r\n"
    return head.encode() + http + b"\r\n\r\n"


TEXT = sentence(1)
LINE = json.dumps({"text": TEXT}).encode()
PAGE = f"<html><body><article><p>{TEXT}</p><p>{sentence(2)}</p><p>{sentence(3)}</p></article>"
NESTED = "“He said, ‘" * 5_000 + TEXT + "’”" * 5_000
ARABIC = "قال الوزير «سنعيد بناء الجسر» أمس.\n" * 20
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY e0 "ha">{ENTITIES}]><html><body><p>&e11;</p></body></html>'
ROWS = parquet_file(pyarrow.array([TEXT, TEXT]))
WEB = warc_record("https://example.org/a", PAGE)

ARTICLE = None
"""Stands for no error."""

# File, what is in it, and of each of its records what its error says.
SPECIAL: dict[str, tuple[str, bytes | Callable[[], bytes], list[str | None]]] = {
    "no bytes": ("none.txt", b"", ["is empty"]),
    "a byte-order mark alone": ("mark.txt", codecs.BOM_UTF8, ["is empty"]),
    "zero bytes": ("zeros.txt", bytes(100_000), ["NUL bytes"]),
    "random bytes": ("random.txt", lambda: os.urandom(100_000), ["looks like a binary file|is not"]),
    "marks only": ("marks.txt", ("“”‘’\"'«»" * 2_000).encode(), [ARTICLE]),
    "opening marks only": ("opening.txt", ("“" * 10_000).encode(), [ARTICLE]),
    "10,000 nested marks": ("nested.txt", NESTED.encode(), [ARTICLE]),
    "five megabytes of words on a line": ("words.txt", b"word " * 900_000 + TEXT.encode(), [ARTICLE]),
    "five megabytes of Cyrillic on a line": ("koi8.txt", ("Он сказал: " * 450_000).encode("koi8-r"), [ARTICLE]),
    "five megabytes of junk on a line": ("junk.txt", bytes(range(0xC0, 0x100)) * 78_000, [ARTICLE]),
    "one character too many": ("long.txt", b"x" * 5_000_001, ["longer than 5,000,000"]),
    "broken UTF-8": ("broken.txt", TEXT.encode() + b"\xff\xc0\x80\xed\xa0\x80\xf4\x90\x80\x80\xe2\x80", [ARTICLE]),
    "right to left": ("arabic.txt", ("\u202e" + ARABIC + "\u202c" + TEXT).encode(), [ARTICLE]),
    "a thousand accents on a letter": ("accents.txt", ("e" + "\u0301" * 1_000 + " " + TEXT).encode(), [ARTICLE]),
    "control characters": ("control.txt", bytes(range(1, 32)) * 30 + TEXT.encode(), [ARTICLE]),
    "nested elements": ("deep.html", ("<div>" * 90_000 + PAGE).encode(), ["save its text as .txt|save the text"]),
    "too many elements": ("many.html", ("<b>" * 200_000 + PAGE).encode(), ["too many tags"]),
    "a huge attribute": (
        "attribute.html",
        PAGE.replace("<p>", f"<p title='{'x' * 3_000_000}'>", 1).encode(),
        [ARTICLE],
    ),
    "many attributes": ("attributes.html", f"<p {' '.join(f'a{n}=1' for n in range(90_000))}>".encode(), ["too many"]),
    "entities of entities": ("laughs.xhtml", LAUGHS.encode(), [ARTICLE]),
    "a gzip bomb": ("bomb.txt.gz", gzip_bomb, ["longer than 5,000,000"]),
    "a gzip bomb of a page": ("page.html.gz", lambda: gzip_bomb(b"<p>"), ["longer than 5,000,000"]),
    "a gzip bomb of lines": ("bomb.jsonl.gz", lambda: gzip_bomb(LINE + b"\n"), [ARTICLE, "longer than 5,000,000"]),
    "a gzip bomb of rows": ("bomb.csv.gz", lambda: gzip_bomb(b"text\na\n"), [ARTICLE, "longer than 5,000,000"]),
    "a gzip bomb of pages": ("bomb.warc.gz", lambda: gzip_bomb(WEB), [ARTICLE, "damaged web archive"]),
    "a Zstandard bomb": ("bomb.txt.zst", zstandard_bomb, ["longer than 5,000,000"]),
    "gzip in gzip": ("twice.txt.gz", gzip.compress(gzip.compress(TEXT.encode())), ["looks like a gzip file"]),
    "gzip cut off": ("cut.txt.gz", gzip.compress(TEXT.encode())[:-9], ["damaged gzip data"]),
    "gzip cut off after lines": (
        "cut.jsonl.gz",
        gzip.compress((LINE + b"\n") * 3)[:-4],
        [ARTICLE, ARTICLE, ARTICLE, "damaged gzip data"],
    ),
    "gzip with junk behind it": ("behind.txt.gz", gzip.compress(TEXT.encode()) + b"junk", ["damaged gzip data"]),
    "gzip by another name": ("named.txt", gzip.compress(TEXT.encode()), [ARTICLE]),
    "Zstandard cut off": ("cut.txt.zst", zstandard.compress(TEXT.encode())[:-5], ["damaged Zstandard data"]),
    "Parquet cut off": ("cut.parquet", ROWS[:-10], ["damaged Parquet file"]),
    "Parquet without a middle": ("hollow.parquet", b"PAR1" + bytes(5_000) + b"PAR1", ["damaged Parquet file"]),
    "Parquet with a footer of four gigabytes": ("footer.parquet", ROWS[:-8] + b"\xff" * 4 + b"PAR1", ["damaged"]),
    "Parquet of lists": ("lists.parquet", parquet_file(pyarrow.array([[TEXT], None])), ["that is a string"] * 2),
    "text by the name of Parquet": ("text.parquet", TEXT.encode(), ["is not a Parquet file"]),
    "JSON that never ends": (
        "open.jsonl",
        LINE + b"\n" + LINE[:-2] + b"\n" + LINE,
        [ARTICLE, "not valid JSON", ARTICLE],
    ),
    "JSON nested too deeply": ("deep.jsonl", b'{"text": ' + b"[" * 100_000, ["nested too deeply"]),
    "a number of a million digits": ("digits.jsonl", b'{"text": ' + b"9" * 1_000_000 + b"}", ["a number too long"]),
    "JSON that is no record": ("no.jsonl", b'[]\nnull\n{"a": 1}\n', ["not a JSON object"] * 2 + ["that is a string"]),
    "lone surrogates": ("lone.jsonl", b'{"text": "\\ud800 \\udfff", "id": "\\ud800"}', [ARTICLE]),
    "a line of NULs": ("zeros.jsonl", LINE + b"\n" + bytes(999) + b"\n" + LINE, [ARTICLE, "NUL bytes", ARTICLE]),
    "UTF-16 by the name of JSONL": ("wide.jsonl", TEXT.encode("utf-16"), ["JSONL must be UTF-8"]),
    "a cell that never ends": (
        "open.csv",
        b'text\na\n"' + (b"b" * 99 + b"\n") * 180_000,
        [ARTICLE, "mark is never closed"],
    ),
    "a row of NULs": ("zeros.csv", b"text\na\n" + bytes(999) + b"\nb\n", [ARTICLE, "NUL bytes", ARTICLE]),
    "100,000 columns": ("wide.csv", b"a," * 100_000 + b"b\n1\n", ['has no column "text"']),
    "a row of other bytes": (
        "odd.csv",
        b'text\na\n"\x9fe\x9cbr\x11\xfe\x8c\xacr\xe0<"\nb\n',
        [ARTICLE, ARTICLE, ARTICLE],
    ),
    "an archive cut off": ("cut.warc", WEB + WEB[:-60], [ARTICLE, "is cut off"]),
    "a negative length": ("length.warc", WEB.replace(b"Length: ", b"Length: -"), ["damaged|holds no"]),
    "a length of exabytes": ("exa.warc", WEB.replace(b"Length: ", b"Length: 9999999999999"), ["is cut off"]),
}


def _odd_files(folder: Path) -> Iterator[tuple[str, list[str | None]]]:
    """Makes what isn't a file, or has a name that is none; gives each path with what its error says."""
    os.mkfifo(folder / "fifo.txt")
    os.mkfifo(folder / "fifo.jsonl")
    yield from ((name, ["is a FIFO, socket or device"]) for name in ("fifo.txt", "fifo.jsonl"))
    (folder / "self.txt").symlink_to("self.txt")
    (folder / "ping.txt").symlink_to("pong.txt")
    (folder / "pong.txt").symlink_to("ping.txt")
    yield from ((name, ["Too many levels of symbolic links"]) for name in ("self.txt", "ping.txt", "pong.txt"))
    (folder / "up").symlink_to(folder, target_is_directory=True)
    (folder / "gone.txt").symlink_to("nowhere")
    yield "gone.txt", ["No such file"]
    (folder / "zero.txt").symlink_to("/dev/zero")
    yield "zero.txt", ["is a FIFO, socket or device"]
    for name in ("folder.txt/inside.txt", "new\nline.txt", "escape\x1b[31m.txt", f"{'n' * 251}.txt", "-.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(TEXT, encoding="utf-8")
        yield name, [ARTICLE]
    (folder / "empty\n.txt").touch()
    yield "empty\n.txt", ["is empty"]
    (folder / "caf\udce9.txt").write_text(TEXT, encoding="utf-8")
    yield "caf\ufffd.txt", [ARTICLE]


@pytest.fixture(scope="module")
def special(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, list[str | None]], Run]:
    folder = tmp_path_factory.mktemp("special")
    archive = folder / "archive"
    archive.mkdir()
    expected = {}
    for name, content, errors in SPECIAL.values():
        (archive / name).write_bytes(content if isinstance(content, bytes) else content())
        expected[name] = errors
    expected |= dict(_odd_files(archive))
    expected["/dev/zero"] = ["longer than 5,000,000 characters"]
    return expected, extract(folder, ".", "/dev/zero", timeout=600)


def test_special_inputs_end_well(special: tuple[dict[str, list[str | None]], Run]) -> None:
    expected, run = special
    check_run(run)
    assert {record["path"] for record in run.records} == expected.keys()


@pytest.mark.parametrize("name", [*(case[0] for case in SPECIAL.values()), "odd files"], ids=[*SPECIAL, "odd files"])
def test_each_special_input_gives_its_articles_and_errors(
    special: tuple[dict[str, list[str | None]], Run], name: str
) -> None:
    expected, run = special
    regular = {case[0] for case in SPECIAL.values()}
    for path in [name] if name in regular else expected.keys() - regular:
        found = [record.get("error", {}).get("message") for record in run.records if record["path"] == path]
        assert len(found) == len(expected[path]), (path, found)
        for error, wanted in zip(found, expected[path], strict=True):
            assert (error is None) == (wanted is None), (path, error)
            assert wanted is None or re.search(wanted, error), (path, error)


def test_no_bomb_takes_much_memory(special: tuple[dict[str, list[str | None]], Run]) -> None:
    assert special[1].megabytes < 1500
