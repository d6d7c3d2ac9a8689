"""Statements that are infinitives or gerunds: "vowed to …", "urged the bank to …", "denied taking …"."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.find.clauses import ASKING
from quotes.find.frames import DAYS, Frame, is_infinitive, particles, trimmed
from quotes.parse import Sentence

_BIDDEN = frozenset("asked told urged ordered advised warned instructed invited encouraged reminded".split())
_TELLING = frozenset({"tell", "tells", "told", "telling"})


def infinitives(sentence: Sentence, verb: int) -> Iterator[Frame]:
    """ "vowed to retaliate"; "urged the bank to act"; "denied taking money"."""
    if sentence.child(verb, "nsubjpass") is not None and sentence.lower(verb) not in _BIDDEN:
        return  # "is expected to win": nobody says so
    for child in sentence.children[verb]:
        if child > verb and sentence.deps[child] in {"xcomp", "advcl"}:
            if sentence.lower(verb) in ASKING and sentence.lower(child) == "know":
                continue  # for `_clauses_known`
            first, last = trimmed(sentence, sentence.left[child], sentence.right[child])
            if first <= verb:
                continue
            if is_infinitive(sentence, child):
                if any(verb < c < first and _calls_on(sentence, c) for c in sentence.children[verb]):
                    continue  # "called on the bank to act" is for `prepositions`
                obj = sentence.child(verb, "dobj")
                if sentence.deps[child] == "advcl" and obj is None:
                    continue
                if obj is not None and verb < obj < first:
                    if sentence.lower(verb) in _TELLING:
                        yield Frame("to", ((first, last),))  # "told drivers *to turn back*"
                        continue
                    yield Frame(
                        "object-to", ((sentence.left[obj], last),), particles(sentence, verb, sentence.left[obj])
                    )
                    continue
                last = _with_condition(sentence, verb, _without_backdrop(sentence, child, last))
                yield Frame("to", ((first, last),), particles(sentence, verb, first))
            elif sentence.deps[child] == "xcomp" and sentence.tags[first] == "VBG":
                yield Frame("gerund", ((first, last),), particles(sentence, verb, first))


def _without_backdrop(sentence: Sentence, infinitive: int, last: int) -> int:
    """Last token of an infinitive without what went on beside it: "vowed to walk out *as talks stalled*"."""
    for child in sentence.children[infinitive]:
        if child > infinitive and sentence.deps[child] == "advcl" and _is_backdrop(sentence, child):
            return trimmed(sentence, infinitive, sentence.left[child] - 1)[1]
    return last


def _is_backdrop(sentence: Sentence, clause: int) -> bool:
    subject = sentence.child(clause, "nsubj", "nsubjpass")
    first = sentence.left[clause]
    if subject is None or sentence.lower(first) != "as" or sentence.quote_of[first] >= 0:
        return False
    return sentence.tags[subject] not in {"PRP", "WP"} and sentence.words[first - 1].lower() not in {"just", "such"}


def _with_condition(sentence: Sentence, verb: int, last: int) -> int:
    """Last token of an infinitive with the condition of it: "threatened to strike *unless pay rises*"."""
    for child in sentence.children[verb]:
        mark = sentence.left[child]
        if sentence.deps[child] != "advcl" or mark not in {last + 1, last + 2}:
            continue
        if sentence.lower(mark) in {"if", "unless"} and (mark == last + 1 or sentence.words[last + 1] == ","):
            return _without_backdrop(sentence, child, trimmed(sentence, mark, sentence.right[child])[1])
    return last


def _calls_on(sentence: Sentence, preposition: int) -> bool:
    """Whether somebody is called *on*, not something vowed *on Friday*."""
    inner = sentence.child(preposition, "pobj")
    return sentence.lower(preposition) in {"on", "upon"} and inner is not None and sentence.lower(inner) not in DAYS
