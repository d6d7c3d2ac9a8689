"""The state of a run, kept on disk so that a stopped run can go on: tensors as safetensors, the rest as JSON."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

FOLDER = "state"


@dataclass
class Progressed:
    """How far a run has come.

    Attributes:
        step: Steps done.
        best: Best score so far on the development data.
        stale: Evaluations since then.
        seconds: Time spent.
        fingerprint: Hash of settings and data; a state of another run is not gone on from.
        history: Loss and scores at each evaluation.
    """

    fingerprint: str
    step: int = 0
    best: float = -1.0
    stale: int = 0
    seconds: float = 0.0
    history: list[dict[str, Any]] = field(default_factory=list)


def save_state(folder: Path, done: Progressed, model: torch.nn.Module, optimizer: torch.optim.Optimizer) -> None:
    """Write the state; the one before stays until the new one is complete."""
    part = folder / f"{FOLDER}.part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    tensors = {f"model.{name}": value for name, value in model.state_dict().items()}
    names = {id(value): name for name, value in model.named_parameters()}
    for parameter, moments in optimizer.state.items():
        tensors |= {f"{moment}.{names[id(parameter)]}": value for moment, value in moments.items()}
    save_file({name: value.contiguous() for name, value in tensors.items()}, part / "tensors.safetensors")
    (part / "progress.json").write_text(json.dumps(asdict(done)), "utf-8")
    remove_state(folder)
    part.rename(folder / FOLDER)


def load_state(
    folder: Path, fingerprint: str, model: torch.nn.Module, optimizer: torch.optim.Optimizer
) -> Progressed | None:
    """Put model and optimizer where a stopped run left them.

    Returns:
        How far it had come; None, with nothing changed, if there is no state of this very run.
    """
    try:
        done = Progressed(**json.loads((folder / FOLDER / "progress.json").read_text("utf-8")))
    except OSError:
        return None
    if done.fingerprint != fingerprint:
        return None
    tensors = load_file(folder / FOLDER / "tensors.safetensors")
    model.load_state_dict({name[6:]: value for name, value in tensors.items() if name.startswith("model.")})
    parameters = dict(model.named_parameters())
    for name, value in tensors.items():
        moment, _, parameter = name.partition(".")
        if moment != "model":
            optimizer.state[parameters[parameter]][moment] = value
    return done


def remove_state(folder: Path) -> None:
    """Forget a run's state."""
    shutil.rmtree(folder / FOLDER, ignore_errors=True)
