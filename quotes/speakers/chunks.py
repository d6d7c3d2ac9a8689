"""Noun phrases from part-of-speech tags alone, for sentences whose parse can't be trusted."""

from __future__ import annotations

from quotes.parse import Sentence
from quotes.speakers.sources import TIMES

Phrase = tuple[int, int, int]
"""First, head and last token of a noun phrase."""

NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
PRONOUNS = frozenset({"another", "others", "some", "many", "one"})
"""Words that stand for a noun although they aren't tagged as pronouns."""

_INSIDE = NOUNS | {"DT", "PDT", "PRP$", "JJ", "JJR", "JJS", "CD", "POS", "HYPH", "VBN", "VBG"}
_SUBORDINATE = frozenset(
    "while because although though if as since that whether until unless after before than once".split()
)
"""Words tagged as prepositions that open a clause: "*while* Oster said …"."""


def phrase_from(sentence: Sentence, first: int) -> Phrase | None:
    """The noun phrase that begins with a token."""
    if first >= len(sentence.words) or sentence.quote_of[first] >= 0 or sentence.lower(first) in TIMES:
        return None
    if sentence.tags[first] == "PRP":
        return first, first, first
    if sentence.tags[first] not in _INSIDE - {"POS", "HYPH", "VBG"}:
        return None
    token = first
    while token < len(sentence.words) and sentence.quote_of[token] < 0 and sentence.tags[token] in _INSIDE:
        token += 1
    last = token - 1
    while last >= first and not _is_head(sentence, last):
        last -= 1
    return None if last < first else (first, last, last)


def phrase_to(sentence: Sentence, last: int) -> Phrase | None:
    """The noun phrase that ends with a token, with those that it hangs on by a preposition."""
    phrase = plain_phrase_to(sentence, last)
    if phrase is None or not _follows_preposition(sentence, phrase):
        return phrase
    # "the *head* of the board", "a *card* left on the table"
    token = phrase[0] - 2
    while token > 0 and sentence.tags[token] in {"VBN", "VBG", "VBD", "RB"}:
        token -= 1
    outer = phrase_to(sentence, token)
    return None if outer is None else (outer[0], outer[1], last)


def plain_phrase_to(sentence: Sentence, last: int) -> Phrase | None:
    """The noun phrase that ends with a token, by itself."""
    if last < 0 or sentence.quote_of[last] >= 0:
        return None
    if sentence.tags[last] == "PRP" or sentence.lower(last) in PRONOUNS:
        return last, last, last
    if not _is_head(sentence, last):
        return None
    first = last
    while first > 0 and sentence.quote_of[first - 1] < 0 and sentence.tags[first - 1] in _INSIDE:
        first -= 1
    while first < last and sentence.tags[first] in {"POS", "HYPH", "VBG"}:
        first += 1
    return first, last, last


def _follows_preposition(sentence: Sentence, phrase: Phrase) -> bool:
    before = phrase[0] - 1
    if before < 0 or sentence.tags[phrase[1]] == "PRP":
        return False
    return sentence.tags[before] == "IN" and sentence.lower(before) not in _SUBORDINATE


def _is_head(sentence: Sentence, token: int) -> bool:
    """Whether a word may be the last of a noun phrase: a noun, or an age ("the 31-year-*old*")."""
    aged = sentence.lower(token) == "old" and token > 0 and sentence.words[token - 1] == "-"
    return aged or (sentence.tags[token] in NOUNS and sentence.lower(token) not in TIMES)
