"""What was corrected in Label Studio, as records again.

Read is the export of the kind "JSON" from a project with the labelling configuration of
`quotes.export.label_studio`. Regions and relations may be drawn in any order and direction: a region's
role is its label, a relation's those of the regions it joins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar, cast

from pydantic import BaseModel, BeforeValidator, Field, TypeAdapter, ValidationError

from quotes.errors import ArticleError, QuotesError
from quotes.export.label_studio import CUE, NOBODY, QUOTE, SPEAKER, TARGET, display_names
from quotes.export.label_studio_regions import Region, RegionError, Regions, Result
from quotes.export.source import opened_source
from quotes.find.marks import Marked, find_marked, paragraphs
from quotes.pipeline import quote_type
from quotes.schema import (
    STANCES,
    TONES,
    AnnotatedArticle,
    Offsets,
    Quote,
    QuoteType,
    Span,
    Speaker,
    Stance,
    Tone,
)

RULE = "annotated"
"""Name of the rule in records that a person has made."""


class NotAnnotated(ArticleError):
    """A task that nobody has submitted an annotation for, or that was skipped."""


class _About(BaseModel):
    """What the export keeps of the article beside its text."""

    id: str
    path: str | None = None
    title: str | None = None
    date: str | None = None
    warnings: tuple[str, ...] = ()
    speakers: tuple[Speaker, ...] = ()


class _Data(BaseModel):
    text: str
    article: _About | None = None


class _Annotation(BaseModel):
    result: list[Result]
    was_cancelled: bool = False
    ground_truth: bool = False
    updated_at: str = ""


class _Task(BaseModel):
    id: Annotated[str, BeforeValidator(str)] = "task"
    data: _Data
    annotations: list[_Annotation] = Field(default_factory=list)


_TASKS: TypeAdapter[list[dict[str, Any]]] = TypeAdapter(list[dict[str, Any]])


def read_label_studio(path: Path | str) -> Iterator[AnnotatedArticle | ArticleError]:
    """Read the annotations of a project that was exported as JSON.

    Of several annotations of a task the ground truth is taken, else the last one changed. All
    confidences and scores are 1, for they are a person's. Blanks at the ends of regions are left off.

    Args:
        path: The file (`.gz` is unpacked; `-` is standard input); read as a whole.

    Yields:
        For each task its record, or what is wrong with it; a `NotAnnotated` where there is nothing yet.

    Raises:
        QuotesError: If the file can't be read or is no such export.
    """
    with opened_source(path) as stream:
        content = stream.read()
    try:
        tasks = _TASKS.validate_json(content)
    except ValidationError:
        raise QuotesError(f"{path}: not a JSON array of tasks; export the project from Label Studio as JSON") from None
    if tasks and not any("data" in task for task in tasks):
        raise QuotesError(f"{path}: these tasks have no data; export the project as JSON, not as JSON-MIN")
    for number, raw in enumerate(tasks, 1):
        where = f"{path}, task {raw.get('id', number)}"
        try:
            task = _Task.model_validate(raw)
            yield _record(task)
        except NotAnnotated as error:
            yield NotAnnotated(f"{where}: {error}", path=str(path))
        except RegionError as error:
            yield ArticleError(f"{where}: {error}", path=str(path))
        except ValidationError as error:
            problem = error.errors(include_url=False)[0]
            place = ".".join(map(str, problem["loc"]))
            yield ArticleError(f"{where}: {place}: {problem['msg']}", path=str(path))


def _record(task: _Task) -> AnnotatedArticle:
    done = [annotation for annotation in task.annotations if not annotation.was_cancelled]
    if not done:
        raise NotAnnotated("has no annotation yet")
    # Of equals the later in the file.
    best = max(enumerate(done), key=lambda item: (item[1].ground_truth, item[1].updated_at, item[0]))[1]
    text, about = task.data.text, task.data.article or _About(id=task.id)
    regions = Regions(text, best.result)
    speakers = _Speakers(about.speakers, regions)
    outer = [quote for quote in find_marked(text, paragraphs(text))[0] if quote.depth == 0]
    return AnnotatedArticle(
        id=about.id,
        path=about.path,
        title=about.title,
        date=about.date,
        text=text,
        warnings=about.warnings,
        speakers=speakers.records,
        quotes=tuple(
            _quote(number, parts, regions, speakers, outer) for number, parts in enumerate(regions.statements())
        ),
    )


class _Speakers:
    """The speakers of a task: those that the export knew and those that were typed anew.

    Attributes:
        records: Those that have a mention or a statement; the known ones first, in their order.
    """

    def __init__(self, known: Sequence[Speaker], regions: Regions) -> None:
        self._known = dict(zip(display_names(known), known, strict=True))
        mentions: dict[str, list[Offsets]] = {}
        for region in regions.labelled(SPEAKER):
            name = self._name(region)
            if name is not None:
                mentions.setdefault(name, []).extend(self._named_in(region, name))
        for region in regions.labelled(QUOTE):  # the speaker of a statement that has no mention of one
            if region.name not in (None, NOBODY):
                mentions.setdefault(region.name or "", [])
        order = [name for name in self._known if name in mentions]
        order += [name for name in mentions if name not in self._known]
        self._ids = {name: number for number, name in enumerate(order)}
        self.records = tuple(self._record(name, mentions[name]) for name in order)

    def of(self, parts: Sequence[Region], mention: Region | None) -> int | None:
        """The id of a statement's speaker: the one of its mention, else the one typed for itself."""
        name = self._name(mention) if mention is not None else None
        typed = next((part.name for part in parts if part.name not in (None, NOBODY)), None)
        name = name or typed
        return None if name is None else self._ids[name]

    def _name(self, mention: Region) -> str | None:
        """What is typed for a mention, else the known speaker of that name or alias, else its own words."""
        if mention.name is not None:
            return None if mention.name == NOBODY else mention.name
        fitting = [
            name for name, speaker in self._known.items() if mention.text in (name, speaker.name, *speaker.aliases)
        ]
        return fitting[0] if len(fitting) == 1 else " ".join(mention.text.split())

    def _named_in(self, region: Region, name: str) -> list[Offsets]:
        """The region, or what the export knew as the name itself in it: "Zarif" in "Foreign Minister Zarif"."""
        start, end = region.place
        known = self._known[name].mentions if name in self._known else ()
        return [mention for mention in known if start <= mention[0] and mention[1] <= end] or [region.place]

    def _record(self, name: str, mentions: Sequence[Offsets]) -> Speaker:
        known = self._known.get(name) or Speaker(id=0, name=name)
        return known.model_copy(update={"id": self._ids[name], "mentions": tuple(sorted(set(mentions)))})


def _quote(
    number: int, parts: Sequence[Region], regions: Regions, speakers: _Speakers, outer: Sequence[Marked]
) -> Quote:
    text, spans = " ".join(part.text for part in parts), tuple(part.place for part in parts)
    mention = regions.related(parts, SPEAKER)
    chosen: dict[str, str] = {}
    for part in reversed(parts):  # where several parts have a choice, the first one's counts
        chosen.update(part.chosen)
    kind = chosen.get("type")
    return Quote(
        id=number,
        type=cast(QuoteType, kind) if kind else quote_type(regions.text, spans, outer),
        text=text,
        spans=spans,
        cue=_span(regions.related(parts, CUE)),
        speaker=speakers.of(parts, mention),
        mention=_span(mention),
        rule=RULE,
        confidence=1,
        target=_span(regions.related(parts, TARGET)),
        stance=_certain(Stance, STANCES, chosen.get("stance")),
        tone=_certain(Tone, TONES, chosen.get("tone")),
    )


_Tag = TypeVar("_Tag", Stance, Tone)


def _certain(kind: type[_Tag], labels: Sequence[str], chosen: str | None) -> _Tag | None:
    if chosen is None:
        return None
    scores = {label: float(label == chosen) for label in labels}
    return kind.model_validate({"label": chosen, "score": 1.0, "scores": scores})


def _span(region: Region | None) -> Span | None:
    return None if region is None else Span(text=region.text, start=region.place[0], end=region.place[1])
