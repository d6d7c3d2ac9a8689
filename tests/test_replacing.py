"""A file is there in full or as it was before, and nothing else is left in the folder."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from quotes.locks import lock
from quotes.replacing import replacing

WRITES_UNTIL_KILLED = """
import sys
from pathlib import Path
from quotes.replacing import replacing

with replacing(Path(sys.argv[1])) as stream:
    stream.write(b"half of it")
    stream.flush()
    print("writing", flush=True)
    sys.stdin.read()
"""


def writer(path: Path) -> subprocess.Popen[str]:
    """A process that writes half of the file, and waits."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITES_UNTIL_KILLED, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "writing\n"
    return process


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_a_killed_process_left_is_removed_by_the_next(tmp_path: Path) -> None:
    path = tmp_path / "[1]*.json"
    with writer(path) as process:
        process.send_signal(signal.SIGKILL)
    assert names(tmp_path) == [f".{path.name}.{process.pid}.part"]
    with replacing(path) as stream:
        stream.write(b"all of it")
    assert names(tmp_path) == [path.name]
    assert path.read_bytes() == b"all of it"


def test_what_another_process_is_writing_stays(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    with writer(path) as process:
        with replacing(path) as stream:
            stream.write(b"all of it")
        assert names(tmp_path) == [f".out.json.{process.pid}.part", "out.json"]
        process.communicate()
    assert names(tmp_path) == ["out.json"]
    assert path.read_bytes() == b"half of it"


def test_files_of_others_stay(tmp_path: Path) -> None:
    for name in (".out.json.part", ".other.json.12.part", "out.json.12.part"):
        (tmp_path / name).touch()
    before = names(tmp_path)
    with replacing(tmp_path / "out.json") as stream:
        stream.write(b"all of it")
    assert names(tmp_path) == sorted([*before, "out.json"])


def test_a_file_removed_before_it_was_locked_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[Path] = []

    def late(stream: IO[bytes], *, wait: bool = False) -> bool:
        if not taken:
            (part,) = tmp_path.glob("*.part")
            part.unlink()
            taken.append(part)
        return lock(stream, wait=wait)

    monkeypatch.setattr("quotes.replacing.lock", late)
    with replacing(tmp_path / "out.json") as stream:
        stream.write(b"all of it")
    assert taken
    assert (tmp_path / "out.json").read_bytes() == b"all of it"


def test_a_failed_block_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    path.write_bytes(b"before")
    with pytest.raises(KeyboardInterrupt), replacing(path) as stream:
        raise KeyboardInterrupt(stream.write(b"half of it"))
    assert names(tmp_path) == ["out.json"]
    assert path.read_bytes() == b"before"
