"""Mentions → speakers, as a table of small articles, and what holds for any text."""

from __future__ import annotations

import itertools
import re
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.schema import AnnotatedArticle
from quotes.speakers import Entry, Mention, Registry, resolve

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent.parent / "cases" / "resolve.yaml").read_text(encoding="utf-8")
)
_MENTION = re.compile(r"\[([^\]]+)\]\(([^)]*(?:\([^)]*\))?[^)]*)\)")
SURNAMES = [
    first + last
    for first in ("Bar", "Dun", "Fel", "Gor", "Hol", "Mar", "Wes")
    for last in ("by", "dale", "ford", "ham", "kirk", "low", "more", "ner", "stead", "ton")
]
_TAIL = re.compile(r",|\s(?:who|which|of|for|from|in|at)\s|\s\(")
_MARKS = re.compile(r"“[^”]*”")


def read(marked_up: str) -> tuple[str, list[Mention], list[str | None]]:
    """Text, mentions and expected names of a case; see the top of the table."""
    text, mentions, expected, last = "", [], [], 0
    for match in _MENTION.finditer(marked_up):
        text += marked_up[last : match.start()]
        phrase, last, start = match[1], match.end(), len(text)
        head = re.search(r"_(\w+)_", phrase)
        phrase = phrase.replace("_", "")
        if head is not None:
            at = head.start()
            size = len(head[1])
        else:
            tail = _TAIL.search(phrase)
            core = phrase[: tail.start()] if tail else phrase
            at = core.rfind(" ") + 1
            size = len(core) - at
        mentions.append(Mention(start, start + len(phrase), (start + at, start + at + size)))
        expected.append(match[2] or None)
        text += phrase
    return text + marked_up[last:], mentions, expected


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_mentions_find_their_speakers(case: dict[str, Any]) -> None:
    text, mentions, expected = read(case["text"])
    resolution = resolve(text, mentions, marked=[match.span() for match in _MARKS.finditer(text)])
    names = [None if speaker is None else resolution.speakers[speaker].name for speaker in resolution.of]
    assert names == expected
    by_name = {speaker.name: speaker.model_dump() for speaker in resolution.speakers}
    for name, fields in case.get("speakers", {}).items():
        for key, value in fields.items():
            found = by_name[name][key]
            assert (list(found) if isinstance(found, tuple) else found) == value


def test_the_table_is_large_enough() -> None:
    assert len(CASES) >= 60


def test_speakers_are_numbered_by_first_mention() -> None:
    text, mentions, _ = read("[Ted Cruz](-) met [Marco Rubio](-). [Cruz](-) left.")
    resolution = resolve(text, list(reversed(mentions)))
    assert [speaker.name for speaker in resolution.speakers] == ["Ted Cruz", "Marco Rubio"]
    assert resolution.of == (0, 1, 0)


def test_a_speaker_has_all_mentions_of_its_name() -> None:
    text, mentions, _ = read("Ted Cruz came. [He](-) said so. “Cruz is late.” The Cruz campaign left. They saw Cruz.")
    marked = [match.span() for match in _MARKS.finditer(text)]
    [speaker] = resolve(text, mentions, marked=marked).speakers
    assert [text[start:end] for start, end in speaker.mentions] == ["Ted Cruz", "He", "Cruz"]
    assert speaker.mentions[-1][1] == len(text) - 1


def test_text_before_start_is_not_read() -> None:
    text, mentions, _ = read("Hillary Clinton, 30 December\n\nOhio. [She](-) said so.")
    assert resolve(text, mentions).of == (0,)
    assert resolve(text, mentions, start=text.index("Ohio")).of == (None,)


def test_a_long_article_takes_no_longer_per_word() -> None:
    people = [f"{given} {surname}" for given in ("Ann", "Bob", "Carl") for surname in SURNAMES]
    text, mentions, _ = read(
        " ".join(f"[{name}](-) met {other}. [They](-) left." for name, other in itertools.pairwise(people))
    )
    started = time.process_time()
    resolution = resolve(text, mentions)
    assert time.process_time() - started < 5
    assert len(resolution.speakers) == len(people) - 1


REGISTRY = Registry(
    (
        Entry(name="Mohammad Javad Zarif", aliases=("Javad Zarif",), role="Foreign Minister", id="Q1"),
        Entry(name="Donald Trump", aliases=("Trump",), gender="m"),
        Entry(name="People's Forces", aliases=("Hashd al Shaabi", "Popular Mobilisation Units"), kind="organization"),
        Entry(name="Government of Iraq", aliases=("Iraqi government",), kind="organization"),
        Entry(name="World Health Organization", aliases=("WHO",), kind="organization", case_sensitive=True),
        Entry(name="Ruth Lee", id="Q2"),
    )
)


@pytest.mark.parametrize(
    ("marked_up", "kb_ids"),
    [
        ("[Iran's Foreign Minister Javad Zarif](Mohammad Javad Zarif) said so.", ["Q1"]),
        ("[Zarif](Mohammad Javad Zarif) said so.", ["Q1"]),
        ("Ann Zarif came. [Zarif](Ann Zarif) said so.", [None]),
        ("[The Trump campaign](Trump campaign) said so. [Trump](Donald Trump) agreed.", [None, None]),
        ("[Trump spokeswoman Hope Hicks](Hope Hicks) said so.", [None]),
        ("[The Popular Mobilisation Units](People's Forces) met. [Hashd al Shaabi](People's Forces) said so.", [None]),
        ("[The Iraqi government](Government of Iraq) said so. [It](Government of Iraq) left.", [None, None]),
        ("There were critics, [who](critics) said so. [WHO](World Health Organization) agreed.", [None, None]),
        ("[Ruth Lee](Ruth Lee) spoke.", ["Q2"]),
    ],
)
def test_the_registry_wins_over_guessing(marked_up: str, kb_ids: list[str | None]) -> None:
    text, mentions, expected = read(marked_up)
    resolution = resolve(text, mentions, registry=REGISTRY)
    assert [resolution.speakers[i].name if i is not None else None for i in resolution.of] == expected
    assert [speaker.kb_id for speaker in resolution.speakers] == kb_ids[: len(resolution.speakers)]


_WORDS = st.sampled_from(
    [
        *("Mr.", "Ms.", "Clinton", "Bill", "Hillary", "he", "she", "it", "who", "the", "The", "a", "spokesman", "of"),
        *("for", "and", ",", ".", "“", "”", "'", "’s", "'s", "(", ")", "\n", "\n\n", "US", "Iran", "Iran's", "said"),
        *("President", "Smith", "Jr.", "van", "al-Sadr", "officials", "I", "everyone", "Trump", "campaign", "é", "–"),
        *("12", "U.S.", "Ph.D.", "İ", "ﬁ", "&", "-", "Secretary", "State"),
    ]
)
_TEXTS = st.one_of(st.text(max_size=120), st.lists(_WORDS, max_size=60).map(" ".join))
_OFFSET = st.integers(min_value=-5, max_value=400)


@settings(max_examples=300, deadline=None)
@given(
    _TEXTS, st.lists(st.tuples(_OFFSET, _OFFSET, _OFFSET, _OFFSET), max_size=6), st.lists(st.tuples(_OFFSET, _OFFSET))
)
def test_nothing_raises_and_offsets_hold(
    text: str, spans: list[tuple[int, int, int, int]], marked: list[tuple[int, int]]
) -> None:
    mentions = [Mention(a, b, (c, d)) for a, b, c, d in spans]
    resolution = resolve(text, mentions, marked=marked, registry=REGISTRY)
    assert len(resolution.of) == len(mentions)
    assert [speaker.id for speaker in resolution.speakers] == list(range(len(resolution.speakers)))
    assert {i for i in resolution.of if i is not None} == set(range(len(resolution.speakers)))
    AnnotatedArticle(id="x", text=text, speakers=resolution.speakers)
    for speaker in resolution.speakers:
        assert speaker.name.strip()
        assert list(speaker.mentions) == sorted(set(speaker.mentions))
