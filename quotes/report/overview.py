"""The figures of the page's first part, counted from a corpus."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from quotes.report.corpus import Corpus, Statement
from quotes.report.speakers import SharedSpeaker
from quotes.schema import STANCES, TONES

UNTAGGED = "none"
"""Stands for a stance or tone that a statement doesn't have."""

SPEAKERS_LISTED = 50
MATRIX_SPEAKERS = 12
MATRIX_TARGETS = 8

Unit = Literal["day", "week", "month", "year"]
_LONGEST: dict[Unit, int] = {"day": 1, "week": 7, "month": 31, "year": 366}
_YEARS_FILLED = 100
_DATE_LENGTH: dict[Unit, int] = {"day": 10, "week": 10, "month": 7, "year": 4}


@dataclass(frozen=True)
class SpeakerRow:
    """One speaker's statements, by stance and by tone."""

    speaker: SharedSpeaker
    total: int
    stances: Mapping[str, int]
    tones: Mapping[str, int]


@dataclass(frozen=True)
class MatrixRow:
    """One speaker's stances towards each of the matrix' targets, in their order."""

    speaker: SharedSpeaker
    cells: tuple[Mapping[str, int], ...]


@dataclass(frozen=True)
class Matrix:
    """Speakers × the targets most spoken of."""

    targets: tuple[str, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True)
class Bar:
    """The statements of one day, week, month or year.

    `name` is its ISO date: a day, the first day of a week, `2024-04` or `2024`.
    """

    name: str
    total: int
    stances: Mapping[str, int]


@dataclass(frozen=True)
class Timeline:
    """Statements over time, units without any included."""

    unit: Unit
    bars: tuple[Bar, ...]
    dated: int


@dataclass(frozen=True)
class Overview:
    """Everything the first part shows.

    Attributes:
        articles: How many could be annotated.
        errors: How many could not.
        statements: Each counted once, in however many articles it stands.
        places: Counted as often as they stand somewhere.
        attributed: Statements with a speaker.
        named: Speakers that have a name.
        targets: Targets, watched ones included.
        tagged: Whether any statement has a stance.
        types: Statements by type.
        stances: Statements by stance; `none` for those without.
        tones: Statements by tone, in the order of the labels.
        speakers: Those with most statements first.
        more_speakers: How many more there are.
        matrix: None where no stance is towards a target.
        timeline: None where no article has a date.
    """

    articles: int
    errors: int
    statements: int
    places: int
    attributed: int
    named: int
    targets: int
    tagged: bool
    types: Mapping[str, int]
    stances: Mapping[str, int]
    tones: Mapping[str, int]
    speakers: tuple[SpeakerRow, ...]
    more_speakers: int
    matrix: Matrix | None
    timeline: Timeline | None


def overview(corpus: Corpus) -> Overview:
    """Count."""
    statements = corpus.statements
    by_speaker: dict[int, list[Statement]] = {}
    for statement in statements:
        if statement.speaker is not None:
            by_speaker.setdefault(statement.speaker, []).append(statement)
    order = sorted(by_speaker, key=lambda at: (-len(by_speaker[at]), corpus.speakers[at].label))
    return Overview(
        articles=len(corpus.articles),
        errors=len(corpus.errors),
        statements=len(statements),
        places=sum(len(statement.places) for statement in statements),
        attributed=sum(map(len, by_speaker.values())),
        named=sum(corpus.speakers[at].named for at in by_speaker),
        targets=len(corpus.targets),
        tagged=any(statement.stance for statement in statements),
        types=_in_order(("direct", "mixed", "indirect"), (statement.type for statement in statements)),
        stances=_stances(statements),
        tones=_tones(statements),
        speakers=tuple(_row(corpus.speakers[at], by_speaker[at]) for at in order[:SPEAKERS_LISTED]),
        more_speakers=max(0, len(order) - SPEAKERS_LISTED),
        matrix=_matrix(corpus, by_speaker),
        timeline=_timeline(statements),
    )


def _in_order(labels: Iterable[str], found: Iterable[str]) -> dict[str, int]:
    counts = Counter(found)
    return {label: counts[label] for label in labels if counts[label]}


def _stances(statements: Iterable[Statement]) -> dict[str, int]:
    return _in_order((*STANCES, UNTAGGED), (statement.stance or UNTAGGED for statement in statements))


def _tones(statements: Iterable[Statement]) -> dict[str, int]:
    return _in_order((*TONES, UNTAGGED), (statement.tone or UNTAGGED for statement in statements))


def _row(speaker: SharedSpeaker, statements: list[Statement]) -> SpeakerRow:
    return SpeakerRow(speaker, len(statements), _stances(statements), _tones(statements))


def _matrix(corpus: Corpus, by_speaker: Mapping[int, list[Statement]]) -> Matrix | None:
    spoken_of = Counter(target for group in by_speaker.values() for one in group for target in one.positions)
    targets = [target for target, _ in spoken_of.most_common(MATRIX_TARGETS)]
    shown = set(targets)
    towards = {at: sum(len(shown & one.positions.keys()) for one in group) for at, group in by_speaker.items()}
    speakers = sorted((at for at, count in towards.items() if count), key=lambda at: -towards[at])[:MATRIX_SPEAKERS]
    if not speakers:
        return None
    met = {target for at in speakers for one in by_speaker[at] for target in one.positions}
    targets = [target for target in targets if target in met]  # else only those who aren't shown spoke of it
    rows = []
    for at in speakers:
        found = [[one.positions[target] for one in by_speaker[at] if target in one.positions] for target in targets]
        rows.append(MatrixRow(corpus.speakers[at], tuple(_in_order(STANCES, stances) for stances in found)))
    return Matrix(tuple(corpus.targets[target] for target in targets), tuple(rows))


def _timeline(statements: Iterable[Statement]) -> Timeline | None:
    dated = [(statement.date, statement) for statement in statements if statement.date is not None]
    if not dated:
        return None
    days = [day for day, _ in dated]
    unit = _unit(min(days), max(days))
    groups: dict[datetime.date, list[Statement]] = {start: [] for start in _starts(min(days), max(days), unit)}
    for day, statement in sorted(dated, key=lambda one: one[0]):
        groups.setdefault(_start(day, unit), []).append(statement)
    bars = tuple(
        Bar(day.isoformat()[: _DATE_LENGTH[unit]], len(group), _stances(group)) for day, group in groups.items()
    )
    return Timeline(unit, bars, len(dated))


def _unit(first: datetime.date, last: datetime.date) -> Unit:
    """The finest unit that makes no more than about fifty bars."""
    days = (last - first).days
    if days <= 45:
        return "day"
    if days <= 45 * 7:
        return "week"
    return "month" if days <= 45 * 30 else "year"


def _start(day: datetime.date, unit: Unit) -> datetime.date:
    if unit == "week":
        # 1 January of the year 1 is a Monday, so no day has its Monday before the first one there is.
        return day - datetime.timedelta(days=day.weekday())
    if unit == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if unit == "year" else day


def _starts(first: datetime.date, last: datetime.date, unit: Unit) -> Iterator[datetime.date]:
    """The first days of all units between two days; of centuries none, for there one date is surely wrong."""
    if last.year - first.year > _YEARS_FILLED:
        return
    start, end = _start(first, unit), _start(last, unit)
    yield start
    while start < end:
        start = _start(start + datetime.timedelta(days=_LONGEST[unit]), unit)
        yield start
