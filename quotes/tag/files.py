"""The files of a checkpoint; apart from what loads them, for that imports torch."""

from __future__ import annotations

import hashlib
from pathlib import Path

SHIPPED = Path(__file__).parents[1] / "model"
"""The checkpoint that comes with the package."""

WEIGHTS, CONFIG, TOKENIZER, RECORD = "model.safetensors", "config.json", "tokenizer.json", "training.json"


def sha256(path: Path) -> str:
    """Hash of a file, in hex digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
