"""Reads what a person is from the title before the name: "Iran's Foreign Minister Javad Zarif".

What stands beside a name between commas is read in `appositions`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from quotes.speakers.lexicon import Gender, fold, lexicon
from quotes.speakers.tokens import Token

POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_AGENTS = ("ologist", "surgeon", "ician", "woman", "keeper", "graphist")
"""Endings of nouns for people that need no list: "neurosurgeon", "committeewoman"."""


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
    return role_noun(token.low)


@lru_cache(maxsize=16384)
def role_noun(low: str) -> bool:
    """`is_role` of a word in lower case."""
    words = lexicon()
    if low in words.roles or low in words.titles or low.endswith(_AGENTS):
        return True
    return "-" in low and any(part in words.roles for part in (low.rsplit("-", 1)[1], low.split("-", 1)[0]))


def is_title(tokens: Sequence[Token], at: int) -> bool:
    """Whether the token at `at` is a role or, before a name, a short title: "Cllr Ann Lee", "Forward Tom Lee"."""
    return is_role(tokens[at]) or (tokens[at].capital and short_title(tokens, at))


def short_title(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word at `at`, which elsewhere is no title, is one by what follows it.

    "PC Tom Lee" and "Gen Lee", but not "PC World", "Gen Z" or "DC Mayor Ann Lee".
    """
    words, text = lexicon(), tokens[at].text
    if not (text in words.bare or text in words.positions) or at + 1 >= len(tokens) or not tokens[at + 1].joined:
        return False
    following = tokens[at + 1]
    if fold(following.text) in words.given:
        return True
    if text in words.positions or not proper(following) or len(following.text) < 2:
        return False
    if not text.isupper():
        return True
    ordinary = following.low in words.common or following.low in words.classes or is_role(following)
    return not ordinary and (text == "PC" or len(text) > 2)  # "DS Smith" makes cardboard


def role_start(tokens: Sequence[Token], last: int, floor: int = 0) -> int | None:
    """Index of the first token of the role phrase whose last token is `last`, affiliation not included.

    "deputy campaign manager", "Secretary of State", "founder and chief executive"; None if it is no role.
    """
    words = lexicon()
    first = portfolio_start(tokens, last, floor)
    if first is None:
        if last < floor or not is_title(tokens, last):
            return None
        first = last
    while first > floor and tokens[first].joined:
        before = tokens[first - 1]
        pair = first - 2 >= floor and before.low in {"and", "&"} and is_role(tokens[first - 2])
        seat = first - 2 >= floor and fold(f"{tokens[first - 2].text} {before.text}") in words.places
        under = before.low == "under" and tokens[first].low != "secretary"  # "of State under President Obama"
        if (
            (before.low in words.role_modifiers or is_title(tokens, first - 1)) and not seat and not under
        ):  # "White House press secretary"
            first -= 1
        elif pair and tokens[first - 1].joined:
            first -= 2
        else:
            break
    return first


def portfolio_start(tokens: Sequence[Token], last: int, floor: int = 0) -> int | None:
    """For "Secretary of State": the index of "Secretary" given that of "State"."""
    words = lexicon()
    of = last
    while of >= floor and (tokens[of].low in words.portfolios or (of < last and tokens[of].low == "and")):
        of -= 1
    if of == last or of - 1 < floor or tokens[of].low not in {"of", "for"}:
        return None
    if is_role(tokens[of - 1]) and tokens[of - 1].low not in words.portfolios:
        return of - 1
    return portfolio_start(tokens, of - 1, floor)  # "Under Secretary of State for Political Affairs"


def title_before(tokens: Sequence[Token], name: int) -> Role | None:
    """The title right before the name whose first token is `name`, and whom it is for."""
    words = lexicon()
    first, gender, honorific = name, None, False
    if first and tokens[first].joined and tokens[first - 1].low in words.honorifics:
        first, honorific = first - 1, True
        gender = words.honorifics[tokens[first].low]
    if not first or not tokens[first].joined:
        return Role(first, name, None, None, gender) if honorific else None
    titled = is_title(tokens, first - 1) or tokens[first - 1].low in words.portfolios
    begin = role_start(tokens, first - 1) if titled else None
    if begin is None:
        return Role(first, name, None, None, gender) if honorific else None
    role = spell(tokens[begin:first])
    for token in tokens[begin:first]:
        gender = gender or words.role_gender.get(token.low)
    begin, affiliation, former = affiliation_before(tokens, begin)
    if former and not fold(role).startswith(("former", "ex ")):
        role = f"former {role}"
    return Role(begin, name, role, affiliation or _capital_of(tokens, begin, role), gender)


def _capital_of(tokens: Sequence[Token], first: int, role: str) -> str | None:
    """ "In Tehran, foreign ministry spokesman …": the ministry of the capital's country."""
    of_state = {"ministry", "minister", "government", "president"} & set(fold(role).split())
    return dateline_country(tokens, first) if of_state else None


def dateline_country(tokens: Sequence[Token], first: int) -> str | None:
    """The country whose capital stands before the phrase that begins at `first`: "In Tehran, …", "From Rome, …"."""
    if first < 3 or tokens[first - 1].text != "," or tokens[first - 3].low not in {"in", "from"}:
        return None
    country = lexicon().places.get(fold(tokens[first - 2].text))
    if country is None or country.capital is None or fold(country.capital) != fold(tokens[first - 2].text):
        return None
    return country.name


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
        if token.low in POSSESSIVE and last - 1 >= floor:
            begin = _proper_start(tokens, last - 1, floor)
            if begin is not None:
                first, affiliation = begin, surface(tokens[begin:last])
        elif (adjective := _adjective_start(tokens, last, floor)) is not None:
            first = adjective
            country = words.adjectives[fold(surface(tokens[first : last + 1]))]
            affiliation = country.name if country else None
        else:
            begin = _proper_start(tokens, last, floor)
            if begin is not None:
                first, affiliation = begin, surface(tokens[begin : last + 1])
    former = first > floor and tokens[first].joined and tokens[first - 1].low in {"former", "ex", "then"}
    return (first - 1 if former else first), affiliation, former and tokens[first - 1].low != "then"


def _adjective_start(tokens: Sequence[Token], last: int, floor: int) -> int | None:
    """First token of the country's adjective that ends at `last`: "Iranian", "South Korean"."""
    adjectives = lexicon().adjectives
    for first in (last - 1, last):
        if first >= floor and tokens[first].capital and fold(surface(tokens[first : last + 1])) in adjectives:
            return first
    return None


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
        if not proper(token) or (token.low in words.function and (len(token.text) == 1 or not token.text.isupper())):
            break
        if token.low in words.honorifics or (token.initial and _ordinary(token)):
            break
        first -= 1
    return first if first <= last else None


def _ordinary(token: Token) -> bool:
    """Whether a word at the beginning of a sentence is likely none of a name: "Recall", "Presumptive"."""
    return token.low in lexicon().common or token.low.endswith(("ive", "ing", "ly", "ed", "ous", "ary"))


def proper(token: Token) -> bool:
    """Whether `token` looks like part of a name: "Zarif", "al-Sadr"; not "Iranian-backed"."""
    text = token.text
    if "-" not in text:
        return text[0].isupper() and text != "I" and not token.headline
    if token.headline or not text[0].isalpha():
        return False
    head, _, tail = text.rpartition("-")
    if hyphened_given(token):
        return True
    return tail[:1].isupper() and (token.capital or head.lower() in lexicon().particles)


def hyphened_given(token: Token) -> bool:
    """Whether `token` is a Korean or Chinese given name: "Jae-in", "Ming-hsun"; not "Anti-fan"."""
    if not token.capital or "-" not in token.text:
        return False
    head, _, tail = token.text.rpartition("-")
    return tail in lexicon().korean or (tail in lexicon().chinese and head.lower() in lexicon().chinese)


def spell(tokens: Sequence[Token]) -> str:
    """The words of a title with abbreviations spelled out: "Sen." → "Senator"."""
    words, out = lexicon(), []
    for token in tokens:
        full = words.bare.get(token.text) or words.titles.get(token.low)
        if full is None:
            out.append(token.low if token.low == "former" else token.text)
        else:
            out.append(full[0].upper() + full[1:] if token.capital else full)
    return " ".join(out)


def surface(tokens: Sequence[Token]) -> str:
    """The words as written, single blanks between them, possessive marks closed up, without "the"."""
    if len(tokens) > 1 and tokens[0].low == "the":
        tokens = tokens[1:]
    out = ""
    for index, token in enumerate(tokens):
        apart = index and token.start > tokens[index - 1].end
        out += f" {token.text}" if apart else token.text
    return out
