"""Nothing but installing needs a network: all commands give the same records where there is none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
GOLD = PROJECT / "data" / "gold" / "records.jsonl"
TEXT = "“We will mend the bridge {number},” Mayor Ann Lee said on Monday. She accused the bank of greed.\n"

# Python imports it on its own in every process, those of the workers too. Unix sockets, which some libraries use
# between processes of one machine, are no network.
FORBIDDING = """
import os, socket, sys

def forbidden(*given, **named):
    with open(os.environ["FORBIDDEN_LOG"], "a") as log:
        print(os.getpid(), given, named, file=log)
    raise OSError("the network is forbidden")

def connect(self, address):
    return forbidden(address) if self.family != socket.AF_UNIX else _connect(self, address)

_connect = socket.socket.connect
socket.socket.connect = socket.socket.connect_ex = connect
socket.create_connection = socket.getaddrinfo = socket.gethostbyname = forbidden
with open(os.environ["FORBIDDEN_LOG"] + ".processes", "a") as log:
    print(os.getpid(), file=log)
"""


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    for number in range(20):
        (folder / f"{number:02}.txt").write_text(TEXT.format(number=number), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def sockets_forbidden(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which every Python process raises on the use of a socket."""
    folder = tmp_path_factory.mktemp("forbidding")
    (folder / "sitecustomize.py").write_text(FORBIDDING)
    return {**os.environ, "PYTHONPATH": f"{folder}:{PROJECT}", "FORBIDDEN_LOG": str(folder / "log"), "TERM": "dumb"}


def run(*arguments: str | Path, cwd: Path, environment: dict[str, str], prefix: list[str] | None = None) -> None:
    done = subprocess.run(
        [*(prefix or []), sys.executable, "-m", "quotes", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        env=environment,
        timeout=180,
        check=False,
    )
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False), done.stderr.decode()


def used(environment: dict[str, str]) -> str:
    log = Path(environment["FORBIDDEN_LOG"])
    return log.read_text() if log.exists() else ""


@pytest.fixture(scope="module")
def online(tmp_path_factory: pytest.TempPathFactory, articles: Path) -> Path:
    """What the commands give where nothing is forbidden."""
    folder = tmp_path_factory.mktemp("online")
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "TERM": "dumb"}
    run("extract", articles, "-o", "out.jsonl", cwd=folder, environment=environment)
    return folder / "out.jsonl"


def test_it_is_forbidden(sockets_forbidden: dict[str, str], tmp_path: Path) -> None:
    tries = "import urllib.request; urllib.request.urlopen('http://192.0.2.1/', timeout=1)"
    environment = {**sockets_forbidden, "FORBIDDEN_LOG": str(tmp_path / "log")}
    done = subprocess.run([sys.executable, "-c", tries], env=environment, capture_output=True, check=False)
    assert b"the network is forbidden" in done.stderr
    assert "192.0.2.1" in (tmp_path / "log").read_text()


def test_extract_with_tags(sockets_forbidden: dict[str, str], articles: Path, online: Path, tmp_path: Path) -> None:
    environment = {**sockets_forbidden, "FORBIDDEN_LOG": str(tmp_path / "log")}
    run("extract", articles, "-o", "out.jsonl", "--workers", "2", cwd=tmp_path, environment=environment)
    assert (tmp_path / "out.jsonl").read_bytes() == online.read_bytes()
    assert b'"stance":{"label"' in online.read_bytes()
    assert used(environment) == ""
    processes = set((tmp_path / "log.processes").read_text().split())
    assert len(processes) >= 3, "the workers weren't covered"


@pytest.mark.parametrize(
    "arguments",
    [
        ["report", "-o", "page.html"],
        ["show"],
        ["validate"],
        *(["export", "-o", "exported", "--format", format] for format in ("flat", "parquet", "label-studio", "spacy")),
        ["evaluate", "--gold", str(GOLD), "--html", "page.html", "--resamples", "10", "--pred"],
    ],
    ids=lambda arguments: " ".join(arguments[-1:] if arguments[0] == "export" else arguments[:1]),
)
def test_other_commands(sockets_forbidden: dict[str, str], online: Path, tmp_path: Path, arguments: list[str]) -> None:
    name, *rest = arguments
    file = GOLD if name == "evaluate" else online
    run(name, *rest, file, cwd=tmp_path, environment=sockets_forbidden)
    assert used(sockets_forbidden) == ""


def _without_network() -> list[str] | None:
    for prefix in (["unshare", "-n"], ["unshare", "-rn"]):
        try:
            subprocess.run([*prefix, "true"], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            continue
        return prefix
    return None


def test_extract_where_there_is_no_network_at_all(articles: Path, online: Path, tmp_path: Path) -> None:
    """In a network namespace that not even has the machine's own address up; what isn't Python is covered, too."""
    prefix = _without_network()
    if prefix is None:
        pytest.skip("a network namespace may not be made here")
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "TERM": "dumb"}
    run("extract", articles, "-o", "out.jsonl", cwd=tmp_path, environment=environment, prefix=prefix)
    assert (tmp_path / "out.jsonl").read_bytes() == online.read_bytes()
    run("report", "out.jsonl", "-o", "page.html", cwd=tmp_path, environment=environment, prefix=prefix)
