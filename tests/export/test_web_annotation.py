"""Web Annotations, expanded by a JSON-LD processor and held to the model's musts."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from pyld import jsonld

from quotes.export import web_annotation
from quotes.export.web_annotation import CONTEXT
from quotes.schema import AnnotatedArticle, Speaker

from .conftest import BUDGET, budget

OA = "http://www.w3.org/ns/oa#"
AS = "http://www.w3.org/ns/activitystreams#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA = "http://schema.org/"

# What the published context says of the terms used here.
LINKS = {"body": "hasBody", "target": "hasTarget", "source": "hasSource", "selector": "hasSelector"}
CONTEXT_DOCUMENT = {
    "@context": {
        "id": "@id",
        "type": "@type",
        "schema": SCHEMA,
        "foaf": "http://xmlns.com/foaf/0.1/",
        **{term: {"@id": OA + name, "@type": "@id"} for term, name in LINKS.items()},
        "motivation": {"@id": OA + "motivatedBy", "@type": "@vocab"},
        "purpose": {"@id": OA + "hasPurpose", "@type": "@vocab"},
        **{term: OA + term for term in ("describing", "linking", "identifying", "classifying", "assessing")},
        **{term: OA + term for term in ("Annotation", "TextualBody", "SpecificResource")},
        **{term: OA + term for term in ("TextPositionSelector", "TextQuoteSelector", "exact", "prefix", "suffix")},
        **{
            term: {"@id": OA + term, "@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"}
            for term in ("start", "end")
        },
        "AnnotationCollection": AS + "OrderedCollection",
        "AnnotationPage": AS + "OrderedCollectionPage",
        "Software": AS + "Application",
        "items": {"@id": AS + "items", "@type": "@id", "@container": "@list"},
        "first": {"@id": AS + "first", "@type": "@id"},
        "partOf": {"@id": AS + "partOf", "@type": "@id"},
        "generator": {"@id": AS + "generator", "@type": "@id"},
        "total": AS + "totalItems",
        "startIndex": AS + "startIndex",
        "Text": "http://purl.org/dc/dcmitype/Text",
        "Person": "http://xmlns.com/foaf/0.1/Person",
        "Organization": "http://xmlns.com/foaf/0.1/Organization",
        "name": "http://xmlns.com/foaf/0.1/name",
        "label": RDFS + "label",
        "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
        "format": "http://purl.org/dc/elements/1.1/format",
        "language": "http://purl.org/dc/elements/1.1/language",
    }
}


def collection(*articles: AnnotatedArticle) -> dict[str, Any]:
    stream = io.BytesIO()
    web_annotation.write(articles, stream)
    written: dict[str, Any] = json.loads(stream.getvalue())
    return written


def context_document(url: str, _: object) -> dict[str, Any]:
    assert url == CONTEXT
    return {"document": CONTEXT_DOCUMENT, "documentUrl": url, "contextUrl": None, "contentType": "application/ld+json"}


def test_a_processor_finds_every_statement_and_knows_every_term(articles: list[AnnotatedArticle]) -> None:
    (expanded,) = jsonld.expand(collection(*articles), {"documentLoader": context_document})
    (page,) = expanded[AS + "first"]
    found = page[AS + "items"][0]["@list"]
    assert expanded[AS + "totalItems"] == [{"@value": 7}]
    assert len(found) == 7
    for annotation in found:
        assert annotation["@type"] == [OA + "Annotation"]
        assert annotation["@id"].startswith("urn:uuid:")
        assert annotation[OA + "motivatedBy"] == [{"@id": OA + "describing"}]
    first = found[0]
    texts = [target[OA + "hasSelector"][1][OA + "exact"][0]["@value"] for target in first[OA + "hasTarget"]]
    assert texts == ["“The budget,”", "“is =2+2 at best.”"]
    (speaker,) = first[OA + "hasBody"][0][OA + "hasSource"]
    assert speaker["@type"] == ["http://xmlns.com/foaf/0.1/Person"]
    assert speaker[SCHEMA + "sameAs"] == [{"@id": "http://www.wikidata.org/entity/Q42"}]
    # A key or a word that the context doesn't know would be dropped, or be an IRI relative to nothing.
    compacted = jsonld.compact(expanded, CONTEXT, {"documentLoader": context_document, "compactArrays": False})
    assert sorted(keys(compacted)) == sorted(keys(collection(*articles)))


def keys(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [key for key, inner in value.items() for key in (key, *keys(inner)) if not key.startswith("@")]
    return [key for inner in value for key in keys(inner)] if isinstance(value, list) else []


def test_both_selectors_give_the_same_words_in_code_points() -> None:
    for annotation in collection(budget())["first"]["items"]:
        places = [*annotation["target"], *(body for body in annotation["body"] if "selector" in body)]
        for place in places:
            position, quotation = place["selector"]
            start, end = position["start"], position["end"]
            assert BUDGET[start:end] == quotation["exact"]
            assert BUDGET[:start].endswith(quotation["prefix"])
            assert BUDGET[end:].startswith(quotation["suffix"])
            assert BUDGET.count(quotation["prefix"] + quotation["exact"] + quotation["suffix"]) == 1


def test_bodies_say_what_the_record_says() -> None:
    first, *_, last = collection(budget())["first"]["items"]
    tags = {body["label"]: body["value"] for body in first["body"] if body["type"] == "TextualBody"}
    assert tags == {
        "type": "direct",
        "stance": "against",
        "stance probability": "0.94",
        "tone": "critical",
        "tone probability": "0.8",
        "confidence": "0.75",
        "rule": "by-hand",
    }
    places = {body["label"]: body["selector"][1]["exact"] for body in first["body"] if "selector" in body}
    assert places == {"cue": "said", "mention": "Mayor Ann Lee", "target": "The budget"}
    assert first["body"][0]["source"]["schema:jobTitle"] == "Mayor"
    assert last["body"][0]["source"] == {
        "id": last["body"][0]["source"]["id"],
        "type": "Organization",
        "name": "+Party",
    }
    assert [body["label"] for body in last["body"]] == [
        "speaker",
        "type",
        "tone",
        "tone probability",
        "confidence",
        "rule",
    ]


def test_the_same_records_have_the_same_ids_and_others_have_others(articles: list[AnnotatedArticle]) -> None:
    assert collection(*articles) == collection(*articles)
    other = budget().model_copy(update={"id": "budget/2"})
    both = collection(budget(), other)["first"]["items"]
    assert len({annotation["id"] for annotation in both}) == 10
    assert len({annotation["target"][0]["source"]["id"] for annotation in both}) == 2


@pytest.mark.parametrize("articles", [(), (AnnotatedArticle(id="bare", text="Nothing."),)])
def test_a_collection_without_annotations_has_no_page(articles: tuple[AnnotatedArticle, ...]) -> None:
    empty = collection(*articles)
    assert "first" not in empty
    assert empty["total"] == 0


@pytest.mark.parametrize(
    ("kb_id", "known_as"),
    [
        ("Q794", {"schema:sameAs": {"id": "http://www.wikidata.org/entity/Q794"}}),
        ("https://example.org/zarif", {"schema:sameAs": {"id": "https://example.org/zarif"}}),
        ("people/zarif", {"schema:identifier": "people/zarif"}),
        ("not an iri: at all", {"schema:identifier": "not an iri: at all"}),
    ],
)
def test_a_speakers_own_id_is_a_link_where_it_can_be(kb_id: str, known_as: dict[str, Any]) -> None:
    speakers = (Speaker(id=0, name="Javad Zarif", kb_id=kb_id), *budget().speakers[1:])
    first = collection(budget().model_copy(update={"speakers": speakers}))["first"]["items"][0]
    agent = first["body"][0]["source"]
    assert {key: agent[key] for key in known_as} == known_as
