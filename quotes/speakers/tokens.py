"""Cuts an article's text into words for reading names, with the layout that tells names from capitals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from quotes.speakers.lexicon import lexicon

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n|\n(?=\S)|\r\n?|\u2028|\u2029")
_CLOSING = frozenset("\"”’')]»")
_CLOSING_APART = _CLOSING - {'"', "'"}
"""Marks that close a sentence even after a blank; a straight one opens the next: 'It ended. "Never," he said'."""
_OPENING = frozenset('"“‘«([:—–-•*')
_ENDS = frozenset(".!?…")
_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_CREDIT = re.compile(r"\b(?:Photo(?:graph)?s?|Pictures?|Images?|Credit)\s?[:/]")
"""What a caption ends with, however many capitals it has."""
_HEADLINE = 160
"""Characters of the longest line that can be a headline."""
_SOFT_WRAP = 60
"""A line at least this long that ends without a stop goes on in the next one (hard-wrapped text)."""


class Token(NamedTuple):
    """A word or a mark.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last one.
        text: The characters between.
        low: `text` in lower case.
        sentence: Number of its sentence, from 0.
        initial: Its capital may be owed to its place: first word of a sentence, a quotation or a bracket.
        joined: Only blanks stand between it and the token before, in the same paragraph.
        headline: It stands in a line set in Title Case or in capitals, where a capital tells nothing.
    """

    start: int
    end: int
    text: str
    low: str
    sentence: int
    initial: bool
    joined: bool
    headline: bool

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter and is not the pronoun "I"."""
        return self.text[0].isupper() and self.text != "I"

    @property
    def word(self) -> bool:
        """Whether it begins with a letter."""
        return self.text[0].isalpha()


@cache
def _pattern() -> re.Pattern[str]:
    """A token with the blanks before it."""
    shorts = sorted(lexicon().abbreviations, key=len, reverse=True)
    return re.compile(
        r"(\s*+)("
        r"[a-zA-Z]++(?=[ ,\n])"  # most words
        r"|(?:[^\W\d_]\.){2,}"  # U.S., J.D.
        rf"|(?=\w{{1,6}}\.)\b(?:{'|'.join(map(re.escape, shorts))})(?!\w)"  # Sen., W.Va.
        r"|\b[^\W\d_]\.(?=\s+[^\W\d_])"  # George W. Bush
        r"|[^\W_]+\.(?:com|org|net|gov)\b"  # Breitbart.com
        r"|[^\W_]+(?:(?!['’](?:s|ll|ve|re|d|m)\b)['’\-.&](?=[^\W_])[^\W_]+)*"  # O'Malley, al-Qaeda, A&M
        r"|['’](?:s|ll|ve|re|d|m)\b|\S)"
    )


def tokenize(text: str, start: int = 0) -> list[Token]:
    """The tokens of `text[start:]`, with offsets in `text`.

    A full stop ends a sentence unless a small letter follows or it belongs to an abbreviation ("p.m." before
    other capitals than those of a day or zone ends it), and a blank line always does.
    """
    start += len(text) - start - len(text[start:].lstrip())
    headlines = iter([*_headlines(text, start), (len(text) + 1, len(text) + 1)])
    line_start, line_end = next(headlines)
    tokens: list[Token] = []
    new, keep = tuple.__new__, tokens.append
    sentence, initial, joined, pending, headline, before = 0, True, False, False, line_start <= start, start
    for gap, word in _pattern().findall(text, start, len(text.rstrip())):
        at, mark = before + len(gap), word[0]
        if gap != " " and "\n" in gap:
            joined = _soft(text, before, gap)
            while line_end <= at:
                line_start, line_end = next(headlines)
            headline = line_start <= at
        ended = pending and gap and not mark.islower() and mark not in _CLOSING_APART
        if (ended and not _timed(tokens, word)) or not (joined or before == start):
            sentence, initial = sentence + 1, True
        before = at + len(word)
        # The fields of a NamedTuple by position: this line runs for every word of every article.
        keep(new(Token, (at, before, word, word.lower(), sentence, initial, joined, headline)))
        joined = True
        if mark.isalnum():
            initial, pending = False, word[-3:] == ".m."
        else:
            pending = mark in _ENDS or (pending and mark in _CLOSING)
            initial = initial or mark in _OPENING
    return tokens


def _timed(tokens: Sequence[Token], word: str) -> bool:
    """Whether `word` goes on with the time before it: "11 p.m. Monday", "9 a.m. EST", "1 a.m. (0600 GMT)"."""
    if not tokens or tokens[-1].low[-3:] != ".m.":
        return False
    return word.isupper() or word.lower() in lexicon().calendar or not word[0].isalpha()


@cache
def _small_words() -> frozenset[str]:
    """Words that headlines leave small."""
    return lexicon().prepositions | {"the", "and", "but"}


def _soft(text: str, end: int, gap: str) -> bool:
    """Whether the line break in `gap` is a wrap within a paragraph."""
    last = text[end - 1 : end]
    if gap.count("\n") > 1 or last in _ENDS or last in _CLOSING:
        return False
    begin = text.rfind("\n", 0, end) + 1
    return end - begin >= _SOFT_WRAP


def _headlines(text: str, start: int) -> list[tuple[int, int]]:
    """Lines whose capitals tell nothing: nearly every word that could do without one has it.

    A line that ends with a full stop is a headline only if no word but "in" or "the" is small.
    """
    spans, short = [], _small_words()
    for line in _LINE.finditer(text, start):
        if line.end() - line.start() > _HEADLINE or _CREDIT.search(line.group()):
            continue
        words = [word for word in _WORD.findall(line.group()) if len(word) > 2 and word.lower() not in short]
        small = sum(word[0].islower() for word in words)
        stopped = line.group().rstrip().endswith(".")
        shouted = len(words) > 2 and all(word.isupper() for word in words)
        if shouted or (len(words) > 3 and small <= (0 if stopped else len(words) // 6)):
            spans.append(line.span())
    return spans
