"""What speaks for each thing that a statement mentions being its target.

Every noun phrase, person behind a pronoun and action asked for has some traits; the weights of its
traits add up to its salience, and the most salient is the target. The idea is that of Lappin and Leass
("An algorithm for pronominal anaphora resolution", 1994), and so are some of the traits. The weights are
those of a ranking by conditional logit over labelled statements, rounded (McFadden, "Conditional logit
analysis of qualitative choice behavior", 1974).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from quotes.find.frames import DAYS, SPANS_OF_TIME
from quotes.find.inflect import verb_forms
from quotes.speakers.pronouns import PERSONAL
from quotes.tag.nounphrases import NounPhrase, Statement
from quotes.tag.wordclasses import numbers

if TYPE_CHECKING:
    from quotes.tag.targets import Case

WEIGHTS = {
    # Noun phrases. Place in the statement:
    "follows the cue": 0.85,  # "condemned *the levy*", with no "that" and no mark between
    "second": -0.55,
    "third": -0.75,
    "fourth": -0.2,
    "fifth": -0.25,
    # Place in the clause:
    "subject": 0.45,
    "object": 0.4,
    "before a verb": 0.45,
    "holds an opinion": -0.45,  # "*voters* think the levy is fair"
    "is to act": -1.15,  # "*the council* must close the bridge"
    "circumstance": -0.6,  # "when *the bill* passed"
    "setting": -0.7,  # "in *the valley*"
    "nested": -0.8,  # "the cost of *the bridge*"
    # Form:
    "name": 0.8,  # "*Ortiz’s levy*": begins with one
    "long": 0.4,  # "*the new levy*"
    "bare": -0.5,  # "*farmers*"
    "unspecific": -1.05,  # "*no plan*", "*my plan*"
    "empty": -1.6,  # "*a lot* of money"
    # Place in the article:
    "in the title": 0.2,
    "said just before": 0.55,
    "frequent": 0.6,
    "topic": 0.65,  # named most often
    "place": -1.05,  # mostly where something happens
    "speaker": -0.75,
    # Persons that "he" or "she" stands for:
    "person": 0.4,  # "“*She* lied,” he said"
    "person, nothing before": 1.05,
    "person, indirectly": -1.65,  # "she said *he* would win": it is as likely the speaker of a sentence before
    # Actions:
    "duty": 0.65,  # "should *close the bridge*"
    "infinitive": -1.55,  # "agreed to *close the bridge*"
    "infinitive, first": 0.7,  # "vowed *to close the bridge*"
}  # fmt: skip
"""What each trait adds."""

_ORDINALS = ("second", "third", "fourth", "fifth")
_EMPTY = (
    frozenset(
        "people person thing things way ways lot lots kind sort something part place bit number point fact one ones "
        "reason case moment percent time times today tonight morning guy guys folks end halt beginning "
        "country countries nation world public society americans voters problem chance opportunity job mistake matter "
        "risk future majority hell god someone idea question answer situation state states level".split()
    )
    | DAYS
    | SPANS_OF_TIME
)
"""Heads that say little: "*a lot* of money", "at this *point*", "*an end* to the strikes"."""
_SETTING = frozenset(
    "in at as from during over into by through within near since until despite while than around after before".split()
)
_UNSPECIFIC = frozenset({"no", "any", "every", "both", "my"})
_HOLDING = frozenset().union(
    *map(verb_forms, "think believe know say see want feel hope understand argue agree expect wonder need".split())
)
_OBLIGED = frozenset({"should", "must"})
_MODAL = re.compile(r"XR*(?=V)")
_OFTEN = 5
"""Times that an article has a word it is about."""


class Candidate(NamedTuple):
    """Something that may be the target.

    Attributes:
        start: Its offset.
        end: Offset after it.
        traits: What speaks for and against it: keys of `WEIGHTS`.
    """

    start: int
    end: int
    traits: tuple[str, ...]

    @property
    def salience(self) -> float:
        """Sum of what its traits add."""
        return sum(map(WEIGHTS.__getitem__, self.traits))


def candidates(case: Case) -> Iterator[Candidate]:
    """All that a statement mentions, noun phrases first."""
    reach = -1
    for number, phrase in enumerate(case.statement.phrases):
        traits = (*_in_statement(case.statement, phrase, number), *_in_form(case.statement, phrase))
        if phrase.first <= reach:
            traits += ("nested",)
        if "empty" not in traits:  # "an end to *the strikes*" is about what completes it
            reach = max(reach, phrase.last)
        yield Candidate(phrase.start, phrase.end, (*traits, *_in_article(case, phrase)))
    yield from _persons(case)
    yield from _actions(case.statement)


def action(statement: Statement, verb: int) -> tuple[int, int]:
    """A verb with its object or what a preposition or particle ties to it: "look after *the sick*"."""
    following = next((phrase for phrase in statement.phrases if phrase.first > verb), None)
    end = statement.words[verb].end
    if following is not None and not statement.letters[verb + 1 : following.first].strip("RIT-"):
        end = following.end
    return statement.words[verb].start, end


def _in_statement(statement: Statement, phrase: NounPhrase, number: int) -> Iterator[str]:
    words, letters, after = statement.words, statement.letters, phrase.last + 1
    yield from _ORDINALS[:number]
    if statement.letter_before(phrase.first) < 0:
        yield "follows the cue"
    if phrase.role != "other":
        yield phrase.role
    if phrase.circumstance:
        yield "circumstance"
    if phrase.preposition in _SETTING:
        yield "setting"
    if letters[after : after + 1] not in {"V", "X"}:
        return
    yield "before a verb"
    if words[after].low in _OBLIGED:
        yield "is to act"
    while letters[after : after + 1] in {"X", "R"}:
        after += 1
    if letters[after : after + 1] == "V" and words[after].low in _HOLDING:
        yield "holds an opinion"


def _in_form(statement: Statement, phrase: NounPhrase) -> Iterator[str]:
    head, opening = statement.words[phrase.head].low, statement.words[phrase.first]
    if opening.letter == "E":
        yield "name"
    if opening.low in _UNSPECIFIC:
        yield "unspecific"
    if head in _EMPTY or head.isdigit():
        yield "empty"
    if phrase.head - phrase.first > 1:
        yield "long"
    elif phrase.head == phrase.first:
        yield "bare"


def _in_article(case: Case, phrase: NounPhrase) -> Iterator[str]:
    article, forms = case.article, numbers(case.statement.words[phrase.head].low)
    if not article.title.isdisjoint(forms):
        yield "in the title"
    if not case.before.isdisjoint(forms):
        yield "said just before"
    if sum(map(article.frequency.__getitem__, forms)) >= _OFTEN:
        yield "frequent"
    entity = case.named(phrase) if case.statement.letters[phrase.head] == "E" else None
    if entity is None:
        return
    if entity is article.topics[0]:
        yield "topic"
    if entity.kind == "place":
        yield "place"
    if entity is case.speaker:
        yield "speaker"


def _persons(case: Case) -> Iterator[Candidate]:
    """Whom the first "he" or "she" stands for, where that can be told."""
    words, phrases = case.statement.words, case.statement.phrases
    for at, word in enumerate(words):
        name = case.name_for(word) if word.low in PERSONAL else None
        if name is not None:
            first = not phrases or at < phrases[0].first
            traits = (("person, nothing before", first), ("person, indirectly", word.sentence is not None))
            yield Candidate(*name, ("person", *(trait for trait, has in traits if has)))
            return


def _actions(statement: Statement) -> Iterator[Candidate]:
    words, letters = statement.words, statement.letters
    modal = _MODAL.search(letters)
    if modal and words[modal.start()].low == "should" and words[modal.end()].low != "be":
        yield Candidate(*action(statement, modal.end()), ("duty",))
    verb = letters.find("TV") + 1
    if verb:
        first = "V" not in letters[:verb]
        yield Candidate(*action(statement, verb), ("infinitive", "infinitive, first") if first else ("infinitive",))
