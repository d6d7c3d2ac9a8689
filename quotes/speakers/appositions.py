"""Reads the descriptions set beside a name by commas.

After the name: "Brian Fallon, a spokesman for Mrs. Clinton,"; before it: "Trump's campaign manager,
Kellyanne Conway,".
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes.speakers.lexicon import lexicon
from quotes.speakers.roles import POSSESSIVE, Role, affiliation_before, is_role, proper, role_start, spell, surface
from quotes.speakers.tokens import Token

_DETERMINERS = frozenset({"the", "a", "an", "his", "her", "its", "their", "our", "my"})
_CLAUSE = frozenset({"who", "which", "that", "whose", "whom", "where", "when", "while", "but", "as", "because", "if"})
_RELATIVE = frozenset({"who", "which", "that", "whose", "whom", "where", "when"})
_WITHIN_NAMES = frozenset({"of", "for", "and", "the", "&", "'s", "’s", "al", "bin", "de", "van", "von"})
_REACH = 24
"""Tokens of an apposition that are read at most."""


def apposition_after(tokens: Sequence[Token], at: int) -> Role | None:
    """The role in the apposition that begins with the comma at `at`: ", a spokesman for Mrs. Clinton,"."""
    if at >= len(tokens) or tokens[at].text != ",":
        return None
    if at + 2 < len(tokens) and tokens[at + 1].text.isdigit() and tokens[at + 2].text == ",":
        at += 2  # "Arianna Gil, 22, a founder of the group"
    first = at + 1
    last = _phrase_end(tokens, first)
    if last < len(tokens) and tokens[last].joined and tokens[last].word and tokens[last].low not in _RELATIVE:
        return None  # "In Ohio, a teacher said": a clause, not an apposition
    return read_role(tokens, first, last)


def _phrase_end(tokens: Sequence[Token], first: int) -> int:
    """Index of the token that ends the noun phrase begun at `first`."""
    words = lexicon()
    last = first
    while last < min(len(tokens), first + _REACH):
        token = tokens[last]
        if token.sentence != tokens[first].sentence or not token.joined:
            break
        if not (token.word or token.text[0].isdigit() or token.text in {"'s", "’s", "’", "'", "&", "-"}):
            break
        if token.low in _CLAUSE or token.low in words.speech or token.low in words.auxiliaries:
            break
        last += 1
    return last


def read_role(tokens: Sequence[Token], first: int, last: int) -> Role | None:
    """The role in the noun phrase `tokens[first:last]`: its head, and whom it is for, before or after.

    "a spokesman for Mrs. Clinton", "the Iranian foreign minister", "chair of the party's platform committee".
    """
    words = lexicon()
    head = _role_head(tokens, first, last)
    if head is None:
        return None
    begin = role_start(tokens, head, first)
    assert begin is not None
    end = head + 1
    if end + 1 < last and tokens[end].low in {"of", "for"} and tokens[end + 1].low in words.portfolios:
        while end + 1 < last and (tokens[end + 1].low in words.portfolios or tokens[end + 1].low == "and"):
            end += 1
        end += 1
    if end < last and proper(tokens[end]) and tokens[end].low not in words.prepositions:
        return None  # "Trump, Senator Ted Cruz": a list, not an apposition
    role, gender = spell(tokens[begin:end]), words.role_gender.get(tokens[head].low)
    _, affiliation, former = affiliation_before(tokens, begin, first)
    if former:
        role = f"former {role}"
    return Role(first, last, role, affiliation or _affiliation_after(tokens, end, last), gender)


def _role_head(tokens: Sequence[Token], first: int, last: int) -> int | None:
    words = lexicon()
    if (
        first + 1 < last
        and _acts(tokens[first])
        and (proper(tokens[first + 1]) or tokens[first + 1].low in _DETERMINERS)
    ):
        return None  # "Ann Lee, pulled the king aside"
    for index in range(first, min(last, first + 9)):
        token = tokens[index]
        if token.low in words.prepositions or token.low in {"and", "or", ","}:
            return None
        if is_role(token):
            while index + 1 < last and is_role(tokens[index + 1]):
                index += 1
            following = tokens[index + 1].low if index + 1 < last else ""
            if following in words.roles or following in words.role_plurals or following in POSSESSIVE:
                return None
            if following in words.role_modifiers or following in words.classes:
                continue  # "chief financial officer", "executive committee member"
            return index
    return None


def _acts(token: Token) -> bool:
    """Whether a word looks like a verb in the past and not like an adjective: "pulled"; not "retired", "US-led"."""
    return token.low.endswith("ed") and "-" not in token.low and token.low not in lexicon().role_modifiers


def _affiliation_after(tokens: Sequence[Token], first: int, last: int) -> str | None:
    """The name after "of", "for", "at" …: "the Washington Institute" in "an expert on Syria at the …"."""
    found: dict[str, str] = {}
    at = first
    while at < last:
        low = tokens[at].low
        at += 1
        if low not in {"of", "for", "at", "with", "in", "to"}:
            continue
        begin = at
        while begin < last and begin - at < 6 and not _begins_name(tokens[begin]):
            if tokens[begin].low in lexicon().prepositions:
                break
            begin += 1
        if begin < last and _begins_name(tokens[begin]):
            at = _name_end(tokens, begin, last)
            found.setdefault(low, surface(tokens[begin:at]))
    return found.get("at") or next(iter(found.values()), None)


def _begins_name(token: Token) -> bool:
    return proper(token) or token.low in lexicon().honorifics


def _name_end(tokens: Sequence[Token], first: int, last: int) -> int:
    """Index after a name that goes on over "of", "for", "and": "Democracy for America"."""
    at = end = first
    while at < last:
        if proper(tokens[at]):
            end = at + 1
        elif tokens[at].low not in {
            "of",
            "for",
            "and",
            "the",
            "&",
            "'s",
            "’s",
            *lexicon().particles,
            *lexicon().honorifics,
        }:
            break
        at += 1
    return end


def apposition_before(tokens: Sequence[Token], name: int, after: int) -> Role | None:
    """The role in front of a name set off by commas: "Trump's campaign manager, Kellyanne Conway,"."""
    if name < 2 or tokens[name - 1].text != "," or not tokens[name].joined:
        return None
    closed = after >= len(tokens) or tokens[after].text in {",", ".", ";", ")"} or not tokens[after].joined
    if not closed:
        return None
    first = last = name - 1
    while first > 0 and last - first < 12 and tokens[first].joined:
        token = tokens[first - 1]
        if token.sentence != tokens[name].sentence or not (token.word or token.low in POSSESSIVE):
            break
        if token.low in lexicon().speech or token.low in _CLAUSE or token.low in lexicon().auxiliaries:
            break
        first -= 1
    for begin in range(first, last):
        named = proper(tokens[begin]) and begin + 1 < last and tokens[begin].low not in lexicon().function
        if tokens[begin].low in _DETERMINERS or named:
            of_role = begin - first > 1 and tokens[begin - 1].low in {"of", "for"} and is_role(tokens[begin - 2])
            opening = role_start(tokens, begin - 2, first) if of_role else begin  # "Counsel for the mayor, Ann Lee,"
            found = read_role(tokens, begin if opening is None else opening, last)
            if found:
                return found
    return None
