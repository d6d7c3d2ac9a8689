"""The word tables that reading names needs, loaded once from `quotes/speakers/data`.

All words are folded (see `fold`) unless an attribute says otherwise. The tables are data: a title,
country or given name that is missing is added to its YAML file, not here.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

import yaml

Gender = Literal["m", "f"]
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # LibYAML where PyYAML was built with it

_PLAIN = str.maketrans(
    {"’": "'", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "ı": "i", "ß": "ss"}
)
"""Letters that Unicode doesn't take apart: "Radosław", "Søren", "Yılmaz"."""


@lru_cache(maxsize=16384)
def fold(word: str) -> str:
    """`word` as compared: no accents, lower case, straight apostrophes, one space between words.

    Hyphens count as spaces, so that "Abdul-Mahdi" and "Abdul Mahdi" are the same.
    """
    if not word.isascii():
        plain = unicodedata.normalize("NFKD", word)
        word = "".join(letter for letter in plain if not unicodedata.combining(letter)).translate(_PLAIN)
    return " ".join(word.lower().replace("-", " ").split())


def plural(noun: str) -> str:
    """Regular plural of a role noun: "spokesman" → "spokesmen", "ally" → "allies"."""
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


@dataclass(frozen=True, slots=True)
class Country:
    """What speaks for one country, in the spelling that records use.

    Attributes:
        name: The country's name.
        capital: Its capital, if it is used for the government.
    """

    name: str
    capital: str | None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word tables; see the YAML files for what each one means."""

    given: dict[str, Gender | None]
    family_first: frozenset[str]
    given_titles: dict[str, bool]
    korean: frozenset[str]
    chinese: frozenset[str]
    nicknames: frozenset[tuple[str, str]]
    roles: frozenset[str]
    role_plurals: dict[str, str]
    role_gender: dict[str, Gender]
    kin: frozenset[str]
    either: frozenset[str]
    epithets: frozenset[str]
    seats_held: frozenset[str]
    politicians: frozenset[str]
    parties: frozenset[str]
    role_modifiers: frozenset[str]
    portfolios: frozenset[str]
    titles: dict[str, str]
    bare: dict[str, str]  # as written: "Cllr"
    positions: frozenset[str]  # as written: "Forward"
    honorifics: dict[str, Gender | None]
    abbreviations: frozenset[str]  # as written at the beginning of a word: "Sen."
    suffixes: frozenset[str]
    letters: frozenset[str]  # as written: "KC"
    particles: frozenset[str]
    synonyms: dict[str, str]
    wider: dict[str, frozenset[str]]
    places: dict[str, Country | None]
    seats: frozenset[str]
    adjectives: dict[str, Country | None]
    state_labels: dict[str, str]
    classes: dict[str, str]
    class_modifiers: frozenset[str]
    company_names: frozenset[str]
    open_heads: frozenset[str]
    known: dict[str, str]  # as written: "US" is a name, "us" isn't
    known_phrases: dict[str, str]
    possessives: frozenset[str]
    function: frozenset[str]
    common: frozenset[str]
    calendar: frozenset[str]
    documents: frozenset[str]
    group: frozenset[str]
    indefinite: frozenset[str]
    quantifiers: frozenset[str]
    prepositions: frozenset[str]
    speech: frozenset[str]
    auxiliaries: frozenset[str]


def _table(name: str) -> Any:
    text = (files("quotes.speakers") / "data" / f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=_LOADER)


def _words(block: str) -> frozenset[str]:
    return frozenset(block.split())


def _given_names(table: dict[str, str]) -> dict[str, Gender | None]:
    male, female, both = ({fold(name) for name in _words(table[key])} for key in ("male", "female", "both"))
    names: dict[str, Gender | None] = dict.fromkeys(both | (male & female))
    names.update(dict.fromkeys(male - names.keys(), "m"))
    names.update(dict.fromkeys(female - names.keys(), "f"))
    return names


def _places(
    table: dict[str, Any],
) -> tuple[dict[str, Country | None], dict[str, Country | None], dict[str, str]]:
    places: dict[str, Country | None] = {}
    adjectives: dict[str, Country | None] = {fold(word): None for word in table["adjectives"]}
    labels = {label: state for state, label in table["states"].items()}
    for name in [*table["states"], *table["regions"], *table["buildings"]]:
        places[fold(name)] = Country(name, None) if name in table["states"] else None
    for name, entry in table["countries"].items():
        country = Country(name, entry.get("capital"))
        seats = [entry["capital"]] if "capital" in entry else []
        for place in [name, *seats, *entry.get("aliases", ()), *entry.get("buildings", ())]:
            places[fold(place)] = country
        for word in entry["adjectives"]:
            adjectives[fold(word)] = country
    return places, adjectives, labels


@cache
def _place_table() -> dict[str, Any]:
    table: dict[str, Any] = _table("places")
    return table


def _seats() -> frozenset[str]:
    """Capitals and buildings: places that speak for a country but aren't another name of it."""
    entries = _place_table()["countries"].values()
    capitals = {entry["capital"] for entry in entries if "capital" in entry}
    return frozenset(map(fold, capitals.union(*(entry.get("buildings", ()) for entry in entries))))


def _by_class(table: dict[str, Any]) -> dict[str, str]:
    return {
        fold(word): group
        for group, words in table.items()
        for word in (words if isinstance(words, list) else words.split())
    }


@cache
def lexicon() -> Lexicon:
    """The tables, read on first use (some tens of milliseconds) and shared from then on."""
    roles, organisations, words = _table("roles"), _table("organisations"), _table("words")
    names = _table("given_names")
    places, adjectives, labels = _places(_place_table())
    male, female = _words(roles["male"]), _words(roles["female"])
    role_nouns = _words(roles["person"]) | male | female
    pairs = {(a, b) for names in _table("nicknames") for a in names for b in names if a != b}
    titles = dict(roles["abbreviations"])
    honorifics: dict[str, Gender | None] = {word: gender or None for word, gender in roles["honorifics"].items()}
    return Lexicon(
        given=_given_names(names),
        family_first=_words(names["family_first"]),
        given_titles={
            **dict.fromkeys(_words(names["titles"]), False),
            **dict.fromkeys(_words(names["or_titles"]), True),
        },
        korean=_words(names["korean"]),
        chinese=_words(names["chinese"]),
        nicknames=frozenset(pairs),
        roles=role_nouns,
        role_plurals={plural(noun): noun for noun in role_nouns},
        role_gender={**dict.fromkeys(male, "m"), **dict.fromkeys(female, "f")},
        kin=_words(roles["kin"]),
        either=_words(roles["either"]),
        epithets=_words(roles["epithets"]),
        seats_held=_words(roles["seats_held"]),
        politicians=_words(roles["politicians"]),
        parties=_words(roles["parties"]),
        role_modifiers=_words(roles["modifiers"]),
        portfolios=_words(roles["portfolios"]),
        titles=titles,
        bare=dict(roles["bare"]),
        positions=frozenset(roles["positions"]),
        honorifics=honorifics,
        abbreviations=frozenset(
            word if word in labels else word[0].upper() + word[1:]
            for word in [*titles, *honorifics, *roles["other_abbreviations"], *labels]
            if word.endswith(".")
        ),
        suffixes=frozenset(roles["suffixes"]),
        letters=frozenset(roles["letters"]),
        particles=frozenset(roles["particles"]),
        synonyms={word: group[0] for group in roles["synonyms"] for word in group},
        wider={word: frozenset(narrower) for word, narrower in roles["wider"].items()},
        places=places,
        seats=_seats(),
        adjectives=adjectives,
        state_labels=labels,
        classes=_by_class(organisations["classes"]),
        class_modifiers=_words(organisations["modifiers"]),
        company_names=_words(organisations["company_names"]),
        open_heads=_words(organisations["open_heads"]),
        known={word: group for group, words_ in organisations["known"].items() for word in words_.split()},
        known_phrases=_by_class(organisations["known_phrases"]),
        possessives=frozenset(organisations["possessives"]),
        **{key: _words(words[key]) for key in words},
    )
