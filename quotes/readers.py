"""Read one file into drafts of articles: plain text, an HTML page, or JSONL with an article a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any, NamedTuple

from quotes.decode import decode, reject_binary, wide_encoding, without_surrogates
from quotes.errors import ArticleError
from quotes.inputs import Source
from quotes.metadata import parse_date
from quotes.streams import Stream, opened, read_all, read_lines

_BYTES_PER_CHAR = 4  # the most in UTF-8, UTF-16 and UTF-32
_BYTES_PER_JSON_CHAR = 12  # `\ud83d\ude00`
_MARK_BYTES = 4
_MARKUP_BYTES = 10_000_000  # what a page or a JSON line may hold besides the text

# The encoding that a page declares: <?xml encoding="x"?>, <meta charset="x"> or
# <meta http-equiv="Content-Type" content="text/html; charset=x">
_DECLARED_ENCODING = re.compile(
    rb"<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
_DECLARATION_BYTES = 4096
# The page's own publication date, not one guessed from its text. The latest day is fixed, for the
# default is today and would make the record depend on the clock.
_PAGE_DATES = {"original_date": True, "extensive_search": False, "max_date": "2199-12-31"}
_MAX_BLANK_LINES = 100
_JSONL_HINT = 'write one object a line, e.g. {"id": "a1", "text": "…"}'


class Draft(NamedTuple):
    """What a file or a line of JSONL says of an article; `line` is None but for JSONL."""

    id: str
    text: str
    path: str | None = None
    title: str | None = None
    date: str | None = None
    warnings: tuple[str, ...] = ()
    line: int | None = None


def read_source(source: Source, max_chars: int) -> Iterator[Draft | ArticleError]:
    """Reads a file, or standard input, by its format.

    Args:
        source: The file.
        max_chars: Longest article in characters.

    Yields:
        A draft for each article. An error stands for an article that can't be read, and ends what a
        damaged file gives.
    """
    try:
        with opened(source) as stream:
            if source.format == "jsonl":
                yield from _read_jsonl(source, _json_lines(stream, max_chars), max_chars)
            elif source.path is None:
                yield from _read_stdin(source, stream, max_chars)
            elif source.format == "html":
                yield _read_page(source, stream, max_chars)
            else:
                yield _read_text(source, stream, max_chars)
    except ArticleError as error:
        yield _located(error, source)


def _read_text(source: Source, stream: Stream, max_chars: int, start: bytes = b"") -> Draft:
    """Plain text, of which the start may have been read already."""
    rest = read_all(stream, _BYTES_PER_CHAR * max_chars + _MARK_BYTES)
    if rest is None:
        raise _too_long(max_chars)
    text, warnings = decode(start + rest)
    return _checked(Draft(source.id, text, _path(source), warnings=warnings), max_chars)


def _read_page(source: Source, stream: Stream, max_chars: int) -> Draft:
    """An HTML page, without what stands around the article: menus, comments, links."""
    # Imported late: it takes longer than reading a folder of text files.
    from trafilatura import bare_extraction

    data = read_all(stream, _BYTES_PER_CHAR * max_chars + _MARKUP_BYTES)
    if data is None:
        raise _too_long(max_chars)
    declared = _DECLARED_ENCODING.search(data, 0, _DECLARATION_BYTES)
    html, warnings = decode(data, declared=declared[1].decode("ascii", "replace") if declared else None)
    try:
        page = bare_extraction(html, include_comments=False, with_metadata=True, date_extraction_params=_PAGE_DATES)
    except Exception as error:  # whatever broken markup does to the parsers below it costs this page only
        raise ArticleError(f"the page cannot be read ({error}); save its text as .txt") from error
    if page is None or isinstance(page, dict) or not page.text:
        raise ArticleError("no article text could be told from the rest of the page; save the text as .txt")
    draft = Draft(source.id, page.text, _path(source), title=page.title, date=page.date, warnings=warnings)
    return _checked(draft, max_chars)


def _read_stdin(source: Source, stream: Stream, max_chars: int) -> Iterator[Draft | ArticleError]:
    """Standard input has no suffix: it is JSONL if its first line is a record, else text."""
    lines = _json_lines(stream, max_chars)
    start: list[bytes] = []
    for line in islice(lines, _MAX_BLANK_LINES):
        if line is None:
            raise _too_long(max_chars)
        start.append(line)
        if line.strip():
            break
    if start and _is_record(start[-1]):
        yield from _read_jsonl(source, chain(start, lines), max_chars)
    else:
        yield _read_text(source, stream, max_chars, start=b"".join(start))


def _json_lines(stream: Stream, max_chars: int) -> Iterator[bytes | None]:
    return read_lines(stream, _BYTES_PER_JSON_CHAR * max_chars + _MARKUP_BYTES)


def _is_record(line: bytes) -> bool:
    try:
        return line.lstrip(b"\xef\xbb\xbf \t").startswith(b"{") and "text" in _json_object(decode(line).text)
    except ArticleError:
        return False


def _read_jsonl(source: Source, lines: Iterable[bytes | None], max_chars: int) -> Iterator[Draft | ArticleError]:
    """A draft or an error for every line that isn't blank."""
    blank = True
    for number, line in enumerate(lines, 1):
        if line is not None and not line.strip():
            continue
        if line is not None and blank:
            _reject_other_formats(line)
        blank = False
        try:
            if line is None:
                raise _too_long(max_chars)
            yield _read_record(source, number, line, max_chars)
        except ArticleError as error:
            yield _located(error, source, number)
    if blank:
        raise _empty()


def _reject_other_formats(first_line: bytes) -> None:
    """Gives one error for a file that isn't JSONL at all, instead of one a line."""
    reject_binary(first_line)
    if wide_encoding(first_line):
        raise ArticleError("JSONL must be UTF-8; convert it, e.g. with `iconv -f UTF-16 -t UTF-8`")


def _read_record(source: Source, number: int, line: bytes, max_chars: int) -> Draft:
    decoded = decode(line)
    record = _json_object(decoded.text)
    id, id_warnings = _own_id(record, f"{source.id}:{number}")
    text = _string(record, "text")
    if text is None:
        raise ArticleError(f'has no "text" that is a string; {_JSONL_HINT}', id=id)
    date, date_warnings = _own_date(record)
    draft = Draft(
        id=id,
        text=text,
        path=_string(record, "path") or _path(source),
        title=_string(record, "title"),
        date=date,
        warnings=(*decoded.warnings, *id_warnings, *date_warnings),
        line=number,
    )
    return _checked(draft, max_chars)


def _json_object(text: str) -> dict[str, Any]:
    try:
        record = json.loads(text, strict=False)  # a raw tab in a string is no reason to lose the article
    except json.JSONDecodeError as error:
        raise ArticleError(f"is not valid JSON ({error.msg}, column {error.colno}); {_JSONL_HINT}") from None
    except (ValueError, RecursionError):
        raise ArticleError(f"is not valid JSON (nested too deeply or a number too long); {_JSONL_HINT}") from None
    if not isinstance(record, dict):
        raise ArticleError(f"is not a JSON object; {_JSONL_HINT}")
    return record


def _string(record: dict[str, Any], key: str) -> str | None:
    value = record.get(key)
    return value if isinstance(value, str) else None


def _own_id(record: dict[str, Any], default: str) -> tuple[str, tuple[str, ...]]:
    match record.get("id"):
        case str(id) if id:
            return without_surrogates(id).text, ()
        case bool() | float() | list() | dict():
            return default, (f"id is neither a string nor an integer, now {default!r}",)
        case int(number):
            return str(number), ()
    return default, ()


def _own_date(record: dict[str, Any]) -> tuple[str | None, tuple[str, ...]]:
    given = _string(record, "date")
    date = parse_date(given) if given else None
    warning = f"date {given!r} is not understood and left out; write it as 2019-12-30"
    return date, (warning,) if given and date is None else ()


def _checked(draft: Draft, max_chars: int) -> Draft:
    if len(draft.text) > max_chars:
        raise _too_long(max_chars, draft.id)
    if not draft.text.strip():
        raise _empty(draft.id)
    return draft


def _path(source: Source) -> str | None:
    return None if source.path is None else source.name


def _too_long(max_chars: int, id: str | None = None) -> ArticleError:
    return ArticleError(f"is longer than {max_chars:,} characters; split it or raise the limit (--max-chars)", id=id)


def _empty(id: str | None = None) -> ArticleError:
    return ArticleError("is empty: there is no text to read", id=id)


def _located(error: ArticleError, source: Source, line: int | None = None) -> ArticleError:
    """The error with the place it happened at, in its message and its attributes."""
    place = "standard input" if source.path is None else source.name
    default = source.id
    if line is not None:
        place, default = f"{place}, line {line}", f"{source.id}:{line}"
    return ArticleError(f"{place}: {error}", id=error.id or default, path=_path(source), line=line)
