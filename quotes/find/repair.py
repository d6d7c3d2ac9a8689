"""Parses put right where the parser often errs on news: a second cue hung into the first one's statement."""

from __future__ import annotations

from quotes.find.lexicon import Lexicon
from quotes.parse import Sentence

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_STATED = frozenset({"ccomp", "xcomp", "dobj", "prep"})
_ANNOUNCING = ("clause", "to", "object-of", "object-to")


def reattach(sentence: Sentence, lexicon: Lexicon) -> None:
    """Hang a second cue on the first where the parser put it into the first one's statement.

    "*said* the plan was dead and *urged* …" is parsed as "was dead and urged", "*said* the toll had
    risen, *vowing* revenge" as "risen, vowing": the statement gets too long and its second speaker
    is "the plan" or "the toll". A verb of saying without a subject of its own goes to the first cue.
    """
    changed = False
    _retag(sentence, lexicon)
    for token, label in enumerate(sentence.deps):
        tag = sentence.tags[token]
        coordinated = label == "conj" and tag in _FINITE
        adverbial = label == "advcl" and tag == "VBG" and token > 0 and sentence.words[token - 1] == ","
        contrasted = label == "advcl" and tag in _FINITE and _contrasts(sentence, token)
        if not (coordinated or adverbial or contrasted):
            continue
        subject = sentence.child(token, "nsubj")
        if subject is not None and not contrasted and not _resumes(sentence, token, subject):
            continue
        if not _says(sentence, token, lexicon, 0.75):
            continue
        root = sentence.heads[token]
        while sentence.deps[root] == "conj":
            root = sentence.heads[root]
        cue = sentence.heads[root]
        if sentence.deps[root] == "ccomp" and cue < root < token and _says(sentence, cue, lexicon, 0.6):
            sentence.heads[token] = cue
            changed = True
    if changed:
        sentence.set_parse(sentence.tags, sentence.deps, sentence.heads)


def _resumes(sentence: Sentence, verb: int, subject: int) -> bool:
    """ "Rubio said the treaty was dead, *and he railed* against …": the reporter goes on, with a pronoun."""
    opener = sentence.left[verb] - 1
    return (
        sentence.lower(subject) in {"he", "she", "they"}
        and opener > 0
        and sentence.lower(opener) in {"and", "but"}
        and sentence.words[opener - 1] == ","
    )


def _contrasts(sentence: Sentence, verb: int) -> bool:
    """ "…, *while Egypt's minister warned* of a catastrophe": the reporter sets another speaker beside the first."""
    mark = sentence.child(verb, "mark")
    subject = sentence.child(verb, "nsubj")
    if mark is None or subject is None or mark == 0 or sentence.words[mark - 1] != ",":
        return False
    return sentence.lower(mark) in {"while", "whereas"} and sentence.tags[subject] != "PRP"


def _says(sentence: Sentence, token: int, lexicon: Lexicon, floor: float) -> bool:
    """Whether a verb is a cue with something that can be its statement."""
    lemma = lexicon.lemma(sentence.lower(token), "verb")
    if lemma is None or not any(sentence.deps[c] in _STATED for c in sentence.children[token]):
        return False
    known = [entry.precision for c in _ANNOUNCING if (entry := lexicon.get("verb", lemma, c)) is not None]
    return bool(known) and max(known) >= floor


def _retag(sentence: Sentence, lexicon: Lexicon) -> None:
    """ "…, the Chamber of Commerce *estimates*": a verb of saying at the end that was tagged as a noun."""
    last = len(sentence.words) - 1
    while last > 0 and not sentence.words[last][0].isalnum():
        last -= 1
    if (
        sentence.deps[last] != "ROOT"
        or sentence.tags[last] not in {"NN", "NNS"}
        or sentence.child(last, "nsubj") is None
    ):
        return
    lemma = lexicon.lemma(sentence.lower(last), "verb")
    if lemma is not None and lexicon.get("verb", lemma, "before") is not None:
        sentence.tags[last] = "VBZ" if sentence.words[last].endswith("s") else "VBP"
