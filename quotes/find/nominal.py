"""Statements announced by a noun or an adjective: "the claim that …", "is confident that …"."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.find.frames import Frame, is_infinitive, trimmed
from quotes.parse import Sentence

_COPULAS = frozenset(
    "be is are was were been being 's ’s seem seems seemed remain remains remained feel feels felt appears "
    "appeared".split()
)


def noun_clauses(sentence: Sentence, noun: int) -> Iterator[Frame]:
    """ "the claim *that …*"; "a pledge *to …*"; "One view is *that …*"."""
    if (
        sentence.deps[noun] == "pobj"
        and sentence.lower(sentence.heads[noun]) == "in"
        and sentence.child(noun, "poss") is None
    ):
        return  # "said in a statement that …": for the verb
    if _is_absent(sentence, noun):
        return
    for child in _dependents(sentence, noun):
        if sentence.deps[child] in {"acl", "ccomp", "relcl"}:
            first, last = trimmed(sentence, sentence.left[child], sentence.right[child])
            if first <= noun:
                continue
            if _opens_with_that(sentence, child):
                yield Frame("noun-that", ((first, last),))
            elif is_infinitive(sentence, child):
                yield Frame("noun-to", ((first, last),))
    head = sentence.heads[noun]
    if sentence.deps[noun] == "nsubj" and sentence.lower(head) in _COPULAS:
        clause = sentence.child(head, "ccomp")
        if clause is not None and clause > head:
            first, last = trimmed(sentence, sentence.left[clause], sentence.right[clause])
            if first > head:
                yield Frame("noun-is", ((first, last),), (head,))


def _is_absent(sentence: Sentence, noun: int) -> bool:
    """ "There is *no suggestion* that the bridge was unsafe": nobody suggested it; "no doubt" is a view."""
    if sentence.lower(noun) in {"doubt", "question"} or sentence.deps[noun] != "attr":
        return False
    existential = sentence.child(sentence.heads[noun], "expl") is not None
    return existential and any(sentence.lower(c) in {"no", "little"} for c in sentence.children[noun] if c < noun)


def _dependents(sentence: Sentence, noun: int) -> Iterator[int]:
    """What follows a noun and hangs on it, or on the one who said it: "a warning by the coastguard *that …*"."""
    for child in sentence.children[noun]:
        if child > noun:
            yield child
            if sentence.deps[child] == "prep" and sentence.lower(child) in {"by", "from", "of", "to"}:
                inner = sentence.child(child, "pobj")
                if inner is not None:
                    yield from (
                        c for c in sentence.children[inner] if c > inner and sentence.child(c, "mark") is not None
                    )


def _opens_with_that(sentence: Sentence, clause: int) -> bool:
    """Whether a clause is opened by "that" the conjunction, though the parser may call it a pronoun.

    "accusations *that* he copied his thesis" has an object besides; "the claim *that* he filed" has not.
    """
    first = sentence.left[clause]
    if sentence.lower(first) != "that":
        return False
    if sentence.deps[first] == "mark":
        return True
    complete = sentence.child(clause, "nsubj", "nsubjpass") not in {None, first}
    if sentence.deps[first] == "dobj" and any(sentence.lower(c) == "as" for c in sentence.children[clause]):
        return False  # "a charge *that* she dismissed as …"
    others = any(c != first and sentence.deps[c] in {"dobj", "acomp", "attr"} for c in sentence.children[clause])
    return complete and (others or sentence.tags[first] == "IN")


def noun_prepositions(sentence: Sentence, noun: int) -> Iterator[Frame]:
    """ "his criticism *of the deal*"; "calls *for an inquiry*"."""
    for child in sentence.children[noun]:
        if child > noun and sentence.deps[child] == "prep":
            inner = sentence.child(child, "pobj", "pcomp")
            if inner is not None and inner > child:
                word = sentence.lower(child)
                if word in {"by", "from", "in", "at", "during"}:
                    continue
                content = trimmed(sentence, sentence.left[inner], sentence.right[inner])
                yield Frame(f"noun-{word}", (content,), (child,))


def adjectives(sentence: Sentence, adjective: int) -> Iterator[Frame]:
    """ "is confident *that …*"; "was eager *to …*"; "is worried *about …*"."""
    if sentence.deps[adjective] not in {"acomp", "oprd", "ROOT", "conj", "advcl", "amod", "acl"}:
        return
    for child in sentence.children[adjective]:
        if child <= adjective:
            continue
        label = sentence.deps[child]
        first, last = trimmed(sentence, sentence.left[child], sentence.right[child])
        if label in {"ccomp", "xcomp", "advcl"} and first > adjective:
            if is_infinitive(sentence, child):
                if label != "advcl":
                    yield Frame("adjective-to", ((first, last),))
            elif label == "ccomp":
                yield Frame("adjective-that", ((first, last),))
        elif label == "prep":
            inner = sentence.child(child, "pobj", "pcomp")
            if inner is not None and inner > child:
                content = trimmed(sentence, sentence.left[inner], sentence.right[inner])
                yield Frame(f"adjective-{sentence.lower(child)}", (content,), (child,))


NOUN_FRAMES = (noun_clauses, noun_prepositions)
ADJECTIVE_FRAMES = (adjectives,)
