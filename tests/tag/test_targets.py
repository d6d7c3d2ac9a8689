"""Targets: what a statement is found to be about. « » enclose the statement, { } its cue, [ ] its speaker."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.find.lexicon import default_lexicon
from quotes.find.marks import find_marked, paragraphs
from quotes.parse import Parser, load_spacy
from quotes.schema import Offsets
from quotes.speakers.article import Scene
from quotes.speakers.descriptions import describe
from quotes.tag.nounphrases import Statement
from quotes.tag.salience import WEIGHTS, candidates
from quotes.tag.targets import RULES, Case, Targets
from quotes.tag.wordclasses import guessed

_BRACKETS = {"»": "«", "}": "{", "]": "["}


@pytest.fixture(scope="module")
def parser() -> Parser:
    """The parser as the pipeline has it."""
    return Parser(load_spacy(), default_lexicon().__contains__)


def read(parser: Parser, passage: str, title: str | None = None) -> tuple[Targets, dict[str, list[Offsets]]]:
    """The targets of a passage, and what its brackets enclose."""
    text, opened, enclosed = "", dict[str, int](), dict[str, list[Offsets]]()
    for part in re.split(r"([«»{}\[\]])", passage):
        if part in _BRACKETS.values():
            opened[part] = len(text)
        elif part in _BRACKETS:
            enclosed.setdefault(_BRACKETS[part], []).append((opened[_BRACKETS[part]], len(text)))
        else:
            text += part
    parts = paragraphs(text)
    marked, _ = find_marked(text, parts)
    return Targets(text, parser.parse(text, parts, marked), title=title), enclosed


def find(parser: Parser, passage: str, title: str | None = None) -> tuple[str, str | None]:
    """Name of the rule that decides and the target's text."""
    targets, enclosed = read(parser, passage, title)
    spans, cue, mention = enclosed["«"], enclosed.get("{", [None])[0], enclosed.get("[", [None])[0]
    found = targets.find(spans, cue=cue, mention=mention)
    case = Case(targets, spans, cue, mention)
    rule = next((rule.__name__ for rule in RULES if rule(case) is not None), "")
    return rule, targets.scene.text[slice(*found)] if found else None


@pytest.mark.parametrize(
    ("passage", "target"),
    [
        ("The minister said «the levy would ruin small farmers».", "the levy"),
        ("She condemned «the raid on the clinic as an outrage».", "the raid on the clinic"),
        ("The union called for «an end to the night shifts».", "the night shifts"),
        ("The union called for «a ban on diesel lorries».", "a ban on diesel lorries"),
        ("Nowak vowed «to build a new school».", "a new school"),
        ("She said «in April, the ministry sold the port».", "the ministry"),
        ("He said «when the bill passed, the farmers lost everything».", "the farmers"),
        ("He denied «any contact with the firm that built the bridge».", "any contact with the firm"),
        ("«“The dam will ruin the valley, and everybody knows it,”» Ortiz said.", "The dam"),
        ("«“I admire Marta Kowalczyk,”» he said.", "Marta Kowalczyk"),
        ("«“We must protect our rivers,”» she said.", "our rivers"),
        ("«“It works,” she said. “The pump never fails.”»", "The pump"),
        ("«“The fee,” Ortiz said, “is a joke.”»", "The fee"),
        ("«“Voters think the new levy is unfair,”» she said.", "the new levy"),
        ("«“He won the most valuable player award,”» she said.", "the most valuable player award"),
        ("The panel said «the council should close the bridge».", "close the bridge"),
        ("The panel said «the bridge should be safer».", "the bridge"),
        ("Marta Kowalczyk left.\n\n«“She never lied to us,”» [Piotr Nowak] {said}.", "Marta Kowalczyk"),
        ("Marta Kowalczyk stepped down. [Piotr Nowak] {thanked} «her».", "Marta Kowalczyk"),
        ("Marta Kowalczyk spoke. She {said} «the levy was her idea».", "the levy"),
    ],
)
def test_the_candidate_for_which_most_speaks(parser: Parser, passage: str, target: str) -> None:
    assert find(parser, passage) == ("by_salience", target)


@pytest.mark.parametrize(
    ("passage", "rule", "target"),
    [
        ("The mayor {urged} «drivers to leave their cars at home».", "by_appeal", "leave their cars"),
        ("They {called on} «the bank to lower its rates».", "by_appeal", "lower its rates"),
        ("They called on «the bank to lower its rates».", "by_appeal", "lower its rates"),
        ("He {accused} «the bank of fraud».", "by_accusation", "the bank"),
        ("He accused «the bank of fraud».", "by_accusation", "the bank"),
        ("«“A triumph,”» she {said} of the new bridge.", "by_remark", "the new bridge"),
        ("«“They will regret it,”» she said.", "by_unnamed", "They"),
        ("Marta Kowalczyk stepped down.\n\n«“Absolutely not,”» [Piotr Nowak] {said}.", "by_topic", "Marta Kowalczyk"),
        ("[Piotr Nowak] {said} «“absolutely not”».", "", None),
    ],
)  # fmt: skip
def test_what_else_decides(parser: Parser, passage: str, rule: str, target: str | None) -> None:
    assert find(parser, passage) == (rule, target)


def test_a_pronoun_is_never_the_speaker(parser: Parser) -> None:
    passage = "Marta Kowalczyk met Lucia Ferrante.\n\n«“She lied,”» [Kowalczyk] {said}."
    assert find(parser, passage) == ("by_salience", "Lucia Ferrante")


def test_a_person_behind_a_pronoun_is_named_where_the_name_is_nearest(parser: Parser) -> None:
    passage = (
        "Marta Kowalczyk left the council in May.\n\nNobody wept.\n\n«“She lied,”» [Nowak] {said} after Kowalczyk left."
    )
    targets, enclosed = read(parser, passage)
    found = targets.find(enclosed["«"], cue=enclosed["{"][0], mention=enclosed["["][0])
    assert found is not None
    assert targets.scene.text[slice(*found)] == "Kowalczyk"
    assert found[0] > enclosed["«"][0][1]


_LEVY = "«when the levy passed, Nowak thanked no farmer in the valley for the cost of the bridge»"


@pytest.mark.parametrize(
    ("passage", "title", "phrase", "traits"),
    [
        (f"She said {_LEVY}.", None, "the levy", {"subject", "before a verb", "circumstance"}),
        (f"She said {_LEVY}.", "A new levy", "the levy", {"subject", "before a verb", "circumstance", "in the title"}),
        (f"She said {_LEVY}.", None, "Nowak", {"second", "subject", "before a verb", "name", "bare", "topic"}),
        (f"[Nowak] {{said}} {_LEVY}.", None, "Nowak",
         {"second", "subject", "before a verb", "name", "bare", "topic", "speaker", "said just before"}),
        (f"She said {_LEVY}.", None, "no farmer in the valley", {"second", "third", "object", "unspecific"}),
        (f"She said {_LEVY}.", None, "the valley", {"second", "third", "fourth", "setting", "nested"}),
        (f"Bridges fell. She said {_LEVY}.", None, "the bridge",
         {"second", "third", "fourth", "fifth", "nested", "said just before"}),
        ("She condemned «the levy».", None, "the levy", {"follows the cue", "object"}),
        ("«“Voters know a lot,”» she said.", None, "a lot", {"second", "object", "empty"}),
        ("«“Voters know the tax,”» she said.", None, "Voters",
         {"subject", "before a verb", "holds an opinion", "bare", "empty"}),
        ("«“The council must act,”» she said.", None, "The council",
         {"subject", "before a verb", "is to act"}),
        ("«“The new city council met,”» she said.", None, "The new city council",
         {"subject", "before a verb", "long"}),
        ("The levy, a levy, that levy, each levy: «“The levy works,”» she said.", None, "The levy",
         {"subject", "before a verb", "frequent", "said just before"}),
    ],
)  # fmt: skip
def test_what_speaks_for_a_noun_phrase(
    parser: Parser, passage: str, title: str | None, phrase: str, traits: set[str]
) -> None:
    targets, enclosed = read(parser, passage, title)
    case = Case(targets, enclosed["«"], enclosed.get("{", [None])[0], enclosed.get("[", [None])[0])
    found = {targets.scene.text[one.start : one.end]: set(one.traits) for one in candidates(case)}
    assert found[phrase] == traits


@pytest.mark.parametrize(
    ("passage", "traits"),
    [
        ("Marta Kowalczyk left. «“She lied,”» Nowak said.", {"person", "person, nothing before"}),
        ("Marta Kowalczyk left. Piotr Nowak said «the levy was what she wanted».", {"person", "person, indirectly"}),
        ("The panel said «the council should close the bridge».", {"duty"}),
        ("Nowak vowed «to close the bridge».", {"infinitive", "infinitive, first"}),
        ("She said «the council agreed to close the bridge».", {"infinitive"}),
    ],
)
def test_persons_and_actions_are_candidates(parser: Parser, passage: str, traits: set[str]) -> None:
    targets, enclosed = read(parser, passage)
    *_, last = candidates(Case(targets, enclosed["«"], None, None))
    assert set(last.traits) == traits
    assert last.salience == pytest.approx(sum(WEIGHTS[trait] for trait in traits))


@pytest.mark.parametrize(
    ("low", "before", "following", "letter"),
    [
        ("support", "D", "of", "N"),
        ("support", "P", "the", "V"),
        ("support", ".", "for", "N"),
        ("like", "P", "it", "V"),
        ("like", "N", "a", "I"),
        ("isn’t", "N", "fair", "X"),
        ("that", ".", "plan", "D"),
        ("that", "V", "the", "W"),
        ("’s", "N", "plan", "S"),
        ("’s", "P", "fair", "X"),
        ("regret", "X", "it", "V"),
        ("unfair", "X", ".", "A"),
        ("soundly", "X", "beaten", "R"),
        ("40", "I", "boats", "A"),
        ("“", ".", "we", "."),
    ],
)
def test_the_class_of_an_unparsed_word(low: str, before: str, following: str, letter: str) -> None:
    assert guessed(low, before, following) == letter


def test_noun_phrases_of_a_quotation(parser: Parser) -> None:
    targets, enclosed = read(parser, "«“The cost of the new bridge will hurt Ardmouth’s poorest families,”» she said.")
    statement = Statement(targets.scene, targets.sentences, enclosed["«"])
    found = [(targets.scene.text[phrase.start : phrase.end], phrase.role) for phrase in statement.phrases]
    assert found == [
        ("The cost of the new bridge", "subject"),
        ("the new bridge", "other"),
        ("Ardmouth’s poorest families", "object"),
    ]


def test_no_words_no_target() -> None:
    assert Targets("", []).find([(0, 0)]) is None
    assert Targets("Nobody here.", []).find([]) is None
    assert Targets("Nobody here.", []).find([(40, 90)], cue=(30, 35), mention=(50, 60)) is None


_WORDS = ["\n\n", *"“ ” \" ' ’s the a he her Iran Iran's should to of urged said , . word words’ 3 -".split()]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(_WORDS)),
    st.integers(0, 60),
    st.integers(0, 60),
)
def test_targets_lie_in_any_text(parser: Parser, words: list[str], start: int, end: int) -> None:
    text = " ".join(words)
    parts = paragraphs(text)
    marked, _ = find_marked(text, parts)
    targets = Targets(text, parser.parse(text, parts, marked), scene=Scene(text, None, (), 0, describe))
    for cue, mention in ((None, None), ((start, end), (end, start))):
        found = targets.find([(start, end)], cue=cue, mention=mention)
        assert found is None or 0 <= found[0] < found[1] <= len(text)
