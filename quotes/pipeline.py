"""The way of an article: parse, find, attribute, resolve. The only file that knows all the steps."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import attrgetter
from pathlib import Path

from quotes.articles import article_from_text
from quotes.config import Options
from quotes.find.finder import find_quotes
from quotes.find.finding import Finding
from quotes.find.lexicon import default_lexicon
from quotes.find.marks import Marked, find_marked, paragraphs
from quotes.parse import Parser, load_spacy
from quotes.schema import AnnotatedArticle, Article, Offsets, Quote, QuoteType, Span
from quotes.speakers.article import Mention
from quotes.speakers.registry import Registry
from quotes.speakers.resolve import resolve


class Pipeline:
    """Finds the statements of articles and who made them.

    Args:
        options: How to annotate; None for the defaults.
        registry: Known speakers; None takes the file that the options name, if any.

    Raises:
        ConfigError: If the spaCy model or the registry can't be loaded.
    """

    def __init__(self, options: Options | None = None, registry: Registry | None = None) -> None:
        self.options = options or Options()
        if registry is None and self.options.registry is not None:
            registry = Registry.load(self.options.registry)
        self.registry = registry
        self._lexicon = default_lexicon()
        self._parser = Parser(load_spacy(self.options.spacy_model), self._lexicon.__contains__)

    def __call__(self, article: Article | str) -> AnnotatedArticle:
        """Annotate one article.

        Args:
            article: An article, or its text.

        Returns:
            The article with its speakers and quotes; offsets are into the text as given.
        """
        if isinstance(article, str):
            article = article_from_text(article)
        text = article.text
        parts = paragraphs(text, article.body)
        marked, warnings = find_marked(text, parts)
        sentences = self._parser.parse(text, parts, marked)
        findings = find_quotes(text, sentences, self._lexicon, self.options.min_confidence)
        outer = [quote for quote in marked if quote.depth == 0]
        said_by = [finding for finding in findings if finding.mention is not None]
        resolution = resolve(
            text,
            [Mention(*_mention(finding), head=finding.head or _mention(finding)) for finding in said_by],
            marked=[(quote.start, quote.end) for quote in outer],
            registry=self.registry,
            start=article.body,
        )
        speaker_of = {id(finding): speaker for finding, speaker in zip(said_by, resolution.of, strict=True)}
        return AnnotatedArticle(
            id=article.id,
            path=article.path,
            title=article.title,
            date=article.date,
            text=text,
            warnings=(*article.warnings, *warnings),
            speakers=resolution.speakers,
            quotes=tuple(
                _quote(number, text, finding, speaker_of.get(id(finding)), outer)
                for number, finding in enumerate(findings)
            ),
        )

    def pipe(self, articles: Iterable[Article | str]) -> Iterator[AnnotatedArticle]:
        """Annotate articles one after the other, in order; nothing is held but the current one.

        Args:
            articles: Articles or their texts; texts get the ids `text-1`, `text-2`, …
        """
        for number, article in enumerate(articles, 1):
            yield self(article_from_text(article, f"text-{number}") if isinstance(article, str) else article)


def load(options: Options | Path | str | None = None, *, registry: Registry | Path | str | None = None) -> Pipeline:
    """Load a pipeline.

    Args:
        options: Options, or the YAML file to read them from; None for the defaults.
        registry: Known speakers, or the YAML file that lists them; wins over the one in `options`.

    Raises:
        ConfigError: If a file or the spaCy model can't be loaded; the message says what to do.
    """
    if isinstance(options, Path | str):
        options = Options.load(options)
    if isinstance(registry, Path | str):
        registry = Registry.load(registry)
    return Pipeline(options, registry)


def _mention(finding: Finding) -> tuple[int, int]:
    assert finding.mention is not None
    return finding.mention


def _quote(number: int, text: str, finding: Finding, speaker: int | None, outer: Sequence[Marked]) -> Quote:
    return Quote(
        id=number,
        type=quote_type(text, finding.spans, outer),
        text=" ".join(text[start:end] for start, end in finding.spans),
        spans=tuple(finding.spans),
        cue=_span(text, finding.cue),
        speaker=speaker,
        mention=_span(text, finding.mention),
        rule=finding.rule,
        confidence=round(finding.confidence, 2),
    )


def _span(text: str, offsets: tuple[int, int] | None) -> Span | None:
    return None if offsets is None else Span(text=text[slice(*offsets)], start=offsets[0], end=offsets[1])


def quote_type(text: str, spans: Sequence[Offsets], outer: Sequence[Marked]) -> QuoteType:
    """Whether a statement stands between marks as a whole, in part or not at all.

    Args:
        text: The article.
        spans: The statement.
        outer: The outermost quotations of the article, in order.
    """
    outside = inside = False
    for start, end in spans:
        at = start
        first = bisect_right(outer, start, key=attrgetter("end"))
        for quote in islice(outer, first, None):
            if quote.start >= end:
                break
            inside = True
            outside |= _has_words(text[at : quote.start])
            at = min(end, quote.end)
        outside |= _has_words(text[at:end])
    if not inside:
        return "indirect"
    return "mixed" if outside else "direct"


def _has_words(text: str) -> bool:
    return any(char.isalnum() for char in text)
