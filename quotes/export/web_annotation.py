"""W3C Web Annotations as JSON-LD (https://www.w3.org/TR/annotation-model/).

The file is an AnnotationCollection with one embedded page. Each statement is an annotation whose target
is its place in the article, once for each part, by position (in code points, as the model wants them)
and by quotation. Its bodies are the speaker, the places of cue, mention and target, and tags for type,
stance and tone; what a body is, its `label` says. Agents have their role by schema.org's terms.

Ids are `urn:uuid`s made of the article's id and text: the same records give the same ids.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import chain
from typing import Any, BinaryIO
from uuid import NAMESPACE_OID, uuid5

from quotes import __version__
from quotes.schema import AnnotatedArticle, Offsets, Quote, Speaker

CONTEXT = "http://www.w3.org/ns/anno.jsonld"

_AROUND = 32
"""Characters before and after a span that tell it from others with the same words."""

_CLASSES = {"person": "Person", "organization": "Organization", "place": "Organization", "group": "foaf:Group"}
"""A place speaks as its government or staff; an unknown speaker is just an agent."""

_WIKIDATA = re.compile(r"Q[1-9]\d*")
_IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", re.IGNORECASE)


def write(articles: Iterable[AnnotatedArticle], stream: BinaryIO) -> None:
    """Write the statements of articles as one collection of annotations, one a line.

    Args:
        articles: The articles; consumed one at a time.
        stream: Where to write UTF-8 bytes.
    """
    digest, total = sha256(), 0
    head = {"@context": CONTEXT, "type": "AnnotationCollection", "label": "Statements"}
    # The number of annotations and the collection's id, which follows from theirs, are known at the
    # end; JSON's keys have no order.
    stream.write(_json(head)[:-1] + b", ")
    for annotation in chain.from_iterable(map(web_annotations, articles)):
        stream.write(b",\n" if total else b'"first": {"type": "AnnotationPage", "startIndex": 0, "items": [\n')
        stream.write(_json(annotation))
        digest.update(annotation["id"].encode())
        total += 1
    collection = _urn("collection", digest.hexdigest())
    if total:  # a page has to have an annotation
        page = {"id": _urn("page", digest.hexdigest()), "partOf": collection}
        stream.write(b"\n], " + _json(page)[1:] + b", ")
    stream.write(_json({"id": collection, "total": total})[1:] + b"\n")


def web_annotations(article: AnnotatedArticle) -> Iterator[dict[str, Any]]:
    """The statements of an article as annotations.

    Args:
        article: The article.

    Yields:
        For each statement an object of the annotation model, without `@context`.
    """
    source = _urn(article.id, sha256(article.text.encode()).hexdigest())
    about = _described(article, source)
    for quote in article.quotes:
        yield {
            "id": _urn(source, "quote", quote.id),
            "type": "Annotation",
            "motivation": "describing",
            "generator": {"id": _urn("generator"), "type": "Software", "name": f"quotes {__version__}"},
            "body": list(_bodies(article, quote, source)),
            "target": [_place(article.text, span, about) for span in quote.spans],
        }


def _described(article: AnnotatedArticle, source: str) -> dict[str, Any]:
    about = {
        "id": source,
        "type": "Text",
        "format": "text/plain",
        "language": "en",
        "schema:identifier": article.id,
        "schema:headline": article.title,
        "schema:datePublished": article.date,
    }
    return {name: value for name, value in about.items() if value is not None}


def _bodies(article: AnnotatedArticle, quote: Quote, source: str) -> Iterator[dict[str, Any]]:
    if quote.speaker is not None:
        agent = _agent(article.speakers[quote.speaker], source)
        yield {"type": "SpecificResource", "purpose": "linking", "label": "speaker", "source": agent}
    for label, span in (("cue", quote.cue), ("mention", quote.mention), ("target", quote.target)):
        if span is not None:
            place = _place(article.text, (span.start, span.end), source)
            yield {**place, "purpose": "identifying", "label": label}
    yield _tag("classifying", "type", quote.type)
    for label, tag in (("stance", quote.stance), ("tone", quote.tone)):
        if tag is not None:
            yield _tag("classifying", label, tag.label)
            yield _tag("assessing", f"{label} probability", str(tag.score))
    yield _tag("assessing", "confidence", str(quote.confidence))
    yield _tag("assessing", "rule", quote.rule)


def _tag(purpose: str, label: str, value: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "label": label, "value": value, "format": "text/plain"}


def _agent(speaker: Speaker, source: str) -> dict[str, Any]:
    agent: dict[str, Any] = {"id": _urn(source, "speaker", speaker.id), "name": speaker.name}
    if speaker.kind in _CLASSES:
        agent["type"] = _CLASSES[speaker.kind]
    if speaker.role is not None:
        agent["schema:jobTitle"] = speaker.role
    if speaker.affiliation is not None:
        agent["schema:affiliation"] = speaker.affiliation
    if speaker.kb_id is not None:
        agent.update(_known_as(speaker.kb_id))
    return agent


def _known_as(kb_id: str) -> dict[str, Any]:
    """A link where the id is Wikidata's or an IRI, else the id as it is."""
    if _WIKIDATA.fullmatch(kb_id):
        return {"schema:sameAs": {"id": f"http://www.wikidata.org/entity/{kb_id}"}}
    if _IRI.fullmatch(kb_id):
        return {"schema:sameAs": {"id": kb_id}}
    return {"schema:identifier": kb_id}


def _place(text: str, span: Offsets, source: str | dict[str, Any]) -> dict[str, Any]:
    start, end = span
    quote = {"exact": text[start:end], "prefix": text[max(0, start - _AROUND) : start]}
    return {
        "type": "SpecificResource",
        "source": source,
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {"type": "TextQuoteSelector", **quote, "suffix": text[end : end + _AROUND]},
        ],
    }


def _urn(*parts: object) -> str:
    return uuid5(NAMESPACE_OID, json.dumps([*map(str, parts), "quotes"])).urn


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
