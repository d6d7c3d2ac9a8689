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

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from quotes.find.glyphs import AGAINST, WRONG_WAY, Mark, Style, scan, weigh_marks
from quotes.find.paragraphs import paragraphs

__all__ = ["Marked", "find_marked", "paragraphs"]


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


_MISMATCH = 0.7  # “ closed by "
_BACKWARDS = 2.0  # “ closed by “
_OTHER_FAMILY = 2.5  # “ closed by ’ after a full stop
_EMPTY = 9.0  # nothing between two marks, as between ditto marks: dropping both costs less
_NESTED = 3.25  # “ within “
_NESTED_OTHER = 1.0  # " within “
_SKIPPED = 0.5  # of two opening marks in a row, the later is the likelier partner of the closing one
_FAR = 60  # characters; players' that far from 'burbs closes nothing
_REOPENED = 0.5  # left open where the next paragraph opens again
_REOPENED_WITHIN = 1.75  # the same, but it starts within a sentence
_DEPTH = 3
_BEAM = 12  # readings kept after each mark
_CARRY = 3  # paragraphs that a quote may run on without new opening marks


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
    marks: list[Mark]
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

    def leading(self) -> Mark | None:
        """The mark that it starts with, if that opens a quote."""
        if self.unclosed != 0 and all(opener != 0 for opener, _ in self.pairs):
            return None
        return self.marks[0] if self.marks and self.marks[0].leads else None


def _nesting_cost(top: Mark | None, mark: Mark) -> float:
    if top is None or top.glyph.family != mark.glyph.family:
        return 0.0
    if mark.glyph.family == "s" or (mark.name == top.name and mark.glyph.direction == "either"):
        return AGAINST
    return _NESTED if mark.name == top.name else _NESTED_OTHER


def _pair_cost(text: str, opener: Mark, closer: Mark) -> float | None:
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
    if closer.start - opener.end < 80 and not text[opener.end : closer.start].strip():
        cost += _EMPTY
    return cost


def _steps(text: str, marks: Sequence[Mark], i: int, reading: _Reading) -> Iterator[_Reading]:
    """The reading, gone on with mark `i` ignored, opening and closing."""
    mark, (cost, stack, pairs) = marks[i], reading
    top = marks[stack[-1]] if stack else None
    yield _Reading(cost + mark.ignore + (_SKIPPED if stack and mark.is_opener else 0.0), stack, pairs)
    if len(stack) < _DEPTH:
        yield _Reading(cost + mark.open + _nesting_cost(top, mark), (*stack, i), pairs)
    if top is not None and (joined := _pair_cost(text, top, mark)) is not None:
        yield _Reading(cost + mark.close + joined, stack[:-1], _Pair(stack[-1], i, pairs))


def _end_cost(marks: Sequence[Mark], reading: _Reading, reopened: str) -> float:
    cost = reading.cost
    for level, i in enumerate(reading.stack):
        mark = marks[i]
        single = mark.glyph.family == "s"
        if level == 0 and mark.glyph.family == reopened:
            cost += _REOPENED if mark.unclosed < AGAINST else _REOPENED_WITHIN
        else:
            cost += AGAINST if single or level else mark.unclosed
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
    if final.stack and (reopened or marks[final.stack[0]].unclosed < AGAINST):
        paragraph.unclosed = final.stack[0]


# ---- from paragraph to paragraph


def _opening_family(paragraph: _Paragraph | None) -> str:
    """Family of the mark that a paragraph starts with, or ""."""
    if paragraph is None or not paragraph.marks:
        return ""
    mark = paragraph.marks[0]
    opens = mark.leads and mark.open <= mark.close + WRONG_WAY and mark.ignore > 0
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


def _read(text: str, bounds: Sequence[tuple[int, int]] | None, start: int) -> list[_Paragraph]:
    """Paragraphs with their marks weighed, from one scan of the text."""
    found = scan(text, start)
    result, i = [], 0
    for first, last in paragraphs(text, start) if bounds is None else bounds:
        while i < len(found) and found[i][0] < first:
            i += 1
        j = i
        while j < len(found) and found[j][1] <= last:
            j += 1
        result.append(_Paragraph(first, last, weigh_marks(text, found[i:j], (first, last))))
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
    read = _read(text, paragraphs, start)
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
