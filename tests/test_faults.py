"""Killed at any moment and gone on with, a run gives what an undisturbed one gives."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(PROJECT)}
KILLS = 20


def command(source: Path, target: Path | str, slow: Path) -> list[str]:
    return [sys.executable, str(PROJECT / "tests" / "faults.py"), str(source), str(target), str(slow)]


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "articles.jsonl"
    lines = [{"id": f"a{number}", "text": f"Article {number}. " * (number % 50 + 1)} for number in range(400)]
    lines[100]["text"] = "It fails."
    lines[200]["text"] = ""
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return path


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the workers under /proc")
@pytest.mark.parametrize("name", ["out.jsonl", "out/"])
def test_twenty_kills(source: Path, tmp_path: Path, name: str) -> None:
    chance = random.Random(name)
    quiet, killed, slow = tmp_path / "quiet", tmp_path / "killed", tmp_path / "slow"
    quiet.mkdir()
    killed.mkdir()
    subprocess.run(command(source, f"{quiet}/{name}", slow), env=ENVIRONMENT, check=True)
    slow.touch()
    kills = 0
    while True:
        run = subprocess.Popen(command(source, f"{killed}/{name}", slow), env=ENVIRONMENT)
        while kills < KILLS and run.poll() is None:
            time.sleep(chance.uniform(0.1, 1.5))
            kills += _kill(run, worker=chance.random() < 0.5, chance=chance)
        if kills == KILLS:
            slow.unlink(missing_ok=True)
        if run.wait() == 0:
            break
    assert kills == KILLS, "it was over too early; make it slower"
    expected, found = content(quiet), content(killed)
    assert sorted(found) == sorted(expected)
    assert [file for file in found if found[file] != expected[file]] == []


def _kill(run: subprocess.Popen[bytes], *, worker: bool, chance: random.Random) -> int:
    try:
        victims = children(run.pid) if worker else [run.pid]
        os.kill(chance.choice(victims), signal.SIGKILL)
    except (OSError, IndexError):  # it is over, or there is no worker yet
        return 0
    return 1


def content(folder: Path) -> dict[str, bytes]:
    """All files below it, hidden ones too, but for locks."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
