"""Inflected forms of the words in the cue lexicon.

Generating the forms of a few hundred known lemmas is exact where guessing the lemma of any word
isn't, and a dictionary look-up is all that is left to do at run time.
"""

from __future__ import annotations

import re

# Verbs whose forms no rule gives: past and participle (third person and -ing are regular).
_IRREGULAR = {
    "be": "was were been is are am",
    "bear": "bore borne",
    "begin": "began begun",
    "bet": "bet",
    "break": "broke broken",
    "bring": "brought",
    "buy": "bought",
    "cast": "cast",
    "choose": "chose chosen",
    "come": "came come",
    "cut": "cut",
    "draw": "drew drawn",
    "fall": "fell fallen",
    "feel": "felt",
    "fight": "fought",
    "find": "found",
    "foresee": "foresaw foreseen",
    "foretell": "foretold",
    "forget": "forgot forgotten",
    "forgive": "forgave forgiven",
    "get": "got gotten",
    "give": "gave given",
    "go": "went gone goes",
    "have": "has had having",
    "hear": "heard",
    "hit": "hit",
    "hold": "held",
    "keep": "kept",
    "know": "knew known",
    "lay": "laid",
    "lead": "led",
    "learn": "learnt",
    "leave": "left",
    "let": "let",
    "make": "made",
    "mean": "meant",
    "meet": "met",
    "mislead": "misled",
    "pay": "paid",
    "plead": "pled",
    "put": "put",
    "quit": "quit",
    "read": "read",
    "rethink": "rethought",
    "retweet": "retweeted retweeting",
    "rise": "rose risen",
    "run": "ran run",
    "say": "said",
    "see": "saw seen",
    "seek": "sought",
    "send": "sent",
    "set": "set",
    "shout": "shouted",
    "show": "showed shown",
    "sing": "sang sung",
    "speak": "spoke spoken",
    "spell": "spelt",
    "spend": "spent",
    "split": "split",
    "stand": "stood",
    "strike": "struck stricken",
    "swear": "swore sworn",
    "take": "took taken",
    "teach": "taught",
    "tear": "tore torn",
    "tell": "told",
    "think": "thought",
    "throw": "threw thrown",
    "understand": "understood",
    "uphold": "upheld",
    "win": "won",
    "withdraw": "withdrew withdrawn",
    "write": "wrote written",
}
_VOWELS = "aeiou"


def verb_forms(lemma: str) -> set[str]:
    """All forms of a verb; where spelling allows two ("travelled", "traveled"), both.

    >>> sorted(verb_forms("deny"))
    ['denied', 'denies', 'deny', 'denying']
    """
    lemma, _, particle = lemma.partition(" ")
    if particle:
        return verb_forms(lemma)  # "point out": the particle is looked for in the sentence
    forms = {lemma, *_IRREGULAR.get(lemma, "").split()}
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        forms.add(lemma + "es")
    elif _consonant_y(lemma):
        forms.add(lemma[:-1] + "ies")
    else:
        forms.add(lemma + "s")
    if lemma.endswith("e"):
        forms |= {lemma + "d", lemma + "ing" if lemma.endswith(("ee", "oe", "ye")) else lemma[:-1] + "ing"}
    elif _consonant_y(lemma):
        forms |= {lemma[:-1] + "ied", lemma + "ing"}
    else:
        forms |= {lemma + "ed", lemma + "ing"}
        if _doubles(lemma):
            forms |= {lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing"}
    if lemma.endswith("ie"):
        forms.add(lemma[:-2] + "ying")
    return forms | {british for form in forms for british in _british(form)}


def _british(form: str) -> set[str]:
    """British spellings of an American form ("criticized" → "criticised", "favored" → "favoured")."""
    variants = {form.replace("iz", "is")} if re.search(r"[^aeiou]iz(?:e|es|ed|ing)$", form) else set()
    variants |= {re.sub(r"yz(?=e|i)", "ys", form)} if "yz" in form else set()
    if re.search(r"(?:fav|hon|lab|endeav|harb)or", form):
        variants.add(re.sub(r"or(?=s?$|ed$|ing$)", "our", form))
    return variants


def noun_forms(lemma: str) -> set[str]:
    """Singular and plural of a noun.

    >>> sorted(noun_forms("warning"))
    ['warning', 'warnings']
    """
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        return {lemma, lemma + "es"}
    if _consonant_y(lemma):
        return {lemma, lemma[:-1] + "ies"}
    return {lemma, lemma + "s"}


def _consonant_y(lemma: str) -> bool:
    return len(lemma) > 2 and lemma[-1] == "y" and lemma[-2] not in _VOWELS


def _doubles(lemma: str) -> bool:
    """Whether the last consonant may double ("quip" → "quipped", "admit" → "admitted")."""
    if len(lemma) < 3 or lemma[-1] in _VOWELS + "wxyh" or lemma[-2] not in _VOWELS:
        return False
    return lemma[-3] not in _VOWELS or lemma[-4:-2] == "qu"
