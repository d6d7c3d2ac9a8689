"""The class of a word as one letter, from its tag where it was parsed, else from its shape.

What stands between quotation marks as a sentence of its own is never parsed (see `quotes.parse`).
There the closed classes and the commonest verbs are told by their words, and the rest by what they
stand between: enough to see where a noun phrase begins and ends.
"""

from __future__ import annotations

import re
from functools import cache

from quotes.find.inflect import verb_forms
from quotes.parse import Sentence

# D determiner, H possessive, A adjective or number, N noun, E name, S "'s", P pronoun, V verb, X auxiliary,
# T "to", I preposition, C conjunction, W opens a clause, R adverb or particle, - hyphen, . all else
_LETTER_OF_TAG = {
    **dict.fromkeys(("DT", "PDT"), "D"),
    **dict.fromkeys(("JJ", "JJR", "JJS", "CD", "$", "AFX"), "A"),
    **dict.fromkeys(("NN", "NNS", "FW", "ADD"), "N"),
    **dict.fromkeys(("NNP", "NNPS"), "E"),
    **dict.fromkeys(("PRP", "EX"), "P"),
    **dict.fromkeys(("WP", "WP$", "WDT", "WRB"), "W"),
    **dict.fromkeys(("RB", "RBR", "RBS", "RP"), "R"),
    **{"PRP$": "H", "POS": "S", "MD": "X", "TO": "T", "IN": "I", "CC": "C", "HYPH": "-"},
}
_CLOSED = {
    "D": "the a an this these those no any some every each all both another such",
    "H": "my your his her its our their",
    "P": "i you he she it we they me him us them himself herself itself themselves myself yourself ourselves mine "
    "yours ours theirs there nobody everybody somebody anybody nothing everything something anything everyone "
    "someone anyone one",
    "W": "who whom whose which what when where why how whoever whatever because if although though unless while "
    "whether",
    "X": "is are was were be been being am do does did has have had having will would can could may might must shall "
    "should cannot 'll ’ll 've ’ve 'd ’d 're ’re 'm ’m",
    "I": "of in on at by for from with into onto over under about after before against among between through during "
    "without within near as than like via per despite amid toward towards upon behind across around along outside "
    "inside off since until beyond above below throughout",
    "T": "to",
    "C": "and or but nor yet so",
    "R": "not never very too just also only even still now then here again ever always often well really quite rather "
    "already almost maybe perhaps up out forth down away back together however instead soon today tonight tomorrow "
    "yesterday once yes more most less far later else",
    "A": "many few several other own same good bad great big new old little much large small long high low right wrong "
    "sure clear able ready important serious strong true better best worse worst first last next two three four five "
    "six seven eight nine ten hundred thousand million billion certain different proud happy afraid dangerous free "
    "real terrible wonderful beautiful unacceptable ridiculous glad sorry confident hard easy",
}
_NEGATED = re.compile(r"(?:is|are|was|were|do|does|did|has|have|had|wo|would|ca|could|should|ai|must)n['’]t")
_VERBS = """
accuse achieve act add address admit agree allow apologize appear ask attack attempt be beat become begin believe
blame bomb bother bring build buy call campaign care change cheat choose come commit compete condemn consider continue
create cut damage deal decide defeat defend deny deserve destroy die divide do elect end endorse enforce ensure expect
face fail fall feel fight find focus follow force get give go grow handle happen hate have hear help hold hope hurt
implement improve include increase insult intend invade join keep kill know launch lead learn leave let lie listen
live look lose love make matter mean meet move need negotiate nominate offer open oppose pass pay plan play pretend
prevent promise propose protect provide pull push put raise reach read receive reduce refuse reject release remain
remember repeal replace represent require respect respond return ruin run save say see seem sell send serve set share
show sit solve speak spend stand start stay steal stop strengthen strike succeed suggest support take talk tell thank
think threaten treat try turn undermine understand unite urge use violate vote wait walk want warn watch welcome win
wish withdraw work worry write
""".split()
_AMBIGUOUS_BEFORE = frozenset({"of", "for", "on"})
_NOUN_ENDINGS = ("s", "tion", "ment", "ness", "ity", "ance", "ence", "ism", "er", "or", "ship")


def tagged(sentence: Sentence, token: int) -> str:
    """The class of a parsed word."""
    tag, label = sentence.tags[token], sentence.deps[token]
    if tag.startswith("V"):
        if label in {"amod", "compound"} and sentence.heads[token] > token:
            return "A"  # "a *leaked* memo"
        return "X" if label in {"aux", "auxpass"} else "V"
    return "W" if label == "mark" else _LETTER_OF_TAG.get(tag, ".")


def guessed(low: str, before: str, following: str) -> str:
    """The class of a word that was not parsed.

    Args:
        low: The word in lower case.
        before: Class of the word before it, adverbs left out; "." at the beginning.
        following: The word after it in lower case.
    """
    if low in {"'s", "’s"}:
        owner = before in {"N", "E"} and following not in closed_classes() and not following.endswith("ing")
        return "S" if owner else "X"
    if low == "that":
        pointing = before not in {"N", "V"} and following not in closed_classes() and not following.endswith("s")
        return "D" if pointing else "W"
    if low == "like" and before in {"P", "X", "T"}:
        return "V"  # "I don't like it"
    if low in closed_classes():
        return closed_classes()[low]
    if _NEGATED.fullmatch(low):
        return "X"
    if not low[0].isalnum():
        return "."
    if low in _verbs() or (len(low) > 4 and low.endswith(("ing", "ed"))):
        participle = low.endswith(("ing", "ed"))
        if before in {"D", "H", "A", "S"} or (before == "I" and not low.endswith("ing")):
            return "A" if participle else "N"
        return "N" if following in _AMBIGUOUS_BEFORE and before in {".", "V", "C"} and not participle else "V"
    if low.endswith("ly") and len(low) > 4:
        return "R"
    if low[0].isdigit():
        return "A"
    if before not in {"P", "T", "X"} or low.endswith(_NOUN_ENDINGS):
        return "N"
    taking = closed_classes().get(following, ".") in "DHP"
    return "V" if before != "X" or taking else "A"  # "we regret", "to regret", "will regret it"; "that is unfair"


def numbers(low: str) -> tuple[str, str]:
    """A noun without and with the "s" of the plural: "bridge" and "bridges" for either."""
    one = low[:-1] if len(low) > 3 and low.endswith("s") and not low.endswith("ss") else low
    return one, f"{one}s"


@cache
def closed_classes() -> dict[str, str]:
    """Determiners, pronouns, prepositions and the like with their class; the commonest adjectives are among them."""
    return {word: letter for letter, words in _CLOSED.items() for word in words.split()}


@cache
def _verbs() -> frozenset[str]:
    return frozenset().union(*map(verb_forms, _VERBS))
