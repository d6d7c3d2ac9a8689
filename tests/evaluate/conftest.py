"""Annotated articles made up from the words of their statements."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from quotes.evaluate import Evaluation, Gold, Named, evaluate
from quotes.evaluate.statements import from_record
from quotes.schema import AnnotatedArticle, Quote, Span, Speaker, Stance, Tone

Said = dict[str, Any]
"""A statement: `words` (a string or several), `type`, and if there are any `speaker`, `mention`, `cue`, `target`,
`stance`, `tone` (a label or a label with its probability) and `rule`."""

MakeRecord = Callable[..., AnnotatedArticle]
Score = Callable[..., Evaluation]


def make_record(id: str, text: str, *said: Said, speakers: Sequence[Speaker] = ()) -> AnnotatedArticle:
    """A record; speakers that aren't given are made of their names."""
    known = list(speakers)
    for one in said:
        if one.get("speaker") and one["speaker"] not in [speaker.name for speaker in known]:
            known.append(Speaker(id=len(known), name=one["speaker"]))
    names = [speaker.name for speaker in known]
    quotes = []
    for number, one in enumerate(said):
        words = [one["words"]] if isinstance(one["words"], str) else one["words"]
        quotes.append(
            Quote(
                id=number,
                type=one.get("type", "indirect"),
                text=" ".join(words),
                spans=tuple((span.start, span.end) for span in (_span(text, part) for part in words)),
                speaker=names.index(one["speaker"]) if one.get("speaker") else None,
                mention=_span(text, one["mention"]) if one.get("mention") else None,
                cue=_span(text, one["cue"]) if one.get("cue") else None,
                target=_span(text, one["target"]) if one.get("target") else None,
                stance=_tag(Stance, one.get("stance")),
                tone=_tag(Tone, one.get("tone")),
                rule=one.get("rule", "gold"),
                confidence=1,
            )
        )
    return AnnotatedArticle(id=id, text=text, speakers=tuple(known), quotes=tuple(quotes))


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(text=words, start=start, end=start + len(words))


def _tag(kind: type[Any], given: str | tuple[str, float] | None) -> Any:
    if given is None:
        return None
    label, score = (given, 1.0) if isinstance(given, str) else given
    return kind(label=label, score=score, scores={label: score})


@pytest.fixture(scope="session")
def record() -> MakeRecord:
    """Makes a record: `record(id, text, statement, …)`."""
    return make_record


@pytest.fixture(scope="session")
def score() -> Score:
    """Scores records against records: `score(gold, found, …)`."""

    def of(gold: Sequence[AnnotatedArticle], found: Sequence[AnnotatedArticle], **options: Any) -> Evaluation:
        articles = tuple(from_record(one) for one in gold)
        other = options.pop("other", None)
        return evaluate(
            Gold("records", articles, typed=True, named=True),
            Named("mine", found),
            Named("theirs", other) if other is not None else None,
            **{"resamples": 50, **options},
        )

    return of
