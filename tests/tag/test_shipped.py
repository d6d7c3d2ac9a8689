"""The tagger that comes with the package."""

from __future__ import annotations

from pathlib import Path

import pytest

import quotes
from quotes.schema import Quote
from quotes.tag.checkpoint import load_checkpoint
from quotes.tag.files import SHIPPED


def test_it_is_small_whole_and_only_data() -> None:
    assert {path.suffix for path in SHIPPED.iterdir()} <= {".safetensors", ".json", ".md", ".svg"}
    assert (SHIPPED / "model.safetensors").stat().st_size <= 50_000_000
    load_checkpoint()


@pytest.fixture(scope="module")
def tagging() -> quotes.Pipeline:
    return quotes.load()


@pytest.mark.parametrize(
    ("text", "stance", "tone"),
    [
        ("Ana Brandt, the mayor, condemned the strikes as a disgrace.", "against", "critical"),
        ("“We thank the nurses for their courage,” Lee said.", "favor", "supportive"),
        ("“If they cross the river, we will destroy them,” General Oduya said.", "against", "threatening"),
        ("The ministry said 14 people had been killed in the flood.", "neutral", "neutral"),
        ("“We will never accept these demands,” the union leader said.", "against", "defiant"),
        ("Lee urged the government to release the prisoners.", "favor", "urging"),
    ],
)
def test_plain_statements_get_plain_tags(tagging: quotes.Pipeline, text: str, stance: str, tone: str) -> None:
    (quote,) = tagging(text).quotes
    assert isinstance(quote, Quote)
    assert quote.stance is not None
    assert quote.tone is not None
    assert (quote.stance.label, quote.tone.label) == (stance, tone)


def test_folder_is_inside_the_package() -> None:
    assert SHIPPED.parent == Path(quotes.__file__).parent
