"""Finds proper names in an article from capitals and word tables alone: no tagger, no statistics.

A run of capitalised words is cut into titles, a name and what surrounds it; where a capital is owed to
the place of the word ("Critics said", a headline) the rest of the article decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from quotes.schema import SpeakerKind
from quotes.speakers.contexts import context
from quotes.speakers.lexicon import Gender, fold, lexicon
from quotes.speakers.roles import (
    is_role,
    proper,
    role_noun,
    surface,
)
from quotes.speakers.runs import Article, body_class, folded, runs, segments
from quotes.speakers.tokens import Token
from quotes.speakers.usage import bodies_by_use, with_shared_surnames

_PARTS = frozenset({"lower", "upper", "north", "south", "east", "west", "northern", "southern", "eastern", "western"})
_LANDSCAPE = frozenset({"river", "bridge", "valley", "island", "coast", "street", "lake", "airport", "mountains"})
_JOINERS = frozenset({"of", "for", "on", "against"})


class Name(NamedTuple):
    """One occurrence of a proper name.

    Attributes:
        start: Offset of the name itself, titles not included.
        end: Offset after it.
        text: The name as written, on one line.
        kind: What it names; "unknown" for a single word that only its capital shows.
        group: Class of organisation ("company", "militia"), if it can be told.
        outer: Offsets of the noun phrase with titles, bracket and apposition.
        role: What the person is.
        affiliation: Whom for.
        gender: From a title, a role or the given name.
        short: Acronym or party label in brackets: "NRA", "R-Wis.".
        titled: A title or honorific stands before it.
        possessive: "'s" follows.
        modifier: It stands before the noun that it is about: "Trump campaign".
        sure: The kind is known and not only likely.
    """

    start: int
    end: int
    text: str
    kind: SpeakerKind
    group: str | None = None
    outer: tuple[int, int] = (0, 0)
    role: str | None = None
    affiliation: str | None = None
    gender: Gender | None = None
    short: str | None = None
    titled: bool = False
    possessive: bool = False
    modifier: bool = False
    sure: bool = False


def names(article: Article) -> list[Name]:
    """All names in an article, in order, none overlapping another."""
    found: list[Name] = []
    for first, last in runs(article):
        for begin, end, titled in segments(article, first, last):
            name = _read(article, begin, end, titled)
            if name is None:
                continue
            while found and name.start <= found[-1].start:
                found.pop()  # "Food", before "and Drug Administration" was read
            if not found or name.start >= found[-1].end:
                found.append(name)
    found = sorted([*found, *_in_headlines(article, found)], key=lambda name: name.start)
    bodies = bodies_by_use(article.tokens, found)
    found = [name._replace(kind="organization", sure=True) if name.text in bodies else name for name in found]
    return with_shared_surnames(article.tokens, found)


def _in_headlines(article: Article, found: Sequence[Name]) -> Iterator[Name]:
    """Full names of the text that a headline, where capitals don't show them, has too."""
    tokens = article.tokens
    full = {tuple(name.text.split()): name for name in found if " " in name.text}
    heads = {words[0] for words in full}
    for at in article.capitals:
        token = tokens[at]
        if not token.headline or token.text not in heads:
            continue
        for words, name in full.items():
            last = at + len(words)
            if tuple(t.text for t in tokens[at:last]) == words and tokens[last - 1].headline:
                span = (token.start, tokens[last - 1].end)
                yield name._replace(start=span[0], end=span[1], outer=span, role=None, affiliation=None, short=None)
                break


def _read(article: Article, first: int, last: int, titled: bool) -> Name | None:
    """The name `tokens[first:last]` with what stands round it; None if it is only an adjective or a title."""
    tokens, words = article.tokens, lexicon()
    run = tokens[first:last]
    key = folded(run)
    kind: SpeakerKind = "unknown"
    group, sure = body_class(run), False
    if key in words.places and not titled:
        kind, sure, group = "place", True, None
    elif group or (not titled and _open_headed(tokens, first, last)):
        kind, sure = "organization", True
        first, last = _extend(tokens, first, last)
        group = group or words.classes.get(run[-1].low) or words.classes.get(run[0].low)
    elif not titled and (
        _seat(tokens, first, last) or _common_noun(tuple([token.text for token in run]), run[0].initial)
    ):
        return None
    else:
        kind, sure = _person(article, first, last, titled)
        if not sure and (_class_before(tokens, first) or _seated(tokens, first)):
            kind = "organization"
        if kind == "organization":
            first, last = _extend(tokens, first, last)
    round_it = context(tokens, first, last, apart=kind not in {"person", "unknown"})
    role = round_it.role
    if kind == "unknown" and (round_it.titled or role.role):
        kind, sure = "person", True
    gender = role.gender
    if kind == "person" and len(run) > 1 and (gender is None or (role.role or "").endswith("man")):
        gender = words.given.get(fold(run[0].text).split(" ")[0]) or gender  # "the board's chairman, Ruth Dale,"
        gender = gender or ("m" if (run[0].low, run[1].text) in article.called else None)
    elif kind == "organization":
        told = _class_before(tokens, first)
        group = told or group if group in {None, "association"} or told == "militia" else group
    return Name(
        start=tokens[first].start,
        end=tokens[last - 1].end,
        text=surface(tokens[first:last]),
        kind=kind,
        group=group,
        outer=round_it.outer,
        role=role.role,
        affiliation=role.affiliation,
        gender=gender,
        short=round_it.short,
        titled=round_it.titled,
        possessive=round_it.possessive,
        modifier=round_it.modifier,
        sure=sure,
    )


def _adjective(word: str) -> bool:
    adjectives = lexicon().adjectives
    return word in adjectives or (word.endswith("s") and word[:-1] in adjectives)


@lru_cache(maxsize=4096)
def _common_noun(run: tuple[str, ...], initial: bool) -> bool:
    """Capitalised words that name nobody: "Iranian", "Americans", "Attorney General", "Senators", "Fla."."""
    words = lexicon()
    nouns = [noun for word in run for noun in fold(word).split()]
    if all(_adjective(word) for word in nouns[-2:]) and (len(nouns) < 3 or initial):
        return True  # "Iranian", "Cuban Americans", "Prominent Republican Cuban Americans"
    if fold(" ".join(run)) in words.adjectives:
        return True
    if all(role_noun(word.lower()) or word.lower() in words.role_modifiers for word in run):
        return True
    if len(run) > 1 and run[-1].lower() in words.parties and fold(" ".join(run[:-1])) in words.places:
        return True  # "the Ohio Republican"
    only, low = run[0], run[0].lower()
    plural = only.endswith("s") and only[:-1].isupper() and len(only) > 2  # "PACs"
    listed = low in words.role_plurals or low in words.classes or only in words.state_labels
    return len(run) == 1 and (listed or plural)


def _seat(tokens: Sequence[Token], first: int, last: int) -> bool:
    """ "the Selby-Marlow MP", "the Ohio Senator": a description, whatever capitals it has."""
    words = lexicon()
    given = fold(tokens[first].text) in words.given
    article = first > 0 and tokens[first - 1].low in {"the", "a", "an"}
    return article and last - first > 1 and not given and tokens[last - 1].low in words.seats_held


def _open_headed(tokens: Sequence[Token], first: int, last: int) -> bool:
    """ "Department of Justice", "Club for Growth": a head that goes on with "of" and a capital."""
    head = tokens[last - 1]
    if head.low not in lexicon().open_heads or last + 1 >= len(tokens) or not tokens[last].joined:
        return False
    return tokens[last].low in _JOINERS and _extend(tokens, first, last) != (first, last)


def _person(article: Article, first: int, last: int, titled: bool) -> tuple[SpeakerKind, bool]:
    """Kind of a name that no table of organisations or places has, and whether it is sure."""
    words, run = lexicon(), article.tokens[first:last]
    given = fold(run[0].text).split(" ")[0] in words.given
    given = given or (len(run) > 1 and (run[0].low, run[1].text) in article.called)
    if titled or (given and len(run) > 1):
        return "person", True
    if len(run) == 1:
        text = run[0].text
        acronym = text.isupper() and 2 <= len(text) <= 6 and text.isalpha()
        return ("organization", True) if acronym else ("unknown", False)
    following = article.tokens[last].low if last < len(article.tokens) else ""
    if run[0].low in _PARTS or following in _LANDSCAPE:
        return "place", False
    if first and article.tokens[first - 1].low == "the":
        return "organization", False
    ordinary = any(token.low in article.small or token.low in words.common for token in run)
    return ("unknown", False) if ordinary else ("person", False)


def _extend(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """Adds "of X", "for the X and Y" after an organisation's head and "Food and" before "Drug Administration"."""
    words = lexicon()
    if tokens[last - 1].low in words.open_heads or tokens[first].low in words.open_heads:
        last = _extend_after(tokens, last)
    if first >= 2 and last - first >= 2 and tokens[first - 1].low == "and" and tokens[first].joined:
        before, key = tokens[first - 2], fold(tokens[first - 2].text)
        alone = first < 3 or not proper(tokens[first - 3]) or tokens[first - 3].low in words.function
        free = key not in words.given and key not in words.places and key not in words.adjectives
        if proper(before) and alone and free and before.low not in words.function and before.text not in words.known:
            first -= 2
    return first, last


def _extend_after(tokens: Sequence[Token], last: int) -> int:
    words = lexicon()
    while last + 1 < len(tokens) and tokens[last].joined and tokens[last].low in _JOINERS:
        at = last + 1 + (tokens[last + 1].low == "the")
        end = at
        while (
            end < len(tokens) and tokens[end].joined and proper(tokens[end]) and tokens[end].low not in words.calendar
        ):
            titled = is_role(tokens[end]) and tokens[end].low not in words.portfolios
            if titled or tokens[end].low in words.honorifics:
                break
            end += 1
            paired = end + 1 < len(tokens) and tokens[end].low == "and" and proper(tokens[end + 1])
            if paired and fold(tokens[end + 1].text) not in words.given and tokens[last].low != "on":
                end += 1
        if end == at:
            break
        last = end
    return last


def _class_before(tokens: Sequence[Token], first: int) -> str | None:
    """ "the militant group Hezbollah", "the paramilitary River Forces": what is named is a militia."""
    words = lexicon()
    if not first or not tokens[first].joined:
        return None
    if tokens[first - 1].low in {"paramilitary", "rebel", "militant", "insurgent", "jihadist", "separatist"}:
        return "militia"
    if tokens[first - 1].low not in words.classes:
        return None
    near = {token.low for token in tokens[max(0, first - 4) : first]}
    if near & {"militant", "militia", "armed", "rebel", "insurgent", "terrorist"}:
        return "militia"
    return words.classes[tokens[first - 1].low]


def _seated(tokens: Sequence[Token], first: int) -> bool:
    """ "Leeds-based Pelag Maritime": where it sits tells that it is a body."""
    return (
        first > 0 and tokens[first].joined and tokens[first - 1].low.endswith(("-based", "-listed", "-headquartered"))
    )
