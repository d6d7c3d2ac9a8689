"""Headings that quote: marked words alone on a line, or beside a colon in a headline.

Such words have no cue, and may as well be the title of a work or the name of a thing. They are taken
for a statement where a statement of the article says them again, whose speaker they then have, or
where they read like a sentence that somebody said.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from quotes.find.finding import Finding, Offsets
from quotes.find.marks import Marked
from quotes.parse import Sentence

REPEATED_CONFIDENCE = 0.8
"""Estimated; PolNeAR's articles have hardly any such headings."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_AFTER = re.compile(r":|\s[-–—|]\s")  # "‘We were robbed’ – fans on the final"
_STOPS = ".!?…"
_FEWEST = 2  # words of a heading that a statement says again
_FEWEST_OWN = 3  # words of one that nothing repeats
_LOOSELY = 4  # from so many words on, a statement may have others between them
_PLACES = 20  # where two words stand next to each other that are looked at

_SMALL = frozenset("a an the of in on at by to for from with and or nor but as is up out".split())
_SUBJECTS = frozenset("i we you he she it they this that there nobody".split())
_SPEAKERS = frozenset("i i'm i've i'll i'd me my we we're we've we'll us our you you're your".split())
_VERBS = re.compile(r"(?:n't|'re|'ve|'ll|'m)$")  # "they're", "can't"


class _Word(NamedTuple):
    low: str
    first: bool  # of a sentence
    capital: bool


class _Said(NamedTuple):
    """The marked words of one statement."""

    words: list[_Word]
    finding: Finding


def headings(text: str, sentences: Sequence[Sentence], findings: Sequence[Finding]) -> list[Finding]:
    """Marked stretches that may be statements in a heading.

    Args:
        text: The article.
        sentences: Its sentences.
        findings: The statements found so far; those that are such headings are given back.

    Returns:
        "‘They never slow down’" on a line of its own, or the marked words of "Mayor Lee: ‘I forgot the
        keys’ after school stays shut", "‘Not our war’: town defies curfew" and "Star Tells Fans ‘I Need to
        Rest’". Whether somebody says them `repeat` and `sounds_said` tell.
    """
    quoted = {finding.start: finding for finding in findings if finding.cue is None}
    spans = sorted(span for finding in findings for span in finding.spans)
    starts = [start for start, _ in spans]
    found = []
    for number, sentence in enumerate(sentences):
        if not _is_heading(text, sentences, number):
            continue
        for quote in sentence.marked:
            if not (sentence.bare or _beside_colon(text, sentence, quote) or _ends_with_clause(text, sentence, quote)):
                continue
            known = quoted.get(quote.start)
            before = bisect_left(starts, quote.end) - 1
            if known is not None and known.spans == [(quote.start, quote.end)]:
                found.append(known)
            elif before < 0 or spans[before][1] <= quote.start:
                found.append(Finding(spans=[(quote.start, quote.end)], sentence=number))
    return found


def repeat(text: str, sentences: Sequence[Sentence], findings: Sequence[Finding], heads: Sequence[Finding]) -> None:
    """Tell for each heading which statement says its words again, if one does; see `Finding.repeats`."""
    if not heads:
        return
    said = list(_said(text, sentences, [finding for finding in findings if finding.mention is not None]))
    places: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for number, (words, _) in enumerate(said):
        for at, (one, other) in enumerate(pairwise(words)):
            places.setdefault((one.low, other.low), []).append((number, at))
    for head in heads:
        wanted = [word.low for word in _words(text, *head.spans[0])]
        if len(wanted) < _FEWEST:
            continue
        near = [
            said[number].finding
            for number, at in places.get((wanted[0], wanted[1]), [])[:_PLACES]
            if _says(said[number].words, at, wanted)
        ]
        # A heading announces what stands below it.
        head.repeats = min(near, key=lambda f: (f.start < head.start, abs(f.start - head.start)), default=None)
        if head.repeats is not None:
            head.rule, head.confidence = "repeated", REPEATED_CONFIDENCE
            head.mention = head.head = _named(text, sentences[head.sentence], head.repeats)


def sounds_said(text: str, finding: Finding) -> bool:
    """Whether a heading reads like a sentence that somebody said, and not like a title.

    "‘We had to swim’" and "‘You can’t eat a view’" do; "‘Songs of Praise’", "‘We Are the Champions’" and
    "‘war room’" don't.
    """
    words = _words(text, *finding.spans[0])
    return len(words) >= _FEWEST_OWN and not _is_name(words) and _is_clause(words)


def _named(text: str, sentence: Sentence, said: Finding) -> Offsets | None:
    """The name that a statement is attributed to, where the heading has it, too: "Harbour boss *Lee*: ‘…’"."""
    name = text[slice(*said.head)] if said.head is not None else ""
    if not name[:1].isupper():
        return None
    for match in re.finditer(rf"\b{re.escape(name)}\b", text[sentence.start : sentence.end]):
        start, end = (sentence.start + at for at in match.span())
        if not any(quote.start < end and start < quote.end for quote in sentence.marked):
            return start, end
    return None


def _is_heading(text: str, sentences: Sequence[Sentence], number: int) -> bool:
    """Whether a sentence is a line of its own with marks and without a full stop."""
    sentence = sentences[number]
    beside = (number - 1, number + 1)
    alone = all(sentences[n].paragraph != sentence.paragraph for n in beside if 0 <= n < len(sentences))
    if not sentence.marked or not alone or sentence.marked[0].continues or not sentence.marked[-1].closed:
        return False
    return text[sentence.start : sentence.end].rstrip("\"'”’»)")[-1:] not in {*_STOPS, ",", ""}


def _beside_colon(text: str, sentence: Sentence, quote: Marked) -> bool:
    first = quote.start == sentence.start and _AFTER.match(text, quote.end, sentence.end)
    return bool(first) or text[sentence.start : quote.start].rstrip()[-1:] == ":"


def _ends_with_clause(text: str, sentence: Sentence, quote: Marked) -> bool:
    words = _words(text, quote.inner_start, quote.inner_end)
    return quote.end == sentence.end and len(words) >= _LOOSELY and _is_clause(words)


def _is_clause(words: Sequence[_Word]) -> bool:
    return words[0].low in _SUBJECTS or any(w.low in _SPEAKERS or _VERBS.search(w.low) for w in words)


def _words(text: str, start: int, end: int) -> list[_Word]:
    words, at = [], start
    for match in _WORD.finditer(text, start, end):
        word = match.group().replace("’", "'")
        between = text[at : match.start()]
        first = at == start or any(stop in between for stop in _STOPS)
        words.append(_Word(word.lower(), first, word[0].isupper()))
        at = match.end()
    return words


def _said(text: str, sentences: Sequence[Sentence], findings: Sequence[Finding]) -> Iterator[_Said]:
    """What stands between marks in each statement, of statements within one another the inner one's first."""
    marked = [quote for sentence in sentences for quote in sentence.marked]
    starts = [quote.start for quote in marked]
    taken: set[int] = set()
    for finding in sorted(findings, key=lambda f: sum(end - start for start, end in f.spans)):
        words: list[_Word] = []
        for start, end in finding.spans:
            for quote in marked[bisect_left(starts, start) : bisect_left(starts, end)]:
                if quote.start not in taken:
                    taken.add(quote.start)
                    words += _words(text, quote.inner_start, quote.inner_end)
        if words:
            yield _Said(words, finding)


def _says(words: Sequence[_Word], at: int, wanted: Sequence[str]) -> bool:
    """Whether a statement says the wanted words from `at` on, and doesn't name a thing with them."""
    place, last = at, at + len(wanted) * (2 if len(wanted) >= _LOOSELY else 1)
    used: list[_Word] = []
    for low in wanted:
        while place < min(last, len(words)) and words[place].low != low:
            place += 1
        if place >= min(last, len(words)):
            return False
        used.append(words[place])
        place += 1
    return not _is_name(used)


def _is_name(words: Sequence[_Word]) -> bool:
    """Whether words that need no capital all have one; that of a sentence's first word says nothing."""
    telling = [w for w in words if not w.first and w.low not in _SMALL and w.low[:2] not in {"i", "i'"}]
    return bool(telling) and all(word.capital for word in telling)
