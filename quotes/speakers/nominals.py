"""Reads descriptions: "the spokesman", "Iraq's prime minister", "two U.S. officials who …", "the Trump campaign"."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import NamedTuple

from quotes.schema import SpeakerKind
from quotes.speakers.appositions import read_role
from quotes.speakers.lexicon import Gender, fold, lexicon
from quotes.speakers.roles import POSSESSIVE, affiliation_before, is_role, proper, role_start, surface
from quotes.speakers.tokens import Token

_DEFINITE = frozenset({"the", "that", "this", "these", "those", "his", "her", "its", "their", "both"})
_ARTICLES = frozenset({"the", "a", "an", "this", "that", "these", "those"})
_OWNERS = frozenset({"his", "her", "its", "their"})
_STOPS = frozenset(
    {"who", "which", "that", "whose", "whom", "where", "when", "while", "if", "as", "but", "because", "on", "after"}
)
_PARTICIPLES = frozenset(
    [
        "familiar",
        "close",
        "briefed",
        "involved",
        "told",
        "asked",
        "speaking",
        "trying",
        "working",
        "close",
        "hoping",
        "running",
        "looking",
        "seeking",
        "including",
        "released",
        "published",
        "conducted",
        "issued",
        "obtained",
        "reviewed",
        "posted",
    ]
)
_PEOPLE = frozenset({"people", "person", "those"})
"""Heads that say nothing without what follows: "people familiar with the matter"."""
_CROWDS = frozenset({"group", "team", "coalition", "network", "alliance"})
"""Bodies that with "of" are only people together: "a group of rabbis"."""
_ABOUT = frozenset({"about", "around", "some", "only", "just", "nearly", "almost", "over", "roughly"})
"""Words before a number that say how exact it is."""
_TAIL = 9
"""Tokens after the head that a name keeps at most: "spokesman for the Clinton campaign"."""


class Nominal(NamedTuple):
    """A noun phrase whose head is a common noun.

    Attributes:
        start: Offset of the phrase.
        end: Offset after it, relative clause not included.
        name: The phrase as a speaker's name: no article, no relative clause.
        head: Head noun, lower case, singular for a role.
        kind: What it describes.
        group: Class of organisation.
        role: The role phrase, folded, "former" taken off: ("foreign", "minister").
        former: Whether "former" stood there.
        affiliation: Whom the role is for.
        owner: Offset of a possessive pronoun before it ("his spokesman").
        definite: Whether it points back: "the spokesman".
        bare: Nothing but article and head.
        gender: What the head tells.
        counted: The determiner that the name leaves out: "two", "some".
        headline: A singular noun without any determiner, as headlines have it: "Minister resigns".
        titled: It has a proper name or adjective before its head, as names of bodies do: "Iraqi government".
    """

    start: int
    end: int
    name: str
    head: str
    kind: SpeakerKind
    group: str | None = None
    role: tuple[str, ...] = ()
    former: bool = False
    affiliation: str | None = None
    owner: int | None = None
    definite: bool = False
    bare: bool = False
    gender: Gender | None = None
    titled: bool = False
    counted: str = ""
    headline: bool = False


def read_nominal(
    tokens: Sequence[Token], first: int, last: int, head: int, strong: Container[str] = ()
) -> Nominal | None:
    """The description `tokens[first:last]` with head word `head`; None if it describes nobody ("one", "everyone").

    `strong` holds the words that have a capital within sentences of the article.
    """
    words = lexicon()
    while first < head and not tokens[first].text[0].isalnum():
        first += 1
    end = _end(tokens, head, last)
    low = tokens[head].low
    begin = first
    owned = any(token.low in POSSESSIVE for token in tokens[first:head])
    while begin < head and (tokens[begin].low in _ARTICLES or (tokens[begin].low in words.calendar and not owned)):
        begin += 1  # "On Sunday villagers said"
    named = begin
    while named < head and low != "percent" and _counts(tokens[named]):
        named += 1
    named = max(named, after_share(tokens, begin, head + 1))
    if low in words.indefinite or (low in words.function and low not in words.group):
        return None  # "everyone", "one of them"
    if not tokens[head].text[0].isalnum():
        return None
    many = _plural(tokens, begin, head)
    role = () if many else _role(tokens, begin, head, end)
    _, affiliation, former = affiliation_before(tokens, _role_first(tokens, begin, head), begin)
    after = read_role(tokens, begin, end) if role else None
    crowd = end > head + 2 and low in _CROWDS and tokens[head + 1].low == "of" and not proper(tokens[head + 2])
    kind = "group" if crowd else _kind(low, many, bool(role))
    group = _group(tokens, begin, head) if kind == "organization" else None
    return Nominal(
        tokens[first].start,
        tokens[end - 1].end,
        _name(tokens, named, end, strong),
        low if many else words.role_plurals.get(low, low),
        kind,
        group,
        tuple(word for word in role if word not in {"former", "ex"}),
        former or bool({"former", "ex"} & set(role)),
        affiliation or (after.affiliation if after else None),
        next((t.start for t in tokens[first:head] if t.low in _OWNERS), None),
        owned or tokens[first].low in _DEFINITE,
        head == begin and end == head + 1,
        words.role_gender.get(low) if kind == "person" else None,
        any((proper(t) and not t.initial) or fold(t.text) in words.adjectives for t in tokens[begin:head]),
        surface(tokens[begin:named]).lower(),
        not (many or owned) and named == first and tokens[first].low not in _DEFINITE,
    )


def after_share(tokens: Sequence[Token], first: int, last: int) -> int:
    """Index after "of" in "61% of respondents", "about 61 per cent of voters": whoever it is a share of speaks."""
    at = first
    while at < last and not tokens[at].text[0].isdigit() and tokens[at].low in _ABOUT:
        at += 1
    number = at
    while at < last and (tokens[at].text[0].isdigit() or tokens[at].text in {"-", "–"}):
        at += 1
    at += at > number and at + 1 < last and tokens[at].low == "per"
    share = at > number and at + 2 < last and tokens[at].low in {"%", "percent", "cent"} and tokens[at + 1].low == "of"
    return at + 2 + (tokens[at + 2].low in _ARTICLES and at + 3 < last) if share else first


def _counts(token: Token) -> bool:
    """Whether a word before a noun only says how many or how long: "two", "40", "28-page"."""
    return token.low in lexicon().quantifiers or token.low.removesuffix("-page").isdigit()


def _end(tokens: Sequence[Token], head: int, last: int) -> int:
    """Index after the head and the prepositional phrases that follow it, up to any other clause or mark."""
    words = lexicon()
    end = head + 1
    if end < last and tokens[end].low == "general" and tokens[head].low in words.role_plurals:
        end += 1  # "attorneys general"
    if tokens[head].low in _PEOPLE and end + 1 < last and tokens[end].low in _PARTICIPLES:
        end += 2  # "familiar with", "briefed on"
    elif end < last and tokens[end].low not in words.prepositions:
        return end
    while end < last and tokens[end].joined:
        token = tokens[end]
        if end >= head + _TAIL and not (proper(token) and proper(tokens[end - 1])):
            break
        owners = token.low in POSSESSIVE and token.start == tokens[end - 1].end  # "for the players' union"
        if not (token.word or token.text[0].isdigit() or owners or token.text in {"&", "%"}):
            break
        if (
            token.low in _STOPS
            or token.low in _PARTICIPLES
            or token.low in words.auxiliaries
            or token.low in words.speech
        ):
            break
        end += 1
    while end > head + 1 and tokens[end - 1].low in {"'", "’"}:
        end -= 1
    while end > head + 1 and (tokens[end - 1].low in words.prepositions or tokens[end - 1].low in {"the", "a", "and"}):
        end -= 1
    return end


def _plural(tokens: Sequence[Token], first: int, head: int) -> bool:
    words, low = lexicon(), tokens[head].low
    if low in words.role_plurals or low in words.group:
        return True
    if low in words.roles or low in words.classes or low in words.documents:
        return False
    if any(
        t.low in words.quantifiers and t.low not in {"a", "an", "one", "any", "every", "no", "another"}
        for t in tokens[first:head]
    ):
        return True
    return low.endswith("s") and not low.endswith(("ss", "us", "is", "ics"))


def _role_first(tokens: Sequence[Token], first: int, head: int) -> int:
    begin = role_start(tokens, head, first)
    return head if begin is None else begin


def _role(tokens: Sequence[Token], first: int, head: int, end: int) -> tuple[str, ...]:
    if not is_role(tokens[head]):
        return ()
    begin, last = _role_first(tokens, first, head), head + 1
    if last + 1 < end and tokens[last].low == "of" and tokens[last + 1].low in lexicon().portfolios:
        last += 2
    return tuple(fold(token.text) for token in tokens[begin:last])


def _kind(head: str, many: bool, role: bool) -> SpeakerKind:
    words = lexicon()
    if many:
        return "group"
    if role:
        return "person"
    if head in words.documents:
        return "unknown"  # "a post on the site", unlike the Post
    if head in words.classes:
        return "organization"
    return "person" if head in words.adjectives else "unknown"


def _group(tokens: Sequence[Token], first: int, head: int) -> str | None:
    near = {token.low for token in tokens[first:head]}
    group = lexicon().classes.get(tokens[head].low)
    if group == "association" and near & {"militant", "militia", "armed", "rebel", "insurgent", "terrorist"}:
        return "militia"
    return group


def _name(tokens: Sequence[Token], first: int, end: int, strong: Container[str]) -> str:
    """The words as a name: "Officials" at the beginning of a sentence → "officials"."""
    name, token = surface(tokens[first:end]), tokens[first]
    words = lexicon()
    key = fold(token.text)
    owed = token.initial and token.text[:1].isupper() and token.text[1:].islower()
    adjective = key in words.adjectives or (key.endswith("s") and key[:-1] in words.adjectives)
    named = token.text in strong or token.text in words.known or key in words.places or key in words.given
    if first + 1 < end:
        following = tokens[first + 1]
        named = named or following.low in {"'s", "’s"} or (is_role(token) and proper(following))
    if first + 1 == end and not _ordinary(token):
        return name  # a word that no table has is rather a name: "Hayek said"
    return name[0].lower() + name[1:] if owed and not (named or adjective) else name


def _ordinary(token: Token) -> bool:
    words, low = lexicon(), token.low
    listed = (
        low in words.group
        or low in words.role_plurals
        or low in words.classes
        or low in words.documents
        or low in words.common
    )
    return listed or is_role(token) or low in words.function or low.endswith("s")


def modifies(token: Token) -> bool:
    """Whether a word before a noun belongs to it, as far as its form tells: "two angry U.S. officials"."""
    words, low = lexicon(), token.low
    if low in words.quantifiers or low in words.role_modifiers or low == "the" or fold(token.text) in words.adjectives:
        return True
    adjective = "-" in low or low.endswith(("al", "ic", "ive", "ish", "ous", "ful", "less"))
    return adjective or (proper(token) and (low not in words.function or token.text.isupper()))
