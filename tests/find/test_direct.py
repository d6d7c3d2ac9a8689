"""Quotations: which are statements, where one ends, and which cue announces it."""

from __future__ import annotations

import pytest

import quotes
from quotes.find.direct import LEAST_WORDS


def found(pipeline: quotes.Pipeline, text: str) -> list[tuple[str, list[str], str | None]]:
    """Type, spans and cue of what is found, marks and punctuation at the edges aside."""
    record = pipeline(text)
    return [
        (
            quote.type,
            [text[start:end].strip("“”\"'‘’,.") for start, end in quote.spans],
            None if quote.cue is None else quote.cue.text,
        )
        for quote in record.quotes
    ]


@pytest.mark.parametrize(
    ("text", "type", "spans", "cue"),
    [
        ("“The dam will hold,” Ana Brandt said.", "direct", ["The dam will hold"], "said"),
        ("“The dam will hold,” said Ana Brandt.", "direct", ["The dam will hold"], "said"),
        ("Ana Brandt said: “The dam will hold.”", "direct", ["The dam will hold"], "said"),
        ("Ana Brandt said, “The dam will hold.”", "direct", ["The dam will hold"], "said"),
        ('"The dam will hold," Ana Brandt said.', "direct", ["The dam will hold"], "said"),
        ("'The dam will hold,' Ana Brandt said.", "direct", ["The dam will hold"], "said"),
        ("‘The dam will hold,’ Ana Brandt said.", "direct", ["The dam will hold"], "said"),
        ('“The dam will hold", Ana Brandt said.', "direct", ["The dam will hold"], "said"),
        ("“Will the dam hold?” Ana Brandt asked.", "direct", ["Will the dam hold?"], "asked"),
        ("“Twice,” Ana Brandt said.", "direct", ["Twice"], "said"),
        # interrupted by the cue
        ("“The dam,” Ana Brandt said, “is dead.”", "direct", ["The dam", "is dead"], "said"),
        # goes on in the same paragraph
        ("“It is over,” she said. “We know it.”", "direct", ["It is over", "We know it"], "said"),
        ("“Is it dead?” she asked. “It never lived.”", "direct", ["Is it dead?", "It never lived"], "asked"),
        # in part
        ("Ana Brandt said the dam “will hold for ever”.", "mixed", ["the dam “will hold for ever"], "said"),
        ("The dam, Ana Brandt said, “will hold for ever”.", "mixed", ["The dam", "will hold for ever"], "said"),
    ],
)
def test_quotation_has_its_cue(text: str, type: str, spans: list[str], cue: str, pipeline: quotes.Pipeline) -> None:
    assert found(pipeline, text) == [(type, spans, cue)]


@pytest.mark.parametrize(
    "text",
    [
        "Her so-called “friend” left before the rain.",
        "The novel “The Long Road Home” won the prize on Friday.",
        "Jim “Big Jim” Farrow opened the fair on Friday.",
        "The “war room” stood empty on Friday.",
        "The ship, named “Aurelia”, left at noon.",
        "“Macbeth” opens on Friday at the old theatre.",
        "It rained on the “Garden of Hope”.",
        "The word “dam” has three letters.",
        "The board was 6' 2\" long and 5' wide.",
        "The '90s were kind to the players' union.",
    ],
)
def test_words_between_marks_are_no_statement(text: str, pipeline: quotes.Pipeline) -> None:
    assert found(pipeline, text) == []


def test_short_quotation_needs_a_cue(pipeline: quotes.Pipeline) -> None:
    assert found(pipeline, "It rained.\n\n“No way.”\n\nThe road was closed.") == []
    words = " ".join(["never"] * LEAST_WORDS)
    (alone,) = found(pipeline, f"It rained.\n\n“{words}.”\n\nThe road was closed.")
    assert alone == ("direct", [words], None)


def test_indirect_statement_does_not_run_on_into_a_quotation(pipeline: quotes.Pipeline) -> None:
    assert found(pipeline, "Ana Brandt said the plan is dead. “It never lived.”") == [
        ("indirect", ["the plan is dead"], "said"),
        ("direct", ["It never lived"], None),
    ]


@pytest.mark.parametrize("sentence", ["The boat is “as good as new”", "It’s “as good as new”"])
def test_reporter_ends_with_the_speakers_words(sentence: str, pipeline: quotes.Pipeline) -> None:
    text = f"“We leave at six,” Ana Brandt said. {sentence}. “It floats on anything.”"
    record = pipeline(text)
    assert found(pipeline, text)[1] == ("mixed", [sentence.rstrip("”")], None)
    assert [quote.speaker for quote in record.quotes] == [0, 0, 0]


@pytest.mark.parametrize(
    "sentence",
    [
        "The boat is “unsinkable”.",
        "The boat is the “Queen of the Sea”.",
        "She sat down in the “war room”.",
        "The boat that her uncle had bought was “as good as new”.",
    ],
)
def test_words_between_marks_after_a_statement(sentence: str, pipeline: quotes.Pipeline) -> None:
    assert len(found(pipeline, f"“We leave at six,” Ana Brandt said. {sentence}")) == 1


def test_two_cues_have_a_quotation_each(pipeline: quotes.Pipeline) -> None:
    text = "“The dam will hold,” Ana Brandt said. “It will not,” Tom Reyes replied."
    assert found(pipeline, text) == [("direct", ["The dam will hold"], "said"), ("direct", ["It will not"], "replied")]


def test_quotation_goes_to_the_nearer_cue(pipeline: quotes.Pipeline) -> None:
    text = "Ana Brandt denied that the dam had failed and said: “The walls are as good as new.”"
    assert ("direct", ["The walls are as good as new"], "said") in found(pipeline, text)


@pytest.mark.parametrize("lines", [1, 2])
def test_reopened_marks_make_one_statement(lines: int, pipeline: quotes.Pipeline) -> None:
    gap = "\n" * lines
    text = f"Ana Brandt said: “The water came at night.{gap}“By morning the barn was gone.{gap}“We start again.”"
    assert found(pipeline, text) == [
        ("direct", ["The water came at night", "By morning the barn was gone", "We start again"], "said")
    ]


@pytest.mark.parametrize("marks", ["''", "‘’", '""', "“”"])
@pytest.mark.parametrize("second", [False, True], ids=["first half", "second half"])
def test_reopened_marks_of_any_style(marks: str, second: bool, pipeline: quotes.Pipeline) -> None:
    opening, closing = marks
    start = f"{opening}It’s late,{closing} Ana Brandt said. " if second else "Ana Brandt told the Courier: "
    text = f"{start}{opening}The water came at night.\n\n{opening}It wasn’t the tenants’ fault.{closing}"
    first = ["It’s late"] if second else []
    spans = [*first, "The water came at night", "It wasn’t the tenants’ fault"]
    assert found(pipeline, text) == [("direct", spans, "said" if second else "told")]


def test_reopened_marks_may_have_their_cue_last(pipeline: quotes.Pipeline) -> None:
    text = "“The water came at night.\n\n“By morning the barn was gone,” Ana Brandt said."
    assert found(pipeline, text) == [("direct", ["The water came at night", "By morning the barn was gone"], "said")]


def test_quotation_within_a_quotation_is_no_second_statement(pipeline: quotes.Pipeline) -> None:
    text = "“They told us, ‘Leave the house now,’ and we left,” Ana Brandt said."
    assert found(pipeline, text) == [("direct", ["They told us, ‘Leave the house now,’ and we left"], "said")]


def test_unclosed_quotation_is_kept(pipeline: quotes.Pipeline) -> None:
    text = "Ana Brandt said: “The dam will hold for a hundred years.\n\nThe road was closed."
    assert found(pipeline, text) == [("direct", ["The dam will hold for a hundred years"], "said")]
