"""Statements that are clauses after their cue: "said (that) …", "as he noted, …"."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.find.frames import DAYS, SPANS_OF_TIME, Frame, is_infinitive, particles, trimmed
from quotes.find.inflect import verb_forms
from quotes.find.phrases import is_punctuation
from quotes.parse import Sentence

ASKING = frozenset({"ask", "asks", "asked", "asking", "demand", "demands", "demanded", "demanding"})


ADDRESSING = frozenset(
    form
    for lemma in "tell promise warn assure remind inform convince persuade notify advise ask show teach caution".split()
    for form in verb_forms(lemma)
)
"""Verbs with the hearer as their object: "promised *pensioners* that …"."""

_UNFINISHED = frozenset(
    form
    for lemma in "say tell add announce claim argue insist maintain assert clarify hold rule stress reveal".split()
    for form in verb_forms(lemma)
)
"""Verbs that aren't used without what is said, so that a clause with "that" after them must be it."""

_PUTTING = verb_forms("put")
_HOLDING = verb_forms("hold")
"""What needs a "that": "the court held *that* …", but "held banners saying …"."""

_CONTESTED = frozenset(
    "disputed denied rejected contested challenged dismissed questioned criticised criticized".split()
)
"""What others did with a statement that a reporter adds to it."""

_MOMENTS = frozenset({"as", "when", "while", "after", "before"})

_SETTINGS = frozenset("in on at to from through during by via outside inside before after".split())
"""Prepositions of where, when and through what something is said; "asked about concerns *that …*" is a topic."""


def clauses(sentence: Sentence, verb: int) -> Iterator[Frame]:
    """ "The minister said (that) the bridge would reopen"; "told reporters that …"; "asked whether …"."""
    clear = [*_clauses_clear(sentence, verb), *_clauses_put(sentence, verb)]
    if clear:
        yield from clear
        return
    for child in sentence.children[verb]:
        if child > verb and sentence.deps[child] == "ccomp":
            first, last = trimmed(sentence, sentence.left[child], sentence.right[child])
            if first > verb and not (sentence.lower(verb) in _HOLDING and sentence.lower(first) != "that"):
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
    yield from _clauses_without_verb(sentence, verb)


def _clauses_of_object(sentence: Sentence, verb: int) -> Iterator[Frame]:
    """ "promised pensioners *that …*", "asked the pilot *if …*", "said from the dock *that …*": the
    parser hangs the clause on the noun before it, or makes it an adverbial."""
    obj = sentence.child(verb, "dobj", "dative")
    hung: list[tuple[int, tuple[str, ...]]] = []
    if obj is not None and obj > verb and sentence.lower(verb) in ADDRESSING:
        hung += [(obj, ("that",)), (verb, ("if", "whether"))]
    for token, marks in hung:
        for child in sentence.children[token]:
            mark = sentence.child(child, "mark")
            after = child > token and sentence.deps[child] in {"acl", "relcl", "advcl", "ccomp"}
            if after and mark is not None and sentence.lower(mark) in marks:
                yield Frame("clause", (trimmed(sentence, mark, sentence.right[child]),))
                return
    yield from _clauses_asked(sentence, verb)
    yield from _clauses_of_setting(sentence, verb, obj)


def _clauses_put(sentence: Sentence, verb: int) -> Iterator[Frame]:
    """ "put it to the witness *that …*": the parser hangs the clause on "it", the witness or the verb."""
    it = sentence.child(verb, "dobj")
    if sentence.lower(verb) not in _PUTTING or it is None or sentence.lower(it) != "it":
        return
    to = next((c for c in sentence.children[verb] if c > it and sentence.lower(c) == "to"), None)
    hearer = sentence.child(to, "pobj") if to is not None else None
    if hearer is None:
        return
    for child in (*sentence.children[it], *sentence.children[hearer], *sentence.children[verb]):
        first = sentence.left[child]
        if (
            child > hearer
            and sentence.deps[child] in {"relcl", "acl", "ccomp", "advcl"}
            and sentence.lower(first) == "that"
        ):
            yield Frame("it-that", (trimmed(sentence, first, sentence.right[child]),), (it,))
            return


def _clauses_asked(sentence: Sentence, verb: int) -> Iterator[Frame]:
    """ "Asked by the coroner, Ann Lee, *whether he had slept*, he said …": the parser hangs the question on "said"."""
    if sentence.lower(verb) != "asked" or sentence.child(verb, "agent") is None or sentence.deps[verb] != "advcl":
        return
    main = sentence.heads[verb]
    for mark in range(sentence.right[verb] + 1, len(sentence.words)):
        clause = sentence.heads[mark]
        if sentence.lower(mark) in {"if", "whether"} and main in {clause, sentence.heads[clause]}:
            last = sentence.right[clause]
            if sentence.deps[mark] == "mark" and last < len(sentence.words) - 1:
                yield Frame("clause", (trimmed(sentence, mark, last),))
            return


def _clauses_of_setting(sentence: Sentence, verb: int, obj: int | None) -> Iterator[Frame]:
    """ "wrote in a memo to the trustees *that …*"; "said before the game in Boise *that …*"; "told reporters as he
    left *that …*": the parser hangs the clause somewhere in what tells where and when."""
    if obj is not None and sentence.lower(verb) not in ADDRESSING:
        return
    settings = [
        c
        for c in sentence.children[verb]
        if c > verb
        and (
            (sentence.deps[c] == "prep" and sentence.lower(c) in _SETTINGS)
            or (
                sentence.deps[c] == "advcl"
                and sentence.lower(sentence.left[c]) in _MOMENTS
                and sentence.child(c, "nsubj") is not None
                and sentence.child(c, "dobj") is not None
            )
        )
    ]
    for setting in settings:
        for mark in range(setting + 1, sentence.right[setting] + 1):
            clause = sentence.heads[mark]
            if (
                sentence.lower(mark) == "that"
                and sentence.left[clause] == mark
                and sentence.deps[clause] in {"acl", "relcl", "advcl", "ccomp"}
                and _is_complete(sentence, clause, mark, sentence.lower(verb) in _UNFINISHED)
            ):
                last = sentence.right[clause]
                for child in sentence.children[verb]:
                    # the marks go on: "said in a note that it “*respects, but does not share*” the view"
                    marked = 0 <= sentence.quote_of[last] == sentence.quote_of[child]
                    if marked and child > last and sentence.deps[child] == "conj":
                        last = sentence.right[child]
                yield Frame("clause", (trimmed(sentence, mark, last),))
                return


def _is_complete(sentence: Sentence, clause: int, mark: int, unfinished: bool) -> bool:
    """Whether a clause with "that" lacks nothing, so that it is no relative one ("in a book *that he wrote*").

    After a verb that would be unfinished without it, the parser's view of "that" doesn't count.
    """
    if sentence.deps[mark] == "mark":
        return True
    subject = sentence.child(clause, "nsubj", "nsubjpass", "expl")
    if subject in {None, mark}:
        return False
    return unfinished or any(
        c != mark and sentence.deps[c] in {"dobj", "acomp", "attr", "oprd"} for c in sentence.children[clause]
    )


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


def _clauses_without_verb(sentence: Sentence, verb: int) -> Iterator[Frame]:
    """ "Minister quits over contract, PM says *no early election*": a headline's statement may lack a verb."""
    if not announces_rest(sentence, verb):
        return
    yield Frame("clause", (trimmed(sentence, verb + 1, len(sentence.words) - 1),))


def announces_rest(sentence: Sentence, verb: int) -> bool:
    """Whether a cue in the midst of a headline, with a subject of its own, has a noun phrase as its statement."""
    if sentence.tags[verb] not in {"VBZ", "VBP"} or is_punctuation(sentence.words[-1]) or sentence.deps[verb] != "ROOT":
        return False
    subject = sentence.child(verb, "nsubj")
    labels = {"nsubj", "dobj"} if sentence.lower(verb) in {"say", "says"} else {"nsubj"}  # not "tells Reuters"
    following = next((c for c in sentence.children[verb] if c > verb and sentence.deps[c] in labels), None)
    if subject is None or subject > verb or following is None or sentence.left[following] != verb + 1:
        return False
    first = sentence.left[subject]
    return first > 0 and sentence.words[first - 1] == ","


def without_setting(sentence: Sentence, first: int, last: int) -> int:
    """Last token of a statement without what the reporter adds: ", hours after its conductor quit", ", a claim
    denied by the bank"."""
    for token in range(first + 2, last - 1):
        if sentence.words[token] == ",":
            if opens_denial(sentence, token + 1):
                return token - 1
            at = token + 1 + (sentence.tags[token + 1] in {"CD", "DT"})
            if at < last and sentence.lower(at) in SPANS_OF_TIME and sentence.lower(at + 1) in {"after", "before"}:
                return token - 1
    return last


def opens_denial(sentence: Sentence, token: int) -> bool:
    """ ", *a figure disputed by the unions*": what others think of a statement isn't part of it."""
    noun = sentence.heads[token]
    if sentence.tags[token] != "DT" or noun not in {token + 1, token + 2} or sentence.quote_of[token] >= 0:
        return False
    return any(
        sentence.deps[c] == "acl" and sentence.lower(c) in _CONTESTED and sentence.child(c, "agent") is not None
        for c in sentence.children[noun]
    )


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
