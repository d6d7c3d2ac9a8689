"""A checkpoint that can't be used says what is wrong with which file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import torch

from quotes.errors import ConfigError
from quotes.schema import STANCES, TONES
from quotes.tag.checkpoint import load_checkpoint
from quotes.tag.files import RECORD, sha256


@pytest.fixture
def copy(tiny: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny, tmp_path / "tagger"))


def edit(path: Path, **changes: object) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **changes}), "utf-8")


def test_labels_and_format_travel_in_the_checkpoint(tiny: Path) -> None:
    model, encoder = load_checkpoint(tiny)
    assert tuple(model.config.stances) == STANCES
    assert tuple(model.config.tones) == TONES
    assert encoder.format.to_dict() == {
        name: tuple(value) if isinstance(value, list) else value for name, value in model.config.input_format.items()
    }
    assert model.dtype == torch.float32


def test_weights_survive_saving(tiny: Path, tmp_path: Path) -> None:
    model, _ = load_checkpoint(tiny)
    model.save_pretrained(tmp_path / "again")
    shutil.copy(tiny / "tokenizer.json", tmp_path / "again")
    again, _ = load_checkpoint(tmp_path / "again")
    for name, value in model.state_dict().items():
        assert torch.equal(value, again.state_dict()[name])


@pytest.mark.parametrize("name", ["model.safetensors", "config.json", "tokenizer.json"])
def test_a_missing_file_is_named(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(ConfigError, match=f"{name} is missing"):
        load_checkpoint(copy)


def test_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no tagger is there"):
        load_checkpoint(tmp_path / "nowhere")


def test_tampered_weights(copy: Path) -> None:
    weights = copy / "model.safetensors"
    (copy / RECORD).write_text(json.dumps({"weights_sha256": sha256(weights)}), "utf-8")
    load_checkpoint(copy)
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    with pytest.raises(ConfigError, match=r"isn't the file that was trained"):
        load_checkpoint(copy)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("model.safetensors", b"not weights", "can't be loaded as a tagger"),
        ("tokenizer.json", b"{}", "can't be loaded as a tagger"),
        ("config.json", b"{", "can't be loaded as a tagger"),
        (RECORD, b"[]", "isn't a training record"),
        (RECORD, b"{", "isn't a training record"),
    ],
)
def test_broken_files(copy: Path, name: str, content: bytes, message: str) -> None:
    (copy / name).write_bytes(content)
    with pytest.raises(ConfigError, match=message):
        load_checkpoint(copy)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"tones": ["calm", "angry"]}, "size|labels|fit"),
        ({"stances": list(reversed(STANCES))}, "labels aren't those of this version"),
        ({"input_format": {"window": 3}}, "window"),
        ({"input_format": {"gap": "<gap>"}}, "no token '<gap>'"),
    ],
)
def test_a_configuration_that_does_not_fit(copy: Path, changes: dict[str, object], message: str) -> None:
    edit(copy / "config.json", **changes)
    with pytest.raises(ConfigError, match=message):
        load_checkpoint(copy)


def test_weights_of_another_model(copy: Path) -> None:
    config = json.loads((copy / "config.json").read_text("utf-8"))
    edit(copy / "config.json", encoder={**config["encoder"], "num_hidden_layers": 2})
    with pytest.raises(ConfigError, match="don't fit the configuration"):
        load_checkpoint(copy)
