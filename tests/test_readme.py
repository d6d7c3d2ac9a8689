"""The README's commands and Python run as they stand there, one after the other, in one folder.

The folder is a copy of what a reader has: `data/` and `configs/`. Blocks of a language other than
`python` and the shell's are not run, nor are shell lines that don't start with `quotes`.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
README = PROJECT / "README.md"
_FENCE = re.compile(
    r"^(?P<indent> *)```(?P<language>\w*)[^\n]*\n(?P<code>.*?)^(?P=indent)```", re.MULTILINE | re.DOTALL
)
_SHELL = {"", "bash", "console", "sh", "shell"}


def blocks() -> list[tuple[str, str]]:
    """Language and code of each fenced block."""
    text = README.read_text(encoding="utf-8") if README.exists() else ""
    return [(match["language"], match["code"]) for match in _FENCE.finditer(text)]


def commands(code: str) -> list[str]:
    """The `quotes` commands of a shell block; a backslash at the end of a line joins it to the next."""
    lines = (line.strip().removeprefix("$ ") for line in code.replace("\\\n", " ").splitlines())
    return [line for line in lines if line.startswith("quotes ")]


STEPS = [
    step
    for language, code in blocks()
    for step in (
        [("python", code)]
        if language == "python"
        else [("shell", command) for command in commands(code)]
        if language in _SHELL
        else []
    )
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder to run in, with a `quotes` command that is this checkout's."""
    for name in ("data", "configs"):
        shutil.copytree(PROJECT / name, tmp_path / name)
    command = tmp_path / "bin" / "quotes"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m quotes "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    return tmp_path


def run(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(folder / "bin"), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(PROJECT)}
    return subprocess.run(
        arguments, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False
    )


def run_step(kind: str, code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    if kind == "shell":
        return run(["bash", "-o", "pipefail", "-c", code], folder)
    if ">>>" in code:
        (folder / "block.txt").write_text(code, encoding="utf-8")
        options = ["-o", "ELLIPSIS", "-o", "NORMALIZE_WHITESPACE"]
        return run([sys.executable, "-m", "doctest", *options, "block.txt"], folder)
    return run([sys.executable, "-c", code], folder)


@pytest.mark.skipif(not STEPS, reason="the README has no commands yet")
def test_readme_runs(folder: Path) -> None:
    """One test for all steps: the later read what the earlier wrote."""
    failures = []
    for kind, code in STEPS:
        done = run_step(kind, code, folder)
        if done.returncode != 0:
            failures.append(f"{code.strip()}\n  exit status {done.returncode}\n{done.stdout}{done.stderr}")
    if failures:
        pytest.fail("\n\n".join(failures), pytrace=False)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("quotes extract a.txt\n", ["quotes extract a.txt"]),
        ("$ quotes extract \\\n    a.txt\nfound 3 quotes\n", ["quotes extract      a.txt"]),
        ("pip install quotes\nmake demo\n", []),
    ],
)
def test_commands_are_read_from_a_block(code: str, expected: list[str]) -> None:
    assert commands(code) == expected
