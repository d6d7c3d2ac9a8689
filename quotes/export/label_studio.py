"""Label Studio: tasks with the statements as predictions, to be corrected by hand.

`labelling_config` is the configuration of the project to import them into; what is exported from it as
JSON is read back by `quotes.export.label_studio_import`. A statement is a region labelled Quote, with
type, stance and tone chosen for it; relations lead from it to the regions of its cue, speaker and target
and, where the cue stands inside it, from each part to the next.

Label Studio counts offsets of plain text in code points, as the records do, and a line end of two
characters as two (https://labelstud.io/tags/text).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, BinaryIO
from xml.etree import ElementTree

from quotes import __version__
from quotes.schema import STANCES, TONES, AnnotatedArticle, Offsets, Quote, Span, Speaker

QUOTE, CUE, SPEAKER, TARGET = LABELS = ("Quote", "Cue", "Speaker", "Target")

CONTINUES = "continues"
"""The relation from a part of a statement to the next."""

NOBODY = "?"
"""The speaker's name where the mention is right and the article doesn't say who it is: "a source"."""

_COLOURS = {QUOTE: "#2f6fed", CUE: "#b26a00", SPEAKER: "#1a8754", TARGET: "#a23b9b"}
_CHOICES: dict[str, Sequence[str]] = {"type": ("direct", "mixed", "indirect"), "stance": STANCES, "tone": TONES}


def write(articles: Iterable[AnnotatedArticle], stream: BinaryIO) -> None:
    """Write articles as Label Studio tasks: a JSON array, one task a line.

    The scores of stance and tone and the positions towards watched targets have no place there and
    are left out.

    Args:
        articles: The articles; consumed one at a time.
        stream: Where to write UTF-8 bytes.
    """
    before = b"[\n"
    for number, article in enumerate(articles, 1):
        stream.write(before + json.dumps(_task(number, article), ensure_ascii=False).encode())
        before = b",\n"
    stream.write(b"\n]\n" if before == b",\n" else b"[]\n")


def labelling_config() -> str:
    """The labelling configuration (XML) that the tasks are made for."""
    view = ElementTree.Element("View")
    # Without it the page shows runs of spaces as one, and offsets seem to shift.
    ElementTree.SubElement(view, "Style").text = ".htx-text { white-space: pre-wrap; }"
    ElementTree.SubElement(view, "Header", value="$header")
    labels = ElementTree.SubElement(view, "Labels", name="label", toName="text")
    for label in LABELS:
        ElementTree.SubElement(labels, "Label", value=label, background=_COLOURS[label], hotkey=label[0].lower())
    ElementTree.SubElement(view, "Text", name="text", value="$text")
    relations = ElementTree.SubElement(view, "Relations")
    for label in (CUE, SPEAKER, TARGET):
        ElementTree.SubElement(relations, "Relation", value=label.lower())
    ElementTree.SubElement(relations, "Relation", value=CONTINUES)
    for name, choices in _CHOICES.items():
        box = _shown_with(view, QUOTE)
        ElementTree.SubElement(box, "Header", value=name.capitalize(), size="5")
        group = {"name": name, "toName": "text", "perRegion": "true", "choice": "single", "showInline": "true"}
        choice = ElementTree.SubElement(box, "Choices", group)
        for value in choices:
            ElementTree.SubElement(choice, "Choice", value=value)
    box = _shown_with(view, f"{SPEAKER},{QUOTE}")
    field = {"name": "speaker", "toName": "text", "perRegion": "true", "maxSubmissions": "1", "editable": "true"}
    hint = f"Full name of the speaker; {NOBODY} where the article doesn't say who it is"
    ElementTree.SubElement(box, "TextArea", field, placeholder=hint)
    ElementTree.indent(view)
    return ElementTree.tostring(view, encoding="unicode") + "\n"


def _shown_with(view: ElementTree.Element, labels: str) -> ElementTree.Element:
    """A box that is there while a region with one of the labels is selected."""
    when = {"visibleWhen": "region-selected", "whenTagName": "label", "whenLabelValue": labels}
    return ElementTree.SubElement(view, "View", when)


def display_names(speakers: Sequence[Speaker]) -> list[str]:
    """Names that tell the speakers of an article apart: `John Smith #3` where two are called so."""
    names = [" ".join(speaker.name.split()) for speaker in speakers]
    times = Counter([*names, NOBODY, NOBODY])
    return [name if times[name] == 1 else f"{name} #{number}" for number, name in enumerate(names)]


def _task(number: int, article: AnnotatedArticle) -> dict[str, Any]:
    confidences = [quote.confidence for quote in article.quotes]
    prediction: dict[str, Any] = {"model_version": f"quotes {__version__}", "result": _Regions(number, article).result}
    if confidences:
        prediction["score"] = round(sum(confidences) / len(confidences), 4)
    about = article.model_dump(mode="json", include={"id", "path", "title", "date", "warnings", "speakers"})
    return {
        "data": {"text": article.text, "header": article.title or article.id, "article": about},
        "predictions": [prediction],
    }


class _Regions:
    """The regions and relations of an article, a stretch of text with a label being one region only.

    Attributes:
        result: What Label Studio calls the result: regions, what is chosen for them, relations.
    """

    def __init__(self, number: int, article: AnnotatedArticle) -> None:
        self.result: list[dict[str, Any]] = []
        self._number = number
        self._text = article.text
        self._names = display_names(article.speakers)
        self._ids: dict[tuple[str, Offsets, int | None], str] = {}
        for quote in article.quotes:
            self._add_quote(quote)
        for speaker in article.speakers:
            self._add_mentions(speaker)

    def _add_quote(self, quote: Quote) -> None:
        score = {"score": quote.confidence}
        # Two statements never share a region, be they in the same place.
        parts = [self._add(QUOTE, span, **score) for span in quote.spans]
        first, place = parts[0], self._value(quote.spans[0])
        for name, tag in (("stance", quote.stance), ("tone", quote.tone)):
            if tag is not None:
                self._set(first, name, "choices", {**place, "choices": [tag.label]})
        self._set(first, "type", "choices", {**place, "choices": [quote.type]})
        for part, following in pairwise(parts):
            self._relate(part, following, CONTINUES)
        for label, span in ((CUE, quote.cue), (TARGET, quote.target)):
            if span is not None:
                self._relate(first, self._shared(label, _offsets(span)), label.lower())
        if quote.mention is not None:
            self._relate(first, self._mention(_offsets(quote.mention), quote.speaker), SPEAKER.lower())
        elif quote.speaker is not None:
            self._name(first, quote.spans[0], self._names[quote.speaker])

    def _add_mentions(self, speaker: Speaker) -> None:
        """Mentions beside those of the statements. "Zarif" is none beside "Foreign Minister Zarif"."""
        drawn = [place for label, place, whose in self._ids if label == SPEAKER and whose == speaker.id]
        for mention in speaker.mentions:
            if not any(start <= mention[0] and mention[1] <= end for start, end in drawn):
                self._mention(mention, speaker.id)

    def _mention(self, place: Offsets, speaker: int | None) -> str:
        new = (SPEAKER, place, speaker) not in self._ids
        region = self._shared(SPEAKER, place, speaker)
        if new:
            self._name(region, place, NOBODY if speaker is None else self._names[speaker])
        return region

    def _shared(self, label: str, place: Offsets, speaker: int | None = None) -> str:
        key = (label, place, speaker)
        if key not in self._ids:
            self._ids[key] = self._add(label, place)
        return self._ids[key]

    def _add(self, label: str, place: Offsets, **more: Any) -> str:
        region = f"{self._number}-{label.lower()}-{len(self.result)}"
        self._set(region, "label", "labels", {**self._value(place), "labels": [label]}, **more)
        return region

    def _name(self, region: str, place: Offsets, name: str) -> None:
        self._set(region, "speaker", "textarea", {**self._value(place), "text": [name]})

    def _set(self, region: str, name: str, type: str, value: dict[str, Any], **more: Any) -> None:
        """What belongs to one region shares its id, and repeats its place."""
        self.result.append({"id": region, "from_name": name, "to_name": "text", "type": type, "value": value, **more})

    def _relate(self, one: str, other: str, label: str) -> None:
        self.result.append(
            {"type": "relation", "from_id": one, "to_id": other, "direction": "right", "labels": [label]}
        )

    def _value(self, place: Offsets) -> dict[str, Any]:
        start, end = place
        return {"start": start, "end": end, "text": self._text[start:end]}


def _offsets(span: Span) -> Offsets:
    return span.start, span.end
