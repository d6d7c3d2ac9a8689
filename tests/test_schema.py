"""The record's promises: offsets give the text they are recorded with, and a line says it all."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from quotes.schema import AnnotatedArticle, Article, ErrorRecord, Failure, Quote, Span, Speaker, json_schema

TEXT = 'Mayor Ann Lee said: "We will rebuild."'


def record(**changes: Any) -> dict[str, Any]:
    """A right record as a mapping, with some keys of its only quote changed."""
    quote = {
        "id": 0,
        "type": "direct",
        "text": '"We will rebuild."',
        "spans": [[20, 38]],
        "cue": {"text": "said", "start": 14, "end": 18},
        "speaker": 0,
        "mention": {"text": "Mayor Ann Lee", "start": 0, "end": 13},
        "rule": "said-before",
        "confidence": 0.9,
    }
    speaker = {"id": 0, "name": "Ann Lee", "kind": "person", "mentions": [[0, 13]]}
    return {"id": "a", "text": TEXT, "speakers": [speaker], "quotes": [{**quote, **changes}]}


def test_a_right_record_is_taken() -> None:
    article = AnnotatedArticle.model_validate(record())
    (start, end), quote = article.quotes[0].spans[0], article.quotes[0]
    assert article.text[start:end] == quote.text
    assert quote.speaker is not None
    assert article.speakers[quote.speaker].name == "Ann Lee"


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"spans": [[20, 37]]}, "its text is not what its spans give"),
        ({"spans": [[20, 39]]}, "outside the text"),
        ({"spans": [[20, 20]]}, "outside the text"),
        ({"spans": [[38, 20]]}, "outside the text"),
        ({"spans": []}, "at least 1 item"),
        ({"spans": [[-1, 5]]}, "greater than or equal to 0"),
        ({"text": '"We will rebuild"'}, "its text is not what its spans give"),
        ({"cue": {"text": "said", "start": 15, "end": 19}}, "cue 'said' is not at"),
        ({"mention": {"text": "Ann", "start": 0, "end": 3}}, "mention 'Ann' is not at"),
        ({"speaker": 1}, "there is no speaker 1"),
        ({"speaker": -1}, "there is no speaker -1"),
        ({"confidence": 1.1}, "less than or equal to 1"),
        ({"type": "scare"}, "Input should be 'direct', 'mixed' or 'indirect'"),
        ({"stanza": 3}, "Extra inputs are not permitted"),
    ],
)
def test_a_broken_promise_is_an_error(changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        AnnotatedArticle.model_validate(record(**changes))


def test_a_mention_outside_the_text_is_an_error() -> None:
    with pytest.raises(ValidationError, match="mention \\[30, 39\\] is outside the text"):
        AnnotatedArticle(id="a", text=TEXT, speakers=(Speaker(id=0, name="Ann Lee", mentions=((30, 39),)),))


def test_a_statement_interrupted_by_its_cue_has_its_parts_joined_by_a_space() -> None:
    text = '"We will," she said, "rebuild."'
    quote = Quote(
        id=0,
        type="direct",
        text='"We will," "rebuild."',
        spans=((0, 10), (21, 31)),
        cue=Span(text="said", start=15, end=19),
        rule="cue-inside",
        confidence=0.9,
    )
    assert AnnotatedArticle(id="a", text=text, quotes=(quote,)).quotes == (quote,)


def test_records_are_frozen() -> None:
    article = Article(id="a", text=TEXT)
    with pytest.raises(ValidationError, match="frozen"):
        article.text = "other"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.data())
def test_any_spans_of_any_text_survive_a_line_of_json(text: str, data: st.DataObject) -> None:
    offset = st.integers(min_value=0, max_value=len(text))
    drawn = data.draw(st.lists(st.tuples(offset, offset), max_size=4))
    spans = tuple((start, end) for start, end in drawn if start < end)
    quotes = tuple(
        Quote(id=i, type="indirect", text=text[start:end], spans=((start, end),), rule="any", confidence=1)
        for i, (start, end) in enumerate(spans)
    )
    article = AnnotatedArticle(id="a", text=text, quotes=quotes)
    line = article.model_dump_json()
    assert "\n" not in line
    assert AnnotatedArticle.model_validate_json(line) == article


def test_a_line_has_every_key_and_names_its_format() -> None:
    line = json.loads(AnnotatedArticle(id="a", text=TEXT).model_dump_json())
    assert line["schema"] == "quotes/1"
    assert list(line) == ["schema", "id", "path", "title", "date", "text", "warnings", "speakers", "quotes"]
    failure = ErrorRecord(id="a", error=Failure(kind="ArticleError", message="empty"))
    assert json.loads(failure.model_dump_json()) == {
        "schema": "quotes/1",
        "id": "a",
        "path": None,
        "error": {"kind": "ArticleError", "message": "empty"},
    }


def test_json_schema_describes_both_kinds_of_line_and_allows_nothing_else() -> None:
    schema = json_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"] == "quotes/1"
    assert [branch["$ref"].split("/")[-1] for branch in schema["anyOf"]] == ["AnnotatedArticle", "ErrorRecord"]
    tags = {"Stance", "Tone", "WatchedStance"}
    assert set(schema["$defs"]) == {"AnnotatedArticle", "ErrorRecord", "Failure", "Quote", "Span", "Speaker"} | tags
    for name, definition in schema["$defs"].items():
        assert definition["additionalProperties"] is False, name
    assert "schema" in schema["$defs"]["AnnotatedArticle"]["properties"]
    assert set(schema["$defs"]["Quote"]["required"]) == {"id", "type", "text", "spans", "rule", "confidence"}


def test_json_schema_is_json() -> None:
    assert json.loads(json.dumps(json_schema())) == json_schema()
