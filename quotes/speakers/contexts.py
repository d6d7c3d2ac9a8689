"""Reads what stands round a name: title, bracket, apposition, and the noun that it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quotes.speakers.appositions import apposition_after, apposition_before
from quotes.speakers.lexicon import fold, lexicon
from quotes.speakers.roles import Role, proper, surface, title_before
from quotes.speakers.runs import letters_end
from quotes.speakers.tokens import Token


class Context(NamedTuple):
    """What stands round a name; see the attributes of `Name`."""

    role: Role
    outer: tuple[int, int]
    short: str | None
    titled: bool
    possessive: bool
    modifier: bool


def context(tokens: Sequence[Token], first: int, last: int, *, apart: bool) -> Context:
    """Titles, brackets and appositions of `tokens[first:last]`; bodies and places (`apart`) have no roles."""
    last = last if apart else letters_end(tokens, last)
    after, short = _bracket(tokens, last)
    title = None if apart else title_before(tokens, first)
    start = first if title is None else title.first
    beside = not apart and (
        (after < len(tokens) and tokens[after].text == ",") or (start and tokens[start - 1].text == ",")
    )
    found = (apposition_after(tokens, after) or apposition_before(tokens, start, after)) if beside else None
    role = Role(first, last, None, None) if title is None else title
    begin, end = min(first, role.first), after
    if found is not None:
        begin, end = min(begin, found.first), max(end, found.last)
        if role.role is None:
            role = found._replace(gender=role.gender or found.gender)
    following = tokens[last] if last < len(tokens) else None
    affiliation = role.affiliation or _owner(tokens, first) or (_home(tokens, last) if title and title.role else None)
    return Context(
        role if affiliation is role.affiliation else role._replace(affiliation=affiliation),
        (tokens[begin].start, tokens[min(end, len(tokens)) - 1].end),
        short,
        title is not None,
        following is not None and following.low in {"'s", "’s", "’", "'"} and following.start == tokens[last - 1].end,
        following is not None and following.joined and _noun(following),
    )


def _bracket(tokens: Sequence[Token], last: int) -> tuple[int, str | None]:
    """Index after the bracket that follows a name, and what stands in it: "(NRA)", "(R-Wis.)"."""
    if last + 2 >= len(tokens) or tokens[last].text != "(" or not tokens[last].joined:
        return last, None
    for close in range(last + 2, min(last + 7, len(tokens))):
        if tokens[close].text == ")":
            return close + 1, surface(tokens[last + 1 : close])
    return last, None


def _home(tokens: Sequence[Token], last: int) -> str | None:
    """ "Senator Chris Murphy of Connecticut": the place after a titled name."""
    if last + 1 >= len(tokens) or tokens[last].low != "of" or not proper(tokens[last + 1]):
        return None
    for size in (3, 2, 1):
        place = surface(tokens[last + 1 : last + 1 + size])
        if fold(place) in lexicon().places:
            return place
    return None


def _owner(tokens: Sequence[Token], first: int) -> str | None:
    """ "Lebanon's Iran-backed Hezbollah" → "Lebanon"."""
    at = first - 1
    while (
        at > 0
        and tokens[at + 1].joined
        and (tokens[at].low.endswith(("ed", "-led", "-run")) or tokens[at].low in lexicon().class_modifiers)
    ):
        at -= 1
    if at < 1 or tokens[at].low not in {"'s", "’s"} or not tokens[at + 1].joined:
        return None
    place = fold(tokens[at - 1].text)
    return tokens[at - 1].text if place in lexicon().places else None


def _noun(token: Token) -> bool:
    """Whether a word after a name is a noun that the name describes: "campaign", "spokeswoman", "officials"."""
    words = lexicon()
    return token.low in words.roles or token.low in words.role_plurals or token.low in words.classes
