"""Watch lists: which words of a statement mention a watched target."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import ConfigError
from quotes.tag.watch import Watched, WatchList

WATCH = WatchList(
    (
        Watched(name="Iran", aliases=("Tehran", "Islamic Republic", "Islamic Republic of Iran"), id="Q794"),
        Watched(name="Central Bank", aliases=("Bank of Iran",)),
        Watched(name="tariffs", aliases=("import duty",)),
        Watched(name="Martin O'Malley"),
        Watched(name="US", aliases=("U.S.",)),
        Watched(name="nato", case_sensitive=True),
    )
)


def found(text: str, *spans: tuple[int, int]) -> list[tuple[str, str]]:
    return [(target.name, text[start:end]) for target, (start, end) in WATCH.mentions(text, spans or [(0, len(text))])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We will answer Iran.", [("Iran", "Iran")]),
        ("Tehran's envoys lied", [("Iran", "Tehran")]),
        ("the Islamic Republic of Iran and Tehran", [("Iran", "Islamic Republic of Iran")]),
        ("Iran-backed fighters", [("Iran", "Iran")]),
        ("Iranian fighters in the Irans", []),
        ("iran", []),
        ("Bank of Iran raised rates for Iran", [("Central Bank", "Bank of Iran"), ("Iran", "Iran")]),
        ("Tariffs hurt; an import\n  duty helps", [("tariffs", "Tariffs")]),
        ("an Import\n  Duty helps", [("tariffs", "Import\n  Duty")]),
        ("I know Martin O’Malley", [("Martin O'Malley", "Martin O’Malley")]),
        ("they told us that the U.S. left", [("US", "U.S.")]),
        ("NATO and nato", [("nato", "nato")]),
        ("tariffſ", []),
        ("", []),
    ],
)
def test_mentions(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_only_the_statement_counts() -> None:
    text = "Iran spoke of tariffs, Tehran said, and of the US."
    first, second = text.index("spoke"), text.index("and")
    assert found(text, (first, first + 17), (second, len(text))) == [("tariffs", "tariffs"), ("US", "US")]


def test_a_span_that_cuts_a_word_does_not_make_it_a_mention() -> None:
    assert found("Iranian", (0, 4)) == []
    assert found("Tehran", (2, 6)) == []


def test_an_empty_list_finds_nothing() -> None:
    assert list(WatchList().mentions("Iran", [(0, 4)])) == []


@given(st.text(alphabet="Iran Tehtus.'’\n-", max_size=40))
def test_mentions_lie_in_any_text(text: str) -> None:
    for target, (start, end) in WATCH.mentions(text, [(0, len(text))]):
        assert " ".join(text[start:end].replace("’", "'").split()).lower() in {name.lower() for name in target.names}


def test_load(tmp_path: Path) -> None:
    path = tmp_path / "watch.yaml"
    path.write_text("- name: Iran\n  aliases: [Tehran, Islamic Republic]\n  id: Q794\n", encoding="utf-8")
    [target] = WatchList.load(path).targets
    assert (target.name, target.names, target.id) == ("Iran", ("Iran", "Tehran", "Islamic Republic"), "Q794")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- name: Iran\n  alias: [Tehran]\n", ["entry 1 ('Iran')", "alias", "aliases"]),
        ("- name: Iran\n- name: Persia\n  aliases: [Iran]\n", ["'Iran'", "'Persia'"]),
        ("- name: [\n", ["not valid YAML"]),
        ("Iran\n", ["list of entries"]),
    ],
)
def test_errors_name_file_and_key(tmp_path: Path, text: str, says: list[str]) -> None:
    path = tmp_path / "watch.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        WatchList.load(path)
    for words in [str(path), *says]:
        assert words in str(caught.value)
