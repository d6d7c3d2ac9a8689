"""Who speaks: each rule of the two cascades with articles of its own."""

from __future__ import annotations

import pytest

import quotes
from quotes.schema import AnnotatedArticle, Quote
from quotes.speakers import attribute, sources


def speaker(record: AnnotatedArticle, quote: Quote) -> str | None:
    """The speaker's name without an article."""
    if quote.speaker is None:
        return None
    return record.speakers[quote.speaker].name.removeprefix("the ").removeprefix("The ")


# ---- beside a cue

BY_CUE = [
    ("passive-agent", "The plan was called “reckless” by the minister.", "the minister"),
    ("passive-agent", "He was asked by the mayor to leave the hall.", "the mayor"),
    ("subject", "The minister said the bridge was safe.", "The minister"),
    ("subject", "“The bridge is safe,” said Ana Brandt.", "Ana Brandt"),
    ("subject", "The bridge, the minister said, is safe.", "the minister"),
    ("shared-subject", "The minister opened the bridge and said it would last a century.", "The minister"),
    ("participle", "The minister left the hall, saying the talks had failed.", "The minister"),
    ("participle", "The airline issued a statement saying the flight was safe.", "The airline"),
    ("participle", "“The dam is new,” the minister said, adding that it would hold.", "the minister"),
    ("controller", "The minister continued to insist that the talks had failed.", "The minister"),
    ("controller", "The minister began by saying that the talks had failed.", "The minister"),
    ("controller", "The paper quoted Munro as saying the talks had failed.", "Munro"),
    ("controller", "He was quoted as saying the talks had failed.", "He"),
    ("controller", "Anger prompted the minister to say that the talks had failed.", "the minister"),
    ("adjacent", "Jolly said the talks had failed.", "Jolly"),
    ("inverted", "“The talks have failed,” posted Jane Doe, who led the team.", "Jane Doe"),
    ("inverted", "“It is a disgrace,” thundered Jane Doe, who has run the shelter since 2011.", "Jane Doe"),
    ("inverted", "Said Ellis: “The talks have failed.”", "Ellis"),
    ("possessive", "The minister's claim that the talks had failed surprised the hall.", "The minister"),
    ("by-phrase", "A claim by the minister that the talks had failed surprised the hall.", "the minister"),
    ("by-phrase", "A warning by the coastguard that the ice was thin came too late.", "the coastguard"),
]
"""Rule, sentence, and the words that the mention of the last statement begins with."""


@pytest.mark.parametrize(("rule", "text", "mention"), BY_CUE)
def test_rule_finds_the_source_of_a_cue(rule: str, text: str, mention: str, pipeline: quotes.Pipeline) -> None:
    quote = pipeline(text).quotes[-1]
    assert quote.mention is not None
    assert quote.mention.text.startswith(mention)
    assert quote.rule == rule


def test_every_rule_for_cues_has_an_example() -> None:
    assert {name for name, _ in sources.CASCADE} <= {rule for rule, _, _ in BY_CUE}


@pytest.mark.parametrize(
    "text",
    [
        "It is said that the dam will hold.",
        "“The dam will hold,” it was reported.",
        "There is a claim that the dam will hold.",
    ],
)
def test_nobody_is_named_where_nobody_is_said_to_speak(text: str, pipeline: quotes.Pipeline) -> None:
    record = pipeline(text)
    assert all(quote.mention is None and quote.speaker is None for quote in record.quotes)
    assert record.speakers == ()


def test_cue_and_mention_do_not_overlap(pipeline: quotes.Pipeline) -> None:
    for _, text, _ in BY_CUE:
        for quote in pipeline(text).quotes:
            if quote.cue is not None and quote.mention is not None:
                apart = quote.cue.end <= quote.mention.start or quote.mention.end <= quote.cue.start
                assert apart, f"{quote.cue.text!r} and {quote.mention.text!r}"


# ---- without a cue

WITHOUT_CUE = [
    (
        "introduced",
        "Nuria Solis had one request for the council:\n\n“Leave the tree where it stands.”",
        "Nuria Solis",
    ),
    ("introduced", "Hana Okafor went on:\n\n“We have nothing left to sell.”", "Hana Okafor"),
    ("own-subject", "Nuria Solis had one request: “Leave the old tree where it stands.”", "Nuria Solis"),
    ("signed", "It rained.\n\n“Never in my life again.”\n\n— Pilar Ortega", "Pilar Ortega"),
    (
        "conversation",
        "“Who opened the valve?” Ines Pardo asked.\n\n“The foreman did, not me,” Tom Reyes said.\n\n"
        "“And where was he standing?”",
        "Ines Pardo",
    ),
    (
        "conversation",
        "“The valve was open all night,” Tom Reyes said.\n\n“Who opened it?” Ines Pardo asked.\n\n"
        "“The foreman did, not me.”",
        "Tom Reyes",
    ),
    (
        "running-on",
        "“We have lost the harvest,” Ana Brandt said on Friday.\n\n“The barn went with the roof on it.”",
        "Ana Brandt",
    ),
    (
        "running-on",
        "“It is over,” Ana Brandt said.\n\n“We tried for years.”\n\n“Nobody listened to us.”",
        "Ana Brandt",
    ),
    (
        "next-sentence-speaking",
        "“Nobody warned us about the water.”\n\nAna Brandt was speaking at the town hall.",
        "Ana Brandt",
    ),
    (
        "next-sentence-speaking",
        "Tom Reyes left at noon.\n\n“Nobody warned us about the water.”\n\nAna Brandt was talking to reporters.",
        "Ana Brandt",
    ),
    (
        "previous-sentence-subject",
        "Ana Brandt also hit back at the council on Monday.\n\n“Nobody warned us about the water.”",
        "Ana Brandt",
    ),
    (
        "previous-sentence-subject",
        "Pilar Ortega stood at the gate. “Nobody warned us about the water.”",
        "Pilar Ortega",
    ),
    (
        "following-subject",
        "The boats came back at dawn. “Never in my life again.” Pilar Ortega threw her gloves on the quay.",
        "Pilar Ortega",
    ),
    ("previous-sentence-role", "The mayor was blunt. “Nobody warned us about the water.” It was late.", "mayor"),
    ("none", "The harbour was quiet. “Nobody warned us about the water.” It was late.", None),
    ("none", "“Nobody warned us about the water.”", None),
    ("none", "Rain fell for a week.\n\n“Nobody warned us about the water.”\n\nThe road was closed.", None),
    ("none", "It was late.\n\n“Nobody warned us about the water.”\n\nIt was cold.", None),
]
"""Rule, article, and who says the last quotation in it."""


@pytest.mark.parametrize(("rule", "text", "name"), WITHOUT_CUE)
def test_rule_finds_who_speaks_without_a_cue(rule: str, text: str, name: str | None, pipeline: quotes.Pipeline) -> None:
    record = pipeline(text)
    quote = record.quotes[-1]
    assert quote.type == "direct"
    assert speaker(record, quote) == name
    assert quote.rule == rule


def test_every_rule_without_a_cue_has_an_example() -> None:
    assert {*(name for name, _ in attribute.CASCADE), "none"} == {rule for rule, _, _ in WITHOUT_CUE}


@pytest.mark.parametrize(
    "text",
    [
        # paragraphs of their own speakers stand between
        "Ana Brandt opened the gate.\n\nThe road was closed.\n\nRain fell for a week.\n\n“Nobody warned us at all.”",
        # "it", "we" and "you" name nobody
        "It stood at the gate.\n\n“Nobody warned us about the water.”",
        # what things do, nobody says
        "The water rose at night.\n\n“Nobody warned us about the water.”",
    ],
)
def test_no_speaker_is_better_than_a_wrong_one(text: str, pipeline: quotes.Pipeline) -> None:
    record = pipeline(text)
    assert [speaker(record, quote) for quote in record.quotes] == [None]


def test_a_quotation_goes_on_with_the_one_before_and_not_with_what_is_said_beside_it(pipeline: quotes.Pipeline) -> None:
    text = (
        "“They don’t understand the army,” said Captain Jan Pardo, who said he would not vote.{}“Their views are far "
        "out, and nobody says so.”"
    )
    one = [quote for quote in pipeline(text.format(" ")).quotes if quote.type == "direct"]
    assert [len(quote.spans) for quote in one] == [2]
    first, second = [quote for quote in pipeline(text.format("\n\n")).quotes if quote.type == "direct"]
    assert first.speaker == second.speaker is not None
    assert first.mention == second.mention


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("In a post on X during the hearing, the group called Brandt’s remark “a cheap shot.”", "the group"),
        ("In a post on Monday, Lund's sister, Ida Oster-Lund, called him “the glue” of the family.", "Lund's sister"),
        ("Held by Mr Oster, Mr Lund’s widow, who is Ida’s sister, said she had “lost a husband”.", "Mr Lund’s widow"),
        ("In a note to the board, the mine’s owner, Corvan Ores, said it was “deeply sad”.", "the mine’s owner"),
        (
            "Reacting, the state secretary of the APU, Comrade Ida Lund, called the claim “laughable”.",
            "the state secretary",
        ),
        ("A spokesman for Mr Lund, the mayor, said the talks had failed.", "A spokesman for Mr Lund"),
    ],
)
def test_what_opens_the_sentence_does_not_speak(text: str, mention: str, pipeline: quotes.Pipeline) -> None:
    (found,) = [quote.mention for quote in pipeline(text).quotes]
    assert found is not None
    assert found.text.startswith(mention)


def test_a_place_does_not_ask(pipeline: quotes.Pipeline) -> None:
    text = "“It was very nice,” the tycoon told a reporter in Macau when asked if he had met the mayor."
    assert "Macau" not in {quote.mention.text for quote in pipeline(text).quotes if quote.mention}


def test_more_certain_rule_goes_first(pipeline: quotes.Pipeline) -> None:
    """Tom Reyes ended with a colon; Ana Brandt was speaking, but somewhere else."""
    text = "Tom Reyes went on:\n\n“We have nothing left to sell.”\n\nAna Brandt was speaking at the town hall."
    record = pipeline(text)
    assert (record.quotes[-1].rule, speaker(record, record.quotes[-1])) == ("introduced", "Tom Reyes")
