"""The pages in docs/: their commands and their Python run, their links lead somewhere, and the site builds.

How blocks are read and run: see `commands.py`.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from enum import EnumType
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import typer

from quotes.speakers import attribute, sources
from tests.commands import PROJECT, SHELL, Block, Folder, blocks, commands, failures, prints

DOCS = PROJECT / "docs"
PAGES = sorted([*DOCS.glob("*.md"), *DOCS.glob("reference/*.md")])
WITH_BLOCKS = [
    page for page in PAGES if any(block.language in {*SHELL, "python"} for block in blocks(page.read_text()))
]
FOREIGN = re.compile(r"""(?:src|srcset|@import|url\()\s*=?\s*["']?https?://|<link[^>]+href="https?://""")
"""What a browser would fetch from elsewhere."""


def name(page: Path) -> str:
    return str(page.relative_to(PROJECT))


@pytest.mark.parametrize("page", WITH_BLOCKS, ids=name)
def test_the_blocks_of_a_page_run(page: Path, tmp_path: Path) -> None:
    """One test a page: the later blocks read what the earlier wrote."""
    folder = Folder(tmp_path)
    try:
        problems = list(failures(page.read_text(encoding="utf-8"), folder))
    finally:
        folder.close()
    if problems:
        pytest.fail("\n\n".join(problems), pytrace=False)


def _left_out() -> Iterator[tuple[str, str]]:
    """The commands that aren't run, with where they stand."""
    for page in PAGES:
        for block in blocks(page.read_text(encoding="utf-8")):
            if block.not_run and block.language in SHELL:
                for command in commands(block):
                    yield f"{name(page)}:{block.line}", command.line


@pytest.mark.parametrize(("place", "line"), list(_left_out()))
def test_what_is_not_run_could_be(place: str, line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands, options, modules, targets of make and extras are there: a renamed option fails here."""
    assert subprocess.run(["bash", "-n", "-c", line], check=False).returncode == 0
    match shlex.split(line, comments=True):
        case ["quotes", *arguments]:
            _parse(typer.main.get_command(quotes_app()), arguments)
        case ["python", "-m", module, *arguments]:
            _parse_arguments(module, arguments, monkeypatch)
        case ["make", *targets]:
            known = re.findall(r"^(\w+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
            assert set(targets) <= set(known)
        case ["pip", "install", *packages]:
            extras = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
            for package in packages:
                found = re.fullmatch(r"quotes\[([\w,]+)\]", package)
                assert found is not None
                assert set(found[1].split(",")) <= set(extras)
        case ["curl" | "prodigy" | "ray" | "source", *_]:
            pass
        case _:
            pytest.fail(f"{place}: {line}: nothing here checks such a command")


def quotes_app() -> typer.Typer:
    from quotes.cli import app

    return app


def _parse(command: Any, arguments: list[str]) -> None:
    """Read arguments as the command line does, but for asking whether files are there."""
    context = typer.Context(command, info_name=command.name)
    given, rest, _ = command.make_parser(context).parse_args(list(arguments))
    if rest:
        assert rest[0] in getattr(command, "commands", {}), f"{rest}: no such command or argument"
        _parse(command.commands[rest[0]], rest[1:])
    for parameter in command.params:
        choices = parameter.type_descriptor.annotation
        if given.get(parameter.name) is not None and isinstance(choices, EnumType):
            choices(given[parameter.name])


class _Parsed(Exception):
    """The arguments were read."""


def _parse_arguments(module: str, arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a program of `training` read its arguments, and do no more."""
    from argparse import ArgumentParser

    parse = ArgumentParser.parse_args

    def parse_only(*given: Any) -> None:
        parse(*given)
        raise _Parsed

    monkeypatch.setattr(ArgumentParser, "parse_args", parse_only)
    monkeypatch.setattr(sys, "argv", [module, *arguments])
    with pytest.raises(_Parsed):
        importlib.import_module(module).main()


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("extract a.txt --no-such", "No such option: --no-such"),
        ("extract a.txt --engine no-such", "'no-such' is not a valid Engine"),
        ("export a.jsonl b.jsonl", "no such command or argument"),
        ("frobnicate", "no such command or argument"),
    ],
)
def test_a_wrong_command_line_would_be_told(line: str, complaint: str) -> None:
    with pytest.raises(Exception, match=complaint):
        _parse(typer.main.get_command(quotes_app()), shlex.split(line))


@pytest.mark.parametrize("page", [PROJECT / "README.md", *PAGES], ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    prose = re.sub(r"^ *```.*?^ *```", "", text, flags=re.MULTILINE | re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)\)", prose):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{link}: there is no such file"
        if anchor:
            assert anchor in _anchors(target), f"{link}: there is no such heading"


def _anchors(page: Path) -> set[str]:
    """Anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def test_every_page_is_in_the_index() -> None:
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    for page in DOCS.glob("*.md"):
        assert page.name == "index.md" or f"]({page.name})" in index


def test_every_rule_is_explained() -> None:
    page = (DOCS / "rules.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| `([\w-]+)` \|", page, re.MULTILINE))
    golden = "\n".join(path.read_text(encoding="utf-8") for path in (PROJECT / "tests" / "golden").glob("*.txt"))
    used = set(re.findall(r"^(?:direct|mixed|indirect) \|(?: [^|]* \|){3} ([\w-]+) \|", golden, re.MULTILINE))
    assert len(used) > 10
    assert {name for name, _ in (*sources.CASCADE, *attribute.CASCADE)} | used <= explained


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built without a warning."""
    pytest.importorskip("furo")
    folder = tmp_path_factory.mktemp("site")
    options = ["--fail-on-warning", "--keep-going", "--quiet", "-b", "html", "-d", str(folder / "read")]
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", *options, str(DOCS), str(folder / "html")],
        env={**os.environ, "PYTHONPATH": str(PROJECT), "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "html"


def test_the_reference_has_every_public_name_and_every_command(site: Path) -> None:
    reference = {page.name: page.read_text(encoding="utf-8") for page in (site / "reference").glob("*.html")}
    api = "".join(reference.values())
    for package in ("quotes", "quotes.export", "quotes.evaluate", "quotes.report", "quotes.serve"):
        module = importlib.import_module(package)
        for public in module.__all__:
            homes = (package, getattr(getattr(module, public), "__module__", package))
            assert any(f'id="{home}.{public}"' in api for home in homes) or public.isupper(), public
    for command, _ in _command_line().commands():
        assert f">{command}<" in reference["command-line.html"]


def test_the_site_loads_nothing_from_elsewhere(site: Path) -> None:
    for file in [*site.rglob("*.html"), *site.rglob("*.css")]:
        assert not FOREIGN.search(file.read_text(encoding="utf-8")), file


def test_every_command_has_an_example() -> None:
    for command, node in _command_line().commands():
        assert re.search(r"^Example: `quotes |^Example: `curl ", node.help or "", re.MULTILINE), command


def _command_line() -> ModuleType:
    spec = importlib.util.spec_from_file_location("command_line", DOCS / "command_line.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (Block(1, "sh", "quotes extract a.txt\n"), [("quotes extract a.txt", "")]),
        (Block(1, "sh", "# all\nquotes show \\\n  a\n\npip list\n"), [("quotes show    a", ""), ("pip list", "")]),
        (
            Block(1, "console", "$ quotes show a\nx\n\ny\n$ echo $?\n1\n"),
            [("quotes show a", "x\n\ny\n"), ("echo $?", "1\n")],
        ),
    ],
)
def test_commands_are_read_from_a_block(block: Block, expected: list[tuple[str, str]]) -> None:
    assert [(command.line, command.output) for command in commands(block)] == expected


def test_marks_belong_to_the_block_below_them() -> None:
    page = (
        "<!-- not run: takes hours -->\n```sh\nmake train\n```\n\n<!-- file: a.txt -->\n\n```text\nA\n```\n"
        "<!-- a remark -->\n```python\n1\n```\n"
    )
    assert [(block.not_run, block.file, block.code) for block in blocks(page)] == [
        ("takes hours", None, "make train\n"),
        (None, "a.txt", "A\n"),
        (None, None, "1\n"),
    ]


@pytest.mark.parametrize(
    ("expected", "output", "same"),
    [
        ("2 articles, … s\n", "2 articles, 0.5 s\n", True),
        ("a\n…\nd", "a\nb\nc\nd\n", True),
        ("a  \n\n", " a", True),
        ("1 article", "2 articles", False),
        ("1 article", "1 article\nerror: no", False),
    ],
)
def test_output_is_compared(expected: str, output: str, same: bool) -> None:
    assert prints(expected, output) is same
