"""How a verb and the statement it announces are tied: one function a construction.

Each takes a sentence and a verb, and yields `Frame`s. Which of them counts is for the lexicon
to say: "the minister welcomed the report" is a statement, "the minister carried the report" isn't.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from quotes.find.phrases import SUBJECTS, is_punctuation
from quotes.parse import Sentence


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
                last = without_setting(sentence, first, last)
                yield Frame(construction, ((first, last),), particles(sentence, verb, first))
                return
    yield from _clauses_of_object(sentence, verb)
    yield from _clauses_known(sentence, verb)


def _clauses_of_object(sentence: Sentence, verb: int) -> Iterator[Frame]:
    """ "promised pensioners *that …*", "asked the pilot *if …*", "said in a statement *that …*": the
    parser hangs the clause on the noun before it, or makes it an adverbial."""
    obj = sentence.child(verb, "dobj", "dative")
    hung: list[tuple[int, tuple[str, ...]]] = []
    if obj is not None and obj > verb:
        hung += [(obj, ("that",)), (verb, ("if", "whether"))]
    for child in sentence.children[verb]:
        if child > verb and sentence.deps[child] == "prep" and sentence.lower(child) in {"in", "on", "at", "to"}:
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
            for inner in sentence.children[child]:
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
            if inner is not None and inner > child and sentence.lower(verb) in _ASKING:
                tail = tuple(range(verb + 1, child + 1))
                yield Frame("clause", (trimmed(sentence, sentence.left[inner], sentence.right[inner]),), tail)


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
    if (
        clause is None
        and head != verb
        and sentence.deps[verb] in {"parataxis", "ccomp", "advcl", "dep"}
        and head < verb
    ):
        return
    if head != verb and sentence.deps[verb] in {"parataxis", "ccomp", "dep"} and verb < head:
        yield from _interrupted(sentence, verb, sentence.left[head], sentence.right[head])


def _closing(sentence: Sentence, verb: int) -> Iterator[Frame]:
    """ "Bus fares to rise in January, council says": a cue at the very end, whatever the parse."""
    last = verb + 1
    while last < len(sentence.words) and is_punctuation(sentence.words[last]):
        last += 1
    subject = sentence.child(verb, "nsubj")
    if last < len(sentence.words) or subject is None or sentence.tags[verb] not in {"VBD", "VBZ", "VBP"}:
        return
    first = subject
    while (
        first > 0
        and sentence.heads[first - 1] == subject
        and sentence.deps[first - 1] in {"det", "compound", "amod", "poss"}
    ):
        first -= 1
    if first > 3 and sentence.words[first - 1] == "," and first <= subject:
        yield Frame("before", (trimmed(sentence, 0, first - 1),))


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


_BIDDEN = frozenset("asked told urged ordered advised warned instructed invited encouraged reminded".split())
_ASKING = frozenset({"ask", "asks", "asked", "asking", "demand", "demands", "demanded", "demanding"})
_TELLING = frozenset({"tell", "tells", "told", "telling"})


def infinitives(sentence: Sentence, verb: int) -> Iterator[Frame]:
    """ "vowed to retaliate"; "urged the bank to act"; "denied taking money"."""
    if sentence.child(verb, "nsubjpass") is not None and sentence.lower(verb) not in _BIDDEN:
        return  # "is expected to win": nobody says so
    for child in sentence.children[verb]:
        if child > verb and sentence.deps[child] in {"xcomp", "advcl"}:
            if sentence.lower(verb) in _ASKING and sentence.lower(child) == "know":
                continue  # for `_clauses_known`
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
                    if sentence.lower(verb) in _TELLING:
                        yield Frame("to", ((first, last),))  # "told drivers *to turn back*"
                        continue
                    yield Frame(
                        "object-to", ((sentence.left[obj], last),), particles(sentence, verb, sentence.left[obj])
                    )
                    continue
                yield Frame("to", ((first, last),), particles(sentence, verb, first))
            elif sentence.deps[child] == "xcomp" and sentence.tags[child] == "VBG":
                yield Frame("gerund", ((first, last),), particles(sentence, verb, first))


def objects(sentence: Sentence, verb: int) -> Iterator[Frame]:
    """ "rejected the offer"; "called the plan “reckless”"; "condemned the raid as an outrage";
    "accused the bank of fraud"."""
    obj = next((c for c in sentence.children[verb] if c > verb and sentence.deps[c] == "dobj"), None)
    small = next((c for c in sentence.children[verb] if c > verb and sentence.deps[c] in {"oprd", "ccomp"}), None)
    named = sentence.tags[verb] == "VBN" and sentence.deps[verb] == "acl" and sentence.child(verb, "agent") is None
    if named and sentence.child(verb, "prt") is None:
        return  # "a village called Ashwick"
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
    yield Frame(construction, (trimmed(sentence, first, last),), particles(sentence, verb, first))


def prepositions(sentence: Sentence, verb: int) -> Iterator[Frame]:
    """ "called for calm"; "warned of floods"; "called on the bank to act"; "spoke about the war"."""
    for child in sentence.children[verb]:
        if child > verb and sentence.deps[child] in {"prep", "agent"} and sentence.deps[child] == "prep":
            inner = next(
                (c for c in sentence.children[child] if c > child and sentence.deps[c] in {"pobj", "pcomp"}), None
            )
            obj = sentence.child(verb, "dobj")
            if inner is None or (obj is not None and verb < obj < child):
                continue  # "condemned the attack on the synagogue" is about the attack
            first, last = sentence.left[inner], sentence.right[inner]
            word = sentence.lower(child)
            if sentence.lower(inner) in _SPANS_OF_TIME or (
                word in {"on", "in", "at"} and sentence.lower(inner) in _DAYS
            ):
                continue  # "argued for an hour", "said on Monday"
            for other in sentence.children[verb]:
                if other <= last:
                    continue
                asked = sentence.deps[other] in {"xcomp", "advcl"} and is_infinitive(sentence, other)
                if asked and word in {"on", "upon", "for", "with"}:
                    last = sentence.right[other]
                    break
                if sentence.deps[other] == "prep" and word == "to" and sentence.lower(other) == "as":
                    last = sentence.right[other]  # "referred to the fossil as a forgery"
                    break
            yield Frame(f"prep-{word}", (trimmed(sentence, first, last),), (*particles(sentence, verb, child), child))
        elif child > verb and sentence.deps[child] == "advcl" and (mark := sentence.child(child, "mark")) is not None:
            if sentence.lower(mark) == "for" and mark == verb + 1 and is_infinitive(sentence, child):
                # "called for the bank to act": the preposition opens the infinitive clause
                yield Frame("prep-for", (trimmed(sentence, mark + 1, sentence.right[child]),), (mark,))


def passives(sentence: Sentence, verb: int) -> Iterator[Frame]:
    """ "The bridge is said to be unsafe"; "*the minister* was accused by the bank *of fraud*"."""
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


_SPANS_OF_TIME = frozenset(
    "second seconds minute minutes hour hours day days week weeks month months year years decade decades while".split()
)
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december today morning afternoon evening night".split()
)

FRAMES = (clauses, preceding_clauses, as_clauses, infinitives, objects, prepositions, passives)


def without_setting(sentence: Sentence, first: int, last: int) -> int:
    """Last token of a statement without the reporter's time at its end: ", hours after its conductor quit"."""
    for token in range(first + 2, last - 1):
        if sentence.words[token] == ",":
            at = token + 1 + (sentence.tags[token + 1] in {"CD", "DT"})
            if at < last and sentence.lower(at) in _SPANS_OF_TIME and sentence.lower(at + 1) in {"after", "before"}:
                return token - 1
    return last


def particles(sentence: Sentence, verb: int, before: int) -> tuple[int, ...]:
    return tuple(c for c in sentence.children[verb] if sentence.deps[c] == "prt" and verb < c < before)


def is_infinitive(sentence: Sentence, token: int) -> bool:
    return any(sentence.tags[c] == "TO" and sentence.deps[c] == "aux" for c in sentence.children[token])


def trimmed(sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    while first < last and is_punctuation(sentence.words[first]):
        first += 1
    while last > first and (is_punctuation(sentence.words[last]) or sentence.deps[last] == "cc"):
        last -= 1
    return first, last
