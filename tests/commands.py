"""The commands and Python blocks of a Markdown page, and a folder to run them in.

A page's blocks run in order, in a copy of what a reader has: `data/` and `configs/`.

- In a `console` block a line that begins with `$ ` is a command, and the lines up to the next one are what it
  prints; `…` stands for anything. In a `sh` block every line is a command. A backslash at the end of a line joins
  it to the next, and a command may fail only where `echo $?` follows.
- A `python` block runs in one interpreter with those before it; with `>>>` it is a doctest.
- An HTML comment right above a block says what else is to be done with it: `<!-- file: NAME -->` writes it to a
  file, `<!-- runs beside: WORDS -->` leaves its command running until the page ends and waits for it to print those
  words, `<!-- not run: REASON -->` leaves it out.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parents[1]

_BLOCK = re.compile(
    r"(?:^<!-- (?P<mark>file|runs beside|not run): (?P<what>[^\n]+?) -->\n\s*)?"
    r"^(?P<indent> *)```(?P<language>[\w{}:-]*)[^\n]*\n(?P<code>.*?)^(?P=indent)```",
    re.MULTILINE | re.DOTALL,
)
_MARKS = {"file": "file", "runs beside": "beside", "not run": "not_run"}
SHELL = {"", "bash", "console", "sh", "shell"}
_PROMPT = "$ "
_OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@dataclass(frozen=True)
class Block:
    """A fenced block.

    Attributes:
        line: Its number in the page, from 1.
        language: What stands after the fence.
        code: What stands in it, as far in as the fence is.
        file: The file that it is written to.
        beside: What its command prints when it is ready and may be left running.
        not_run: Why it isn't run.
    """

    line: int
    language: str
    code: str
    file: str | None = None
    beside: str | None = None
    not_run: str | None = None


@dataclass(frozen=True)
class Command:
    """A command of a shell block.

    Attributes:
        line: The command, on one line.
        output: What the page says that it prints; "" where it doesn't say.
    """

    line: str
    output: str = ""


def blocks(page: str) -> list[Block]:
    """The fenced blocks of a page, in order."""
    found = []
    for match in _BLOCK.finditer(page):
        line = page.count("\n", 0, match.start("language")) + 1
        code = re.sub(rf"^{match['indent']}", "", match["code"], flags=re.MULTILINE)
        marks = {} if match["mark"] is None else {_MARKS[match["mark"]]: match["what"]}
        found.append(Block(line, match["language"], code, **marks))
    return found


def commands(block: Block) -> list[Command]:
    """The commands of a shell block, each with what it prints; blank lines and comments are none."""
    found: list[Command] = []
    prompts = any(line.startswith(_PROMPT) for line in block.code.splitlines())
    for line in block.code.replace("\\\n", " ").splitlines():
        if not prompts or line.startswith(_PROMPT):
            command = line.removeprefix(_PROMPT).strip()
            if command and not command.startswith("#"):
                found.append(Command(command))
        elif found:
            found[-1] = Command(found[-1].line, f"{found[-1].output}{line}\n")
    return found


class Folder:
    """A folder with `data/`, `configs/`, `quotes/model/` and a `quotes` command that is this checkout's.

    Args:
        path: An empty folder.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._beside: list[subprocess.Popen[str]] = []
        self._names: dict[str, Any] = {"__name__": "__main__"}
        for name in ("data", "configs"):
            shutil.copytree(PROJECT / name, path / name)
        (path / "quotes").mkdir()
        (path / "quotes" / "model").symlink_to(PROJECT / "quotes" / "model")
        programs = {"quotes": [sys.executable, "-m", "quotes"], "python": [sys.executable]}
        (path / "bin").mkdir()
        for name, program in programs.items():
            file = path / "bin" / name
            file.write_text(f'#!/bin/sh\nexec {shlex.join(program)} "$@"\n', encoding="utf-8")
            file.chmod(0o755)

    def shell(self, command: str, before: int = 0) -> tuple[int, str]:
        """Run a command.

        Args:
            command: A line of bash.
            before: Exit status of the command before it, for `$?`.

        Returns:
            Its exit status, and what it printed to either stream.
        """
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", f"(exit {before})\n{command}"],
            cwd=self.path,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
            check=False,
        )
        return done.returncode, done.stdout

    def beside(self, command: str, words: str) -> str | None:
        """Start a command that is left running until `close`; returns what it printed if it ended without the words."""
        process = subprocess.Popen(
            shlex.split(command),
            cwd=self.path,
            env=self._environment(),
            executable=self.path / "bin" / command.split()[0],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._beside.append(process)
        assert process.stdout is not None
        printed = ""
        while words not in printed:
            line = process.stdout.readline()
            if not line:
                return printed
            printed += line
        return None

    def close(self) -> None:
        """End what runs beside."""
        for process in self._beside:
            process.terminate()
            process.communicate(timeout=60)

    def _environment(self) -> dict[str, str]:
        """The shell's own, but for what would change the look of the output; one thread, for tests run side by side."""
        path = os.pathsep.join([str(self.path / "bin"), os.environ.get("PATH", "")])
        kept = {name: value for name, value in os.environ.items() if name not in ("FORCE_COLOR", "GITHUB_ACTIONS")}
        return {
            **kept,
            "PATH": path,
            "PYTHONPATH": str(PROJECT),
            "TERM": "dumb",
            "COLUMNS": "100",
            "OMP_NUM_THREADS": "1",
        }

    def python(self, code: str) -> str | None:
        """Run Python after what ran before; returns what went wrong, or None."""
        before = Path.cwd()
        os.chdir(self.path)
        try:
            return self._doctest(code) if ">>>" in code else self._execute(code)
        finally:
            os.chdir(before)

    def _doctest(self, code: str) -> str | None:
        runner = doctest.DocTestRunner(optionflags=_OPTIONS, verbose=False)
        # A test works on a copy of the names unless it is given them afterwards.
        test = doctest.DocTestParser().get_doctest(code, {}, "block", None, 0)
        test.globs = self._names
        report = io.StringIO()
        runner.run(test, out=report.write, clear_globs=False)
        return report.getvalue() if runner.failures else None

    def _execute(self, code: str) -> str | None:
        import traceback

        try:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(code, "block", "exec"), self._names)
        except Exception:
            return traceback.format_exc()
        return None


def failures(page: str, folder: Folder, *, only_quotes: bool = False) -> Iterator[str]:
    """Run the blocks of a page in order.

    Args:
        page: Its Markdown.
        folder: Where they run.
        only_quotes: Whether commands of other programs are left out.

    Yields:
        What went wrong, a message for each command or block.
    """
    for block in blocks(page):
        if block.not_run:
            continue
        if block.file:
            (folder.path / block.file).write_text(block.code, encoding="utf-8")
        elif block.beside:
            for command in commands(block):
                if (printed := folder.beside(command.line, block.beside)) is not None:
                    yield f"line {block.line}: $ {command.line}\nended, having printed:\n{printed}"
        elif block.language == "python":
            if (problem := folder.python(block.code)) is not None:
                yield f"line {block.line}:\n{block.code}\n{problem}"
        elif block.language in SHELL:
            yield from _shell_failures(block, folder, only_quotes=only_quotes)


def _shell_failures(block: Block, folder: Folder, *, only_quotes: bool) -> Iterator[str]:
    listed = [one for one in commands(block) if not only_quotes or one.line.startswith("quotes ")]
    status = 0
    for at, command in enumerate(listed):
        status, output = folder.shell(command.line, status)
        is_shown = at + 1 < len(listed) and listed[at + 1].line == "echo $?"
        if status and not is_shown:
            yield f"line {block.line}: $ {command.line}\nexit status {status}\n{output}"
        elif command.output.strip() and not prints(command.output, output):
            yield f"line {block.line}: $ {command.line}\nexpected:\n{command.output}\nprinted:\n{output}"


def prints(expected: str, output: str) -> bool:
    """Whether a command printed what a page says, white space at the ends of lines aside; `…` stands for anything."""
    one, other = ("\n".join(line.rstrip() for line in text.strip().splitlines()) for text in (expected, output))
    return re.fullmatch(".*?".join(map(re.escape, one.split("…"))), other, re.DOTALL) is not None
