"""What a statement takes its stance on: an ordered list of rules.

The rules are tried in order and the first that finds a target decides. `by_salience` decides most
statements (see `quotes.tag.salience`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from operator import attrgetter

from quotes.find.inflect import verb_forms
from quotes.parse import Sentence
from quotes.schema import Offsets
from quotes.speakers.article import Scene
from quotes.speakers.descriptions import describe
from quotes.speakers.entities import Entity
from quotes.speakers.names import Name
from quotes.speakers.pronouns import PRONOUNS, antecedent
from quotes.tag.nounphrases import NounPhrase, Statement, Word
from quotes.tag.salience import action, candidates

_ASKING = frozenset(
    form
    for lemma in "urge ask call demand implore press push plead tell beg encourage advise appeal order want".split()
    for form in verb_forms(lemma)
)
_ACCUSING = verb_forms("accuse") | verb_forms("suspect")
_NOUN_PHRASE = "(?:P|[DH]*[ANES-]*[NE])"
_ASKED_TO = re.compile(rf"[.CRW]*I?{_NOUN_PHRASE}(?:I{_NOUN_PHRASE})*TR*(?=[VX])")
_BESIDE = 80
"""Characters after a cue in which "said of …" names what is spoken of."""
_BEFORE = 25
"""Words before a statement that tell what the talk is of."""
_BACKWARDS = 30
"""Characters by which a name after a statement must be nearer than one before it."""
_FEW = 40
"""Mentions before a pronoun among which its antecedent is looked for."""


class Targets:
    """Finds the targets of one article's statements.

    Args:
        text: The article.
        sentences: Its sentences, from `quotes.parse.Parser`.
        scene: The article as it was read for its speakers; None reads it again, which takes some
            milliseconds.
        title: Its headline, where it is known apart from the text.
    """

    def __init__(
        self, text: str, sentences: Sequence[Sentence], *, scene: Scene | None = None, title: str | None = None
    ) -> None:
        self.sentences = sentences
        self.scene = scene or Scene(text, None, (), 0, describe)
        self.title = frozenset(re.findall(r"\w[\w'’-]*", (title or "").lower()))
        named = [entity for entity in self.scene.cast.entities if entity.names]
        self.topics = sorted(named, key=lambda entity: -len(entity.names))

    @cached_property
    def frequency(self) -> Counter[str]:
        """How often the article has each word, in lower case."""
        return Counter([token.low for token in self.scene.tokens])

    def find(
        self, spans: Sequence[Offsets], *, cue: Offsets | None = None, mention: Offsets | None = None
    ) -> Offsets | None:
        """The noun phrase, or for an appeal the action, that a statement is about.

        Args:
            spans: The statement.
            cue: The words that announce it, where there are some.
            mention: The words that name its speaker, where they are known.

        Returns:
            Offsets in the article; None where neither the statement nor the article names anything.
            Nothing raises: spans outside the text have no words.
        """
        if not spans:
            return None
        case = Case(self, spans, cue, mention)
        return next((target for rule in RULES if (target := rule(case)) is not None), None)

    def antecedent(self, offset: int, speaker: Entity | None = None) -> Entity | None:
        """Whom the pronoun at `offset` stands for; not for the speaker, who would be "I"."""
        scene = self.scene
        at = scene.index(offset)
        if at >= len(scene.tokens) or scene.tokens[at].low not in PRONOUNS:
            return None
        scene.read_to(offset)
        last = bisect_left(scene.said, offset, key=lambda occurrence: occurrence.start)
        before = [said for said in scene.said[max(0, last - _FEW) : last] if said.entity is not speaker]
        return antecedent(scene.tokens[at].low, scene.tokens, at, scene.sentence(at), before)


class Case:
    """One statement whose target is looked for.

    Args:
        article: The article's targets.
        spans: The statement.
        cue: The words that announce it.
        mention: The words that name its speaker.
    """

    def __init__(
        self, article: Targets, spans: Sequence[Offsets], cue: Offsets | None, mention: Offsets | None
    ) -> None:
        self.article = article
        self.statement = Statement(article.scene, article.sentences, spans)
        self.start = spans[0][0]
        self.spans = spans
        self._cue = cue
        self._mention = mention

    @cached_property
    def speaker(self) -> Entity | None:
        """Who makes the statement."""
        if self._mention is None:
            return None
        names = self.article.scene.names_in(*self._mention)
        return self.article.scene.entity(names[0]) if names else self.article.antecedent(self._mention[0])

    def announced_by(self, words: Collection[str]) -> bool:
        """Whether one of these words is in the cue or, where no cue is known, just before the statement."""
        scene = self.article.scene
        if self._cue is not None:
            return any(word in words for word in scene.text[slice(*self._cue)].lower().split())
        at = scene.index(self.start)
        return any(token.low in words for token in scene.tokens[max(0, at - 3) : at])

    @cached_property
    def beside(self) -> Statement | None:
        """The words that follow the cue and aren't said."""
        if self._cue is None:
            return None
        start = self._cue[1]
        end = min((first for first, last in self.spans if last > start), default=len(self.article.scene.text))
        return Statement(self.article.scene, self.article.sentences, [(start, min(end, start + _BESIDE))])

    def named(self, phrase: NounPhrase) -> Entity | None:
        """The entity that a noun phrase ends with the name of."""
        name = self.article.scene.name_at(self.statement.words[phrase.head].start)
        return self.article.scene.entity(name) if name is not None else None

    def name_for(self, pronoun: Word) -> Offsets | None:
        """Where whom a pronoun stands for is named."""
        entity = self.article.antecedent(pronoun.start, self.speaker)
        return _nearest_name(entity, self.spans) if entity is not None else None

    @cached_property
    def before(self) -> frozenset[str]:
        """The words just before the statement, in lower case."""
        scene = self.article.scene
        at = scene.index(self.start)
        return frozenset([token.low for token in scene.tokens[max(0, at - _BEFORE) : at]])


def by_remark(case: Case) -> Offsets | None:
    """ "“A triumph,” she said of *the new bridge*": what the cue is tied to, outside the statement."""
    beside = case.beside
    if beside is None or beside.letters[:1] != "I" or beside.words[0].low not in {"of", "about"}:
        return None
    return next(((phrase.start, phrase.end) for phrase in beside.phrases if phrase.first == 1), None)


def by_appeal(case: Case) -> Offsets | None:
    """ "urged the bank *to lower its rates*": what is asked for, not whom it is asked of."""
    statement = case.statement
    match = _ASKED_TO.match(statement.letters) if case.announced_by(_ASKING) else None
    return action(statement, match.end()) if match else None


def by_accusation(case: Case) -> Offsets | None:
    """ "accused *the bank* of fraud": the accused, without the accusation."""
    words, phrases = case.statement.words, case.statement.phrases
    if not phrases or phrases[0].first > 0 or not case.announced_by(_ACCUSING):
        return None
    return words[0].start, words[phrases[0].head].end


def by_salience(case: Case) -> Offsets | None:
    """ "*The levy* will ruin farmers in the north": what is mentioned and has most to speak for it."""
    best = max(candidates(case), key=attrgetter("salience"), default=None)
    return None if best is None else (best.start, best.end)


def by_pronoun(case: Case) -> Offsets | None:
    """ "It failed us.": what the first pronoun stands for, in a statement that names nothing."""
    named = (case.name_for(word) for word in case.statement.words if word.low in PRONOUNS)
    return next((target for target in named if target is not None), None)


def by_unnamed(case: Case) -> Offsets | None:
    """ "They will regret it.": the pronoun itself, where nobody knows what it stands for."""
    words = case.statement.words
    return next((word[:2] for word in words if word.letter == "P" and word.low not in _SELF), None)


_SELF = frozenset({"i", "me", "myself", "we", "us", "ourselves", "there"})


def by_topic(case: Case) -> Offsets | None:
    """ "Absolutely not": who or what the article names most often."""
    topic = next((entity for entity in case.article.topics if entity is not case.speaker), None)
    return _nearest_name(topic, case.spans) if topic is not None else None


RULES: tuple[Callable[[Case], Offsets | None], ...] = (
    by_remark,
    by_appeal,
    by_accusation,
    by_salience,
    by_pronoun,
    by_unnamed,
    by_topic,
)


def _nearest_name(entity: Entity, spans: Sequence[Offsets]) -> Offsets | None:
    """Where an entity is named in a statement or between its spans, else nearest to it, before rather than after."""
    start, end = spans[0][0], spans[-1][1]

    def distance(name: Name) -> int:
        return max(start - name.start, name.start - end + _BACKWARDS if name.start >= end else 0)

    nearest = min(entity.names, key=distance, default=None)
    return (nearest.start, nearest.end) if nearest is not None else None
