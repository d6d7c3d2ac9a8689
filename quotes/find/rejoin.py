"""Parses put right where a statement is cut in two: its second half hung on the cue."""

from __future__ import annotations

from quotes.find.lexicon import Lexicon
from quotes.find.phrases import SUBJECTS, is_punctuation
from quotes.find.unsaid import ATTITUDES
from quotes.parse import Sentence

_PAST_AUXILIARIES = frozenset("had would could might was were did should 'd".split())
_BEING = frozenset("is are was were be been am 's has have had".split())
_FINITE = frozenset({"VBD", "VBN", "VBZ", "VBP"})
_THIRD_PERSONS = frozenset({"he", "she", "they", "it", "people"})
_COMPLEMENTS = {"ccomp": ("clause",), "xcomp": ("to", "object-to"), "dobj": ("object-of", "object-to", "object-as")}
"""Constructions of a cue with such a child; "found *nothing*" announces nothing, "found *that* …" does."""


def rejoin(sentence: Sentence, lexicon: Lexicon) -> bool:
    """Hang clauses that go on with a statement on that statement, where the parser hung them on its cue.

    "Lee said the dam was old *but the wall was not*" is parsed as "said … but was not". What tells the
    statement from the reporter's own next step ("said the dam was old *and left the room*",
    "… *but called it safe*") is another "that", tense, and whether the verb is a cue itself.

    Returns:
        Whether a head was changed; the caller must derive the edges anew.
    """
    changed = False
    for token, label in enumerate(sentence.deps):
        if label == "mark" and _opens_second(sentence, token):
            cue = sentence.heads[token]
            clause = _statement(sentence, cue, token)
            if clause is not None and clause > cue and _announces(sentence, cue, lexicon) >= 0.6:
                for child in sentence.children[cue]:
                    if child >= token and not is_punctuation(sentence.words[child]):
                        sentence.heads[child] = clause
                changed = True
            continue
        if label not in {"conj", "ccomp"} or sentence.tags[token][0] not in "VM" or _is_quotation(sentence, token):
            continue
        cue = sentence.heads[token]
        clause = _statement(sentence, cue, token)
        if clause is None or sentence.quote_of[cue] >= 0 or _announces(sentence, cue, lexicon) < 0.6:
            continue
        goes_on = _goes_on_after if clause > cue else _goes_on_around
        if label == "conj" and goes_on(sentence, cue, clause, token, lexicon):
            sentence.heads[token] = clause
        elif label == "ccomp" and clause > cue and _runs_on(sentence, clause, token):
            sentence.heads[token], sentence.deps[token] = clause, "conj"
        else:
            continue
        changed = True
    return changed


def _opens_second(sentence: Sentence, mark: int) -> bool:
    """ "told the radio that two were held *and that a rifle matched*": the second clause's verb was not seen as one."""
    return sentence.lower(mark) == "that" and mark > 0 and sentence.lower(mark - 1) in {"and", "but", "or"}


def _statement(sentence: Sentence, cue: int, token: int) -> int | None:
    """The clause that is the cue's statement, if `token` comes after both."""
    clause = sentence.child(cue, "ccomp")
    if clause is None or clause >= token or cue >= token or _is_quotation(sentence, clause):
        return None
    return clause


def _is_quotation(sentence: Sentence, token: int) -> bool:
    return sentence.quote_of[token] in sentence.whole


def _goes_on_after(sentence: Sentence, cue: int, clause: int, token: int, lexicon: Lexicon) -> bool:
    """ "said the dam was old *but the wall was not*"; "said he had met the mayor *and found him calm*"."""
    mark = sentence.child(token, "mark")
    if mark is not None and sentence.lower(mark) == "that":
        return True
    subject = sentence.child(token, *SUBJECTS)
    present = sentence.tags[cue] in {"VBZ", "VBP"}
    attitude = lexicon.lemma(sentence.lower(token), "verb") in ATTITUDES and (
        not present if subject is None else sentence.lower(subject) in _THIRD_PERSONS
    )
    if not attitude and _announces(sentence, token, lexicon) >= 0.6:
        return present and sentence.tags[token] == "VBD" and subject is None
    if subject is None:
        if present and sentence.tags[token] == "VBD":
            return True  # "says he met the mayor and *asked* him": the reporter would say "asks"
        if any(sentence.tags[c] == "MD" and c < token for c in sentence.children[token]):
            return _opener(sentence, token) != ","  # "said it was sorry *and would pay*"
        perfect = any(sentence.lower(c) in {"had", "has", "have"} for c in sentence.children[clause] if c < clause)
        return attitude or (perfect and _opener(sentence, token) != "," and sentence.tags[token] in {"VBD", "VBN"})
    after_comma = _opener(sentence, token) == ","
    if not _is_past(sentence, token) and (after_comma or sentence.tags[cue] in {"VBD", "VBG"}):
        return attitude
    return not after_comma or attitude or _is_state(sentence, token)


def _goes_on_around(sentence: Sentence, cue: int, clause: int, token: int, lexicon: Lexicon) -> bool:
    """ "The water was clean, he said, *and tests would follow*"."""
    return (
        sentence.right[clause] < cue
        and sentence.child(token, *SUBJECTS) is not None
        and _opener(sentence, token) == ","
        and _is_state(sentence, token)
        and _announces(sentence, token, lexicon) < 0.6
    )


def _runs_on(sentence: Sentence, clause: int, token: int) -> bool:
    """ "said he would go *should she win*"; "said the thief left the house, *walked* to the car *and drove* off"."""
    first = sentence.left[token]
    if first == sentence.right[clause] + 1:
        joined = {sentence.tags[first - 1], sentence.tags[first]} & {"CC", "WDT", "WP"}
        return not joined and not is_punctuation(sentence.words[first])
    listed = any(sentence.deps[c] == "conj" and sentence.tags[c] in _FINITE for c in sentence.children[token])
    return (
        listed
        and sentence.words[first - 1] == ","
        and sentence.tags[token] in _FINITE
        and sentence.child(token, *SUBJECTS) is None
    )


def _opener(sentence: Sentence, token: int) -> str:
    """What stands before the conjunction that opens a clause, or before the clause without one."""
    before = sentence.left[token] - 1
    if before > 0 and sentence.deps[before] == "cc":
        before -= 1
    return sentence.words[before] if before >= 0 else ""


def _is_past(sentence: Sentence, token: int) -> bool:
    return sentence.tags[token] == "VBD" or any(
        sentence.lower(c) in _PAST_AUXILIARIES for c in sentence.children[token] if c < token
    )


def _is_state(sentence: Sentence, token: int) -> bool:
    """Whether a clause says how things are or would be, not what somebody did next."""
    return sentence.lower(token) in _BEING or any(
        sentence.deps[c] in {"aux", "auxpass"} for c in sentence.children[token]
    )


def _announces(sentence: Sentence, token: int, lexicon: Lexicon) -> float:
    """How good a cue a verb is in the best of the constructions that its children allow, 0 if in none."""
    lemma = lexicon.lemma(sentence.lower(token), "verb")
    if lemma is None:
        return 0.0
    labels = {sentence.deps[c] for c in sentence.children[token] if c > token or sentence.deps[c] == "ccomp"}
    entries = (
        lexicon.entries.get(("verb", lemma, construction))
        for label in labels & _COMPLEMENTS.keys()
        for construction in _COMPLEMENTS[label]
    )
    return max((entry.precision for entry in entries if entry is not None), default=0.0)
