"""A mention as words: where its phrase begins and ends, and its head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotes.speakers.article import Mention, Scene
from quotes.speakers.lexicon import lexicon
from quotes.speakers.nominals import after_share
from quotes.speakers.pronouns import RELATIVE
from quotes.speakers.roles import POSSESSIVE
from quotes.speakers.tokens import Token

_ADVERBIAL = frozenset({"in", "on", "at", "after", "before", "during", "under", "following", "since", "despite"})
_OPENERS = frozenset({"the", "a", "an", "his", "her", "its", "their"})
"""Words that a phrase begins with after an adverbial."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A mention as tokens `first` to `last`, with its head word."""

    mention: Mention
    first: int
    last: int
    head: int
    tokens: Sequence[Token]

    @property
    def word(self) -> str:
        """The head in lower case."""
        return self.tokens[self.head].low

    @property
    def alone(self) -> bool:
        """Whether it is one word."""
        return self.last - self.first == 1


def read_phrase(scene: Scene, mention: Mention) -> Phrase | None:
    """The mention in tokens, without the marks and prepositions round it; None if nothing is left."""
    start, end = max(0, mention.start), min(mention.end, len(scene.text))
    if start >= end:
        return None
    first, last = scene.index(start), scene.index(end)
    if last < len(scene.tokens) and scene.tokens[last].start < end:
        last += 1
    while first < last and not scene.tokens[first].text[0].isalnum():
        first += 1
    while first + 1 < last and scene.tokens[first].low in {"from", "by", "to", "with", "for"}:
        first += 1
    if first + 2 < last and scene.tokens[first].low in lexicon().calendar and scene.tokens[first + 1].text == ",":
        first += 2  # "Monday, Ruiz's sister, Ann Lee"
    while first < last and not (scene.tokens[last - 1].text[0].isalnum() or scene.tokens[last - 1].text == ")"):
        last -= 1
    first = _after_adverbial(scene, _after_day(scene, first, last), last)
    if first >= last:
        return None
    return Phrase(mention, first, last, _head(scene, mention, first, last), scene.tokens)


def _after_day(scene: Scene, first: int, last: int) -> int:
    """Index after a day that was read into the phrase: "Monday, Hale's sister, Ruth Hale,"."""
    tokens, calendar = scene.tokens, lexicon().calendar
    at = first
    while at < last and (tokens[at].low in calendar or (at > first and tokens[at].text.isdigit())):
        at += 1
    return at + 1 if first < at < last - 1 and tokens[at].text == "," else first


def _after_adverbial(scene: Scene, first: int, last: int) -> int:
    """Index after what was read into the phrase from the sentence's beginning.

    "In a post on Friday, the group", "Reacting, the secretary of the party, Ann Lee", "(In a note to) the exchange,
    the mine's owner, Lumora".
    """
    tokens, words = scene.tokens, lexicon()
    comma = next((at for at in range(first, last - 1) if tokens[at].text == ","), None)
    if comma is None or not (tokens[comma + 1].low in _OPENERS or scene.name_at(tokens[comma + 1].start)):
        return first
    opens = not first or tokens[first - 1].sentence != tokens[first].sentence
    adverbial = tokens[first].low in _ADVERBIAL or (tokens[first].low.endswith("ing") and comma == first + 1)
    if opens and adverbial and not scene.name_at(tokens[first].start):
        return comma + 1
    begun = first
    while begun > 0 and tokens[begun - 1].sentence == tokens[first].sentence:
        begun -= 1
    governed = begun < first and tokens[begun].low in _ADVERBIAL and tokens[first - 1].low in words.prepositions
    again = any(tokens[at].text == "," for at in range(comma + 1, last))
    return comma + 1 if governed and again and tokens[comma + 1].low in _OPENERS else first


def _head(scene: Scene, mention: Mention, first: int, last: int) -> int:
    """Index of the head word.

    Where the head given is no single word of the mention, or counts a share ("percent"): the last word before a
    comma, a preposition or "who".
    """
    tokens = scene.tokens
    first = after_share(tokens, first, last)
    head = scene.index(max(mention.head[0], 0))
    if first <= head < last and tokens[head].text[0].isalnum() and mention.head[1] <= tokens[head].end:
        return head
    head = first
    while head + 1 < last and (tokens[head + 1].text[0].isalnum() or tokens[head + 1].low in POSSESSIVE):
        low = tokens[head + 1].low
        if low in POSSESSIVE and not (head + 2 < last and tokens[head + 2].joined and tokens[head + 2].word):
            break  # "Pruitt's sister" goes on
        if low in lexicon().prepositions or low in RELATIVE:
            break
        head += 1
    return head
