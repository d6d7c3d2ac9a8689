"""Words that the article says nobody said: denied, refused, supposed, asked about or still to come."""

from __future__ import annotations

from quotes.find.inflect import verb_forms
from quotes.parse import Sentence

ATTITUDES = frozenset(
    "think believe want expect hope know feel like love hate support agree trust care plan intend see understand "
    "accept doubt regret mind fear worry consider view oppose favor back endorse approve need wish prefer seek "
    "share recognize remember forget appreciate respect enjoy deserve dislike aim try mean suspect assume imagine "
    "figure concerned worried confident sure certain optimistic aware happy eager ready afraid willing convinced "
    "skeptical".split()
)
"""Lemmas of what is thought rather than said; its negation says as much ("doesn't believe that …")."""

_NOBODY = frozenset({"nobody", "none", "neither", "no-one", "nothing", "anyone", "anybody"})
_HELD_BACK = frozenset(
    "decline declines declined declining refuse refuses refused refusing fail fails failed failing avoid avoids "
    "avoided avoiding stop stops stopped stopping hesitate hesitates hesitated unable unwilling reluctant without "
    "short loath expected plan plans planned planning intend intends intended due likely set scheduled".split()
)
"""What governs a verb of saying that was not, or not yet, carried out ("declined *to say*")."""

_BIDDING = frozenset(
    form
    for lemma in "ask urge beg implore call want press petition order direct instruct expect allow".split()
    for form in verb_forms(lemma)
)
"""What somebody says so that another does or says something, which is not said by it."""

_QUESTIONING = frozenset("how why what whether when who where which if".split())
"""What opens a question: "asked him to explain *how* it was lost" asks it."""

_SUPPOSED = frozenset({"may", "might", "could", "must", "should"})
_REQUESTS = frozenset({"comment", "elaborate", "respond", "reply", "answer"})
_NEGATIONS = frozenset({"never", "neither", "nor", "hardly"})


def unsaid(sentence: Sentence, verb: int, lemma: str, construction: str, content: tuple[int, int]) -> bool:
    """Whether a cue reports words that were not said.

    Args:
        sentence: The sentence.
        verb: The cue's verb (of "made the claim" the verb "made"), or the noun or adjective itself.
        lemma: Lemma of the cue.
        construction: Name of the construction.
        content: First and last token of the statement.
    """
    if sentence.lower(content[0]) == "to" and content[1] <= content[0] + 1 and sentence.lower(content[1]) in _REQUESTS:
        return True  # "was asked to comment"
    if lemma in ATTITUDES or sentence.tags[verb][0] != "V":
        return False
    return (
        is_negated(sentence, verb)
        or _has_nobody(sentence, verb)
        or _is_supposed(sentence, verb)
        or _is_held_back(sentence, verb)
        or (sentence.lower(content[0]) not in _QUESTIONING and _is_bidden(sentence, verb))
        or (construction != "before" and (_is_asked(sentence, verb) or _is_told(sentence, verb)))
    )


def is_negated(sentence: Sentence, verb: int) -> bool:
    """ "did not say"; "has never said"; "neither confirmed *nor denied*"."""
    for child in sentence.children[verb]:
        if child < verb and (sentence.deps[child] == "neg" or sentence.lower(child) in _NEGATIONS):
            return True
    head = sentence.heads[verb]
    return sentence.deps[verb] == "conj" and any(
        sentence.lower(c) in {"nor", "neither"} for c in sentence.children[head] if c < verb
    )


def _has_nobody(sentence: Sentence, verb: int) -> bool:
    """ "*Nobody* said …"; "*No official* said …"."""
    subject = sentence.child(verb, "nsubj")
    if subject is None:
        return False
    return sentence.lower(subject) in _NOBODY or any(
        sentence.lower(c) in {"no", "neither"} for c in sentence.children[subject] if sentence.deps[c] in {"det", "neg"}
    )


def _is_supposed(sentence: Sentence, verb: int) -> bool:
    """ "A cynic *might* say …"; "*If* he says …"."""
    for child in sentence.children[verb]:
        if child < verb and sentence.deps[child] == "aux" and sentence.lower(child) in _SUPPOSED:
            return sentence.tags[verb] == "VB"  # "could have said" is as unsaid, but rare and often irony
        if sentence.deps[child] == "mark" and sentence.lower(child) in {"if", "unless"}:
            return True
    return False


def _is_held_back(sentence: Sentence, verb: int) -> bool:
    """ "declined *to say*"; "without *saying*"; "is expected *to announce*"."""
    token = verb
    for _ in range(3):
        head = sentence.heads[token]
        if any(sentence.lower(c) == "yet" and c < verb for c in (*sentence.children[token], *sentence.children[head])):
            return sentence.tags[verb] == "VB"  # "has yet to say"
        if head == token or sentence.deps[token] not in {"xcomp", "pcomp", "prep", "acl", "conj"}:
            return False
        if sentence.deps[token] == "conj" and sentence.tags[token] != sentence.tags[head]:
            return False
        if sentence.lower(head) in _HELD_BACK or (sentence.tags[head][0] == "V" and is_negated(sentence, head)):
            return sentence.deps[token] != "conj"
        token = head
    return False


def _is_bidden(sentence: Sentence, verb: int) -> bool:
    """ "urged the court *to declare* that …"; "was granted anonymity *to describe* the talks"."""
    head = sentence.heads[verb]
    if sentence.tags[verb] != "VB" or sentence.deps[verb] not in {"xcomp", "advcl", "acl"}:
        return False
    if not any(sentence.tags[c] == "TO" for c in sentence.children[verb] if c < verb):
        return False
    obj = sentence.child(head, "dobj")
    if "anonymity" in {sentence.lower(head), sentence.lower(obj) if obj is not None else ""}:
        return True
    return sentence.lower(head) in _BIDDING and obj is not None and head < obj < verb


def _is_asked(sentence: Sentence, verb: int) -> bool:
    """ "Did she say that …?"; "*Who* said that …?"."""
    if sentence.words[-1] != "?" or sentence.quote_of[-1] >= 0:
        return False
    subject = sentence.child(verb, "nsubj")
    if subject is None:
        return False
    auxiliary = sentence.child(verb, "aux")
    return sentence.tags[subject] in {"WP", "WDT"} or (auxiliary is not None and auxiliary < subject)


def _is_told(sentence: Sentence, verb: int) -> bool:
    """An imperative: "Say that you lost the ticket"."""
    return (
        sentence.tags[verb] == "VB"
        and sentence.deps[verb] == "ROOT"
        and sentence.left[verb] == verb
        and sentence.child(verb, "nsubj", "aux") is None
    )
