"""Shell completion by what each shell asks, and in a real bash."""

from __future__ import annotations

import os
import pty
import select
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
COMMANDS = {"extract", "show", "report", "evaluate", "export", "import", "validate", "schema"}
FORMATS = {"flat", "parquet", "csv", "label-studio", "prodigy", "spacy", "w3c"}
NOTHING: set[str] = set()
_PROMPT = "> "

bash_only = pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A shell's, with a home of its own and a `quotes` command that is this checkout's."""
    command = tmp_path / "bin" / "quotes"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m quotes "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    path = os.pathsep.join([str(command.parent), os.environ.get("PATH", "")])
    return {
        "PATH": path,
        "PYTHONPATH": str(PROJECT),
        "HOME": str(tmp_path),
        "TERM": "dumb",
        "LC_ALL": "C.UTF-8",
        "PS1": _PROMPT,
    }


def asked(shell: str, line: str, environment: dict[str, str], **more: str) -> subprocess.CompletedProcess[str]:
    """What the command answers a shell that completes a line, whose last word may be empty."""
    words = line.split(" ")
    asking = {
        "bash": {"COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)},
        "zsh": {"_TYPER_COMPLETE_ARGS": line},
        "fish": {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
    }[shell]
    return subprocess.run(
        ["quotes"],
        env={**environment, "_QUOTES_COMPLETE": f"complete_{shell}", **asking, **more},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


CASES = [
    ("quotes ", COMMANDS),
    ("quotes ex", {"extract", "export"}),
    ("quotes import ", {"label-studio"}),
    ("quotes export quotes.jsonl --format ", FORMATS),
    ("quotes export quotes.jsonl -f par", {"parquet"}),
    ("quotes extract --engine ", {"processes", "ray"}),
    ("quotes extract --reg", {"--registry"}),
    # Nothing said leaves the shell to complete names of files.
    ("quotes extract da", NOTHING),
    ("quotes extract news -o ", NOTHING),
    ("quotes evaluate --gold ", NOTHING),
]


@pytest.mark.parametrize(("line", "expected"), CASES)
def test_bash(line: str, expected: set[str], environment: dict[str, str]) -> None:
    done = asked("bash", line, environment)
    found = set(done.stdout.split())
    assert (done.returncode, done.stderr) == (0, "")
    assert expected <= found if expected is COMMANDS else found == expected


@pytest.mark.parametrize(("line", "expected"), [CASES[1], CASES[4], CASES[7]])
def test_zsh_and_fish(line: str, expected: set[str], environment: dict[str, str]) -> None:
    zsh = asked("zsh", line, environment)
    if expected:
        assert zsh.stdout.startswith("_arguments '*: :((")
        assert all(f'"{word}"' in zsh.stdout for word in expected)
    else:
        assert zsh.stdout.strip() == "_files"
    fish = asked("fish", line, environment)
    assert {answer.partition("\t")[0] for answer in fish.stdout.splitlines() if answer} == expected
    is_answered = asked("fish", line, environment, _TYPER_COMPLETE_FISH_ACTION="is-args")
    assert is_answered.returncode == (0 if expected else 1)  # 1: fish completes names of files
    assert (zsh.stderr, fish.stderr) == ("", "")


def test_completion_loads_no_model_and_no_records() -> None:
    program = (
        "import sys, quotes.cli\n"
        "try: quotes.cli.main()\n"
        "except SystemExit: pass\n"
        "slow = {'spacy', 'torch', 'trafilatura', 'yaml', 'quotes.schema', 'quotes.pipeline'} & set(sys.modules)\n"
        "sys.exit(str(slow) if slow else 0)"
    )
    asking = {"_QUOTES_COMPLETE": "complete_bash", "COMP_WORDS": "quotes export x --format ", "COMP_CWORD": "4"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **asking, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert set(done.stdout.split()) == FORMATS


@bash_only
def test_installed_into_a_real_bash_it_completes_commands_and_files(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    """Installed as a user would, then keys typed at a prompt."""
    installed = subprocess.run(
        ["bash", "-c", "quotes --install-completion; exit $?"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert installed.returncode == 0, installed.stderr
    assert "bash completion installed" in installed.stdout
    with (tmp_path / ".bashrc").open("a", encoding="utf-8") as settings:
        settings.write(f"\nPS1='{_PROMPT}'\n")
    (tmp_path / "annotated.jsonl").touch()
    shown = _typed(["quotes val\t", "anno\t", "-", "-hel\t"], tmp_path, environment)
    assert "quotes validate annotated.jsonl --help" in shown


def _typed(keys: list[str], folder: Path, environment: dict[str, str]) -> str:
    """What a terminal shows while keys are typed into bash, waiting after each for what it does."""
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(folder)
        os.execvpe("bash", ["bash", "--noprofile", "-i"], environment)
    try:
        shown = _read(terminal, until=_PROMPT)
        for key in keys:
            os.write(terminal, key.encode())
            shown += _read(terminal, until=" " if key.endswith("\t") else key)
    finally:
        os.close(terminal)  # hangs up, which ends the shell
        os.waitpid(process, 0)
    return shown


def _read(terminal: int, until: str, seconds: float = 30) -> str:
    """What is shown, up to an end that is expected, or so long."""
    shown, deadline = "", time.monotonic() + seconds
    while not shown.endswith(until) and time.monotonic() < deadline:
        if select.select([terminal], [], [], 0.5)[0]:
            shown += os.read(terminal, 4096).decode(errors="replace")
    return shown
