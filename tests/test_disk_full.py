"""A full disk is told in a line that says what to do, and what was written before is gone on with."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from quotes import shards
from quotes.batch import Line
from quotes.errors import QuotesError
from quotes.schema import Failure
from quotes.shards import Output

PROJECT = Path(__file__).resolve().parents[1]
# The limit on files would be one on what Python keeps of compiled modules, too, and leave halves of these behind.
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": str(PROJECT),
    "COLUMNS": "100",
    "TERM": "dumb",
    "PYTHONDONTWRITEBYTECODE": "1",
}
NAMES = ["out.jsonl", "out.jsonl.gz", "out/"]
TEXT = "“We will mend the bridge,” Mayor Ann Lee said on Monday. She accused the bank of greed.\n"
PAGE = 4096


def run(
    *arguments: str | Path, cwd: Path, largest_file: int | None = None, tmpdir: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs the command; no file may grow larger than so many bytes, which fails as a full disk does."""

    def limit() -> None:
        if largest_file is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, resource.RLIM_INFINITY))

    done = subprocess.run(
        [sys.executable, "-m", "quotes", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        env=ENVIRONMENT | ({"TMPDIR": str(tmpdir)} if tmpdir else {}),
        text=True,
        timeout=180,
        preexec_fn=limit,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done


def write_articles(path: Path, count: int, text: str = TEXT) -> None:
    """Every fifth one is empty."""
    lines = [{"id": f"a{number}", "text": "" if number % 5 == 4 else text} for number in range(count)]
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")


def content(folder: Path) -> dict[str, bytes]:
    """All files below a folder, but for locks."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Within the block no file of this process may grow larger."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """Mounts a disk of a given size, or gives the one that is mounted that size."""
    folder = tmp_path / "disk"

    def mounted(size: int) -> Path:
        first = not folder.exists()
        folder.mkdir(exist_ok=True)
        options = f"size={size}" if first else f"remount,size={size}"
        try:
            subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("a disk may not be mounted here")
        return folder

    yield mounted
    if folder.exists():
        subprocess.run(["umount", folder], check=False, capture_output=True)


# ---- wherever it happens


@pytest.fixture
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "SHARD", 4)


def write(target: str) -> int:
    """Twenty-two records, of which every fifth is an error."""
    with Output(target, {"version": "1"}, resume=True) as output:
        for number in range(22):
            error = Failure(kind="ArticleError", message="is empty " * 20) if number % 5 == 4 else None
            more = {"error": error.model_dump()} if error else {"text": f"{number} " * 100}
            record = {"schema": "quotes/1", "id": f"a{number}", "path": None, **more}
            if record["id"] not in output.done:
                output.add(Line(f"a{number}", None, json.dumps(record, separators=(",", ":")).encode(), error=error))
        return output.finish()


def problem_of(target: str) -> str | None:
    """What is said where writing fails; None where it doesn't."""
    try:
        write(target)
    except (QuotesError, OSError) as error:
        return str(error)
    return None


@pytest.mark.usefixtures("small_shards")
@pytest.mark.parametrize("name", NAMES)
def test_no_file_may_grow(tmp_path: Path, name: str) -> None:
    """In turn while a shard, the list of errors and the whole file are written; how far it gets doesn't matter."""
    quiet = tmp_path / "quiet"
    quiet.mkdir()
    assert write(f"{quiet}/{name}") == 4
    stopped = 0
    for size in [*range(0, 300, 60), *range(300, 8_000, 433)]:
        full = tmp_path / f"full-{size}"
        full.mkdir()
        with largest_file(size):
            problem = problem_of(f"{full}/{name}")
        if problem is not None:
            stopped += 1
            assert problem.startswith(f"{full}/{name.removesuffix('/')}: can't be written: File too large")
            assert "--resume" in problem
            assert write(f"{full}/{name}") == 4
        assert content(full) == content(quiet)
    assert stopped > 5


@pytest.mark.usefixtures("small_shards")
@pytest.mark.parametrize("name", NAMES)
def test_no_room_on_the_disk(tmp_path: Path, disk: Callable[[int], Path], name: str) -> None:
    quiet = tmp_path / "quiet"
    quiet.mkdir()
    write(f"{quiet}/{name}")
    stopped = 0
    for pages in range(1, 16):
        folder = disk(100 * PAGE) / str(pages)
        folder.mkdir()
        disk(pages * PAGE)
        problem = problem_of(f"{folder}/{name}")
        disk(100 * PAGE)
        if problem is not None:
            stopped += 1
            assert "No space left on device" in problem
            assert write(f"{folder}/{name}") == 4
        assert content(folder) == content(quiet)
        shutil.rmtree(folder)
    assert stopped > 2


@pytest.mark.usefixtures("small_shards")
def test_a_folder_that_vanishes_is_told(tmp_path: Path) -> None:
    with Output(f"{tmp_path}/out/", {}) as output:
        for number in range(3):
            output.add(Line(f"a{number}", None, b"{}"))
        shutil.rmtree(tmp_path / "out")
        with pytest.raises(QuotesError, match="out: can't be written: No such file"):
            output.add(Line("a3", None, b"{}"))


# ---- by the command


def test_extract_stops_with_a_line_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    write_articles(tmp_path / "articles.jsonl", 60)
    extract = ["extract", "articles.jsonl", "--no-tags", "-o"]
    assert run(*extract, "quiet.jsonl", cwd=tmp_path).returncode == 1
    quiet, errors = (tmp_path / "quiet.jsonl").read_bytes(), (tmp_path / "errors.jsonl").read_bytes()
    done = run(*extract, "full.jsonl", cwd=tmp_path, largest_file=len(quiet) // 2)
    assert done.returncode == 2
    *_, last = done.stderr.splitlines()
    assert last == (
        f"error: {tmp_path}/full.jsonl: can't be written: File too large; "
        "put that right, and go on with --resume: what was written is kept"
    )
    assert not (tmp_path / "full.jsonl").exists()
    done = run(*extract, "full.jsonl", "--resume", cwd=tmp_path)
    assert done.returncode == 1
    assert " done before" in done.stderr
    assert (tmp_path / "full.jsonl").read_bytes() == quiet
    assert (tmp_path / "errors.jsonl").read_bytes() == errors


def test_extract_stops_while_the_file_is_put_together(tmp_path: Path, disk: Callable[[int], Path]) -> None:
    write_articles(tmp_path / "articles.jsonl", 60)
    extract = ["extract", "articles.jsonl", "--no-tags", "-o"]
    run(*extract, "quiet.jsonl", cwd=tmp_path)
    quiet = (tmp_path / "quiet.jsonl").read_bytes()
    folder = disk(PAGE * (len(quiet) * 3 // 2 // PAGE))
    done = run(*extract, folder / "full.jsonl", cwd=tmp_path)
    assert done.returncode == 2
    assert f"{folder}/full.jsonl: can't be written: No space left on device; put that right" in done.stderr
    assert [path.name for path in folder.iterdir()] == ["full.jsonl.parts"]
    disk(3 * len(quiet))
    done = run(*extract, folder / "full.jsonl", "--resume", cwd=tmp_path)
    assert done.returncode == 1
    assert "60 done before" in done.stderr
    assert (folder / "full.jsonl").read_bytes() == quiet


def test_no_room_for_the_names_of_articles(tmp_path: Path) -> None:
    """Ids beyond those that fit into memory go to the temporary folder."""
    lines = [{"id": f"{number} {'x' * 400}", "text": TEXT if number == 0 else ""} for number in range(10_000)]
    (tmp_path / "articles.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    done = run("extract", "articles.jsonl", "--no-tags", cwd=tmp_path, largest_file=20 * PAGE)
    assert done.returncode == 2
    *_, last = done.stderr.splitlines()
    assert last.startswith("error: the names of all articles don't fit into the temporary folder (")
    assert last.endswith("make room there or name another one in TMPDIR")


@pytest.mark.parametrize("target", [[], ["-o", "/dev/full"]])
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_stream_is_named(tmp_path: Path, target: list[str]) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "quotes", "extract", "a.txt", "--no-tags", *target],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            env=ENVIRONMENT,
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    name = target[-1] if target else "standard output"
    assert done.stderr.decode() == f"error: {name}: No space left on device\n"


@pytest.mark.parametrize(
    ("command", "output"),
    [
        ("report annotated.jsonl -o page.html", "page.html"),
        ("export annotated.jsonl --format flat -o flat.jsonl", "flat.jsonl"),
        ("export annotated.jsonl --format csv -o flat.csv", "flat.csv"),
        ("export annotated.jsonl --format csv -o flat.csv.gz", "flat.csv.gz"),
        ("export annotated.jsonl --format parquet -o flat.parquet", "flat.parquet"),
        ("export annotated.jsonl --format spacy -o docs.spacy", "docs.spacy"),
        ("evaluate --gold annotated.jsonl --pred annotated.jsonl --html page.html", "page.html"),
    ],
)
def test_other_commands_name_the_file_that_has_no_room(
    tmp_path: Path, command: str, output: str, gold: list[str]
) -> None:
    (tmp_path / "annotated.jsonl").write_text("".join(gold), encoding="utf-8")
    done = run(*command.split(), cwd=tmp_path, largest_file=100)
    assert done.returncode == 2
    assert done.stderr == f"error: {tmp_path / output}: File too large\n"
    assert [path.name for path in tmp_path.iterdir()] == ["annotated.jsonl"]


@pytest.fixture(scope="module")
def gold() -> list[str]:
    """Some annotated articles."""
    with (PROJECT / "data" / "gold" / "records.jsonl").open(encoding="utf-8") as lines:
        return [line for _, line in zip(range(3), lines, strict=False)]
