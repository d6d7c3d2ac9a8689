"""Who is who over many articles.

A record numbers its speakers for itself. Here those of all records become one list: a speaker is
one by the registry's id, else by canonical name. Two of one name whose affiliations differ stay
apart; one whose affiliation isn't told joins the only other of that name, if there is one only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quotes.report.wording import group_key, label
from quotes.schema import Speaker

_Key = tuple[str, ...]
"""`("kb", id)`, or `("name", name, affiliation)` with an empty affiliation where none is told."""


@dataclass(frozen=True)
class SharedSpeaker:
    """One speaker of all articles together.

    Attributes:
        label: What the page shows; no two speakers have the same.
        name: Canonical name.
        role: The role told most often.
        affiliation: The affiliation told most often.
        kb_id: The registry's id.
        named: Whether there is a name at all: "officials" and "a waiter" are none, and those of
            one article need not be those of another.
    """

    label: str
    name: str
    role: str | None
    affiliation: str | None
    kb_id: str | None
    named: bool


def shared_speakers(speakers: Sequence[Speaker]) -> tuple[tuple[SharedSpeaker, ...], tuple[int, ...]]:
    """Join the speakers of many articles.

    Args:
        speakers: All of them, article by article.

    Returns:
        The shared speakers in order of first appearance, and for each speaker given the position
        of the shared one.
    """
    keys = _keys(speakers)
    members: dict[_Key, list[Speaker]] = {}
    for key, speaker in zip(keys, speakers, strict=True):
        members.setdefault(key, []).append(speaker)
    positions = {key: position for position, key in enumerate(members)}
    labels = _labels([_most_told(one.name for one in group) or "" for group in members.values()], members.values())
    shared = tuple(_shared(shown, group) for shown, group in zip(labels, members.values(), strict=True))
    return shared, tuple(positions[key] for key in keys)


def _keys(speakers: Sequence[Speaker]) -> list[_Key]:
    known: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))  # name -> kb_id -> affiliations
    affiliations: dict[str, set[str]] = defaultdict(set)  # of those without a kb_id
    for speaker in speakers:
        name, affiliation = group_key(speaker.name), _affiliation(speaker)
        if speaker.kb_id:
            known[name][speaker.kb_id] |= {affiliation} - {""}
        elif affiliation:
            affiliations[name].add(affiliation)

    def affiliated(name: str, affiliation: str) -> _Key:
        fitting = [kb_id for kb_id, told in known[name].items() if affiliation in told]
        if not fitting and len(affiliations[name]) == 1:
            fitting = [kb_id for kb_id, told in known[name].items() if not told]
            fitting = fitting if len(known[name]) == 1 else []
        return ("kb", fitting[0]) if len(fitting) == 1 else ("name", name, affiliation)

    def key(speaker: Speaker) -> _Key:
        name, affiliation = group_key(speaker.name), _affiliation(speaker)
        if speaker.kb_id:
            return ("kb", speaker.kb_id)
        if affiliation:
            return affiliated(name, affiliation)
        others = {("kb", kb_id) for kb_id in known[name]} | {affiliated(name, told) for told in affiliations[name]}
        return others.pop() if len(others) == 1 else ("name", name, "")

    return [key(speaker) for speaker in speakers]


def _affiliation(speaker: Speaker) -> str:
    return group_key(speaker.affiliation) if speaker.affiliation else ""


def _most_told(values: Iterable[str | None]) -> str | None:
    told = Counter(label(value) for value in values if value)
    return told.most_common(1)[0][0] if told else None


def _shared(shown: str, group: Sequence[Speaker]) -> SharedSpeaker:
    name = _most_told(one.name for one in group) or label("")
    return SharedSpeaker(
        label=shown,
        name=name,
        role=_most_told(one.role for one in group),
        affiliation=_most_told(one.affiliation for one in group),
        kb_id=_most_told(one.kb_id for one in group),
        named=any(word[0].isupper() or word[0].isdigit() for word in name.split()),
    )


def _labels(names: Sequence[str], groups: Iterable[Sequence[Speaker]]) -> list[str]:
    """Names, told apart where two speakers share one: "Ann Lee (Acme)", "Ann Lee (Beta)", "Ann Lee"."""
    shared = Counter(name.casefold() for name in names)
    taken: set[str] = set()
    labels = []
    for name, group in zip(names, groups, strict=True):
        shown = name or label("")
        if shared[name.casefold()] > 1:
            apart = _most_told(one.affiliation for one in group) or _most_told(one.kb_id for one in group)
            shown = f"{shown} ({apart})" if apart else shown
        unique, number = shown, 2
        while unique.casefold() in taken:
            unique, number = f"{shown} ({number})", number + 1
        taken.add(unique.casefold())
        labels.append(unique)
    return labels
