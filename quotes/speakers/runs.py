"""Cuts an article's capitalised words into stretches that can be names, titles and dates taken off.

Where a capital is owed to the place of the word ("Critics said") the rest of the article decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from quotes.speakers.appositions import apposition_after
from quotes.speakers.lexicon import fold, lexicon
from quotes.speakers.roles import POSSESSIVE, hyphened_given, is_role, is_title, portfolio_start, proper, role_noun
from quotes.speakers.tokens import Token

_RANKS = frozenset({"sergeant", "corporal", "sgt.", "drum", "brigade", "magistrate"})
"""Words that make another title of one: "Sergeant Major", "Magistrate Judge"."""
_BEFORE_MONTHS = frozenset({"in", "since", "until", "till", "early", "mid", "late", "last", "next"})


class Article:
    """The tokens and which words they use with and without a capital.

    Attributes:
        tokens: All tokens.
        small: Words that are written without a capital.
        capitals: Indices of the tokens that may be `proper`.
        strong: Words whose capital isn't owed to their place.
        first_of_two: Words that begin a sentence and stand before another capital.
        called: (given name, surname) of people whose given name is elsewhere a title: ("dean", "Opie").
    """

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        forms = {token.text for token in tokens}
        self.small = set(filter(str.islower, forms))
        upper = {form for form in forms if form[0].isupper() or "-" in form}
        self.capitals = [at for at, token in enumerate(tokens) if token.text in upper]
        capitals = (tokens[at] for at in self.capitals)
        self.strong = {token.text for token in capitals if not token.initial and not token.headline and token.capital}
        firsts = (at for at in self.capitals if tokens[at].initial and at + 1 < len(tokens) and tokens[at + 1].joined)
        self.first_of_two = {tokens[at].text for at in firsts if proper(tokens[at + 1])}
        pairs = [at for at in self.capitals if tokens[at].low in lexicon().given_titles]
        self.called = {(tokens[at].low, tokens[at + 1].text) for at in pairs if self._given(at)}

    def _given(self, at: int) -> bool:
        """Whether the title at `at` is a given name: "paramedic Dean Opie", "Mr. Earl Watts"; not "Dean Ann Lee".

        A title or another role stands before it, or it is rather a name than a title and the article knows no dean.
        """
        words, tokens = lexicon(), self.tokens
        if at + 1 >= len(tokens) or not tokens[at + 1].joined or not proper(tokens[at + 1]) or is_role(tokens[at + 1]):
            return False
        longer = at + 2 < len(tokens) and tokens[at + 2].joined and proper(tokens[at + 2])
        if longer and tokens[at + 2].text not in words.letters and tokens[at + 2].low not in words.suffixes:
            return False
        before = tokens[at - 1] if at and tokens[at].joined else None
        if before is not None and (before.low in words.honorifics or before.text in words.bare):
            return True
        if before is not None and is_role(before):
            return before.low not in words.role_modifiers and before.low not in _RANKS
        apart = before is None or not (proper(before) or before.low in {"the", "a", "an", *POSSESSIVE})
        return apart and words.given_titles[tokens[at].low] and not {tokens[at].low, f"{tokens[at].low}s"} & self.small


def runs(article: Article) -> Iterator[tuple[int, int]]:
    """Maximal stretches of capitalised words, with particles ("bin", "van") and "&" inside."""
    words, tokens = lexicon(), article.tokens
    end = 0
    for at in article.capitals:
        if at < end or not proper(tokens[at]):
            continue
        end = at + 1
        while end < len(tokens) and tokens[end].joined:
            token = tokens[end]
            if proper(token) and not token.initial:
                if token.low in words.function and not _surname_after_all(tokens, end):
                    break
            elif not _goes_on(tokens, end):
                break
            end += 1
        yield at, end


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word without a capital is one within a name: "von der Leyen", "Johnson & Johnson", "People's"."""
    words, token = lexicon(), tokens[at]
    possessive = token.low in POSSESSIVE and tokens[at - 1].end == token.start and _owns(tokens, at)
    if not (possessive or token.low in words.particles or token.text == "&"):
        return False
    ahead = at + 1
    while ahead < min(len(tokens), at + 3) and tokens[ahead].low in words.particles:
        ahead += 1
    return ahead < len(tokens) and tokens[ahead].joined and proper(tokens[ahead])


def _owns(tokens: Sequence[Token], at: int) -> bool:
    """Whether the mark at `at` stands within a body's name: "Teachers' Union", "Dale County Sheriff's Office".

    The owners are of a kind and no single body or person ("Ghana's Health Ministry"), and a body is what they own.
    """
    words, owner = lexicon(), tokens[at - 1]
    if owner.low in words.possessives:
        return True
    plural = owner.low in words.role_plurals or (owner.low.endswith("s") and tokens[at].low in {"'", "’"})
    if not plural and not is_role(owner):
        return False
    end = at + 1
    while end < len(tokens) and tokens[end].joined and proper(tokens[end]):
        end += 1
    if end == at + 1 or tokens[end - 1].low not in words.classes:
        return False
    # "the Wolves' House Committee" is the committee of the Wolves: one word, or an owner that people are.
    return end == at + 2 or owner.low in words.role_plurals or is_role(owner)


def _surname_after_all(tokens: Sequence[Token], at: int) -> bool:
    """ "Theresa May", "George Will", "Doctors Without Borders": a function word that belongs to the name."""
    return fold(tokens[at - 1].text) in lexicon().given or tokens[at].text.isupper() or tokens[at].low == "without"


def segments(article: Article, first: int, last: int) -> Iterator[tuple[int, int, bool]]:
    """Cuts a run into names: function words and dates off, what stands before a title apart from what follows."""
    tokens, words = article.tokens, lexicon()
    while first < last and _not_a_name(article, first, last):
        first += 1
    for index in range(first, last):
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        dated = tokens[index].low in words.calendar
        if dated and (index == first or fold(tokens[index - 1].text) not in words.given):
            preceding = tokens[index - 1].low if index and tokens[index].joined else ""
            named = following is not None and proper(following) and tokens[index].low in words.given
            if index == first and named and preceding not in _BEFORE_MONTHS:
                continue  # "April Ryan"; "In May Lumora cut its forecast" is a month
            yield from segments(article, first, index)
            yield from segments(article, index + 1, last)
            return
    if first < last:
        first = _after_portfolio(tokens, first, last)
        last = _before_letters(tokens, first, last)
    if first >= last:
        return
    if last - first == 1 and not _is_title(tokens, first):
        yield first, last, False
        return
    cut = None if body_class(tokens[first:last]) else _title_end(article, first, last)
    if cut is None:
        yield _peel(tokens, first, last), last, False
        return
    before = first
    while before < cut and not _is_title(tokens, before):
        before += 1
    while before > first and tokens[before - 1].low in words.role_modifiers:
        before -= 1
    if before > first:
        yield first, before, False
    if cut < last:
        yield cut, last, True


def _not_a_name(article: Article, at: int, last: int) -> bool:
    """Whether the first word of a run owes its capital to the beginning of a sentence: "Critics", "In"."""
    words, token = lexicon(), article.tokens[at]
    key = fold(token.text)
    more = at + 1 < last
    if token.low in words.function:
        listed = token.text in words.known or key in words.places
        acronym = token.text.isupper() and len(token.text) > 1 and (listed or not token.initial)
        return not acronym and not (more and key in words.given)
    if not token.initial:
        return False
    if token.text in words.known or key in words.places or token.low in words.honorifics or "." in token.text:
        return False
    if more and fold(f"{token.text} {article.tokens[at + 1].text}") in words.places:
        return False  # "Downing Street"
    if more and hyphened_given(article.tokens[at + 1]):
        return False  # "Park Ji-hoon", where the article has a park
    if is_role(token) or (more and (key in words.adjectives or key in words.role_modifiers)):
        return False
    if token.text in article.strong or (key in words.given and (more or token.low not in words.common)):
        return False
    if token.low in words.common or token.low in article.small:
        return True
    if more:
        return token.low.endswith(("ly", "ing")) and key not in words.given
    if _introduced(article.tokens, at) or _owned_later(article, at):
        return False
    following = article.tokens[at + 1].low if at + 1 < len(article.tokens) else ""
    if following in words.speech and not token.low.endswith(("s", "ly", "ing")):
        return False  # "Trump said", where he has no other name
    return not token.text.isupper() or len(token.text) < 2


def _owned_later(article: Article, at: int) -> bool:
    """ "Nalifa's son", where the article begins a sentence with "Nalifa Desta": the mark shows that it is a name."""
    tokens = article.tokens
    owns = at + 1 < len(tokens) and tokens[at + 1].low in {"'s", "’s"}
    return owns and tokens[at].text in article.first_of_two


def _introduced(tokens: Sequence[Token], at: int) -> bool:
    """ "Suprapto, the agency's head, said", "Wahyuni, 34, said": a word that is set beside what a person is."""
    if at + 3 >= len(tokens) or tokens[at + 1].text != ",":
        return False
    if tokens[at + 2].text.isdigit() and len(tokens[at + 2].text) < 3 and tokens[at + 3].text == ",":
        return True
    role = apposition_after(tokens, at + 1)
    if role is None or role.last + 1 >= len(tokens) or tokens[role.last].text != ",":
        return False
    verb = tokens[role.last + 1].low
    return verb in lexicon().speech or verb in lexicon().auxiliaries or verb.endswith("ed")


def _after_portfolio(tokens: Sequence[Token], first: int, last: int) -> int:
    """Skips "State" in "Secretary of State Mike Pompeo", whose run begins after "of"."""
    portfolios, at = lexicon().portfolios, first
    while at < last and tokens[at].low in portfolios:
        at += 1
    return at if at > first and portfolio_start(tokens, at - 1) is not None else first


def _before_letters(tokens: Sequence[Token], first: int, last: int) -> int:
    """Takes letters off the end of a person's name: "Julian Thorpe KC"; "Labour MP" is a role."""
    words = lexicon()
    at = last
    while at - 1 > first and tokens[at - 1].text in words.letters:
        at -= 1
    person = any(fold(token.text) in words.given or token.low in words.honorifics for token in tokens[first:at])
    if any(is_role(token) for token in tokens[at:last]) and not (person and at - first > 1):
        return last
    return at


def letters_end(tokens: Sequence[Token], last: int) -> int:
    """Index after the letters that follow a name which ends before `last`."""
    while last < len(tokens) and tokens[last].joined and tokens[last].text in lexicon().letters:
        last += 1
    return last


def _title_end(article: Article, first: int, last: int) -> int | None:
    """Index after the last title in the run, if a name can follow it or nothing does."""
    words, tokens = lexicon(), article.tokens
    while last - 1 > first and tokens[last - 1].low in words.suffixes:
        last -= 1
    for index in range(last - 1, first - 1, -1):
        if not _is_title(tokens, index):
            continue
        if index + 1 < last and (tokens[index].low, tokens[index + 1].text) in article.called:
            continue  # "Paramedic Dean Opie"
        if index == last - 1 and index > first and not all(_before_title(t) for t in tokens[first:index]):
            continue  # "Martin Luther King": a surname that is also a title
        return index + 1
    return None


def _is_title(tokens: Sequence[Token], at: int) -> bool:
    return is_title(tokens, at) or tokens[at].low in lexicon().honorifics


def _before_title(token: Token) -> bool:
    """A word that may stand before a title: "New", "Iranian", "Foreign" in "Iranian Foreign Minister"."""
    words, key = lexicon(), fold(token.text)
    return is_role(token) or token.low in words.role_modifiers or key in words.adjectives or key in words.places


def _peel(tokens: Sequence[Token], first: int, last: int) -> int:
    """Takes an adjective or place off the front of a person's name: "Republican Donald Trump"."""
    words = lexicon()
    at = first
    if last - first > 2 and fold(tokens[first].text) in words.given and fold(tokens[first + 1].text) in words.given:
        return first  # "Charlotte Mary Brown"
    while at + 2 < last and (fold(tokens[at].text) in words.adjectives or fold(tokens[at].text) in words.places):
        at += 1
        if fold(tokens[at].text) in words.given:
            return at
    return first


def folded(run: Sequence[Token]) -> str:
    """The words of a run, folded."""
    return fold(run[0].text if len(run) == 1 else " ".join([token.text for token in run]))


def body_class(run: Sequence[Token]) -> str | None:
    """Class of the organisation that the capitalised words name, else None."""
    return _body_class(tuple([token.text for token in run]))


@lru_cache(maxsize=4096)
def _body_class(run: tuple[str, ...]) -> str | None:
    words = lexicon()
    key = fold(" ".join(word for word in run if word.lower() not in {"'s", "’s"}))
    if key in words.known_phrases:
        return words.known_phrases[key]
    person = fold(run[0]) in words.given
    last = run[-1].lower()
    if last in words.classes and len(run) > 1 and not (person and len(run) == 2):
        if role_noun(run[0].lower()) and len(run) == 2 and last in {"times", "post"}:
            return None
        return words.classes[last]
    if last in words.company_names and len(run) > 1 and not person:
        return "company"
    if len(run) == 1 or not (person or any(role_noun(word.lower()) for word in run)):
        for word in run:
            if word in words.known:
                return words.known[word]
    return None
