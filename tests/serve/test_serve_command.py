"""`quotes serve` as a shell runs it: what it says, when it is ready, and how it ends."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import quotes
from quotes.cli import app

PROJECT = Path(quotes.__file__).resolve().parents[1]
ARTICLE = (PROJECT / "data" / "articles" / "border-clash.txt").read_text(encoding="utf-8")

Start = Callable[..., "Service"]


class Service:
    """A process that runs the command."""

    def __init__(self, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "quotes", "serve", "--port", "0", "--no-tags", *arguments],
            env={**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            # Tests may run in the background of a shell, where interrupts are ignored.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        self.said = ""

    def url(self) -> str:
        """The address that it prints when it is ready."""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.said += line
            if line.startswith("http"):
                return line.strip()
        raise AssertionError(self.said)

    def others(self) -> list[int]:
        """Processes that it started, and those that these started, as long as they live."""
        found = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            with suppress(FileNotFoundError, ProcessLookupError):
                state, _, _, session = path.read_text().rpartition(")")[2].split()[:4]
                if int(session) == self.process.pid != int(path.parent.name) and state not in "ZX":
                    found.append(int(path.parent.name))
        return found

    def leaves_nothing(self) -> bool:
        """Whether all have ended, within some seconds: Python's resource tracker ends after the process that has it."""
        end = time.monotonic() + 10
        while self.others() and time.monotonic() < end:
            time.sleep(0.05)
        return not self.others()

    def ended_by(self, number: int) -> int:
        """Its exit code; all its processes get the signal, as from a terminal, but SIGKILL goes to itself alone."""
        if number == signal.SIGKILL:
            self.process.kill()
        else:
            os.killpg(self.process.pid, number)
        out, error = self.process.communicate(timeout=30)
        self.said += error
        assert out == ""
        assert "Traceback" not in self.said
        return self.process.returncode


@pytest.fixture
def start() -> Iterator[Start]:
    started: list[Service] = []

    def run(*arguments: str) -> Service:
        started.append(Service(*arguments))
        return started[-1]

    yield run
    for service in started:
        if service.process.poll() is None:
            service.process.kill()
            service.process.communicate()


def post(url: str, text: str) -> Any:
    request = urllib.request.Request(
        f"{url}/annotate", json.dumps({"text": text}).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)


def test_serves_until_it_is_told_to_stop(start: Start) -> None:
    service = start()
    url = service.url()
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", url)
    assert post(url, "“Go,” Ann Lee said.")["speakers"][0]["name"] == "Ann Lee"
    assert service.others()
    assert service.ended_by(signal.SIGINT) == 0
    assert service.said == f"{url}\n"
    assert service.leaves_nothing()


def test_stops_in_the_middle_of_an_article(start: Start) -> None:
    service = start("--max-seconds", "600")
    url = service.url()
    with ThreadPoolExecutor(1) as executor:
        answer = executor.submit(post, url, "\n\n".join([ARTICLE] * 300))
        time.sleep(1)
        began = time.monotonic()
        assert service.ended_by(signal.SIGINT) == 0
        assert time.monotonic() - began < 20
        with pytest.raises(urllib.error.HTTPError, match="503"):
            answer.result()
    assert service.said == f"{url}\n"
    assert service.leaves_nothing()


def test_stops_while_it_loads(start: Start) -> None:
    service = start()
    end = time.monotonic() + 30
    while not service.others():
        assert time.monotonic() < end
        time.sleep(0.02)
    assert service.ended_by(signal.SIGINT) == 0
    assert service.said == ""
    assert service.leaves_nothing()


def test_no_process_is_left_when_it_is_killed(start: Start) -> None:
    service = start()
    service.url()
    assert service.ended_by(signal.SIGKILL) == -signal.SIGKILL
    assert service.leaves_nothing()


def serve(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["serve", *arguments])


def test_a_port_in_use() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = serve("--port", str(port))
    assert result.exit_code == 2
    assert (
        result.stderr
        == f"error: 127.0.0.1, port {port}: is in use by another program; take another --port, 0 for any free one\n"
    )


@pytest.mark.parametrize("host", ["203.0.113.1", "no.such.host.invalid", "\ud800"])
def test_a_host_that_is_not_this_machine(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(*arguments: Any, **options: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    if host.endswith("invalid"):
        monkeypatch.setattr(socket, "getaddrinfo", resolve)
    result = serve("--host", host, "--port", "0")
    assert result.exit_code == 2
    assert result.stderr.startswith("error: ")
    assert result.stderr.count("\n") == 1


def test_what_cannot_be_loaded_is_said(tmp_path: Path) -> None:
    path = tmp_path / "registry.yaml"
    path.write_text("nonsense", encoding="utf-8")
    result = serve("--port", "0", "--no-tags", "--registry", str(path))
    assert result.exit_code == 2
    assert result.stderr.startswith(f"error: {path}: ")
    assert result.stderr.count("\n") == 1


def test_others_are_let_in_with_a_warning(start: Start) -> None:
    service = start("--host", "0.0.0.0")
    url = service.url()
    assert service.said.startswith(f"warning: whoever can reach {url} can use it: there is no authentication\n")
    request = urllib.request.Request(url.replace("0.0.0.0", "127.0.0.1") + "/health", headers={"Host": "desk.example"})
    with urllib.request.urlopen(request, timeout=60) as response:
        assert response.status == 200
    assert service.ended_by(signal.SIGTERM) == 0
    assert service.leaves_nothing()


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("quotes.serve")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "fastapi", None)
    result = serve()
    assert result.exit_code == 2
    assert result.stderr == "error: quotes serve needs the package 'fastapi': pip install 'quotes[serve]'\n"


def test_help_has_an_example() -> None:
    result = CliRunner().invoke(app, ["serve", "--help"], env={"COLUMNS": "120", "TERM": "dumb"})
    assert "quotes serve --port 8000" in result.stdout
