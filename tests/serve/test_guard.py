"""Whose requests are answered, and what browsers are told of the answers."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from quotes.config import Options
from quotes.serve import Pool, create_app
from quotes.serve.guard import LOOPBACK


@pytest.fixture(scope="module")
def guarded() -> TestClient:
    return TestClient(create_app(Pool(Options()), hosts=[*LOOPBACK, "Desk.example"]))


HOSTS = {
    "localhost": 200,
    "localhost:8000": 200,
    "LOCALHOST:8000": 200,
    "127.0.0.1:8000": 200,
    "[::1]:8000": 200,
    "[::1]": 200,
    "desk.example:80": 200,
    "evil.example": 400,
    "evil.example:8000": 400,
    "localhost.evil.example": 400,
    "localhost@evil.example": 400,
    "127.0.0.1.evil.example": 400,
    "[::1": 400,
    "[::2]": 400,
    "": 400,
}


@pytest.mark.parametrize("host", HOSTS)
def test_names_that_point_here_by_somebody_elses_will_get_nothing(guarded: TestClient, host: str) -> None:
    response = guarded.get("/health", headers={"Host": host})
    assert response.status_code == HOSTS[host]
    if HOSTS[host] == 400:
        assert response.json() == {"detail": "this service answers for localhost alone; --host lets others in"}


def test_any_host_where_it_is_open_to_others() -> None:
    client = TestClient(create_app(Pool(Options())))
    assert client.get("/health", headers={"Host": "desk.example"}).status_code == 200


SENDERS = {
    "a program": ({}, 422),
    "the page": ({"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost:8000"}, 422),
    "the page, in a browser that doesn't say": ({"Origin": "http://localhost:8000"}, 422),
    "the user": ({"Sec-Fetch-Site": "none"}, 422),
    "another site": ({"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, 403),
    "another port": ({"Sec-Fetch-Site": "same-site", "Origin": "http://localhost:3000"}, 403),
    "another site, in a browser that doesn't say": ({"Origin": "https://evil.example"}, 403),
    "another port, in a browser that doesn't say": ({"Origin": "http://localhost:3000"}, 403),
    "a sandbox": ({"Origin": "null"}, 403),
    "nonsense": ({"Origin": "http://["}, 403),
}


@pytest.mark.parametrize("path", ["/annotate", "/annotate/file"])
@pytest.mark.parametrize("sender", SENDERS)
def test_pages_of_other_sites_get_nothing(guarded: TestClient, path: str, sender: str) -> None:
    headers, status = SENDERS[sender]
    assert guarded.post(path, headers={"Host": "localhost:8000", **headers}).status_code == status


def test_other_sites_may_not_ask_for_leave(guarded: TestClient) -> None:
    headers = {"Host": "localhost", "Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    response = guarded.options("/annotate", headers=headers)
    assert not [name for name in response.headers if name.startswith("access-control")]


@pytest.mark.parametrize(("path", "host"), [("/", "localhost"), ("/none", "localhost"), ("/", "evil.example")])
def test_all_answers_have_the_headers(guarded: TestClient, path: str, host: str) -> None:
    headers = guarded.get(path, headers={"Host": host}).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert headers["content-security-policy"].startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_pages_that_would_load_from_elsewhere_are_left_out(guarded: TestClient) -> None:
    for path in ("/docs", "/redoc"):
        assert guarded.get(path, headers={"Host": "localhost"}).status_code == 404
