"""Tells from how an article uses a name what the name itself doesn't say: that it is a body's, or whose surname it has.

"Lumora cut its forecast", "Lumora, which makes tyres", "Lumora's chief executive": no person is spoken of so.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence, Set
from itertools import pairwise
from typing import TYPE_CHECKING

from quotes.speakers.lexicon import fold, lexicon
from quotes.speakers.roles import POSSESSIVE
from quotes.speakers.tokens import Token

if TYPE_CHECKING:
    from quotes.speakers.names import Name

_REACH = 4
"""Tokens between a name and "its": "Brantley Tyres said production at its plant"."""
_NOT_BETWEEN = frozenset(
    "a an the this that these those and or but nor than as if when while because he she they it not".split()
)
_CORPORATE = frozenset({"ceo", "cfo", "shares", "stock", "shareholders", "subsidiary"})
_OFFICERS = frozenset(
    {("chief", "executive"), ("chief", "financial"), ("chief", "operating"), ("managing", "director")}
)


def bodies_by_use(tokens: Sequence[Token], names: Iterable[Name]) -> frozenset[str]:
    """The names, as written, that the article uses as those of bodies.

    A name that is anywhere given a title or a role, or followed by "who", is left out, whatever else is
    said of it; so is a person's surname. A given name in it ("Orla Power, which …") gives way to "which" alone.

    Args:
        tokens: The article.
        names: Its names.
    """
    names = list(names)
    starts = [token.start for token in tokens]
    surnames = {name.text.rpartition(" ")[2] for name in names if name.kind == "person" and " " in name.text}
    bodies: set[str] = set()
    people: set[str] = {name.text for name in names if name.titled or name.role}
    for name in names:
        if name.kind not in {"person", "unknown"} or name.text in surnames:
            continue
        last = bisect_left(starts, name.end)
        following = _next_word(tokens, last)
        given = name.sure or name.gender is not None
        # "He beat Tom Smith, which put him third": elsewhere in a sentence "which" may mean all of it.
        which = following == "which" and (not given or tokens[bisect_left(starts, name.start)].initial)
        if following == "who":
            people.add(name.text)
        elif which or (not given and (_does_its(tokens, last) or _has_officers(tokens, last))):
            bodies.add(name.text)
    bodies -= people
    return frozenset(bodies) | {name.text for name in names if _fuller(name, bodies) and name.text not in people}


def _fuller(name: Name, bodies: Set[str]) -> bool:
    """ "Lumora Mobility", where Lumora alone is a body and nothing tells of a person."""
    first, _, rest = name.text.partition(" ")
    return bool(rest) and name.kind == "person" and not name.sure and name.gender is None and first in bodies


def _next_word(tokens: Sequence[Token], at: int) -> str:
    """The word behind the comma at `at`."""
    if at + 1 < len(tokens) and tokens[at].text == "," and tokens[at + 1].sentence == tokens[at].sentence:
        return tokens[at + 1].low
    return ""


def _does_its(tokens: Sequence[Token], at: int) -> bool:
    """Whether the words after a name lead to "its" with nothing between that it could stand for.

    "cut its forecast", "has cut its forecast", "said production at its plant"; not "said inflation had
    passed its peak", where an auxiliary shows another subject.
    """
    words = lexicon()
    for index in range(at, min(at + _REACH, len(tokens))):
        token = tokens[index]
        if not (token.joined and token.text.isalpha() and token.text.islower()):
            return False
        if token.low == "its":
            return index > at
        governing = index + 1 < len(tokens) and tokens[index + 1].low == "its"
        if token.low in _NOT_BETWEEN or (token.low in words.prepositions and not (governing and index > at)):
            return False
        if token.low in words.auxiliaries and index > at:
            return False
    return False


def _has_officers(tokens: Sequence[Token], at: int) -> bool:
    """ "Lumora's chief executive", "Lumora shares"."""
    if at < len(tokens) and tokens[at].low in POSSESSIVE:
        at += 1
    if at + 1 >= len(tokens) or not tokens[at].joined:
        return False
    return tokens[at].low in _CORPORATE or (tokens[at].low, tokens[at + 1].low) in _OFFICERS


def with_shared_surnames(tokens: Sequence[Token], names: Sequence[Name]) -> list[Name]:
    """The names, those of two people with the surname said once filled up: "Martin and Ruth Dale" → "Martin Dale".

    Not where somebody else of that given name is in the article: "She saw Martin and Ruth Dale" may name
    Martin Cole, introduced before.
    """
    given, starts = lexicon().given, [token.start for token in tokens]
    people = [name.text for name in names if name.kind == "person" and " " in name.text]
    filled = list(names)
    for at, (name, other) in enumerate(pairwise(names)):
        first = fold(name.text)
        if name.kind not in {"person", "unknown"} or first not in given or name.titled or other.kind != "person":
            continue
        between = bisect_left(starts, name.end)
        joined = between + 1 < len(tokens) and tokens[between].low == "and" and tokens[between + 1].start == other.start
        its, _, surname = other.text.partition(" ")
        if not joined or other.titled or " " in surname or not surname or fold(its) not in given:
            continue
        if not any(fold(text).startswith(first + " ") for text in people):
            filled[at] = name._replace(text=f"{name.text} {surname}", kind="person", gender=given[first], sure=True)
    return filled
