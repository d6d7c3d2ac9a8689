"""Pairing of quotation marks: which mark opens, which closes, and which is an apostrophe.

A quotation mark says little by itself: `"` both opens and closes, `'` is mostly an apostrophe,
curly marks are typed the wrong way round, and any of them may be missing. So every mark gets a
cost for opening, for closing and for being no quotation mark at all, from what stands on its two
sides, and each paragraph is read in the cheapest way in which its marks nest (a Viterbi search
over the stack of open marks). A mark that fits nowhere costs its own paragraph at most.

Paragraphs are joined afterwards: a quote left open goes on in the next paragraph where that one
opens with a mark again, or in plain paragraphs up to one that closes a quote it never opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

Style = Literal["double", "single", "guillemet", "latex"]


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of one paragraph between quotation marks.

    Attributes:
        start: Offset of the opening mark; of the paragraph, where a quote opened earlier goes on
            without a new mark.
        end: Offset after the closing mark; of the paragraph's end, where there is none.
        inner_start: Offset of the first character between the marks.
        inner_end: Offset after the last character between the marks.
        style: Kind of the opening mark; `latex` is two backticks or two apostrophes.
        closed: Whether a mark in this paragraph closes it.
        continues: Whether it goes on with the quote that the previous paragraph left open.
        depth: 0 outside all other marks, 1 inside one pair, and so on.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    style: Style
    closed: bool
    continues: bool
    depth: int = 0


# ---- glyphs


class _Glyph(NamedTuple):
    family: str  # marks of one family close each other: d(ouble), s(ingle), g(uillemet), h(alf guillemet)
    direction: Literal["opening", "either", "closing"]
    style: Style
    partners: frozenset[str]  # what regularly closes it


_GLYPHS = {
    '"': _Glyph("d", "either", "double", frozenset(['"'])),
    "“": _Glyph("d", "opening", "double", frozenset("”")),
    "”": _Glyph("d", "closing", "double", frozenset("”")),  # Swedish ”ja”
    "„": _Glyph("d", "opening", "double", frozenset("“”")),
    "‟": _Glyph("d", "opening", "double", frozenset("”")),
    "``": _Glyph("d", "opening", "latex", frozenset(["''"])),
    "''": _Glyph("d", "either", "latex", frozenset(["''"])),
    "‘‘": _Glyph("d", "opening", "latex", frozenset(["’’", "''"])),
    "’’": _Glyph("d", "closing", "latex", frozenset(["’’"])),
    "'": _Glyph("s", "either", "single", frozenset("'")),
    "‘": _Glyph("s", "opening", "single", frozenset("’'")),
    "’": _Glyph("s", "closing", "single", frozenset("’")),
    "‚": _Glyph("s", "opening", "single", frozenset("‘’")),
    "‛": _Glyph("s", "opening", "single", frozenset("’")),
    "`": _Glyph("s", "opening", "single", frozenset("'")),
    "«": _Glyph("g", "opening", "guillemet", frozenset("»")),
    "»": _Glyph("g", "closing", "guillemet", frozenset("«")),  # German »ja«
    "‹": _Glyph("h", "opening", "guillemet", frozenset("›")),
    "›": _Glyph("h", "closing", "guillemet", frozenset("‹")),
}

# Marks written in UTF-8 and read as Windows-1252 or Latin-1, and Windows-1252 read as Latin-1. The
# last byte of ” has no character in Windows-1252 and is often lost, which leaves a bare "â€".
_SPELLINGS = {glyph: glyph for glyph in _GLYPHS} | {'""': '"', "Â«": "«", "Â»": "»", "â€": "”", "â€\x9d": "”"}
_SPELLINGS |= {"â€œ": "“", "â€˜": "‘", "â€™": "’", "â€ž": "„", "â€š": "‚"}
_SPELLINGS |= {
    "â\x80\x9c": "“",
    "â\x80\x9d": "”",
    "â\x80\x98": "‘",
    "â\x80\x99": "’",
    "â\x80\x9e": "„",
    "â\x80\x9a": "‚",
}
_SPELLINGS |= {"\x91": "‘", "\x92": "’", "\x93": "“", "\x94": "”"}

# The first character is a class of its own, at which the scan can jump from mark to mark. A match
# that is no key of _SPELLINGS is no mark.
_MARK = re.compile(
    r"""
    ["'`“”„‟‘’‚‛«»‹›=âÂ\x91-\x94]
    (?: (?<=")"? | (?<=[“”„‟«»‹›\x93\x94]) | (?<=Â)[«»] | (?<=`)`?
      | (?<=['’])(?=(?:''|’’)(?!['’\w])) | (?<=')' | (?<=’)’ | (?<=‘)‘  # ''' closes as ' '' and opens as '' '
      | (?<=['’‘‚‛\x91\x92])(?!(?<=\w.)\w)             # but not don't, O'Brien, 6'2
      | (?<==)\s?"[^"<>\n]{0,200}\n?"                  # no mark: <tweet author="...">
      | (?<=\wâ)(?:€™|\x80\x99)\w                      # no mark: donâ€™t
      | (?<=â)(?:€[œ\x9d˜™žš“”¦¢"]? | \x80[\x80-\xbf])  # of these, dashes, dots and bullets are no marks
    )
    """,
    re.VERBOSE,
)

# ---- costs: 0 is what a careful writer does

_BLANK = " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u2009\u202f\u3000" + "\ufeff\u200b\u200e\u200f\u202a\u202c"
_FREE_LEFT = frozenset(_BLANK + "([{<>—–―‐-/|=*_•")
_FREE_RIGHT = frozenset(_BLANK + ".,;:!?)]}—–―‐-/|<>…*_")

# 'em, ’tis, rock 'n' roll, the '90s: letters are left out at the start
_ELISION = re.compile(r"(?:em|tis|twas|til|till|cause|cuz|bout|round|n|im|er|ere|burbs|hood|\d\ds?)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s\b")
_FEET = re.compile(r"\d\s?['’′]\s?\d{1,2}$")
_INCHES = re.compile(r"(?<![\d.,])\d{1,3}$")

_STRAY = 3.0  # a double mark left over
_STRAY_CUED = 3.75  # and it stands where statements start: He said, "
_STRAY_LEADING = 4.0  # and it is the first thing in its paragraph
_DITTO = 1.25  # a mark in a gap of its own
_AGAINST = 4.0  # opening where a word ends, closing where one starts
_STANDING = 1.0  # blank on both sides: he said " yes " to
_GLUED = 2.0  # no blank on either side: the"new"plan
_WRONG_WAY = 1.5  # opening with ”
_MISMATCH = 0.7  # “ closed by "
_BACKWARDS = 2.0  # “ closed by “
_OTHER_FAMILY = 2.5  # “ closed by ’ after a full stop
_EMPTY = 4.0  # nothing between two marks: ditto marks
_NESTED = 3.25  # “ within “
_NESTED_OTHER = 1.0  # " within “
_SKIPPED = 0.5  # of two opening marks in a row, the later is the likelier partner of the closing one
_FAR = 60  # characters; players' that far from 'burbs closes nothing
_REOPENED = 0.5  # left open where the next paragraph opens again
_REOPENED_WITHIN = 1.75  # the same, but it starts within a sentence
_RESUMED = 2.0  # left open from the start of a sentence
_DEPTH = 3
_BEAM = 12  # readings kept after each mark


class _Mark(NamedTuple):
    start: int
    end: int
    name: str
    glyph: _Glyph
    open: float
    close: float
    ignore: float
    unclosed: float  # cost of opening what runs to the end of the paragraph
    leads: bool  # first thing in its paragraph
    stopped: bool  # stands after a stop, as closing marks do
    possessive: bool  # may be the apostrophe of players'
    apostrophe: bool  # single, and after a letter
    quiet: bool  # left over, it needs no warning: an apostrophe, a measure, ditto marks

    @property
    def is_opener(self) -> bool:
        return self.open < self.close

    @property
    def is_closer(self) -> bool:
        return self.close < self.open


def _double_costs(left: str, right: str, free_left: bool, free_right: bool) -> tuple[float, float]:
    """Costs of opening and closing."""
    if free_left and free_right:
        return _STANDING, _STANDING
    if free_left or free_right:
        return (0.0, _AGAINST) if free_left else (_AGAINST, 0.0)
    if left in ",:" and not right.islower():  # He said,"We will
        return _GLUED / 2, _GLUED
    if left in ".!?…":  # "We will."He left
        return _GLUED, _GLUED / 2
    return _GLUED, _GLUED


def _single_costs(name: str, left: str, rest: str, free_left: bool, free_right: bool) -> tuple[float, float, float]:
    """Costs of opening, closing and being an apostrophe."""
    if free_left and free_right:
        return 1.5, 1.5, 0.5
    if free_left:
        if _ELISION.match(rest):
            return 3.0, _AGAINST, 0.0
        return 0.3, _AGAINST, {"’": 1.0, "'": 1.5}.get(name, 2.5)
    if not free_right:
        return _AGAINST, _AGAINST, 0.0
    if left in "sS":  # the players' union, Jones' case
        return _AGAINST, 0.8, 0.0
    if left in "nN" or left.isdigit():  # rock 'n' roll, goin' home, 6' tall
        return _AGAINST, 0.6, 0.3
    return _AGAINST, 0.0, 1.5 if left.isalnum() else 2.0


def _unclosed_cost(text: str, first: int, before: int, right: str) -> float:
    """Cost of a quote that nothing closes; where it starts within a sentence, dropping it costs less."""
    previous = text[max(first, before - 8) : before].rstrip()[-1:]
    starts = not previous or previous in ".!?…:)”\"'»" or (previous == "," and not right.islower())
    return _RESUMED if starts else _AGAINST


def _ends_measure(text: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether a number that a mark follows is one of feet and inches, and whether it may be inches."""
    feet = _FEET.search(text, start, end) is not None
    return feet, feet or _INCHES.search(text, start, end) is not None


def _weigh(text: str, span: tuple[int, int, str], edges: tuple[int, int], bounds: tuple[int, int]) -> _Mark:
    """Costs of one mark. `edges` enclose it and the marks that touch it, `bounds` its paragraph."""
    (start, end, name), (before, after), (first, last) = span, edges, bounds
    glyph = _GLYPHS[name]
    left = text[before - 1] if before > first else " "
    right = text[after] if after < last else " "
    free_left, free_right = left in _FREE_LEFT, right in _FREE_RIGHT
    if free_left and (right == "…" or text.startswith("..", after)):  # "...and so we won"
        free_right = False
    if glyph.family == "s":
        opening, closing, ignore = _single_costs(name, left, text[after : after + 8], free_left, free_right)
        quiet = True
    else:
        free_right = free_right or _POSSESSIVE.match(text, end, last) is not None  # the "Birthers"'s claim
        opening, closing = _double_costs(left, right, free_left, free_right)
        ignore, quiet = _STRAY, False
        if left.isdigit() and before == start and glyph.direction != "opening":
            feet, quiet = _ends_measure(text, max(first, start - 6), start)
            ignore = 0.0 if feet else 1.0  # 6'2" tall, a 5" pipe, but "in 2012"
        elif free_left and free_right:
            around = text[max(first, start - 2) : start] + text[end : min(last, end + 2)]
            quiet = len(around) > 1 and not around.strip()
            ignore = _DITTO if quiet else _STRAY
    closes = free_right and not free_left
    unclosed = _AGAINST if closes else _unclosed_cost(text, first, before, right)
    if ignore == _STRAY and unclosed < _AGAINST:
        ignore = _STRAY_LEADING if start == first else _STRAY_CUED
    if glyph.direction == "closing":
        opening += _AGAINST if glyph.style == "guillemet" and free_right else _WRONG_WAY  # Home » Politics
    elif glyph.direction == "opening" and free_left and free_right:  # « Nous »
        opening /= 3
    return _Mark(
        start, end, name, glyph, opening, closing, ignore, unclosed if end < last else _AGAINST,
        start == first, left in ".,!?…", glyph.family == "s" and left in "sS",
        glyph.family == "s" and left not in ".,!?…", quiet,
    )  # fmt: skip


def _marks(text: str, spans: Sequence[tuple[int, int, str]], bounds: tuple[int, int]) -> list[_Mark]:
    """Weighs the marks of one paragraph; marks that touch (`'No,'"`) see the same neighbours."""
    before = [start for start, _, _ in spans]
    after = [end for _, end, _ in spans]
    for i in range(1, len(spans)):
        if after[i - 1] == spans[i][0]:
            before[i] = before[i - 1]
    for i in range(len(spans) - 2, -1, -1):
        if spans[i][1] == spans[i + 1][0]:
            after[i] = after[i + 1]
    marks = [_weigh(text, spans[i], (before[i], after[i]), bounds) for i in range(len(spans))]
    single = any(mark.glyph.family == "s" and mark.open < _AGAINST for mark in marks)
    # An apostrophe that can pair with nothing only costs time.
    return [
        mark for mark in marks if mark.open < _AGAINST or (mark.close < _AGAINST and (single or not mark.apostrophe))
    ]


# ---- one paragraph


class _Pair(NamedTuple):
    open: int
    close: int
    earlier: _Pair | None


class _Reading(NamedTuple):
    cost: float
    stack: tuple[int, ...]  # marks that are open
    pairs: _Pair | None


@dataclass(slots=True)
class _Paragraph:
    start: int
    end: int
    marks: list[_Mark]
    pairs: list[tuple[int, int]] = field(default_factory=list)  # indexes of marks
    unclosed: int | None = None
    entry: int | None = None  # mark that closes what an earlier paragraph opened
    inside: bool = False  # an earlier paragraph's quote goes on from its start

    def left_over(self) -> list[int]:
        used = {i for pair in self.pairs for i in pair} | {self.unclosed, self.entry}
        return [i for i in range(len(self.marks)) if i not in used]

    def is_free(self, i: int) -> bool:
        """Whether a mark is left over and no pair encloses it, so that it can join with another paragraph."""
        return i != self.unclosed and not any(opener <= i <= closer for opener, closer in self.pairs)

    def leading(self) -> _Mark | None:
        """The mark that it starts with, if that opens a quote."""
        if self.unclosed != 0 and all(opener != 0 for opener, _ in self.pairs):
            return None
        return self.marks[0] if self.marks and self.marks[0].leads else None


def _nesting_cost(top: _Mark | None, mark: _Mark) -> float:
    if top is None or top.glyph.family != mark.glyph.family:
        return 0.0
    if mark.glyph.family == "s" or (mark.name == top.name and mark.glyph.direction == "either"):
        return _AGAINST
    return _NESTED if mark.name == top.name else _NESTED_OTHER


def _pair_cost(text: str, opener: _Mark, closer: _Mark) -> float | None:
    if opener.glyph.family == closer.glyph.family:
        if closer.name in opener.glyph.partners:
            cost = 0.0
        else:
            cost = _BACKWARDS if closer.glyph.direction == "opening" else _MISMATCH
    elif closer.stopped and opener.glyph.family + closer.glyph.family in ("ds", "sd"):
        cost = _OTHER_FAMILY - (1.0 if opener.name == "''" and closer.name == "'" else 0.0)  # ''Yes,' he said
    else:
        return None
    if closer.possessive and closer.start - opener.end > _FAR:
        cost += 1.5
    if closer.start - opener.end < 8 and not text[opener.end : closer.start].strip():
        cost += _EMPTY
    return cost


def _steps(text: str, marks: Sequence[_Mark], i: int, reading: _Reading) -> Iterator[_Reading]:
    """The reading, gone on with mark `i` ignored, opening and closing."""
    mark, (cost, stack, pairs) = marks[i], reading
    top = marks[stack[-1]] if stack else None
    yield _Reading(cost + mark.ignore + (_SKIPPED if stack and mark.is_opener else 0.0), stack, pairs)
    if len(stack) < _DEPTH:
        yield _Reading(cost + mark.open + _nesting_cost(top, mark), (*stack, i), pairs)
    if top is not None and (joined := _pair_cost(text, top, mark)) is not None:
        yield _Reading(cost + mark.close + joined, stack[:-1], _Pair(stack[-1], i, pairs))


def _end_cost(marks: Sequence[_Mark], reading: _Reading, reopened: str) -> float:
    cost = reading.cost
    for level, i in enumerate(reading.stack):
        mark = marks[i]
        single = mark.glyph.family == "s"
        if level == 0 and mark.glyph.family == reopened and (mark.leads or not single):
            cost += _REOPENED if mark.unclosed < _AGAINST else _REOPENED_WITHIN
        else:
            cost += _AGAINST if single or level else mark.unclosed
    return cost


def _pair(text: str, paragraph: _Paragraph, reopened: str) -> None:
    """Finds the cheapest reading of a paragraph's marks.

    Args:
        text: The article.
        paragraph: Its `pairs` and `unclosed` are set.
        reopened: Family of the mark that the next paragraph starts with, or "".
    """
    marks = paragraph.marks
    readings = [_Reading(0.0, (), None)]
    for i in range(len(marks)):
        best: dict[str, _Reading] = {}  # by the families that are open
        for reading in readings:
            for step in _steps(text, marks, i, reading):
                key = "".join([marks[k].glyph.family for k in step.stack])
                if key not in best or step.cost < best[key].cost:
                    best[key] = step
        readings = sorted(best.values(), key=lambda r: r.cost)[:_BEAM]
    final = min(readings, key=lambda r: _end_cost(marks, r, reopened))
    pair = final.pairs
    while pair is not None:
        paragraph.pairs.append((pair.open, pair.close))
        pair = pair.earlier
    if final.stack and (reopened or marks[final.stack[0]].unclosed < _AGAINST):
        paragraph.unclosed = final.stack[0]


# ---- from paragraph to paragraph

_CARRY = 3  # paragraphs that a quote may run on without new opening marks


def _opening_family(paragraph: _Paragraph | None) -> str:
    """Family of the mark that a paragraph starts with, or ""."""
    if paragraph is None or not paragraph.marks:
        return ""
    mark = paragraph.marks[0]
    opens = mark.leads and mark.open <= mark.close + _WRONG_WAY and mark.ignore > 0
    return mark.glyph.family if opens and mark.end < paragraph.end else ""


def _continues(previous: _Paragraph | None, paragraph: _Paragraph) -> bool:
    """Whether a paragraph opens again the quote that the previous one left open."""
    if previous is None or previous.unclosed is None:
        return False
    mark = paragraph.leading()
    return mark is not None and mark.glyph.family == previous.marks[previous.unclosed].glyph.family


def _carry(paragraphs: Sequence[_Paragraph], i: int) -> None:
    """Joins a quote to the paragraph that closes it, where those between have no marks.

    `"We lost the house. ¶ We lost the farm too," she said.`
    """
    paragraph = paragraphs[i]
    opener = paragraph.unclosed
    doubles = [k for k, mark in enumerate(paragraph.marks) if mark.glyph.family != "s"]
    if opener is None and doubles and paragraph.is_free(doubles[-1]) and paragraph.marks[doubles[-1]].is_opener:
        opener = doubles[-1]
    if opener is None or paragraph.marks[opener].glyph.family == "s" or paragraph.marks[opener].end == paragraph.end:
        return
    for j in range(i + 1, min(i + 1 + _CARRY, len(paragraphs))):
        here = paragraphs[j]
        k = next((k for k, mark in enumerate(here.marks) if mark.glyph.family != "s"), None)
        if k is None:
            continue
        mark = here.marks[k]
        if here.is_free(k) and mark.is_closer and _pair_cost("", paragraph.marks[opener], mark) is not None:
            paragraph.unclosed, here.entry = opener, k
            for between in paragraphs[i + 1 : j + 1]:
                between.inside = True
        return


def _spans(paragraph: _Paragraph, style: Style, continues: bool) -> Iterator[Marked]:
    """Spans of a paragraph in no order, without depth; `style` is that of a quote that goes on."""
    marks = paragraph.marks
    start, end = paragraph.start, paragraph.end
    if paragraph.inside:
        closer = marks[paragraph.entry] if paragraph.entry is not None else None
        inner_end = closer.start if closer else end
        yield Marked(start, closer.end if closer else end, start, inner_end, style, closer is not None, True)
    for opener, closer_index in paragraph.pairs:
        a, b = marks[opener], marks[closer_index]
        yield Marked(a.start, b.end, a.end, b.start, a.glyph.style, True, continues and opener == 0)
    if paragraph.unclosed is not None:
        a = marks[paragraph.unclosed]
        yield Marked(a.start, end, a.end, end, a.glyph.style, False, continues and paragraph.unclosed == 0)


def _with_depth(spans: list[Marked]) -> list[Marked]:
    spans.sort(key=lambda m: (m.start, -m.end))
    ends: list[int] = []
    for i, span in enumerate(spans):
        while ends and ends[-1] <= span.start:
            ends.pop()
        if ends:
            spans[i] = replace(span, depth=len(ends))
        ends.append(span.end)
    return spans


def _read(text: str, spans: Sequence[tuple[int, int]], start: int) -> list[_Paragraph]:
    """Paragraphs with their marks weighed, from one scan of the text."""
    matches = _MARK.finditer(text, start)
    found = [(m.start(), m.end(), _SPELLINGS[m.group()]) for m in matches if m.group() in _SPELLINGS]
    result, i = [], 0
    for first, last in spans:
        while i < len(found) and found[i][0] < first:
            i += 1
        j = i
        while j < len(found) and found[j][1] <= last:
            j += 1
        result.append(_Paragraph(first, last, _marks(text, found[i:j], (first, last))))
        i = j
    return result


def find_marked(
    text: str, paragraphs: Sequence[tuple[int, int]] | None = None, start: int = 0
) -> tuple[list[Marked], list[str]]:
    """Finds what stands between quotation marks.

    No span crosses the end of a paragraph: a quote of several paragraphs is one span in each, all
    but the first with `continues`.

    Args:
        text: The article.
        paragraphs: `[start, end)` of each paragraph, in order, without white space at the edges;
            those of `paragraphs(text, start)` if not given.
        start: Offset from which to search.

    Returns:
        The spans in order of their start, an enclosing one before those in it, and a warning for
        each mark that has no partner. Nothing raises.
    """
    read = _read(text, _split(text, start) if paragraphs is None else paragraphs, start)
    for i, paragraph in enumerate(read):
        if paragraph.marks:
            _pair(text, paragraph, _opening_family(read[i + 1] if i + 1 < len(read) else None))
    for i, paragraph in enumerate(read):
        if paragraph.marks and not (i + 1 < len(read) and _continues(paragraph, read[i + 1])):
            _carry(read, i)

    marked: list[Marked] = []
    warnings: list[tuple[int, str]] = []
    style: Style = "double"
    for i, paragraph in enumerate(read):
        following = read[i + 1] if i + 1 < len(read) else None
        marked += _spans(paragraph, style, i > 0 and _continues(read[i - 1], paragraph))
        for k in paragraph.left_over():
            if not paragraph.marks[k].quiet:
                warnings.append((paragraph.marks[k].start, "unpaired quotation mark"))
        if paragraph.unclosed is not None:
            mark = paragraph.marks[paragraph.unclosed]
            style = mark.glyph.style
            if following is None or not (following.inside or _continues(paragraph, following)):
                warnings.append((mark.start, "quotation mark never closed"))
    return _with_depth(marked), [f"{message} at {offset}" for offset, message in sorted(warnings)]


# ---- paragraphs

_LINE = re.compile(r"[^\n\r\u2028\u2029]+|\r\n?|[\n\u2028\u2029]")
_WIDEST = 120  # characters; no editor wraps wider
_NARROWEST = 40
_ENDS_SENTENCE = tuple(".!?:\"”’'»")


def _is_wrapped(text: str, lines: Sequence[tuple[int, int]], joined: Sequence[bool]) -> bool:
    """Whether single line breaks come from an editor that fills lines.

    Then the next line's first word would not have fitted on almost any line, and most lines end
    within a sentence.
    """
    pairs = [(lines[i - 1], lines[i]) for i in range(1, len(lines)) if joined[i]]
    if len(pairs) < 3:
        return False
    lengths = sorted(end - start for (start, end), _ in pairs)
    width = lengths[int(len(lengths) * 0.95)]
    if not _NARROWEST <= width <= _WIDEST:
        return False
    full = sum(e - s + 1 + len(text[n : n + _WIDEST].split(None, 1)[0]) > width for (s, e), (n, _) in pairs)
    within = sum(not text.endswith(_ENDS_SENTENCE, start, end) for (start, end), _ in pairs)
    return full >= 0.85 * len(pairs) and within >= 0.6 * len(pairs)


def _split(text: str, start: int) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []  # without white space at the edges
    joined: list[bool] = []  # no blank line before it
    breaks = 0
    for match in _LINE.finditer(text, start):
        line = match.group()
        if line[0] in "\n\r\u2028\u2029":
            breaks += 1
        elif stripped := line.strip(_BLANK):
            first = match.start() + line.index(stripped)
            lines.append((first, first + len(stripped)))
            joined.append(len(lines) > 1 and breaks < 2)
            breaks = 0
    if not _is_wrapped(text, lines, joined):
        return lines
    result: list[tuple[int, int]] = []
    for line_span, follows in zip(lines, joined, strict=True):
        if follows:
            result[-1] = (result[-1][0], line_span[1])
        else:
            result.append(line_span)
    return result


def paragraphs(text: str, start: int = 0) -> list[tuple[int, int]]:
    """Paragraphs of an article.

    Each line is one, unless lines were wrapped at a width: then blank lines part paragraphs.

    Args:
        text: The article.
        start: Offset at which prose starts.

    Returns:
        `[start, end)` of each paragraph in characters, without white space at the edges.
    """
    return _split(text, start)
