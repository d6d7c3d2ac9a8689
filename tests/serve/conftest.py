"""The service: in this process for programs, and on a port for a browser."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from quotes.config import Options
from quotes.serve import Pool, create_app
from quotes.serve.guard import LOOPBACK
from quotes.serve.server import listening, url_of
from tests import browser as shared
from tests.serve import faults

LOCAL = "http://localhost"

browser = shared.browser


@pytest.fixture(scope="session")
def pool() -> Iterator[Pool]:
    with Pool(Options(tags=False, max_seconds=60)) as pool:
        yield pool


@pytest.fixture(scope="session")
def service(pool: Pool) -> FastAPI:
    """The application as `quotes serve --no-tags` runs it."""
    return create_app(pool, hosts=LOOPBACK)


@pytest.fixture(scope="session")
def client(service: FastAPI) -> TestClient:
    return TestClient(service, base_url=LOCAL)


@pytest.fixture
def faulty() -> Iterator[Callable[..., tuple[Pool, TestClient]]]:
    """Starts a service whose pipeline does what an article says; see `faults.py`."""
    with ExitStack() as stack:

        def started(processes: int = 1, waiting: int = 8, **options: Any) -> tuple[Pool, TestClient]:
            pool = stack.enter_context(Pool(Options(tags=False, **options), processes, faults.load, waiting))
            return pool, TestClient(create_app(pool, hosts=LOOPBACK), base_url=LOCAL)

        yield started


@pytest.fixture(scope="session")
def address(service: FastAPI) -> Iterator[str]:
    """Where a browser finds the service."""
    with listening("127.0.0.1", 0) as opened:
        server = uvicorn.Server(uvicorn.Config(service, log_level="warning", lifespan="off", ws="none"))
        thread = threading.Thread(target=server.run, args=([opened],))
        thread.start()
        yield url_of(opened)
        server.should_exit = True
        thread.join()


@pytest.fixture
def open_page(browser: Any, address: str) -> Iterator[Callable[..., Any]]:
    """Opens the page in a fresh window; fails at the end if it logged an error or asked for anything elsewhere."""
    contexts: list[Any] = []
    trouble: list[str] = []

    def opened(*, expected: str = "", **options: Any) -> Any:
        context = browser.new_context(**{"viewport": {"width": 1300, "height": 900}, **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)

        def log(message: Any) -> None:
            # The browser itself reports an answer that isn't 200.
            if not (expected and expected in message.text):
                trouble.append(f"{message.type}: {message.text}")

        page.on("console", log)
        page.on("pageerror", lambda error: trouble.append(f"error: {error}"))
        page.on("request", lambda request: None if _ours(request.url, address) else trouble.append(request.url))
        page.goto(address)
        page.wait_for_selector("html[data-ready]", state="attached")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert trouble == []


def _ours(url: str, address: str) -> bool:
    return url.startswith((f"{address}/", f"blob:{address}/"))
