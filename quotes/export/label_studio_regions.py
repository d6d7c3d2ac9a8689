"""The regions of a Label Studio annotation, checked against the text, and which belong together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pydantic import BaseModel, Field

from quotes.export.label_studio import LABELS, QUOTE
from quotes.schema import Offsets


class RegionError(ValueError):
    """Something is wrong with a region or relation; the message says what to change."""


class Value(BaseModel):
    """What a result says: a stretch of the text, and a label, a choice or typed words."""

    start: int | None = None
    end: int | None = None
    text: str | list[str] | None = None
    labels: list[str] = Field(default_factory=list)
    choices: list[str] = Field(default_factory=list)


class Result(BaseModel):
    """An entry of an annotation's `result`: a region, what is chosen or typed for it, or a relation."""

    id: str | None = None
    type: str
    from_name: str | None = None
    from_id: str | None = None
    to_id: str | None = None
    value: Value = Field(default_factory=Value)


@dataclass
class Region:
    """A labelled stretch of the text.

    Attributes:
        id: Its id in the annotation.
        label: One of `LABELS`.
        place: `[start, end)` in characters of the text.
        text: What stands there.
        chosen: What is chosen for it, by the name of the choice.
        name: What is typed for it, if anything.
    """

    id: str
    label: str
    place: Offsets
    text: str
    chosen: dict[str, str] = field(default_factory=dict)
    name: str | None = None


class Regions:
    """The regions of an annotation.

    Args:
        text: The text that was annotated.
        result: The annotation's entries.

    Attributes:
        text: The text that was annotated.

    Raises:
        RegionError: If a region isn't in the text, or isn't where the words are that it was drawn around.
    """

    def __init__(self, text: str, result: Iterable[Result]) -> None:
        self.text = text
        entries = list(result)
        self._regions: dict[str, Region] = {}
        for entry in entries:
            if entry.type == "labels" and entry.id is not None:
                region = _region(text, entry.id, entry.value)
                self._regions[region.id] = region
        self._beside: dict[str, list[Region]] = {id: [] for id in self._regions}
        for entry in entries:
            if entry.type == "relation":
                self._relate(entry)
            elif entry.id in self._regions:
                _fill_in(self._regions[entry.id], entry)

    def _relate(self, entry: Result) -> None:
        one, other = (self._regions.get(id or "") for id in (entry.from_id, entry.to_id))
        if one is not None and other is not None and one is not other:
            self._beside[one.id].append(other)
            self._beside[other.id].append(one)

    def labelled(self, label: str) -> list[Region]:
        """The regions with a label, in order of the text."""
        return sorted((region for region in self._regions.values() if region.label == label), key=lambda r: r.place)

    def statements(self) -> Iterator[list[Region]]:
        """The parts of each statement, in order of the text: Quote regions that are joined by relations."""
        seen: set[str] = set()
        for region in self.labelled(QUOTE):
            if region.id in seen:
                continue
            parts, waiting = [], [region]
            seen.add(region.id)
            while waiting:
                part = waiting.pop()
                parts.append(part)
                new = [other for other in self._beside[part.id] if other.label == QUOTE and other.id not in seen]
                seen.update(other.id for other in new)
                waiting += new
            yield sorted(parts, key=lambda part: part.place)

    def related(self, parts: Sequence[Region], label: str) -> Region | None:
        """The region with a label that a statement is related to.

        Raises:
            RegionError: If there are several.
        """
        found = {other.id: other for part in parts for other in self._beside[part.id] if other.label == label}
        if len(found) > 1:
            texts = " and ".join(repr(region.text) for region in found.values())
            raise RegionError(
                f"the {QUOTE} at {list(parts[0].place)} is related to several {label} regions, {texts}; keep one"
            )
        return next(iter(found.values()), None)


def _region(text: str, id: str, value: Value) -> Region:
    label = value.labels[0] if value.labels else ""
    if label not in LABELS:
        raise RegionError(f"region {id}: the label {label!r} is none of {', '.join(LABELS)}")
    start, end = value.start, value.end
    if start is None or end is None or not 0 <= start < end <= len(text):
        raise RegionError(f"region {id}: [{start}, {end}] is not in the text; draw it anew")
    if isinstance(value.text, str) and _letters(value.text) != _letters(text[start:end]):
        raise RegionError(
            f"region {id}: was drawn around {value.text!r}, but {text[start:end]!r} stands at [{start}, {end}]; "
            "the text has changed since"
        )
    drawn = text[start:end]
    words = drawn.strip()
    if not words:
        raise RegionError(f"region {id}: [{start}, {end}] is blank; remove it")
    start += len(drawn) - len(drawn.lstrip())
    return Region(id, label, (start, start + len(words)), words)


def _letters(text: str) -> str:
    """Letters and digits alone: Label Studio may change white space, and writes a line end as a backslash and n."""
    return "".join(filter(str.isalnum, text.replace("\\n", " ")))


def _fill_in(region: Region, entry: Result) -> None:
    if entry.type == "choices" and entry.from_name and entry.value.choices:
        region.chosen[entry.from_name] = entry.value.choices[0]
    elif entry.type == "textarea":
        typed = entry.value.text if isinstance(entry.value.text, list) else [entry.value.text or ""]
        region.name = " ".join(" ".join(typed).split()) or None
