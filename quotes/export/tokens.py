"""spaCy tokens of an article such that every span of a record begins and ends with one."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from quotes.schema import AnnotatedArticle, Offsets

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

QUOTE, CUE, SPEAKER, TARGET = "QUOTE", "CUE", "SPEAKER", "TARGET"

_LONGEST_CHUNK = 200
"""Characters without white space that the tokenizer gets at once: its time grows with their square."""

_CHUNK = re.compile(rf"\S{{{_LONGEST_CHUNK},}}")


def labelled_spans(article: AnnotatedArticle) -> Iterator[tuple[str, Offsets]]:
    """The spans of an article's statements with what they are; what two statements share comes once."""
    seen: set[tuple[str, Offsets]] = set()
    for quote in article.quotes:
        for span in quote.spans:
            yield QUOTE, span
        for label, part in ((CUE, quote.cue), (SPEAKER, quote.mention), (TARGET, quote.target)):
            if part is not None and (label, (part.start, part.end)) not in seen:
                seen.add((label, (part.start, part.end)))
                yield label, (part.start, part.end)


def tokenized(nlp: Language, text: str, cuts: Iterable[int]) -> Doc:
    """The text in spaCy's tokens, with a token split where a span begins or ends inside it.

    E.g. `pro-“European”`, one token, in which a statement may be `“European”`.

    Args:
        nlp: Whose tokenizer and vocabulary to take.
        text: The text.
        cuts: Offsets that no token may reach over.
    """
    from spacy.tokens import Doc

    edges = sorted(set(cuts))
    words: list[str] = []
    spaces: list[bool] = []
    for at, piece in _pieces(text):
        for token in nlp.tokenizer(piece):
            start, end = at + token.idx, at + token.idx + len(token)
            bounds = [start, *edges[bisect_right(edges, start) : bisect_left(edges, end)], end]
            words += [text[first:last] for first, last in pairwise(bounds)]
            spaces += [False] * (len(bounds) - 2) + [bool(token.whitespace_)]
    return Doc(nlp.vocab, words=words, spaces=spaces)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """The text with its offset, in one piece unless there are chunks in it too long for a word."""
    at = 0
    for chunk in _CHUNK.finditer(text):
        for cut in range(chunk.start(), chunk.end(), _LONGEST_CHUNK):
            if cut > at:
                yield at, text[at:cut]
                at = cut
    if at < len(text):
        yield at, text[at:]
