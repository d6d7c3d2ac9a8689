"""An output that is stopped anywhere and gone on with is the one that a single run gives."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes import shards
from quotes.batch import Line
from quotes.errors import QuotesError
from quotes.schema import Failure
from quotes.shards import Output

SETTINGS = {"version": "1", "tags": True}


@pytest.fixture(autouse=True)
def _small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "SHARD", 4)


def line(number: int) -> Line:
    """A record as far as the output cares; every fifth one is an error."""
    record: dict[str, Any] = {"schema": "quotes/1", "id": f"a{number}", "path": None}
    if number % 5 == 4:
        record["error"] = {"kind": "ArticleError", "message": "is empty"}
        error = Failure(**record["error"])
    else:
        record["text"], error = 'he said "error":{', None
    return Line(record["id"], None, json.dumps(record, separators=(",", ":")).encode(), error=error)


def write(target: Path | str, numbers: range, **how: bool) -> int:
    with Output(target, SETTINGS, **how) as output:
        for number in numbers:
            if f"a{number}" not in output.done:
                output.add(line(number))
        return output.finish()


def stop(target: Path | str, numbers: range, cut: int = 0, **how: bool) -> None:
    """Write some records and leave off, with the last bytes lost as when the process is killed in a write."""
    with Output(target, SETTINGS, **how) as output:
        for number in numbers:
            if f"a{number}" not in output.done:
                output.add(line(number))
    for path in output.parts.glob("*.open"):
        os.truncate(path, max(0, path.stat().st_size - cut))


def content(folder: Path) -> dict[str, bytes]:
    """All files, but for the lock."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != ".lock"}


def ids(path: Path) -> list[str]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line)["id"] for line in data.splitlines()]


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz", "out/"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    stops=st.lists(st.tuples(st.integers(0, 23), st.integers(0, 90)), max_size=4),
    total=st.integers(0, 23),
)
def test_however_often_it_is_stopped(
    tmp_path_factory: pytest.TempPathFactory, name: str, stops: list[tuple[int, int]], total: int
) -> None:
    one, many = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("many")
    errors = write(f"{one}/{name}", range(total))
    for stopped, cut in stops:
        stop(f"{many}/{name}", range(min(stopped, total)), cut, resume=True)
    assert write(f"{many}/{name}", range(total), resume=True) == errors == total // 5
    if name.endswith("/"):
        one, many = one / name, many / name
    assert content(one) == content(many)


def test_a_file_appears_when_it_is_complete(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("before\n")
    stop(target, range(6))
    assert target.read_text() == "before\n"
    assert sorted(path.name for path in (tmp_path / "out.jsonl.parts").glob("part*")) == [
        "part-00000.jsonl",
        "part-00001.jsonl.open",
    ]
    write(target, range(6), resume=True)
    assert ids(target) == [f"a{number}" for number in range(6)]
    assert not (tmp_path / "out.jsonl.parts").exists()


def test_errors_are_listed_beside_the_output(tmp_path: Path) -> None:
    write(tmp_path / "out.jsonl", range(10))
    listed = [json.loads(line) for line in (tmp_path / "errors.jsonl").read_text().splitlines()]
    assert listed == [{"id": id, "path": None, "kind": "ArticleError", "message": "is empty"} for id in ("a4", "a9")]


def test_no_errors_no_list_and_an_old_list_is_emptied(tmp_path: Path) -> None:
    write(tmp_path / "out.jsonl", range(3))
    assert not (tmp_path / "errors.jsonl").exists()
    (tmp_path / "errors.jsonl").write_text("{}\n")
    write(tmp_path / "out.jsonl", range(3))
    assert (tmp_path / "errors.jsonl").read_text() == ""


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz", "out/"])
def test_more_articles_are_added_to_a_finished_output(tmp_path: Path, name: str) -> None:
    target = f"{tmp_path}/{name}"
    write(target, range(6))
    write(target, range(11), resume=True)
    files = sorted(Path(target).glob("part*")) if name.endswith("/") else [Path(target)]
    assert [id for file in files for id in ids(file)] == [f"a{number}" for number in range(11)]


def test_killed_between_the_finished_file_and_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out.jsonl"
    write(target, range(3))
    with monkeypatch.context() as patched:
        patched.setattr(Output, "_write_errors", _killed)
        with pytest.raises(KeyboardInterrupt):
            write(target, range(8), resume=True)
    write(target, range(9), resume=True)
    assert ids(target) == [f"a{number}" for number in range(9)]


def _killed(self: Output) -> int:
    raise KeyboardInterrupt


@pytest.mark.parametrize("name", ["out.jsonl", "out/"])
def test_a_run_that_was_not_finished_is_not_lost_by_mistake(tmp_path: Path, name: str) -> None:
    target = f"{tmp_path}/{name}"
    stop(target, range(6))
    with pytest.raises(QuotesError, match="wasn't finished; add --resume to go on with it, or --fresh"):
        write(target, range(6))
    write(target, range(2), fresh=True)
    files = sorted(Path(target).glob("part*")) if name.endswith("/") else [Path(target)]
    assert [id for file in files for id in ids(file)] == ["a0", "a1"]


@pytest.mark.parametrize("name", ["out.jsonl", "out/"])
@pytest.mark.parametrize("finished", [True, False])
def test_records_of_other_settings_do_not_mix(tmp_path: Path, name: str, finished: bool) -> None:
    target = f"{tmp_path}/{name}"
    (write if finished else stop)(target, range(6))
    with pytest.raises(QuotesError, match=r"other settings \(tags true → false\).*--fresh"):
        Output(target, {**SETTINGS, "tags": False}, resume=True)


def test_a_file_of_unknown_origin_is_not_added_to(tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").write_text("{}\n")
    with pytest.raises(QuotesError, match="isn't known how it was made"):
        Output(tmp_path / "out.jsonl", SETTINGS, resume=True)


def test_two_runs_do_not_write_one_output(tmp_path: Path) -> None:
    with Output(tmp_path / "out.jsonl", SETTINGS), pytest.raises(QuotesError, match="being written by another run"):
        Output(tmp_path / "out.jsonl", SETTINGS, resume=True)


def test_a_run_that_wrote_nothing_leaves_nothing(tmp_path: Path) -> None:
    with Output(tmp_path / "out.jsonl", SETTINGS):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(QuotesError, match="doesn't exist; create it first"):
        Output(tmp_path / "no" / "out.jsonl", SETTINGS)


def test_files_of_others_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    """Other programs call theirs `part-…` as well."""
    (tmp_path / "part-00000.parquet").write_bytes(b"PAR1")
    (tmp_path / "part-notes").mkdir()
    write(f"{tmp_path}/", range(2))
    write(f"{tmp_path}/", range(3), fresh=True)
    assert (tmp_path / "part-00000.parquet").read_bytes() == b"PAR1"
    assert ids(tmp_path / "part-00000.jsonl") == ["a0", "a1", "a2"]
