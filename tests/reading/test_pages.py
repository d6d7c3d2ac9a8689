"""HTML pages: the article of each, in any encoding, and an error for what has none."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.articles import finish, read_drafts
from quotes.errors import ArticleError
from quotes.reading.drafts import Draft
from quotes.reading.pages import read_page
from quotes.schema import Article

Read = Callable[..., list[Article | ArticleError]]

PAGE = """<!DOCTYPE html>
<html lang="en"><head>{charset}
<title>Iran vows revenge | Daily Example</title>
<meta property="og:title" content="Iran vows revenge">
<meta property="article:published_time" content="2019-12-30T10:45:00Z">
</head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Iran vows revenge</h1>
<p>“We won’t yield,” Foreign Minister Javad Zarif told reporters in the capital on Monday, after the strikes.</p>
<p>The ministry said that <a href="https://example.com/talks">talks</a> would go on in Vienna all the same.</p>
</article>
<section id="comments"><h2>Comments</h2><p>First! What a nonsense, said a reader of this page here.</p></section>
<footer>Copyright Daily Example. All rights reserved.</footer>
</body></html>"""


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.xhtml", "a.html.gz", "a.html.zst"])
def test_the_article_is_told_from_the_page(read: Read, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import trafilatura  # noqa: F401  (its own import names sockets; what is tested is the reading)

    monkeypatch.delattr(socket, "socket")  # nothing is fetched
    (article,) = read(name, PAGE.format(charset='<meta charset="utf-8">'))
    assert isinstance(article, Article)
    assert (article.id, article.title, article.date) == ("a", "Iran vows revenge", "2019-12-30")
    assert "“We won’t yield,” Foreign Minister Javad Zarif told" in article.text
    assert "said that talks would go on" in article.text
    assert not any(word in article.text for word in ("Home", "nonsense", "Copyright", "http", "<"))


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ('<meta charset="windows-1252">', "cp1252"),
        ("<meta charset=ISO-8859-1>", "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=utf-8">', "utf-8"),
        ("<meta name='x' content='charset'>", "utf-8"),
        ("", "utf-16"),
    ],
)
def test_encodings(charset: str, encoding: str) -> None:
    page = read_page(PAGE.format(charset=charset).encode(encoding))
    assert "“We won’t yield,”" in page.text
    assert page.warnings == ()


def test_the_servers_encoding_goes_before_the_pages() -> None:
    data = PAGE.format(charset='<meta charset="koi8-r">').encode("cp1252")
    assert "“We won’t yield,”" in read_page(data, charset="windows-1252").text
    assert "“We won’t yield,”" not in read_page(data).text


@pytest.mark.parametrize("content", [b"", b" ", b"<html></html>", b"<html><body><p></p></body></html>", b"<", b"<!--"])
def test_a_page_without_text_gives_an_error(read: Read, content: bytes) -> None:
    (error,) = read("a.html", content)
    assert isinstance(error, ArticleError)
    assert "save the text as .txt" in str(error)


@pytest.mark.parametrize("url", ["https://example.org/a", "no address", "http://[", "javascript:x", "\ufffd", "//"])
def test_an_odd_address_costs_nothing(url: str) -> None:
    page = read_page(PAGE.format(charset="").encode(), url=url)
    assert "“We won’t yield,”" in page.text
    assert (page.title, page.date) == ("Iran vows revenge", "2019-12-30")


BOMBS = {
    "deep": "<div>" * 100_000,
    "deep in a paragraph": "<p>" + "<b>" * 100_000,
    "tables in tables": "<table><tr><td>" * 5_000,
    "large attribute": f"<p title='{'x' * 5_000_000}'>",
    "many attributes": f"<p {' '.join(f'a{i}=1' for i in range(300_000))}>",
    "many attributes after quotes": f"<p b='\"' c=\">\" d='<' {' '.join(f'a{i}' for i in range(300_000))}>",
    "many elements": "<span>x</span>" * 500_000,
    "many lists": "<ul><li>one</li></ul>" * 100_000,
    "only brackets": "<" * 1_000_000,
    "comments never closed": "<!--" * 200_000,
    "scripts": "<script>" * 100_000,
    "entities": "&amp;" * 300_000,
    "NULs": "\0" * 1_000_000,
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_bomb_gives_an_error_or_its_article(read: Read, bomb: str) -> None:
    (item,) = read("a.html", PAGE.format(charset="").replace("<nav>", bomb + "<nav>"))
    if isinstance(item, ArticleError):
        assert "a.html: " in str(item)
        assert ".txt" in str(item) or "convert it to text" in str(item)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(cut=st.integers(0, len(PAGE)), junk=st.text(alphabet="<>/\"'=&;!-ap\u0001é", max_size=8))
def test_broken_pages_raise_nothing(read: Read, cut: int, junk: str) -> None:
    assert len(read("a.html", PAGE[:cut] + junk + PAGE[cut + len(junk) :])) == 1


def test_a_page_is_left_for_later(write: Callable[..., object]) -> None:
    write("a.html", "<p>")
    (draft,) = read_drafts("a.html")
    assert draft == Draft("a", b"<p>", "a.html", html=True)
    assert isinstance(draft, Draft)
    error = finish(draft)
    assert isinstance(error, ArticleError)
    assert (error.id, error.path, str(error).startswith("a.html: no article text")) == ("a", "a.html", True)


def test_the_text_of_a_page_may_be_too_long(read: Read) -> None:
    (error,) = read("a.html", PAGE, max_chars=50)
    assert str(error).startswith("a.html: is longer than 50 characters")
