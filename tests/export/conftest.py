"""Records that every format has to cope with, made by hand."""

from __future__ import annotations

import pytest

from quotes.schema import (
    STANCES,
    TONES,
    AnnotatedArticle,
    ErrorRecord,
    Failure,
    Quote,
    Span,
    Speaker,
    Stance,
    StanceLabel,
    Tone,
    ToneLabel,
    WatchedStance,
)

FAILURE = ErrorRecord(id="broken", path="broken.txt", error=Failure(kind="ArticleError", message="empty"))

# Astral characters before every span, line ends of two characters, a statement in two parts, one inside
# another, two speakers of one name, a mention of nobody in particular, a speaker without a mention.
BUDGET = (
    "🗳️ Budget vote – émigrés “wait”\r\n\r\n"
    "“The budget,” Mayor Ann Lee said on Monday, “is =2+2 at best.”\r\n"
    "Ann Lee of Oslo replied: “He told me ‘never again’ and left.”\r\n"
    "A source said  pro-“European” voters would agree.\r\n"
    "No comment for now 🤐."
)


def span(text: str, words: str, occurrence: int = 0) -> Span:
    """Where the words stand in a text for the nth time."""
    start = -1
    for _ in range(occurrence + 1):
        start = text.index(words, start + 1)
    return Span(text=words, start=start, end=start + len(words))


def stance(label: StanceLabel, score: float) -> Stance:
    rest = (1 - score) / (len(STANCES) - 1)
    return Stance(label=label, score=score, scores={name: score if name == label else rest for name in STANCES})


def tone(label: ToneLabel, score: float) -> Tone:
    rest = (1 - score) / (len(TONES) - 1)
    return Tone(label=label, score=score, scores={name: score if name == label else rest for name in TONES})


def quote(number: int, text: str, *words: str, **more: object) -> Quote:
    """A quote of some words, in a text in which they stand once."""
    spans = [span(text, part) for part in words]
    return Quote.model_validate(
        {
            "id": number,
            "type": "direct",
            "text": " ".join(words),
            "spans": tuple((part.start, part.end) for part in spans),
            "rule": "by-hand",
            "confidence": 0.75,
            **more,
        }
    )


def budget() -> AnnotatedArticle:
    """The article of this file, annotated."""
    mayor, other, source = span(BUDGET, "Mayor Ann Lee"), span(BUDGET, "Ann Lee", 1), span(BUDGET, "A source")
    return AnnotatedArticle(
        id="budget/1",
        path="news/budget.txt",
        title="Budget vote",
        date="2019-12-30",
        text=BUDGET,
        warnings=("read as UTF-8",),
        speakers=(
            Speaker(
                id=0,
                name="Ann Lee",
                kind="person",
                role="Mayor",
                kb_id="Q42",
                aliases=("Lee",),
                mentions=((mayor.start, mayor.end),),
            ),
            Speaker(id=1, name="Ann Lee", affiliation="Oslo", mentions=((other.start, other.end),)),
            Speaker(id=2, name="+Party", kind="organization"),
        ),
        quotes=(
            quote(
                0,
                BUDGET,
                "“The budget,”",
                "“is =2+2 at best.”",
                speaker=0,
                cue=span(BUDGET, "said"),
                mention=mayor,
                target=span(BUDGET, "The budget"),
                stance=stance("against", 0.94),
                tone=tone("critical", 0.8),
                stances=(
                    WatchedStance(
                        name="Public money", kb_id="m1", target=span(BUDGET, "budget"), stance=stance("against", 0.7)
                    ),
                ),
            ),
            quote(
                1, BUDGET, "“He told me ‘never again’ and left.”", speaker=1, cue=span(BUDGET, "replied"), mention=other
            ),
            quote(2, BUDGET, "‘never again’"),
            quote(
                3, BUDGET, "“European” voters would agree", type="mixed", cue=span(BUDGET, "said", 1), mention=source
            ),
            quote(4, BUDGET, "No comment for now", type="indirect", speaker=2, tone=tone("neutral", 1)),
        ),
    )


def formulas() -> AnnotatedArticle:
    """An article whose words a spreadsheet would run, whose names are formulas, too."""
    text = '=HYPERLINK("http://example.org","pay") and\n@SUM(1,1) and -1+1 and "quoted, with comma"'
    return AnnotatedArticle(
        id="=1+1",
        text=text,
        speakers=(Speaker(id=0, name="\t=cmd|' /C calc'!A0"),),
        quotes=(
            quote(0, text, '=HYPERLINK("http://example.org","pay") and\n@SUM(1,1)', type="indirect", speaker=0),
            quote(1, text, "@SUM(1,1)", "-1+1", '"quoted, with comma"'),
        ),
    )


@pytest.fixture
def articles() -> list[AnnotatedArticle]:
    """The articles made by hand, and one without a statement or a title."""
    return [budget(), formulas(), AnnotatedArticle(id="bare", text="Nothing is said here.")]
