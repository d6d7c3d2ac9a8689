"""What is compared: the statements of an article, annotated or found, in one form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from quotes.evaluate.names import fold
from quotes.schema import AnnotatedArticle, Offsets, Quote, QuoteType, Speaker, Stance, Tone

Spans = tuple[Offsets, ...]

GoldFormat = Literal["records", "plain", "polnear"]
"""How gold is written: see `quotes.evaluate.gold`."""

_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_WORD = re.compile(r"\w+")
_MARKS = '"“”„‟«»'
_EDGE = " \t\n\r.,;:!?-–—'‘’`()[]…" + _MARKS
_AFTER = ".,;:!?"


@dataclass(frozen=True)
class Statement:
    """A statement, annotated or found. All offsets are characters of the article's text, end exclusive.

    Attributes:
        spans: What was said.
        type: Its type.
        words: Offsets at which its words start.
        core: Its spans without the punctuation and quotation marks at their edges.
        mention: The words that name the speaker; none where nobody is named.
        mention_words: Offsets at which their words start.
        cue: The words that announce it.
        speaker: Who said it; None where the article, or the annotation, doesn't say.
        target: What its stance is towards.
        stance: Position towards the target.
        tone: How it is said.
        rule: The rule that found it; "" for an annotated one.
    """

    spans: Spans
    type: QuoteType
    words: frozenset[int] = field(repr=False)
    core: Spans = field(repr=False)
    mention: Spans = ()
    mention_words: frozenset[int] = field(default=frozenset(), repr=False)
    cue: Spans = ()
    speaker: Speaker | None = None
    target: Offsets | None = None
    stance: Stance | None = None
    tone: Tone | None = None
    rule: str = ""


@dataclass(frozen=True)
class Article:
    """An article with its statements.

    Attributes:
        id: Its id.
        text: Its text.
        statements: Its statements, in an order of their own.
        title: Headline, where the file has one.
        date: ISO date, where the file has one.
    """

    id: str
    text: str
    statements: tuple[Statement, ...]
    title: str | None = None
    date: str | None = None


@dataclass(frozen=True)
class Gold:
    """Annotated articles.

    Attributes:
        format: How they are written.
        articles: The articles; their ids are unique.
        typed: Whether statements are annotated with a type. Where they aren't, `type_by_form` tells
            the type of annotated and found ones alike.
        named: Whether statements are annotated with a canonical speaker, so that none means that the
            article doesn't say.
        warnings: What a reader should know, e.g. which of two annotations was taken.
    """

    format: GoldFormat
    articles: tuple[Article, ...]
    typed: bool
    named: bool
    warnings: tuple[str, ...] = ()


def statement(
    text: str,
    spans: Iterable[Sequence[int]],
    type: QuoteType | None = None,
    *,
    mention: Iterable[Sequence[int]] = (),
    cue: Iterable[Sequence[int]] = (),
    speaker: Speaker | None = None,
    target: Offsets | None = None,
    stance: Stance | None = None,
    tone: Tone | None = None,
    rule: str = "",
) -> Statement:
    """Make a statement.

    Args:
        text: The article.
        spans: What was said, as `[start, end)` in characters.
        type: Its type; None tells it by form.
        mention: The words that name the speaker.
        cue: The words that announce it.
        speaker: Who said it.
        target: What its stance is towards.
        stance: Position towards the target.
        tone: How it is said.
        rule: The rule that found it.
    """
    parts = _spans(spans)
    named = _spans(mention)
    return Statement(
        spans=parts,
        type=type or type_by_form(text, parts),
        words=word_starts(text, parts),
        core=core(text, parts),
        mention=named,
        mention_words=word_starts(text, named),
        cue=_spans(cue),
        speaker=speaker,
        target=target,
        stance=stance,
        tone=tone,
        rule=rule,
    )


def from_record(record: AnnotatedArticle, *, typed: bool = True) -> Article:
    """The statements of a record.

    Args:
        record: An annotated article.
        typed: Whether to keep the record's types; else they are told by form.
    """
    speakers = with_own_aliases(record.speakers)
    return Article(
        record.id,
        record.text,
        tuple(_of_quote(record.text, quote, speakers, typed) for quote in record.quotes),
        record.title,
        record.date,
    )


def _of_quote(text: str, quote: Quote, speakers: Sequence[Speaker], typed: bool) -> Statement:
    return statement(
        text,
        quote.spans,
        quote.type if typed else None,
        mention=((quote.mention.start, quote.mention.end),) if quote.mention else (),
        cue=((quote.cue.start, quote.cue.end),) if quote.cue else (),
        speaker=None if quote.speaker is None else speakers[quote.speaker],
        target=(quote.target.start, quote.target.end) if quote.target else None,
        stance=quote.stance,
        tone=quote.tone,
        rule=quote.rule,
    )


def with_own_aliases(speakers: Sequence[Speaker]) -> list[Speaker]:
    """Speakers without the aliases that go for another of them, too: of two Smiths, neither is "Smith"."""
    names = [{fold(name) for name in (speaker.name, *speaker.aliases)} for speaker in speakers]
    taken = Counter(name for own in names for name in own)
    return [
        speaker.model_copy(update={"aliases": tuple(alias for alias in speaker.aliases if taken[fold(alias)] == 1)})
        for speaker in speakers
    ]


def word_starts(text: str, spans: Spans) -> frozenset[int]:
    """Offsets at which the words of some spans start; where there is no word, those of the spans."""
    words = frozenset(match.start() for start, end in spans for match in _WORD.finditer(text, start, end))
    return words or frozenset(start for start, _ in spans)


def core(text: str, spans: Spans) -> Spans:
    """Spans in order, without punctuation and quotation marks at their edges; those that hold nothing else go."""
    cores = []
    for start, end in sorted(spans):
        piece = text[start:end]
        begin = start + len(piece) - len(piece.lstrip(_EDGE))
        if begin < end:
            cores.append((begin, start + len(piece.rstrip(_EDGE))))
    return tuple(cores)


def lines(text: str, spans: Spans) -> Iterator[Offsets]:
    """Spans cut at line ends, without white space at their edges: what a tagger of lines can find."""
    for start, end in spans:
        for match in _LINE.finditer(text, start, end):
            yield match.span()


def type_by_form(text: str, spans: Spans) -> QuoteType:
    """Type of a statement by its own double quotation marks, for annotations that don't tell it.

    `direct` if it begins and ends with one, punctuation aside; `mixed` if it has one elsewhere;
    `indirect` if it has none.
    """
    whole = " ".join(text[start:end] for start, end in spans).strip().strip(",.;: ")
    if not any(mark in whole for mark in _MARKS):
        return "indirect"
    enclosed = whole[0] in _MARKS and whole.rstrip(_AFTER)[-1:] in _MARKS
    return "direct" if enclosed else "mixed"


def _spans(offsets: Iterable[Sequence[int]]) -> Spans:
    return tuple((start, end) for start, end in offsets)
