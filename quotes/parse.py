"""Text → parsed sentences, spending the parser only where a statement can be.

Three things make this several times as fast as running spaCy over the whole article:

- the article is split into sentences by rules in which a quotation is one unit, so that
  `"Stop. Go," he said.` is one sentence;
- what stands between marks as a statement of its own is handed to the parser as one short
  clause (`"It works," he said.`), for nothing inside it tells who speaks;
- sentences with neither a mark nor a word of the cue lexicon are not parsed at all.

Each article is a batch of its own: floating point sums may differ with the batch, records must not.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quotes.sentences import split_sentences
from quotes.spacy_model import Model, Words, load_spacy

if TYPE_CHECKING:
    from spacy.language import Language

    from quotes.find.marks import Marked

__all__ = ["Parser", "Sentence", "load_spacy"]

STAND_IN = ("It", "works")
"""What the parser sees in place of a quotation that is a sentence or more of its own."""

_CHUNK = re.compile(r"\S+")


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
        # Each token tells its heads that it is within their subtree. One who knows of a token as far
        # out has passed it on, so that nobody is told twice.
        self.left, self.right = list(range(size)), list(range(size))
        for token in range(size):
            head = heads[token]
            while self.left[head] > token:
                self.left[head] = token
                head = heads[head]
        for token in range(size - 1, -1, -1):
            head = heads[token]
            while self.right[head] < token:
                self.right[head] = token
                head = heads[head]

    def lower(self, token: int) -> str:
        """The token's text in lower case."""
        return self.words[token].lower()

    def child(self, token: int, *labels: str) -> int | None:
        """The token's first child with one of these dependency labels."""
        return next((c for c in self.children[token] if self.deps[c] in labels), None)

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
        self._model = Model(nlp)
        self._wanted = wanted

    def parse(self, text: str, paragraphs: Sequence[tuple[int, int]], marked: Sequence[Marked]) -> list[Sentence]:
        """Sentences of the article in order, those that may hold a statement parsed.

        Args:
            text: The article.
            paragraphs: `[start, end)` of each paragraph.
            marked: All quotations; only the outermost shape sentences.
        """
        sentences = _sentences(text, paragraphs, [quote for quote in marked if quote.depth == 0])
        # The model was trained on straight apostrophes: "couldn’t" would lose its negation.
        straight = text.replace("’", "'").replace("‘", "'")
        parsed: list[Sentence] = []
        batch: list[Words] = []
        with self._model.working():
            for number, sentence in enumerate(sentences):
                if sentence.bare:
                    continue
                # Who speaks in a quotation without a cue is often said just before or after it.
                beside = any(0 <= n < len(sentences) and sentences[n].bare for n in (number - 1, number + 1))
                spaces = self._tokenize(straight, sentence)
                if sentence.words and (beside or sentence.whole or self._is_wanted(sentence)):
                    parsed.append(sentence)
                    batch.append(Words(sentence.words, spaces))
            for sentence, parse in zip(parsed, self._model.parse(batch), strict=True):
                sentence.set_parse(*parse)
        return sentences

    def _is_wanted(self, sentence: Sentence) -> bool:
        if self._wanted is None:
            return True
        outside = (word.lower() for word, quote in zip(sentence.words, sentence.quote_of, strict=True) if quote < 0)
        return any(map(self._wanted, outside))

    def _tokenize(self, text: str, sentence: Sentence) -> list[bool]:
        """Fill in the sentence's tokens; returns for each whether white space follows."""
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
        return spaces

    def _add(self, text: str, start: int, end: int, number: int, sentence: Sentence, spaces: list[bool]) -> None:
        if spaces and text[start:end][:1].isspace():
            spaces[-1] = True
        for chunk in _CHUNK.finditer(text, start, end):
            at = chunk.start()
            tokens = self._model.split(chunk.group())
            for token in tokens:
                sentence.words.append(token.word)
                sentence.starts.append(at + token.start)
                sentence.ends.append(at + token.end)
                sentence.quote_of.append(number)
                spaces.append(False)
            spaces[-1] = chunk.end() < end

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


def _sentences(text: str, paragraphs: Sequence[tuple[int, int]], outer: Sequence[Marked]) -> list[Sentence]:
    """All sentences of an article, each with the outermost quotations that begin in it."""
    opens = [quote.start for quote in outer]
    sentences: list[Sentence] = []
    for number, (start, end) in enumerate(paragraphs):
        inside = outer[bisect_left(opens, start) : bisect_left(opens, end)]
        for first, last in split_sentences(text, start, end, inside):
            own = list(outer[bisect_left(opens, first) : bisect_left(opens, last)])
            sentence = Sentence(first, last, number, own)
            sentence.bare = bool(own) and _is_bare(text, sentence)
            sentences.append(sentence)
    return sentences


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


_SPEAKING_OF = frozenset({"i", "we", "you", "he", "she", "it", "they", "this", "that", "there"})
_SMALL = frozenset("a an the of in on at by to for from with and or nor but as is".split())


def is_title(inner: str) -> bool:
    """Whether marked words are capitalised like the title of a work ("The Art of the Deal")."""
    words = re.findall(r"[^\W\d_][\w’'-]*", inner)
    large = [word for word in words if word.lower() not in _SMALL]
    if words and words[0].lower() in _SPEAKING_OF:
        return False  # "It Is Over": a statement in headline style
    return len(large) > 1 and inner[-1] not in ".!?…" and all(word[0].isupper() for word in (words[0], *large))
