"""Articles annotated by worker processes, in order: one that dies or hangs costs the article at fault alone.

Each worker has pipes of its own to the main process. `concurrent.futures` gives up all running tasks
when a process dies, and pools that share one queue can be left with its lock held by the dead.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, Generic, TypeVar

from quotes.errors import QuotesError

Item = TypeVar("Item")
Result = TypeVar("Result")


class WorkerError(QuotesError):
    """A worker process died over an item, time and again."""


class TimeLimitError(QuotesError):
    """An item took too long."""


Work = Callable[[Iterable[Any]], Iterable[Any]]
"""Items to results, one for each, in order; items may be pulled ahead of the results."""

STRIKES = 3
"""After so many an item is given up. A death counts one, for a worker may be killed by chance, as the system
does when memory is short; running out of time counts two."""

_STARTS = 10  # in a row that fail
_JOB_ITEMS = 16
_JOB_SIZE = 100_000
_AHEAD = 4  # jobs for each worker that are read while an earlier one isn't done


@dataclass
class _Entry(Generic[Item]):
    """An item on its way: its position in the run, and what speaks against it."""

    position: int
    item: Item
    strikes: int = 0


_Job = list[_Entry[Any]]


@dataclass
class _Worker:
    """A process as the main one sees it.

    Attributes:
        job: What it is at; None while it starts and when it waits.
        at: Which entry of the job; None before the first, their number when all were taken up.
        since: When it came there, in seconds of the monotonic clock.
        ready: Whether it has loaded what it works with.
    """

    process: multiprocessing.process.BaseProcess
    tasks: Connection
    reports: Connection
    job: _Job | None = None
    at: int | None = None
    since: float = field(default_factory=time.monotonic)
    ready: bool = False


class Workers(Generic[Item, Result]):
    """Some worker processes that turn items into results.

    Use it as a context: the processes start when it is entered and are killed when it is left.

    Args:
        load: Called once in each process: loads what it takes long to load and returns what does the
            work. Has to be picklable, e.g. a `functools.partial` of a function of some module.
        failed: Makes the result of an item that is given up, from the item and the reason.
        size: Tells how much work an item is, roughly in characters.
        processes: How many.
        max_seconds: Longest time for one item; a worker that takes longer is killed.
        threads: Threads of each process; None gives each its share of the machine.
        strikes: After so many an item is given up; see `STRIKES`.
    """

    def __init__(
        self,
        load: Callable[[], Work],
        *,
        failed: Callable[[Item, QuotesError], Result],
        size: Callable[[Item], int],
        processes: int = 1,
        max_seconds: float = 300,
        threads: int | None = None,
        strikes: int = STRIKES,
    ) -> None:
        self._load = load
        self._failed = failed
        self._size = size
        self._processes = processes
        self._max_seconds = max_seconds
        self._strikes = strikes
        self._threads = threads or max(1, (os.cpu_count() or 1) // processes)
        self._workers: list[_Worker] = []
        self._again: deque[_Job] = deque()
        self._done: dict[int, Result] = {}
        self._failed_starts = 0
        # Not forked: a copy of a process that has threads may wait for a lock that no thread will free.
        self._context = multiprocessing.get_context("spawn")

    def __enter__(self) -> Workers[Item, Result]:
        self._workers = [self._start() for _ in range(self._processes)]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            _end(worker)
        self._workers = []

    @property
    def pids(self) -> list[int]:
        """Process ids of the workers."""
        return [worker.process.pid for worker in self._workers if worker.process.pid is not None]

    def run(self, items: Iterable[Item]) -> Iterator[Result]:
        """Work on items; they are read as they are needed, some jobs ahead of the results.

        Args:
            items: Picklable, and so are the results.

        Yields:
            A result for each item, in the order of the items.

        Raises:
            QuotesError: If the workers can't start.
        """
        jobs = _jobs(items, self._size)
        ahead = _AHEAD * self._processes * _JOB_ITEMS
        read = given = 0
        while True:
            for worker in self._idle():
                # What was given to a worker that died comes first: later results wait for it.
                job = self._again.popleft() if self._again else next(jobs, None) if read - given < ahead else None
                if job is not None:
                    read = max(read, job[-1].position + 1)
                    self._give(worker, job)
            if not any(worker.job for worker in self._workers) and any(self._idle()):
                return  # for there was nothing to give
            self._listen()
            while given in self._done:
                yield self._done.pop(given)
                given += 1

    def _start(self) -> _Worker:
        tasks_in, tasks_out = self._context.Pipe(duplex=False)
        reports_in, reports_out = self._context.Pipe(duplex=False)
        process = self._context.Process(
            target=_work, args=(tasks_in, reports_out, self._load, self._threads), name="quotes worker", daemon=True
        )
        with _interrupts_held():
            process.start()
        # The worker holds the only other ends now, so its death is the end of the reports.
        tasks_in.close()
        reports_out.close()
        return _Worker(process, tasks_out, reports_in)

    def _idle(self) -> Iterator[_Worker]:
        return (worker for worker in self._workers if worker.ready and worker.job is None)

    def _give(self, worker: _Worker, job: _Job) -> None:
        worker.job, worker.at, worker.since = job, None, time.monotonic()
        # If it has died, that is in its reports.
        with suppress(BrokenPipeError):
            worker.tasks.send([entry.item for entry in job])

    def _listen(self) -> None:
        """Wait for reports, deaths and the end of somebody's time, whichever comes first."""
        now = time.monotonic()
        busy = [worker.since + self._max_seconds for worker in self._workers if worker.job is not None]
        talking = wait(
            [worker.reports for worker in self._workers], timeout=max(0.0, min(busy) - now) if busy else None
        )
        for number, worker in enumerate(self._workers):
            if worker.reports in talking:
                try:
                    self._hear(worker, worker.reports.recv())
                except (EOFError, OSError):
                    self._bury(worker)
                    self._workers[number] = self._start()
            elif worker.job is not None and time.monotonic() - worker.since >= self._max_seconds:
                _end(worker)
                self._blame(worker, TimeLimitError(f"took more than {self._max_seconds:g} seconds"), strikes=2)
                self._workers[number] = self._start()

    def _hear(self, worker: _Worker, report: Any) -> None:
        match report:
            case ("ready",):
                worker.ready = True
                self._failed_starts = 0
            case ("unfit", QuotesError() as error):
                raise error
            case ("at", int(at)):
                worker.at, worker.since = at, time.monotonic()
            case ("done", list(results)):
                assert worker.job is not None
                for entry, result in zip(worker.job, results, strict=True):
                    self._done[entry.position] = result
                worker.job = None

    def _bury(self, worker: _Worker) -> None:
        _end(worker)
        if worker.ready:
            self._blame(worker, WorkerError(f"its worker process died: {_cause(worker.process.exitcode)}"))
            return
        self._failed_starts += 1
        if self._failed_starts == _STARTS:
            raise QuotesError(
                f"a worker process died {_STARTS} times while it started ({_cause(worker.process.exitcode)}); "
                "if memory is short, take fewer --workers"
            )

    def _blame(self, worker: _Worker, reason: QuotesError, strikes: int = 1) -> None:
        """What was given to the worker goes to another one, what it died over by itself."""
        if worker.job is None:
            return
        job, at = worker.job, worker.at
        if at is None:  # it was not begun
            again = [job]
        elif at < len(job):
            job[at].strikes += strikes
            again = [[job[at]], job[:at] + job[at + 1 :]]
        else:  # somewhere in all of them
            for entry in job:
                entry.strikes += strikes * (len(job) == 1)
            again = [[entry] for entry in job]
        kept = []
        for some in again:
            if len(some) == 1 and some[0].strikes >= self._strikes:
                self._done[some[0].position] = self._failed(some[0].item, reason)
            elif some:
                kept.append(some)
        self._again.extendleft(reversed(kept))


def _jobs(items: Iterable[Item], size: Callable[[Item], int]) -> Iterator[_Job]:
    """Some items together, for what is tagged together goes faster; long ones alone."""
    job: _Job = []
    total = 0
    for position, item in enumerate(items):
        job.append(_Entry(position, item))
        total += size(item)
        if len(job) == _JOB_ITEMS or total >= _JOB_SIZE:
            yield job
            job, total = [], 0
    if job:
        yield job


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """What is started within never hears of Ctrl-C, not even before it has come so far as to ignore it."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()  # which lets interrupts through again when it is started on the way
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.tasks.close()
    worker.reports.close()


def _cause(exitcode: int | None) -> str:
    """E.g. `killed by SIGKILL`, as the system does when memory runs out."""
    if exitcode is not None and exitcode < 0:
        with suppress(ValueError):
            return f"killed by {signal.Signals(-exitcode).name}"
    return f"exit code {exitcode}"


def _work(tasks: Connection, reports: Connection, load: Callable[[], Work], threads: int) -> None:
    """What a worker process does: load, then job after job until there is no main process any more."""
    # The main process hears of Ctrl-C too, and ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_main_process, daemon=True).start()
    os.environ.setdefault("OMP_NUM_THREADS", str(threads))
    try:
        work = load()
    except QuotesError as error:
        reports.send(("unfit", error))
        return
    reports.send(("ready",))
    with suppress(EOFError):
        while True:
            items: Sequence[Any] = tasks.recv()
            reports.send(("done", list(work(_told(items, reports)))))


def _told(items: Sequence[Item], reports: Connection) -> Iterator[Item]:
    """The items, telling the main process of each when it is taken up."""
    for number, item in enumerate(items):
        reports.send(("at", number))
        yield item
    reports.send(("at", len(items)))


def _end_with_the_main_process() -> None:
    """However the main process ends, and whatever this one is at."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
