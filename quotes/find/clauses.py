"""Statements that are clauses: "said (that) …", "…, he said", "as he noted, …"."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.find.frames import DAYS, SPANS_OF_TIME, Frame, is_infinitive, particles, trimmed
from quotes.find.inflect import verb_forms
from quotes.find.phrases import SUBJECTS, is_punctuation
from quotes.parse import Sentence

ASKING = frozenset({"ask", "asks", "asked", "asking", "demand", "demands", "demanded", "demanding"})


_ADDRESSING = frozenset(
    form
    for lemma in "tell promise warn assure remind inform convince persuade notify advise ask show teach caution".split()
    for form in verb_forms(lemma)
)
"""Verbs with the hearer as their object: "promised *pensioners* that …"."""

_SETTINGS = frozenset("in on at to from through during by via outside inside before after".split())
"""Prepositions of where, when and through what something is said; "asked about concerns *that …*" is a topic."""


def clauses(sentence: Sentence, verb: int) -> Iterator[Frame]:
    """ "The minister said (that) the bridge would reopen"; "told reporters that …"; "asked whether …"."""
    clear = list(_clauses_clear(sentence, verb))
    if clear:
        yield from clear
        return
    for child in sentence.children[verb]:
        if child > verb and sentence.deps[child] == "ccomp":
            first, last = trimmed(sentence, sentence.left[child], sentence.right[child])
            if first > verb:
                construction = "clause"
                if is_infinitive(sentence, child):
                    # "urged the bank to act": the parser makes the person asked the clause's subject
                    construction = "object-to" if sentence.child(child, "nsubj") is not None else "to"
                elif sentence.tags[child] == "VBG" and first == child:
                    construction = "gerund"  # "admitted taking the money"
                first = _after_day(sentence, verb, first)
                last = _with_verb(sentence, child, without_setting(sentence, first, last))
                yield Frame(construction, ((first, last),), particles(sentence, verb, first))
                return
    yield from _clauses_of_object(sentence, verb)
    yield from _clauses_known(sentence, verb)


def _clauses_of_object(sentence: Sentence, verb: int) -> Iterator[Frame]:
    """ "promised pensioners *that …*", "asked the pilot *if …*", "said from the dock *that …*": the
    parser hangs the clause on the noun before it, or makes it an adverbial."""
    obj = sentence.child(verb, "dobj", "dative")
    hung: list[tuple[int, tuple[str, ...]]] = []
    if obj is not None and obj > verb and sentence.lower(verb) in _ADDRESSING:
        hung += [(obj, ("that",)), (verb, ("if", "whether"))]
    for child in sentence.children[verb]:
        if child > verb and sentence.deps[child] == "prep" and sentence.lower(child) in _SETTINGS:
            inner = sentence.child(child, "pobj")
            if inner is not None:
                hung.append((inner, ("that",)))
    for token, marks in hung:
        for child in sentence.children[token]:
            mark = sentence.child(child, "mark")
            after = child > token and sentence.deps[child] in {"acl", "relcl", "advcl", "ccomp"}
            if after and mark is not None and sentence.lower(mark) in marks:
                yield Frame("clause", (trimmed(sentence, mark, sentence.right[child]),))
                return


def _clauses_clear(sentence: Sentence, verb: int) -> Iterator[Frame]:
    """ "made (it) clear *that …*"."""
    for child in sentence.children[verb]:
        if child > verb and sentence.lower(child) in {"clear", "plain"}:
            for inner in (*sentence.children[child], *sentence.children[verb]):
                if (
                    inner > child
                    and sentence.deps[inner] in {"ccomp", "advcl"}
                    and sentence.child(inner, "nsubj", "nsubjpass")
                ):
                    tail = tuple(range(verb + 1, child + 1))
                    yield Frame("clause", (trimmed(sentence, sentence.left[inner], sentence.right[inner]),), tail)
                    return


def _clauses_known(sentence: Sentence, verb: int) -> Iterator[Frame]:
    """ "demanded to know *how the ballots were lost*": what somebody wants to know is what they ask."""
    for child in sentence.children[verb]:
        if child > verb and sentence.deps[child] == "xcomp" and sentence.lower(child) in {"know", "see", "find"}:
            inner = sentence.child(child, "ccomp")
            if inner is not None and inner > child and sentence.lower(verb) in ASKING:
                tail = tuple(range(verb + 1, child + 1))
                yield Frame("clause", (trimmed(sentence, sentence.left[inner], sentence.right[inner]),), tail)


def without_setting(sentence: Sentence, first: int, last: int) -> int:
    """Last token of a statement without the reporter's time at its end: ", hours after its conductor quit"."""
    for token in range(first + 2, last - 1):
        if sentence.words[token] == ",":
            at = token + 1 + (sentence.tags[token + 1] in {"CD", "DT"})
            if at < last and sentence.lower(at) in SPANS_OF_TIME and sentence.lower(at + 1) in {"after", "before"}:
                return token - 1
    return last


def _after_day(sentence: Sentence, verb: int, first: int) -> int:
    """First token of a statement without the day it was made: "said *on Tuesday* he would stay"."""
    if first != verb + 1:
        return first
    token = first + (sentence.lower(first) in {"on", "late", "early", "last", "this"})
    if sentence.lower(token) not in DAYS or token + 2 >= len(sentence.words):
        return first
    token += 1 + (sentence.lower(token + 1) in DAYS)  # "Tuesday evening"
    return token if sentence.child(sentence.heads[token], "nsubj", "nsubjpass") is not None else first


def _with_verb(sentence: Sentence, clause: int, last: int) -> int:
    """Last token of a clause whose verb the parser hung elsewhere: "said *the days when we met* are gone"."""
    following = last + 1
    if following < len(sentence.words) and sentence.tags[following] in {"VBD", "VBZ", "VBP", "MD"}:
        head = following
        while sentence.deps[head] in {"aux", "auxpass"} and sentence.heads[head] > head:
            head = sentence.heads[head]
        if sentence.left[head] <= clause or sentence.child(head, "nsubj") in {None, clause}:
            return trimmed(sentence, following, sentence.right[head])[1]
    return last


def as_clauses(sentence: Sentence, verb: int) -> Iterator[Frame]:
    """ "As Judge Katz noted, the law has not changed"; "“…,” as Brandt put it"."""
    mark = sentence.child(verb, "mark")
    if sentence.deps[verb] != "advcl" or mark is None or sentence.lower(mark) != "as":
        return
    if sentence.child(verb, "nsubj") is None or sentence.child(verb, "ccomp", "xcomp") is not None:
        return
    head, low, high = sentence.heads[verb], sentence.left[verb], sentence.right[verb]
    if sentence.deps[head] != "ROOT":
        return
    first, last = sentence.left[head], sentence.right[head]
    pieces = [(first, low - 1)] if first < low else []
    pieces += [(high + 1, last)] if high < last else []
    content = tuple(
        trimmed(sentence, *piece)
        for piece in pieces
        if any(not is_punctuation(w) for w in sentence.words[piece[0] : piece[1] + 1])
    )
    if len(content) == 1:
        yield Frame("as", content)


def preceding_clauses(sentence: Sentence, verb: int) -> Iterator[Frame]:
    """ "The bridge would reopen, the minister said"; "The bridge, he said, would reopen"."""
    clause = next((c for c in sentence.children[verb] if c < verb and sentence.deps[c] in {"ccomp", "parataxis"}), None)
    if clause is None and sentence.child(verb, "ccomp", "xcomp", "dobj") is None:
        yield from _closing(sentence, verb)
    if clause is not None:
        first, last = sentence.left[clause], sentence.right[clause]
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
        yield from _interrupted(sentence, verb, sentence.left[head], sentence.right[head])


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
