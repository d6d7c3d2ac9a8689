"""Generated and damaged inputs for test_hostile_inputs.py: the same ones every time, good articles among them.

python tests/hostile.py ARTICLES ARCHIVE EXPECTED.json
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
import random
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pyarrow
import zstandard
from pyarrow import parquet

EVERY = 10
"""One input of so many is a good article."""

_MARKS = "“”‘’\"'«»„‟‹›「」``''—:"
_RIGHT_TO_LEFT = ["\u202e", "\u202b", "\u202c", "\u200f", "שלום אמר השר", "قال الوزير إن الجسر سيبنى", "«", "»", " "]
_ODD = ["\u0301" * 40, "👩‍👩‍👧‍👦", "\ufeff", "\u2028", "\x0b", "\x1b[31m", "\u0000", "\U0010ffff", "ﷺ", "\t", "\r", " "]
_BROKEN_UTF8 = [b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x80", b"\x80", b"\xfe", b"\xf8\x88"]
_ENCODINGS = ["cp1252", "koi8-r", "utf-16", "utf-16-le", "utf-32", "shift-jis", "utf-7", "cp037", "utf-8-sig"]

Generated = Callable[[random.Random], bytes]


@dataclass
class Expected:
    """What a run over an archive has to give.

    Attributes:
        good: Id to text, of articles that are nothing but good.
        counts: Path to the number of its records, where that is known.
        some: Paths of damaged files of several articles, which give at least one record.
        bad: Ids of inputs that nobody could read.
        inputs: How many inputs there are.
    """

    good: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    some: list[str] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)
    inputs: int = 0


def good_text(number: int) -> str:
    """A short article, no two alike."""
    return f"“We will mend bridge {number},” Mayor Ann Lee said on Monday. She accused the bank of greed.\n"


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The data with some bytes flipped, deleted, put in, doubled, cut off or moved."""
    for _ in range(chance.choice([1, 1, 2, 4, 16])):
        at = chance.randrange(len(data) + 1)
        some = chance.randrange(1, 20)
        match chance.randrange(7):
            case 0 if at < len(data):
                data = data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]
            case 1:
                data = data[:at] + data[at + some :]
            case 2:
                data = data[:at] + chance.randbytes(some) + data[at:]
            case 3:
                data = data[: at + some] + data[at:]
            case 4:
                data = data[:at] + chance.choice(_BROKEN_UTF8) + data[at:]
            case 5 if chance.random() < 0.3:
                data = data[:at]
            case 6:
                data = data[at:] + data[:at]
    return data


class Generator:
    """Makes hostile texts, from the paragraphs of good articles and from nothing.

    Args:
        articles: Articles to damage.
    """

    def __init__(self, articles: list[str]) -> None:
        self.articles = articles
        self._paragraphs = [part for text in articles for part in text.split("\n\n") if 20 < len(part) < 200]
        self.texts: list[Generated] = [
            self.damaged_paragraph,
            self.damaged_paragraph,
            self.other_encoding,
            lambda chance: chance.randbytes(chance.randrange(1, 200)),
            lambda chance: bytes(chance.randrange(128, 256) for _ in range(chance.randrange(1, 100))),
            lambda chance: "".join(chance.choices(_MARKS, k=chance.randrange(1, 200))).encode(),
            lambda chance: "".join(chance.choices(_RIGHT_TO_LEFT, k=chance.randrange(1, 30))).encode(),
            lambda chance: "".join(chance.choices(_ODD, k=chance.randrange(1, 20))).encode(),
            self.broken_utf8,
            self.spliced,
        ]

    def paragraph(self, chance: random.Random) -> str:
        return chance.choice(self._paragraphs)

    def text(self, chance: random.Random) -> bytes:
        return chance.choice(self.texts)(chance)

    def damaged_paragraph(self, chance: random.Random) -> bytes:
        return damaged(self.paragraph(chance).encode(), chance)

    def other_encoding(self, chance: random.Random) -> bytes:
        return damaged(self.paragraph(chance).encode(chance.choice(_ENCODINGS), "replace"), chance)

    def broken_utf8(self, chance: random.Random) -> bytes:
        words = self.paragraph(chance).encode().split()
        return b" ".join(chance.choice([word, word, word, chance.choice(_BROKEN_UTF8)]) for word in words)

    def spliced(self, chance: random.Random) -> bytes:
        one, other = self.paragraph(chance).encode(), self.paragraph(chance).encode()
        return one[: chance.randrange(len(one))] + other[chance.randrange(len(other)) :]

    def json_line(self, chance: random.Random) -> bytes:
        """A line that is JSON or was: never blank, and nothing but its end is a line end."""
        match chance.randrange(6):
            case 0 | 1 | 2:
                line = damaged(
                    json.dumps({"text": self.paragraph(chance)}, ensure_ascii=chance.random() < 0.5).encode(), chance
                )
            case 3:
                text = self.text(chance).decode("utf-8", "surrogateescape")
                line = json.dumps({"text": text}).encode()
            case 4:
                value: object = chance.choice([None, 1, [], {}, "", "\ud800", 1e308, True, " \n", "\0", {"text": "a"}])
                line = json.dumps({chance.choice(["text", "id", "date", "title", "é"]): value, "text": value}).encode()
            case _:
                line = self.text(chance)
        return line.replace(b"\n", b" ").strip() or b"{"

    def whole_page(self, chance: random.Random) -> str:
        paragraphs = "".join(f"<p>{self.paragraph(chance)}</p>" for _ in range(4))
        return f"<html><head><title>Bridge</title></head><body><article>{paragraphs}</article></body></html>"

    def page(self, chance: random.Random) -> bytes:
        html = self.whole_page(chance)
        junk = [
            "<div>" * 30,
            "<!--",
            "<script>",
            "&#x110000;",
            "<p",
            "</article>",
            "\0",
            "<![CDATA[",
            "<svg><title>",
            "]]>",
        ]
        for _ in range(chance.randrange(5)):
            at = chance.randrange(len(html))
            html = html[:at] + chance.choice(junk) + html[at:]
        return damaged(html.encode(chance.choice(["utf-8", "cp1252", "utf-16"]), "replace"), chance)


def warc_record(url: str, html: str) -> bytes:
    """A page in a web archive."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html.encode()
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Length: {len(http)}\r\n\r\n"
    return head.encode() + http + b"\r\n\r\n"


def build(articles: list[str], archive: Path, seed: int = 20) -> Expected:
    """Writes more than ten thousand inputs of all kinds.

    Args:
        articles: Articles to damage.
        archive: The folder to write to.
        seed: What chance starts from.
    """
    make, chance, expected = Generator(articles), random.Random(seed), Expected()
    _texts(make, chance, archive, expected)
    _lines(make, chance, archive, expected)
    _rows(make, chance, archive, expected)
    _parquet_rows(make, chance, archive, expected)
    _pages(make, chance, archive, expected)
    _packed(make, chance, archive, expected)
    _containers(make, chance, archive, expected)
    return expected


def _texts(make: Generator, chance: random.Random, archive: Path, expected: Expected, count: int = 2_400) -> None:
    for number in range(count):
        name = f"txt/{number % 7}/{number:04}"
        path = archive / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        if number % EVERY == 0:
            expected.good[name] = good_text(number)
            path.write_text(good_text(number), encoding="utf-8")
        elif number % EVERY == 1:
            blank = bytes(range(256)) if chance.random() < 0.5 else b" \n" * chance.randrange(9)
            expected.bad.append(name)
            path.write_bytes(blank)
        elif number % 300 == 2:
            path.write_bytes(damaged(chance.choice(make.articles).encode(), chance))
        else:
            path.write_bytes(make.text(chance))
        expected.counts[f"{name}.txt"] = 1
    expected.inputs += count


def _lines(make: Generator, chance: random.Random, archive: Path, expected: Expected, count: int = 3_600) -> None:
    with (archive / "lines.jsonl").open("wb") as stream:
        for number in range(1, count + 1):
            if number % EVERY == 1:
                expected.good[f"lines:{number}"] = good_text(number)
                line = json.dumps({"text": good_text(number)}).encode()
            elif number % EVERY == 2:
                expected.bad.append(f"lines:{number}")
                line = json.dumps({"text": make.paragraph(chance)}).encode()[: -chance.randrange(1, 20)]
            else:
                line = make.json_line(chance)
            stream.write(line + b"\n")
    expected.counts["lines.jsonl"] = count
    expected.inputs += count


def _rows(make: Generator, chance: random.Random, archive: Path, expected: Expected, count: int = 1_800) -> None:
    with (archive / "rows.csv").open("wb") as stream:
        stream.write(b"title,text\n")
        for number in range(1, count + 1):
            title = b"t"
            if number % EVERY == 0:
                expected.good[f"rows:{number}"] = good_text(number)
                cell = good_text(number).encode()
                title = b""
            elif number % EVERY == 1:
                expected.bad.append(f"rows:{number}")
                cell = chance.choice([b" \n", b"\0\0\0", b" "])
            else:
                cell = make.text(chance)
            stream.write(title + b',"' + cell.replace(b'"', b'""') + b'"\r\n')
    expected.counts["rows.csv"] = count
    expected.inputs += count


def _parquet_rows(
    make: Generator, chance: random.Random, archive: Path, expected: Expected, count: int = 1_000
) -> None:
    cells = []
    for number in range(1, count + 1):
        if number % EVERY == 0:
            expected.good[f"cells:{number}"] = good_text(number)
        elif number % EVERY == 1:
            expected.bad.append(f"cells:{number}")
        cells.append(
            good_text(number).encode() if number % EVERY == 0 else None if number % EVERY == 1 else make.text(chance)
        )
    parquet.write_table(pyarrow.table({"text": pyarrow.array(cells, pyarrow.binary())}), archive / "cells.parquet")
    expected.counts["cells.parquet"] = count
    expected.inputs += count


def _pages(make: Generator, chance: random.Random, archive: Path, expected: Expected, count: int = 200) -> None:
    (archive / "html").mkdir()
    for number in range(count):
        (archive / f"html/{number}.html").write_bytes(make.page(chance))
        expected.counts[f"html/{number}.html"] = 1
    expected.inputs += count


def _packed(make: Generator, chance: random.Random, archive: Path, expected: Expected, count: int = 400) -> None:
    (archive / "packed").mkdir()
    for number in range(count):
        good = number % EVERY == 0
        text = good_text(number) if good else make.paragraph(chance)
        gz = gzip.compress(text.encode(), mtime=0)
        zst = zstandard.compress(text.encode())
        for suffix, data in (("gz", gz), ("zst", zst)):
            name = f"packed/{suffix}-{number}"
            if good:
                expected.good[name] = text
            elif number % EVERY == 1:
                expected.bad.append(name)
                data = data[: chance.randrange(3, len(data) - 1)]
            else:
                data = damaged(data, chance)
            (archive / f"{name}.txt.{suffix}").write_bytes(data)
            expected.counts[f"{name}.txt.{suffix}"] = 1
            expected.inputs += 1


def _containers(make: Generator, chance: random.Random, archive: Path, expected: Expected, count: int = 100) -> None:
    """Whole files of several articles, damaged anywhere."""
    (archive / "files").mkdir()
    for number in range(count):
        texts = [make.paragraph(chance) for _ in range(3)]
        lines = "".join(f"{json.dumps({'text': text})}\n" for text in texts).encode()
        table = io.StringIO()
        csv.writer(table).writerows([["text"], *([text] for text in texts)])
        cells = io.BytesIO()
        parquet.write_table(pyarrow.table({"text": texts}), cells)
        web = b"".join(warc_record(f"https://example.org/{number}/{at}", make.whole_page(chance)) for at in range(3))
        for name, data in (
            ("jsonl", lines),
            ("csv", table.getvalue().encode()),
            ("tsv", codecs.BOM_UTF8 + table.getvalue().encode()),
            ("parquet", cells.getvalue()),
            ("warc", web),
            ("jsonl.gz", gzip.compress(lines, mtime=0)),
            ("warc.gz", gzip.compress(web, mtime=0)),
            ("jsonl.zst", zstandard.compress(lines)),
        ):
            path = f"files/{number}.{name}"
            (archive / path).write_bytes(damaged(data, chance))
            expected.some.append(path)
            expected.inputs += 1


def main() -> None:
    articles, archive, expected = map(Path, sys.argv[1:])
    texts = [path.read_text(encoding="utf-8") for path in sorted(articles.glob("*.txt"))]
    expected.write_text(json.dumps(asdict(build(texts, archive))), encoding="utf-8")


if __name__ == "__main__":
    main()
