"""Speakers told by the order of the words where the parse names nobody."""

from __future__ import annotations

import pytest

import quotes

NAMED = [
    ("“It has been ten years,” Brandt said, asked about the delay in an interview.", "Brandt", "said"),
    (
        "“I won't call it a mistake,” said former judge Ida Lund, asked about her ruling.",
        "former judge Ida Lund",
        "said",
    ),
    ("“The ruling protects us,” Paul Reinholt, lawyer for one of nine groups to sue, said.", "Paul Reinholt", "said"),
    ("“The line was open,” said one official who saw the message but asked for no name.", "one official", "said"),
    ("“If she wants the job, she should come to the coast,” the editorial read.", "the editorial", "read"),
    ("“The court's verdict stands,” read the notice, which was pinned to the door.", "the notice", "read"),
    ("“They called it a talk, and it was none,” Oster barked.", "Oster", "barked"),
    ("“Nobody is hiding in there,” the 31-year-old said.", "the 31-year-old", "said"),
    ("He then took on a deep voice and joked, “We can only make it worse for ourselves.”", "He", "joked"),
    ("Lund, visibly tired, drily replied: “What difference does it make?”", "Lund", "drily replied"),
    ("On Sunday, Brandt, who has two million followers, tweeted, “They have lost the plot.”", "Brandt", "tweeted"),
    ("Oster, who wrote the law as mayor, interjected to say: “They were both absent then.”", "Oster", "to say"),
    (
        "On the show the day before, she stated, “When I look at this, it would have been worse by far,” "
        "adding, “I think fewer people left last year.”",
        "she",
        "adding",
    ),
    ("Another tweeted, “They think they are above the rules.”", "Another", "tweeted"),
    ("A card left on Mrs Oster's wet kitchen table read: “Sorry about the cake.”", "A card", "read"),
    ("The banner read: “Our river, our fish.”", "The banner", "read"),
    ("BRIDGE STAYS SHUT - Ida Lund: “At long last the work has begun.”", "Ida Lund", ":"),
    ("Not all of it was bad. From the report: “Larger samples gave better results.”", "the report", ":"),
    ("He spoke on Monday. From Brandt's letter: “For the sake of the town we must move.”", "Brandt", ":"),
    ("Lund: “Our goal is to win.” Oster: “The aim is not to lose.”", "Oster", ":"),
    ("Brandt: ‘I Am the Worst Thing That Ever Happened to Them.’", "Brandt", ":"),
]
"""Text, the words that the mention of its last quotation begins with, and the cue."""


@pytest.mark.parametrize(("text", "mention", "cue"), NAMED)
def test_the_order_of_the_words_names_the_speaker(text: str, mention: str, cue: str, pipeline: quotes.Pipeline) -> None:
    quote = [quote for quote in pipeline(text).quotes if quote.type == "direct"][-1]
    assert quote.mention is not None
    assert quote.cue is not None
    assert quote.mention.text.startswith(mention)
    assert quote.cue.text == cue


@pytest.mark.parametrize(
    "text",
    [
        "In an interview, Brandt was asked, “What is the worst town you have been to?”",
        "According to the manual, the clerks were told, “You don't sell bread, you sell dreams.”",
        "The delay doesn't surprise those who wait: “It was to be expected, in the end.”",
        "That was plain from the Lund post: “We are closed until further notice, and beyond.”",
    ],
)
def test_who_only_hears_or_is_spoken_of_does_not_speak(text: str, pipeline: quotes.Pipeline) -> None:
    assert [quote.mention for quote in pipeline(text).quotes if quote.type == "direct"] == [None]


INDIRECT = [
    ("With the new rules after the flood, Oster believes the town has been given a chance to move.", "Oster"),
    ("While he's said the bridge is safe, he took the ferry.", "he"),
    ("“He is the best of them,” the mayor said, before clarifying that she was better still.", "the mayor"),
    ("Having announced that he would not stand again, Judge Oster left the hall.", "Judge Oster"),
]
"""Text, and the words that the mention of its last indirect statement begins with."""


@pytest.mark.parametrize(("text", "mention"), INDIRECT)
def test_an_indirect_statement_has_the_subject_of_its_clause(
    text: str, mention: str, pipeline: quotes.Pipeline
) -> None:
    quote = [quote for quote in pipeline(text).quotes if quote.type == "indirect"][-1]
    assert quote.mention is not None
    assert quote.mention.text.startswith(mention)


def test_a_verb_cut_off_from_its_subject_goes_on_with_the_statement_before(pipeline: quotes.Pipeline) -> None:
    record = pipeline("Later Mara Oster said the report “was not good.” Adding, “Now they will say it never was.”")
    assert [record.speakers[quote.speaker].name for quote in record.quotes if quote.speaker is not None] == [
        "Mara Oster",
        "Mara Oster",
    ]


def test_a_subject_is_no_statement_of_its_own(pipeline: quotes.Pipeline) -> None:
    record = pipeline("Lund, exasperated, famously responded: “What difference does it make now?”")
    assert [quote.text for quote in record.quotes] == ["“What difference does it make now?”"]
