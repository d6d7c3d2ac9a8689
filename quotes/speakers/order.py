"""Who a quotation is by from the order of the words alone, for sentences whose parse names nobody.

In news copy a speaker stands in few places around a quotation and its verb (Pouliquen, Steinberger
and Best 2007, "Automatic detection of quotations in multilingual news", list them as patterns):

    "…," said the mayor of Lund          "…," Ann Lee, who leads the board, said on Monday
    Ann Lee, visibly tired, replied: "…"   She shook her head and joked, "…"

The parser gets most of these right. Where a long apposition or a rare name leads it astray, the
part-of-speech tags are mostly still right, and the order is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotes.find.finding import Offsets
from quotes.find.lexicon import Lexicon
from quotes.parse import Sentence
from quotes.speakers.chunks import NOUNS, PRONOUNS, Phrase, phrase_from, phrase_to, plain_phrase_to
from quotes.speakers.sources import source


@dataclass(frozen=True, slots=True)
class Ordered:
    """Token indices of what the order of the words says; `last` is inclusive.

    Attributes:
        cue: The verb.
        first: First word of the speaker's noun phrase.
        head: Its head word.
        last: Its last word.
    """

    cue: int
    first: int
    head: int
    last: int


_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN", "VB"})
_AUXILIARIES = frozenset("has have had is are was were be been will would did does do 's 've 'd 'll".split())
_BE = frozenset("is are was were be been being 're".split())
_NOBODY = frozenset("it there that this these those which what who i we you".split())
_BEFORE_PARTICIPLES = frozenset({",", "while", "before", "after", "by", "when", "without", "and", "in"})
_LEAST = 0.3
"""Lowest precision of a verb that may announce a quotation."""
_FAR = 14
"""How many words before a quotation its verb may stand."""


def by_order(sentence: Sentence, spans: Sequence[Offsets], lexicon: Lexicon) -> Ordered | None:
    """The speaker of quotations of one sentence.

    Args:
        sentence: A parsed sentence.
        spans: Offsets of whole quotations in it.
        lexicon: Tells the verbs of saying.
    """
    for start, end in spans:
        after = next((t for t in range(len(sentence.words)) if sentence.starts[t] >= end), len(sentence.words))
        before = next((t for t in range(len(sentence.words)) if sentence.ends[t] > start), len(sentence.words)) - 1
        found = _after(sentence, after, lexicon) or _before(sentence, before, lexicon)
        if found is not None and not _is_nobody(sentence, found.head):
            return found
    return None


def subject_by_order(sentence: Sentence, cue: int) -> Ordered | None:
    """The speaker of an indirect statement from the words before its verb.

    "*Oster* believes the town has had its chance"; "*she* said, before clarifying that …".
    """
    having = sentence.tags[cue] == "VBN" and cue > 0 and sentence.lower(cue - 1) == "having"
    if sentence.tags[cue] == "VBG" or having:
        phrase = _subject_of_main_clause(sentence, cue)
    elif sentence.tags[cue] in _FINITE and not _is_passive(sentence, cue):
        phrase = _subject(sentence, cue)
    else:
        phrase = None
    if phrase is None or _is_nobody(sentence, phrase[1]):
        return None
    return Ordered(cue, *phrase)


def _subject_of_main_clause(sentence: Sentence, cue: int) -> Phrase | None:
    """ "*The minister* left, before warning that …"; "Having said that …, *she* left"."""
    first = cue - (sentence.lower(cue - 1) == "having") if cue > 0 else 0
    if first > 0 and sentence.lower(first - 1) not in _BEFORE_PARTICIPLES:
        return None
    token = cue
    while sentence.heads[token] != token:
        token = sentence.heads[token]
        found = _source_of(sentence, token)
        if found is not None:
            return found
    # The clause may hang on a quotation: "“…,” *the mayor* said, before clarifying that …".
    outside = (t for t in range(cue - 1, -1, -1) if sentence.heads[t] == token and t != token)
    return next((found for t in outside if (found := _source_of(sentence, t)) is not None), None)


def _source_of(sentence: Sentence, verb: int) -> Phrase | None:
    if sentence.tags[verb] not in _FINITE or sentence.quote_of[verb] >= 0:
        return None
    found = source(sentence, verb)
    return None if found is None else _whole(sentence, found[0])


def _after(sentence: Sentence, token: int, lexicon: Lexicon) -> Ordered | None:
    """ ""…," said *one source* who …"; ""…," *Ann Lee*, who leads the board, said"."""
    # The comma stands inside the marks or after them.
    comma = "," in {_word(sentence, token - 1), _word(sentence, token)}
    token += _word(sentence, token) == ","
    if token >= len(sentence.words):
        return None
    if _announces(sentence, token, lexicon):
        phrase = phrase_from(sentence, token + 1)
        return None if phrase is None else Ordered(token, *phrase)
    phrase = phrase_from(sentence, token)
    if phrase is None:
        return None
    first, head, last = phrase
    if first < last and _announces(sentence, last, lexicon) and not _is_noun(sentence, last, lexicon):
        return Ordered(last, first, last - 1, last - 1)  # "the editorial *read*", taken for a noun
    verb = last + 1
    if _word(sentence, verb) == ",":
        verb = next((t + 1 for t in range(verb + 1, len(sentence.words)) if sentence.words[t] == ","), -1)
    while 0 < verb < len(sentence.words) and _is_between(sentence, verb):
        verb += 1
    if not 0 < verb < len(sentence.words):
        return None
    # Right behind the comma that ends a quotation any verb of acting announces it: ""…," Oliver *barked*".
    acts = comma and verb == last + 1 and sentence.tags[verb] in {"VBD", "VBZ"}
    if _is_passive(sentence, verb):
        return None
    return Ordered(verb, first, head, last) if acts or _announces(sentence, verb, lexicon) else None


def _before(sentence: Sentence, token: int, lexicon: Lexicon) -> Ordered | None:
    """ "*Ann Lee*, visibly tired, famously replied: “…”"; "*She* shook her head and joked, “…”"."""
    if _word(sentence, token) not in {",", ":"}:
        return None
    # Words may follow the verb: "told reporters:", "tweeted late on Sunday:".
    for cue in range(token - 1, max(-1, token - _FAR), -1):
        if sentence.quote_of[cue] >= 0 or sentence.words[cue] in {",", ";", ":"}:
            break
        goes_on = sentence.tags[cue] == "VBG" and _word(sentence, cue - 1) == ","
        if goes_on and lexicon.lemma(sentence.lower(cue), "verb"):
            return _going_on(sentence, cue, lexicon)
        if _announces(sentence, cue, lexicon) and not _is_noun(sentence, cue, lexicon):
            phrase = None if _is_passive(sentence, cue) else _subject(sentence, cue)
            return None if phrase is None else Ordered(cue, *phrase)
    return _label(sentence, token) if _word(sentence, token) == ":" else None


def _going_on(sentence: Sentence, cue: int, lexicon: Lexicon) -> Ordered | None:
    """ "*She* stated, “…,” adding, “…”": who said what stands before."""
    for verb in range(cue - 1, -1, -1):
        if sentence.quote_of[verb] < 0 and sentence.tags[verb] in _FINITE and _announces(sentence, verb, lexicon):
            found = source(sentence, verb)
            phrase = _subject(sentence, verb) if found is None else _whole(sentence, found[0])
            return None if phrase is None else Ordered(cue, *phrase)
    return None


def _label(sentence: Sentence, colon: int) -> Ordered | None:
    """ "HIGH TURNOUT IN LUND – *Ann Lee*: “…”"; "More from *Lee*: “…”"; "From *the report*: “…”"."""
    phrase = plain_phrase_to(sentence, colon - 1)
    if phrase is None:
        return None
    first, head, last = phrase
    owner = next((t for t in range(first, last) if sentence.tags[t] == "POS"), None)
    before = _word(sentence, first - 1).lower()
    opens = first == 1 or (first == 2 and sentence.lower(0) in {"more", "again"})
    if before == "from" and opens:
        if owner is not None and owner > first:
            return Ordered(colon, first, owner - 1, owner - 1)  # "From *Lee*'s letter: “…”"
        return Ordered(colon, first, head, last)
    # A name by itself at the start is a label (`find_labelled`).
    named = owner is None and all(sentence.tags[t] in {"NNP", "NNPS"} for t in range(first, last + 1))
    return Ordered(colon, first, head, last) if named and before in {"-", "–", "—"} else None


def _subject(sentence: Sentence, cue: int) -> Phrase | None:
    """The noun phrase before a verb, behind its adverbs, an infinitive or a verb that it is joined to."""
    token = cue - 1
    while token >= 0 and _is_between(sentence, token):
        token -= 1
    if token < 0 or sentence.quote_of[token] >= 0:
        return None
    if sentence.tags[token] in {"TO", "CC"}:
        verb = next((t for t in range(token - 1, -1, -1) if sentence.tags[t] in _FINITE), None)
        if verb is None or sentence.quote_of[verb] >= 0:
            return None
        found = source(sentence, verb)
        return _whole(sentence, found[0]) if found is not None else _subject(sentence, verb)
    if sentence.words[token] in {",", ")", "—", "–"}:
        return _behind_aside(sentence, token)
    return phrase_to(sentence, token)


def _behind_aside(sentence: Sentence, end: int) -> Phrase | None:
    """ "*Douglas Brinkley*, a historian, who was there, recalled": what the asides before a verb belong to."""
    closing = sentence.words[end]
    opening = "(" if closing == ")" else closing
    phrase = None
    for token in range(end - 1, 0, -1):
        if sentence.quote_of[token] >= 0 or sentence.words[token] in {":", ";"}:
            break
        if sentence.words[token] == opening:
            outer = phrase_to(sentence, token - 1)
            if outer is None:
                break
            phrase = outer
            # "Lee, *a historian*, who was there": itself an aside
            if sentence.lower(outer[0]) not in {"a", "an", "the"} or _word(sentence, outer[0] - 1) != ",":
                break
    return phrase


def _whole(sentence: Sentence, head: int) -> Phrase:
    phrase = phrase_to(sentence, head)
    return (head, head, head) if phrase is None else phrase


def _announces(sentence: Sentence, token: int, lexicon: Lexicon) -> bool:
    """Whether a word is a form of a verb of saying; its tag may be wrong ("the editorial *read*")."""
    if sentence.tags[token] in {"NNP", "NNPS", "DT", "IN", "VBG"} and not sentence.words[token].islower():
        return False
    if sentence.lower(token) in {"went", "goes"} and _word(sentence, token + 1) == "on":
        return True
    lemma = lexicon.lemma(sentence.lower(token), "verb")
    if lemma is None or sentence.tags[token] == "VBG":
        return False
    entries = (lexicon.get("verb", lemma, construction) for construction in ("before", "clause"))
    return any(entry is not None and entry.precision >= _LEAST for entry in entries)


def _is_noun(sentence: Sentence, token: int, lexicon: Lexicon) -> bool:
    """Whether a form of a verb of saying is none here: "in a Facebook *post*:", but not "the banner *read*:"."""
    if sentence.tags[token] == "VBN" and token > 0 and sentence.tags[token - 1] in {"DT", "JJ", "IN"}:
        return sentence.lower(token - 1) not in PRONOUNS  # "in a *written* statement", but "another *tweeted*"
    tagged = sentence.tags[token] in NOUNS or _word(sentence, token + 1) == "'s"
    owned = token > 0 and sentence.tags[token - 1] in {"POS", "PRP$"}
    return owned or (tagged and lexicon.lemma(sentence.lower(token), "noun") is not None)


def _is_passive(sentence: Sentence, verb: int) -> bool:
    """Whether the subject hears it: "he *was asked*, “…”"."""
    token = verb - 1
    while token > 0 and sentence.tags[token] == "RB":
        token -= 1
    if sentence.tags[verb] not in {"VBN", "VBD"}:
        return False
    auxiliary = _word(sentence, token).lower()
    # "he's said" is "he has said" where it can't be "he is told".
    return auxiliary in _BE or (auxiliary == "'s" and sentence.lower(verb) in {"told", "asked", "informed", "quoted"})


def _is_between(sentence: Sentence, token: int) -> bool:
    """Whether a word may stand between the subject and the verb: adverbs and auxiliaries."""
    return sentence.tags[token] in {"RB", "RBR", "MD"} or sentence.lower(token) in _AUXILIARIES


def _is_nobody(sentence: Sentence, head: int) -> bool:
    return sentence.lower(head) in _NOBODY


def _word(sentence: Sentence, token: int) -> str:
    return sentence.words[token] if 0 <= token < len(sentence.words) else ""
