"""Parses put right where the parser often errs on news: a second cue hung into the first one's statement."""

from __future__ import annotations

from quotes.find.frames import is_infinitive
from quotes.find.lexicon import Lexicon
from quotes.find.objects import NAMING
from quotes.find.rejoin import rejoin
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
    changed = _with_main_verb(sentence, lexicon) or _with_subject(sentence, lexicon) or _with_clause(sentence, lexicon)
    changed = _with_object(sentence) or changed
    if changed:
        sentence.set_parse(sentence.tags, sentence.deps, sentence.heads)
        changed = False
    _retag(sentence, lexicon)
    for token, label in enumerate(sentence.deps):
        tag = sentence.tags[token]
        coordinated = label == "conj" and tag in _FINITE
        adverbial = label == "advcl" and tag == "VBG" and token > 0 and sentence.words[token - 1] == ","
        contrasted = label == "advcl" and tag in _FINITE and _contrasts(sentence, token)
        if label == "conj" and tag == "VBG" and _agrees_with_cue_only(sentence, token):
            coordinated = True
        if not (coordinated or adverbial or contrasted):
            continue
        subject = sentence.child(token, "nsubj")
        if subject is not None and not contrasted and not _resumes(sentence, token, subject):
            continue
        agreeing = coordinated and subject is None and _agrees_with_cue_only(sentence, token)
        if not agreeing and not _says(sentence, token, lexicon, 0.75):
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
    if rejoin(sentence, lexicon):
        sentence.set_parse(sentence.tags, sentence.deps, sentence.heads)


def _agrees_with_cue_only(sentence: Sentence, verb: int) -> bool:
    """ "Lee *says* the owners are honest and *calls* the report a tale": singular as the cue, not as the statement."""
    root = sentence.heads[verb]
    cue = sentence.heads[root]
    finite = next((c for c in sentence.children[root] if sentence.tags[c] in {"VBZ", "VBP"} and c < root), root)
    tags = (sentence.tags[verb], sentence.tags[cue], sentence.tags[finite])
    if tags[:2] == ("VBG", "VBG"):
        return sentence.tags[root] in _FINITE  # "*writing* that it was wrong and *accusing* the others"
    return tags in {("VBZ", "VBZ", "VBP"), ("VBP", "VBP", "VBZ")}


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
    for token in range(1, len(sentence.words) - 1):
        # "has lived here for years and *claims* he …"
        coordinated = sentence.deps[token] == "conj" and sentence.tags[sentence.heads[token]][0] == "V"
        if sentence.tags[token] == "NNS" and coordinated and sentence.tags[token + 1] == "PRP":
            lemma = lexicon.lemma(sentence.lower(token), "verb")
            clause = sentence.child(token, "ccomp", "relcl", "acl")
            if lemma is not None and lexicon.get("verb", lemma, "clause") is not None and clause is not None:
                sentence.tags[token], sentence.deps[clause] = "VBZ", "ccomp"
        # "The 40-page paper *estimates* that …"
        clause = sentence.child(token, "ccomp")
        main = sentence.tags[token] in {"NN", "NNS"} and sentence.deps[token] == "ROOT"
        if main and clause is not None and clause > token and sentence.child(token, "nsubj") is not None:
            lemma = lexicon.lemma(sentence.lower(token), "verb")
            if lemma is not None and lexicon.get("verb", lemma, "clause") is not None:
                sentence.tags[token] = "VBZ" if sentence.words[token].endswith("s") else "VBP"
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


def _with_main_verb(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "The singer, 29, *announced* on Monday, May 4, that she would rest": a main verb taken for a participle."""
    for verb, label in enumerate(sentence.deps):
        noun = sentence.heads[verb]
        if label != "acl" or sentence.tags[verb] != "VBN" or sentence.deps[noun] != "ROOT" or verb < noun:
            continue
        clause = next(
            (
                c
                for c in (*sentence.children[noun], *sentence.children[verb])
                if c > verb and (mark := sentence.child(c, "mark")) is not None and sentence.lower(mark) == "that"
            ),
            None,
        )
        if clause is None and verb == noun + 1 and sentence.words[-1] == "." and not _FINITE & set(sentence.tags):
            # "The trust *offered* in May to pay half."
            clause = next((c for c in sentence.children[verb] if c > verb and is_infinitive(sentence, c)), None)
        elif sentence.words[verb - 1] != ",":
            continue
        if clause is None or sentence.tags[noun][0] not in "NP":
            continue
        if not _announces_clause(sentence, verb, lexicon, "to" if is_infinitive(sentence, clause) else "clause"):
            continue
        for child in sentence.children[noun]:
            if child > verb:
                sentence.heads[child] = verb
        sentence.tags[verb] = "VBD"
        sentence.heads[verb], sentence.deps[verb] = verb, "ROOT"
        sentence.heads[noun], sentence.deps[noun] = verb, "nsubj"
        sentence.heads[clause], sentence.deps[clause] = verb, "xcomp" if is_infinitive(sentence, clause) else "ccomp"
        return True
    return False


def _with_clause(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "She submitted *that the owner met* only two of them": "that" and the owner taken for objects."""
    for that, label in enumerate(sentence.deps):
        verb = that - 1
        if label != "dobj" or sentence.lower(that) != "that" or sentence.heads[that] != verb:
            continue
        subject = next((c for c in sentence.children[verb] if c > that and sentence.deps[c] == "dobj"), None)
        if subject is None or sentence.left[subject] != that + 1 or not _announces_clause(sentence, verb, lexicon):
            continue
        clause = next((c for c in sentence.children[subject] if c > subject and sentence.deps[c] == "acl"), None)
        if clause is None or sentence.tags[clause] not in _FINITE | {"VBN"} or clause != subject + 1:
            continue
        for token, head in ((clause, verb), (subject, clause), (that, clause)):
            sentence.heads[token] = head
        sentence.deps[clause], sentence.deps[subject], sentence.deps[that] = "ccomp", "nsubj", "mark"
        sentence.tags[clause] = "VBD"
        return True
    return False


def _with_object(sentence: Sentence) -> bool:
    """ "Mayor *calls* charge ‘absurd’": in a headline the main verb was taken for the subject of its object."""
    for verb in range(1, len(sentence.words) - 1):
        noun = verb + 1
        if sentence.deps[verb] != "nsubj" or sentence.heads[verb] != noun or sentence.tags[noun] not in {"VBP", "VB"}:
            continue
        subject = sentence.child(verb, "nsubj")
        marked = noun + 1 < len(sentence.words) and sentence.quote_of[noun + 1] >= 0
        if sentence.tags[verb] == "NNS" and sentence.lower(verb) in NAMING and marked:
            subject = sentence.child(verb, "compound")
        elif sentence.tags[verb] != "VBZ":
            continue
        if subject is None:
            continue
        sentence.tags[verb], sentence.deps[subject] = "VBZ", "nsubj"
        root = sentence.heads[noun] == noun
        sentence.heads[verb], sentence.deps[verb] = verb if root else sentence.heads[noun], sentence.deps[noun]
        for child in sentence.children[noun]:
            if child != verb:
                sentence.heads[child] = verb
        sentence.tags[noun], sentence.deps[noun], sentence.heads[noun] = "NN", "dobj", verb
        return True
    return False


def _with_subject(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "She will stand again, *her aide, Ann Lee,* said": a subject with an apposition put into the statement."""
    for verb, tag in enumerate(sentence.tags):
        if tag not in _FINITE or verb < 4 or sentence.words[verb - 1] != "," or sentence.quote_of[verb] >= 0:
            continue
        name = verb - 2
        noun = sentence.heads[name]
        if sentence.deps[name] != "appos" or sentence.tags[name] != "NNP" or sentence.child(verb, "nsubj") is not None:
            continue
        first = sentence.left[noun]
        named = sentence.deps[noun] in {"conj", "appos"} and sentence.tags[noun] in {"NN", "NNP"}
        if (
            not named
            or first == 0
            or sentence.words[first - 1] != ","
            or not _announces_clause(sentence, verb, lexicon)
        ):
            continue
        if any(sentence.deps[c] == "ccomp" and c < first for c in sentence.children[verb]):
            sentence.heads[noun], sentence.deps[noun] = verb, "nsubj"
            return True
    return False


def _announces_clause(sentence: Sentence, token: int, lexicon: Lexicon, construction: str = "clause") -> bool:
    lemma = lexicon.lemma(sentence.lower(token), "verb")
    entry = lexicon.get("verb", lemma, construction) if lemma is not None else None
    return entry is not None and entry.precision >= 0.75
