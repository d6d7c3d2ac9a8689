"""Options for archives, through the command line: workers, shards, going on, stopping, Ray."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).resolve().parents[1]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(PROJECT), "COLUMNS": "100", "TERM": "dumb"}
TEXT = "“We will mend bridge {number},” Mayor Ann Lee said on Monday. She accused the bank of greed.\n"

# An article with the word "endless" takes for ever. Python imports it on its own at the start of every process,
# that of the worker too.
_ENDLESS = """
import time
import quotes.batch

def endless(pipeline, article):
    while "endless" in article.text:
        time.sleep(1)
    return find(pipeline, article)

find, quotes.batch._find = quotes.batch._find, endless
"""


def extract(
    *arguments: str | Path, cwd: Path, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "quotes", "extract", *map(str, arguments), "--no-tags"],
        cwd=cwd,
        capture_output=True,
        env={**ENVIRONMENT, **(environment or {})},
        text=True,
        timeout=300,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def parsed(path: Path) -> list[dict[str, Any]]:
    """The records of a file, packed or not, or of all shards in a folder."""
    files = sorted(path.glob("part-*.jsonl")) if path.is_dir() else [path]
    packed = path.suffix == ".gz"
    contents = (gzip.decompress(file.read_bytes()) if packed else file.read_bytes() for file in files)
    return [json.loads(line) for data in contents for line in data.splitlines()]


def ids(path: Path) -> list[str]:
    return [record["id"] for record in parsed(path)]


def write(path: Path, numbers: range, *, field: str = "text", bad: int | None = None) -> None:
    """Articles, of which one may be empty."""
    lines = [{"id": f"a{number}", field: "" if number == bad else TEXT.format(number=number)} for number in numbers]
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with forty articles, of which one is empty, and what one process makes of them."""
    folder = tmp_path_factory.mktemp("news")
    write(folder / "news.jsonl", range(40), bad=7)
    assert extract("news.jsonl", "-o", "one.jsonl", "--workers", "1", cwd=folder).returncode == 1
    return folder


def test_any_number_of_workers_gives_the_same_bytes(news: Path) -> None:
    done = extract("news.jsonl", "-o", "two.jsonl", "--workers", "2", cwd=news)
    assert done.returncode == 1
    assert (news / "two.jsonl").read_bytes() == (news / "one.jsonl").read_bytes()
    assert ids(news / "two.jsonl") == [f"a{number}" for number in range(40)]


def test_ray_gives_the_same_bytes_and_counts_what_was_done_before(news: Path, tmp_path: Path) -> None:
    pytest.importorskip("ray")
    how = ["-o", tmp_path / "ray.jsonl", "--engine", "ray", "--workers", "2"]
    done = extract("news.jsonl", *how, cwd=news)
    assert done.returncode == 1, done.stderr
    assert (tmp_path / "ray.jsonl").read_bytes() == (news / "one.jsonl").read_bytes()
    # All that is new can't be read, which is no reason to say that nothing could be.
    (news / "empty.txt").touch()
    done = extract("news.jsonl", "empty.txt", *how, "--resume", cwd=news)
    assert done.returncode == 1
    *_, error, summary = done.stderr.splitlines()  # Ray has its say before
    assert error.startswith("error: empty.txt: is empty")
    assert summary.startswith("0 articles, 0 quotes (0 with a speaker), 1 error, 40 done before, ")
    assert ids(tmp_path / "ray.jsonl") == [*ids(news / "one.jsonl"), "empty"]


def test_a_folder_gets_shards_what_they_were_made_with_and_the_errors(news: Path, tmp_path: Path) -> None:
    done = extract("news.jsonl", "-o", f"{tmp_path}/out/", cwd=news)
    assert done.returncode == 1
    names = sorted(path.name for path in (tmp_path / "out").iterdir() if not path.name.startswith("."))
    assert names == ["errors.jsonl", "part-00000.jsonl", "run.json"]
    assert (tmp_path / "out" / "part-00000.jsonl").read_bytes() == (news / "one.jsonl").read_bytes()
    manifest = json.loads((tmp_path / "out" / "run.json").read_text())
    assert manifest["finished"] is True
    assert manifest["fingerprint"]["tags"] is False
    message = "news.jsonl, line 8: is empty: there is no text to read"
    error = {"id": "a7", "path": "news.jsonl", "kind": "ArticleError", "message": message}
    assert parsed(tmp_path / "out" / "errors.jsonl") == [error] == parsed(news / "errors.jsonl")
    done = extract("news.jsonl", "-o", f"{tmp_path}/out/", cwd=news)
    assert done.returncode == 2
    assert "has records of a finished run; add --resume to go on with it, or --fresh to start over" in done.stderr


@pytest.mark.parametrize("target", ["out.jsonl.gz", "out/"])
def test_a_finished_output_takes_in_new_articles_only(tmp_path: Path, target: str) -> None:
    write(tmp_path / "old.jsonl", range(3))
    write(tmp_path / "new.jsonl", range(3, 5))
    assert extract("old.jsonl", "-o", target, cwd=tmp_path).returncode == 0
    done = extract("old.jsonl", "new.jsonl", "-o", target, "--resume", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr.startswith("2 articles, 4 quotes (4 with a speaker), 0 errors, 3 done before, ")
    assert ids(tmp_path / target) == [f"a{number}" for number in range(5)]
    assert not (tmp_path / "errors.jsonl").exists()


@pytest.mark.parametrize(
    ("options", "name"),
    [
        (["--max-chars", "1000"], "max_chars 5000000 → 1000"),
        (["--column", "text=text"], 'columns {} → {"text": "text"}'),
        (["--registry", "names.yaml"], "registry null → "),
        (["--config", "config.yaml"], "min_confidence 0.5 → 0.1"),
    ],
)
def test_going_on_with_other_options_is_refused(news: Path, tmp_path: Path, options: list[str], name: str) -> None:
    (tmp_path / "names.yaml").write_text("- name: Ann Lee\n", encoding="utf-8")
    (tmp_path / "config.yaml").write_text("min_confidence: 0.1\n", encoding="utf-8")
    (tmp_path / "news.jsonl").write_bytes((news / "news.jsonl").read_bytes())
    for kept in ("one.jsonl", ".one.jsonl.run.json"):
        (tmp_path / kept).write_bytes((news / kept).read_bytes())
    done = extract("news.jsonl", "-o", "one.jsonl", "--resume", *options, cwd=tmp_path)
    assert done.returncode == 2
    assert f"was begun with other settings ({name}" in done.stderr
    assert "--fresh" in done.stderr
    assert (tmp_path / "one.jsonl").read_bytes() == (news / "one.jsonl").read_bytes()


def test_how_long_an_article_may_take_is_no_other_option(news: Path) -> None:
    (news / "again.jsonl").write_bytes((news / "one.jsonl").read_bytes())
    (news / ".again.jsonl.run.json").write_bytes((news / ".one.jsonl.run.json").read_bytes())
    how = ["-o", "again.jsonl", "--resume", "--max-seconds", "7", "--workers", "2"]
    done = extract("news.jsonl", *how, cwd=news)
    assert done.returncode == 1  # as its errors are in the output
    assert ", 40 done before, " in done.stderr
    assert (news / "again.jsonl").read_bytes() == (news / "one.jsonl").read_bytes()


def test_strict_stops_at_the_first_error_and_can_be_gone_on_with(news: Path, tmp_path: Path) -> None:
    how = ["-o", tmp_path / "out.jsonl"]
    done = extract("news.jsonl", *how, "--strict", cwd=news)
    assert done.returncode == 2
    *_, last = done.stderr.splitlines()
    assert last == (
        "error: stopped at the first error, as --strict asks: news.jsonl, line 8: is empty: there is no text to read"
    )
    assert not (tmp_path / "out.jsonl").exists()
    done = extract("news.jsonl", *how, cwd=news)
    assert done.returncode == 2
    assert "has records of a run that wasn't finished; add --resume to go on with it, or --fresh" in done.stderr
    done = extract("news.jsonl", *how, "--resume", cwd=news)
    assert done.returncode == 1
    assert " 8 done before, " in done.stderr
    assert (tmp_path / "out.jsonl").read_bytes() == (news / "one.jsonl").read_bytes()


def test_fresh_starts_over(news: Path, tmp_path: Path) -> None:
    write(tmp_path / "other.jsonl", range(2))
    how = ["-o", f"{tmp_path}/out/"]
    assert extract("news.jsonl", *how, "--strict", cwd=news).returncode == 2
    assert extract("other.jsonl", *how, "--fresh", cwd=tmp_path).returncode == 0
    assert ids(tmp_path / "out") == ["a0", "a1"]
    assert not (tmp_path / "out" / "errors.jsonl").exists()


def test_a_finished_file_is_written_anew_without_resume(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", range(2))
    for count in (2, 1):
        write(tmp_path / "a.jsonl", range(count))
        assert extract("a.jsonl", "-o", "out.jsonl", cwd=tmp_path).returncode == 0
        assert len(ids(tmp_path / "out.jsonl")) == count


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_columns_by_name(tmp_path: Path, suffix: str) -> None:
    import pyarrow
    from pyarrow import csv, parquet

    table = pyarrow.table({"url": ["u1", "u2"], "body": [TEXT, TEXT], "text": ["no", "no"]})
    (parquet.write_table if suffix == "parquet" else csv.write_csv)(table, tmp_path / f"a.{suffix}")
    columns = ["--column", "text=body", "--column", "id=url"]
    assert extract(f"a.{suffix}", *columns, "-o", "out.jsonl", cwd=tmp_path).returncode == 0
    assert [(record["id"], record["text"]) for record in parsed(tmp_path / "out.jsonl")] == [("u1", TEXT), ("u2", TEXT)]


def test_an_article_that_takes_too_long_costs_itself_alone(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(_ENDLESS)
    write(tmp_path / "a.jsonl", range(3))
    with (tmp_path / "a.jsonl").open("a") as stream:
        stream.write(f"{json.dumps({'id': 'slow', 'text': 'It is endless.'})}\n")
        stream.write(f"{json.dumps({'id': 'last', 'text': 'It is over.'})}\n")
    how = ["-o", "out.jsonl", "--max-seconds", "3"]
    done = extract("a.jsonl", *how, cwd=tmp_path, environment={"PYTHONPATH": f"{tmp_path}:{PROJECT}"})
    assert done.returncode == 1
    assert ids(tmp_path / "out.jsonl") == ["a0", "a1", "a2", "slow", "last"]
    (error,) = parsed(tmp_path / "errors.jsonl")
    assert (error["id"], error["path"], error["kind"]) == ("slow", "a.jsonl", "TimeLimitError")
    assert error["message"] == (
        "a.jsonl: article slow: could not be annotated (took more than 3 seconds); please report it with the article"
    )


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--resume", "--fresh"], "--resume goes on and --fresh starts over; give one of them"),
        (["--address", "auto"], "--address is the address of a Ray cluster; add --engine ray"),
        (["--engine", "spark"], "'spark' is not one of"),
        (["--workers", "-1"], "--workers"),
        (["--column", "text"], "--column text: write it as field=column, e.g. text=body"),
        (["--column", "body=text"], "body: there is no such field; the fields are text, id, title, date, path"),
        (["--column", "text=body"], 'has no column "body" for the text; its columns are "id", "text"'),
        (["--max-seconds", "0"], "--max-seconds"),
        (["-o", "-", "--resume"], "--resume needs a file or folder to go on with, and the output is -"),
        (["-o", "no/out.jsonl"], "no doesn't exist; create it first"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_ends_with_2_and_writes_nothing(tmp_path: Path, options: list[str], complaint: str) -> None:
    write(tmp_path / "a.jsonl", range(1))
    done = extract("a.jsonl", "-o", "out.jsonl", *options, cwd=tmp_path)
    assert done.returncode == 2
    assert complaint in " ".join(done.stderr.split())
    assert [path.name for path in tmp_path.iterdir()] == ["a.jsonl"]
