"""The records of an article's speakers, from the entities that its mentions were resolved to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotes.schema import Offsets, Speaker
from quotes.speakers.article import Mention, Scene
from quotes.speakers.entities import Entity


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who speaks in an article.

    Attributes:
        speakers: In order of their first mention; a speaker's id is its position.
        of: For each mention given, the id of its speaker, or None.
        scene: The article as it was read for that; None where there was no mention to read it for.
    """

    speakers: tuple[Speaker, ...]
    of: tuple[int | None, ...]
    scene: Scene | None = None


def collect(
    scene: Scene, mentions: Sequence[Mention], found: Sequence[Entity | None], order: Sequence[int]
) -> Resolution:
    """Numbers the entities `found` for `mentions`, in reading order (`order`), and writes their records."""
    ids: dict[int, int] = {}
    speakers: list[Entity] = []
    spans: list[set[Offsets]] = []
    for index in order:
        entity = found[index]
        if entity is None:
            continue
        if id(entity) not in ids:
            ids[id(entity)] = len(speakers)
            speakers.append(entity)
            spans.append(set())
        spans[ids[id(entity)]].add(_span(scene, mentions[index], entity))
    records = tuple(_speaker(scene, i, entity, spans[i]) for i, entity in enumerate(speakers))
    return Resolution(records, tuple(None if entity is None else ids[id(entity)] for entity in found), scene)


def _span(scene: Scene, mention: Mention, entity: Entity) -> Offsets:
    """The name in a mention that has one, else the mention."""
    inside = [n for n in scene.names_in(mention.start, mention.end) if scene.entity(n) is entity]
    if inside:
        return inside[0].start, inside[0].end
    start, end = max(0, mention.start), min(mention.end, len(scene.text))
    return start, end


def _speaker(scene: Scene, number: int, entity: Entity, spans: set[Offsets]) -> Speaker:
    named = [n for n in entity.names if not n.modifier]
    outside = [n for n in named if not scene.inside_marks(n.start)]
    spans |= {(n.start, n.end) for n in outside}
    role, affiliation = _role(entity)
    name = entity.name
    aliases = tuple(text for text in entity.surfaces if text != name)
    entry = entity.entry
    return Speaker(
        id=number,
        name=name,
        kind=entity.kind,
        role=(entry.role if entry else None) or role,
        affiliation=(entry.affiliation if entry else None) or affiliation,
        aliases=aliases,
        kb_id=entry.id if entry else None,
        mentions=tuple(sorted(spans)),
    )


def _role(entity: Entity) -> tuple[str | None, str | None]:
    """The first role given with whom it is for, else the first one."""
    owned = next((pair for pair in entity.roles if pair[1]), None)
    if owned or entity.roles:
        return owned or entity.roles[0]
    return None, next((n.affiliation for n in entity.names if n.affiliation), None)
