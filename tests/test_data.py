"""The shipped articles and their gold annotation hold together."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from quotes.export import read_jsonl
from quotes.schema import STANCES, TONES, AnnotatedArticle

DATA = Path(__file__).parents[1] / "data"
ARTICLES = DATA / "articles"


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / "gold" / name).read_bytes().splitlines()]


GOLD = _rows("articles.jsonl")
FRESH = _rows("fresh.jsonl")
DEVELOPMENT = _rows("development.jsonl")
"""Like the fresh ones, these have no text files beside them."""

OPENING = ("''", '"', "'", "“", "‘", "«")
CLOSING = ("''", '"', "'", "”", "’", "»")
UNCLOSED = {("valley-flood", '"I counted the lamps')}
"""Article and first words of the quotes that lack a closing mark on purpose."""


def _texts(row: dict[str, Any], quote: dict[str, Any]) -> list[str]:
    return [row["text"][start:end] for start, end in quote["spans"]]


def _direct() -> list[Any]:
    return [
        pytest.param(row["id"], _texts(row, quote), id=f"{row['id']}-{quote['spans'][0][0]}")
        for row in [*GOLD, *FRESH, *DEVELOPMENT]
        for quote in row["quotes"]
        if quote["type"] == "direct"
    ]


every_article = pytest.mark.parametrize("row", [*GOLD, *FRESH, *DEVELOPMENT], ids=lambda row: row["id"])


def test_ids_match_the_article_files() -> None:
    assert [row["id"] for row in GOLD] == sorted(path.stem for path in ARTICLES.glob("*.txt"))


def test_ids_of_articles_without_files_are_sorted_and_new() -> None:
    for rows, others in ((FRESH, [*GOLD, *DEVELOPMENT]), (DEVELOPMENT, [*GOLD, *FRESH])):
        ids = [row["id"] for row in rows]
        assert ids == sorted(set(ids))
        assert not {row["id"] for row in others} & set(ids)


@pytest.mark.parametrize("row", GOLD, ids=lambda row: row["id"])
def test_text_is_the_file_exactly(row: dict[str, Any]) -> None:
    assert row["text"] == (ARTICLES / f"{row['id']}.txt").read_bytes().decode("utf-8")


@every_article
def test_quotes_are_in_wire_form(row: dict[str, Any]) -> None:
    assert set(row) == {"id", "text", "quotes"}
    assert row["quotes"]
    for quote in row["quotes"]:
        assert set(quote) == {"spans", "speaker", "type", "mention", "cue"}
        assert quote["type"] in {"direct", "mixed", "indirect"}
        assert quote["speaker"] is None or quote["speaker"].strip() == quote["speaker"] != ""
        assert quote["spans"]


@every_article
def test_offsets_are_inside_and_give_whole_words(row: dict[str, Any]) -> None:
    text = row["text"]
    for quote in row["quotes"]:
        named = [span for span in (quote["mention"], quote["cue"]) if span is not None]
        for start, end in [*quote["spans"], *named]:
            assert 0 <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip()
            assert not re.search(r"\w\Z", text[:start]) or not re.match(r"\w", text[start:])
            assert not re.search(r"\w\Z", text[:end]) or not re.match(r"\w", text[end:])


@every_article
def test_spans_are_ordered_and_apart_from_cue(row: dict[str, Any]) -> None:
    firsts = [quote["spans"][0] for quote in row["quotes"]]
    assert firsts == sorted(firsts, key=lambda span: (span[0], -span[1]))
    for quote in row["quotes"]:
        ends = [offset for span in quote["spans"] for offset in span]
        assert ends == sorted(ends)
        if quote["cue"] is not None:
            assert all(quote["cue"][1] <= start or end <= quote["cue"][0] for start, end in quote["spans"])


@every_article
def test_a_span_stays_in_its_paragraph(row: dict[str, Any]) -> None:
    for quote in row["quotes"]:
        assert not any("\n" in part or "\r" in part for part in _texts(row, quote))


@pytest.mark.parametrize(("article", "parts"), _direct())
def test_direct_quotes_stand_between_marks(article: str, parts: list[str]) -> None:
    assert all(part.startswith(OPENING) for part in parts)
    unclosed = any(article == name and parts[-1].startswith(words) for name, words in UNCLOSED)
    assert parts[-1].endswith(CLOSING) is not unclosed


@every_article
def test_mixed_quotes_have_marks(row: dict[str, Any]) -> None:
    for quote in row["quotes"]:
        if quote["type"] == "mixed":
            assert any(mark in part for part in _texts(row, quote) for mark in OPENING)


@every_article
def test_articles_have_the_length_of_news(row: dict[str, Any]) -> None:
    assert 350 <= len(row["text"].split()) <= 700


def test_line_ends_and_no_break_spaces_survived() -> None:
    texts = {row["id"]: row["text"] for row in GOLD}
    assert texts["valley-flood"].count("\r\n") == texts["valley-flood"].count("\n") > 0
    assert [name for name, text in texts.items() if "\r" in text] == ["valley-flood"]
    assert "\u00a0—" in texts["takeover-bid"]


@pytest.mark.parametrize("rows", [GOLD, FRESH, DEVELOPMENT], ids=["articles", "fresh", "development"])
def test_datasheet_counts_agree(rows: list[dict[str, Any]]) -> None:
    datasheet = (DATA / "README.md").read_text(encoding="utf-8")
    total: Counter[str] = Counter()
    for row in rows:
        types = Counter(quote["type"] for quote in row["quotes"])
        speakers = {quote["speaker"] for quote in row["quotes"]} - {None}
        counts = {
            "words": len(row["text"].split()),
            "quotes": len(row["quotes"]),
            **{name: types[name] for name in ("direct", "mixed", "indirect")},
            "speakers": len(speakers),
        }
        total.update(counts)
        assert f"| `{row['id']}` | {' | '.join(map(str, counts.values()))} |" in datasheet
    assert f"| all | {' | '.join(map(str, total.values()))} |" in datasheet


def test_records_are_whole_and_as_many_as_the_datasheet_says() -> None:
    records = list(read_jsonl(DATA / "gold" / "records.jsonl"))
    assert len({record.id for record in records}) == len(records) == 27
    quotes = [quote for record in records if isinstance(record, AnnotatedArticle) for quote in record.quotes]
    assert Counter(quote.type for quote in quotes) == {"direct": 145, "mixed": 93, "indirect": 185}
    tones = Counter(quote.tone.label for quote in quotes if quote.tone)
    assert set(tones) == set(TONES)
    assert min(tones.values()) == 27
    assert {quote.stance.label for quote in quotes if quote.stance} == set(STANCES)
