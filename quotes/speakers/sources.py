"""Who the sentence of a cue says it is by: an ordered cascade of rules over the parse.

Each rule takes a sentence and the cue's head word and gives the head word of the speaker's noun
phrase or None; the first that gives one wins, and its name goes into the record.
"""

from __future__ import annotations

from collections.abc import Callable

from quotes.parse import Sentence

_BY = frozenset({"by", "from"})


def passive_agent(sentence: Sentence, cue: int) -> int | None:
    """"The plan was called reckless *by the minister*"; "as reported *by the agency*"."""
    for child in sentence.children[cue]:
        if sentence.deps[child] == "agent" or (
            sentence.deps[child] == "prep" and sentence.lower(child) == "by" and sentence.tags[cue] == "VBN"
        ):
            return sentence.child(child, "pobj")
    return None


def subject(sentence: Sentence, cue: int) -> int | None:
    """"*The minister* said …"; ""…," said *the minister*."""
    if is_passive(sentence, cue):
        return None
    return sentence.child(cue, "nsubj")


def shared_subject(sentence: Sentence, cue: int) -> int | None:
    """"*The minister* opened the bridge and said …"."""
    token = cue
    while sentence.deps[token] == "conj" and sentence.heads[token] != token:
        token = sentence.heads[token]
        found = sentence.child(token, "nsubj", "nsubjpass")
        if found is not None:
            return found
    return None


def controller(sentence: Sentence, cue: int) -> int | None:
    """"*The minister* went on to say …"; "*He* was quoted as saying …"."""
    token = cue
    for _ in range(4):
        label, head = sentence.deps[token], sentence.heads[token]
        if head == token or label not in {"xcomp", "pcomp", "prep", "conj", "ccomp"}:
            return None
        token = head
        if sentence.tags[token][0] != "V" and label not in {"pcomp"}:
            return None
        found = sentence.child(token, "nsubj", "nsubjpass")
        if found is not None:
            return found
        if sentence.deps[token] == "acl":
            return sentence.heads[token] if sentence.tags[token] != "VBN" else None
        if sentence.deps[token] == "advcl":
            return participle(sentence, token)
    return None


def participle(sentence: Sentence, cue: int) -> int | None:
    """"*The minister* left, saying …"; "in *a letter* saying …"."""
    label, head = sentence.deps[cue], sentence.heads[cue]
    if sentence.tags[cue] != "VBG" and not any(sentence.tags[c] == "TO" for c in sentence.children[cue]):
        return None
    if label == "acl" and sentence.tags[cue] == "VBG":
        return head
    if label in {"advcl", "prep", "pcomp", "conj"} and head != cue:
        found = sentence.child(head, "nsubj", "nsubjpass")
        if found is None:
            found = shared_subject(sentence, head)
        if found is None and sentence.deps[head] in {"advcl", "xcomp"}:
            found = sentence.child(sentence.heads[head], "nsubj", "nsubjpass")
        return found
    return None


Rule = Callable[[Sentence, int], "int | None"]

CASCADE: tuple[tuple[str, Rule], ...] = (
    ("passive-agent", passive_agent),
    ("subject", subject),
    ("shared-subject", shared_subject),
    ("participle", participle),
    ("controller", controller),
)


def source(sentence: Sentence, cue: int) -> tuple[int, str] | None:
    """Head word of the speaker's noun phrase and the name of the rule that found it."""
    for name, rule in CASCADE:
        found = rule(sentence, cue)
        if found is not None:
            return found, name
    return None


def nominal_source(sentence: Sentence, cue: int, governor: int) -> tuple[int, str] | None:
    """Speaker of a cue that is a noun or adjective, and the name of the rule.

    "*the minister's* claim that …"; "the claim *by the minister* that …"; "*The minister* voiced
    concern that …".
    """
    owner = sentence.child(cue, "poss")
    if owner is not None:
        return owner, "possessive"
    for child in sentence.children[cue]:
        if sentence.deps[child] == "prep" and sentence.lower(child) in _BY:
            found = sentence.child(child, "pobj")
            if found is not None:
                return found, "by-phrase"
    if governor != cue:
        return source(sentence, governor)
    if sentence.deps[cue] in {"amod", "compound", "nmod"} and sentence.tags[cue][0] == "J":
        return sentence.heads[cue], "modified-noun"
    if sentence.tags[cue][0] == "J":
        found = shared_subject(sentence, cue)
        if found is not None:
            return found, "shared-subject"
    return None


def is_passive(sentence: Sentence, cue: int) -> bool:
    """Whether a verb form is passive ("was accused", "a man accused of …")."""
    if sentence.tags[cue] != "VBN":
        return False
    return sentence.child(cue, "auxpass") is not None or (
        sentence.child(cue, "aux") is None and sentence.deps[cue] not in {"ROOT", "conj"}
    )
