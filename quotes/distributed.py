"""Articles annotated on a Ray cluster, or on one machine by a local Ray; the records are those of one process.

Files are read by tasks and annotated by a pool of actors. Each actor has a worker process of its own
(`quotes.workers`), so that an article that crashes or hangs costs itself alone here too: Ray by itself
would try it for ever. Where the cluster has GPUs the actors share them for stance and tone.
"""

from __future__ import annotations

import json
import logging
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from quotes.archive import Item, annotating
from quotes.batch import Line, id_of
from quotes.config import Options
from quotes.errors import ArticleError, ConfigError, QuotesError
from quotes.reading.columns import Columns
from quotes.reading.drafts import Draft
from quotes.reading.ids import Ids, longer_id
from quotes.reading.inputs import Source, find_sources
from quotes.reading.readers import read_source
from quotes.schema import Failure

if TYPE_CHECKING:
    from ray.data import Dataset

BATCH = 64
"""Articles that go to an actor at once."""

_FILES_A_TASK = 64
_READ_BYTES = 8_000_000
_ACTORS_A_READER = 4
"""Reading takes a fraction of annotating, and each task that reads needs a process, which takes seconds to start."""
_READING_CPUS, _ANNOTATING_CPUS = 0.1, 0.9  # together one, so that a pool as large as the machine leaves room to read


def connect(address: str | None = None, workers: int = 0) -> None:
    """Connect to a cluster, or start Ray on this machine, unless that has been done.

    Args:
        address: The cluster's, e.g. `auto` or `ray://host:10001`; None starts a local Ray.
        workers: Processors that a local Ray may use; 0 for all.

    Raises:
        ConfigError: If Ray isn't installed or the cluster can't be reached.
    """
    try:
        import ray
    except ImportError:
        raise ConfigError("the engine ray needs a package: pip install 'quotes[ray]'") from None
    if ray.is_initialized():
        return
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    local: dict[str, Any] = {} if address else {"num_cpus": workers or None, "include_dashboard": False}
    try:
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR, **local)
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise ConfigError(f"no Ray cluster answers at {address} ({error}); check the address") from None


def annotated(
    inputs: Iterable[str | Path],
    options: Options | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    workers: int = 0,
    done: Iterable[str] = (),
) -> Dataset:
    """A Ray dataset of annotated articles, computed when it is consumed.

    It has a row for each article, in the order of the inputs: `id`, `path`, `record` (the JSON line),
    `quotes` and `attributed` (counts), `error` (kind and message as JSON, null if all is well). Write it where the
    cluster can, e.g. `annotated(["/data/2024"]).write_parquet("s3://bucket/annotated")`.

    Ids are unique within a file; `lines` makes them so over all files.

    Args:
        inputs: As for `quotes.articles.read_articles`; every node has to see them under the same paths.
        options: How to annotate; files that they name have to be there on every node, too.
        columns: Field to column where records have other names.
        workers: Actors that annotate; 0 is one for each processor of the cluster.
        done: Ids of articles that aren't annotated again: their rows have an empty `record`.
    """
    import ray

    options = options or Options()
    context = ray.data.DataContext.get_current()
    context.execution_options.preserve_order = True
    context.enable_progress_bars = False
    # It would keep room for outputs as large as a block may be, and on a small machine let nothing start.
    context.op_resource_reservation_enabled = False
    groups = [{"group": pickle.dumps(group)} for group in _groups(find_sources(inputs))]
    resources = ray.cluster_resources()
    actors = workers or max(1, int(resources.get("CPU", 1)))
    gpus = resources.get("GPU", 0) if options.tags else 0
    dataset = ray.data.from_items(groups, override_num_blocks=max(1, len(groups))).map_batches(
        partial(_read, max_chars=options.max_chars, columns=Columns(columns), done=ray.put(frozenset(done))),
        compute=ray.data.TaskPoolStrategy(size=max(1, actors // _ACTORS_A_READER)),
        batch_size=1,
        batch_format="pyarrow",
        num_cpus=_READING_CPUS,
    )
    return dataset.map_batches(
        _Annotating,
        fn_constructor_args=(options,),
        compute=ray.data.ActorPoolStrategy(size=actors),
        batch_size=BATCH,
        batch_format="pyarrow",
        num_cpus=_ANNOTATING_CPUS,
        num_gpus=min(1.0, gpus / actors),
    )


def lines(dataset: Dataset, skipped: Callable[[], None] | None = None) -> Iterator[Line]:
    """The records of `annotated`, but those that were done before, with ids that are unique over all files.

    Args:
        dataset: What `annotated` gave.
        skipped: Called for each article that was done before.

    Raises:
        QuotesError: If an id stands for several articles of which only some were done before.
    """
    ids = Ids()
    for row in dataset.iter_rows():
        error = json.loads(row["error"]) if row["error"] else None
        line = Line(
            row["id"],
            row["path"],
            cast(bytes, row["record"]),
            row["quotes"],
            row["attributed"],
            Failure(**error) if error else None,
        )
        given = ids.give(Draft(line.id, ""), row["longer"])
        if line.json:
            yield _renamed(line, given)
        elif id_of(given) != line.id:
            raise QuotesError(
                f"the id {line.id!r} stands in several files, and which of its articles are done can't be told on Ray; "
                "resume without --engine ray, or start over with --fresh"
            )
        elif skipped is not None:
            skipped()


def _groups(sources: Iterable[Source | ArticleError]) -> Iterator[list[Source | ArticleError]]:
    """What one task reads: some small files, or one that may hold many articles."""
    group: list[Source | ArticleError] = []
    for source in sources:
        many = isinstance(source, Source) and source.format not in {"text", "html"}
        if group and (many or len(group) == _FILES_A_TASK):
            yield group
            group = []
        group.append(source)
        if many:
            yield group
            group = []
    if group:
        yield group


def _read(batch: Any, max_chars: int, columns: Columns, done: Any) -> Iterator[Any]:
    """Drafts of the articles in some files; of those that are done the id alone."""
    import ray

    before: frozenset[str] = ray.get(done)
    for group in batch.column("group").to_pylist():
        items = chain.from_iterable(_items(source, max_chars, columns) for source in pickle.loads(group))
        rows: list[tuple[str, bytes | None, str | None]] = []
        size = 0
        for item, longer in items:
            id = id_of(item)
            data = None if id in before else pickle.dumps(item)
            rows.append((id, data, longer))
            size += len(data or b"")
            # A table for each article would take Ray longer than reading it does.
            if len(rows) == BATCH or size > _READ_BYTES:
                yield _table(rows)
                rows, size = [], 0
        if rows:
            yield _table(rows)


def _table(rows: Sequence[tuple[str, bytes | None, str | None]]) -> Any:
    import pyarrow

    ids, data, longer = zip(*rows, strict=True)
    return pyarrow.table(
        {
            "id": pyarrow.array(ids, pyarrow.string()),
            "item": pyarrow.array(data, pyarrow.large_binary()),
            "longer": pyarrow.array(longer, pyarrow.string()),
        }
    )


def _items(source: Source | ArticleError, max_chars: int, columns: Columns) -> Iterator[tuple[Item, str | None]]:
    """The articles of a source, each with the id that it gets if its own is taken."""
    if isinstance(source, ArticleError):
        yield source, None
        return
    ids = Ids()
    for item in read_source(source, max_chars, columns):
        longer = longer_id(source, item)
        yield ids.give(item, longer), longer


class _Annotating:
    """An actor that annotates, by a worker process."""

    def __init__(self, options: Options) -> None:
        self._workers = annotating(options, threads=1).__enter__()

    def __call__(self, batch: Any) -> Any:
        import pyarrow

        given = batch.column("item").to_pylist()
        new = self._workers.run([pickle.loads(item) for item in given if item is not None])
        ids = batch.column("id").to_pylist()
        found = [Line(id, None, b"") if item is None else next(new) for id, item in zip(ids, given, strict=True)]
        list(new)  # to its end
        errors = [line.error and line.error.model_dump_json() for line in found]
        return pyarrow.table(
            {
                "id": pyarrow.array([line.id for line in found], pyarrow.string()),
                "longer": batch.column("longer"),
                "path": pyarrow.array([line.path for line in found], pyarrow.string()),
                "record": pyarrow.array([line.json for line in found], pyarrow.large_binary()),
                "quotes": pyarrow.array([line.quotes for line in found], pyarrow.int64()),
                "attributed": pyarrow.array([line.attributed for line in found], pyarrow.int64()),
                "error": pyarrow.array(errors, pyarrow.string()),
            }
        )


def _renamed(line: Line, given: Draft | ArticleError) -> Line:
    """The line under the id that it was given, with the warning that goes with it."""
    if id_of(given) == line.id:
        return line
    record = json.loads(line.json)
    record["id"] = given.id
    if isinstance(given, Draft) and "warnings" in record:
        record["warnings"] = [*record["warnings"], *given.warnings]
    return line._replace(id=id_of(given), json=json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode())
