"""Names on disk: the order of `sorted`, and what has been seen."""

from __future__ import annotations

import sqlite3
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.errors import ArticleError, QuotesError
from quotes.reading import spill
from quotes.reading.drafts import Draft
from quotes.reading.ids import Ids
from quotes.reading.spill import Seen, in_order

NAMES = st.text(st.characters(exclude_categories=()), max_size=5) | st.sampled_from(["a", "a\udce9", "a\ue000", "a\0"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(NAMES), limit=st.integers(0, 10))
def test_order(names: list[str], limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spill, "SORTED_IN_MEMORY", limit)
    assert list(in_order(iter(names))) == sorted(names)


@given(names=st.lists(NAMES))
def test_seen(names: list[str]) -> None:
    seen, known, copies = Seen(), set[str](), Counter[str]()
    for name in names:
        assert seen.add(name) is (name not in known)
        known.add(name)
        copies[name] += 1
        assert seen.next_copy(name) == copies[name]


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spill, "SORTED_IN_MEMORY", 0)
    small = sqlite3.connect("", isolation_level=None)
    small.execute("PRAGMA max_page_count = 2")
    monkeypatch.setattr(spill, "_temporary", lambda: small)
    with pytest.raises(QuotesError, match="don't fit into the temporary folder"):
        in_order(str(number) for number in range(10_000))


class IdsInMemory:
    """What `Ids` does, with all ids in memory."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self.copies: Counter[str] = Counter()

    def give(self, wanted: str, longer: str | None) -> str:
        id = next((name for name in (wanted, longer) if name is not None and name not in self.taken), None)
        while id is None:
            self.copies[wanted] += 1
            numbered = f"{wanted}~{self.copies[wanted] + 1}"
            id = None if numbered in self.taken else numbered
        self.taken.add(id)
        return id


@given(wanted=st.lists(st.tuples(st.sampled_from(["a", "a~2", "a~3", "b", ""]), st.sampled_from([None, "a", "x/a"]))))
def test_ids_are_unique(wanted: list[tuple[str, str | None]]) -> None:
    ids, expected = Ids(), IdsInMemory()
    given = []
    for number, (id, longer) in enumerate(wanted):
        new = expected.give(id, longer)
        item = ids.give(ArticleError("bad", id=id) if number % 2 else Draft(id, "A.", warnings=("odd",)), longer)
        assert item.id == new
        if isinstance(item, Draft):
            told = () if new == id else (f"id {id!r} is taken by an earlier article, now {new!r}",)
            assert item.warnings == ("odd", *told)
        given.append(item.id)
    assert len(set(given)) == len(given)
