"""Sentences: a table of paragraphs cut at `|`, and what holds for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.find.marks import find_marked, paragraphs
from quotes.sentences import split_sentences

CUT = {
    "plain": "The bridge closed.| Nobody was hurt.",
    "no stop at the end": "The bridge closed.| It is still shut",
    "several stops": "Really?!| Yes …| She was sure.",
    "stop before a bracket": "He left (in May.)| She stayed.",
    "decimal": "Prices rose 3.5 percent.| Wages fell.",
    "number sign": "No. 4 seed Lee won.| Cheers rose.",
    "lower case goes on": "wait... what? ok. then lower.",
    "item": "• First item.| • Second item.",
    # abbreviations
    "title": "Sen. Ann Lee met Gov. Brown.| They spoke.",
    "two titles": "Mr. and Mrs. Lee met Dr. No.",
    "place": "St. Louis won.| Mt. Hood erupted.",
    "abbreviation before a name": "He works for Apple Inc. Smith left it in May.",
    "abbreviation before an opener": "It happened in the U.S.| The court agreed.",
    "letters before a name": "The U.N. Security Council met.",
    "district": "Washington, D.C. Mayor Lee spoke.",
    "time before a day": "It was 5 p.m. Monday.| It rained.",
    "time before an opener": "It was 5 p.m.| The doors opened.",
    "month": "She left on Jan. 5 with Lee.| He stayed.",
    "that is": "A fruit, e.g. Apples, will do.",
    # datelines
    "dateline": "NAIROBI, March 3 (Agency) —| The minister left.| He waved.",
    "dateline with a state": "DES MOINES, Iowa -| Voters stayed away.",
    "capitals are no dateline": "NATO said on Monday - again - that it would stay.",
    # initials
    "initial": "George W. Bush left.| He waved.",
    "two initials": "J.K. Rowling signed.| Fans cheered.",
    "the pronoun": "So do I.| You know.",
    # quotations
    "stops inside": '"Stop. Go," he said.| Then he left.',
    "curly": "“It is over. All of it.”| He left.",
    "quotation ends the sentence": 'He called it "a joke."| The mayor left.',
    "second half": "“Stop,” he said.| “Go home.”",
    "goes on after the cue": "“Stop,” he said, “and go home.”| She did.",
    "question with its cue": '"Are you sure?" Smith asked.',
    "question with a long cue": '"Who are you?" the tall man from Ohio asked.',
    "question by itself": '"Are you sure?"| The room fell silent.',
    "exclamation with its cue": "“It is over!” Ann Lee said.| “Go home.”| He left.",
    "one after the other": "“Why?”| “Because.”",
    "number follows": "“The bill is dead.”| 2 of 3 agreed.",
    "embedded question": 'I asked, "Who won?" and left.',
    "single marks": "She said ‘No. Never.’| He left.",
    "nested": "“He said ‘no.’ I heard it,” she said.| He left.",
    "no stop inside": 'She called it "a win" for Ohio.| Others agreed.',
    "stray closing mark": "The end.”| He left.",
}
PIECES = st.sampled_from(
    [
        *"\"'“”‘’.,!?…—() \n5",
        "''",
        "``",
        "Mr.",
        "U.S.",
        "W.",
        "e.g.",
        " The ",
        " went",
        " said Lee",
        "No. ",
        "\n\n",
        "é",
    ]
)
ANY_TEXT = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=40).map("".join))


def split(text: str) -> list[tuple[int, int]]:
    outer = [quote for quote in find_marked(text)[0] if quote.depth == 0]
    return [
        sentence
        for start, end in paragraphs(text)
        for sentence in split_sentences(text, start, end, [q for q in outer if start <= q.start < end])
    ]


@pytest.mark.parametrize("marked_up", CUT.values(), ids=CUT)
def test_cut(marked_up: str) -> None:
    text = marked_up.replace("|", "")

    assert [text[start:end] for start, end in split(text)] == [piece.strip() for piece in marked_up.split("|")]


def test_headline_is_a_sentence() -> None:
    text = "Bridge closed after storm\n\nThe bridge closed. Nobody was hurt."

    assert [text[start:end] for start, end in split(text)] == [
        "Bridge closed after storm",
        "The bridge closed.",
        "Nobody was hurt.",
    ]


@given(ANY_TEXT)
def test_sentences_are_in_order_and_apart(text: str) -> None:
    ends = [offset for sentence in split(text) for offset in sentence]

    assert ends == sorted(ends)
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in split(text))


@given(ANY_TEXT)
def test_nothing_is_lost(text: str) -> None:
    inside = {offset for start, end in split(text) for offset in range(start, end)}

    assert [char for offset, char in enumerate(text) if not char.isspace() and offset not in inside] == []


@given(ANY_TEXT)
def test_sentences_end_outside_quotations(text: str) -> None:
    outer = [quote for quote in find_marked(text)[0] if quote.depth == 0]

    for start, end in split(text):
        assert not any(quote.start < start < quote.end or quote.start < end < quote.end for quote in outer)
