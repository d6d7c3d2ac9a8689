"""Everything that is known of one article while its mentions are resolved, in reading order."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from operator import itemgetter

from quotes.speakers.apposed import body_before, name_after
from quotes.speakers.entities import Entity
from quotes.speakers.lexicon import lexicon
from quotes.speakers.links import Cast
from quotes.speakers.names import Name, names
from quotes.speakers.nominals import Nominal, modifies, read_nominal
from quotes.speakers.pronouns import PRONOUNS, Occurrence, antecedent, is_subject
from quotes.speakers.registry import Registry
from quotes.speakers.roles import POSSESSIVE, is_role, proper
from quotes.speakers.runs import Article
from quotes.speakers.tokens import Token, tokenize

Offsets = tuple[int, int]
_OWNERS = frozenset({"his", "her", "its", "their", "this", "that"})
_QUOTED = 0.5
"""How much of a sentence one within a quotation counts: speakers are remembered over long quotations."""
_POSSESSIVE = re.compile(r"['’]s? ")


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase that words are attributed to.

    Attributes:
        start: Offset of the phrase.
        end: Offset after it.
        head: Offsets of its head word.
        stated: The stretches of the statement it speaks for, where it is known.
    """

    start: int
    end: int
    head: Offsets
    stated: tuple[Offsets, ...] = ()


class Scene:
    """The article as far as it has been read: its names, and what was mentioned so far.

    Args:
        text: The article.
        registry: Known speakers.
        marked: Quoted stretches: what stands inside them is no antecedent.
        start: Offset at which prose starts.
        describe: Finds whom a description points back to.
        stated: Stretches of statements.
    """

    def __init__(
        self,
        text: str,
        registry: Registry | None,
        marked: Sequence[Offsets],
        start: int,
        describe: Callable[[Scene, Nominal], Entity],
        stated: Sequence[Offsets] = (),
    ) -> None:
        self._describe = describe
        self.text = text
        self.tokens = tokenize(text, start)
        self.starts = [token.start for token in self.tokens]
        article = Article(self.tokens)
        self.names = names(article)
        self.strong = article.strong
        self.name_starts = [name.start for name in self.names]
        self.cast = Cast(self.names, registry)
        self.marked = _merged(marked)
        self._mark_starts = [begin for begin, _ in self.marked]
        self._stated = _merged(stated)
        self._stated_starts = [begin for begin, _ in self._stated]
        self.said: list[Occurrence] = []
        self._told = self._narration()
        self._events = self._plan()
        self._next = 0
        self._noted = 0
        self._speaker: Entity | None = None

    def index(self, offset: int) -> int:
        """Index of the first token that ends after `offset`."""
        at = bisect_right(self.starts, offset) - 1
        if at >= 0 and self.tokens[at].end > offset:
            return at
        return at + 1

    def inside_marks(self, offset: int) -> bool:
        """Whether the character at `offset` stands in a quotation."""
        return _inside(self.marked, self._mark_starts, offset)

    def sentence(self, at: int) -> float:
        """Where the sentence of token `at` stands among all, with those that are quoted as a whole counted half."""
        return self._told[self.tokens[at].sentence]

    def antecedent(self, at: int) -> Entity | None:
        """Whom the pronoun at token `at` stands for, among what has been read."""
        return antecedent(self.tokens[at].low, self.tokens, at, self.sentence(at), self.said)

    def _narration(self) -> list[float]:
        """For each sentence how many there are up to it: “A. B. C,” he said: two."""
        if not self.tokens:
            return []
        steps = [1.0] * (self.tokens[-1].sentence + 1)
        for begin, end in self.marked:
            first, last = self.index(begin), self.index(end)
            if first >= last:
                continue
            whole = not first or self.tokens[first - 1].sentence != self.tokens[first].sentence
            closed = last == len(self.tokens) or self.tokens[last].sentence != self.tokens[last - 1].sentence
            for number in range(self.tokens[first].sentence + (not whole), self.tokens[last - 1].sentence + closed):
                steps[number] = _QUOTED
        return list(accumulate(steps))

    def names_in(self, start: int, end: int) -> list[Name]:
        """Names that begin in `text[start:end]`."""
        return self.names[bisect_left(self.name_starts, start) : bisect_left(self.name_starts, end)]

    def name_at(self, offset: int) -> Name | None:
        """The name that the character at `offset` belongs to."""
        at = bisect_right(self.name_starts, offset) - 1
        return self.names[at] if at >= 0 and offset < self.names[at].end else None

    def name_round(self, offset: int) -> Name | None:
        """The name whose title or apposition the character at `offset` belongs to."""
        at = bisect_left(self.name_starts, offset)
        near = self.names[max(0, at - 6) : at + 3]
        round_it = [name for name in near if name.role and name.outer[0] <= offset < name.outer[1]]
        return min(round_it, key=lambda name: name.outer[1] - name.outer[0], default=None)

    def entity(self, name: Name) -> Entity:
        """Whom a name names."""
        return self.cast.of[name.start]

    def beside(self, name: Name, head: int) -> Entity:
        """Whom a name names that stands beside a description with the head word `head`, which tells what it is."""
        entity, words, noun = self.entity(name), lexicon(), self.tokens[head]
        if entity.entry is not None:
            return entity
        group = words.classes.get(noun.low)
        if group is not None and not (entity.kind == "person" and name.sure):
            entity.kind, entity.group = "organization", group if entity.group in {None, "association"} else entity.group
        elif entity.kind == "place" and not name.sure:
            entity.kind = "organization"
        elif entity.kind == "unknown" and is_role(noun) and noun.low not in words.either:
            entity.kind = "person"
        if entity.kind == "person":
            entity.gender = entity.gender or words.role_gender.get(noun.low)
            if not entity.roles and is_role(noun) and noun.low not in words.kin:
                entity.roles.append((noun.text, None))
        return entity

    def read_to(self, offset: int) -> None:
        """Takes note of every name, description and pronoun outside quotations before `offset`."""
        while self._next < len(self._events) and self._events[self._next][0] < offset:
            at, what = self._events[self._next]
            self._next += 1
            occurrence = self._name(what) if isinstance(what, Name) else self._word(at, what)
            if occurrence is not None:
                self.said.append(self._reported(occurrence))

    def _reported(self, occurrence: Occurrence) -> Occurrence:
        """The occurrence with whose words it is among; one in the mention itself is no more than an owner."""
        if occurrence.start < self._noted:
            return occurrence if occurrence.entity is self._speaker else occurrence._replace(owner=True)
        inside = _inside(self._stated, self._stated_starts, occurrence.start)
        by = self._speaker if inside and occurrence.entity is not self._speaker else None
        return occurrence._replace(by=by) if by is not None else occurrence

    def note(self, entity: Entity, mention: Mention, pronoun: bool) -> None:
        """Takes note that words were attributed to `entity`."""
        self._noted, self._speaker = mention.end, entity
        at = min(self.index(mention.head[0]), len(self.tokens) - 1)
        self.said.append(
            Occurrence(entity, mention.start, self.sentence(at), True, False, speaker=True, pronoun=pronoun)
        )

    def _plan(self) -> list[tuple[int, Name | int]]:
        """What `read_to` will meet: names, pronouns and descriptions, by offset."""
        events: list[tuple[int, Name | int]] = [
            (name.start, name) for name in self.names if not name.modifier and not self.inside_marks(name.start)
        ]
        heads = _nouns() | PRONOUNS
        for at in [at for at, token in enumerate(self.tokens) if token.low in heads]:
            token = self.tokens[at]
            owed = token.text[0].islower() or (token.initial and self.name_at(token.start) is None)  # "Officials met"
            if (owed or token.low in PRONOUNS) and not self.inside_marks(token.start):
                events.append((token.start, at))
        events.sort(key=itemgetter(0))
        return events

    def _name(self, name: Name) -> Occurrence:
        first = self.index(name.outer[0]) if name.outer[0] <= name.start else self.index(name.start)
        last = self.index(max(name.end - 1, name.start)) + 1
        subject = not name.possessive and is_subject(self.tokens, first, last)
        beside = self._beside(name, first, last) if name.kind in {"person", "unknown"} else None
        return Occurrence(self.entity(name), name.start, self.sentence(first), subject, name.possessive, beside=beside)

    def _beside(self, name: Name, first: int, last: int) -> Entity | None:
        """The person that "and" joins with `name`: "Marta Kowalczyk and Lucia Ferrante argued"."""
        other = None
        if first > 1 and self.tokens[first - 1].low == "and":
            other = self.name_at(self.tokens[first - 2].start)
        elif last + 1 < len(self.tokens) and self.tokens[last].low == "and":
            other = next(
                (n for n in self.names_in(name.end, len(self.text))[:1] if _begins_at(self, n, last + 1)), None
            )
        return self.entity(other) if other is not None and self.entity(other) is not self.entity(name) else None

    def _word(self, offset: int, at: int) -> Occurrence | None:
        token = self.tokens[at]
        if token.low in PRONOUNS:
            entity = self.antecedent(at)
            subject = token.low in {"he", "she", "it", "they"}
            return Occurrence(entity, offset, self.sentence(at), subject, pronoun=True) if entity else None
        if offset < self._noted or self.name_round(offset) is not None:
            return None
        body = body_before(self, at)
        if body is not None:
            self.beside(body, at)
            return None
        nominal = self.nominal_at(at)
        if nominal is None:
            return None
        first = self.index(nominal.start)
        beside = name_after(self, first, at, at + 1)
        entity = self._describe(self, nominal) if beside is None else self.beside(beside, at)
        owner = at + 1 < len(self.tokens) and self.tokens[at + 1].low in POSSESSIVE and self.tokens[at + 1].joined
        subject = not owner and is_subject(self.tokens, first, at + 1)
        return Occurrence(entity, nominal.start, self.sentence(at), subject, owner)

    def nominal_at(self, head: int) -> Nominal | None:
        """The description whose head is the token `head`; unless it is of several people it needs an article."""
        tokens, words = self.tokens, lexicon()
        following = tokens[head + 1] if head + 1 < len(tokens) else None
        if following is not None and following.joined and (_noun(following) or proper(following)):
            return None  # "campaign manager", "company Google"
        first = head
        while first > 0 and tokens[first].joined and (modifies(tokens[first - 1]) or tokens[first - 1].low in _OWNERS):
            first -= 1
        opened = tokens[first].low in words.quantifiers or tokens[first].low == "the" or tokens[first].low in _OWNERS
        opened = opened or (first > 0 and tokens[first - 1].low in POSSESSIVE)
        if not opened and tokens[head].low not in words.role_plurals:
            return None
        return read_nominal(tokens, first, head + 1, head, self.strong)


@cache
def _nouns() -> frozenset[str]:
    """Head nouns of the descriptions that are looked for outside mentions."""
    words = lexicon()
    return words.roles | words.documents | words.role_plurals.keys() | words.classes.keys()


def _noun(token: Token) -> bool:
    words = lexicon()
    return token.low in words.roles or token.low in words.role_plurals or token.low in words.classes


def _begins_at(scene: Scene, name: Name, at: int) -> bool:
    return scene.tokens[at].start in {name.start, name.outer[0]}


def described(scene: Scene, nominal: Nominal) -> Entity:
    """The entity of a description: seen before under the same words, or a new one."""
    name = _owned_name(scene, nominal)
    key = f"{nominal.counted} {_POSSESSIVE.sub(' ', name)}".lstrip()  # "two officials" aren't "three officials"
    known = scene.cast.described(key)
    if known is not None:
        if known.entry is None or _POSSESSIVE.search(name) is None:
            known.surfaces[name] += 1
        return known
    entity = Entity(kind=nominal.kind, group=nominal.group, gender=nominal.gender, nominal=nominal.head)
    entity.surfaces[name] = 1
    if nominal.role:
        entity.roles.append(
            (" ".join((["former"] if nominal.former else []) + list(nominal.role)), nominal.affiliation)
        )
    return scene.cast.keep(key, entity)


def _owned_name(scene: Scene, nominal: Nominal) -> str:
    """ "his campaign" → "Sanders campaign", "Mrs. Clinton's campaign" → "Clinton campaign"."""
    name = nominal.name
    if nominal.owner is not None and nominal.owner == nominal.start:
        at = scene.index(nominal.owner)
        owner = scene.antecedent(at)
        rest = name.partition(" ")[2]
        if owner is None or not rest:
            return rest or name
        surname = owner.surname if owner.kind == "person" else owner.name
        body = nominal.kind == "organization" and surname[:1].isupper()
        return f"{surname} {rest}" if body else f"{surname}'s {rest}"
    first, _, rest = name.partition(" ")
    if first.lower() in lexicon().honorifics and _POSSESSIVE.search(rest):
        name = rest
    return name


def _inside(spans: Sequence[Offsets], starts: Sequence[int], offset: int) -> bool:
    at = bisect_right(starts, offset) - 1
    return at >= 0 and offset < spans[at][1]


def _merged(spans: Sequence[Offsets]) -> list[Offsets]:
    merged: list[Offsets] = []
    for begin, end in sorted(spans):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged
