"""The sentences in `cases/statements/*.yaml` and what must be found in them.

A case is `id`, `construction`, `text` and `quotes`, the statements that must be found and no others
(`quotes: []`: none). A statement gives

* `spans`: exact substrings of the text, in order, each found in it once;
* `type`: `direct`, `mixed` or `indirect`;
* `cue`: a word of the cue; null for a quote without one;
* `mention`: words that the mention must overlap, the first place they stand in the text, or the
  place given as in `"[he] said"`; null for no mention;
* `speaker`: the canonical name, a leading article aside; null for no speaker;
* `not_speaker`: a name that the speaker must not have.

A key left out isn't checked. `xfail: "reason"` marks a case that is known to fail.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel, ConfigDict, Field

from quotes.schema import AnnotatedArticle, Offsets, Quote, QuoteType

CASES = Path(__file__).parent / "cases" / "statements"
EDGE = " \t\n.,;:!?…-–—\"'`‘’‚“”„‟«»"
"""Ignored at both ends of a span: whether a comma is inside the marks is house style, not content."""

MARKS = ('"', "'", "`", "‘", "“", "„", "«")
"""What opens a quotation."""

Spans = tuple[Offsets, ...]


class Expected(BaseModel):
    """One statement of a case; a key that isn't in `model_fields_set` isn't checked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: QuoteType | None = None
    spans: tuple[str, ...] = Field(min_length=1)
    cue: str | None = None
    mention: str | None = None
    speaker: str | None = None
    not_speaker: str | None = None


class Case(BaseModel):
    """One text and all that must be found in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    construction: str
    text: str
    quotes: tuple[Expected, ...]
    xfail: str | None = None


def load_cases() -> list[Case]:
    """All cases, file by file."""
    return [
        Case.model_validate(entry)
        for path in sorted(CASES.glob("*.yaml"))
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


ALL = load_cases()


def core(text: str, spans: Spans) -> Spans:
    """Spans without their edges; two with nothing but edges between them are one."""
    merged: list[Offsets] = []
    for start, end in sorted(spans):
        while start < end and text[start] in EDGE:
            start += 1
        while start < end and text[end - 1] in EDGE:
            end -= 1
        if start == end:
            continue
        if merged and not text[merged[-1][1] : start].strip(EDGE):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return tuple(merged)


def locate(text: str, part: str) -> Offsets:
    """Offsets of whole words `part`, first occurrence; of the bracketed words in `"[he] said"`."""
    before, inner, after = "", part, ""
    if bracketed := re.fullmatch(r"(.*)\[(.+)\](.*)", part):
        before, inner, after = bracketed.groups()
    found = re.search(rf"(?<!\w){re.escape(before)}({re.escape(inner)}){re.escape(after)}(?!\w)", text)
    if found is None:
        raise ValueError(f"{part!r} isn't in {text!r}")
    return found.start(1), found.end(1)


def expected_spans(case: Case, expected: Expected) -> Spans:
    """Offsets of the spans that a statement gives as text."""
    starts = [case.text.index(span) for span in expected.spans]
    return core(
        case.text, tuple((start, start + len(span)) for start, span in zip(starts, expected.spans, strict=True))
    )


def speaker_name(record: AnnotatedArticle, quote: Quote) -> str | None:
    """Canonical name without a leading article: whether it is part of a name is house style."""
    if quote.speaker is None:
        return None
    return re.sub(r"^(?:the|an?) ", "", record.speakers[quote.speaker].name, flags=re.IGNORECASE)


def mention_differs(text: str, quote: Quote, part: str | None) -> bool:
    """Whether the mention is missing, unwanted or elsewhere."""
    if part is None or quote.mention is None:
        return (part is None) != (quote.mention is None)
    start, end = locate(text, part)
    return quote.mention.end <= start or end <= quote.mention.start


def cue_differs(quote: Quote, word: str | None) -> bool:
    """Whether the cue is missing, unwanted or lacks the word."""
    if word is None or quote.cue is None:
        return (word is None) != (quote.cue is None)
    return word.lower() not in re.findall(r"\w+", quote.cue.text.lower())


def differing_fields(record: AnnotatedArticle, quote: Quote, expected: Expected) -> list[str]:
    """Names of the checked fields in which a found quote isn't as expected."""
    name = speaker_name(record, quote)
    differs = {
        "type": quote.type != expected.type,
        "cue": cue_differs(quote, expected.cue),
        "mention": mention_differs(record.text, quote, expected.mention),
        "speaker": name != expected.speaker,
        "not_speaker": name is not None and name == expected.not_speaker,
    }
    return [field for field, wrong in differs.items() if wrong and field in expected.model_fields_set]


def show_found(record: AnnotatedArticle, quote: Quote) -> str:
    parts = " | ".join(record.text[start:end] for start, end in quote.spans)
    cue, mention = quote.cue and quote.cue.text, quote.mention and quote.mention.text
    name = speaker_name(record, quote)
    return f"{quote.type} [{parts}] cue={cue!r} mention={mention!r} speaker={name!r} rule={quote.rule}"


def show_expected(expected: Expected) -> str:
    fields = expected.model_dump(include=expected.model_fields_set - {"type", "spans"})
    return " ".join(
        [f"{expected.type or 'any type'} [{' | '.join(expected.spans)}]", *(f"{k}={v!r}" for k, v in fields.items())]
    )


def differences(case: Case, record: AnnotatedArticle) -> list[str]:
    """What is missing (-), wrong (!) or too much (+), one line each."""
    found = {core(record.text, quote.spans): quote for quote in record.quotes}
    lines = []
    if len(found) < len(record.quotes):
        lines.append("+ the same spans were found more than once")
    for expected in case.quotes:
        quote = found.pop(expected_spans(case, expected), None)
        if quote is None:
            lines.append(f"- {show_expected(expected)}")
        elif wrong := differing_fields(record, quote, expected):
            lines.append(f"! {', '.join(wrong)}: expected {show_expected(expected)}")
            lines.append(f"  {' ' * len(', '.join(wrong))}     found {show_found(record, quote)}")
    return lines + [f"+ {show_found(record, quote)}" for quote in found.values()]


def parameters() -> list[object]:
    return [
        pytest.param(case, id=case.id, marks=[pytest.mark.xfail(strict=True, reason=case.xfail)] if case.xfail else [])
        for case in ALL
    ]


@pytest.mark.parametrize("case", parameters())
def test_case(case: Case, pipeline: Callable[[str], AnnotatedArticle]) -> None:
    if lines := differences(case, pipeline(case.text)):
        pytest.fail("\n".join([f"{case.id}: {case.construction}", case.text, *lines]), pytrace=False)


def test_table_is_large_and_ids_are_unique() -> None:
    ids = [case.id for case in ALL]
    assert len(ids) >= 150
    assert sorted(ids) == sorted(set(ids))


def test_no_text_stands_twice() -> None:
    texts = [case.text for case in ALL]
    assert sorted(texts) == sorted(set(texts))


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in ALL])
def test_case_is_well_formed(case: Case) -> None:
    starts = []
    for expected in case.quotes:
        if expected.type == "indirect":
            assert not re.search(r"[\"“”„«»]", " ".join(expected.spans))
        elif expected.type == "mixed":
            assert any(mark in span for span in expected.spans for mark in MARKS)
        assert expected.type != "direct" or expected.spans[0].startswith(MARKS)
        assert [case.text.count(span) for span in expected.spans] == [1] * len(expected.spans)
        positions = [case.text.index(span) for span in expected.spans]
        assert positions == sorted(positions)
        starts.append(expected_spans(case, expected))
        if expected.mention is not None:
            locate(case.text, expected.mention)
        if expected.cue is not None:
            assert expected.cue in re.findall(r"\w+", case.text)
    assert len(set(starts)) == len(starts), "two statements with the same spans"


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("“We won,” she said.", ((0, 9),), ((1, 7),)),
        ("“We won.” “Twice.”", ((0, 9), (10, 18)), ((1, 16),)),
        ("“The plan,” he said, “is dead.”", ((0, 11), (21, 31)), ((1, 9), (22, 29))),
        ("...", ((0, 3),), ()),
    ],
)
def test_core_ignores_marks_and_punctuation(text: str, spans: Spans, expected: Spans) -> None:
    assert core(text, spans) == expected


def test_differences_are_told_apart() -> None:
    text = "“We won,” Ann Lee said."
    quote = Quote(id=0, type="direct", text=text[:9], spans=((0, 9),), rule="some-rule", confidence=0.5)
    record = AnnotatedArticle(id="1", text=text, quotes=(quote,))
    right = Expected(type="direct", spans=("“We won,”",), speaker=None)
    wrong = right.model_copy(update={"type": "indirect"})
    missing = Expected(spans=("Ann Lee said",))
    assert differences(Case(id="a", construction="c", text=text, quotes=(right,)), record) == []
    assert differences(Case(id="b", construction="c", text=text, quotes=(wrong,)), record)[0].startswith("! type")
    lines = differences(Case(id="c", construction="c", text=text, quotes=(missing,)), record)
    assert [line[0] for line in lines] == ["-", "+"]
