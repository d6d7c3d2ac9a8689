"""Pairing of quotation marks: a table of texts, and what holds for any text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from quotes.find.marks import Marked, find_marked, paragraphs

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent.parent / "cases" / "marks.yaml").read_text(encoding="utf-8")
)

BLANK_LINE = "\n\n"
PIECES = st.sampled_from(
    [*"\"'“”„‘’‚«»‹›`.,—([5sn \n", "''", "``", "â€œ", "â€", "We went", "don't", " said", "\r\n", BLANK_LINE]
)
ANY_TEXT = st.lists(PIECES, max_size=40).map("".join)
LINE = st.lists(PIECES, max_size=8).map(lambda pieces: " ".join("".join(pieces).split()) or "x")
PARAGRAPH = st.sampled_from(
    [
        "“We stay,” said Oduya. “We have no choice.”",
        '"We stay," said Oduya. "We have no choice."',
        "''We stay,'' said Oduya, whose 'friends' don't.",
        "The players' union met on Friday in the '90s style.",
        "He called the plan “a ‘gift’ to the north”.",
        "‘We won’t go,’ the farmers’ leader said.",
        "« Nous restons », a dit Oduya.",
    ]
)


def described(text: str, marked: Marked) -> dict[str, Any]:
    return {
        "text": text[marked.start : marked.end],
        "closed": marked.closed,
        "continues": marked.continues,
        "depth": marked.depth,
        "style": marked.style,
    }


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    text = case["text"]
    defaults = {"closed": True, "continues": False, "depth": 0, "style": "double"}
    expected = [{"text": e} if isinstance(e, str) else e for e in case["marked"]]
    marked, warnings = find_marked(text)

    assert [described(text, m) for m in marked] == [
        {**defaults, **{k: v for k, v in e.items() if k != "inner"}} for e in expected
    ]
    assert len(warnings) == case.get("warnings", 0), warnings
    for m, e in zip(marked, expected, strict=True):
        if "inner" in e:
            assert text[m.inner_start : m.inner_end] == e["inner"]


def test_case_ids_are_unique() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES)


def test_inner_text_excludes_the_marks() -> None:
    text = "He said ''yes'' and ““no””."
    marked, _ = find_marked(text)
    assert text[marked[0].inner_start : marked[0].inner_end] == "yes"


def test_warning_gives_the_offset() -> None:
    assert find_marked('It was late," he wrote.')[1] == ["unpaired quotation mark at 12"]
    assert find_marked("“It was late.")[1] == ["quotation mark never closed at 0"]


def test_start_leaves_out_what_comes_before() -> None:
    text = 'Moved "Tuesday\n"We stay," he said.'
    marked, warnings = find_marked(text, start=text.index("\n"))
    assert [text[m.start : m.end] for m in marked] == ['"We stay,"']
    assert warnings == []


def test_given_paragraphs_are_kept_to() -> None:
    text = 'He said "we stay" and "we wait" twice.'
    first, second = text.index('"we stay"'), text.index('"we wait"')
    marked, _ = find_marked(text, [(first, first + 9), (second, len(text))])
    assert [(m.start, m.end) for m in marked] == [(first, first + 9), (second, second + 9)]


@given(ANY_TEXT)
def test_spans_are_in_order_and_nest(text: str) -> None:
    marked, _ = find_marked(text)
    for m in marked:
        assert 0 <= m.start <= m.inner_start <= m.inner_end <= m.end <= len(text)
        assert m.start < m.end
    assert [(m.start, -m.end) for m in marked] == sorted((m.start, -m.end) for m in marked)
    for i, a in enumerate(marked):
        for b in marked[i + 1 :]:
            apart = a.end <= b.start
            inside = b.end <= a.inner_end and b.start >= a.inner_start
            assert apart or (inside and b.depth > a.depth)


@given(ANY_TEXT)
def test_spans_stay_in_their_paragraph(text: str) -> None:
    bounds = paragraphs(text)
    marked, _ = find_marked(text, bounds)
    for m in marked:
        assert any(start <= m.start and m.end <= end for start, end in bounds)


@given(ANY_TEXT)
def test_continued_spans_follow_an_open_one(text: str) -> None:
    bounds = paragraphs(text)
    outer = [m for m in find_marked(text, bounds)[0] if m.depth == 0]
    for previous, m in zip([None, *outer], outer, strict=False):
        if m.continues:
            assert previous is not None
            assert not previous.closed
            number = next(i for i, (start, _) in enumerate(bounds) if start == m.start)
            assert previous.end == bounds[number - 1][1]


@given(ANY_TEXT)
def test_paragraphs_cover_everything_but_white_space(text: str) -> None:
    bounds = paragraphs(text)
    edges = [0, *(edge for bound in bounds for edge in bound), len(text)]
    assert edges == sorted(edges)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in bounds)
    assert not "".join(text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)).strip()


@given(st.text(max_size=200))
def test_nothing_raises(text: str) -> None:
    find_marked(text)


@given(st.lists(PARAGRAPH, min_size=1, max_size=7), st.data())
def test_a_stray_mark_costs_its_own_paragraph_at_most(texts: list[str], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(texts) - 1))
    offset = data.draw(st.integers(0, len(texts[number])))
    stray = data.draw(st.sampled_from(["“", "”", '"', "''", "'", "‘", "’", "«"]))
    changed = [*texts]
    changed[number] = changed[number][:offset] + stray + changed[number][offset:]

    def by_paragraph(parts: list[str]) -> list[list[tuple[int, int]]]:
        text = BLANK_LINE.join(parts)
        marked, _ = find_marked(text)
        starts = [len(BLANK_LINE.join([*parts[:i], ""])) for i in range(len(parts))]
        return [
            [(m.start - start, m.end - start) for m in marked if start <= m.start <= start + len(part)]
            for start, part in zip(starts, parts, strict=True)
        ]

    before, after = by_paragraph(texts), by_paragraph(changed)
    assert before[:number] == after[:number]
    assert before[number + 1 :] == after[number + 1 :]


@given(st.lists(LINE, min_size=9, max_size=12))
def test_far_paragraphs_do_not_depend_on_each_other(texts: list[str]) -> None:
    def last_spans(parts: list[str]) -> list[tuple[int, int]]:
        text = BLANK_LINE.join(["We met.", *parts])
        cut = len(text) - len(parts[-1])
        return [(len(text) - m.start, len(text) - m.end) for m in find_marked(text)[0] if m.start >= cut]

    # A quote runs on over three paragraphs at most, so that the first five say nothing about the last.
    assert last_spans(texts) == last_spans([*["Nobody spoke."] * 5, *texts[5:]])


@given(st.lists(PARAGRAPH, min_size=1, max_size=5))
def test_line_ends_do_not_matter(texts: list[str]) -> None:
    unix = find_marked(BLANK_LINE.join(texts))[0]
    windows = find_marked("\r\n\r\n".join(texts))[0]
    assert [m.end - m.start for m in unix] == [m.end - m.start for m in windows]


def test_paragraphs_are_lines() -> None:
    text = "Fire in Ostrava\n\n  The mill burned. \r\nNobody was hurt.\n \n\tThe end.\n"
    assert [text[s:e] for s, e in paragraphs(text)] == [
        "Fire in Ostrava",
        "The mill burned.",
        "Nobody was hurt.",
        "The end.",
    ]


def test_wrapped_lines_are_joined() -> None:
    text = """\
Mill burns in Ostrava

A fire that started shortly before dawn on Tuesday destroyed the
oldest paper mill in the city. "We could see the smoke from the other
side of the river," said Jana Malik, who runs the bakery across the
street.

Nobody was hurt. The owner said that the cause was not known and that
the insurance would pay for most of the damage.
"""
    joined = [text[s:e] for s, e in paragraphs(text)]
    assert [re.sub(r"\s+", " ", p)[:8] for p in joined] == ["Mill bur", "A fire t", "Nobody w"]
    marked, warnings = find_marked(text)
    assert [text[m.start : m.end] for m in marked] == ['"We could see the smoke from the other\nside of the river,"']
    assert warnings == []


def test_short_lines_that_are_not_full_are_not_joined() -> None:
    text = "Present:\nJana Malik, chair\nTomas Brandt, deputy for the river districts\nIda Ferrante\nOle Duarte\n"
    assert len(paragraphs(text)) == 5


def test_paragraphs_start_where_prose_starts() -> None:
    text = "2020-01-03\nThe mill burned."
    assert paragraphs(text, 10) == [(11, 27)]
