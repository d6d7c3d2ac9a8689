"""Headings that quote: which are statements, and whose."""

from __future__ import annotations

import pytest

import quotes

HEADLINE = "{heading}\n\nThe council met on Friday. Mayor Ann Lee spoke first.\n\n‘{said},’ Lee said. ‘It’s late.’"
SUBHEAD = "The council met on Friday.\n\n{heading}\n\nMayor Ann Lee spoke first.\n\n‘{said},’ Lee said. ‘It’s late.’"


def in_heading(pipeline: quotes.Pipeline, frame: str, heading: str, said: str) -> list[tuple[str, str | None, str]]:
    """Text, speaker and rule of the statements in the heading."""
    text = frame.format(heading=heading, said=said)
    record = pipeline(text)
    start = text.index(heading)
    names = [None if q.speaker is None else record.speakers[q.speaker].name for q in record.quotes]
    return [
        (quote.text, name, quote.rule)
        for quote, name in zip(record.quotes, names, strict=True)
        if start <= quote.spans[0][0] < start + len(heading)
    ]


@pytest.mark.parametrize("frame", [HEADLINE, SUBHEAD], ids=["headline", "subhead"])
@pytest.mark.parametrize(
    ("heading", "said", "words"),
    [
        ("‘They never slow down’", "They come round the bend and they never slow down", "‘They never slow down’"),
        ("'They Never Slow Down'", "And they never slow down", "'They Never Slow Down'"),
        ("“THEY NEVER SLOW DOWN”", "And they never slow down", "“THEY NEVER SLOW DOWN”"),
        ("• ‘Bad advice’", "It was bad advice", "‘Bad advice’"),
        # with words of the statement left out
        ("‘My dad was cross with me’", "My dad was a vet and he was cross with me", "‘My dad was cross with me’"),
        # beside a colon or a dash
        ("‘Cheap talk’: mayor hits back at critics", "This is cheap talk", "‘Cheap talk’"),
        ("‘We were robbed’ – fans on the final", "We were robbed", "‘We were robbed’"),
        ("Sheriff to boy who ran away: ‘Come on in’", "Just come on in", "‘Come on in’"),
        ("Town hall boss Lee: ‘I lost the keys’ after day off", "I lost the keys, sorry", "‘I lost the keys’"),
        # at the end, a clause
        ("Mayor Shuts School, Pleads ‘I Lost My Keys’", "I lost my keys", "‘I Lost My Keys’"),
    ],
)
def test_heading_repeats_what_somebody_says(
    heading: str, said: str, words: str, frame: str, pipeline: quotes.Pipeline
) -> None:
    ((text, speaker, _),) = in_heading(pipeline, frame, heading, said)
    assert (text, speaker) == (words, "Ann Lee")


def test_the_name_in_a_heading_is_its_mention(pipeline: quotes.Pipeline) -> None:
    text = HEADLINE.format(heading="Town hall boss Lee: ‘I lost the keys’", said="I lost the keys")
    quote = pipeline(text).quotes[0]
    assert quote.mention is not None
    assert quote.mention.text == "Lee"
    assert in_heading(pipeline, HEADLINE, "‘I lost the keys’", "I lost the keys")[0][2] == "repeated"


@pytest.mark.parametrize("frame", [HEADLINE, SUBHEAD], ids=["headline", "subhead"])
@pytest.mark.parametrize(
    "heading",
    [
        "‘We had to swim’",
        "‘You can’t eat a view’: the town that said no",
        "“They took everything”",
    ],
)
def test_heading_that_sounds_said_has_no_speaker(heading: str, frame: str, pipeline: quotes.Pipeline) -> None:
    ((_, speaker, rule),) = in_heading(pipeline, frame, heading, "No")
    assert (speaker, rule) == (None, "none")


@pytest.mark.parametrize("frame", [HEADLINE, SUBHEAD], ids=["headline", "subhead"])
@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("‘Songs of the Sea’", "We sing Songs of the Sea on Sundays"),
        ("‘Songs of the Sea’", "No"),
        ("‘We Are the Tide’", "We saw We Are the Tide twice"),
        ("‘war room’", "No"),
        ("Anger over ‘cheap talk’", "This is cheap talk"),
        ("‘Nothing’", "I know nothing"),
        ("Best song: ‘I Ain’t Worried’", "No"),
    ],
)
def test_heading_that_names_a_thing(heading: str, said: str, frame: str, pipeline: quotes.Pipeline) -> None:
    assert in_heading(pipeline, frame, heading, said) == []


def test_speaker_nearby_does_not_say_what_a_heading_says(pipeline: quotes.Pipeline) -> None:
    text = "“The dam will hold,” Ana Brandt said.\n\n“We had to swim for our lives that night”\n\nThe road was closed."
    assert [quote.speaker for quote in pipeline(text).quotes] == [0, None]


def test_heading_that_is_announced_has_its_speaker(pipeline: quotes.Pipeline) -> None:
    text = "Then Ana Brandt tweeted:\n\n“We had to swim for our lives that night”\n\nThe road was closed."
    (quote,) = pipeline(text).quotes
    assert quote.mention is not None
    assert quote.mention.text == "Ana Brandt"
