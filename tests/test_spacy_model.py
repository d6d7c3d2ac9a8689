"""The model: tokens, parses and vectors are those of spaCy itself."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

import quotes.spacy_model
from quotes.errors import ConfigError
from quotes.spacy_model import MODELS, Model, Words, load_spacy

TEXTS = [
    path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parents[1] / "data/articles").glob("*.txt"))
]
LINES = [line for text in TEXTS[:4] for line in text.splitlines() if line.strip()]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_spacy()


@pytest.fixture
def model(nlp: Language) -> Iterator[Model]:
    model = Model(nlp)
    with model.working():
        yield model


def words(nlp: Language, text: str) -> Words:
    doc = nlp.tokenizer(" ".join(text.split()))
    return Words([token.text for token in doc], [bool(token.whitespace_) for token in doc])


def test_only_needed_components_run(nlp: Language) -> None:
    assert nlp.pipe_names == ["tok2vec", "tagger", "parser"]


@pytest.mark.parametrize("name", ["no_such_model", "./no/such/folder"])
def test_missing_model(name: str) -> None:
    with pytest.raises(ConfigError, match="no"):
        load_spacy(name)


@given(text=st.one_of(st.text(max_size=40), st.text("ab'.,$%()-:;/1 ", max_size=30), st.sampled_from(LINES)))
def test_chunks_have_the_tokens_of_the_text(nlp: Language, text: str) -> None:
    model = Model(nlp)
    chunks = text.split()

    assert [token.word for chunk in chunks for token in model.split(chunk)] == words(nlp, text).words
    assert all(chunk[token.start : token.end] == token.word for chunk in chunks for token in model.split(chunk))


def test_parses_are_those_of_spacy(nlp: Language, model: Model) -> None:
    stock = importlib.import_module(next(name for name in MODELS if importlib.util.find_spec(name))).load()
    sentences = [words(nlp, line) for line in LINES]

    for sentence, (tags, deps, heads) in zip(sentences, model.parse(sentences), strict=True):
        doc = Doc(stock.vocab, words=sentence.words, spaces=sentence.spaces)
        for name in quotes.spacy_model.NEEDED:
            doc = stock.get_pipe(name)(doc)
        assert tags == [token.tag_ for token in doc]
        assert deps == [token.dep_ for token in doc]
        assert heads == [token.head.i for token in doc]


def test_long_articles_are_parsed_in_batches(nlp: Language, model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    sentences = [words(nlp, line) for line in LINES]
    whole = model.parse(sentences)
    monkeypatch.setattr(quotes.spacy_model, "_BATCH", 50)

    assert model.parse(sentences) == whole


def test_no_sentences(model: Model) -> None:
    assert model.parse([]) == []


def test_a_full_vocabulary_grows_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    nlp = load_spacy()
    model = Model(nlp)
    monkeypatch.setattr(quotes.spacy_model, "_VOCABULARY", 0)
    before = len(nlp.vocab.strings)
    for number in range(3):
        with model.working():
            [parse] = model.parse([Words(["Zzyzx" + "x" * number, "said", "so", "."], [True, True, False, False])])
        assert parse.tags[1] == "VBD"

    assert len(nlp.vocab.strings) == before
