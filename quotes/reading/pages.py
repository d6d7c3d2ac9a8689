"""The article of an HTML page, without what stands around it: menus, comments, links."""

from __future__ import annotations

import logging
import re
from typing import NamedTuple

from quotes.decode import decode
from quotes.errors import ArticleError

# The encoding that a page declares: <?xml encoding="x"?>, <meta charset="x"> or
# <meta http-equiv="Content-Type" content="text/html; charset=x">
_DECLARED_ENCODING = re.compile(
    rb"<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
_DECLARATION_BYTES = 4096
# The page's own publication date, not one guessed from its text. The latest day is fixed, for the
# default is today and would make the record depend on the clock.
_PAGE_DATES = {"original_date": True, "extensive_search": False, "max_date": "2199-12-31"}

# What follows keeps broken and hostile pages from taking minutes; a news page has some thousand tags.
_MANY_TAGS = 10_000  # trafilatura's fallback jusText takes time that grows with the square of the paragraphs
_MOST_TAGS = 100_000
_MOST_ATTRIBUTES = 10_000  # of one tag: libxml2 compares each with all before it
_LONG_PAGE = 250_000  # a shorter one has no room for enough attributes
_VALUE = r"=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+)"
_TAG = re.compile(rf"<[A-Za-z](?:[^\s/>=]++|[\s/]++|{_VALUE})*+")
_BETWEEN_NAMES = re.compile(rf"(?:[\s/]++|{_VALUE})++")

# What they have to say of a page is in the error, and would come to standard error besides.
for _name in ("trafilatura", "htmldate", "justext"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


class Page(NamedTuple):
    """What a page says of its article."""

    text: str
    title: str | None = None
    date: str | None = None
    warnings: tuple[str, ...] = ()


def read_page(data: bytes, *, charset: str | None = None, url: str | None = None) -> Page:
    """Decodes a page and tells its article from the rest of it, which takes tens of milliseconds.

    Args:
        data: The page as it was fetched.
        charset: The encoding that the server gave; it goes before the one that the page declares.
        url: The page's address, which may tell the date.

    Raises:
        ArticleError: If there is no article text in it, or it isn't text at all.
    """
    # Imported late: it takes longer than reading a folder of text files.
    from trafilatura import bare_extraction

    declared = _DECLARED_ENCODING.search(data, 0, _DECLARATION_BYTES)
    html, warnings = decode(data, declared=charset or (declared[1].decode("ascii", "replace") if declared else None))
    tags = html.count("<")
    if tags > _MOST_TAGS or (len(html) > _LONG_PAGE and _most_attributes(html) > _MOST_ATTRIBUTES):
        raise ArticleError("the page has too many tags or attributes to be an article's; save its text as .txt")
    try:
        page = bare_extraction(
            html,
            url=url,
            fast=tags > _MANY_TAGS,
            include_comments=False,
            with_metadata=True,
            date_extraction_params=_PAGE_DATES,
        )
    except Exception as error:  # whatever broken markup does to the parsers below it costs this page only
        raise ArticleError(f"the page cannot be read ({error}); save its text as .txt") from error
    if page is None or isinstance(page, dict) or not page.text:
        raise ArticleError("no article text could be told from the rest of the page; save the text as .txt")
    return Page(page.text, page.title, page.date, warnings)


def _most_attributes(html: str) -> int:
    """How many attributes the tag with the most of them has, about."""
    return max((len(_BETWEEN_NAMES.findall(tag[0])) for tag in _TAG.finditer(html)), default=0)
