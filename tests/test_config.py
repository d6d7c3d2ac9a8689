"""Options from YAML: read once, nothing unknown, errors that name the file and the key."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from quotes.config import Options
from quotes.errors import ConfigError

SHIPPED = Path(__file__).resolve().parents[1] / "configs" / "extract.yaml"


def options_file(folder: Path, content: str | bytes) -> Path:
    path = folder / "options.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_the_shipped_file_lists_every_option_with_its_default() -> None:
    assert set(yaml.safe_load(SHIPPED.read_bytes())) == set(Options.model_fields)
    assert Options.load(SHIPPED) == Options()


@pytest.mark.parametrize("content", ["", "# nothing but a comment\n", "{}", "---\n"])
def test_a_file_without_options_gives_the_defaults(tmp_path: Path, content: str) -> None:
    assert Options.load(options_file(tmp_path, content)) == Options()


def test_values_are_taken(tmp_path: Path) -> None:
    path = options_file(tmp_path, "spacy_model: en_core_web_md\nmin_confidence: 0.5\nmax_chars: 9_000\n")
    assert Options.load(path) == Options(spacy_model="en_core_web_md", min_confidence=0.5, max_chars=9000)


def test_a_relative_registry_starts_from_the_files_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "people.jsonl").touch()
    path = options_file(tmp_path, "registry: people.jsonl\n")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert Options.load(path).registry == tmp_path / "people.jsonl"


def test_an_absolute_registry_stays(tmp_path: Path) -> None:
    people = tmp_path / "people.jsonl"
    people.touch()
    (tmp_path / "conf").mkdir()
    assert Options.load(options_file(tmp_path / "conf", f"registry: {people}\n")).registry == people


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("min_confidenc: 1\n", "min_confidenc: there is no such option; did you mean min_confidence?"),
        ("Max-Chars: 1\n", "Max-Chars: there is no such option; did you mean max_chars?"),
        ("speed: 1\n", "speed: there is no such option; the options are spacy_model, registry,"),
        ("1: 1\n", "1: there is no such option"),
        ("max_chars: many\n", "max_chars: Input should be a valid integer, not 'many'"),
        ("max_chars: '7'\n", "max_chars: Input should be a valid integer, not '7'"),
        ("max_chars: true\n", "max_chars: Input should be a valid integer, not True"),
        ("max_chars: 0\n", "max_chars: Input should be greater than or equal to 1, not 0"),
        ("max_chars: null\n", "max_chars: Input should be a valid integer, not None"),
        ("min_confidence: 1.5\n", "min_confidence: Input should be less than or equal to 1, not 1.5"),
        ("min_confidence: .nan\n", "min_confidence: Input should be"),
        ("min_confidence: false\n", "min_confidence: Input should be a valid number, not False"),
        ("spacy_model: 3\n", "spacy_model: Input should be a valid string, not 3"),
        ("spacy_model: ''\n", "spacy_model: String should have at least 1 character"),
        ("registry: [a]\n", "registry: Input is not a valid path"),
        ("registry: nobody.jsonl\n", "registry: there is no file"),
        ("registry: ''\n", "registry: there is no file"),
        ("- max_chars\n", "expected options as 'name: value' lines, found a list"),
        ("just words\n", "expected options as 'name: value' lines, found a str"),
        ("max_chars: [1\n", "not valid YAML"),
        ("!!python/object/apply:os.getcwd []\n", "not valid YAML"),
        (b"max_chars: \xff\xfe\x00\n", "not valid YAML"),
    ],
)
def test_a_wrong_file_is_an_error_that_names_file_and_key(tmp_path: Path, content: str | bytes, complaint: str) -> None:
    path = options_file(tmp_path, content)
    with pytest.raises(ConfigError) as raised:
        Options.load(path)
    assert str(raised.value).startswith(f"{path}: ")
    assert complaint in str(raised.value)


def test_every_wrong_value_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as raised:
        Options.load(options_file(tmp_path, "max_chars: -1\nmin_confidence: 2\n"))
    assert [line.split(": ")[1] for line in str(raised.value).splitlines()] == ["min_confidence", "max_chars"]


@pytest.mark.parametrize("name", ["missing.yaml", "."])
def test_a_file_that_cant_be_read_is_a_config_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match="can't be read"):
        Options.load(tmp_path / name)


def test_options_are_frozen_and_closed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Options().max_chars = 3
    with pytest.raises(ValidationError, match="Extra inputs"):
        Options(speed=3)  # type: ignore[call-arg]
