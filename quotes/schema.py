"""The records: what `quotes` reads and writes, one article a line (`quotes/1`).

Offsets are characters of the article's text exactly as kept in the record, end exclusive:
`record.text[start:end]` is the span's text. The models check this when they are built, so a
record that exists keeps the promise.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

SCHEMA = "quotes/1"

Offsets = tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]]
"""`[start, end)` in characters of the article's text."""

QuoteType = Literal["direct", "mixed", "indirect"]
SpeakerKind = Literal["person", "organization", "place", "group", "unknown"]
StanceLabel = Literal["favor", "against", "neutral"]
ToneLabel = Literal[
    "neutral",
    "critical",
    "threatening",
    "defiant",
    "urging",
    "conciliatory",
    "supportive",
    "concerned",
    "hopeful",
]

STANCES: tuple[StanceLabel, ...] = get_args(StanceLabel)
TONES: tuple[ToneLabel, ...] = get_args(ToneLabel)


class Record(BaseModel):
    """Frozen base: unknown keys are errors, `model_dump()` is the JSONL line."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True, populate_by_name=True)


class Article(Record):
    """A text to annotate.

    Attributes:
        id: Unique within a run; for a file its path below the folder given, without suffix.
        text: The text, decoded and otherwise untouched.
        path: The file it was read from.
        title: Headline, where the source has one apart from the text or on its first line.
        date: ISO date (`2019-12-30`), where the source or a leading date line gives one.
        body: Offset at which prose starts; a leading date line lies before it and is not searched.
        warnings: What reading had to put right, e.g. a guessed encoding.
    """

    id: str
    text: str
    path: str | None = None
    title: str | None = None
    date: str | None = None
    body: Annotated[int, Field(ge=0)] = 0
    warnings: tuple[str, ...] = ()


class Span(Record):
    """A named stretch of the article: `text == article.text[start:end]`."""

    text: str
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]


class Speaker(Record):
    """One speaker of an article, all mentions together.

    Attributes:
        id: Position in `AnnotatedArticle.speakers`.
        name: Canonical name: the registry's, else the fullest one in the article.
        kind: What it is; `place` is a country, city or building that speaks for those in it.
        role: Title or function, e.g. "Foreign Minister".
        affiliation: Whom the role is for, e.g. "Iran".
        aliases: Other names used in the article.
        kb_id: The registry's own id, e.g. a Wikidata QID.
        mentions: Spans that name or point to the speaker, in order.
    """

    id: int
    name: str
    kind: SpeakerKind = "unknown"
    role: str | None = None
    affiliation: str | None = None
    aliases: tuple[str, ...] = ()
    kb_id: str | None = None
    mentions: tuple[Offsets, ...] = ()


Probability = Annotated[float, Field(ge=0, le=1)]


class Stance(Record):
    """The speaker's position towards a target.

    Attributes:
        label: The likeliest one.
        score: Its calibrated probability.
        scores: Those of all labels.
    """

    label: StanceLabel
    score: Probability
    scores: dict[StanceLabel, Probability]


class Tone(Record):
    """How a statement is said.

    Attributes:
        label: The likeliest one.
        score: Its calibrated probability.
        scores: Those of all labels.
    """

    label: ToneLabel
    score: Probability
    scores: dict[ToneLabel, Probability]


class WatchedStance(Record):
    """The speaker's position towards a target of the user's watch list.

    Attributes:
        name: The target's name in the list.
        kb_id: Its id there.
        target: The words in the statement that name it.
        stance: The position.
    """

    name: str
    kb_id: str | None = None
    target: Span
    stance: Stance


class Quote(Record):
    """One statement.

    Attributes:
        id: Position in `AnnotatedArticle.quotes`.
        type: `direct` (the whole statement stands between marks), `mixed` (marks around a part)
            or `indirect` (no marks).
        text: Texts of the spans, joined by a space.
        spans: The statement, quotation marks included; several where the cue stands inside it.
        cue: The words that announce it ("said", "according to"); null for a quote that has none.
        speaker: Id in `AnnotatedArticle.speakers`; null where the article doesn't say who speaks.
        mention: The words that name the speaker for this statement.
        rule: Name of the rule that attributed it.
        confidence: Share of such findings that are right, estimated on annotated articles.
        target: What the statement is about or takes a position on; null without tags, and where
            the rules find nothing to point to.
        stance: The speaker's position towards the target, or, where there is none, towards what
            the statement is about as a whole; null without tags.
        tone: How it is said; null without tags.
        stances: Positions towards the watched targets that the statement mentions.
    """

    id: int
    type: QuoteType
    text: str
    spans: tuple[Offsets, ...] = Field(min_length=1)
    cue: Span | None = None
    speaker: int | None = None
    mention: Span | None = None
    rule: str
    confidence: Probability
    target: Span | None = None
    stance: Stance | None = None
    tone: Tone | None = None
    stances: tuple[WatchedStance, ...] = ()


class AnnotatedArticle(Record):
    """An article with its speakers and quotes: one line of the output.

    Raises:
        pydantic.ValidationError: If an offset doesn't give the text it is recorded with, or a
            quote names a speaker that isn't there.
    """

    schema_: Literal["quotes/1"] = Field(default="quotes/1", alias="schema")
    id: str
    path: str | None = None
    title: str | None = None
    date: str | None = None
    text: str
    warnings: tuple[str, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    quotes: tuple[Quote, ...] = ()

    @model_validator(mode="after")
    def _offsets_hold(self) -> AnnotatedArticle:
        size = len(self.text)
        for speaker in self.speakers:
            for start, end in speaker.mentions:
                if not start < end <= size:
                    raise ValueError(f"speaker {speaker.id}: mention [{start}, {end}] is outside the text")
        for quote in self.quotes:
            for start, end in quote.spans:
                if not start < end <= size:
                    raise ValueError(f"quote {quote.id}: span [{start}, {end}] is outside the text")
            if quote.text != " ".join(self.text[start:end] for start, end in quote.spans):
                raise ValueError(f"quote {quote.id}: its text is not what its spans give")
            named = [("cue", quote.cue), ("mention", quote.mention), ("target", quote.target)]
            named += [(f"target {watched.name!r}", watched.target) for watched in quote.stances]
            for name, span in named:
                if span is not None and self.text[span.start : span.end] != span.text:
                    raise ValueError(f"quote {quote.id}: {name} {span.text!r} is not at [{span.start}, {span.end}]")
            if quote.speaker is not None and not 0 <= quote.speaker < len(self.speakers):
                raise ValueError(f"quote {quote.id}: there is no speaker {quote.speaker}")
        return self


class Failure(Record):
    """What went wrong with an article: `kind` for programs, `message` for people."""

    kind: str
    message: str


class ErrorRecord(Record):
    """Stands in the output where an article could not be annotated."""

    schema_: Literal["quotes/1"] = Field(default="quotes/1", alias="schema")
    id: str
    path: str | None = None
    error: Failure


def json_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of one output line: an annotated article or an error record."""
    from pydantic import TypeAdapter

    schema = TypeAdapter(AnnotatedArticle | ErrorRecord).json_schema(mode="serialization", by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": SCHEMA, **schema}
