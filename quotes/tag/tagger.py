"""Stance and tone for the quotes of annotated articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import torch

from quotes.schema import STANCES, TONES, AnnotatedArticle, Quote, Span, Stance, Tone, WatchedStance
from quotes.tag.checkpoint import load_checkpoint
from quotes.tag.encode import Encoded
from quotes.tag.hardware import place
from quotes.tag.predict import predict
from quotes.tag.watch import WatchList

THREADS = 4
"""Threads used at most: short inputs gain nothing from more, and other processes want some."""


class _Mention(NamedTuple):
    """A watched target where a statement mentions it."""

    name: str
    kb_id: str | None
    span: Span


class Tagger:
    """Tags quotes with the speaker's stance and tone.

    Args:
        folder: The checkpoint; None takes the one that comes with the package.
        watch: Targets towards which each statement that mentions them gets a stance of its own.

    Attributes:
        model: The classifier.
        encoder: What makes its inputs.
        watch: The targets to watch.

    Raises:
        ConfigError: If the checkpoint can't be loaded.
    """

    def __init__(self, folder: Path | None = None, watch: WatchList | None = None) -> None:
        model, self.encoder = load_checkpoint(folder)
        self.model = place(model)
        self.watch = watch

    def __call__(self, records: Sequence[AnnotatedArticle]) -> list[AnnotatedArticle]:
        """Tag all quotes of some articles, together, so that batches are full.

        Args:
            records: Articles with quotes and their targets.

        Returns:
            The same with `stance`, `tone` and `stances`, in order. They don't depend on what other
            articles are tagged with them.
        """
        watched = [[self._watched(record, quote) for quote in record.quotes] for record in records]
        inputs = list(chain.from_iterable(map(self._encode, records, watched)))
        stances, tones = self._scores(inputs)
        return [
            record.model_copy(
                update={
                    "quotes": tuple(
                        _tagged(quote, mentions, stances, tones)
                        for quote, mentions in zip(record.quotes, of_record, strict=True)
                    )
                }
            )
            for record, of_record in zip(records, watched, strict=True)
        ]

    def _watched(self, record: AnnotatedArticle, quote: Quote) -> list[_Mention]:
        if self.watch is None:
            return []
        return [
            _Mention(target.name, target.id, Span(text=record.text[start:end], start=start, end=end))
            for target, (start, end) in self.watch.mentions(record.text, quote.spans)
        ]

    def _encode(self, record: AnnotatedArticle, watched: Sequence[Sequence[_Mention]]) -> Iterator[Encoded]:
        """For each quote its own input, followed by one for each watched target in it."""
        if not record.quotes:
            return
        tokens = self.encoder.tokens(record.text)
        for quote, mentions in zip(record.quotes, watched, strict=True):
            for target in (quote.target, *(mention.span for mention in mentions)):
                yield self.encoder.encode(tokens, quote.spans, (target.start, target.end) if target else None)

    def _scores(self, inputs: Sequence[Encoded]) -> tuple[Iterator[list[float]], Iterator[list[float]]]:
        """Calibrated probabilities of stances and tones, a row an input."""
        with _few_threads():
            logits = predict(self.model, inputs)
        temperatures = self.model.config.temperatures
        return (
            iter((logits.stance / temperatures["stance"]).softmax(dim=1).tolist()),
            iter((logits.tone / temperatures["tone"]).softmax(dim=1).tolist()),
        )


def _tagged(
    quote: Quote,
    watched: Sequence[_Mention],
    stances: Iterator[list[float]],
    tones: Iterator[list[float]],
) -> Quote:
    """The quote with the next rows of scores: its own, then those of the watched targets."""
    stance, tone = _stance(next(stances)), _tone(next(tones))
    others = []
    for name, kb_id, span in watched:
        next(tones)
        others.append(WatchedStance(name=name, kb_id=kb_id, target=span, stance=_stance(next(stances))))
    return quote.model_copy(update={"stance": stance, "tone": tone, "stances": tuple(others)})


def _stance(scores: Sequence[float]) -> Stance:
    best = max(range(len(STANCES)), key=scores.__getitem__)
    rounded = {label: round(score, 3) for label, score in zip(STANCES, scores, strict=True)}
    return Stance(label=STANCES[best], score=rounded[STANCES[best]], scores=rounded)


def _tone(scores: Sequence[float]) -> Tone:
    best = max(range(len(TONES)), key=scores.__getitem__)
    rounded = {label: round(score, 3) for label, score in zip(TONES, scores, strict=True)}
    return Tone(label=TONES[best], score=rounded[TONES[best]], scores=rounded)


@contextmanager
def _few_threads() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(min(before, THREADS))
    try:
        yield
    finally:
        torch.set_num_threads(before)
