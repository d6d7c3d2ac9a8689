"""A list of known people and bodies that the names of an article are checked against first."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from quotes.errors import ConfigError
from quotes.schema import SpeakerKind
from quotes.speakers.lexicon import Gender, fold

NonEmpty = Annotated[str, Field(min_length=1)]


class Entry(BaseModel):
    """One known speaker.

    Attributes:
        name: Canonical name.
        aliases: Other names; each may belong to one entry only.
        kind: What it is.
        role: Title or function.
        affiliation: Whom the role is for.
        id: Id in a knowledge base, written to `Speaker.kb_id`.
        gender: "m" or "f", for pronouns.
        case_sensitive: Names match only as written: "WHO" isn't "who".
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    name: NonEmpty
    aliases: tuple[NonEmpty, ...] = ()
    kind: SpeakerKind = "person"
    role: str | None = None
    affiliation: str | None = None
    id: str | None = None
    gender: Gender | None = None
    case_sensitive: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Name and aliases."""
        return (self.name, *self.aliases)


class Registry:
    """Known speakers, found by any of their names.

    Args:
        entries: The speakers.

    Raises:
        ConfigError: If two entries share a name or alias.
    """

    def __init__(self, entries: tuple[Entry, ...] = (), *, source: str = "registry") -> None:
        self.entries = entries
        self._by_name: dict[str, Entry] = {}
        for entry in entries:
            for name in entry.names:
                known = self._by_name.setdefault(_key(name), entry)
                if known is not entry:
                    raise ConfigError(
                        f"{source}: {name!r} stands for both {known.name!r} and {entry.name!r}; "
                        "remove it from one of the two entries"
                    )

    def find(self, name: str) -> Entry | None:
        """The entry with this name or alias; a leading "the", accents, hyphens and case don't count."""
        entry = self._by_name.get(_key(name))
        if entry is not None and entry.case_sensitive and name.removeprefix("the ") not in entry.names:
            return None
        return entry

    @classmethod
    def load(cls, path: str | Path) -> Registry:
        """Reads a YAML list of entries, or a mapping from canonical name to the rest of its entry.

        Raises:
            ConfigError: If the file can't be read or an entry is wrong; the message names file and entry.
        """
        try:
            data = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{path}: can't read the registry ({error}); check the path and the encoding") from error
        except yaml.YAMLError as error:
            raise ConfigError(f"{path}: not valid YAML ({error}); correct the file at that place") from error
        entries = tuple(_entry(item, number, path) for number, item in enumerate(_items(data, path), 1))
        return cls(entries, source=str(path))


def _key(name: str) -> str:
    return fold(name).removeprefix("the ")


def _items(data: Any, path: str | Path) -> list[Any]:
    if data is None:
        return []
    if isinstance(data, list):
        return data
    if isinstance(data, dict):
        return [
            {"name": name, **(rest or {})} if isinstance(rest, dict | None) else rest for name, rest in data.items()
        ]
    raise ConfigError(
        f"{path}: a registry is a list of entries, not {type(data).__name__}; begin each with '- name: …'"
    )


def _entry(item: Any, number: int, path: str | Path) -> Entry:
    if not isinstance(item, dict):
        raise ConfigError(
            f"{path}: entry {number} is {item!r}; write it as 'name: …' with aliases, kind and role below"
        )
    label = f"entry {number} ({item['name']!r})" if "name" in item else f"entry {number}"
    try:
        return Entry.model_validate(item)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        allowed = ", ".join(Entry.model_fields)
        advice = f"remove it or use one of: {allowed}" if first["type"] == "extra_forbidden" else "correct that value"
        raise ConfigError(f"{path}: {label}: {key}: {first['msg']}; {advice}") from error
