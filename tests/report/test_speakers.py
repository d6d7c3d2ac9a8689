"""Who is one speaker over many articles, and who isn't."""

from __future__ import annotations

import pytest

from quotes.report.speakers import shared_speakers
from quotes.schema import Speaker


def speaker(name: str, affiliation: str | None = None, kb_id: str | None = None, role: str | None = None) -> Speaker:
    return Speaker(id=0, name=name, affiliation=affiliation, kb_id=kb_id, role=role)


@pytest.mark.parametrize(
    ("speakers", "groups"),
    [
        pytest.param([speaker("Ann Lee"), speaker("Bo Ek"), speaker("Ann Lee")], (0, 1, 0), id="by name"),
        pytest.param([speaker("Ann  Lee"), speaker("ann lee")], (0, 0), id="case and spaces don't count"),
        pytest.param([speaker("The Ministry"), speaker("ministry")], (0, 0), id="nor does a leading article"),
        pytest.param([speaker("Ann Lee", kb_id="Q1"), speaker("A. Lee", kb_id="Q1")], (0, 0), id="by registry id"),
        pytest.param([speaker("Ann Lee", kb_id="Q1"), speaker("Ann Lee", kb_id="Q2")], (0, 1), id="two ids, one name"),
        pytest.param([speaker("Ann Lee", "Acme"), speaker("Ann Lee", "Beta")], (0, 1), id="other affiliations"),
        pytest.param([speaker("Ann Lee", "Acme"), speaker("Ann Lee", "acme")], (0, 0), id="one affiliation"),
        pytest.param([speaker("Ann Lee"), speaker("Ann Lee", "Acme")], (0, 0), id="no affiliation joins the only one"),
        pytest.param(
            [speaker("Ann Lee"), speaker("Ann Lee", "Acme"), speaker("Ann Lee", "Beta")],
            (0, 1, 2),
            id="no affiliation joins neither of two",
        ),
        pytest.param([speaker("Ann Lee"), speaker("Ann Lee", kb_id="Q1")], (0, 0), id="no id joins the only id"),
        pytest.param(
            [speaker("Ann Lee", "Acme", kb_id="Q1"), speaker("Ann Lee", "Acme"), speaker("Ann Lee", "Beta")],
            (0, 0, 1),
            id="an affiliation finds its id",
        ),
        pytest.param(
            [speaker("Ann Lee", kb_id="Q1"), speaker("Ann Lee", "Acme"), speaker("Ann Lee")],
            (0, 0, 0),
            id="the only affiliation joins the only id that has none",
        ),
        pytest.param([], (), id="nobody"),
    ],
)
def test_speakers_are_joined(speakers: list[Speaker], groups: tuple[int, ...]) -> None:
    shared, positions = shared_speakers(speakers)
    assert positions == groups
    assert len(shared) == len(set(groups))


def test_labels_tell_speakers_of_one_name_apart() -> None:
    shared, _ = shared_speakers(
        [speaker("Ann Lee", "Acme"), speaker("Ann Lee", "Beta"), speaker("Ann Lee"), speaker("Bo Ek", "Acme")]
    )
    assert [one.label for one in shared] == ["Ann Lee (Acme)", "Ann Lee (Beta)", "Ann Lee", "Bo Ek"]


def test_labels_are_never_the_same() -> None:
    shared, _ = shared_speakers([speaker("A (x)"), speaker("A", "x"), speaker("A", "y"), speaker("A\u202e", "z")])
    labels = [one.label.casefold() for one in shared]
    assert len(set(labels)) == len(labels)


def test_what_is_told_most_often_is_shown() -> None:
    told = [speaker("Zarif", kb_id="Q1"), *[speaker("Javad Zarif", "Iran", "Q1", "Foreign Minister")] * 2]
    (shared,), _ = shared_speakers(told)
    assert (shared.name, shared.role, shared.affiliation, shared.kb_id) == (
        "Javad Zarif",
        "Foreign Minister",
        "Iran",
        "Q1",
    )


@pytest.mark.parametrize(
    ("name", "named"),
    [("Ann Lee", True), ("al-Khuraif", False), ("Yusif al-Khuraif", True), ("a waiter", False), ("police", False)],
)
def test_a_description_is_no_name(name: str, named: bool) -> None:
    (shared,), _ = shared_speakers([speaker(name)])
    assert shared.named is named


def test_a_name_that_cannot_be_seen_has_a_label() -> None:
    (shared,), positions = shared_speakers([speaker("\u202e\x00"), speaker("")])
    assert shared.label == "(no name)"
    assert positions == (0, 0)
