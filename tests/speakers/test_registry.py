"""Reading a registry, and what its errors say."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotes.errors import ConfigError
from quotes.speakers import Entry, Mention, Registry, resolve

SHIPPED = Path(__file__).parent.parent.parent / "configs" / "speakers-us-iran-2019.yaml"


def write(folder: Path, text: str) -> Path:
    path = folder / "registry.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "text",
    [
        "- name: Javad Zarif\n  aliases: [Zarif]\n  id: Q1\n  role: Foreign Minister\n",
        "Javad Zarif:\n  aliases: [Zarif]\n  id: Q1\n  role: Foreign Minister\n",
    ],
    ids=["list", "mapping"],
)
def test_a_list_and_a_mapping_mean_the_same(tmp_path: Path, text: str) -> None:
    registry = Registry.load(write(tmp_path, text))
    assert registry.entries == (Entry(name="Javad Zarif", aliases=("Zarif",), id="Q1", role="Foreign Minister"),)


@pytest.mark.parametrize("text", ["", "[]", "{}"])
def test_a_registry_may_be_empty(tmp_path: Path, text: str) -> None:
    assert Registry.load(write(tmp_path, text)).entries == ()


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Javad Zarif", True),
        ("the Zarif", True),
        ("JAVAD ZARÍF", True),
        ("Javad-Zarif", True),
        ("Zarif campaign", False),
        ("WHO", True),
        ("the WHO", True),
        ("who", False),
    ],
)
def test_names_are_found(name: str, found: bool) -> None:
    registry = Registry(
        (
            Entry(name="Javad Zarif", aliases=("Zarif",)),
            Entry(name="World Health Organization", aliases=("WHO",), kind="organization", case_sensitive=True),
        )
    )
    assert (registry.find(name) is not None) is found


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- name: A\n  alias: [B]\n", ["entry 1 ('A')", "alias", "aliases"]),
        ("- aliases: [B]\n", ["entry 1", "name"]),
        ("- name: A\n  kind: human\n", ["entry 1 ('A')", "kind", "person"]),
        ("- name: A\n- Zarif\n", ["entry 2", "'Zarif'", "name:"]),
        ("A: [B]\n", ["entry 1", "name:"]),
        ("- name: A\n  aliases: [C]\n- name: B\n  aliases: [c]\n", ["'c'", "'A'", "'B'", "remove"]),
        ("just words\n", ["list of entries"]),
        ("- name: [\n", ["not valid YAML"]),
    ],
)
def test_errors_name_file_and_entry_and_what_to_do(tmp_path: Path, text: str, says: list[str]) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        Registry.load(path)
    for words in [str(path), *says]:
        assert words in str(caught.value)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="check the path"):
        Registry.load(tmp_path / "nowhere.yaml")


def test_the_same_name_twice_in_one_entry_is_no_error() -> None:
    assert len(Registry((Entry(name="Kataib Hezbollah", aliases=("Kataib-Hezbollah",)),)).entries) == 1


@pytest.mark.parametrize(
    ("text", "head", "name", "affiliation"),
    [
        ("Hashd al Shaabi said so.", "Hashd al Shaabi", "Popular Mobilisation Units", "Iraq"),
        ("Kataeb Hezbollah said so.", "Kataeb Hezbollah", "Kataib Hezbollah", "Iraq"),
        ("Hezbollah Brigades said so.", "Hezbollah Brigades", "Kataib Hezbollah", "Iraq"),
        ("Lebanon's Iran-backed Hezbollah said so.", "Hezbollah", "Hezbollah", "Lebanon"),
        ("Earlier Esper said so.", "Esper", "Mark Esper", "United States"),
        ("Prime Minister Adel Abdul-Mahdi said so.", "Mahdi", "Adil Abdul Mahdi", "Iraq"),
        ("Iran's foreign minister said so.", "minister", "Iran's foreign minister", "Iran"),
    ],
)
def test_the_shipped_registry(text: str, head: str, name: str, affiliation: str) -> None:
    end, at = text.index(" said"), text.index(head)
    start = 0 if not text.startswith("Earlier") else at
    [speaker] = resolve(text, [Mention(start, end, (at, end))], registry=Registry.load(SHIPPED)).speakers
    assert (speaker.name, speaker.affiliation) == (name, affiliation)
