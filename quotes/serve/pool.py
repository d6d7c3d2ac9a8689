"""Worker processes that annotate one article for each request, within its time."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from queue import SimpleQueue
from types import TracebackType

from quotes.archive import Item, annotating, load_annotator
from quotes.batch import Annotator, Line
from quotes.config import Options
from quotes.errors import QuotesError
from quotes.reading.drafts import Draft
from quotes.workers import TimeLimitError, Workers

WAITING = 8
"""Requests that may wait for each process."""

_STRIKES = 2  # one time limit or two deaths: who waits for an answer is told rather than kept waiting


class BusyError(QuotesError):
    """More articles wait than will be done in time, or the service is stopping; another time may do."""


class Pool:
    """Processes that annotate, each by itself: an article that crashes or hangs costs its own request.

    Use it as a context: it is entered when all processes have loaded what they need, and none is left behind.

    Args:
        options: How to annotate; `max_seconds` is the longest time from request to record, waiting included.
        processes: How many.
        load: Loads what annotates; a function of some module, for each process calls it.
        waiting: Requests that may wait for each process.
    """

    def __init__(
        self,
        options: Options,
        processes: int = 1,
        load: Callable[[Options], Annotator] = load_annotator,
        waiting: int = WAITING,
    ) -> None:
        self.options = options
        self._load = load
        self._threads = max(1, (os.cpu_count() or 1) // processes)
        self._processes = processes
        self._room = threading.Semaphore(processes * (1 + waiting))
        self._all: list[Workers[Item, Line]] = []
        self._idle: SimpleQueue[int] = SimpleQueue()  # positions in the list
        # A thread for each process: `Workers.run` waits for results where it is called.
        self._executor = ThreadPoolExecutor(processes, "quotes serve")
        self._unfinished: set[Future[Line]] = set()
        self._closed = False

    def __enter__(self) -> Pool:
        try:
            for position in range(self._processes):
                self._all.append(self._executor.submit(self._start).result())
                self._idle.put(position)
            for workers in self._all:
                list(workers.run([]))  # returns when it is ready
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    async def annotate(self, draft: Draft) -> Line:
        """Annotate an article.

        Returns:
            Its record as a line, or its error record.

        Raises:
            BusyError: If too many wait already, or no process was free in time.
            TimeLimitError: If it took too long.
            QuotesError: If the process died and no other can be started.
        """
        if self._closed:
            raise BusyError("the service is stopping")
        if not self._room.acquire(blocking=False):
            raise BusyError("too many articles wait to be annotated; try again later")
        future = self._executor.submit(self._annotate, draft)
        self._unfinished.add(future)
        future.add_done_callback(self._finished)
        try:
            line = await asyncio.wait_for(asyncio.wrap_future(future), self.options.max_seconds)
        except TimeoutError:
            if future.cancelled():  # no process took it up
                raise BusyError("no worker process was free in time; try again later") from None
            raise TimeLimitError(f"the article took more than {self.options.max_seconds:g} seconds") from None
        except (asyncio.CancelledError, QuotesError):
            if self._closed:
                raise BusyError("the service is stopping") from None
            raise
        if line.error is not None and self._closed:
            raise BusyError("the service is stopping")
        return line

    def close(self) -> None:
        """End all processes now, and with them what is being annotated."""
        self._closed = True
        self._executor.shutdown(wait=False, cancel_futures=True)
        while unfinished := list(self._unfinished):
            # Workers start a process again that dies, but not for ever.
            for pid in [pid for workers in self._all for pid in workers.pids]:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            wait(unfinished, timeout=0.05)
        self._executor.shutdown()
        for workers in self._all:
            workers.__exit__(None, None, None)
        self._all = []

    def _finished(self, future: Future[Line]) -> None:
        self._unfinished.discard(future)
        self._room.release()

    def _start(self) -> Workers[Item, Line]:
        return annotating(self.options, 1, self._load, self._threads, _STRIKES).__enter__()

    def _annotate(self, draft: Draft) -> Line:
        position = self._idle.get()
        try:
            (line,) = self._all[position].run([draft])
        except BaseException:
            # It has given up on its process; later requests get a new one.
            if not self._closed:
                self._all[position].__exit__(None, None, None)
                self._all[position] = self._start()
            raise
        finally:
            self._idle.put(position)
        return line
