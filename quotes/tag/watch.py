"""Targets that a user wants stances towards, wherever a statement mentions them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from quotes.schema import Offsets
from quotes.speakers.registry import Entry, Registry

Watched = Entry
"""A target to watch; of a registry's entry only the names, `id` and `case_sensitive` matter here."""


class WatchList:
    """Targets found by any of their names.

    A name with a capital is found only as written ("Iran", "US" but not "us"), any other one in
    capitals, too ("tariffs", "Tariffs"). Names are whole words; "'s" or a hyphen may follow:
    "Iran's", "Iran-backed".

    Args:
        targets: The targets to watch.
        source: What errors call the list.

    Raises:
        ConfigError: If two targets share a name.
    """

    def __init__(self, targets: Sequence[Watched] = (), *, source: str = "watch list") -> None:
        self.targets = Registry(tuple(targets), source=source).entries
        self._by_name = {_key(name, target): target for target in self.targets for name in target.names}
        self._pattern = _pattern([(name, target) for target in self.targets for name in target.names])

    @classmethod
    def load(cls, path: str | Path) -> WatchList:
        """Reads a YAML file of the same form as a registry of speakers: a list of entries with `name`,
        and if wanted `aliases` and `id`.

        Raises:
            ConfigError: If the file can't be read or an entry is wrong; the message names file and key.
        """
        return cls(Registry.load(path).entries, source=str(path))

    def mentions(self, text: str, spans: Sequence[Offsets]) -> Iterator[tuple[Watched, Offsets]]:
        """The first mention of each watched target in a statement, in order.

        Of names that begin at the same place the longest counts: "Bank of Iran" is no mention of the bank.

        Args:
            text: The article.
            spans: The statement.
        """
        seen: set[str] = set()
        for start, end in spans:
            for match in self._pattern.finditer(text, start, end):
                if match.end() == end and text[end : end + 1].isalnum():
                    continue  # the span ends within a word
                target = self._target(match.group())
                if target is not None and target.name not in seen:
                    seen.add(target.name)
                    yield target, match.span()

    def _target(self, words: str) -> Watched | None:
        """Whose name it is; nobody's where only an odd letter, like a long s, made it match in any case."""
        name = _plain(words)
        return self._by_name.get(name) or self._by_name.get(name.lower())


def _pattern(names: Sequence[tuple[str, Watched]]) -> re.Pattern[str]:
    if not names:
        return re.compile(r"(?!)")
    names = sorted(names, key=lambda pair: -len(_plain(pair[0])))
    return re.compile(rf"(?<!\w)(?:{'|'.join(_spelt(*pair) for pair in names)})(?!\w)")


def _spelt(name: str, target: Watched) -> str:
    """A name with any white space between its words, and either apostrophe."""
    spelt = r"\s+".join(re.escape(word).replace("'", "['’]") for word in _plain(name).split())
    return f"(?i:{spelt})" if _in_any_case(name, target) else spelt


def _key(name: str, target: Watched) -> str:
    return _plain(name).lower() if _in_any_case(name, target) else _plain(name)


def _in_any_case(name: str, target: Watched) -> bool:
    return name.islower() and not target.case_sensitive


def _plain(words: str) -> str:
    return " ".join(words.replace("’", "'").split())
