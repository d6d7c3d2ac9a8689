"""Statements before or around their cue: "…, he said", "…, he said, …"."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.find.clauses import ADDRESSING, announces_rest
from quotes.find.frames import Frame, is_infinitive, trimmed
from quotes.find.phrases import SUBJECTS, is_punctuation
from quotes.parse import Sentence


def preceding_clauses(sentence: Sentence, verb: int) -> Iterator[Frame]:
    """ "The bridge would reopen, the minister said"; "The bridge, he said, would reopen"."""
    if announces_rest(sentence, verb) or _is_relative(sentence, verb) or _has_request(sentence, verb):
        return
    clause = next((c for c in sentence.children[verb] if c < verb and sentence.deps[c] in {"ccomp", "parataxis"}), None)
    if clause is None and sentence.child(verb, "ccomp", "xcomp", "dobj") is None:
        yield from _closing(sentence, verb)
    if clause is not None:
        first, last = sentence.left[clause], sentence.right[clause]
        if last < verb and sentence.lower(first) == "asked" and sentence.tags[first] == "VBN":
            return  # "Asked by Lee whether he had slept, he replied: “…”"
        if last < verb and ";" in sentence.words[last + 1 : verb]:
            return  # "The plan is dead; the new one *asks for less*"
        if last < verb and not any(sentence.deps[c] in SUBJECTS and c < first for c in sentence.children[verb]):
            if sentence.quote_of[first] in sentence.whole:
                # "“He is right,” Flynn, an ally, said": plain words between quotation and cue name the speaker
                last = max(t for t in range(first, last + 1) if sentence.quote_of[t] in sentence.whole)
            yield Frame("before", (trimmed(sentence, first, last),))
            return
        if last > verb:
            yield from _interrupted(sentence, verb, first, last)
            return
    head = sentence.heads[verb]
    if verb < head and sentence.deps[verb] in {"parataxis", "ccomp", "dep"}:
        head = _whole_clause(sentence, verb, head)
        yield from _interrupted(sentence, verb, sentence.left[head], sentence.right[head])
    elif head < verb and _stands_beside(sentence, verb):
        # "The tanker ran aground, the coastguard said, at about 4am"
        first, last = trimmed(sentence, sentence.left[head], sentence.right[head])
        yield from _interrupted(sentence, verb, first, _before_next_step(sentence, verb, head, last))


def _whole_clause(sentence: Sentence, verb: int, head: int) -> int:
    """Head of what stands around a cue: "*Had it come in time*, he said, *it would have helped*" has two verbs."""
    low = sentence.left[verb]
    while sentence.left[head] >= low and sentence.heads[head] != head:
        quoted = {sentence.quote_of[head], sentence.quote_of[sentence.heads[head]]} & sentence.whole
        if sentence.deps[head] in {"relcl", "acl"} or quoted:
            break
        head = sentence.heads[head]
    return head


def _is_relative(sentence: Sentence, verb: int) -> bool:
    """ "Lee had founded a club, the Friends of the Moor, *that now claims* …": announces nothing before it."""
    return any(sentence.tags[c] == "WDT" and sentence.deps[c] == "nsubj" and c < verb for c in sentence.children[verb])


def _has_request(sentence: Sentence, verb: int) -> bool:
    """ "In a letter, a copy of which was leaked, Lee *asked the bank to pay*": what is said comes after the cue."""
    obj = next((c for c in sentence.children[verb] if c > verb and sentence.deps[c] == "dobj"), None)
    return obj is not None and any(
        c > obj and sentence.deps[c] == "xcomp" and is_infinitive(sentence, c) for c in sentence.children[verb]
    )


def _stands_beside(sentence: Sentence, verb: int) -> bool:
    """Whether a cue with its subject stands in or after the statement, loosely joined to the statement's verb."""
    subject = sentence.child(verb, "nsubj")
    told = sentence.lower(verb) in ADDRESSING
    if subject is None or sentence.child(verb, "ccomp", "xcomp", *(() if told else ("dobj",))) is not None:
        return False
    first, head = sentence.left[subject], sentence.heads[verb]
    if first == 0 or not is_punctuation(sentence.words[first - 1]) or sentence.child(verb, "mark") is not None:
        return False
    before = max((c for c in sentence.children[head] if sentence.deps[c] == "conj" and c < verb), default=head)
    joined = any(sentence.deps[c] == "cc" and before < c < verb for c in sentence.children[head])
    loose = {"parataxis", "advcl"} if told else {"parataxis"}
    return sentence.deps[verb] in loose or (sentence.deps[verb] == "conj" and not joined)


def _before_next_step(sentence: Sentence, verb: int, head: int, last: int) -> int:
    """Last token of a statement around a cue without what else its speaker did: "…, he said, *and left the room*"."""
    aside = next((c for c in sentence.children[verb] if c > verb and sentence.deps[c] in {"advcl", "conj"}), None)
    if aside is not None:
        return sentence.left[aside] - 1  # "…, he said, *adding that* …"
    for child in sentence.children[head]:
        mark = sentence.child(child, "mark") if child > verb and sentence.deps[child] == "advcl" else None
        if mark is not None and sentence.lower(mark) in {"while", "whereas", "as"}:
            return sentence.left[child] - 1  # "…, he said, *while others doubt it*"
        if child > verb and sentence.deps[child] == "conj" and sentence.tags[child] == "VBD":
            alone = not any(sentence.deps[c] in {*SUBJECTS, "aux", "auxpass"} for c in sentence.children[child])
            if alone and sentence.lower(child) not in {"was", "were", "had"}:
                last = sentence.left[child] - 1
                while sentence.tags[last] == "CC" or is_punctuation(sentence.words[last]):
                    last -= 1
                return last
    return last


def _closing(sentence: Sentence, verb: int) -> Iterator[Frame]:
    """ "Bus fares to rise in January, council says": a cue at the very end, whatever the parse."""
    last = verb + 1
    while last < len(sentence.words) and is_punctuation(sentence.words[last]):
        last += 1
    subject = max((c for c in sentence.children[verb] if sentence.deps[c] == "nsubj" and c < verb), default=None)
    if last < len(sentence.words) or subject is None or sentence.tags[verb] not in {"VBD", "VBZ", "VBP"}:
        return
    first = subject
    while (
        first > 0
        and sentence.heads[first - 1] == subject
        and sentence.deps[first - 1] in {"det", "compound", "amod", "poss"}
    ):
        first -= 1
    if first > 3 and sentence.words[first - 1] == ",":
        piece = trimmed(sentence, 0, first - 1)
        if not (sentence.tags[0] == "VBN" and _is_setting(sentence, piece)):  # "Asked about the dam, Lee smiled."
            yield Frame("before", (piece,))


def _interrupted(sentence: Sentence, verb: int, first: int, last: int) -> Iterator[Frame]:
    """The statement around a cue between commas: "The plan, he said on Monday, is dead"."""
    subject = sentence.child(verb, *SUBJECTS)
    low = min(verb, sentence.left[subject] if subject is not None else verb)
    start = low - 1
    while start > first and not is_punctuation(sentence.words[start]):
        start -= 1
    stop = verb + 1
    while stop < last and not is_punctuation(sentence.words[stop]):
        stop += 1
    if start <= first or not is_punctuation(sentence.words[start]):
        return
    pieces = [trimmed(sentence, first, start)]
    said = sentence.quote_of[first] in sentence.whole and sentence.quote_of[pieces[0][1]] in sentence.whole
    if stop < last and not (said and not any(sentence.quote_of[t] in sentence.whole for t in range(stop, last + 1))):
        # after a quotation that is a statement by itself only another one goes on with it:
        # "“The lights went out,” he said, before a nurse led him away"
        pieces.append(trimmed(sentence, stop, last))
        if _is_setting(sentence, pieces[0]) and sentence.quote_of[pieces[1][0]] >= 0:
            del pieces[0]  # "Asked about the raid, he said, “No comment.”"
    yield Frame("before", tuple(pieces))


def _is_setting(sentence: Sentence, piece: tuple[int, int]) -> bool:
    """Whether a stretch before the cue tells when or where it was said, and is not said itself."""
    first, last = piece
    heads = [t for t in range(first, last + 1) if not first <= sentence.heads[t] <= last]
    return len(heads) == 1 and sentence.deps[heads[0]] in {"advcl", "prep", "npadvmod"} and sentence.quote_of[first] < 0
