"""Statements that are objects or prepositional phrases: "condemned …", "called for …"."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.find.clauses import opens_denial
from quotes.find.frames import DAYS, SPANS_OF_TIME, Frame, is_infinitive, particles, trimmed
from quotes.find.inflect import verb_forms
from quotes.find.phrases import is_punctuation
from quotes.parse import Sentence

_SETTINGS = (
    DAYS
    | SPANS_OF_TIME
    | frozenset(
        "statement interview speech rally tweet letter email post debate conference briefing meeting event town "
        "campaign week weekend month year time moment".split()
    )
)
_RECKONING = frozenset(form for lemma in ("put", "estimate", "value", "peg") for form in verb_forms(lemma))
NAMING = frozenset(form for lemma in ("call", "label", "brand", "dub", "term") for form in verb_forms(lemma))
_CAUTIONING = frozenset(form for lemma in ("warn", "caution", "advise", "counsel") for form in verb_forms(lemma))
_REQUESTING = frozenset(form for lemma in ("ask", "beg", "petition", "press") for form in verb_forms(lemma))
_SHOWING = frozenset(form for lemma in ("post", "share", "publish", "upload", "tweet") for form in verb_forms(lemma))
_PICTURES = frozenset(
    word + plural
    for word in "picture photo photograph image selfie clip snap screenshot".split()
    for plural in ("", "s")
)
_SEEING = frozenset(form for lemma in ("see", "approve", "post", "address", "say") for form in verb_forms(lemma))
_PLACED = frozenset("top heart core centre center bottom border".split())
_REACTING = verb_forms("react")
_OUTLETS = frozenset("statement interview letter email e-mail tweet post memo speech video message".split())


def objects(sentence: Sentence, verb: int) -> Iterator[Frame]:
    """ "rejected the offer"; "called the plan “reckless”"; "condemned the raid as an outrage";
    "accused the bank of fraud"."""
    # "branded *her* ‘a bad cook’": taken for the one to whom something is given
    given = {"dobj", "dative"} if sentence.lower(verb) in NAMING else {"dobj"}
    obj = next((c for c in sentence.children[verb] if c > verb and sentence.deps[c] in given), None)
    small = next((c for c in sentence.children[verb] if c > verb and sentence.deps[c] in {"oprd", "ccomp"}), None)
    named = sentence.tags[verb] == "VBN" and sentence.deps[verb] == "acl" and sentence.child(verb, "agent") is None
    if named and sentence.child(verb, "prt") is None:
        return  # "a village called Ashwick"
    if obj is None and small is not None and sentence.deps[small] == "oprd":
        if _is_telephoned(sentence, verb, small):
            return
        yield Frame("object-as", (trimmed(sentence, sentence.left[small], sentence.right[small]),), ())
        return
    if obj is None:
        return
    if sentence.tags[obj] == "VBG" and sentence.left[obj] == obj and sentence.right[obj] > obj:
        yield Frame("gerund", (trimmed(sentence, obj, sentence.right[obj]),), particles(sentence, verb, obj))
    first, last = sentence.left[obj], sentence.right[obj]
    if sentence.lower(obj) in _PICTURES and sentence.lower(verb) in _SHOWING:
        return  # "posted *a picture of the boat*"
    if sentence.lower(obj) == "it" and sentence.lower(verb) in _SEEING:
        return  # "saw *it* differently"
    construction, since = "object", first
    for child in sentence.children[verb]:
        if child > obj:
            label, word = sentence.deps[child], sentence.lower(child)
            if label in {"oprd", "acomp"} or _is_epithet(sentence, verb, child):
                construction, last = "object-as", max(last, sentence.right[child])
            elif label == "prep" and word in {"as", "of", "for", "from"}:
                if word != "from":
                    # an aside before it is no end: "accused the militia, *a band of men*, of murder"
                    construction, since = f"object-{word}", child
                last = max(last, sentence.right[child])
            elif label == "prep" and word in {"against", "about"} and sentence.lower(verb) in _CAUTIONING:
                construction, since = f"object-{word}", child
                last = max(last, sentence.right[child])
            elif label == "advcl" and _is_judgement(sentence, child):
                construction, since = "object-as", child
                last = max(last, sentence.right[child])
            elif label == "prep" and word == "with" and construction == "object-as" and sentence.words[last + 1] == ",":
                last = max(last, sentence.right[child])  # "described her as tall, *with red hair*"
    last = bounded(sentence, verb, since, last)
    if sentence.lower(verb) in _RECKONING:
        figure = next((t for t in range(obj + 1, sentence.right[verb]) if _opens_figure(sentence, t)), None)
        if figure is None:
            return
        construction, last = "object-at", bounded(sentence, verb, first, max(last, sentence.right[figure]))
        for child in sentence.children[verb]:
            # "put Lee at 45% *and Roy at 44%, with 5% undecided*"
            second = sentence.deps[child] == "conj" and sentence.tags[child][0] == "N"
            if child > last and (second or _opens_figure(sentence, child) or sentence.lower(child) == "with"):
                last = sentence.right[child]
    yield Frame(construction, (trimmed(sentence, first, last),), particles(sentence, verb, first))


def _is_telephoned(sentence: Sentence, verb: int, name: int) -> bool:
    """ "Lee called *Roy* on Saturday": the parser makes a bare name what somebody is called."""
    judged = any(c < verb and sentence.deps[c] in {"dobj", "nsubjpass"} for c in sentence.children[verb])
    counted = "CD" in sentence.tags[sentence.left[name] : name]  # "called *only two witnesses*"
    bare = (sentence.tags[name] == "NNP" or counted) and sentence.quote_of[name] < 0
    return bare and not judged and sentence.deps[verb] not in {"relcl", "acl"}


def _is_epithet(sentence: Sentence, verb: int, child: int) -> bool:
    """ "branded her *a clumsy cow*", "calls draft text *‘a death sentence’*": taken for a second object."""
    if sentence.lower(verb) not in NAMING:
        return False
    first = sentence.left[child]
    return sentence.deps[child] == "dobj" or (sentence.quote_of[first] >= 0 and sentence.quote_of[first - 1] < 0)


def _is_judgement(sentence: Sentence, clause: int) -> bool:
    """ "described the report *as based on hearsay*", "… *as “fiction dressed up as fact”*": taken for an adverbial."""
    first = sentence.left[clause]
    if sentence.lower(first) != "as":
        return False
    if sentence.quote_of[first] < 0 <= sentence.quote_of[first + 1]:
        return True
    subject = sentence.child(clause, "nsubj", "nsubjpass", "expl")
    return subject is None and sentence.tags[clause] in {"VBN", "VBG", "JJ"}


def _opens_figure(sentence: Sentence, token: int) -> bool:
    """ "put the cost *at* £4m", not "put the box at the door" or "put him at odds with one of them"."""
    number = sentence.child(token, "pobj") if sentence.lower(token) == "at" else None
    return number is not None and any(
        sentence.tags[t] in {"CD", "$"} or sentence.words[t][-1] in "%$£€"
        for t in range(sentence.left[number], number + 1)
    )


def relatives(sentence: Sentence, verb: int) -> Iterator[Frame]:
    """ "a charge that Lee dismissed *as absurd*"; "…, which Lee called *a farce*".

    After a comma the pronoun stands for what is spoken of, else the noun before it does.
    """
    if sentence.deps[verb] not in {"relcl", "acl"} or sentence.tags[verb] not in {"VBD", "VBZ", "VBP", "VBN"}:
        return
    noun = sentence.heads[verb]
    first = sentence.left[verb]
    pronoun = first if sentence.lower(first) in {"which", "that", "whom", "who"} else None
    direct = [c for c in sentence.children[verb] if sentence.deps[c] == "dobj"]
    named = next((c for c in direct if c > verb), None)
    subject = sentence.child(verb, "nsubj")
    if subject is None and sentence.deps[verb] == "acl" and sentence.deps[first - 1] in {"appos", "pobj"}:
        subject = first - 1  # "a decision *unions* hailed as …", taken for an apposition
        first = sentence.left[subject]
    if subject in {None, pronoun} or not noun < first or (named is not None and sentence.lower(verb) not in NAMING):
        return
    if named is not None and pronoun is None:
        return  # "in a town where the council *called a session*", with the adverb lost
    for child in sentence.children[verb]:
        label = sentence.deps[child]
        judged = label in {"oprd", "acomp"} or child == named or (label == "prep" and sentence.lower(child) == "as")
        if child > verb and judged:
            said = trimmed(sentence, sentence.left[child], sentence.right[child])
            if _is_nickname(sentence, *said):
                return
            if pronoun is not None and sentence.words[pronoun - 1] == ",":
                yield Frame("relative-as", ((pronoun, pronoun), said))
            else:
                yield Frame("relative-as", (trimmed(sentence, sentence.left[noun], first - 1), said))
            return


def _is_nickname(sentence: Sentence, first: int, last: int) -> bool:
    """ "a villa that neighbours call “the Lemon”": marks around nothing but a name."""
    words = [w for w in sentence.words[first : last + 1] if w[0].isalpha() and w.lower() not in {"the", "a", "of"}]
    return sentence.quote_of[last] >= 0 and all(word[0].isupper() for word in words)


def prepositions(sentence: Sentence, verb: int) -> Iterator[Frame]:
    """ "called for calm"; "warned of floods"; "called on the bank to act"; "spoke about the war"."""
    for child in sentence.children[verb]:
        if child > verb and sentence.deps[child] == "prep":
            inner = next(
                (c for c in sentence.children[child] if c > child and sentence.deps[c] in {"pobj", "pcomp"}), None
            )
            obj = sentence.child(verb, "dobj")
            if inner is None:
                continue
            if obj is not None and verb < obj < child:
                if sentence.lower(verb) in _REQUESTING and sentence.lower(child) == "for":
                    wanted = trimmed(sentence, sentence.left[inner], sentence.right[inner])
                    yield Frame("prep-for", (wanted,))  # "asked the court *for more time*"
                continue  # "condemned the attack on the synagogue" is about the attack
            first, last = sentence.left[inner], sentence.right[inner]
            word = sentence.lower(child)
            if sentence.lower(inner) in SPANS_OF_TIME or (word in {"on", "in", "at"} and sentence.lower(inner) in DAYS):
                continue  # "argued for an hour", "said on Monday"
            for other in sentence.children[verb]:
                if other <= last:
                    continue
                asked = sentence.deps[other] in {"xcomp", "advcl"} and is_infinitive(sentence, other)
                if asked and word in {"on", "upon", "for", "with", "to"}:
                    last = sentence.right[other]
                    break
                if sentence.deps[other] == "prep" and word == "to" and sentence.lower(other) == "as":
                    last = sentence.right[other]  # "referred to the fossil as a forgery"
                    break
            if word == "with" and sentence.lower(verb) in _REACTING and first == inner:
                continue  # "reacted with *fury*"
            last = bounded(sentence, verb, first, last)
            yield Frame(f"prep-{word}", (trimmed(sentence, first, last),), (*particles(sentence, verb, child), child))
        elif child > verb and sentence.deps[child] == "advcl" and is_infinitive(sentence, child):
            mark = sentence.child(child, "mark")
            if mark == verb + 1 and sentence.lower(mark) == "for":
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


def denials(sentence: Sentence, verb: int) -> Iterator[Frame]:
    """ "The toll is 40, *a figure* disputed by the army"."""
    noun = sentence.heads[verb]
    if sentence.deps[verb] != "acl" or sentence.tags[verb] != "VBN" or not 0 < noun < verb:
        return
    first = sentence.left[noun]
    if first > 0 and sentence.words[first - 1] == "," and opens_denial(sentence, first):
        yield Frame("object", (trimmed(sentence, first, verb - 1),))


_TAKEN_ALONG = frozenset(
    "to on in against about with over by between among across under inside behind into through toward towards "
    "without near for at".split()
)


def bounded(sentence: Sentence, verb: int, first: int, last: int) -> int:
    """Last token of an object that is a statement, put right where the parse is often wrong.

    A phrase that follows directly belongs to it ("called for a recount *in nine districts*") unless
    it tells where the words were said; a relative clause after a comma is the reporter's ("criticised
    the treaty, *which was signed in May*"), as is an apposition with "a".
    """
    for child in sentence.children[verb]:
        if child == last + 1 and sentence.deps[child] == "prep" and sentence.lower(child) in _TAKEN_ALONG:
            inner = sentence.child(child, "pobj")
            if sentence.lower(child) == "at" and (inner is None or sentence.lower(inner) not in _PLACED):
                continue
            if inner is not None and sentence.lower(inner) not in _SETTINGS:
                last = sentence.right[child]
    for token in range(first + 1, last):
        if is_punctuation(sentence.words[token]) and sentence.words[token] in {",", "-", "–", "—", "--"}:
            after = sentence.lower(token + 1)
            aside = after in {"which", "who"} or (
                after in {"a", "an"} and sentence.deps[sentence.heads[token + 1]] == "appos"
            )
            if aside and sentence.quote_of[token] < 0:
                return token - 1
        elif (
            sentence.lower(token) == "in" and sentence.lower(token + 1) in {"a", "an"} and sentence.quote_of[token] < 0
        ):
            medium = sentence.child(token, "pobj")
            if medium is not None and sentence.lower(medium) in _OUTLETS and sentence.lower(token - 1) != "and":
                return token - 1  # "claimed responsibility for the raid *in a statement*"
    return last
