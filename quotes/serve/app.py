"""The web service as a FastAPI application: the page, and `POST /annotate` for programs."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from fastapi import FastAPI, File, Request, Response, UploadFile
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from quotes import __version__
from quotes.decode import without_surrogates
from quotes.errors import QuotesError
from quotes.reading.drafts import Draft, too_long
from quotes.schema import AnnotatedArticle, Failure
from quotes.serve.guard import Guard
from quotes.serve.limits import Limits
from quotes.serve.page import Page
from quotes.serve.pool import Pool
from quotes.serve.reading import Submission, read_submission, read_upload

MAX_BYTES = 2_000_000
"""Default for the largest request, in bytes."""

_RETRY_SECONDS = "5"
_STATUSES = {"ArticleError": 422, "BusyError": 503, "TimeLimitError": 504}
"""By the kind of error; all others are failures of the service."""
_DESCRIPTION = """\
Finds the statements in an English news article, who made each, and its stance and tone.
The answers are the records that `quotes extract` writes: `text[start:end]` of a record is the text of a span."""
_PROBLEMS = {
    400: "The request can't be parsed, or names a host that this service doesn't answer for.",
    403: "A page of another site sent it.",
    408: "The request took too long to arrive.",
    413: "The request or the article is too large.",
    422: "The request lacks what is needed, or there is no article text in it.",
    500: "The article made the service fail.",
    503: "Too many articles wait; try again later.",
    504: "The article took too long.",
}

# What it has to say of a broken request is in the answer, and would come to standard error besides.
logging.getLogger("python_multipart").addHandler(logging.NullHandler())


class Problem(BaseModel):
    """What is wrong and what to do about it."""

    detail: str


class Health(BaseModel):
    """That the service answers, and which version it is."""

    status: str
    version: str


def create_app(pool: Pool, *, max_bytes: int = MAX_BYTES, hosts: Iterable[str] | None = None) -> FastAPI:
    """The application.

    Args:
        pool: What annotates; entered before the first request, and left by the caller.
        max_bytes: Largest request, in bytes.
        hosts: Names and addresses that requests may have in their `Host` header; None for any.

    Returns:
        An ASGI application, for uvicorn and the like.
    """
    app = FastAPI(
        title="quotes",
        version=__version__,
        description=_DESCRIPTION,
        # The pages that FastAPI makes of its schema load scripts from elsewhere.
        docs_url=None,
        redoc_url=None,
    )
    app.add_middleware(Limits, max_bytes=max_bytes)
    app.add_middleware(Guard, hosts=hosts)  # around the former, so that all answers have its headers
    _add_handlers(app, pool.options.max_chars)
    _add_routes(app, pool, Page(max_bytes))
    return app


def _add_routes(app: FastAPI, pool: Pool, page: Page) -> None:
    max_chars = pool.options.max_chars
    problems: dict[int | str, dict[str, Any]] = {
        status: {"model": Problem, "description": description} for status, description in _PROBLEMS.items()
    }

    @app.get("/", include_in_schema=False)
    async def show() -> Response:
        return HTMLResponse(page.html, headers={"Content-Security-Policy": page.policy})

    @app.get("/health", summary="Whether the service is ready")
    async def health() -> Health:
        return Health(status="ok", version=__version__)

    @app.post("/annotate", response_model=AnnotatedArticle, responses=problems, summary="Annotate a text")
    async def annotate(submission: Submission) -> Response:
        return await answer(read_submission(submission, max_chars))

    @app.post("/annotate/file", response_model=AnnotatedArticle, responses=problems, summary="Annotate a file")
    async def annotate_file(
        file: Annotated[UploadFile, File(description="Text or an HTML page; its encoding is found out.")],
    ) -> Response:
        return await answer(read_upload(file.filename or "", file.content_type, await file.read(), max_chars))

    async def answer(draft: Draft) -> Response:
        line = await pool.annotate(draft)
        if line.error is not None:
            return _refusal(line.error, max_chars)
        return Response(line.json, media_type="application/json")


def _add_handlers(app: FastAPI, max_chars: int) -> None:
    """All errors in the one form that the schema tells."""

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        # FastAPI's own answer repeats what was sent, and fails where that holds lone surrogates.
        return _told(422, "; ".join(map(_described, error.errors())))

    @app.exception_handler(QuotesError)
    async def refused(request: Request, error: QuotesError) -> Response:
        return _refusal(Failure(kind=type(error).__name__, message=str(error)), max_chars)

    @app.exception_handler(HTTPException)
    async def problem(request: Request, error: HTTPException) -> Response:
        return _told(error.status_code, error.detail, error.headers)


def _refusal(error: Failure, max_chars: int) -> Response:
    status = _STATUSES.get(error.kind, 500)
    if status == 422 and str(too_long(max_chars)) in error.message:
        status = 413
    return _told(status, error.message, {"Retry-After": _RETRY_SECONDS} if status == 503 else None)


def _told(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    return JSONResponse({"detail": without_surrogates(detail).text}, status, headers)


def _described(problem: Any) -> str:
    """E.g. `text: Field required`."""
    if problem["type"] == "model_attributes_type":
        return "send a JSON object, with Content-Type: application/json"
    where = ".".join(map(str, problem["loc"][1:])) or problem["loc"][0]
    return f"{where}: {problem['msg']}"
