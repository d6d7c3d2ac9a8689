"""Quotation marks one by one: their glyphs, and what the text on both sides says of each.

The costs are on one scale, that of `marks`: 0 is what a careful writer does, and about 4 is what
nobody does on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from quotes.find.paragraphs import BLANK

Style = Literal["double", "single", "guillemet", "latex"]


class Glyph(NamedTuple):
    """What a mark looks like and what that says."""

    family: str  # marks of one family close each other: d(ouble), s(ingle), g(uillemet), h(alf guillemet)
    direction: Literal["opening", "either", "closing"]
    style: Style
    partners: frozenset[str]  # what regularly closes it


_GLYPHS = {
    '"': Glyph("d", "either", "double", frozenset(['"'])),
    "“": Glyph("d", "opening", "double", frozenset("”")),
    "”": Glyph("d", "closing", "double", frozenset("”")),  # Swedish ”ja”
    "„": Glyph("d", "opening", "double", frozenset("“”")),
    "‟": Glyph("d", "opening", "double", frozenset("”")),
    "``": Glyph("d", "opening", "latex", frozenset(["''"])),
    "''": Glyph("d", "either", "latex", frozenset(["''"])),
    "‘‘": Glyph("d", "opening", "latex", frozenset(["’’", "''"])),
    "’’": Glyph("d", "closing", "latex", frozenset(["’’"])),
    "'": Glyph("s", "either", "single", frozenset("'")),
    "‘": Glyph("s", "opening", "single", frozenset("’'")),
    "’": Glyph("s", "closing", "single", frozenset("’")),
    "‚": Glyph("s", "opening", "single", frozenset("‘’")),
    "‛": Glyph("s", "opening", "single", frozenset("’")),
    "`": Glyph("s", "opening", "single", frozenset("'")),
    "«": Glyph("g", "opening", "guillemet", frozenset("»")),
    "»": Glyph("g", "closing", "guillemet", frozenset("«")),  # German »ja«
    "‹": Glyph("h", "opening", "guillemet", frozenset("›")),
    "›": Glyph("h", "closing", "guillemet", frozenset("‹")),
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


def scan(text: str, start: int = 0) -> list[tuple[int, int, str]]:
    """Finds all marks and apostrophes that may be marks: start, end, and the glyph it stands for."""
    matches = _MARK.finditer(text, start)
    return [(m.start(), m.end(), _SPELLINGS[m.group()]) for m in matches if m.group() in _SPELLINGS]


_FREE_LEFT = frozenset(BLANK + "([{<>—–―‐-/|=*_•")
_FREE_RIGHT = frozenset(BLANK + ".,;:!?)]}—–―‐-/|<>…*_")

# 'em, ’tis, rock 'n' roll, the '90s: letters are left out at the start
_ELISION = re.compile(r"(?:em|tis|twas|til|till|cause|cuz|bout|round|n|im|er|ere|burbs|hood|\d\ds?)\b", re.IGNORECASE)
# These are words of their own as well: She said: 'Round here nobody locks a door.'
_ALSO_WORDS = re.compile(r"(?:till|cause|bout|round|er|hood|\d\d)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s\b")
_FEET = re.compile(r"\d\s?['’′]\s?\d{1,2}$")
_INCHES = re.compile(r"(?<![\d.,])\d{1,3}$")

_STRAY = 3.0  # a double mark left over
_STRAY_CUED = 3.75  # and it stands where statements start: He said, "
_STRAY_LEADING = 4.0  # and it is the first thing in its paragraph
_DITTO = 1.25  # a mark in a gap of its own
_STANDING = 1.0  # blank on both sides: he said " yes " to
_GLUED = 2.0  # no blank on either side: the"new"plan
_RESUMED = 2.0  # left open from the start of a sentence
AGAINST = 4.0  # opening where a word ends, closing where one starts
WRONG_WAY = 1.5  # opening with ”


class Mark(NamedTuple):
    """A mark in a text and the evidence of its sides: what each way of reading it costs."""

    start: int
    end: int
    name: str
    glyph: Glyph
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
        return (0.0, AGAINST) if free_left else (AGAINST, 0.0)
    if left in ",:" and not right.islower():  # He said,"We will
        return _GLUED / 2, _GLUED
    if left in ".!?…":  # "We will."He left
        return _GLUED, _GLUED / 2
    return _GLUED, _GLUED


def _single_costs(
    name: str, left: str, rest: str, free_left: bool, free_right: bool, starts: bool
) -> tuple[float, float, float]:
    """Costs of opening, closing and being an apostrophe; `starts`: a statement may start here."""
    if free_left and free_right:
        return 1.5, 1.5, 0.5
    if free_left:
        if starts and _ALSO_WORDS.match(rest):
            return 0.3, AGAINST, 1.0
        if _ELISION.match(rest):
            return 3.0, AGAINST, 0.0
        return 0.3, AGAINST, {"’": 1.0, "'": 1.5}.get(name, 2.5)
    if not free_right:
        return AGAINST, AGAINST, 0.0
    if left in "sS":  # the players' union, Jones' case
        return AGAINST, 0.8, 0.0
    if left in "nN" or left.isdigit():  # rock 'n' roll, goin' home, 6' tall
        return AGAINST, 0.6, 0.3
    return AGAINST, 0.0, 1.5 if left.isalnum() else 2.0


def _unclosed_cost(text: str, first: int, before: int, right: str) -> float:
    """Cost of a quote that nothing closes; where it starts within a sentence, dropping it costs less."""
    previous = text[max(first, before - 8) : before].rstrip()[-1:]
    starts = not previous or previous in ".!?…:)”\"'»" or (previous == "," and not right.islower())
    return _RESUMED if starts else AGAINST


def _ends_measure(text: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether a number that a mark follows is one of feet and inches, and whether it may be inches."""
    feet = _FEET.search(text, start, end) is not None
    return feet, feet or _INCHES.search(text, start, end) is not None


def _weigh(text: str, span: tuple[int, int, str], edges: tuple[int, int], bounds: tuple[int, int]) -> Mark:
    """Costs of one mark. `edges` enclose it and the marks that touch it, `bounds` its paragraph."""
    (start, end, name), (before, after), (first, last) = span, edges, bounds
    glyph = _GLYPHS[name]
    left = text[before - 1] if before > first else " "
    right = text[after] if after < last else " "
    free_left, free_right = left in _FREE_LEFT, right in _FREE_RIGHT
    if free_left and (right == "…" or text.startswith("..", after)):  # "...and so we won"
        free_right = False
    if glyph.family != "s":
        free_right = free_right or _POSSESSIVE.match(text, end, last) is not None  # the "Birthers"'s claim
    unclosed = AGAINST if free_right and not free_left else _unclosed_cost(text, first, before, right)
    if glyph.family == "s":
        starts = unclosed < AGAINST
        opening, closing, ignore = _single_costs(name, left, text[after : after + 8], free_left, free_right, starts)
        quiet = True
    else:
        opening, closing = _double_costs(left, right, free_left, free_right)
        ignore, quiet = _STRAY, False
        if left.isdigit() and before == start and glyph.direction != "opening":
            feet, quiet = _ends_measure(text, max(first, start - 6), start)
            ignore = 0.0 if feet else 1.0  # 6'2" tall, a 5" pipe, but "in 2012"
        elif free_left and free_right:
            around = text[max(first, start - 2) : start] + text[end : min(last, end + 2)]
            quiet = len(around) > 1 and not around.strip()
            ignore = _DITTO if quiet else _STRAY
    if ignore == _STRAY and unclosed < AGAINST:
        ignore = _STRAY_LEADING if start == first else _STRAY_CUED
    if glyph.direction == "closing":
        opening += AGAINST if glyph.style == "guillemet" and free_right else WRONG_WAY  # Home » Politics
    elif glyph.direction == "opening" and free_left and free_right:  # « Nous »
        opening /= 3
    return Mark(
        start, end, name, glyph, opening, closing, ignore, unclosed if end < last else AGAINST,
        start == first, left in ".,!?…", glyph.family == "s" and left in "sS",
        glyph.family == "s" and left not in ".,!?…", quiet,
    )  # fmt: skip


def weigh_marks(text: str, spans: Sequence[tuple[int, int, str]], bounds: tuple[int, int]) -> list[Mark]:
    """Weighs the marks of one paragraph, which `bounds` enclose.

    Marks that touch (`'No,'"`) see the same neighbours. An apostrophe that can pair with nothing is
    left out: it would only cost time.
    """
    before = [start for start, _, _ in spans]
    after = [end for _, end, _ in spans]
    for i in range(1, len(spans)):
        if after[i - 1] == spans[i][0]:
            before[i] = before[i - 1]
    for i in range(len(spans) - 2, -1, -1):
        if spans[i][1] == spans[i + 1][0]:
            after[i] = after[i + 1]
    marks = [_weigh(text, spans[i], (before[i], after[i]), bounds) for i in range(len(spans))]
    single = any(mark.glyph.family == "s" and mark.open < AGAINST for mark in marks)
    return [mark for mark in marks if mark.open < AGAINST or (mark.close < AGAINST and (single or not mark.apostrophe))]
