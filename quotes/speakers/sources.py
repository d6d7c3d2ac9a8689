"""Who the sentence of a cue says it is by: an ordered cascade of rules over the parse.

Each rule takes a sentence and the cue's head word and gives the head word of the speaker's noun
phrase or None; the first that gives one wins, and its name goes into the record.
"""

from __future__ import annotations

from collections.abc import Callable

from quotes.parse import Sentence

_OBJECT_CONTROL = frozenset(
    "prompted prompt prompts prompting led lead leads leading forced force forces caused cause asked ask asks "
    "urged urge pushed push pressed press allowed allow inspired inspire compelled persuaded convinced encouraged "
    "told ordered".split()
)
_DOCUMENTS = frozenset(
    "statement letter tweet message email e-mail memo note post release communique communiqué text video".split()
)
_BY = frozenset({"by", "from"})


def passive_agent(sentence: Sentence, cue: int) -> int | None:
    """ "The plan was called reckless *by the minister*"; "as reported *by the agency*"."""
    for child in sentence.children[cue]:
        by = sentence.deps[child] == "agent" or (sentence.deps[child] == "prep" and sentence.lower(child) == "by")
        if by and child > cue and is_passive(sentence, cue):
            return sentence.child(child, "pobj")
    return None


def subject(sentence: Sentence, cue: int) -> int | None:
    """ "*The minister* said …"; ""…," said *the minister*."""
    if is_passive(sentence, cue):
        return None
    # Of two the nearer: "Comparing the records, *the researchers* found …" has been parsed with both.
    subjects = [c for c in sentence.children[cue] if sentence.deps[c] == "nsubj"]
    found = min(subjects, key=lambda c: abs(c - cue), default=None)
    return None if found is None else _behind_adjunct(sentence, found, cue)


def _behind_adjunct(sentence: Sentence, token: int, cue: int) -> int:
    """ "In a post on Monday, *her sister*, Ann Lee, said": no apposition of the day, nor of what opens the sentence.

    The same goes for "Reacting, *the party secretary* said" and for "In a note to the board, *the owner* said".
    """
    adjunct = (
        sentence.lower(token) in TIMES
        or sentence.tags[token] == "VBG"
        or (sentence.deps[token] == "pobj" and sentence.tags[_opening(sentence, token)] in {"IN", "VBN", "VBG"})
    )
    beside = (c for c in sentence.children[token] if sentence.deps[c] == "appos" and token < c < cue)
    return next(beside, token) if adjunct else token


def _opening(sentence: Sentence, token: int) -> int:
    """The first word of the phrases that a token hangs in, as far as they reach to its left."""
    first = token
    while sentence.heads[first] < first:
        first = sentence.heads[first]
    return min(first, sentence.left[first]) if first else first


def shared_subject(sentence: Sentence, cue: int) -> int | None:
    """ "*The minister* opened the bridge and said …"."""
    token = cue
    while sentence.deps[token] == "conj" and sentence.heads[token] != token:
        token = sentence.heads[token]
        found = sentence.child(token, "nsubj", "nsubjpass")
        if found is not None:
            return found
    return None


def controller(sentence: Sentence, cue: int) -> int | None:
    """ "*The minister* went on to say …"; "*He* was quoted as saying …"."""
    token = cue
    for _ in range(5):
        label, head = sentence.deps[token], sentence.heads[token]
        if head == token or label not in {"xcomp", "pcomp", "prep", "conj", "ccomp", "acomp", "attr"}:
            return None
        if label == "ccomp" and sentence.tags[token] not in {"VB", "VBG"}:
            return None
        token = head
        if label not in {"pcomp", "xcomp"} and sentence.tags[token][0] not in "VJ":
            return None
        if sentence.lower(token) in {"quote", "quoted", "quotes", "quoting"} and sentence.deps[token] != "acl":
            quoted = sentence.child(token, "dobj", "nsubjpass")
            if quoted is not None:
                return quoted  # "The paper quoted *Munro* as saying …"
        obj = sentence.child(token, "dobj") if label == "xcomp" and sentence.lower(token) in _OBJECT_CONTROL else None
        if obj is not None and obj < cue:
            return obj  # "prompted *the minister* to say …"
        found = sentence.child(token, "nsubj", "nsubjpass")
        if found is not None:
            return found
        if sentence.deps[token] == "acl":
            return sentence.heads[token] if sentence.tags[token] != "VBN" else None
        if sentence.deps[token] == "advcl":
            return participle(sentence, token)
    return None


def participle(sentence: Sentence, cue: int) -> int | None:
    """ "*The minister* left, saying …"; "in *a letter* saying …"."""
    label, head = sentence.deps[cue], sentence.heads[cue]
    if sentence.tags[cue] != "VBG" and not any(sentence.tags[c] == "TO" for c in sentence.children[cue]):
        return None
    if label == "acl" and sentence.tags[cue] == "VBG":
        verb = sentence.heads[head]
        if sentence.lower(head) in _DOCUMENTS and sentence.deps[head] == "dobj":
            issuer = sentence.child(verb, "nsubj")
            if issuer is not None:
                return issuer  # "*The airline* issued a statement saying …"
        return head
    if label in {"advcl", "prep", "pcomp", "conj"} and head != cue:
        found = sentence.child(head, "nsubj", "nsubjpass")
        if found is None:
            found = shared_subject(sentence, head)
        if found is None and sentence.deps[head] in {"advcl", "xcomp"}:
            found = sentence.child(sentence.heads[head], "nsubj", "nsubjpass")
        return found
    return None


def inverted(sentence: Sentence, cue: int) -> int | None:
    """ ""…," posted *Jane Doe*, who …": what follows the verb after a statement, whatever the parse."""
    token = cue + 1
    if token >= len(sentence.words) or sentence.tags[cue] not in _FINITE or sentence.lower(token) in TIMES:
        return None
    if cue == 0 and sentence.tags[token] == "NNP":
        return _phrase_head(sentence, token)  # "Said *Ellis*: “…”"
    clause = next((c for c in sentence.children[cue] if c < cue and sentence.deps[c] in {"ccomp", "parataxis"}), None)
    if clause is None and not (cue > 0 and sentence.words[cue - 1] in {",", "?", "!"} and 0 in sentence.whole):
        return None
    if (
        sentence.tags[token] not in {"DT", "NNP", "NNPS", "NN", "NNS", "PRP", "JJ", "PRP$"}
        or sentence.quote_of[token] >= 0
    ):
        return None
    return _phrase_head(sentence, token)


def adjacent(sentence: Sentence, cue: int) -> int | None:
    """ "*Jolly* said …": the noun right before a finite verb that the parser left without a subject."""
    token = cue - 1
    while token >= 0 and sentence.deps[token] in {"aux", "neg", "advmod"} and not sentence.words[token][0].isupper():
        if sentence.tags[token] == "WRB":
            return None  # "in an interview in Macau *when* asked …"
        token -= 1
    if token > 0 and sentence.words[token] == ",":
        return _before_comma(sentence, cue, token - 1)
    if token < 0 or sentence.tags[cue] not in _FINITE or sentence.quote_of[token] >= 0:
        return None
    if sentence.tags[token] in {"NNP", "NNPS", "PRP", "NN", "NNS"} and sentence.heads[token] != cue:
        return _phrase_head(sentence, token)
    named = sentence.words[token][0].isupper() and sentence.lower(token) not in _OPENING_ADVERBS
    return token if named and sentence.tags[token] in {"NNP", "RB", "JJ", "NN"} else None


def _before_comma(sentence: Sentence, cue: int, last: int) -> int | None:
    """ "*Douglas Brinkley*, a historian who was there, recalled …": the phrase that the apposition belongs to."""
    if sentence.tags[cue] not in _FINITE or sentence.quote_of[last] >= 0:
        return None
    token = last
    while token > 0 and sentence.quote_of[token - 1] < 0 and sentence.words[token - 1] not in {":", ";", "."}:
        head = sentence.heads[token]
        if not (head <= last and sentence.quote_of[head] < 0):
            break
        token = min(head, token - 1) if head == token else head if head < token else token - 1
    noun = next((t for t in range(token, last + 1) if sentence.tags[t] in {"NNP", "NNPS", "PRP"}), None)
    if noun is None:
        return None
    head = _behind_adjunct(sentence, _phrase_head(sentence, noun), cue)
    return None if sentence.lower(head) in TIMES else head


def _phrase_head(sentence: Sentence, token: int) -> int:
    """Head word of the noun phrase that a token stands in."""
    while (
        sentence.deps[token] in {"det", "compound", "amod", "poss", "nummod", "nmod"} and sentence.heads[token] > token
    ):
        token = sentence.heads[token]
    return token


TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december today yesterday tomorrow last this early late".split()
)
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN"})
_OPENING_ADVERBS = frozenset(
    "also then now here there still later earlier reportedly allegedly famously instead meanwhile so thus never "
    "once not recently previously often even just only and but or yet".split()
)

Rule = Callable[[Sentence, int], "int | None"]

CASCADE: tuple[tuple[str, Rule], ...] = (
    ("passive-agent", passive_agent),
    ("subject", subject),
    ("shared-subject", shared_subject),
    ("participle", participle),
    ("controller", controller),
    ("adjacent", adjacent),
    ("inverted", inverted),
)


def source(sentence: Sentence, cue: int) -> tuple[int, str] | None:
    """Head word of the speaker's noun phrase and the name of the rule that found it."""
    for name, rule in CASCADE:
        found = rule(sentence, cue)
        # A quotation names nobody, nor does "there" or "it" in "it is said that …".
        if found is not None and sentence.quote_of[found] not in sentence.whole and sentence.deps[found] != "expl":
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
        of_source = sentence.lower(child) == "of" and any(
            sentence.child(c, "mark") is not None for c in sentence.children[cue] if c > child
        )  # "the insistence *of the landlord* that …"
        if sentence.deps[child] == "prep" and (sentence.lower(child) in _BY or of_source):
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
