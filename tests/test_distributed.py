"""On a real local Ray the records are those of one process, in the same order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import quotes
from quotes.articles import read_articles
from quotes.batch import annotate, to_line
from quotes.config import Options
from quotes.errors import QuotesError
from quotes.export import read_jsonl
from quotes.schema import AnnotatedArticle

ray = pytest.importorskip("ray")

TEXT = '"We will rebuild the bridge," Mayor Ann Lee said on Monday. She accused the bank of greed.\n'


@pytest.fixture(scope="module", autouse=True)
def _local_ray() -> Iterator[None]:
    from quotes.distributed import connect

    connect(workers=2)
    yield
    ray.shutdown()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of several kinds, ids that come twice, and inputs that can't be read."""
    folder = tmp_path_factory.mktemp("archive")
    for name in ("a", "b"):
        lines = [{"id": f"x{number}", "text": f"{name} {number}. {TEXT}"} for number in range(40)]
        lines[7]["text"] = ""
        (folder / f"{name}.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    for number in range(70):
        (folder / f"t{number:02}.txt").write_text(TEXT * (number % 3 + 1), encoding="utf-8")
    (folder / "broken.jsonl").write_bytes(b"\x00\x01")
    return folder


def test_the_records_are_those_of_one_process(pipeline: quotes.Pipeline, archive: Path) -> None:
    from quotes.distributed import annotated, lines

    alone = list(map(to_line, annotate(pipeline, read_articles([archive, archive / "no-such"]))))
    dataset = annotated([archive, archive / "no-such"], Options(tags=False), workers=1)
    assert [(line.id, line.json) for line in lines(dataset)] == [(line.id, line.json) for line in alone]
    assert sum(line.error is not None for line in alone) == 4


def test_parquet_shards_hold_the_records(archive: Path, tmp_path: Path) -> None:
    import pyarrow.parquet

    from quotes.distributed import annotated

    annotated([archive / "a.jsonl"], Options(tags=False), workers=1).write_parquet(str(tmp_path / "out"))
    table = pyarrow.parquet.read_table(tmp_path / "out")
    assert sorted(table.column("id").to_pylist()) == sorted(f"x{number}" for number in range(40))
    (tmp_path / "out.jsonl").write_bytes(b"".join(record + b"\n" for record in table.column("record").to_pylist()))
    assert sum(isinstance(record, AnnotatedArticle) for record in read_jsonl(tmp_path / "out.jsonl")) == 39


def test_what_is_done_is_not_annotated_again(archive: Path) -> None:
    from quotes.distributed import annotated, lines

    done = [f"x{number}" for number in range(35)]
    dataset = annotated([archive / "a.jsonl"], Options(tags=False), workers=1, done=done)
    skipped: list[None] = []
    found = lines(dataset, lambda: skipped.append(None))
    assert [line.id for line in found] == [f"x{number}" for number in range(35, 40)]
    assert len(skipped) == 35


def test_ids_of_several_files_cannot_be_told_to_be_done(archive: Path) -> None:
    from quotes.distributed import annotated, lines

    dataset = annotated([archive / "a.jsonl", archive / "b.jsonl"], Options(tags=False), workers=1, done=["x0"])
    with pytest.raises(QuotesError, match="'x0' stands in several files"):
        list(lines(dataset))
