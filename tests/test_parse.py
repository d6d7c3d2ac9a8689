"""Sentences of an article with their parses: what is parsed, with which words, at which offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.find.marks import find_marked, paragraphs
from quotes.parse import Parser, Sentence, is_title, is_whole, load_spacy

WHOLE = {
    "statement before its cue": ("“It is over,” he said.", True),
    "question": ("“Is it over?” he asked.", True),
    "statement after its cue": ("He said: “It is over.”", True),
    "after a comma": ("He said, “It is over now.”", True),
    "after a comma, two words": ("He called it, “plain wrong” and left.", False),
    "without a comma": ("He said “We will not go back.”", True),
    "one word": ("“Twice,” he said.", True),
    "one word within": ("He was “tired,” he said.", False),
    "by itself": ("“It is over.”", True),
    "not closed": ("“It is over, and we know", True),
    "nested at the end": ("“It is what he called ‘madness,’” she said.", True),
    "part of the sentence": ("He called it a “flagrant violation” of the treaty.", False),
    "at the end of a sentence": ("He called it a “flagrant violation.”", False),
    "subject": ("“flagrant violations” of the treaty went on.", False),
    "title of a work": ("“Gone With the Wind” was shown.", False),
}
TITLES = {
    "Gone With the Wind": True,
    "Collapse: How Societies Choose": True,
    "Wind": False,
    "Gone with the wind": False,
    "It Is Over": False,
    "We Will Win This.": False,
    "…": False,
}
PIECES = st.sampled_from(
    [*"\"'“”‘’.,!?— \n", "\n\n", "We went", "don’t", " said Lee", " U.S. ", "he called it", "\u00a0"]
)
ANY_TEXT = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join))


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser(load_spacy(), frozenset({"said", "called"}).__contains__)


def parse(parser: Parser, text: str) -> list[Sentence]:
    return parser.parse(text, paragraphs(text), find_marked(text)[0])


@pytest.mark.parametrize(("text", "whole"), WHOLE.values(), ids=WHOLE)
def test_is_whole(text: str, whole: bool) -> None:
    marked = [quote for quote in find_marked(text)[0] if quote.depth == 0]
    sentence = Sentence(0, len(text), 0, marked)

    assert is_whole(text, sentence, marked[0]) is whole


def test_second_part_of_a_statement_is_whole() -> None:
    text = "“The plan,” he said, “is dead.”"
    marked = find_marked(text)[0]

    assert [is_whole(text, Sentence(0, len(text), 0, marked), quote) for quote in marked] == [True, True]


@pytest.mark.parametrize(("inner", "title"), TITLES.items(), ids=TITLES)
def test_is_title(inner: str, title: bool) -> None:
    assert is_title(inner) is title


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“It is over. Go home,” he said.", "It works , he said ."),
        ("He said: “It is over.”", "He said : It works ."),
        ("“Is it over?” he said.", "It works , he said ."),
        ("He called it a “flagrant violation” of law.", "He called it a flagrant violation of law ."),
        ("He said it couldn’t last.", "He said it could n't last ."),
        ("He\u00a0said  so.", "He said so ."),
    ],
)
def test_words(parser: Parser, text: str, words: str) -> None:
    [sentence] = parse(parser, text)

    assert sentence.words == words.split()
    assert sentence.parsed


def test_offsets(parser: Parser) -> None:
    text = "Lead.\n\n“It is over,” he said of the ‘big  plan’."
    sentence = parse(parser, text)[-1]
    own = [(w, s, e) for w, s, e in zip(sentence.words, sentence.starts, sentence.ends, strict=True)]

    assert own[0] == ("It", text.index("“"), text.index("”") + 1)
    assert [text[start:end] for _, start, end in own[3:]] == ["he", "said", "of", "the", "big", "plan", "."]
    assert sentence.quote_of == [0, 0, 0, -1, -1, -1, -1, 1, 1, -1]
    assert sentence.whole == {0}


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("He left. He said so. It rained.", [False, True, False]),
        ("It rained. “It is over,” she added.", [False, True]),
        # Who speaks in a quotation without a cue may be named beside it.
        ("Ann Lee rose. “It is over now.” She sat down. It rained.", [True, False, True, False]),
        # A word of the lexicon inside a quotation is nobody's cue.
        ("His “said list” was lost.", [False]),
    ],
)
def test_only_sentences_that_may_hold_a_statement_are_parsed(parser: Parser, text: str, parsed: list[bool]) -> None:
    assert [sentence.parsed for sentence in parse(parser, text)] == parsed


def test_bare() -> None:
    parser = Parser(load_spacy())
    text = "“It is over.”\n\n“Go,” he said."

    assert [sentence.bare for sentence in parse(parser, text)] == [True, False]


def test_an_article_alone_and_after_others(parser: Parser) -> None:
    text = "“It is over,” said Ann Lee, who called the plan a “risk” for the town."
    first = parse(parser, text)
    parse(parser, "He said it was late. " * 50)

    assert parse(parser, text) == first


@pytest.mark.parametrize(
    ("heads", "left", "right", "children"),
    [
        ([0], [0], [0], [[]]),
        # a chain, each word the head of the next
        ([0, 0, 1, 2], [0, 1, 2, 3], [3, 3, 3, 3], [[1], [2], [3], []]),
        # a chain the other way
        ([1, 2, 3, 3], [0, 0, 0, 0], [0, 1, 2, 3], [[], [0], [1], [2]]),
        # "Lee said he left .": heads on both sides
        ([1, 1, 3, 1, 1], [0, 0, 2, 2, 4], [0, 4, 2, 3, 4], [[], [0, 3, 4], [], [2], []]),
        # crossing arcs
        ([2, 3, 2, 2], [0, 1, 0, 1], [0, 1, 3, 3], [[], [], [0, 3], [1]]),
        # two roots
        ([0, 0, 3, 3], [0, 1, 2, 2], [1, 1, 2, 3], [[1], [], [], [2]]),
        # a loop, which no parser gives, ends all the same
        ([1, 0], [0, 0], [1, 1], [[1], [0]]),
    ],
)
def test_edges(heads: list[int], left: list[int], right: list[int], children: list[list[int]]) -> None:
    sentence = Sentence(0, 0, 0)
    sentence.set_parse(["NN"] * len(heads), ["dep"] * len(heads), heads)

    assert (sentence.left, sentence.right, sentence.children) == (left, right, children)


def ancestors(heads: list[int], token: int) -> list[int]:
    above = []
    while heads[token] != token:
        token = heads[token]
        above.append(token)
    return above


@given(st.data())
def test_edges_of_any_tree(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 12))
    order = data.draw(st.permutations(range(size)))
    heads = [0] * size
    heads[order[0]] = order[0]
    for place in range(1, size):
        heads[order[place]] = order[data.draw(st.integers(0, place - 1))]
    sentence = Sentence(0, 0, 0)
    sentence.set_parse(["NN"] * size, ["dep"] * size, heads)

    for token in range(size):
        below = [t for t in range(size) if t == token or token in ancestors(heads, t)]
        assert (sentence.left[token], sentence.right[token]) == (min(below), max(below))


@given(text=ANY_TEXT)
def test_any_text(parser: Parser, text: str) -> None:
    for sentence in parse(parser, text):
        offsets = list(zip(sentence.starts, sentence.ends, strict=True))
        assert all(sentence.start <= start < end <= sentence.end for start, end in offsets)
        assert offsets == sorted(offsets)
        for word, (start, end), quote in zip(sentence.words, offsets, sentence.quote_of, strict=True):
            assert quote in sentence.whole or word == text[start:end].replace("’", "'").replace("‘", "'")
