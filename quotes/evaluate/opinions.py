"""Scores of the tagger alone, on sentences with a given target."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from quotes.evaluate.counts import Count, Counts, count_label
from quotes.evaluate.newsmtsc import Opinion
from quotes.schema import STANCES, Stance

if TYPE_CHECKING:
    from quotes.tag.tagger import Tagger


def tag_opinions(tagger: Tagger, opinions: Iterable[Opinion]) -> list[Stance]:
    """The tagger's stance towards each target; the whole sentence is the statement.

    Args:
        tagger: The tagger.
        opinions: Sentences with a target.

    Returns:
        Stances in order, with probabilities unrounded.
    """
    from quotes.tag.predict import predict

    inputs = [
        tagger.encoder.encode(tagger.encoder.tokens(opinion.text), (), (opinion.start, opinion.end))
        for opinion in opinions
    ]
    logits = predict(tagger.model, inputs).stance / tagger.model.config.temperatures["stance"]
    return [_stance(row) for row in logits.softmax(dim=1).tolist()]


def _stance(scores: list[float]) -> Stance:
    by_label = {label: min(1.0, score) for label, score in zip(STANCES, scores, strict=True)}
    label = max(STANCES, key=by_label.__getitem__)
    return Stance(label=label, score=by_label[label], scores=by_label)


def count_opinions(opinions: Iterable[Opinion], found: Iterable[Stance]) -> Counts:
    """Count right and wrong stances by article, in the order of the articles' names.

    Args:
        opinions: What is annotated.
        found: A stance for each.
    """
    articles: defaultdict[str, Count] = defaultdict(lambda: defaultdict(float))
    for opinion, stance in zip(opinions, found, strict=True):
        count_label(articles[opinion.article], "stance", opinion.label, stance)
    return Counts.of([articles[article] for article in sorted(articles)])
