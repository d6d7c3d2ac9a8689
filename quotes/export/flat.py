"""Flat JSONL: one statement a line, the same keys in each, for `datasets` and pandas.

    datasets.load_dataset("json", data_files="statements.jsonl")
    pandas.read_json("statements.jsonl", lines=True)

Parquet and CSV have the same columns.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any, BinaryIO

from quotes.schema import AnnotatedArticle, Quote, Span, Speaker, WatchedStance


class Kind(Enum):
    """What the cells of a column are; all but the lists may be missing, and these may be empty."""

    TEXT = "text"
    DATE = "date"
    INTEGER = "integer"
    NUMBER = "number"
    SPANS = "spans"
    WATCHED = "watched"


COLUMNS: dict[str, Kind] = {
    "article_id": Kind.TEXT,
    "article_title": Kind.TEXT,
    "article_date": Kind.DATE,
    "article_path": Kind.TEXT,
    "quote_id": Kind.INTEGER,
    "type": Kind.TEXT,
    "text": Kind.TEXT,
    "spans": Kind.SPANS,
    "cue": Kind.TEXT,
    "cue_start": Kind.INTEGER,
    "cue_end": Kind.INTEGER,
    "speaker": Kind.TEXT,
    "speaker_kind": Kind.TEXT,
    "speaker_role": Kind.TEXT,
    "speaker_affiliation": Kind.TEXT,
    "speaker_kb_id": Kind.TEXT,
    "mention": Kind.TEXT,
    "mention_start": Kind.INTEGER,
    "mention_end": Kind.INTEGER,
    "target": Kind.TEXT,
    "target_start": Kind.INTEGER,
    "target_end": Kind.INTEGER,
    "stance": Kind.TEXT,
    "stance_score": Kind.NUMBER,
    "tone": Kind.TEXT,
    "tone_score": Kind.NUMBER,
    "watched": Kind.WATCHED,
    "confidence": Kind.NUMBER,
    "rule": Kind.TEXT,
}
"""The columns in order. Offsets are characters of the article's text, end exclusive."""

WATCHED: dict[str, Kind] = {
    "name": Kind.TEXT,
    "kb_id": Kind.TEXT,
    "target": Kind.TEXT,
    "start": Kind.INTEGER,
    "end": Kind.INTEGER,
    "stance": Kind.TEXT,
    "score": Kind.NUMBER,
}
"""The fields of each stance in `watched`, with the target as the watch list and as the statement names it."""


def rows(articles: Iterable[AnnotatedArticle]) -> Iterator[dict[str, Any]]:
    """The statements of articles as rows of `COLUMNS`.

    Args:
        articles: The articles; consumed one at a time.

    Yields:
        For each statement its cells by column; None where there is nothing to say.
    """
    for article in articles:
        for quote in article.quotes:
            yield _row(article, quote)


def write(articles: Iterable[AnnotatedArticle], stream: BinaryIO) -> None:
    """Write the statements of articles, one a line.

    A missing text is "" and a missing date or number null; `watched` is a text, too, that holds its list as
    JSON. `datasets` fixes the type of a column by the first ten megabytes: were a rare text such as
    `speaker_kb_id` null all through them, or `watched` an empty list, the first value after them would be
    an error.

    Args:
        articles: The articles; consumed one at a time.
        stream: Where to write UTF-8 bytes.
    """
    texts = [name for name, kind in COLUMNS.items() if kind is Kind.TEXT]
    for row in rows(articles):
        for name in texts:
            row[name] = row[name] or ""
        row["watched"] = json.dumps(row["watched"], ensure_ascii=False)
        stream.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")


def _row(article: AnnotatedArticle, quote: Quote) -> dict[str, Any]:
    speaker = None if quote.speaker is None else article.speakers[quote.speaker]
    return {
        "article_id": article.id,
        "article_title": article.title,
        "article_date": article.date,
        "article_path": article.path,
        "quote_id": quote.id,
        "type": quote.type,
        "text": quote.text,
        "spans": [list(span) for span in quote.spans],
        **_place("cue", quote.cue),
        **_speaker(speaker),
        **_place("mention", quote.mention),
        **_place("target", quote.target),
        "stance": quote.stance.label if quote.stance else None,
        "stance_score": quote.stance.score if quote.stance else None,
        "tone": quote.tone.label if quote.tone else None,
        "tone_score": quote.tone.score if quote.tone else None,
        "watched": [_watched(one) for one in quote.stances],
        "confidence": quote.confidence,
        "rule": quote.rule,
    }


def _place(name: str, span: Span | None) -> dict[str, Any]:
    text, start, end = (span.text, span.start, span.end) if span else (None, None, None)
    return {name: text, f"{name}_start": start, f"{name}_end": end}


def _watched(one: WatchedStance) -> dict[str, Any]:
    return {
        "name": one.name,
        "kb_id": one.kb_id,
        "target": one.target.text,
        "start": one.target.start,
        "end": one.target.end,
        "stance": one.stance.label,
        "score": one.stance.score,
    }


def _speaker(speaker: Speaker | None) -> dict[str, Any]:
    return {
        "speaker": speaker.name if speaker else None,
        "speaker_kind": speaker.kind if speaker else None,
        "speaker_role": speaker.role if speaker else None,
        "speaker_affiliation": speaker.affiliation if speaker else None,
        "speaker_kb_id": speaker.kb_id if speaker else None,
    }
