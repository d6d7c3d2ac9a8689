"""Where the paragraphs of an article start and end."""

from __future__ import annotations

import re
from collections.abc import Sequence

BLANK = (
    " \t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
    "\ufeff\u200b\u200e\u200f\u202a\u202c"
)
"""White space, and what is as invisible: byte order marks, zero-width blanks, marks of direction."""

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


def paragraphs(text: str, start: int = 0) -> list[tuple[int, int]]:
    """Paragraphs of an article.

    Each line is one, unless lines were wrapped at a width: then blank lines part paragraphs.

    Args:
        text: The article.
        start: Offset at which prose starts.

    Returns:
        `[start, end)` of each paragraph in characters, without white space at the edges.
    """
    lines: list[tuple[int, int]] = []  # without white space at the edges
    joined: list[bool] = []  # no blank line before it
    breaks = 0
    for match in _LINE.finditer(text, start):
        line = match.group()
        if line[0] in "\n\r\u2028\u2029":
            breaks += 1
        elif stripped := line.strip(BLANK):
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
