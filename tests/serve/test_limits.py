"""What a request may not do: be too large, take too long, crowd out the others."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import Any

import anyio
import anyio.from_thread
import pytest
from fastapi.testclient import TestClient
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope, Send

from quotes.config import Options
from quotes.errors import ConfigError
from quotes.serve import Pool, create_app
from quotes.serve.limits import Limits
from tests.serve import faults

Faulty = Callable[..., tuple[Pool, TestClient]]

JSON = {"Content-Type": "application/json"}


def post(client: TestClient, text: str) -> Any:
    return client.post("/annotate", json={"text": text})


@pytest.mark.parametrize("path", ["/annotate", "/annotate/file"])
@pytest.mark.parametrize("announced", [True, False])
def test_large_requests_are_refused(path: str, announced: bool) -> None:
    client = TestClient(create_app(Pool(Options()), max_bytes=10_000))
    kind = "application/json" if path == "/annotate" else "multipart/form-data; boundary=x"
    read = 0

    def parts() -> Iterator[bytes]:
        nonlocal read
        start = b'{"text": "' if path == "/annotate" else b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\n'
        yield start
        for _ in range(1000):
            read += 1
            yield b"a" * 1000

    content = b"".join(parts()) if announced else parts()
    response = client.post(path, content=content, headers={"Content-Type": kind})
    assert response.status_code == 413
    assert response.json() == {
        "detail": "the request is larger than 10,000 bytes, the most that is taken (--max-bytes)"
    }


def test_long_articles_are_refused() -> None:
    with Pool(Options(tags=False, max_chars=10), load=faults.load) as pool:
        client = TestClient(create_app(pool))
        assert post(client, "a" * 10).status_code == 200
        too_long = [
            post(client, "a" * 11),
            client.post("/annotate/file", files={"file": ("a.txt", b"a" * 11)}),
            client.post("/annotate/file", files={"file": ("a.txt", b"a" * 100)}),
        ]
    for response in too_long:
        assert response.status_code == 413
        assert "is longer than 10 characters" in response.json()["detail"]


def test_a_request_that_takes_too_long_to_arrive_is_given_up() -> None:
    async def read(scope: Scope, receive: Receive, send: Send) -> None:
        while (await receive()).get("more_body"):
            pass

    async def receive() -> Message:
        await anyio.sleep(0.05)
        return {"type": "http.request", "body": b"a", "more_body": True}

    async def send(message: Message) -> None:
        raise AssertionError

    async def call() -> None:
        await Limits(read, max_bytes=10_000, seconds=0.2)({"type": "http", "headers": []}, receive, send)

    with anyio.from_thread.start_blocking_portal() as portal, pytest.raises(HTTPException) as caught:
        portal.call(call)
    assert caught.value.status_code == 408


def test_an_article_that_hangs_costs_itself_alone(faulty: Faulty) -> None:
    _, client = faulty(max_seconds=1)
    response = post(client, faults.HANGS)
    assert response.status_code == 504
    assert response.json() == {"detail": "the article took more than 1 seconds"}
    end = time.monotonic() + 30
    while (response := post(client, "good")).status_code != 200:
        assert response.status_code == 503
        assert time.monotonic() < end


def test_an_article_that_kills_its_process_costs_itself_alone(faulty: Faulty) -> None:
    _, client = faulty()
    response = post(client, faults.KILLS)
    assert response.status_code == 500
    assert "its worker process died: killed by SIGKILL" in response.json()["detail"]
    assert post(client, "good").status_code == 200


def test_an_article_that_the_pipeline_fails_on(faulty: Faulty) -> None:
    _, client = faulty()
    response = post(client, faults.FAILS)
    assert response.status_code == 500
    assert "ValueError: no such luck" in response.json()["detail"]


def test_more_than_may_wait_are_told_so(faulty: Faulty) -> None:
    pool, client = faulty(waiting=1, max_seconds=600)
    answers = SimpleQueue[Any]()
    threads = [threading.Thread(target=lambda: answers.put(post(client, faults.HANGS))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for busy in [answers.get(timeout=60), answers.get(timeout=60)]:
        assert busy.status_code == 503
        assert busy.json() == {"detail": "too many articles wait to be annotated; try again later"}
        assert int(busy.headers["retry-after"]) > 0
    pool.close()
    stopped = [answers.get(timeout=60), answers.get(timeout=60)]  # of which one was at work
    assert [(answer.status_code, answer.json()["detail"]) for answer in stopped] == [
        (503, "the service is stopping"),
        (503, "the service is stopping"),
    ]


def test_who_waits_in_vain_is_told_so(faulty: Faulty) -> None:
    _, client = faulty(max_seconds=1)
    with ThreadPoolExecutor(2) as executor:
        answers = list(executor.map(lambda _: post(client, faults.HANGS), range(2)))
    assert sorted(answer.status_code for answer in answers) == [503, 504]


def test_processes_work_at_the_same_time(faulty: Faulty) -> None:
    _, client = faulty(processes=2)
    with ThreadPoolExecutor(2) as executor:
        answers = list(executor.map(lambda _: post(client, faults.SLOW), range(2)))
    assert len({answer.json()["title"] for answer in answers}) == 2


def test_no_process_outlives_the_pool(faulty: Faulty) -> None:
    pool, client = faulty(processes=2)
    pids = {int(post(client, "good").json()["title"]) for _ in range(4)}
    pool.close()
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    assert post(client, "good").json() == {"detail": "the service is stopping"}


def test_what_cannot_be_loaded_is_said_at_once() -> None:
    with pytest.raises(ConfigError, match="there is no such file"), Pool(Options(), 2, faults.load_and_fail):
        raise AssertionError
