"""The words and noun phrases of a statement.

Each word gets one letter (see `quotes.tag.wordclasses`), and a pattern over the letters finds the
noun phrases, as a chunker does (Abney, "Parsing by Chunks", 1991).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from quotes.find.phrases import SUBJECTS
from quotes.parse import Sentence
from quotes.schema import Offsets
from quotes.speakers.article import Scene
from quotes.tag.wordclasses import closed_classes, guessed, tagged

Role = Literal["subject", "object", "other"]

_RUN = re.compile(r"[DH]*+(?:[ANES-]|R(?=A)|(?<=[DH])R(?=N))*+")
_CIRCUMSTANTIAL = frozenset("when if while because although though unless as since until".split())
_COMPLETING = frozenset({"of", "on", "for", "about", "against", "with", "to", "in"})


class Word(NamedTuple):
    """A word of a statement.

    Attributes:
        start: Its offset.
        end: Offset after it.
        low: It in lower case.
        letter: Its class.
        sentence: The parsed sentence that it is a token of, if any.
        token: Its index there.
    """

    start: int
    end: int
    low: str
    letter: str
    sentence: Sentence | None = None
    token: int = -1


class NounPhrase(NamedTuple):
    """A noun phrase with its determiner and what completes its noun: "the ban on slates".

    Attributes:
        start: Its offset.
        end: Offset after it.
        first: Index of its first word in the statement.
        head: Index of its head.
        last: Index of its last word.
        role: What it is in its clause, as far as can be told.
        preposition: The one that governs it, else "".
        circumstance: Whether it is the subject of an adverbial clause: "when *the bill* passed".
    """

    start: int
    end: int
    first: int
    head: int
    last: int
    role: Role
    preposition: str
    circumstance: bool


class Statement:
    """The words of a statement, in order.

    Args:
        scene: The article.
        sentences: Its sentences.
        spans: The statement.
    """

    def __init__(self, scene: Scene, sentences: Sequence[Sentence], spans: Sequence[Offsets]) -> None:
        self.words = [word for span in spans for word in _words(scene, sentences, span)]
        self.letters = "".join(word.letter for word in self.words)

    @cached_property
    def phrases(self) -> list[NounPhrase]:
        """Its noun phrases, in order; what completes one is a phrase of its own, too."""
        chunks = list(self._chunks())
        found: list[NounPhrase] = []
        for number, (first, head) in enumerate(chunks):
            after, last = chunks[number + 1] if number + 1 < len(chunks) else (-1, -1)
            completed = after == head + 2 and self._completes(head + 1, head)
            found.append(self._phrase(first, head, last if completed else head))
        return found

    def letter_before(self, at: int) -> int:
        """Index of the last word before `at` that is no adverb; -1 if there is none."""
        at -= 1
        while at >= 0 and self.letters[at] in "R-":
            at -= 1
        return at

    def _chunks(self) -> Iterator[tuple[int, int]]:
        """First word and head of each noun phrase."""
        for match in _RUN.finditer(self.letters):
            kept = match.group().rstrip("DHARS-")
            if kept:
                yield match.start() + len(kept) - len(kept.lstrip("S-")), match.start() + len(kept) - 1

    def _phrase(self, first: int, head: int, last: int) -> NounPhrase:
        before = self.letter_before(first)
        letter, word = (self.letters[before], self.words[before].low) if before >= 0 else (".", "")
        role = self._role(head, last, letter)
        return NounPhrase(
            start=self.words[first].start,
            end=self.words[last].end,
            first=first,
            head=head,
            last=last,
            role=role,
            preposition=word if letter in "IT" else "",
            circumstance=role == "subject" and self._is_circumstance(head, word),
        )

    def _role(self, head: int, last: int, before: str) -> Role:
        word = self.words[head]
        if word.sentence is not None:
            label = word.sentence.deps[word.token]
            return "subject" if label in SUBJECTS else "object" if label == "dobj" else "other"
        if before == "V":
            return "object"
        following = last + 1
        while self.letters[following : following + 1] == "R":
            following += 1
        verb = self.letters[following : following + 1] in {"V", "X"}
        return "subject" if verb and before not in "IT" else "other"

    def _is_circumstance(self, head: int, before: str) -> bool:
        word = self.words[head]
        if word.sentence is not None:
            return word.sentence.deps[word.sentence.heads[word.token]] == "advcl"
        return before in _CIRCUMSTANTIAL

    def _completes(self, preposition: int, head: int) -> bool:
        """Whether a preposition makes what follows part of a name: "the ban *on* slates", not "voted *on* Monday"."""
        word, noun = self.words[preposition], self.words[head]
        if word.sentence is None:
            return word.low == "of"
        attached = word.sentence is noun.sentence and word.sentence.heads[word.token] == noun.token
        return attached and word.low in _COMPLETING


def _words(scene: Scene, sentences: Sequence[Sentence], span: Offsets) -> Iterator[Word]:
    start, end = span
    number = max(0, bisect_right(sentences, start, key=lambda sentence: sentence.start) - 1)
    direct = number < len(sentences) and _opens_whole(sentences[number], start)
    while number < len(sentences) and sentences[number].start < end:
        sentence = sentences[number]
        number += 1
        if sentence.parsed:
            yield from _parsed(scene, sentence, start, end, direct)
        else:
            yield from _unparsed(scene, max(start, sentence.start), min(end, sentence.end))


def _opens_whole(sentence: Sentence, start: int) -> bool:
    """Whether a quotation that is a statement by itself opens at an offset."""
    return any(
        quote.start == start and (sentence.bare or number in sentence.whole)
        for number, quote in enumerate(sentence.marked)
    )


def _parsed(scene: Scene, sentence: Sentence, start: int, end: int, direct: bool) -> Iterator[Word]:
    """Words of a parsed sentence; of "“It works,” she said. “I know.”" only what stands between marks."""
    token = bisect_right(sentence.ends, start)
    while token < len(sentence.words) and sentence.starts[token] < end:
        number = sentence.quote_of[token]
        if number in sentence.whole:
            quote = sentence.marked[number]
            yield from _unparsed(scene, max(start, quote.start), min(end, quote.end))
            while token < len(sentence.words) and sentence.quote_of[token] == number:
                token += 1
            continue
        if number >= 0 or not direct:
            low, letter = sentence.lower(token), tagged(sentence, token)
            yield Word(sentence.starts[token], sentence.ends[token], low, letter, sentence, token)
        token += 1


def _unparsed(scene: Scene, start: int, end: int) -> Iterator[Word]:
    tokens, before = scene.tokens, "."
    at = scene.index(start)
    while at < len(tokens) and tokens[at].start < end:
        token = tokens[at]
        following = tokens[at + 1].low if at + 1 < len(tokens) else ""
        named = scene.name_at(token.start) is not None
        proper = token.capital and (named or not (token.initial or token.low in closed_classes()))
        letter = "E" if proper else guessed(token.low, before, following)
        yield Word(token.start, token.end, token.low, letter)
        before = before if letter == "R" else letter
        at += 1
