"""Prodigy: JSONL of tasks with spans and relations, one article a line.

    prodigy mark gold spans.jsonl --view-id spans_manual --label QUOTE,CUE,SPEAKER,TARGET
    prodigy mark gold spans.jsonl --view-id relations --label CUE,SPEAKER,TARGET,CONTINUES

The format is that of https://prodi.gy/docs/api-interfaces: offsets in characters, `token_end` inclusive,
`head` and `child` of a relation the last tokens of the spans that it joins.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, BinaryIO

from spacy import blank
from spacy.tokens import Doc

from quotes.component import aligned
from quotes.export.tokens import CUE, QUOTE, SPEAKER, TARGET, labelled_spans, tokenized
from quotes.schema import AnnotatedArticle, Offsets, Quote

_CONTINUES = "CONTINUES"


def write(articles: Iterable[AnnotatedArticle], stream: BinaryIO) -> None:
    """Write articles as Prodigy tasks, each with its tokens, so that Prodigy needs no model to show them.

    What a span can't say (type, speaker's name, stance, tone) is under `quotes` and `speakers`, as in
    the records.

    Args:
        articles: The articles; consumed one at a time.
        stream: Where to write UTF-8 bytes.
    """
    nlp = blank("en")
    for article in articles:
        with nlp.memory_zone():  # or the words of all articles would stay in memory
            task = _task(article, tokenized(nlp, article.text, _edges(article)))
        stream.write(json.dumps(task, ensure_ascii=False).encode() + b"\n")


def _edges(article: AnnotatedArticle) -> Iterator[int]:
    for _, place in labelled_spans(article):
        yield from place


def _task(article: AnnotatedArticle, doc: Doc) -> dict[str, Any]:
    return {
        "text": article.text,
        "tokens": [
            {"text": t.text, "start": t.idx, "end": t.idx + len(t), "id": t.i, "ws": bool(t.whitespace_)} for t in doc
        ],
        "spans": [span for label, place in labelled_spans(article) if (span := _span(doc, label, place))],
        "relations": [relation for quote in article.quotes for relation in _relations(doc, quote)],
        "meta": {name: value for name in ("id", "title", "date") if (value := getattr(article, name)) is not None},
        **article.model_dump(mode="json", include={"speakers", "quotes"}),
    }


def _span(doc: Doc, label: str, place: Offsets) -> dict[str, Any] | None:
    span = aligned(doc, place, label)
    if span is None:
        return None
    offsets = {"start": span.start_char, "end": span.end_char}
    return {**offsets, "token_start": span.start, "token_end": span.end - 1, "label": label}


def _relations(doc: Doc, quote: Quote) -> Iterator[dict[str, Any]]:
    parts = [_span(doc, QUOTE, place) for place in quote.spans]
    ends = [(parts[0], CUE, quote.cue), (parts[0], SPEAKER, quote.mention), (parts[0], TARGET, quote.target)]
    joined = [(head, label, _span(doc, label, (end.start, end.end))) for head, label, end in ends if end is not None]
    joined += [(head, _CONTINUES, child) for head, child in pairwise(parts)]
    for head, label, child in joined:
        if head is not None and child is not None:
            tokens = {"head": head["token_end"], "child": child["token_end"]}
            yield {**tokens, "head_span": head, "child_span": child, "label": label}
