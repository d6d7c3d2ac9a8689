"""Names and descriptions of one speaker, set beside each other by commas.

"The losing bidder, Northern Line Buses, said"; "Ann Lee, the captain who leads the team, said".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.speakers.lexicon import fold, lexicon
from quotes.speakers.names import Name
from quotes.speakers.roles import is_role
from quotes.speakers.tokens import Token

if TYPE_CHECKING:
    from quotes.speakers.article import Scene

_DEFINITE = frozenset({"the", "his", "her", "its", "their", "our", "my", "'s", "’s", "a", "an", "one", "another"})
_TITLE = 8
"""Tokens between the comma and a name that a title has at most: "former Secretary of State Ann Lee"."""
_GIVEN = 12
"""Tokens within which "who gave her name" follows a description, and the name follows that."""
_APPOSITION = 12
"""Tokens of an apposition at most."""
_BREAKS = frozenset(
    {"who", "which", "that", "whose", "whom", "where", "when", "while", "as", "because", "if", "and", "or", "but"}
)
_BASED = ("-based", "-owned", "-listed", "-headquartered", "-backed", "-registered", "-run", "-controlled")
_GIVES = frozenset({"name", "named", "identified", "known", "introduced", "called"})
"""Words that lead from "who" to the name that somebody gave: "who gave her name only as Rosa"."""
_CLOSING = frozenset({",", ".", ";"})


def name_after(scene: Scene, first: int, head: int, last: int) -> Name | None:
    """The name beside the description `tokens[first:last]` with head word `head`.

    "The island's only vet, *Sigrun Haldane*, said", "One of them, *Riho Mets*, said", "Its president, Harbour
    County Sheriff *Dale Ruck*, said", "Counsel for the mine, Mrs *Ada Obi* (SAN), said".
    """
    tokens = scene.tokens
    comma = next((at for at in range(head + 1, min(last + 1, len(tokens))) if tokens[at].text == ","), len(tokens))
    if comma + 1 >= len(tokens) or tokens[comma].sentence != tokens[head].sentence:
        return None
    if tokens[head].low in lexicon().role_plurals:
        return None  # "the officials, Ann Lee, …": a list
    if comma == last and first and tokens[first - 1].low in lexicon().prepositions:
        return None  # "According to a report, Ann Lee, an aide, left"
    opening = {token.low for token in tokens[first : head + 1]}
    if not (opening & _DEFINITE) and not is_role(tokens[head]):
        return None
    begin = comma + 1 + (tokens[comma + 1].low == "the" and comma + 2 < len(tokens))
    for name in scene.names_in(tokens[comma + 1].start, tokens[min(begin + _TITLE, len(tokens) - 1)].end):
        after = _behind(tokens, scene.index(name.end - 1) + 1)
        if _fits(scene, name, comma, begin) and (after == last or _closed(tokens, after)):
            return name
    return None


def _fits(scene: Scene, name: Name, comma: int, begin: int) -> bool:
    """Whether nothing but "the" and a title stands between a comma and a name."""
    start = scene.index(name.start)
    if name.modifier or name.possessive or (name.kind == "place" and name.sure):
        return False
    if name.outer[0] == scene.tokens[comma + 1].start:
        return True  # "former Secretary of State Ann Lee"
    origin = all(_origin(token) for token in scene.tokens[begin:start])
    titled = origin or name.titled or name.role is not None
    return titled and all(_titles(token) for token in scene.tokens[begin:start])


def _origin(token: Token) -> bool:
    """Whether a word before a body's name says where it is from or whose: "Leeds-based", "state-owned", "Greek"."""
    return token.low.endswith(_BASED) or fold(token.text) in lexicon().adjectives


def name_given(scene: Scene, head: int) -> Name | None:
    """The name that the person at `head` gives: "A trader, who gave her name only as *Mama Rosa*, said"."""
    tokens = scene.tokens
    ahead = range(head + 1, min(head + _GIVEN, len(tokens)))
    who = next((at for at in ahead if tokens[at].low == "who"), None)
    if who is None or not is_role(tokens[head]) or tokens[who].sentence != tokens[head].sentence:
        return None
    told = False
    for at in range(who + 1, min(who + _GIVEN, len(tokens) - 1)):
        token = tokens[at]
        if token.sentence != tokens[head].sentence or token.text == "," or token.low in lexicon().speech - _GIVES:
            return None
        told = told or token.low in _GIVES
        if told and token.low == "as":
            begin = tokens[at + 1].start
            return next(
                (n for n in scene.names_in(begin, tokens[min(at + 3, len(tokens) - 1)].end) if not n.possessive), None
            )
    return None


def _titles(token: Token) -> bool:
    """Whether a word can be one of a title: "school", "Harbour", "librarian", "Rev."; no comma, preposition or verb."""
    words, low = lexicon(), token.low
    outside = low in words.function or low in words.speech or low in words.auxiliaries or low in words.prepositions
    return token.word and token.joined and (is_role(token) or low in words.honorifics or not outside)


def _behind(tokens: list[Token], at: int) -> int:
    """Index after a bracket, an age and letters behind a name: "Ann Lee (Con), 45,"."""
    if at < len(tokens) and tokens[at].text == "(":
        at = next((i for i in range(at, min(at + 7, len(tokens))) if tokens[i].text == ")"), at) + 1
    while at < len(tokens) and tokens[at].text in lexicon().letters:
        at += 1
    aged = at + 2 < len(tokens) and tokens[at].text == "," and tokens[at + 1].text.isdigit()
    return at + 2 if aged and tokens[at + 2].text == "," else at


def _closed(tokens: list[Token], at: int) -> bool:
    """Whether the apposition ends at the token `at`, and isn't one of a list: "a vet, Ann Lee, and her son"."""
    if at >= len(tokens) or not tokens[at].joined:
        return True
    return tokens[at].text in _CLOSING and not (at + 1 < len(tokens) and tokens[at + 1].low in {"and", "or"})


def name_before(scene: Scene, first: int, last: int) -> Name | None:
    """The name that begins a sentence and that the description `tokens[first:last]` stands beside.

    "*Ann Lee*, the captain who leads the team, said": where the description was taken for the subject.
    """
    tokens = scene.tokens
    if first < 2 or tokens[first - 1].text != "," or not tokens[first - 1].joined:
        return None
    if (
        last >= len(tokens)
        or tokens[last].text != ","
        or tokens[first].low not in {"the", "a", "an", "his", "her", "its"}
    ):
        return None
    name = scene.name_at(tokens[first - 2].start)
    if name is None or name.possessive or name.kind == "place":
        return None
    begin = scene.index(min(name.outer[0], name.start))
    if begin and tokens[begin - 1].low == "the":
        begin -= 1
    opens = not begin or tokens[begin - 1].sentence != tokens[first].sentence
    return name if opens and name.end == tokens[first - 2].end else None


def body_before(scene: Scene, head: int) -> Name | None:
    """The body that the description with the head word `head` stands beside: "*Oramet*, the weather agency, said"."""
    tokens = scene.tokens
    if tokens[head].low not in lexicon().classes or head + 1 >= len(tokens):
        return None
    if not (tokens[head + 1].text in _CLOSING or tokens[head + 1].low in {"which", "that"}):
        return None
    first = head
    while first > max(1, head - _TITLE) and _titles(tokens[first - 1]):
        first -= 1
    if first < 3 or tokens[first - 1].low not in {"the", "a", "an"} or tokens[first - 2].text != ",":
        return None
    name = scene.name_at(tokens[first - 3].start)
    if name is None or name.possessive or name.kind == "place" or (name.kind == "person" and name.sure):
        return None
    return name if name.end == tokens[first - 3].end else None


def name_of_apposition(scene: Scene, last: int) -> Name | None:
    """The person whose apposition ends with the token `last`: "*Ann Lee*, the ranking Whig on the River Panel, who"."""
    tokens = scene.tokens
    first = last
    while first > max(2, last - _APPOSITION) and tokens[first - 1].text != ",":
        first -= 1
        if not (tokens[first].joined and tokens[first].word) or tokens[first].low in _BREAKS:
            return None
    if tokens[first - 1].text != "," or tokens[first].low not in {"the", "a", "an"}:
        return None
    name = scene.name_at(tokens[first - 2].start)
    if name is not None and name.kind == "place":  # "Ann Lee of Ohio, the …"
        of = scene.index(name.start) - 1
        name = scene.name_at(tokens[of - 1].start) if of > 0 and tokens[of].low in {"of", "from"} else None
    return name if name is not None and name.kind == "person" and not name.possessive else None
