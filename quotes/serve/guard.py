"""What keeps the pages of other sites from using a service that asks nobody for a password.

Any page that a browser shows can send requests to this machine, though it can't read the answers
unless it has made its own name point here, which the `Host` header tells.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("localhost", "127.0.0.1", "::1")
"""Names of this machine in a `Host` header."""

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_HARMLESS = {"GET", "HEAD", "OPTIONS"}


class Guard:
    """Middleware that turns down what another site's page sends, and adds headers to all answers.

    Browsers say where a request comes from; programs don't, and are let through.

    Args:
        app: What is guarded.
        hosts: Names and addresses that requests may have in their `Host` header; None for any.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str] | None) -> None:
        self._app = app
        self._hosts = None if hosts is None else {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        app = self._app
        if self._hosts is not None and _host(headers) not in self._hosts:
            app = JSONResponse({"detail": "this service answers for localhost alone; --host lets others in"}, 400)
        elif scope["method"] not in _HARMLESS and _from_elsewhere(headers):
            app = JSONResponse({"detail": "requests from pages of other sites are not answered"}, 403)
        await app(scope, receive, sending)


def _host(headers: Headers) -> str | None:
    """The host that was asked for, without its port: `::1` for `[::1]:8000`."""
    try:
        return urlsplit(f"//{headers.get('host', '')}").hostname
    except ValueError:
        return None


def _from_elsewhere(headers: Headers) -> bool:
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    # Over plain HTTP, browsers send the former to this machine alone.
    origin = headers.get("origin")
    if origin is None:
        return False
    try:
        return urlsplit(origin).netloc.lower() != headers.get("host", "").lower()
    except ValueError:
        return True
