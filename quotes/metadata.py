"""What an article says about itself on its first lines: a date line and a headline.

    date 2019-12-30 Fast News          <- date line: gives the date, is not searched for quotes
    Iran vows revenge for US strikes   <- headline: gives the title, is searched like the rest

The reading is conservative. Taking prose for a date line or a headline loses a quote or invents
metadata; missing one costs a null field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

_MAX_DATE_LINE = 120
_MAX_DATE_LINES = 3
_MAX_SOURCE_WORDS = 5
_MAX_HEADLINE = 250
_MAX_HEADLINE_WORDS = 20

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"(?P<year>(?:1[5-9]|2[01])\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
_DATE_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # 2019-12-30, 2019/12/30, 2019-12-30T10:45
        rf"(?<![\d/-]){_YEAR}(?P<sep>[-/])(?P<number>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}})(?![\d/-])",
        # 30 December 2019, 30th of Dec., 2019
        rf"(?<![\d/-]){_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}(?!\d)",
        # December 30, 2019, Dec. 30 2019
        rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}(?!\d)",
        # 30/12/2019, 12/30/2019, 30.12.2019
        rf"(?<![\d/.-])(?P<first>\d{{1,2}})(?P<sep>[/.-])(?P<second>\d{{1,2}})(?P=sep){_YEAR}(?![\d/-])",
    )
)

_LABEL = re.compile(
    r"(?:^|[|/·•–—(-])\s*(?:date(?:line|d)?|(?:publication|pub\.?|release|issue) date"
    r"|(?:(?:first|last|originally)\s+)?(?:published|updated?|posted|modified|released|issued))\b\s*(?:on\b|at\b|:)?",
    re.IGNORECASE,
)
_ZONE = r"(?:\(?\b(?:UTC|[A-Z]{1,3}T)\b(?:\s*[+-]\d{1,2}(?::?\d\d)?)?\)?|[+-]\d\d:?\d\d\b)"
# What stands beside a date and is no name: Monday, 10:45, T10:45:00Z, 10.45 am ET, at 5 p.m., 1745 GMT
_TIME = re.compile(
    r"\b(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
    r"|(?:\bat\s+)?(?:\bT?\d{1,2}[:.]\d\d(?:[:.]\d\d(?:\.\d+)?)?Z?(?:\s*[ap]\.?m\b\.?)?"
    r"|\b\d{1,2}\s*[ap]\.?m\b\.?|\b\d{4}(?=\s*(?:GMT|UTC)\b))"
    rf"(?:\s*{_ZONE})?",
    re.IGNORECASE,
)
_SEPARATORS = "|/·•–—()\t-"
_QUOTED_OR_EXCLAIMED = re.compile(r"[\"“”„«»?!;]")
# "In Washington, December 30, 2019" is a phrase of a sentence, not a source.
_PHRASE_OPENERS = frozenset(
    "a an this that on in at from of since until till before after during for between to".split()
)
_NAME_JOINERS = frozenset(("of", "the", "and", "for", "in", "on", "by", "&", "de", "la", "al"))

_LINE = re.compile(r"[^\r\n]+")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
# How a sentence or a wire dateline ends, closing marks after it: `… will retaliate.”`, `BAGHDAD (AP) —`
_PROSE_END = re.compile(r"[.…,;:–—-][\"'”’»)\s]*$")
_DATELINE = re.compile(r"[^a-z(]{2,40}(?:,[^(]{1,20})?\([A-Z][A-Za-z ]+\)\s*[—–-]")  # NEW YORK, Nov. 19 (UPI) — …
_BYLINE = re.compile(r"by\s+(?!.*\b(?:says?|said)\b)\S+(?:\s+\S+){0,7}$", re.IGNORECASE)


class Metadata(NamedTuple):
    """What the first lines give.

    Attributes:
        title: The headline, stripped; None where the first line is prose.
        date: ISO date, e.g. `2019-12-30`.
        body: Offset of the first line after leading date lines, in characters; 0 without any.
    """

    title: str | None
    date: str | None
    body: int


class _Line(NamedTuple):
    """A line that isn't blank, where it starts, and whether a blank line stands before it."""

    text: str
    start: int
    after_blank: bool


def leading_metadata(text: str) -> Metadata:
    """Reads date line and headline off the start of an article.

    Date lines at the very start lie before `body`. One below a headline gives its date only: the
    headline is searched for quotes, so `body` stays before it.

    Args:
        text: The article, as it is kept in the record.

    Returns:
        Title and date where the lines give them, and the offset in `text` where the body starts.
    """
    lines = _lines(text)
    first = next(lines, None)
    found: date | None = None
    for _ in range(_MAX_DATE_LINES):
        own = _date_of_line(first.text) if first is not None else None
        if own is None:
            break
        found = found or own
        first = next(lines, None)
    if first is None:
        return Metadata(None, _iso(found), len(text) if found else 0)
    body = first.start if found else 0

    second = next(lines, None)
    below = _date_of_line(second.text) if second is not None else None
    if _reads_like_headline(first.text) and (below is not None or _stands_apart(first, second)):
        return Metadata(_headline(first.text), _iso(found or below), body)
    return Metadata(None, _iso(found), body)


def parse_date(text: str) -> str | None:
    """Reads a date that stands alone or starts a text, such as `Mon, 30 Dec 2019 18:09:00 +0000`.

    Args:
        text: A date in one of the forms that date lines have, with or without weekday and time.

    Returns:
        The ISO date; None where there is no such day (`2019-13-45`) or where day and month can't
        be told apart (`05/06/2019`).
    """
    found = _first_date(text[:_MAX_DATE_LINE])
    if found is None:
        return None
    start, _, day = found
    return None if _TIME.sub("", text[:start]).strip(" ,") else day.isoformat()


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _lines(text: str) -> Iterator[_Line]:
    end = 0
    for match in _LINE.finditer(text):
        if not match.group().isspace():
            breaks = _LINE_BREAK.findall(text, end, match.start())
            yield _Line(match.group(), match.start(), len(breaks) > 1)
            end = match.end()


def _date_of_line(line: str) -> date | None:
    """The date of a line that holds a date and, at most, a label, a time and the source's name."""
    if len(line) > _MAX_DATE_LINE or _QUOTED_OR_EXCLAIMED.search(line):
        return None
    found = _first_date(line)
    if found is None:
        return None
    start, end, day = found
    before, after = _TIME.sub(" ", line[:start]), _TIME.sub(" ", line[end:])
    before, labels = _LABEL.subn("|", before)
    for form in _DATE_FORMS:  # "Published 30 Dec. 2019 | Updated 31 Dec. 2019"
        after = form.sub(" ", after)
    after = _LABEL.sub("|", after)
    # A name must be set off from the date: `Reuters, Dec. 30, 2019` and `Dec. 30, 2019 | Reuters`, where
    # `December 7, 1941 Remembered` is a headline. Labels and numeric dates are no part of headlines.
    numeric = not any(map(str.isalpha, line[start:end]))
    before_set_off = bool(labels) or before.rstrip().endswith((",", ":", *_SEPARATORS))
    after_set_off = bool(labels) or numeric or after.lstrip(" ").startswith(tuple(_SEPARATORS))
    return day if _is_source(before, before_set_off) and _is_source(after, after_set_off) else None


def _is_source(text: str, set_off: bool) -> bool:
    """Whether what stands beside a date is nothing, or the name of a source, section, place or author."""
    words = [word.strip(",.:") for word in text.translate(dict.fromkeys(map(ord, _SEPARATORS), " ")).split()]
    words = [word for word in words if word]
    if not words:
        return True
    return (
        set_off
        and len(words) <= _MAX_SOURCE_WORDS
        and words[0].casefold() not in _PHRASE_OPENERS
        and all(word[0].isupper() or word.isdigit() or word in _NAME_JOINERS for word in words)
    )


def _first_date(text: str) -> tuple[int, int, date] | None:
    """The leftmost date in the text, with its offsets."""
    found = []
    for form in _DATE_FORMS:
        for match in form.finditer(text):
            day = _day_of(match)
            if day is not None:
                found.append((match.start(), match.end(), day))
                break
    return min(found, default=None)


def _day_of(match: re.Match[str]) -> date | None:
    groups = match.groupdict()
    if groups.get("first"):
        first, second = int(groups["first"]), int(groups["second"])
        if first != second and max(first, second) <= 12:
            return None  # 05/06/2019 is in May or in June
        day, month = (second, first) if second > 12 else (first, second)
    else:
        day = int(groups["day"])
        month = int(groups["number"]) if groups.get("number") else _MONTHS.index(groups["month"][:3].lower()) + 1
    try:
        return date(int(groups["year"]), month, day)
    except ValueError:
        return None


def _headline(line: str) -> str:
    """The line without the white space around it and the `#` that marks a headline in Markdown."""
    return line.strip().lstrip("#").lstrip()


def _reads_like_headline(line: str) -> bool:
    if len(line) > _MAX_HEADLINE:
        return False
    text = _headline(line)
    initial = next(filter(str.isalnum, text), "")
    return (
        2 <= len(text.split()) <= _MAX_HEADLINE_WORDS
        and initial != ""
        and not initial.islower()
        and not _PROSE_END.search(text)
        and not _BYLINE.match(text)
        and not _DATELINE.match(text)
    )


def _stands_apart(first: _Line, second: _Line | None) -> bool:
    """Whether a blank line or a longer paragraph follows.

    A line of hard-wrapped prose is about as long as the next: "An Iraqi militia vowed to retaliate
    for US / strikes in Iraq and Syria".
    """
    if second is None:
        return False
    below = second.text.strip()
    return second.after_blank or (len(below) >= 1.5 * len(first.text.strip()) and not below[0].islower())
