"""How large a request may be, and how long it may take to arrive."""

from __future__ import annotations

import asyncio

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECONDS = 30.0
"""Longest time in which a request has to be sent whole."""


class Limits:
    """Middleware that stops reading a request that is too large or too slow.

    Starlette has such a middleware for the size; its answers are plain text, and the schema promises JSON.

    Args:
        app: What reads the requests.
        max_bytes: Largest body, whether its length was announced or not.
        seconds: Longest time for a body.
    """

    def __init__(self, app: ASGIApp, max_bytes: int, seconds: float = SECONDS) -> None:
        self._app = app
        self._max_bytes = max_bytes
        self._seconds = seconds
        self._too_large = f"the request is larger than {max_bytes:,} bytes, the most that is taken (--max-bytes)"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdecimal() and int(announced[:20]) > self._max_bytes:
            await JSONResponse({"detail": self._too_large}, 413)(scope, receive, send)
            return
        end = asyncio.get_running_loop().time() + self._seconds
        size = 0
        whole = False

        async def receiving() -> Message:
            nonlocal size, whole
            if whole:  # what comes now is that the sender has gone
                return await receive()
            try:
                async with asyncio.timeout_at(end):
                    message = await receive()
            except TimeoutError:
                raise HTTPException(408, f"the request was not sent within {self._seconds:g} seconds") from None
            size += len(message.get("body", b""))
            if size > self._max_bytes:
                raise HTTPException(413, self._too_large)
            whole = not message.get("more_body", False)
            return message

        await self._app(scope, receiving, send)
