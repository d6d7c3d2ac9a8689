"""Worker processes: order, and what is lost when one of them dies or hangs."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import pytest

from quotes.errors import ConfigError, QuotesError
from quotes.workers import Work, Workers

KILLER, HANGER, SLOW = "kills its worker", "hangs", "takes a while"


def load(log: Path | None = None, slow: float = 0.0) -> Work:
    """What the workers here load: it doubles strings."""
    if log is not None:
        with log.open("a") as stream:
            stream.write(f"{os.getpid()}\n")

    def work(items: Iterable[str]) -> Iterator[str]:
        for item in items:
            if item == KILLER:
                os.kill(os.getpid(), signal.SIGKILL)
            if item == HANGER:
                time.sleep(60)
            time.sleep(slow)
            yield item * 2

    return work


def load_and_fail() -> Work:
    raise ConfigError("registry.yaml: there is no such file")


def load_and_die() -> Work:
    os._exit(3)


def failed(item: str, reason: QuotesError) -> str:
    return f"{item}: {reason}"


def workers(load: partial[Work], processes: int = 2, max_seconds: float = 30) -> Workers[str, str]:
    return Workers(load, failed=failed, size=len, processes=processes, max_seconds=max_seconds)


def words(count: int) -> list[str]:
    return [f"w{number}" for number in range(count)]


@pytest.mark.parametrize("processes", [1, 3])
@pytest.mark.parametrize("count", [0, 1, 16, 17, 500])
def test_results_come_in_the_order_of_the_items(processes: int, count: int) -> None:
    with workers(partial(load), processes) as pool:
        assert list(pool.run(words(count))) == [word * 2 for word in words(count)]


def test_each_process_loads_once(tmp_path: Path) -> None:
    with workers(partial(load, tmp_path / "log")) as pool:
        list(pool.run(words(300)))
    loaded = (tmp_path / "log").read_text().split()
    assert 1 <= len(loaded) == len(set(loaded)) <= 2


@pytest.mark.parametrize("at", [0, 7, 15, 16, 99])
def test_an_item_that_kills_its_worker_costs_itself_alone(at: int) -> None:
    items = words(100)
    items[at] = KILLER
    with workers(partial(load)) as pool:
        results = list(pool.run(items))
    assert results.pop(at) == f"{KILLER}: its worker process died: killed by SIGKILL"
    assert results == [word * 2 for word in items if word != KILLER]


def test_an_item_that_hangs_costs_itself_alone() -> None:
    items = [*words(20), HANGER, *words(20)]
    with workers(partial(load), max_seconds=1) as pool:
        results = list(pool.run(items))
    assert results.pop(20) == f"{HANGER}: took more than 1 seconds"
    assert results == [word * 2 for word in items if word != HANGER]


def test_workers_killed_by_chance_cost_nothing() -> None:
    stop = threading.Event()

    def kill_now_and_then(pool: Workers[str, str]) -> None:
        while not stop.wait(0.3):
            for pid in random.sample(pool.pids, 1):
                os.kill(pid, signal.SIGKILL)

    with workers(partial(load, slow=0.01)) as pool:
        killer = threading.Thread(target=kill_now_and_then, args=(pool,))
        killer.start()
        try:
            results = list(pool.run(words(300)))
        finally:
            stop.set()
            killer.join()
    assert results == [word * 2 for word in words(300)]


def test_items_are_read_as_they_are_needed() -> None:
    read = 0

    def items() -> Iterator[str]:
        nonlocal read
        for word in words(100_000):
            read += 1
            yield word

    with workers(partial(load)) as pool:
        first = next(pool.run(items()))
    assert first == "w0w0"
    assert read < 1000


def test_what_cannot_be_loaded_is_said_at_once() -> None:
    with workers(partial(load_and_fail)) as pool, pytest.raises(ConfigError, match="there is no such file"):
        list(pool.run(words(3)))


def test_workers_that_die_while_they_start_end_the_run() -> None:
    with workers(partial(load_and_die)) as pool, pytest.raises(QuotesError, match=r"exit code 3.*fewer --workers"):
        list(pool.run(words(3)))


def test_no_worker_outlives_the_context() -> None:
    with workers(partial(load)) as pool:
        next(pool.run(words(40)))
        pids = pool.pids
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
