"""How a verb and the statement it announces are tied: one function a construction.

Each takes a sentence and a verb, and yields `Frame`s. Which of them counts is for the lexicon
to say: "the minister welcomed the report" is a statement, "the minister carried the report" isn't.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from quotes.parse import Sentence
from quotes.find.phrases import SUBJECTS, is_punctuation


class Frame(NamedTuple):
    """A construction found at a cue.

    Attributes:
        construction: Its name in the lexicon.
        content: First and last token of each piece of the statement.
        tail: Tokens after the verb that belong to the cue ("called *for*", "pointed *out*").
    """

    construction: str
    content: tuple[tuple[int, int], ...]
    tail: tuple[int, ...] = ()


def clauses(sentence: Sentence, verb: int) -> Iterator[Frame]:
    """"The minister said (that) the bridge would reopen"; "told reporters that …"; "asked whether …"."""
    for child in sentence.children[verb]:
        if child > verb and sentence.deps[child] == "ccomp":
            first, last = trimmed(sentence, sentence.left[child], sentence.right[child])
            if first > verb:
                construction = "to" if is_infinitive(sentence, child) else "clause"
                if construction == "to":
                    # "urged the bank to act": the parser makes the person asked the clause's subject
                    construction = "object-to" if sentence.child(child, "nsubj") is not None else "to"
                yield Frame(construction, ((first, last),), _particles(sentence, verb, first))
                return


def preceding_clauses(sentence: Sentence, verb: int) -> Iterator[Frame]:
    """"The bridge would reopen, the minister said"; "The bridge, he said, would reopen"."""
    clause = next((c for c in sentence.children[verb] if c < verb and sentence.deps[c] in {"ccomp", "parataxis"}), None)
    if clause is not None:
        first, last = sentence.left[clause], sentence.right[clause]
        if last < verb and not any(sentence.deps[c] in SUBJECTS and c < first for c in sentence.children[verb]):
            yield Frame("before", (trimmed(sentence, first, last),))
            return
        if last > verb:
            yield from _interrupted(sentence, verb, first, last)
            return
    head = sentence.heads[verb]
    if clause is None and head != verb and sentence.deps[verb] in {"parataxis", "ccomp", "advcl", "dep"} and head < verb:
        return
    if head != verb and sentence.deps[verb] in {"parataxis", "ccomp", "dep"} and verb < head:
        yield from _interrupted(sentence, verb, sentence.left[head], sentence.right[head])


def _interrupted(sentence: Sentence, verb: int, first: int, last: int) -> Iterator[Frame]:
    """The statement around a cue between commas: "The plan, he said on Monday, is dead"."""
    inside = [c for c in range(sentence.left[verb], sentence.right[verb] + 1)]
    subject = sentence.child(verb, *SUBJECTS)
    low = min(verb, sentence.left[subject] if subject is not None else verb)
    start = low - 1
    while start > first and not is_punctuation(sentence.words[start]):
        start -= 1
    stop = verb + 1
    while stop < last and not is_punctuation(sentence.words[stop]):
        stop += 1
    if not inside or start <= first or not is_punctuation(sentence.words[start]):
        return
    pieces = [trimmed(sentence, first, start)]
    if stop < last:
        pieces.append(trimmed(sentence, stop, last))
        if _is_setting(sentence, pieces[0]) and sentence.quote_of[pieces[1][0]] >= 0:
            del pieces[0]  # "Asked about the raid, he said, “No comment.”"
    yield Frame("before", tuple(pieces))


def _is_setting(sentence: Sentence, piece: tuple[int, int]) -> bool:
    """Whether a stretch before the cue tells when or where it was said, and is not said itself."""
    first, last = piece
    heads = [t for t in range(first, last + 1) if not first <= sentence.heads[t] <= last]
    return len(heads) == 1 and sentence.deps[heads[0]] in {"advcl", "prep", "npadvmod"} and sentence.quote_of[first] < 0


def infinitives(sentence: Sentence, verb: int) -> Iterator[Frame]:
    """"vowed to retaliate"; "urged the bank to act"; "denied taking money"."""
    for child in sentence.children[verb]:
        if child > verb and sentence.deps[child] in {"xcomp", "advcl"}:
            first, last = trimmed(sentence, sentence.left[child], sentence.right[child])
            if first <= verb:
                continue
            if is_infinitive(sentence, child):
                if any(sentence.lower(c) in {"on", "upon"} and verb < c < first for c in sentence.children[verb]):
                    continue  # "called on the bank to act" is for `prepositions`
                obj = sentence.child(verb, "dobj")
                if sentence.deps[child] == "advcl" and obj is None:
                    continue
                if obj is not None and verb < obj < first:
                    yield Frame("object-to", ((sentence.left[obj], last),), _particles(sentence, verb, sentence.left[obj]))
                    continue
                yield Frame("to", ((first, last),), _particles(sentence, verb, first))
            elif sentence.deps[child] == "xcomp" and sentence.tags[child] == "VBG":
                yield Frame("gerund", ((first, last),), _particles(sentence, verb, first))


def objects(sentence: Sentence, verb: int) -> Iterator[Frame]:
    """"rejected the offer"; "called the plan “reckless”"; "condemned the raid as an outrage";
    "accused the bank of fraud"."""
    obj = next((c for c in sentence.children[verb] if c > verb and sentence.deps[c] == "dobj"), None)
    small = next((c for c in sentence.children[verb] if c > verb and sentence.deps[c] in {"oprd", "ccomp"}), None)
    if obj is None and small is not None and sentence.deps[small] == "oprd":
        yield Frame("object-as", (trimmed(sentence, sentence.left[small], sentence.right[small]),), ())
        return
    if obj is None:
        return
    first, last = sentence.left[obj], sentence.right[obj]
    construction = "object"
    for child in sentence.children[verb]:
        if child > obj:
            label, word = sentence.deps[child], sentence.lower(child)
            if label in {"oprd", "acomp"}:
                construction, last = "object-as", max(last, sentence.right[child])
            elif label == "prep" and word in {"as", "of", "for", "to", "against", "from", "on", "over", "with"}:
                if word in {"as", "of", "for"}:
                    construction = f"object-{word}"
                last = max(last, sentence.right[child]) if word in {"as", "of", "for", "from"} else last
    yield Frame(construction, (trimmed(sentence, first, last),), _particles(sentence, verb, first))


def prepositions(sentence: Sentence, verb: int) -> Iterator[Frame]:
    """"called for calm"; "warned of floods"; "called on the bank to act"; "spoke about the war"."""
    for child in sentence.children[verb]:
        if child > verb and sentence.deps[child] in {"prep", "agent"} and sentence.deps[child] == "prep":
            inner = next((c for c in sentence.children[child] if c > child and sentence.deps[c] in {"pobj", "pcomp"}), None)
            if inner is None:
                continue
            first, last = sentence.left[inner], sentence.right[inner]
            word = sentence.lower(child)
            for other in sentence.children[verb]:
                if other > last and sentence.deps[other] in {"xcomp", "advcl"} and is_infinitive(sentence, other) and word in {"on", "upon", "for", "with"}:
                    last = sentence.right[other]
                    break
            yield Frame(f"prep-{word}", (trimmed(sentence, first, last),), (*_particles(sentence, verb, child), child))
        elif child > verb and sentence.deps[child] == "advcl" and (mark := sentence.child(child, "mark")) is not None:
            if sentence.lower(mark) == "for" and mark == verb + 1 and is_infinitive(sentence, child):
                # "called for the bank to act": the preposition opens the infinitive clause
                yield Frame("prep-for", (trimmed(sentence, mark + 1, sentence.right[child]),), (mark,))


def passives(sentence: Sentence, verb: int) -> Iterator[Frame]:
    """"The bridge is said to be unsafe"; "*the minister* was accused by the bank *of fraud*"."""
    subject = sentence.child(verb, "nsubjpass")
    if subject is None or subject > verb:
        return
    who = trimmed(sentence, sentence.left[subject], sentence.right[subject])
    for child in sentence.children[verb]:
        if child <= verb:
            continue
        label = sentence.deps[child]
        if label == "xcomp" and is_infinitive(sentence, child):
            yield Frame("passive-to", (who, trimmed(sentence, sentence.left[child], sentence.right[child])))
        elif label == "prep" and sentence.lower(child) in {"of", "for", "as"}:
            word = sentence.lower(child)
            yield Frame(f"passive-{word}", (who, trimmed(sentence, sentence.left[child], sentence.right[child])))
        elif label == "oprd":
            yield Frame("passive-as", (who, trimmed(sentence, sentence.left[child], sentence.right[child])))
    if sentence.child(verb, "agent") is not None:
        yield Frame("passive", (who,))


FRAMES = (clauses, preceding_clauses, infinitives, objects, prepositions, passives)


def _particles(sentence: Sentence, verb: int, before: int) -> tuple[int, ...]:
    return tuple(c for c in sentence.children[verb] if sentence.deps[c] == "prt" and verb < c < before)


def is_infinitive(sentence: Sentence, token: int) -> bool:
    return any(sentence.tags[c] == "TO" and sentence.deps[c] == "aux" for c in sentence.children[token])


def trimmed(sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    while first < last and is_punctuation(sentence.words[first]):
        first += 1
    while last > first and (is_punctuation(sentence.words[last]) or sentence.deps[last] == "cc"):
        last -= 1
    return first, last
