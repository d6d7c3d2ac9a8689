"""The way of an article: parse, find, attribute, resolve, tag. The only file that knows all the steps."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, repeat
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.articles import article_from_text
from quotes.config import Options
from quotes.errors import ConfigError
from quotes.find.finder import find_quotes
from quotes.find.finding import Finding
from quotes.find.lexicon import default_lexicon
from quotes.find.marks import Marked, find_marked, paragraphs
from quotes.parse import Parser, Sentence, load_spacy
from quotes.schema import AnnotatedArticle, Article, Offsets, Quote, QuoteType, Span
from quotes.speakers.article import Mention
from quotes.speakers.records import Resolution
from quotes.speakers.registry import Registry
from quotes.speakers.resolve import resolve
from quotes.tag.targets import Targets
from quotes.tag.watch import WatchList

if TYPE_CHECKING:
    from quotes.tag.tagger import Tagger

CHUNK = 32
"""Articles tagged together."""


class Pipeline:
    """Finds the statements of articles, who made them, and with what stance and tone.

    Args:
        options: How to annotate; None for the defaults.
        registry: Known speakers; None takes the file that the options name, if any.
        watch: Targets to watch; None takes the file that the options name, if any.

    Raises:
        ConfigError: If the spaCy model, the tagger, the registry or the watch list can't be loaded.
    """

    def __init__(
        self, options: Options | None = None, registry: Registry | None = None, watch: WatchList | None = None
    ) -> None:
        self.options = options or Options()
        if registry is None and self.options.registry is not None:
            registry = Registry.load(self.options.registry)
        if watch is None and self.options.watch is not None:
            watch = WatchList.load(self.options.watch)
        self.registry = registry
        self._lexicon = default_lexicon()
        self._parser = Parser(load_spacy(self.options.spacy_model), self._lexicon.__contains__)
        self._tagger = _load_tagger(self.options, watch) if self.options.tags else None

    def __call__(self, article: Article | str) -> AnnotatedArticle:
        """Annotate one article.

        Args:
            article: An article, or its text.

        Returns:
            The article with its speakers and quotes; offsets are into the text as given.
        """
        return self.tag([self.find(article)])[0]

    def tag(self, records: Sequence[AnnotatedArticle]) -> list[AnnotatedArticle]:
        """Tag the quotes of some articles; several at once are faster than one by one, and come out the same.

        Args:
            records: What `find` gave.

        Returns:
            The same with stance and tone; unchanged if the options leave tags out.
        """
        return list(records) if self._tagger is None else self._tagger(records)

    def find(self, article: Article | str) -> AnnotatedArticle:
        """Find quotes, speakers and targets, and leave stance and tone to `tag`.

        Args:
            article: An article, or its text.
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
            [
                Mention(*_mention(finding), head=finding.head or _mention(finding), stated=tuple(finding.spans))
                for finding in said_by
            ],
            marked=[(quote.start, quote.end) for quote in outer],
            registry=self.registry,
            start=article.body,
        )
        targets = self._targets(article, sentences, findings, resolution) if self._tagger else repeat(None)
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
                _quote(number, text, finding, speaker_of.get(id(finding.repeats or finding)), outer, target)
                for number, (finding, target) in enumerate(zip(findings, targets, strict=False))
            ),
        )

    def targets(self, text: str, statements: Sequence[Sequence[Offsets]]) -> list[Offsets | None]:
        """Targets of statements that are known beforehand, from their words alone.

        Args:
            text: The article.
            statements: The spans of each.
        """
        parts = paragraphs(text)
        targets = Targets(text, self._parser.parse(text, parts, find_marked(text, parts)[0]))
        return [targets.find(spans) for spans in statements]

    @staticmethod
    def _targets(
        article: Article, sentences: Sequence[Sentence], findings: Sequence[Finding], resolution: Resolution
    ) -> Iterator[Offsets | None]:
        if not findings:
            return
        targets = Targets(article.text, sentences, scene=resolution.scene, title=article.title)
        for finding in findings:
            yield targets.find(finding.spans, cue=finding.cue, mention=finding.mention)

    def pipe(self, articles: Iterable[Article | str]) -> Iterator[AnnotatedArticle]:
        """Annotate articles in order: one after the other, or with tags some dozens at a time.

        Args:
            articles: Articles or their texts; texts get the ids `text-1`, `text-2`, …
        """
        numbered = (
            article_from_text(article, f"text-{number}") if isinstance(article, str) else article
            for number, article in enumerate(articles, 1)
        )
        size = CHUNK if self.options.tags else 1
        while chunk := list(islice(numbered, size)):
            yield from self.tag([self.find(article) for article in chunk])


def load(
    options: Options | Path | str | None = None,
    *,
    registry: Registry | Path | str | None = None,
    watch: WatchList | Path | str | None = None,
    tags: bool | None = None,
) -> Pipeline:
    """Load a pipeline.

    Args:
        options: Options, or the YAML file to read them from; None for the defaults.
        registry: Known speakers, or the YAML file that lists them; wins over the one in `options`.
        watch: Targets to watch, or the YAML file that lists them; wins over the one in `options`.
        tags: Whether to tag stance and tone; wins over `options`. Without tags no torch is needed.

    Raises:
        ConfigError: If a file or a model can't be loaded; the message says what to do.
    """
    if isinstance(options, Path | str):
        options = Options.load(options)
    if tags is not None:
        options = (options or Options()).model_copy(update={"tags": tags})
    if isinstance(registry, Path | str):
        registry = Registry.load(registry)
    if isinstance(watch, Path | str):
        watch = WatchList.load(watch)
    return Pipeline(options, registry, watch)


def _load_tagger(options: Options, watch: WatchList | None) -> Tagger:
    """Imports torch, which takes seconds, only where there is something to tag."""
    try:
        from quotes.tag.tagger import Tagger
    except ImportError as error:
        raise ConfigError(
            f"stance and tone need the package {error.name!r}: install quotes[tags], or leave them out with --no-tags "
            "(in Python: quotes.load(tags=False))"
        ) from None
    return Tagger(options.tagger, watch)


def _mention(finding: Finding) -> tuple[int, int]:
    assert finding.mention is not None
    return finding.mention


def _quote(
    number: int, text: str, finding: Finding, speaker: int | None, outer: Sequence[Marked], target: Offsets | None
) -> Quote:
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
        target=_span(text, target),
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
