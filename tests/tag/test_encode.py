"""Statements as model input: what the model sees, and that the target is always in it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.tag.encode import Encoder, InputFormat, Offsets

some = settings(deadline=None, max_examples=80)
TEXT = "Nobody spoke. Lee denounced the tariffs as theft, he said, and the markets fell."


def span(words: str, text: str = TEXT) -> Offsets:
    start = text.index(words)
    return start, start + len(words)


def seen(encoder: Encoder, text: str, spans: list[Offsets], target: Offsets | None) -> str:
    encoded = encoder.encode(encoder.tokens(text), spans, target)
    return str(encoder.tokenizer.decode(encoded.ids, skip_special_tokens=False))


@pytest.mark.parametrize(
    ("spans", "target", "expected"),
    [
        (
            [span("the tariffs as theft")],
            span("tariffs"),
            "[CLS] nobody spoke. lee denounced « the [ tariffs ] as theft », he said, and the markets fell. [SEP]",
        ),
        # The target is the cue's object, outside the statement.
        (
            [span("as theft")],
            span("the tariffs"),
            "[CLS] nobody spoke. lee denounced [ the tariffs ] « as theft », he said, and the markets fell. [SEP]",
        ),
        # A statement that its cue interrupts is marked as one.
        (
            [span("the tariffs as theft,"), span("the markets fell")],
            span("markets"),
            "[CLS] nobody spoke. lee denounced « the tariffs as theft, he said, and the [ markets ] fell ». [SEP]",
        ),
        # Marks of statement and target that fall together are nested.
        (
            [span("the tariffs")],
            span("the tariffs"),
            "[CLS] nobody spoke. lee denounced « [ the tariffs ] » as theft, he said, and the markets fell. [SEP]",
        ),
        (
            [span("the tariffs")],
            None,
            "[CLS] nobody spoke. lee denounced « the tariffs » as theft, he said, and the markets fell. [SEP]",
        ),
        # A sentence of NewsMTSC: all of it is the statement.
        (
            [],
            span("Lee"),
            "[CLS] nobody spoke. [ lee ] denounced the tariffs as theft, he said, and the markets fell. [SEP]",
        ),
    ],
)
def test_what_the_model_sees(encoder: Encoder, spans: list[Offsets], target: Offsets | None, expected: str) -> None:
    assert seen(encoder, TEXT, spans, target) == expected


def test_positions_are_those_of_statement_and_target(encoder: Encoder) -> None:
    encoded = encoder.encode(
        encoder.tokens(TEXT), [span("the tariffs as theft"), span("the markets fell")], span("tariffs")
    )
    words = [encoder.tokenizer.id_to_token(encoded.ids[at]) for at in encoded.statement]
    assert words == "the tariffs as theft the markets fell".split()
    assert [encoder.tokenizer.id_to_token(encoded.ids[at]) for at in encoded.target] == ["tariffs"]


def test_context_is_cut_and_a_far_target_comes_with_its_surroundings(encoder: Encoder) -> None:
    text = f"He met Lee at noon. {'More rain fell. ' * 60}“The deal is dead,” he said. {'More rain fell. ' * 60}"
    shown = seen(encoder, text, [span("“The deal is dead,”", text)], span("Lee", text))
    assert shown.startswith("[CLS] he met [ lee ] at noon.")
    assert "… " in shown
    assert "« “ the deal is dead, ” » he said." in shown
    assert len(encoder.encode(encoder.tokens(text), [span("deal", text)], span("Lee", text)).ids) < 100


def test_a_long_statement_keeps_head_tail_and_target(encoder: Encoder) -> None:
    text = f"“Begin. {'We went on and on. ' * 90}Lee was right. {'We went on and on. ' * 90}Stop.”"
    shown = seen(encoder, text, [(0, len(text))], span("Lee", text))
    assert shown.startswith("[CLS] « “ begin.")
    assert "[ lee ] was right" in shown
    assert shown.endswith("stop. ” » [SEP]")
    assert len(encoder.encode(encoder.tokens(text), [(0, len(text))], span("Lee", text)).ids) <= 160


words = st.sampled_from(
    "Lee said the tariffs were theft — « [ ] » … \u00a0 \u200b 🗞️ naïve unbelievableness\n\n".split(" ")
)


@some
@given(data=st.data(), count=st.integers(1, 700), longest=st.integers(64, 200))
def test_inputs_fit_and_never_lose_the_target(encoder: Encoder, data: st.DataObject, count: int, longest: int) -> None:
    """Whatever the text and wherever the spans lie in it."""
    text = " ".join(data.draw(words) for _ in range(min(count, 12))) * (1 + count // 12)
    ends = st.integers(0, len(text))
    spans = sorted(tuple(sorted((data.draw(ends), data.draw(ends)))) for _ in range(data.draw(st.integers(0, 2))))
    target = data.draw(st.none() | st.tuples(ends, ends).map(lambda pair: (min(pair), max(pair))))
    tokens = encoder.tokens(text)
    encoded = Encoder(encoder.tokenizer, InputFormat(max_tokens=longest)).encode(tokens, spans, target)
    assert len(encoded.ids) <= longest
    if tokens.ids:
        assert encoded.statement
        assert (target is not None) == bool(encoded.target)
    for at in (*encoded.statement, *encoded.target):
        assert 0 < at < len(encoded.ids) - 1


def test_format_survives_json(encoder: Encoder) -> None:
    format = InputFormat(max_tokens=99, quote=("<", ">"))
    assert InputFormat.from_dict({**format.to_dict(), "quote": ["<", ">"]}) == format
    with pytest.raises(TypeError):
        InputFormat.from_dict({"max_token": 99})


def test_a_mark_that_is_no_token_is_an_error(encoder: Encoder) -> None:
    with pytest.raises(ValueError, match="no token '<quote>'"):
        Encoder(encoder.tokenizer, InputFormat(quote=("<quote>", "</quote>")))
