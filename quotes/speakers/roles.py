"""Reads what a person is from the words round a name: titles before it and appositions beside it.

Three patterns, as in the newspaper grammars that speaker-identification rules start from
(Pouliquen, Steinberger and Best, "Automatic detection of quotations in multilingual news", 2007):

- before the name: "Iran's Foreign Minister Javad Zarif", "foreign ministry spokesman Abbas Mousavi";
- after it: "Brian Fallon, a spokesman for Mrs. Clinton,";
- in front of a name set off by commas: "Trump's campaign manager, Kellyanne Conway,".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quotes.speakers.lexicon import Gender, fold, lexicon
from quotes.speakers.tokens import Token

_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_DETERMINERS = frozenset({"the", "a", "an", "his", "her", "its", "their", "our", "my"})
_CLAUSE = frozenset({"who", "which", "that", "whose", "whom", "where", "when", "while", "but", "as", "because", "if"})
_REACH = 24
"""Tokens of an apposition that are read at most."""


class Role(NamedTuple):
    """What a person is, where an article says so.

    Attributes:
        first: Index of the first token of title and affiliation.
        last: Index after the last one.
        role: The role as written, abbreviations spelled out; None for a bare "Mr.".
        affiliation: Whom it is for: the country for an adjective, else as written without "the".
        gender: What the title tells.
    """

    first: int
    last: int
    role: str | None
    affiliation: str | None
    gender: Gender | None = None


def is_role(token: Token) -> bool:
    """Whether `token` is a noun for what one person is: "minister", "Sen.", "ex-president", "President-elect"."""
    words = lexicon()
    low = token.low
    if low in words.roles or low in words.titles:
        return True
    return "-" in low and any(part in words.roles for part in (low.rsplit("-", 1)[1], low.split("-", 1)[0]))


def role_start(tokens: Sequence[Token], last: int, floor: int = 0) -> int | None:
    """Index of the first token of the role phrase whose last token is `last`, affiliation not included.

    "deputy campaign manager", "Secretary of State", "founder and chief executive"; None if it is no role.
    """
    words = lexicon()
    first = _portfolio_start(tokens, last, floor)
    if first is None:
        if last < floor or not is_role(tokens[last]):
            return None
        first = last
    while first > floor and tokens[first].joined:
        before = tokens[first - 1]
        pair = first - 2 >= floor and before.low in {"and", "&"} and is_role(tokens[first - 2])
        seat = first - 2 >= floor and fold(f"{tokens[first - 2].text} {before.text}") in words.places
        if (before.low in words.role_modifiers or is_role(before)) and not seat:  # "White House press secretary"
            first -= 1
        elif pair and tokens[first - 1].joined:
            first -= 2
        else:
            break
    return first


def _portfolio_start(tokens: Sequence[Token], last: int, floor: int) -> int | None:
    """For "Secretary of State": the index of "Secretary" given that of "State"."""
    words = lexicon()
    of = last
    while of >= floor and (tokens[of].low in words.portfolios or (of < last and tokens[of].low == "and")):
        of -= 1
    if of == last or of - 1 < floor or tokens[of].low not in {"of", "for"}:
        return None
    return of - 1 if is_role(tokens[of - 1]) else None


def title_before(tokens: Sequence[Token], name: int) -> Role | None:
    """The title right before the name whose first token is `name`, and whom it is for."""
    words = lexicon()
    first, gender, honorific = name, None, False
    if first and tokens[first].joined and tokens[first - 1].low in words.honorifics:
        first, honorific = first - 1, True
        gender = words.honorifics[tokens[first].low]
    if not first or not tokens[first].joined:
        return Role(first, name, None, None, gender) if honorific else None
    begin = role_start(tokens, first - 1)
    if begin is None:
        return Role(first, name, None, None, gender) if honorific else None
    role = spell(tokens[begin:first])
    for token in tokens[begin:first]:
        gender = gender or words.role_gender.get(token.low)
    begin, affiliation, former = affiliation_before(tokens, begin)
    if former and not fold(role).startswith(("former", "ex ")):
        role = f"former {role}"
    return Role(begin, name, role, affiliation or _dateline_country(tokens, begin, role), gender)


def _dateline_country(tokens: Sequence[Token], first: int, role: str) -> str | None:
    """ "In Tehran, foreign ministry spokesman …": the ministry of the capital's country."""
    if first < 3 or tokens[first - 1].text != "," or tokens[first - 3].low not in {"in", "from"}:
        return None
    country = lexicon().places.get(fold(tokens[first - 2].text))
    if country is None or country.capital is None or fold(country.capital) != fold(tokens[first - 2].text):
        return None
    return country.name if {"ministry", "minister", "government", "president"} & set(fold(role).split()) else None


def affiliation_before(tokens: Sequence[Token], role: int, floor: int = 0) -> tuple[int, str | None, bool]:
    """Whom the role phrase beginning at `role` is for, read from the words before it.

    Returns:
        Index of the first token of the affiliation (or `role`), the affiliation, and whether "former"
        stands before it ("former Iranian president").
    """
    words = lexicon()
    first, affiliation = role, None
    last = role - 1
    while last >= floor and tokens[last + 1].joined and _party(tokens[last]):
        first, last = last, last - 1
    if last >= floor and tokens[last + 1].joined:
        token = tokens[last]
        if token.low in _POSSESSIVE and last - 1 >= floor:
            begin = _proper_start(tokens, last - 1, floor)
            if begin is not None:
                first, affiliation = begin, surface(tokens[begin:last])
        elif fold(token.text) in words.adjectives and token.capital:
            first, country = last, words.adjectives[fold(token.text)]
            two = fold(f"{tokens[last - 1].text} {token.text}") if last > floor else ""
            if two in words.adjectives:
                first, country = last - 1, words.adjectives[two]
            affiliation = country.name if country else None
        else:
            begin = _proper_start(tokens, last, floor)
            if begin is not None:
                first, affiliation = begin, surface(tokens[begin : last + 1])
    former = first > floor and tokens[first].joined and tokens[first - 1].low in {"former", "ex", "then"}
    return (first - 1 if former else first), affiliation, former and tokens[first - 1].low != "then"


def _party(token: Token) -> bool:
    """An adjective that is no country's ("Republican Senator John McCain") says nothing of whom the role is for."""
    key = fold(token.text)
    adjectives = lexicon().adjectives
    return token.capital and key in adjectives and adjectives[key] is None


def _proper_start(tokens: Sequence[Token], last: int, floor: int) -> int | None:
    """First token of the capitalised words that end at `last`."""
    words = lexicon()
    first = last + 1
    while first > floor and (first > last or tokens[first].joined):
        token = tokens[first - 1]
        if not proper(token) or (token.low in words.function and not token.text.isupper()):
            break
        if token.low in words.honorifics or (token.initial and token.low in words.common):
            break
        first -= 1
    return first if first <= last else None


def proper(token: Token) -> bool:
    """Whether `token` looks like part of a name: "Zarif", "al-Sadr"; not "Iranian-backed"."""
    if token.headline or not token.word:
        return False
    head, _, tail = token.text.rpartition("-")
    if head and tail[:1].islower():
        return False
    return token.capital or (bool(head) and tail[:1].isupper() and head.lower() in lexicon().particles)


def apposition_after(tokens: Sequence[Token], at: int) -> Role | None:
    """The role in the apposition that begins with the comma at `at`: ", a spokesman for Mrs. Clinton,"."""
    if at >= len(tokens) or tokens[at].text != ",":
        return None
    if at + 2 < len(tokens) and tokens[at + 1].text.isdigit() and tokens[at + 2].text == ",":
        at += 2  # "Arianna Gil, 22, a founder of the group"
    first = at + 1
    last = _phrase_end(tokens, first)
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
    for index in range(first, min(last, first + 9)):
        token = tokens[index]
        if token.low in words.prepositions or token.low in {"and", "or", ","}:
            return None
        if is_role(token):
            while index + 1 < last and is_role(tokens[index + 1]):
                index += 1
            following = tokens[index + 1].low if index + 1 < last else ""
            if following in words.roles or following in words.role_plurals or following in _POSSESSIVE:
                return None
            if following in words.role_modifiers or following in words.classes:
                continue  # "chief financial officer", "executive committee member"
            return index
    return None


def _affiliation_after(tokens: Sequence[Token], first: int, last: int) -> str | None:
    """The name after "of", "for", "at" …: "the Washington Institute" in "an expert on Syria at the …"."""
    best = None
    for index in range(first, last):
        if tokens[index].low not in {"of", "for", "at", "with", "in", "to"}:
            continue
        begin = index + 1
        if begin < last and tokens[begin].low in _DETERMINERS:
            begin += 1
        if begin < last and (proper(tokens[begin]) or tokens[begin].low in lexicon().honorifics):
            best = (begin, tokens[index].low)
            if tokens[index].low in {"for", "at", "with"} or index == first:
                break
    return surface(tokens[best[0] : last]) if best else None


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
        if token.sentence != tokens[name].sentence or not (token.word or token.low in _POSSESSIVE):
            break
        if token.low in lexicon().speech or token.low in _CLAUSE or token.low in lexicon().auxiliaries:
            break
        first -= 1
    for begin in range(first, last):
        named = proper(tokens[begin]) and begin + 1 < last and tokens[begin].low not in lexicon().function
        if tokens[begin].low in _DETERMINERS or named:
            found = read_role(tokens, begin, last)
            if found:
                return found
    return None


def spell(tokens: Sequence[Token]) -> str:
    """The words of a title with abbreviations spelled out: "Sen." → "Senator"."""
    titles = lexicon().titles
    out = []
    for token in tokens:
        full = titles.get(token.low, token.text)
        out.append(full.capitalize() if token.low in titles and token.capital else full)
    return " ".join(out)


def surface(tokens: Sequence[Token]) -> str:
    """The words as written, single blanks between them, possessive marks closed up, without "the"."""
    if tokens and tokens[0].low == "the":
        tokens = tokens[1:]
    out = ""
    for index, token in enumerate(tokens):
        apart = index and token.start > tokens[index - 1].end
        out += f" {token.text}" if apart else token.text
    return out
