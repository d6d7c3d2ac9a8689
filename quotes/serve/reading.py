"""What a request holds, as the draft of an article: the same way that files and lines of JSONL go."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictBool

from quotes.decode import without_surrogates
from quotes.errors import ArticleError
from quotes.reading.columns import Columns
from quotes.reading.drafts import BYTES_PER_CHAR, MARKUP_BYTES, Draft, too_long
from quotes.reading.inputs import FORMATS, Source

DEFAULT_ID = "text"

_SOURCE = Source(None, "request", DEFAULT_ID, DEFAULT_ID, "text")
_HTML_TYPES = {"text/html", "application/xhtml+xml"}
_NAME_CHARS = 200


class Submission(BaseModel):
    """An article to annotate."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"text": '"We will rebuild the bridge," Mayor Ann Lee said on Monday.'}]},
    )

    text: Annotated[str, Field(description="The article, or with `html` its page.")]
    id: Annotated[str | None, Field(max_length=500, description="The record's id; `text` if none is given.")] = None
    title: Annotated[
        str | None, Field(max_length=2000, description="Headline; else the first line may be one. A page has its own.")
    ] = None
    date: Annotated[
        str | None,
        Field(max_length=100, description="Date, e.g. 2019-12-30; else a date line may give it. A page has its own."),
    ] = None
    html: Annotated[
        StrictBool, Field(description="Whether the text is an HTML page, of which the article is kept.")
    ] = False


def read_submission(submission: Submission, max_chars: int) -> Draft:
    """The draft of an article that was sent as JSON.

    Raises:
        ArticleError: If the text is too long or empty.
    """
    id = submission.id or DEFAULT_ID
    if submission.html:
        page = without_surrogates(submission.text).text.encode()
        return _page(Draft(without_surrogates(id).text, page, html=True, charset="utf-8", place="the page"), max_chars)
    record = {"id": id, "text": submission.text, "title": submission.title, "date": submission.date}
    try:
        draft = Columns().draft(record, _SOURCE, 1, max_chars=max_chars)
    except ArticleError as error:
        raise ArticleError(f"the text {error}") from None
    return replace(draft, line=None, place="the text")


def read_upload(name: str, content_type: str | None, content: bytes, max_chars: int) -> Draft:
    """The draft of a file that was uploaded; HTML by its suffix or else by its type.

    Args:
        name: The file's name, as the sender has it.
        content_type: Its type, as the sender has it.
        content: The file.
        max_chars: Longest article in characters.

    Raises:
        ArticleError: If it is too long, or of a format that holds many articles.
    """
    # The last part, for some programs send whole paths, and Windows' have other slashes.
    path = PurePath(without_surrogates(name.replace("\\", "/")).text[-_NAME_CHARS:]).name or DEFAULT_ID
    format = FORMATS.get(PurePath(path).suffix.lower())
    if format not in {None, "text", "html"}:
        raise ArticleError(f"{path}: such a file may hold many articles; annotate it with quotes extract")
    type = (content_type or "").partition(";")[0].strip().lower()
    html = format == "html" or (format is None and type in _HTML_TYPES)
    id = PurePath(path).stem if format else path
    return _page(Draft(id, content, path, html=html, place=path), max_chars)


def _page(draft: Draft, max_chars: int) -> Draft:
    """The draft, if it can't be told to be too long before it is decoded."""
    if draft.size > BYTES_PER_CHAR * max_chars + (MARKUP_BYTES if draft.html else BYTES_PER_CHAR):
        raise ArticleError(f"{draft.place}: {too_long(max_chars)}")
    return draft
