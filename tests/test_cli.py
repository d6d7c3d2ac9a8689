"""The command line as a shell runs it: what it writes, says and returns."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import quotes

PROJECT = Path(quotes.__file__).resolve().parents[1]
COMMAND = [sys.executable, "-m", "quotes"]
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if name not in {"FORCE_COLOR", "GITHUB_ACTIONS"}},
    "PYTHONPATH": str(PROJECT),
    "COLUMNS": "100",
    "TERM": "dumb",
}

STATEMENT = '"We will rebuild the bridge,"'
ARTICLE = f"{STATEMENT} Mayor Ann Lee said on Monday.\n"
CURLY = "“We will rebuild the bridge,” Mayor Ann Lee said on Monday.\n"
RECORD: dict[str, Any] = {
    "schema": "quotes/1",
    "id": "bridge",
    "path": "bridge.txt",
    "title": None,
    "date": None,
    "text": ARTICLE,
    "warnings": [],
    "speakers": [
        {
            "id": 0,
            "name": "Ann Lee",
            "kind": "person",
            "role": "Mayor",
            "affiliation": None,
            "aliases": [],
            "kb_id": None,
            "mentions": [[30, 43]],
        }
    ],
    "quotes": [
        {
            "id": 0,
            "type": "direct",
            "text": STATEMENT,
            "spans": [[0, 29]],
            "cue": {"text": "said", "start": 44, "end": 48},
            "speaker": 0,
            "mention": {"text": "Mayor Ann Lee", "start": 30, "end": 43},
            "rule": "any",
            "confidence": 0.9,
        }
    ],
}
FAILURE = {"schema": "quotes/1", "id": "empty", "path": "empty.txt", "error": {"kind": "ArticleError", "message": "no"}}


def run(
    *arguments: str | Path, cwd: Path, stdin: bytes = b"", timeout: float = 60
) -> subprocess.CompletedProcess[bytes]:
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env=ENVIRONMENT,
        timeout=timeout,
        check=False,
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done


def parsed(output: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.decode().split("\n") if line]


def found(record: dict[str, Any]) -> list[tuple[str, str | None]]:
    """Each statement with the name of its speaker."""
    names = {speaker["id"]: speaker["name"] for speaker in record["speakers"]}
    return [(quote["text"], names.get(quote["speaker"])) for quote in record["quotes"]]


def written(folder: Path, *lines: dict[str, Any] | str) -> Path:
    path = folder / "annotated.jsonl"
    path.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines))
    return path


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with good articles in every form, among them files that are no articles."""
    folder = tmp_path_factory.mktemp("newsroom")
    news = folder / "news"
    (news / "city").mkdir(parents=True)
    (news / "plain.txt").write_text(ARTICLE, encoding="utf-8")
    (news / "city" / "below.txt").write_text(CURLY, encoding="utf-8")
    (news / "packed.txt.gz").write_bytes(gzip.compress(ARTICLE.encode()))
    (news / "windows.txt").write_bytes(CURLY.encode("cp1252"))
    (news / "lines.jsonl").write_text(
        "\n".join([json.dumps({"id": "first", "text": ARTICLE}), "no JSON", json.dumps({"id": "third", "text": CURLY})])
    )
    (news / "empty.txt").touch()
    (news / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (news / "long.txt").write_text("word " * 3000)
    return folder


@pytest.fixture(scope="module")
def mixed_run(newsroom: Path) -> subprocess.CompletedProcess[bytes]:
    return run("extract", "news", "missing.txt", "-o", "out.jsonl", "--max-chars", "10000", cwd=newsroom)


def test_bad_articles_cost_no_good_one(newsroom: Path, mixed_run: subprocess.CompletedProcess[bytes]) -> None:
    assert mixed_run.returncode == 1
    assert mixed_run.stdout == b""
    records = parsed((newsroom / "out.jsonl").read_bytes())
    good = {record["id"]: record for record in records if "error" not in record}
    assert set(good) == {"plain", "city/below", "packed", "windows", "first", "third"}
    for record in good.values():
        assert [name for _, name in found(record)] == ["Ann Lee"]
        assert record["quotes"][0]["text"].strip('"“”') == "We will rebuild the bridge,"
    assert good["windows"]["text"] == CURLY
    assert good["windows"]["warnings"]
    bad = [Path(record["path"]).name for record in records if "error" in record]
    assert sorted(bad) == ["binary.txt", "empty.txt", "lines.jsonl", "long.txt", "missing.txt"]


def test_each_bad_article_has_its_line_and_the_run_its_summary(
    mixed_run: subprocess.CompletedProcess[bytes],
) -> None:
    *errors, summary = mixed_run.stderr.decode().splitlines()
    assert len(errors) == 5
    for name in ("binary.txt", "empty.txt", "lines.jsonl", "long.txt", "missing.txt"):
        (line,) = [line for line in errors if name in line]
        assert line.startswith("error: ")
        assert line.count(name) == 1
    assert "line 2" in next(line for line in errors if "lines.jsonl" in line)
    assert summary.startswith("6 articles, 6 quotes (6 with a speaker), 5 errors, ")


def test_what_extract_writes_validates_and_shows(newsroom: Path, mixed_run: subprocess.CompletedProcess[bytes]) -> None:
    assert mixed_run.returncode == 1
    checked = run("validate", "out.jsonl", cwd=newsroom)
    assert (checked.returncode, checked.stdout) == (0, b"out.jsonl: 11 records, 0 wrong\n")
    shown = run("show", "out.jsonl", "--limit", "2", cwd=newsroom)
    assert shown.returncode == 0
    assert shown.stdout.decode().count("Ann Lee") == 2
    assert "2 of 6 statements from 6 articles, 5 errors" in shown.stdout.decode()


def test_standard_input_to_standard_output(tmp_path: Path) -> None:
    done = run("extract", "-", "--quiet", cwd=tmp_path, stdin=ARTICLE.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    (record,) = parsed(done.stdout)
    assert record["text"] == ARTICLE
    assert found(record) == [(STATEMENT, "Ann Lee")]


def test_a_pattern_and_options_and_compressed_output(newsroom: Path, tmp_path: Path) -> None:
    (tmp_path / "options.yaml").write_text("max_chars: 10\nmin_confidence: 0\n")
    arguments = [
        "extract",
        str(newsroom / "news" / "p*"),
        "--config",
        "options.yaml",
        "-o",
        "out.jsonl.gz",
        "--no-tags",
    ]
    done = run(*arguments, "--max-chars", "1000", cwd=tmp_path)
    assert done.returncode == 0
    records = parsed(gzip.decompress((tmp_path / "out.jsonl.gz").read_bytes()))
    assert [Path(record["path"]).name for record in records] == ["packed.txt.gz", "plain.txt"]
    assert done.stderr.decode().startswith("2 articles, 2 quotes")


def test_five_megabytes_on_one_line_are_annotated(tmp_path: Path) -> None:
    text = "word " * 980_000 + STATEMENT + " Mayor Ann Lee said."
    (tmp_path / "line.txt").write_text(text)
    done = run("extract", "line.txt", "--no-tags", cwd=tmp_path, timeout=120)
    assert done.returncode == 0
    (record,) = parsed(done.stdout)
    assert record["text"] == text


def test_an_interrupted_run_leaves_no_file(tmp_path: Path) -> None:
    (tmp_path / "first.txt").write_text(ARTICLE)
    command = [*COMMAND, "extract", "first.txt", "-", "-o", "out.jsonl", "--no-tags"]
    # It annotates the first article, then waits for standard input until it is interrupted.
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
        # A shell starts background jobs, such as a test run may be, with the signal ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        deadline = time.monotonic() + 60
        while not (tmp_path / "out.jsonl.parts").exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 130
        assert process.stderr is not None
        assert b"Traceback" not in process.stderr.read()
    assert [path.name for path in tmp_path.iterdir()] == ["first.txt"]


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "first.txt").write_text(ARTICLE)
    with subprocess.Popen(
        [*COMMAND, "extract", "first.txt", "--no-tags"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=20) == 141


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["extract"], "Missing argument"),
        (["extract", "missing.txt"], "missing.txt"),
        (["extract", "nothing-here*.txt"], "nothing-here*.txt"),
        (["extract", "empty.txt"], "no article could be read, so nothing was written"),
        (["extract", "good.txt", "--no-such-option"], "No such option"),
        (["extract", "good.txt", "--max-chars", "0"], "--max-chars"),
        (["extract", "good.txt", "--registry", "nobody.jsonl"], "nobody.jsonl"),
        (["extract", "good.txt", "--config", "missing.yaml"], "missing.yaml: can't be read"),
        (["extract", "good.txt", "--config", "unknown.yaml"], "unknown.yaml: max_char: there is no such option; did"),
        (["extract", "good.txt", "--config", "model.yaml"], "no_such_model"),
        (["extract", "good.txt", "--tags", "--tagger", "."], "no tagger is there (model.safetensors is missing)"),
        (["extract", "good.txt", "--watch", "good.txt"], "good.txt"),
        (["frobnicate"], "No such command"),
        (["show", "missing.jsonl"], "missing.jsonl: can't be read"),
        (["show", "good.txt"], "good.txt, line 1: Invalid JSON"),
        (["validate", "missing.jsonl"], "missing.jsonl: can't be read"),
    ],
)
def test_wrong_usage_says_what_is_wrong_and_writes_nothing(
    tmp_path: Path, arguments: list[str], complaint: str
) -> None:
    (tmp_path / "good.txt").write_text(ARTICLE)
    (tmp_path / "empty.txt").touch()
    (tmp_path / "unknown.yaml").write_text("max_char: 5\n")
    (tmp_path / "model.yaml").write_text("spacy_model: no_such_model\n")
    before = {path.name for path in tmp_path.iterdir()}
    output = ["-o", "out.jsonl"] if arguments[0] == "extract" else []
    done = run(*arguments, *output, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == b""
    assert complaint in done.stderr.decode()
    assert {path.name for path in tmp_path.iterdir()} == before


def test_validate_names_the_lines_that_break_a_promise(tmp_path: Path) -> None:
    moved = {**RECORD, "id": "moved", "text": "x" + ARTICLE}
    path = written(tmp_path, RECORD, moved, FAILURE, "{", {**RECORD, "id": "other"})
    done = run("validate", path, cwd=tmp_path)
    assert done.returncode == 1
    first, second = done.stderr.decode().splitlines()
    assert first == f"error: {path}, line 2: quote 0: its text is not what its spans give"
    assert second.startswith(f"error: {path}, line 4: Invalid JSON")
    assert done.stdout.decode() == f"{path}: 5 records, 2 wrong\n"


def test_show_keeps_a_terminal_safe_and_reads_standard_input(tmp_path: Path) -> None:
    spoken = "[bold]We\x1b[31m\nwill[/bold]"
    quote = {"id": 0, "type": "indirect", "text": spoken, "spans": [[0, len(spoken)]], "rule": "any", "confidence": 1}
    record = {**RECORD, "text": spoken, "speakers": [], "quotes": [quote]}
    done = run("show", "-", cwd=tmp_path, stdin=json.dumps(record).encode())
    assert done.returncode == 0
    assert "[bold]We [31m will[/bold]" in done.stdout.decode()
    assert "\x1b" not in done.stdout.decode()


def test_schema_prints_the_json_schema(tmp_path: Path) -> None:
    done = run("schema", cwd=tmp_path)
    assert done.returncode == 0
    assert json.loads(done.stdout)["title"] == "quotes/1"


def test_version(tmp_path: Path) -> None:
    done = run("--version", cwd=tmp_path)
    assert (done.returncode, done.stdout.decode()) == (0, f"quotes {quotes.__version__}\n")


def test_every_help_has_an_example_and_needs_no_spacy(tmp_path: Path) -> None:
    commands = ["extract", "show", "report", "evaluate", "export", "import label-studio", "validate", "schema"]
    program = (
        "import sys, quotes, quotes.cli\n"
        f"COMMANDS = {commands}\n"
        "for command in [], *map(str.split, COMMANDS):\n"
        "    sys.argv = ['quotes', *command, '--help']\n"
        "    try: quotes.cli.main()\n"
        "    except SystemExit as end: assert not end.code\n"
        "assert not {'spacy', 'trafilatura'} & set(sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, env=ENVIRONMENT, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    output = done.stdout.decode()
    pages = output.split("Usage: quotes")[1:]
    assert len(pages) == 1 + len(commands)
    assert all("Example: quotes " in page for page in pages)
    assert all(f"{code}: " in output for code in (0, 1, 2))


def test_public_names_are_there() -> None:
    assert set(quotes.__all__) <= set(dir(quotes))
    assert all(getattr(quotes, name).__name__ == name for name in quotes.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'Speeker'"):
        quotes.Speeker  # type: ignore[attr-defined] # noqa: B018
