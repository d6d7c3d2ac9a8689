"""The spaCy component: statements and speakers on a `Doc`.

>>> import spacy
>>> nlp = spacy.blank("en")
>>> nlp.add_pipe("quotes")
>>> doc = nlp('"We will rebuild," Mayor Ann Lee said.')
>>> [(span.text, span._.speaker.name) for span in doc.spans["quotes"]]
[('"We will rebuild,"', 'Ann Lee')]

It runs the project's own pipeline on `doc.text` and needs nothing of the pipeline that it stands in:
the records are those of `quotes.Pipeline`, whatever the host's tokens are.

On a doc there are `doc._.quotes` and `doc._.quote_speakers` (the records) and the span group
`doc.spans["quotes"]`, a span for each part of a statement, labelled with its type; on any span
`span._.quote`, the statement it has most of, and that one's `span._.speaker`, `span._.stance` and
`span._.tone`. Offsets in the records are exact; spans are widened to whole tokens.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import tee
from typing import Optional

from pydantic import ValidationError
from spacy.language import Language
from spacy.tokens import Doc, Span

from quotes.config import Options
from quotes.errors import ConfigError
from quotes.pipeline import Pipeline
from quotes.schema import AnnotatedArticle, Offsets, Quote, Record, Speaker, Stance, Tone

GROUP = "quotes"
"""Name of the span group, and of the entry in `doc.user_data` that keeps the records as JSON."""

_READING = {"max_chars", "max_seconds"}  # options for reading files, of which there are none here

DEFAULTS = Options().model_dump(mode="json", exclude=_READING)
"""The component's settings and what they are unless set: the options of `quotes.Options`."""


class QuotesComponent:
    """Adds statements and speakers to docs.

    Args:
        pipeline: What finds them.
    """

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline

    def __call__(self, doc: Doc) -> Doc:
        """Add them to one doc."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """Add them to docs as they come.

        Args:
            stream: The docs.
            batch_size: Not needed: `Pipeline.pipe` tags as many together as it does elsewhere.
        """
        docs, same = tee(stream)
        records = self._pipeline.pipe(doc.text for doc in same)
        for doc, record in zip(docs, records, strict=True):
            annotate(doc, record)
            yield doc


# `Optional`, for spaCy reads these annotations as they are written here.
@Language.factory(
    "quotes",
    default_config=DEFAULTS,
    assigns=["doc._.quotes", "doc._.quote_speakers", "span._.quote", "span._.speaker", "span._.stance", "span._.tone"],
)
def make_quotes(
    nlp: Language,
    name: str,
    spacy_model: Optional[str],  # noqa: UP045
    registry: Optional[str],  # noqa: UP045
    min_confidence: float,
    tags: bool,
    tagger: Optional[str],  # noqa: UP045
    watch: Optional[str],  # noqa: UP045
) -> QuotesComponent:
    """The component `quotes`; spaCy calls it for `nlp.add_pipe("quotes", config={…})`.

    Args:
        nlp: The pipeline that it is added to; not used.
        name: The component's name there; not used.
        spacy_model: As in `quotes.Options`, like all that follow.
        registry: File of known speakers.
        min_confidence: Quotes with a lower confidence are left out.
        tags: Whether quotes get target, stance and tone.
        tagger: Folder of a trained tagger.
        watch: File of targets to watch.

    Raises:
        ConfigError: If a setting is wrong or something it names can't be loaded.
    """
    settings = {
        "spacy_model": spacy_model,
        "registry": registry,
        "min_confidence": min_confidence,
        "tags": tags,
        "tagger": tagger,
        "watch": watch,
    }
    try:
        options = Options.model_validate(settings)
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, p['loc']))}: {p['msg']}" for p in error.errors())
        raise ConfigError(f"component quotes: {problems}") from None
    return QuotesComponent(Pipeline(options))


class _Kept(Record):
    """What a doc keeps of its record. Plain JSON in `user_data`, so that docs can be saved and sent."""

    quotes: tuple[Quote, ...] = ()
    speakers: tuple[Speaker, ...] = ()


def annotate(doc: Doc, record: AnnotatedArticle) -> None:
    """Put a record on a doc with the same text.

    Args:
        doc: The doc; its tokens may be any.
        record: The annotated text.
    """
    doc.user_data[GROUP] = _Kept(quotes=record.quotes, speakers=record.speakers).model_dump_json()
    found = (aligned(doc, place, quote.type) for quote in record.quotes for place in quote.spans)
    doc.spans[GROUP] = [span for span in found if span is not None]


def aligned(doc: Doc, place: Offsets, label: str) -> Span | None:
    """The tokens that a stretch of text touches, as a labelled span; None if it is white space alone."""
    span: Span | None = doc.char_span(*place, label=label, alignment_mode="expand")
    return span if span is not None and len(span) else None


@lru_cache(maxsize=64)
def _read(kept: str) -> _Kept:
    return _Kept.model_validate_json(kept)


def _kept(doc: Doc) -> _Kept:
    return _read(doc.user_data.get(GROUP, "{}"))


def _quotes(doc: Doc) -> tuple[Quote, ...]:
    return _kept(doc).quotes


def _speakers(doc: Doc) -> tuple[Speaker, ...]:
    return _kept(doc).speakers


def _quote(span: Span) -> Quote | None:
    """The statement that has most characters in common with the span; of several the shortest, which
    is the one quoted inside the other."""
    best, best_fit = None, (0, 0)
    for quote in _quotes(span.doc):
        shared = sum(max(0, min(end, span.end_char) - max(start, span.start_char)) for start, end in quote.spans)
        fit = (shared, -sum(end - start for start, end in quote.spans))
        if shared and (best is None or fit > best_fit):
            best, best_fit = quote, fit
    return best


def _speaker(span: Span) -> Speaker | None:
    quote = _quote(span)
    return None if quote is None or quote.speaker is None else _speakers(span.doc)[quote.speaker]


def _stance(span: Span) -> Stance | None:
    quote = _quote(span)
    return quote.stance if quote else None


def _tone(span: Span) -> Tone | None:
    quote = _quote(span)
    return quote.tone if quote else None


# `force`, or loading this module a second time would be an error.
Doc.set_extension("quotes", getter=_quotes, force=True)
Doc.set_extension("quote_speakers", getter=_speakers, force=True)
Span.set_extension("quote", getter=_quote, force=True)
Span.set_extension("speaker", getter=_speaker, force=True)
Span.set_extension("stance", getter=_stance, force=True)
Span.set_extension("tone", getter=_tone, force=True)
