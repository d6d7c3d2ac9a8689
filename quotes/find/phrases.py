"""Stretches of a parsed sentence that the rules are about: cue, noun phrase, statement.

Dependency labels are those of spaCy's English models (CLEAR style; Choi and Palmer 2012,
"Guidelines for the Clear Style Constituent to Dependency Conversion").
"""

from __future__ import annotations

from collections.abc import Iterable

from quotes.find.finding import Offsets
from quotes.parse import Sentence

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_AUXILIARY = frozenset({"aux", "auxpass", "neg", "advmod"})
_PUNCTUATION = frozenset(",.;:!?-–—―…()[]'\"“”‘’`/")
# Adverbs that belong to the sentence or to the time, not to the cue.
_LOOSE = frozenset(
    "when where why how then now today yesterday tonight tomorrow earlier later however meanwhile".split()
)
_SPACE = " \t\r\n\u00a0"
EDGE = _SPACE + ",.;:!?-–—―…()[]"


def is_punctuation(word: str) -> bool:
    """Whether a token is nothing but punctuation."""
    return all(char in _PUNCTUATION for char in word)


def cue_tokens(sentence: Sentence, verb: int, tail: Iterable[int] = ()) -> tuple[int, int]:
    """First and last token of a cue: auxiliaries, negation and adverbs directly before the verb
    ("has also said"), particles and the preposition of the construction after it ("called for").
    """
    group = {
        c
        for c in sentence.children[verb]
        if c < verb
        and sentence.deps[c] in _AUXILIARY
        and sentence.lower(c) not in _LOOSE
        and sentence.left[c] == sentence.right[c]
    }
    first = verb
    while first - 1 in group:
        first -= 1
    return first, max([verb, *tail])


def noun_phrase(sentence: Sentence, head: int) -> tuple[int, int]:
    """First and last token of a noun phrase with its modifiers, appositions and relative clauses."""
    first, last = sentence.left[head], sentence.right[head]
    # "a statement saying …": the words it is said to have are no part of the name
    participle = next(
        (c for c in sentence.children[head] if sentence.deps[c] == "acl" and sentence.tags[c] == "VBG"), None
    )
    if participle is not None and participle > head:
        last = min(last, sentence.left[participle] - 1)
    # "In a post on Monday, *the group* said" has been parsed as one phrase.
    for child in sentence.children[head]:
        end = sentence.right[child] + 1
        if child < head and sentence.deps[child] in {"prep", "npadvmod", "advcl"} and sentence.words[end] == ",":
            first = max(first, end + 1)
    while first < head and (is_punctuation(sentence.words[first]) or sentence.deps[first] in {"cc", "preconj", "mark"}):
        first += 1
    while last > head and is_punctuation(sentence.words[last]):
        if sentence.words[last] == ")" and "(" in sentence.words[first:last]:
            break
        last -= 1
    return first, last


def mention_span(text: str, sentence: Sentence, cue: int, head: int) -> Offsets | None:
    """Offsets of the noun phrase with this head word, kept apart from the cue."""
    first, last = noun_phrase(sentence, head)
    if first <= cue <= last:  # the parser hung the cue on the name: "“…,” tweeted *Senator Graham*"
        first, last = (cue + 1, last) if head > cue else (first, cue - 1)
    return clean(text, *sentence.offsets(first, last))


def clean(text: str, start: int, end: int) -> Offsets | None:
    """The stretch without white space and punctuation at its edges; None where nothing is left.

    A bracket or mark whose partner is inside stays.
    """
    while start < end and text[start] in EDGE and not (text[start] in "([" and _closed(text, start, end)):
        start += 1
    while end > start and text[end - 1] in EDGE and not (text[end - 1] in ")]" and _opened(text, start, end)):
        end -= 1
    return (start, end) if end > start else None


def _closed(text: str, start: int, end: int) -> bool:
    return {"(": ")", "[": "]"}[text[start]] in text[start:end]


def _opened(text: str, start: int, end: int) -> bool:
    return {")": "(", "]": "["}[text[end - 1]] in text[start:end]


def whole_marks(sentence: Sentence, start: int, end: int) -> Offsets:
    """Widen a stretch so that it cuts no quotation in two: marks at its edges belong to it."""
    for quote in sentence.marked:
        if quote.start < end and start < quote.end and not (start <= quote.start and quote.end <= end):
            start, end = min(start, quote.start), max(end, quote.end)
    return start, end


def nominal_cue(sentence: Sentence, token: int, tail: Iterable[int] = ()) -> tuple[int, int, int]:
    """First and last token of a cue that is a noun or adjective, and the verb it leans on.

    "*expressed concern* that …", "*is confident* that …", "*the claim* that …"; without a verb the
    third is the word itself.
    """
    last = max([token, *tail])
    head = sentence.heads[token]
    if head < token and sentence.tags[head][0] == "V" and sentence.deps[token] in {"dobj", "acomp", "attr", "oprd"}:
        first, _ = cue_tokens(sentence, head)
        return first, last, head
    first = token
    while (
        first > 0
        and sentence.heads[first - 1] == token
        and sentence.deps[first - 1] in {"det", "amod", "compound", "nummod", "advmod"}
    ):
        first -= 1
    return first, last, token
