"""The tagger as the pipeline uses it: labels, watched targets, and the same scores whatever the batch."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from quotes.schema import STANCES, TONES, AnnotatedArticle, Quote, Span
from quotes.tag.predict import padded_length
from quotes.tag.tagger import Tagger
from quotes.tag.watch import Watched, WatchList

OPENINGS = ("Lee said", "The union told reporters on Friday", "Speaking after the vote, Ana Brandt said")
CLAIMS = ("the tariffs are theft", "Iran must answer for the strikes", "we will never yield", "the deal is a good one")


def article(number: int) -> AnnotatedArticle:
    """An article with up to five statements, the same each time."""
    dice = random.Random(number)
    text, quotes = "", []
    for at in range(dice.randint(0, 5)):
        text += dice.choice(OPENINGS) + " that "
        claim = " and ".join(dice.choices(CLAIMS, k=dice.randint(1, 6)))
        start = len(text)
        text += claim
        target = None if at == 1 else Span(text=claim[:3], start=start, end=start + 3)
        quotes.append(
            Quote(
                id=at, type="indirect", text=claim, spans=((start, len(text)),), rule="x", confidence=1, target=target
            )
        )
        text += ". "
    return AnnotatedArticle(id=str(number), text=text or "Nothing was said.", quotes=tuple(quotes))


ARTICLES = [article(number) for number in range(40)]


@pytest.fixture(scope="module")
def tagger(tiny: Path) -> Tagger:
    return Tagger(tiny)


def test_every_quote_is_tagged_and_the_rest_is_untouched(tagger: Tagger) -> None:
    for before, after in zip(ARTICLES, tagger(ARTICLES), strict=True):
        assert len(after.quotes) == len(before.quotes)
        for quote in after.quotes:
            assert quote.stance is not None
            assert quote.tone is not None
            assert tuple(quote.stance.scores) == STANCES
            assert tuple(quote.tone.scores) == TONES
            for tag in (quote.stance, quote.tone):
                assert tag.score == max(tag.scores.values()) == tag.scores[tag.label]
                assert sum(tag.scores.values()) == pytest.approx(1, abs=0.01)
        bare = tuple(quote.model_copy(update={"stance": None, "tone": None}) for quote in after.quotes)
        assert after.model_copy(update={"quotes": bare}) == before


def test_scores_do_not_depend_on_the_batch(tagger: Tagger) -> None:
    """Records must be the same from one process, many, and any order of articles."""
    together = tagger(ARTICLES)
    assert [tagger([one])[0] for one in ARTICLES] == together
    assert tagger(ARTICLES[::-1])[::-1] == together
    assert [record for start in range(0, 40, 7) for record in tagger(ARTICLES[start : start + 7])] == together


def test_statements_differ_in_their_labels(tagger: Tagger) -> None:
    """Else the tests above would show nothing."""
    tags = {
        (quote.stance.label, quote.tone.label)
        for one in tagger(ARTICLES)
        for quote in one.quotes
        if quote.stance and quote.tone
    }
    assert len(tags) > 3


def test_nothing_to_tag(tagger: Tagger) -> None:
    assert tagger([]) == []
    empty = AnnotatedArticle(id="a", text="")
    assert tagger([empty]) == [empty]


def test_watched_targets_get_stances_of_their_own(tiny: Path) -> None:
    watch = WatchList((Watched(name="Iran", id="Q794"), Watched(name="tariffs", aliases=("the tariffs",))))
    plain, watching = Tagger(tiny)(ARTICLES), Tagger(tiny, watch)(ARTICLES)
    named = 0
    for one, other in zip(plain, watching, strict=True):
        for quote, watched in zip(one.quotes, other.quotes, strict=True):
            assert watched.model_copy(update={"stances": ()}) == quote
            assert {stance.name for stance in watched.stances} == {
                name for name in ("Iran", "tariffs") if name in quote.text
            }
            for stance in watched.stances:
                assert other.text[stance.target.start : stance.target.end] == stance.target.text
                assert stance.kb_id == ("Q794" if stance.name == "Iran" else None)
                named += 1
    assert named > 10


def test_padded_lengths_are_multiples_of_eight(tagger: Tagger) -> None:
    tokens = tagger.encoder.tokens(ARTICLES[3].text)
    encoded = tagger.encoder.encode(tokens, [(0, 9)])
    assert padded_length(encoded) % 8 == 0
    assert 0 <= padded_length(encoded) - len(encoded.ids) < 8
