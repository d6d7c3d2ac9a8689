"""The service on a port of this machine: opened before anything is loaded, closed without leaving a process behind."""

from __future__ import annotations

import asyncio
import errno
import ipaddress
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from quotes.errors import QuotesError
from quotes.serve.pool import Pool

_CONNECTIONS = 100
"""At once; each may hold a request's body."""


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens, which clients may connect to from now on; they wait for `serve`.

    Args:
        host: Name or address of this machine.
        port: The port; 0 takes any free one.

    Raises:
        QuotesError: If the port is in use or may not be used, or the host isn't this machine.
    """
    where = f"{host}, port {port}"
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        opened = socket.create_server(address[:2], family=family)
    except (OSError, OverflowError, UnicodeError) as error:
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            raise QuotesError(
                f"{where}: is in use by another program; take another --port, 0 for any free one"
            ) from None
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise QuotesError(f"{where}: can't be listened on: {reason}; check --host and --port") from None
    with opened:
        yield opened


def is_loopback(opened: socket.socket) -> bool:
    """Whether only this machine can reach a listening socket."""
    return ipaddress.ip_address(opened.getsockname()[0]).is_loopback


def url_of(opened: socket.socket) -> str:
    """The address of a listening socket as a browser takes it."""
    host, port = opened.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(app: FastAPI, pool: Pool, opened: socket.socket, ready: Callable[[], None]) -> None:
    """Answer requests until the process gets SIGINT or SIGTERM.

    Args:
        app: What `quotes.serve.create_app` makes.
        pool: What it annotates with; closed in the end.
        opened: A listening socket.
        ready: Called when requests are answered.
    """
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        ws="none",
        lifespan="off",
        proxy_headers=False,
        limit_concurrency=_CONNECTIONS,
    )
    _Server(config, pool, ready).run([opened])


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """SIGTERM interrupts what is within as Ctrl-C does, and either ends it quietly."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, pool: Pool, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._pool = pool
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # Before uvicorn waits for answers: what is being annotated may take long.
        await asyncio.to_thread(self._pool.close)
        await super().shutdown(sockets)
