"""Finds proper names in an article from capitals and word tables alone: no tagger, no statistics.

A run of capitalised words is cut into titles, a name and what surrounds it; where a capital is owed to
the place of the word ("Critics said", a headline) the rest of the article decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from quotes.schema import SpeakerKind
from quotes.speakers.lexicon import Gender, fold, lexicon
from quotes.speakers.roles import (
    Role,
    apposition_after,
    apposition_before,
    is_role,
    proper,
    surface,
    title_before,
)
from quotes.speakers.tokens import Token

_JOINERS = frozenset({"of", "for", "on", "against"})


@dataclass(frozen=True, slots=True)
class Name:
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


class _Article:
    """The tokens and which words they use with and without a capital."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.small = {token.low for token in tokens if token.text.islower()}
        self.strong = {token.text for token in tokens if token.capital and not token.initial and not token.headline}


def names(tokens: Sequence[Token]) -> list[Name]:
    """All names in `tokens`, in order, none overlapping another."""
    article = _Article(tokens)
    found: list[Name] = []
    for first, last in _runs(tokens):
        for begin, end, titled in _segments(article, first, last):
            name = _read(article, begin, end, titled)
            if name is None:
                continue
            while found and name.start <= found[-1].start:
                found.pop()  # "Food", before "and Drug Administration" was read
            if not found or name.start >= found[-1].end:
                found.append(name)
    return found


def _runs(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Maximal stretches of capitalised words, with particles ("bin", "van") and "&" inside."""
    words = lexicon()
    at = 0
    while at < len(tokens):
        if not proper(tokens[at]):
            at += 1
            continue
        end = at + 1
        while end < len(tokens) and tokens[end].joined:
            token = tokens[end]
            more = end + 1 < len(tokens) and tokens[end + 1].joined and proper(tokens[end + 1])
            possessive = token.low in {"'s", "’s"} and tokens[end - 1].low in words.possessives
            if proper(token) and not token.initial:
                if token.low in words.function and not _surname_after_all(tokens, end):
                    break
            elif not (more and (token.low in words.particles or token.text == "&" or possessive)):
                break
            end += 1
        yield at, end
        at = end


def _surname_after_all(tokens: Sequence[Token], at: int) -> bool:
    """ "Theresa May", "George Will", "Doctors Without Borders": a function word that belongs to the name."""
    return fold(tokens[at - 1].text) in lexicon().given or tokens[at].text.isupper() or tokens[at].low == "without"


def _segments(article: _Article, first: int, last: int) -> Iterator[tuple[int, int, bool]]:
    """Cuts a run into names: function words and dates off, what stands before a title apart from what follows."""
    tokens, words = article.tokens, lexicon()
    while first < last and _not_a_name(article, first, last):
        first += 1
    for index in range(first, last):
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        dated = tokens[index].low in words.calendar
        if dated and (index == first or fold(tokens[index - 1].text) not in words.given):
            if index == first and following and proper(following) and tokens[index].low in words.given:
                continue  # "April Ryan"
            yield from _segments(article, first, index)
            yield from _segments(article, index + 1, last)
            return
    first = _after_portfolio(tokens, first, last)
    if first >= last:
        return
    cut = None if _organisation(tokens[first:last]) else _title_end(tokens, first, last)
    if cut is None:
        yield _peel(tokens, first, last), last, False
        return
    before = first
    while before < cut and not (is_role(tokens[before]) or tokens[before].low in words.honorifics):
        before += 1
    while before > first and tokens[before - 1].low in words.role_modifiers:
        before -= 1
    if before > first:
        yield first, before, False
    if cut < last:
        yield cut, last, True


def _not_a_name(article: _Article, at: int, last: int) -> bool:
    """Whether the first word of a run owes its capital to the beginning of a sentence: "Critics", "In"."""
    words, token = lexicon(), article.tokens[at]
    key = fold(token.text)
    more = at + 1 < last
    if token.low in words.function:
        return not (more and key in words.given) and not (token.text.isupper() and len(token.text) > 1 and not token.initial)
    if not token.initial:
        return False
    if token.text in words.known or key in words.places or token.low in words.honorifics or "." in token.text:
        return False
    if is_role(token) or (more and (key in words.adjectives or key in words.role_modifiers)):
        return False
    if token.text in article.strong or (key in words.given and (more or token.low not in words.common)):
        return False
    if token.low in words.common or token.low in article.small:
        return True
    if more:
        return token.low.endswith(("ly", "ing")) and key not in words.given
    return not token.text.isupper() or len(token.text) < 2


def _after_portfolio(tokens: Sequence[Token], first: int, last: int) -> int:
    """Skips "State" in "Secretary of State Mike Pompeo", whose run begins after "of"."""
    words = lexicon()
    if first < 2 or tokens[first - 1].low not in {"of", "for"} or not is_role(tokens[first - 2]):
        return first
    at = first
    while at < last and tokens[at].low in words.portfolios:
        at += 1
    return at


def _title_end(tokens: Sequence[Token], first: int, last: int) -> int | None:
    """Index after the last title in the run, if a name can follow it or nothing does."""
    words = lexicon()
    for index in range(last - 1, first - 1, -1):
        token = tokens[index]
        if not (is_role(token) or token.low in words.honorifics):
            continue
        if index == last - 1 and index > first and not all(
            is_role(t) or t.low in words.role_modifiers or fold(t.text) in words.adjectives or fold(t.text) in words.places
            for t in tokens[first:index]
        ):
            continue  # "Martin Luther King": a surname that is also a title
        return index + 1
    return None


def _peel(tokens: Sequence[Token], first: int, last: int) -> int:
    """Takes an adjective or place off the front of a person's name: "Republican Donald Trump"."""
    words = lexicon()
    at = first
    while at + 2 < last and (fold(tokens[at].text) in words.adjectives or fold(tokens[at].text) in words.places):
        at += 1
        if fold(tokens[at].text) in words.given:
            return at
    return first


def _organisation(run: Sequence[Token]) -> str | None:
    """Class of the organisation that the capitalised words name, else None."""
    words = lexicon()
    key = fold(" ".join(token.text for token in run if token.low not in {"'s", "’s"}))
    if key in words.known_phrases:
        return words.known_phrases[key]
    person = fold(run[0].text) in words.given
    last = run[-1].low
    if last in words.classes and len(run) > 1 and not (person and len(run) == 2):
        if is_role(run[0]) and len(run) == 2 and last in {"times", "post"}:
            return None
        return words.classes[last]
    if len(run) == 1 or not (person or any(is_role(token) for token in run)):
        for token in run:
            if token.text in words.known:
                return words.known[token.text]
    return None


def _read(article: _Article, first: int, last: int, titled: bool) -> Name | None:
    """The name `tokens[first:last]` with what stands round it; None if it is only an adjective or a title."""
    tokens, words = article.tokens, lexicon()
    run = tokens[first:last]
    key = fold(" ".join(token.text for token in run))
    group, kind, sure = _organisation(run), "unknown", False
    if key in words.places and not titled:
        kind, sure = "place", True
    elif group or (not titled and _open_headed(tokens, first, last)):
        kind, sure = "organization", True
        first, last = _extend(tokens, first, last)
        group = group or words.classes.get(run[-1].low) or words.classes.get(run[0].low)
    elif _common_noun(run, key):
        return None
    else:
        kind, sure = _person(article, first, last, titled)
        if kind == "organization":
            first, last = _extend(tokens, first, last)
    name = _with_context(tokens, first, last, Name(tokens[first].start, tokens[last - 1].end, "", "unknown"))
    if kind == "unknown" and (name.titled or name.role):
        kind, sure = "person", True
    gender = name.gender
    if kind == "person" and len(run) > 1 and gender is None:
        gender = words.given.get(fold(run[0].text).split(" ")[0])
    elif kind == "organization":
        name = replace(name, role=None, titled=False)
        group = _class_before(tokens, first) or group if group in {None, "association"} else group
    return replace(name, text=surface(tokens[first:last]), kind=kind, group=group, gender=gender, sure=sure)


def _common_noun(run: Sequence[Token], key: str) -> bool:
    """Capitalised words that name nobody: "Iranian", "Americans", "Attorney General", "Senators", "Fla."."""
    words = lexicon()
    if key in words.adjectives or (key.endswith("s") and key[:-1] in words.adjectives):
        return True
    if all(is_role(token) or token.low in words.role_modifiers for token in run):
        return True
    only = run[0]
    return len(run) == 1 and (only.low in words.role_plurals or only.low in words.classes or only.text in words.state_labels)


def _open_headed(tokens: Sequence[Token], first: int, last: int) -> bool:
    """ "Department of Justice", "Club for Growth": a head that goes on with "of" and a capital."""
    head = tokens[last - 1]
    if head.low not in lexicon().open_heads or last + 1 >= len(tokens) or not tokens[last].joined:
        return False
    return tokens[last].low in _JOINERS and _extend(tokens, first, last) != (first, last)


def _person(article: _Article, first: int, last: int, titled: bool) -> tuple[SpeakerKind, bool]:
    """Kind of a name that no table of organisations or places has, and whether it is sure."""
    words, run = lexicon(), article.tokens[first:last]
    given = fold(run[0].text).split(" ")[0] in words.given
    if titled or (given and len(run) > 1):
        return "person", True
    if len(run) == 1:
        text = run[0].text
        acronym = text.isupper() and 2 <= len(text) <= 6 and text.isalpha()
        return ("organization", True) if acronym else ("unknown", False)
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
        alone = first < 3 or not proper(tokens[first - 3])
        free = key not in words.given and key not in words.places and key not in words.adjectives
        if proper(before) and alone and free and before.low not in words.function and before.text not in words.known:
            first -= 2
    return first, last


def _extend_after(tokens: Sequence[Token], last: int) -> int:
    words = lexicon()
    while last + 1 < len(tokens) and tokens[last].joined and tokens[last].low in _JOINERS:
        at = last + 1 + (tokens[last + 1].low == "the")
        end = at
        while end < len(tokens) and tokens[end].joined and proper(tokens[end]) and tokens[end].low not in words.calendar:
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
    """ "the militant group Hezbollah" tells that Hezbollah is a militia."""
    words = lexicon()
    if not first or not tokens[first].joined or tokens[first - 1].low not in words.classes:
        return None
    near = {token.low for token in tokens[max(0, first - 4) : first]}
    if near & {"militant", "militia", "armed", "rebel", "insurgent", "terrorist"}:
        return "militia"
    return words.classes[tokens[first - 1].low]


def _with_context(tokens: Sequence[Token], first: int, last: int, name: Name) -> Name:
    """Adds titles, brackets and appositions to a bare name."""
    after, short = last, None
    bracket = last + 2 < len(tokens) and tokens[last].text == "(" and tokens[last].joined
    if bracket:
        close = next((i for i in range(last + 1, min(last + 7, len(tokens))) if tokens[i].text == ")"), None)
        if close is not None and close > last + 1:
            short, after = surface(tokens[last + 1 : close]), close + 1
    title = title_before(tokens, first)
    found = apposition_after(tokens, after) or apposition_before(tokens, first, after)
    role = Role(first, last, None, None) if title is None else title
    begin, end = min(first, role.first), after
    if found is not None:
        begin, end = min(begin, found.first), max(end, found.last)
        if role.role is None:
            role = found._replace(gender=role.gender or found.gender)
    affiliation = role.affiliation or _owner(tokens, first)
    following = tokens[last] if last < len(tokens) else None
    return replace(
        name,
        outer=(tokens[begin].start, tokens[min(end, len(tokens)) - 1].end),
        role=role.role,
        affiliation=affiliation,
        gender=role.gender,
        short=short,
        titled=title is not None,
        possessive=following is not None and following.low in {"'s", "’s", "’", "'"} and following.start == name.end,
        modifier=following is not None and following.joined and _noun(following),
    )


def _owner(tokens: Sequence[Token], first: int) -> str | None:
    """ "Lebanon's Iran-backed Hezbollah" → "Lebanon"."""
    at = first - 1
    while at > 0 and tokens[at + 1].joined and (tokens[at].low.endswith(("ed", "-led", "-run")) or tokens[at].low in lexicon().class_modifiers):
        at -= 1
    if at < 1 or tokens[at].low not in {"'s", "’s"} or not tokens[at + 1].joined:
        return None
    place = fold(tokens[at - 1].text)
    return tokens[at - 1].text if place in lexicon().places else None


def _noun(token: Token) -> bool:
    """Whether a word after a name is a noun that the name describes: "campaign", "spokeswoman", "officials"."""
    words = lexicon()
    return token.low in words.roles or token.low in words.role_plurals or token.low in words.classes
