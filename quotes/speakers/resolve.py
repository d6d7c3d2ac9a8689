"""Resolves the mentions of one article: who speaks, each speaker once, under one canonical name.

The rules are tried in order and the first that knows an answer decides. `NOBODY` is an answer too: a
pronoun that nothing agrees with names no speaker, and no later rule guesses one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from quotes.speakers.apposed import name_after, name_before, name_given, name_of_apposition
from quotes.speakers.appositions import apposition_after
from quotes.speakers.article import Mention, Scene
from quotes.speakers.descriptions import describe
from quotes.speakers.entities import Entity
from quotes.speakers.lexicon import lexicon
from quotes.speakers.names import Name
from quotes.speakers.nominals import modifies, read_nominal
from quotes.speakers.phrases import Phrase, read_phrase
from quotes.speakers.pronouns import PRONOUNS, RELATIVE
from quotes.speakers.records import Resolution, collect
from quotes.speakers.registry import Registry
from quotes.speakers.roles import surface


class _Nobody:
    """The mention names no speaker."""


NOBODY: Final = _Nobody()
Answer = Entity | _Nobody | None
_COMMA = re.compile(r"(?:\s*\([^()]*\))?,\s+(?:the\s+)?")
_AND = re.compile(r"(?:'s|’s)?(?:\s*\([^()]*\))?,?\s+(?:and|&|or)\s+(?:the\s+)?$")


def resolve(
    text: str,
    mentions: Sequence[Mention],
    *,
    marked: Sequence[tuple[int, int]] = (),
    registry: Registry | None = None,
    start: int = 0,
) -> Resolution:
    """Finds the speaker of each mention.

    Args:
        text: The article.
        mentions: Noun phrases that statements are attributed to, offsets in characters of `text`.
        marked: Stretches between quotation marks; antecedents aren't looked for inside them.
        registry: Known speakers; an entry wins over what the article alone would tell.
        start: Offset at which prose starts.

    Returns:
        The speakers and, in the order of `mentions`, the speaker of each. Nothing raises: a mention
        outside the text or without words has no speaker.
    """
    if not mentions:
        return Resolution((), ())
    stated = [span for mention in mentions for span in mention.stated]
    scene = Scene(text, registry, marked, start, describe, stated)
    order = sorted(range(len(mentions)), key=lambda i: (mentions[i].start, mentions[i].end))
    found: list[Entity | None] = [None] * len(mentions)
    for index in order:
        phrase = read_phrase(scene, mentions[index])
        if phrase is None:
            continue
        scene.read_to(mentions[index].start)
        entity = _ask(scene, phrase)
        if entity is not None:
            scene.note(entity, mentions[index], phrase.word in PRONOUNS)
            found[index] = entity
    return collect(scene, mentions, found, order)


def _ask(scene: Scene, phrase: Phrase) -> Entity | None:
    for rule in RULES:
        answer = rule(scene, phrase)
        if answer is not None:
            return answer if isinstance(answer, Entity) and not answer.unclear else None
    return None


def by_pronoun(scene: Scene, phrase: Phrase) -> Answer:
    """ "he", "it", "they": the antecedent that agrees best, or nobody."""
    if not phrase.alone or phrase.word not in PRONOUNS:
        return None
    return scene.antecedent(phrase.head) or NOBODY


def by_relative(scene: Scene, phrase: Phrase) -> Answer:
    """ "critics, who said": the noun phrase just before "who"."""
    if not phrase.alone or phrase.word not in RELATIVE or scene.name_at(scene.tokens[phrase.head].start):
        return None  # "WHO" is a body
    at = phrase.first - 1
    while at >= 0 and scene.tokens[at].text in {",", ")", "”", '"', "-", "–", "—"}:
        if scene.tokens[at].text == ")":
            while at > 0 and scene.tokens[at].text != "(":
                at -= 1
        at -= 1
    if at < 0 or scene.tokens[at].sentence != scene.tokens[phrase.first].sentence:
        return NOBODY
    offset = scene.tokens[at].start
    for name in (scene.name_at(offset), scene.name_round(offset)):
        if name is not None and not (phrase.word == "who" and scene.entity(name).kind in {"place", "organization"}):
            return scene.entity(name)  # "critics of Iran who", "a star anchor at Fox News who" are neither
    if phrase.word == "who" and (name := name_of_apposition(scene, at)) is not None:
        return scene.entity(name)
    return _noun_before(scene, at, phrase.word) or NOBODY


def _noun_before(scene: Scene, last: int, relative: str) -> Entity | None:
    """The description that ends with the token `last`; for "who" the one of people."""
    words = lexicon()
    first = last
    while first > 0 and last - first < 7 and scene.tokens[first].joined:
        before = scene.tokens[first - 1]
        if not (before.word or before.text.isdigit()) or before.low in words.speech or before.low in words.auxiliaries:
            break
        first -= 1
    for head in range(last, first - 1, -1):
        low = scene.tokens[head].low
        if head < last and scene.tokens[head + 1].low not in words.prepositions:
            continue
        person = low in words.role_plurals or low in words.roles or low in words.group
        if person if relative == "who" else low in words.classes or low in words.documents:
            begin = head
            while begin > first and modifies(scene.tokens[begin - 1]):
                begin -= 1
            nominal = read_nominal(scene.tokens, begin, last + 1, head, scene.strong)
            return describe(scene, nominal) if nominal else None
    return None


def by_conjunction(scene: Scene, phrase: Phrase) -> Answer:
    """ "Clinton and Sanders", "the Teachers' Union and the Parents' Forum": a group of its own, named by the phrase."""
    inside = scene.names_in(phrase.mention.start, phrase.mention.end)
    opening = min(phrase.first + (scene.tokens[phrase.first].low == "the"), phrase.last - 1)
    if not inside or min(inside[0].outer[0], inside[0].start) > scene.tokens[opening].end:
        return None  # "aides of Clinton and Sanders"
    joined = _joined(scene, inside)
    head = scene.tokens[phrase.head].start
    if len(joined) < 2 or not any(name.start <= head < name.end for name in joined):
        return None
    key = " and ".join(scene.entity(name).name for name in joined)
    group = scene.cast.described(key) or scene.cast.keep(key, Entity(kind="group", nominal=key))
    texts = [name.text for name in joined]
    group.surfaces[f"{', '.join(texts[:-1])} and {texts[-1]}"] += group.entry is None
    return group


def _joined(scene: Scene, inside: Sequence[Name]) -> list[Name]:
    """The names from the first on that commas and a last "and" join."""
    joined = [inside[0]]
    for name in inside[1:]:
        between = scene.text[joined[-1].end : min(name.outer[0], name.start)]
        if name.modifier or not (_AND.fullmatch(between) or _COMMA.fullmatch(between)):
            return []
        joined.append(name)
        if _AND.fullmatch(between):
            return joined
    return []


def by_officer(scene: Scene, phrase: Phrase) -> Answer:
    """ "(The head of) its rival Lumora Tyres, Ann Lee": a person, whose body was taken for the head."""
    inside = scene.names_in(phrase.mention.start, phrase.mention.end)
    if len(inside) != 2 or inside[1].end < scene.tokens[phrase.last - 1].end:
        return None
    body, person = inside
    named = person.kind == "person" and person.sure and not (body.kind == "person" and body.sure)
    beside = _COMMA.fullmatch(scene.text[body.end : person.start])
    return scene.entity(person) if named and beside and not body.possessive else None


def by_name(scene: Scene, phrase: Phrase) -> Answer:
    """The head is a name, or the title or apposition of one: "Kataib Hezbollah spokesman Mohammed Mohieh"."""
    at = scene.tokens[_before_letters(phrase)].start
    name = scene.name_at(at)
    if name is not None and _counted(phrase, name):
        return None
    if name is not None:
        last = scene.index(name.end - 1) + 1
        described_noun = name.modifier and last < phrase.last
        return None if described_noun else scene.entity(name)
    name = scene.name_round(at)
    if name is None and phrase.word in lexicon().classes:
        name = next((n for n in scene.names_in(at, phrase.mention.end) if _follows(scene, n, phrase.head)), None)
    if name is None and phrase.head + 1 < phrase.last:
        name = next((n for n in scene.names_in(at, phrase.mention.end) if n.outer[0] <= at), None)
    return scene.entity(name) if name is not None else None


def _follows(scene: Scene, name: Name, at: int) -> bool:
    """ "rail operator Trentline": a name right after the noun for what it names, at `at`."""
    following = scene.tokens[at + 1] if at + 1 < len(scene.tokens) else None
    return following is not None and following.joined and following.start == name.start and not name.modifier


def _before_letters(phrase: Phrase) -> int:
    """The head, or for "Julian Thorpe KC" the word before the letters."""
    head = phrase.head
    if phrase.tokens[phrase.first].low in {"the", "a", "an"}:
        return head  # "the Selby MP"
    while head > phrase.first and phrase.tokens[head].text in lexicon().letters:
        head -= 1
    return head


def by_apposed_name(scene: Scene, phrase: Phrase) -> Answer:
    """ "The island's only vet, Sigrun Haldane, said", "Ann Lee, the captain who …, said": the name set beside."""
    name = name_after(scene, phrase.first, phrase.head, phrase.last) or name_before(scene, phrase.first, phrase.last)
    name = name or name_given(scene, phrase.head)
    return scene.beside(name, phrase.head) if name is not None else None


def by_opening_name(scene: Scene, phrase: Phrase) -> Answer:
    """ "Rep. Ann Lee, a Whig whose district floods, blamed dams" read as one phrase: the person whom it begins with."""
    for name in scene.names_in(phrase.mention.start, scene.tokens[phrase.head].start)[:1]:
        beside = scene.index(name.end - 1) + 1
        opens = min(name.outer[0], name.start) <= scene.tokens[phrase.first].start
        if not opens or name.possessive or name.kind != "person" or beside >= phrase.head:
            return None
        return scene.entity(name) if _apposed(scene, beside, phrase.head) else None
    return None


def _apposed(scene: Scene, comma: int, head: int) -> bool:
    """Whether what begins with a comma says more of the name before it, and a head comes only after that."""
    tokens = scene.tokens
    if tokens[comma].text == "(":
        comma = next((at for at in range(comma, head) if tokens[at].text == ")"), head - 1) + 1
    opens = tokens[comma].text == "," and tokens[comma + 1].low in {"a", "an", "the", "who", "whose", "his", "her"}
    return opens and any(tokens[at].low in RELATIVE or tokens[at].text == "," for at in range(comma + 1, head))


def _counted(phrase: Phrase, name: Name) -> bool:
    """ "many Millennials": a plural and not a name."""
    counted = phrase.tokens[phrase.first].low in lexicon().quantifiers and phrase.first < phrase.head
    return counted and name.kind == "unknown" and not name.sure and name.text.endswith("s")


def by_spelling(scene: Scene, phrase: Phrase) -> Answer:
    """Capitals that showed no name, as in a headline or for "White said": looked up among the article's names."""
    tokens, first, last = scene.tokens, phrase.head, phrase.head + 1
    if not tokens[first].capital or tokens[first].low in lexicon().parties or scene.name_at(tokens[first].start):
        return None
    while first > phrase.first and tokens[first - 1].capital and tokens[first].joined:
        first -= 1
    while last < phrase.last and tokens[last].capital and tokens[last].joined:
        last += 1
    for begin in range(first, phrase.head + 1):
        text = surface(tokens[begin:last])
        entity = scene.cast.named(Name(tokens[begin].start, tokens[last - 1].end, text, "unknown"))
        if entity is not None:
            return entity
    return None


def by_one_of_them(scene: Scene, phrase: Phrase) -> Answer:
    """ "Two government officials met. One of them said": one government official, whom nobody names."""
    at = phrase.head
    if phrase.word not in {"one", "another"} or phrase.last - at != 3:
        return None
    if [token.low for token in scene.tokens[at + 1 : phrase.last]] != ["of", "them"]:
        return None
    group = scene.antecedent(at + 2)
    single = lexicon().role_plurals.get(group.nominal or "") if group is not None and group.kind == "group" else None
    if group is None or group.nominal is None or single is None:
        return None
    name = re.sub(rf"\b{re.escape(group.nominal)}\b", single, group.name, flags=re.IGNORECASE)
    key = f"{phrase.word} of {group.name}"
    entity = scene.cast.described(key) or scene.cast.keep(key, Entity(kind="person", nominal=single))
    entity.surfaces[name] += 1
    return entity


def by_nothing(scene: Scene, phrase: Phrase) -> Answer:
    """ "one", "everyone", "I": nobody who can be named."""
    return NOBODY if phrase.alone and phrase.word in lexicon().indefinite else None


def by_description(scene: Scene, phrase: Phrase) -> Answer:
    """ "the spokesman", "the militia", "US officials": who was so described before, else a speaker of its own."""
    nominal = read_nominal(scene.tokens, phrase.first, phrase.last, phrase.head, scene.strong)
    if nominal is None:
        return NOBODY
    entity = describe(scene, nominal)
    if phrase.head == phrase.first and nominal.kind == "unknown" and nominal.name[:1].isupper():
        role = apposition_after(scene.tokens, phrase.head + 1)
        if role is not None and role.role:  # "Suprapto, the head of the agency, said"
            entity.kind, entity.nominal = "person", None
            entity.roles.append((role.role, role.affiliation))
    return entity


RULES: tuple[Callable[[Scene, Phrase], Answer], ...] = (
    by_pronoun,
    by_relative,
    by_nothing,
    by_conjunction,
    by_officer,
    by_opening_name,
    by_name,
    by_apposed_name,
    by_spelling,
    by_one_of_them,
    by_description,
)
"""How a mention finds its speaker; names themselves are put together by `links.LINKS`, the registry first."""
