"""All records of a report together: speakers and targets shared, statements counted once."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from quotes.report.speakers import SharedSpeaker, shared_speakers
from quotes.report.wording import group_key, is_pronoun, statement_key, without_article
from quotes.schema import AnnotatedArticle, ErrorRecord, Quote, QuoteType, StanceLabel, ToneLabel

Place = tuple[int, int]
"""Position of the article, and of the quote in it."""


@dataclass
class Statement:
    """One statement, in however many articles it stands.

    Type, stance and tone are those of the first place.

    Attributes:
        speaker: Position in `Corpus.speakers`; None where nobody is named.
        type: direct, mixed or indirect.
        stance: None without tags.
        tone: None without tags.
        positions: Positions in `Corpus.targets`, each with the stance towards it: the statement's
            own target and the watched ones that it mentions.
        date: The earliest of its articles' dates.
        places: Where it stands, in the order of the records.
    """

    speaker: int | None
    type: QuoteType
    stance: StanceLabel | None
    tone: ToneLabel | None
    positions: dict[int, StanceLabel]
    date: datetime.date | None
    places: list[Place] = field(default_factory=list)


@dataclass(frozen=True)
class Corpus:
    """What the page shows.

    Attributes:
        articles: The annotated articles, in order.
        errors: Records of articles that could not be annotated.
        speakers: Speakers of all articles, in order of first appearance.
        targets: Labels of the targets, in order of first appearance.
        statements: Each once.
        indices: For each article and each of its quotes, the position in `statements`.
        quote_targets: For each article and each of its quotes, the positions in `targets`.
        speaker_of: For each article and each of its quotes, the position in `speakers`, or None.
    """

    articles: tuple[AnnotatedArticle, ...]
    errors: tuple[ErrorRecord, ...]
    speakers: tuple[SharedSpeaker, ...]
    targets: tuple[str, ...]
    statements: tuple[Statement, ...]
    indices: tuple[tuple[int, ...], ...]
    quote_targets: tuple[tuple[tuple[int, ...], ...], ...]
    speaker_of: tuple[tuple[int | None, ...], ...]


def gather(records: Iterable[AnnotatedArticle | ErrorRecord]) -> Corpus:
    """Join records into a corpus."""
    articles, errors = [], []
    for record in records:
        if isinstance(record, ErrorRecord):
            errors.append(record)
        else:
            articles.append(record)
    speakers, speaker_of = _speakers(articles)
    targets = _Targets()
    positions = [[targets.positions(quote) for quote in article.quotes] for article in articles]
    statements, indices = _statements(articles, speaker_of, positions)
    return Corpus(
        articles=tuple(articles),
        errors=tuple(errors),
        speakers=speakers,
        targets=targets.labels(),
        statements=statements,
        indices=indices,
        quote_targets=tuple(tuple(tuple(towards) for towards in quotes) for quotes in positions),
        speaker_of=speaker_of,
    )


def _speakers(
    articles: list[AnnotatedArticle],
) -> tuple[tuple[SharedSpeaker, ...], tuple[tuple[int | None, ...], ...]]:
    shared, positions = shared_speakers([speaker for article in articles for speaker in article.speakers])
    remaining = iter(positions)
    speaker_of = []
    for article in articles:
        here = [next(remaining) for _ in article.speakers]
        speaker_of.append(tuple(None if quote.speaker is None else here[quote.speaker] for quote in article.quotes))
    return shared, tuple(speaker_of)


class _Targets:
    """Targets as they come, numbered by their key and labelled by the wording met most often."""

    def __init__(self) -> None:
        self._wordings: dict[str, Counter[str]] = {}
        self._numbers: dict[str, int] = {}

    def positions(self, quote: Quote) -> dict[int, StanceLabel | None]:
        """The quote's targets, each with the stance; a watched one's own stance goes before, a pronoun is none."""
        towards: dict[int, StanceLabel | None] = {}
        if quote.target is not None and not is_pronoun(quote.target.text):
            towards[self._number(quote.target.text)] = quote.stance.label if quote.stance else None
        for watched in quote.stances:
            towards[self._number(watched.name)] = watched.stance.label
        return towards

    def _number(self, text: str) -> int:
        key = group_key(text)
        self._wordings.setdefault(key, Counter())[without_article(text)] += 1
        return self._numbers.setdefault(key, len(self._numbers))

    def labels(self) -> tuple[str, ...]:
        return tuple(wordings.most_common(1)[0][0] for wordings in self._wordings.values())


def _statements(
    articles: list[AnnotatedArticle],
    speaker_of: tuple[tuple[int | None, ...], ...],
    positions: list[list[dict[int, StanceLabel | None]]],
) -> tuple[tuple[Statement, ...], tuple[tuple[int, ...], ...]]:
    """Statements that several articles carry are one if the words and the speaker are the same.

    Without a speaker they stay apart: "No comment" may be anybody's.
    """
    statements: list[Statement] = []
    numbers: dict[tuple[int, str], int] = {}
    indices = []
    for place, article in enumerate(articles):
        here = []
        date = date_of(article)
        for at, quote in enumerate(article.quotes):
            speaker = speaker_of[place][at]
            number = len(statements)
            if speaker is not None:
                number = numbers.setdefault((speaker, statement_key(quote.text)), number)
            if number == len(statements):
                statements.append(_statement(quote, speaker, positions[place][at], date))
            statement = statements[number]
            statement.places.append((place, at))
            statement.date = min((day for day in (statement.date, date) if day), default=None)
            here.append(number)
        indices.append(tuple(here))
    return tuple(statements), tuple(indices)


def _statement(
    quote: Quote, speaker: int | None, towards: dict[int, StanceLabel | None], date: datetime.date | None
) -> Statement:
    return Statement(
        speaker=speaker,
        type=quote.type,
        stance=quote.stance.label if quote.stance else None,
        tone=quote.tone.label if quote.tone else None,
        positions={target: stance for target, stance in towards.items() if stance is not None},
        date=date,
    )


def date_of(article: AnnotatedArticle) -> datetime.date | None:
    """The article's day, where its date is a full ISO one."""
    try:
        return datetime.datetime.fromisoformat(article.date).date() if article.date else None
    except ValueError:
        return None
