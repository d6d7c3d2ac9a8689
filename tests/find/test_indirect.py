"""Statements in the reporter's own words: what was said, what was not, and cues that are no verbs."""

from __future__ import annotations

import pytest

import quotes


def found(pipeline: quotes.Pipeline, text: str) -> list[list[str]]:
    """The spans of what is found."""
    return [[text[start:end] for start, end in quote.spans] for quote in pipeline(text).quotes]


# ---- said and unsaid


@pytest.mark.parametrize(
    "text",
    [
        # nobody
        "Nobody said the bridge was safe.",
        "No official said that the bridge was safe.",
        "None of the engineers said that the bridge was safe.",
        # negated
        "The minister did not say that the bridge was safe.",
        "The minister didn’t say that the bridge was safe.",
        "The minister never said that the bridge was safe.",
        "The minister cannot say that the bridge is safe.",
        "The minister could not say whether the bridge was safe.",
        "The minister neither confirmed nor denied that the bridge was closed.",
        # held back
        "The minister declined to say whether the bridge was safe.",
        "The minister refused to say that the bridge was safe.",
        "The minister left without saying that the bridge was safe.",
        "The minister stopped short of saying that the bridge was safe.",
        "The minister is expected to announce that the bridge will close.",
        "The minister declined to comment.",
        "The minister refused to comment on the report.",
        "The minister was asked to comment.",
        # supposed
        "A cynic might say that the bridge was built for the photographs.",
        "The minister may say on Friday that the bridge is safe.",
        "If the minister says the bridge is safe, the trucks will roll.",
        "The trucks will roll unless the minister says that the bridge is unsafe.",
        # asked and told
        "Did the minister say that the bridge was safe?",
        "Who said that the bridge was safe?",
        "Say that you lost the ticket.",
    ],
)
def test_what_nobody_said_is_no_statement(text: str, pipeline: quotes.Pipeline) -> None:
    assert found(pipeline, text) == []


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("The minister said that nobody had warned him.", "that nobody had warned him"),
        (
            "The minister said the mayor had not said that the dam was safe.",
            "the mayor had not said that the dam was safe",
        ),
        ("The minister doesn’t believe that the dam is safe.", "that the dam is safe"),
        ("The minister denied that the dam was unsafe.", "that the dam was unsafe"),
        ("The minister warned that the dam might break.", "that the dam might break"),
        ("The minister said the dam would break if it rained.", "the dam would break if it rained"),
        ("The minister continued to insist that the dam was safe.", "that the dam was safe"),
        ("The minister pointed out that the dam was new.", "that the dam was new"),
        ("The minister made it clear that the dam was new.", "that the dam was new"),
        ("The minister promised to rebuild the dam.", "to rebuild the dam"),
        ("Asked about the dam, the minister said it would hold.", "it would hold"),
        ("As the minister said, the dam is safe.", "the dam is safe"),
        ("The dam will hold, the minister said on Friday.", "The dam will hold"),
        ("The minister voiced concern that the talks would fail.", "that the talks would fail"),
    ],
)
def test_what_was_said_is_a_statement(text: str, statement: str, pipeline: quotes.Pipeline) -> None:
    assert found(pipeline, text) == [[statement]]


def test_cue_in_the_midst_parts_the_statement(pipeline: quotes.Pipeline) -> None:
    assert found(pipeline, "The dam, the minister said, will hold.") == [["The dam", "will hold"]]


@pytest.mark.parametrize(
    "text",
    [
        "The ferry left at noon with 212 people on board.",
        "The minister opened the dam on Friday.",
        "The minister called off the talks on Friday.",
        "The minister called his mother on Friday.",
        "A village called Ashwick lies below the dam.",
        "She told him the way to the station.",
        "The clock said noon.",
    ],
)
def test_what_only_happened_is_no_statement(text: str, pipeline: quotes.Pipeline) -> None:
    assert found(pipeline, text) == []


# ---- according to, in the words of


@pytest.mark.parametrize(
    ("text", "rule", "cue", "mention", "statement"),
    [
        (
            "According to the ministry, the dam is safe.",
            "according-to",
            "According to",
            "the ministry",
            "the dam is safe",
        ),
        (
            "The dam is safe, according to the ministry.",
            "according-to",
            "according to",
            "the ministry",
            "The dam is safe",
        ),
        (
            "The dam is safe, according to a report published on Friday.",
            "according-to",
            "according to",
            "a report published on Friday",
            "The dam is safe",
        ),
        (
            "In the words of Ana Brandt, the dam is a disgrace.",
            "in-words-of",
            "In",
            "Ana Brandt",
            "the dam is a disgrace",
        ),
        ("In the view of the mayor, the dam is a disgrace.", "in-words-of", "In", "the mayor", "the dam is a disgrace"),
        ("The dam, in the mayor's words, is a disgrace.", "in-words-of", "in", "the mayor", "The dam is a disgrace"),
    ],
)
def test_phrase_announces_the_rest_of_the_sentence(
    text: str, rule: str, cue: str, mention: str, statement: str, pipeline: quotes.Pipeline
) -> None:
    (quote,) = pipeline(text).quotes
    assert quote.rule == rule
    assert quote.cue is not None
    assert quote.cue.text.startswith(cue)
    assert quote.mention is not None
    assert quote.mention.text == mention
    assert quote.text.replace(",", "") == statement


@pytest.mark.parametrize(
    "text",
    [
        "The work went according to plan.",
        "Everything happened according to schedule.",
        "The books stood according to size.",
        "The children were seated according to their age.",
        "In my view of the bay the sails were white.",
        "In the words of the hymn there is no comfort.",
    ],
)
def test_phrase_in_which_nobody_speaks_announces_nothing(text: str, pipeline: quotes.Pipeline) -> None:
    assert found(pipeline, text) == []


# ---- labels and signatures


@pytest.mark.parametrize(
    ("text", "mention", "statement"),
    [
        ("Brandt: The dam will be rebuilt", "Brandt", "The dam will be rebuilt"),
        ("Ana Brandt: We will rebuild the dam", "Ana Brandt", "We will rebuild the dam"),
        ("Interior Ministry: Dam will stay closed", "Interior Ministry", "Dam will stay closed"),
        ("Prime minister: We will rebuild the dam", "Prime minister", "We will rebuild the dam"),
        ("Norway: We will rebuild the dam", "Norway", "We will rebuild the dam"),
        ("Kremlin: No new dam before the winter", "Kremlin", "No new dam before the winter"),
        # with marks
        ("Ana Brandt: ‘We will rebuild the dam’", "Ana Brandt", "‘We will rebuild the dam’"),
        ("Ana Brandt: ‘Never, ever touch the dam.’", "Ana Brandt", "‘Never, ever touch the dam.’"),
        ("Ana Brandt: ‘I forgot the dam’ after flood", "Ana Brandt", "‘I forgot the dam’"),
        ("Ana Brandt: ‘No Doubt’ the Dam Will Hold", "Ana Brandt", "‘No Doubt’ the Dam Will Hold"),
    ],
)
def test_label_in_a_headline_announces_the_rest(
    text: str, mention: str, statement: str, pipeline: quotes.Pipeline
) -> None:
    (quote,) = pipeline(text).quotes
    assert quote.rule == "label"
    assert quote.mention is not None
    assert (quote.mention.text, quote.text) == (mention, statement)
    assert quote.cue is not None
    assert quote.cue.text == ":"


@pytest.mark.parametrize(
    "text",
    [
        "Update: The dam is closed until Friday",
        "Watch: The dam falls into the river",
        "Opinion: The dam must be rebuilt now",
        "Time: Monday at nine in the town hall",
        "Related: Five dams that broke this year",
        "Read more: The history of the old dam",
        "Source: AP",
        "Photo: the old dam on Friday evening",
        "Norway: Parties at odds over the dam",
        "‘Betrayed’: Anger as the dam in Ashwick closes",
        "“Collapse: How Societies Choose” is on sale again.",
        "He reads http://example.org/news and nothing else.",
        "The score was 3:1 after an hour of play.",
    ],
)
def test_colon_after_no_name_announces_nothing(text: str, pipeline: quotes.Pipeline) -> None:
    assert found(pipeline, text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“We will rebuild the dam.” — Ana Brandt", "Ana Brandt"),
        ("“We will rebuild the dam.” — Ana Brandt, engineer", "Ana Brandt"),
        ("“We will rebuild the dam.” – Ana Brandt", "Ana Brandt"),
        ("“We will rebuild the dam.” -- Ana Brandt", "Ana Brandt"),
        ("“We will rebuild the dam.”\n\n— Ana Brandt", "Ana Brandt"),
    ],
)
def test_quotation_may_be_signed(text: str, name: str, pipeline: quotes.Pipeline) -> None:
    record = pipeline(text)
    (quote,) = record.quotes
    assert (quote.type, quote.rule) == ("direct", "signed")
    assert quote.text == "“We will rebuild the dam.”"
    assert quote.speaker is not None
    assert record.speakers[quote.speaker].name == name


@pytest.mark.parametrize(
    "after", ["— in the rain", "— 1987", "— Ana Brandt waited at the gate until the rain had gone"]
)
def test_what_follows_a_dash_may_be_no_signature(after: str, pipeline: quotes.Pipeline) -> None:
    assert all(quote.rule != "signed" for quote in pipeline(f"“We will rebuild the dam.” {after}").quotes)
