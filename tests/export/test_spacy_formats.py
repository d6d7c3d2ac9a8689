"""Prodigy's JSONL and spaCy's DocBin."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy import displacy
from spacy.tokens import DocBin

from quotes.export import docbin, prodigy
from quotes.export.formats import Format, export
from quotes.export.tokens import tokenized
from quotes.schema import AnnotatedArticle, Quote

from .conftest import budget

BLANK = spacy.blank("en")


def prodigy_tasks(articles: list[AnnotatedArticle]) -> list[dict[str, Any]]:
    stream = io.BytesIO()
    prodigy.write(articles, stream)
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_prodigy_spans_are_exact_and_on_tokens(articles: list[AnnotatedArticle]) -> None:
    for article, task in zip(articles, prodigy_tasks(articles), strict=True):
        text, tokens = task["text"], task["tokens"]
        assert text == article.text
        assert [token["id"] for token in tokens] == list(range(len(tokens)))
        for token in tokens:
            assert text[token["start"] : token["end"]] == token["text"]
        for span in task["spans"]:
            assert tokens[span["token_start"]]["start"] == span["start"]
            assert tokens[span["token_end"]]["end"] == span["end"]
        places = [(span["start"], span["end"]) for span in task["spans"] if span["label"] == "QUOTE"]
        assert places == [place for quote in article.quotes for place in quote.spans]
        # What Prodigy checks before it shows a task: its tokens give the text.
        assert "".join(token["text"] + " " * token["ws"] for token in tokens) == text


def test_prodigy_relations_join_statements_with_what_belongs_to_them() -> None:
    (task,) = prodigy_tasks([budget()])
    text = task["text"]

    def words(span: dict[str, Any]) -> str:
        return str(text[span["start"] : span["end"]])

    found = [(words(r["head_span"]), r["label"], words(r["child_span"])) for r in task["relations"]]
    assert found == [
        ("“The budget,”", "CUE", "said"),
        ("“The budget,”", "SPEAKER", "Mayor Ann Lee"),
        ("“The budget,”", "TARGET", "The budget"),
        ("“The budget,”", "CONTINUES", "“is =2+2 at best.”"),
        ("“He told me ‘never again’ and left.”", "CUE", "replied"),
        ("“He told me ‘never again’ and left.”", "SPEAKER", "Ann Lee"),
        ("“European” voters would agree", "CUE", "said"),
        ("“European” voters would agree", "SPEAKER", "A source"),
    ]
    assert all(r["head"] == r["head_span"]["token_end"] for r in task["relations"])
    assert task["meta"] == {"id": "budget/1", "title": "Budget vote", "date": "2019-12-30"}


def test_spacy_loads_the_docs_and_displacy_shows_them(tmp_path: Path, articles: list[AnnotatedArticle]) -> None:
    export(articles, Format.SPACY, tmp_path / "quotes.spacy")
    docs = list(DocBin().from_disk(tmp_path / "quotes.spacy").get_docs(spacy.blank("en").vocab))
    assert [doc.text for doc in docs] == [article.text for article in articles]
    for article, doc in zip(articles, docs, strict=True):
        assert doc._.quotes == article.quotes
        assert doc._.quote_speakers == article.speakers
        assert doc.user_data["id"] == article.id
        places = [place for quote in article.quotes for place in quote.spans]
        assert [(span.start_char, span.end_char) for span in doc.spans["quotes"]] == places
    assert [(span.label_, span.text) for span in docs[0].spans["sc"]][:5] == [
        ("QUOTE", "“The budget,”"),
        ("QUOTE", "“is =2+2 at best.”"),
        ("CUE", "said"),
        ("SPEAKER", "Mayor Ann Lee"),
        ("TARGET", "The budget"),
    ]
    for key, label in (("sc", "SPEAKER"), ("quotes", "mixed")):
        page = displacy.render(docs[0], style="span", options={"spans_key": key}, page=True, jupyter=False)
        assert label in page


def test_a_token_is_split_where_a_statement_begins_in_it() -> None:
    text = "A pro-“European” mood  and\n\nmore."
    start = text.index("“")
    doc = tokenized(BLANK, text, [start, text.index(" mood")])
    assert doc.text == text
    assert any(token.idx == start for token in doc)
    assert [token.text for token in tokenized(BLANK, text, [])] == [token.text for token in BLANK.tokenizer(text)]


def test_a_long_row_of_marks_is_no_trap() -> None:
    text = "--“" * 20_000 + " said"
    doc = tokenized(BLANK, text, [5, 100, 60_000])
    assert doc.text == text


@settings(deadline=None, max_examples=20)
@given(st.text(alphabet=st.sampled_from("ab“”'-.\r\n\t 🗳é\u2028\x00"), min_size=1, max_size=40), st.data())
def test_any_spans_of_any_text(text: str, data: st.DataObject) -> None:
    spans = data.draw(
        st.lists(
            st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda s: s[0] < s[1]), max_size=4
        )
    )
    quotes = tuple(
        Quote(id=n, type="direct", text=text[s:e], spans=((s, e),), rule="any", confidence=1)
        for n, (s, e) in enumerate(spans)
    )
    article = AnnotatedArticle(id="a", text=text, quotes=quotes)
    (task,) = prodigy_tasks([article])
    solid = [(s, e) for s, e in spans if text[s:e] == text[s:e].strip() != ""]
    assert {(span["start"], span["end"]) for span in task["spans"]} >= set(solid)
    stream = io.BytesIO()
    docbin.write([article], stream)
    (doc,) = DocBin().from_bytes(stream.getvalue()).get_docs(BLANK.vocab)
    assert doc.text == text
    assert doc._.quotes == quotes
