"""Whom a pronoun stands for: a scored choice among what was mentioned before it.

The preferences are the classical ones for pronoun resolution (Lappin and Leass, "An algorithm for
pronominal anaphora resolution", 1994): agreement first, then recency, subjects before objects, names in
possessives last; for news, who spoke last before who is only spoken of.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quotes.speakers.entities import Entity
from quotes.speakers.lexicon import Gender, fold, lexicon
from quotes.speakers.roles import POSSESSIVE, proper
from quotes.speakers.tokens import Token

PERSONAL: dict[str, Gender] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "m"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "f"),
}
NEUTER = frozenset({"it", "its", "itself"})
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
PRONOUNS = frozenset(PERSONAL) | NEUTER | PLURAL

_REACH = 6
"""Sentences back that a person is looked for."""
_NEAR = 2
"""Sentences back that a thing or group is looked for: "it" and "they" reach less far."""
_MOST = 5.7
"""No antecedent in the pronoun's own sentence scores higher: `_agreement` and `_prominence` at their best."""
_REPORTED = 0.6
"""What a mention within a statement counts less for what follows: "Lee said Ruiz had lied. She added …"."""
_ECHO = 1.5
"""What the speaker counts more right after the verb: "Keisha said she …"."""
_KIN = 0.6
"""What a relative who has said nothing counts less than whose relative it is: "a book her daughter had. She said …"."""
_UNNAMED = 1.5
"""How well "a source", "the reporter", of whom nothing tells the sex, agrees with "he" and "she"."""
_WRITTEN = frozenset(
    {"accused", "accuses", "asks", "concludes", "denied", "denies", "describes", "described", "read", "urged", "urges"}
)
"""What a document does as well."""
_ADVERBIAL = 16
"""Tokens of an adverbial in front of a subject, at most."""
_TIMES = frozenset(
    {"week", "month", "year", "spring", "summer", "autumn", "fall", "winter", "weekend", "night", "time"}
)
_ADVERBS = frozenset({"as", "when", "while", "once", "earlier", "later", "yesterday", "today", "until"})
"""Words that such an adverbial begins with, besides prepositions and days."""
_LEAST = 1.0
"""Score below which nobody is meant: better no speaker than a wrong one."""


class Occurrence(NamedTuple):
    """One place where an entity is mentioned.

    Attributes:
        entity: Who or what.
        start: Offset of the mention.
        sentence: Where its sentence stands among all; what is quoted may count less (see `Scene.sentence`).
        subject: It looks like a subject.
        owner: It is a possessive: "Clinton's".
        speaker: Words are attributed to it there.
        pronoun: It is itself a pronoun.
        beside: The person that "and" joins with it.
        by: Whose statement it stands inside, where somebody else's mention leads up to that.
    """

    entity: Entity
    start: int
    sentence: float
    subject: bool = False
    owner: bool = False
    speaker: bool = False
    pronoun: bool = False
    beside: Entity | None = None
    by: Entity | None = None


def antecedent(
    word: str, tokens: Sequence[Token], at: int, sentence: float, before: Sequence[Occurrence]
) -> Entity | None:
    """The entity that the pronoun `word`, token `at`, stands for; None if nothing agrees well enough.

    Args:
        word: The pronoun, lower case.
        tokens: The article.
        at: Index of the pronoun.
        sentence: Number of its sentence, as occurrences have it.
        before: What was mentioned before it, outside quotation marks, in order.
    """
    best: Occurrence | None = None
    best_score = _LEAST
    trailing = _trailing(tokens, at)
    reach = _REACH if word in PERSONAL else _NEAR
    echo = word in PERSONAL and _echo(tokens, at)
    documents, kin = lexicon().documents, lexicon().kin
    told = word == "it" and at + 1 < len(tokens) and tokens[at + 1].low in lexicon().speech | _WRITTEN
    for occurrence in reversed(before):
        back = sentence - occurrence.sentence
        if back > reach or best_score >= _MOST - 0.9 * back:
            break
        fit = _agreement(word, occurrence.entity)
        if told and occurrence.entity.nominal in documents:
            fit = 2.2  # "They signed a letter to the ministry. It said …"
        if fit is None:
            continue
        score = fit - 0.9 * back + _prominence(occurrence)
        if not occurrence.entity.names and occurrence.entity.nominal in kin and not occurrence.speaker:
            score -= _KIN
        if back > 0 and occurrence.by is not None and _agreement(word, occurrence.by) is not None:
            score -= _REPORTED
        if echo and back == 0 and occurrence.speaker:
            score += _ECHO
        if trailing and back == 0 and not occurrence.speaker:
            score -= 2.5  # "Clinton should be investigated, he said": not she, nor whoever else the statement names
        if score > best_score:
            best, best_score = occurrence, score
    if best is None and word in PERSONAL:
        best = _only(word, sentence, before)
    if best is None or _either(word, best):
        return None
    if word in {"he", "she"} and best.subject and sentence - best.sentence <= 1 and best.entity.called is None:
        best.entity.called = PERSONAL[word]  # "Sabine Rook spoke. She left.": a later "he" isn't Rook
    return best.entity


def _only(word: str, sentence: float, before: Sequence[Occurrence]) -> Occurrence | None:
    """The last mention of the only person within reach that the pronoun agrees with, where nobody is near."""
    found: Occurrence | None = None
    for occurrence in reversed(before):
        if sentence - occurrence.sentence > _REACH:
            break
        fit = _agreement(word, occurrence.entity)
        if fit is None or fit < 1.0:
            continue
        if not (occurrence.subject or occurrence.speaker):
            return None
        if found is not None and found.entity is not occurrence.entity:
            return None
        found = found or occurrence
    return found


def _echo(tokens: Sequence[Token], at: int) -> bool:
    """ "Keisha said she …", "Lee warned that he …": whoever speaks, where nothing else follows the verb."""
    before = at - 1
    if before > 0 and tokens[before].low == "that":
        before -= 1
    return before >= 0 and tokens[before].low in lexicon().speech


def _either(word: str, occurrence: Occurrence) -> bool:
    """ "Marta Kowalczyk and Lucia Ferrante argued": "she" may be the one or the other."""
    beside = occurrence.beside
    if beside is None or word not in PERSONAL:
        return False
    return _agreement(word, beside) == _agreement(word, occurrence.entity)


def _agreement(word: str, entity: Entity) -> float | None:
    """How well gender and number agree, None if they don't."""
    if word in PERSONAL:
        return _person(PERSONAL[word], entity)
    return _thing(entity) if word in NEUTER else _several(entity)


def _person(gender: Gender, entity: Entity) -> float | None:
    if entity.kind not in {"person", "unknown"} or entity.gender not in {None, gender}:
        return None
    if entity.gender == gender:
        return 3.0
    if entity.called is not None:
        return 2.6 if entity.called == gender else -1.0
    if entity.kind == "person":
        return 2.0 if entity.names else _UNNAMED
    if entity.nominal is not None:
        return 0.3 if entity.name[:1].isupper() and " " not in entity.name else None
    known = lexicon().given.get(fold(entity.name))
    if known is not None:  # "Martin drives a van. He …"
        return 1.5 if known == gender else None
    return 0.3


def _thing(entity: Entity) -> float | None:
    if entity.kind == "organization":
        return 2.0
    if entity.kind == "place":
        return 1.3
    return 0.8 if entity.kind == "unknown" and entity.nominal is not None else None


def _several(entity: Entity) -> float | None:
    if entity.kind == "group":
        return 2.5
    return 0.6 if entity.kind == "organization" else None


def _prominence(occurrence: Occurrence) -> float:
    entity = occurrence.entity
    score = 1.2 * occurrence.subject + 0.8 * occurrence.speaker - 0.6 * occurrence.owner
    return score + 0.2 * occurrence.pronoun + 0.1 * min(len(entity.names), 5)


def _trailing(tokens: Sequence[Token], at: int) -> bool:
    """ "…, he said": the statement stands before the pronoun."""
    if not at or at + 1 >= len(tokens):
        return False
    following = tokens[at + 1].low
    return tokens[at - 1].text in {",", '"', "”", "’", "'"} and following in lexicon().speech


def is_subject(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the noun phrase `tokens[first:last]` looks like a subject, from the words beside it.

    It begins a sentence or clause and no preposition governs it, a verb follows, or a verb of saying stands
    before it ("said Zarif").
    """
    words = lexicon()
    following = tokens[last] if last < len(tokens) else None
    verb = following is not None and (
        following.low in words.auxiliaries or following.low in words.speech or following.low.endswith("ed")
    )
    apposed = following is not None and following.text == ","
    while first > 1 and tokens[first - 1].low in POSSESSIVE and tokens[first].joined and (verb or apposed):
        first -= 2  # "the river board's lawyer said"
        while first and tokens[first].joined and proper(tokens[first - 1]):
            first -= 1
    if first and tokens[first - 1].low in {"the", "a", "an"}:
        first -= 1
    if not first or tokens[first - 1].sentence != tokens[first].sentence:
        return True
    before = tokens[first - 1].low
    if before in words.speech:
        return first > 1 and tokens[first - 2].text in {",", "”", '"', "’", "'"}  # "…,” said Zarif on Monday"
    if before in words.prepositions:
        return False
    if before == "," and following is not None and _after_adverbial(tokens, first):
        return apposed or (following.word and following.low not in words.prepositions | {"and", "or"})
    opens = before in {",", "and", "but", "that", "as", "when", "while", "because", '"', "”", "—", "–", ";", ":"}
    opens = opens or before in words.calendar  # "In May Lumora cut its forecast"
    return verb or (opens and tokens[first - 1].low != "," and following is not None and following.word)


def _after_adverbial(tokens: Sequence[Token], first: int) -> bool:
    """ "As the talks ended, Lee gave way", "Last spring, Lee, a nurse, put up a sign": what stands before `first`."""
    words, at = lexicon(), first - 2
    while at >= 0 and first - at < _ADVERBIAL and tokens[at].sentence == tokens[first].sentence:
        if tokens[at].text in {",", "(", '"', "“", "‘"}:
            return False
        at -= 1
    opening = tokens[at + 1].low
    if first - at >= _ADVERBIAL or opening == "according":
        return False
    if opening in {"this", "last", "next"}:
        return tokens[at + 2].low in _TIMES or tokens[at + 2].low in words.calendar
    return opening in words.prepositions or opening in _ADVERBS or opening in words.calendar
