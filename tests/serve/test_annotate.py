"""`POST /annotate` and `/annotate/file`: the records are the pipeline's, whatever is sent gets an answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

import quotes
from quotes.articles import article_from_text, read_articles
from quotes.schema import Article

ARTICLES = Path(quotes.__file__).parents[1] / "data" / "articles"
STATEMENT = "“We will rebuild the bridge,” Mayor Ann Lee said on Monday.\n"
PAGE = f"<html><head><title>Bridge</title></head><body><nav>Home</nav><article><p>{STATEMENT * 3}</p></article></body>"


def line(pipeline: quotes.Pipeline, article: Article | str) -> str:
    return pipeline(article).model_dump_json()


@pytest.mark.parametrize("name", ["border-clash", "dock-strike"])
def test_a_text_gives_the_record_of_the_pipeline(client: TestClient, pipeline: quotes.Pipeline, name: str) -> None:
    text = (ARTICLES / f"{name}.txt").read_text(encoding="utf-8")
    response = client.post("/annotate", json={"text": text})
    assert response.headers["content-type"] == "application/json"
    assert response.text == line(pipeline, text)


def test_id_title_and_date_are_kept(client: TestClient, pipeline: quotes.Pipeline) -> None:
    given = {"id": "a/1", "title": "Bridge", "date": "Mon, 30 Dec 2019 18:09:00 +0000"}
    response = client.post("/annotate", json={"text": STATEMENT, **given})
    article = article_from_text(STATEMENT, "a/1", title="Bridge", date="2019-12-30")
    assert response.text == line(pipeline, article)


@pytest.mark.parametrize("name", ["border-clash", "dock-strike"])
def test_a_file_gives_the_record_of_quotes_extract(
    client: TestClient, pipeline: quotes.Pipeline, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ARTICLES)
    (article,) = read_articles(f"{name}.txt")
    assert isinstance(article, Article)
    response = client.post("/annotate/file", files={"file": (f"{name}.txt", Path(f"{name}.txt").read_bytes())})
    assert response.text == line(pipeline, article)


FILES: dict[str, tuple[str, bytes, str | None]] = {
    "UTF-8": ("a.txt", STATEMENT.encode(), None),
    "UTF-8 with a mark": ("a.md", STATEMENT.encode("utf-8-sig"), None),
    "UTF-16": ("a.txt", STATEMENT.encode("utf-16"), None),
    "Windows-1252": ("a.txt", STATEMENT.encode("cp1252"), None),
    "damaged": ("a.txt", STATEMENT.encode() + b"\xff", None),
    "no suffix": ("a", STATEMENT.encode(), None),
    "HTML": ("a.HTML", PAGE.encode(), None),
    "HTML in Windows-1252": ("a.htm", PAGE.encode("cp1252"), None),
    "HTML by its type": ("a", PAGE.encode(), "text/html; charset=utf-8"),
    "a path": ("C:\\news\\a.txt", STATEMENT.encode(), None),
}


@pytest.mark.parametrize("name", FILES)
def test_files_are_decoded(client: TestClient, name: str) -> None:
    filename, content, kind = FILES[name]
    file = (filename, content) if kind is None else (filename, content, kind)
    record = client.post("/annotate/file", files={"file": file}).json()
    assert record["id"] == "a"
    assert record["quotes"][0]["text"] == "“We will rebuild the bridge,”"
    assert "Home" not in record["text"]


def test_html_as_json(client: TestClient) -> None:
    record = client.post("/annotate", json={"text": PAGE, "html": True}).json()
    assert record["text"].startswith("“We will rebuild the bridge,”")


REFUSED_FILES: dict[str, tuple[str, bytes, str]] = {
    "empty": ("a.txt", b"", "a.txt: is empty: there is no text to read"),
    "blank": ("a.txt", b" \n", "a.txt: is empty: there is no text to read"),
    "a PDF": ("a.pdf", b"%PDF-1.7", "a.pdf: looks like a PDF, not text; convert it to text first"),
    "many articles": (
        "a.jsonl",
        b"{}",
        "a.jsonl: such a file may hold many articles; annotate it with quotes extract",
    ),
    "a page without text": (
        "a.html",
        b"<html></html>",
        "a.html: no article text could be told from the rest of the page; save the text as .txt",
    ),
}


@pytest.mark.parametrize("name", REFUSED_FILES)
def test_what_is_wrong_with_a_file_is_said(client: TestClient, name: str) -> None:
    filename, content, detail = REFUSED_FILES[name]
    response = client.post("/annotate/file", files={"file": (filename, content)})
    assert (response.status_code, response.json()) == (422, {"detail": detail})


JSON = "application/json"
REFUSED: dict[str, tuple[bytes, str, int, str]] = {
    "no text": (b"{}", JSON, 422, "text: Field required"),
    "empty": (b'{"text": ""}', JSON, 422, "the text is empty: there is no text to read"),
    "blank": (b'{"text": "\\u3000\\n"}', JSON, 422, "the text is empty: there is no text to read"),
    "an empty page": (b'{"text": "", "html": true}', JSON, 422, "the page: no article text could be told from the "),
    "a number": (b'{"text": 5}', JSON, 422, "text: Input should be a valid string"),
    "a misspelt field": (b'{"text": "a", "titel": "b"}', JSON, 422, "titel: Extra inputs are not permitted"),
    "a long id": (json.dumps({"text": "a", "id": "i" * 501}).encode(), JSON, 422, "id: String should have at most 500"),
    "a lone surrogate elsewhere": (b'{"text": "a", "\\ud800": 1}', JSON, 422, ""),
    "a lone surrogate in the wrong place": (b'{"text": ["\\ud800"]}', JSON, 422, "text: Input should be a valid str"),
    "a lone surrogate in the id": (b'{"text": "a", "id": "\\ud800"}', JSON, 422, "id: Input should be a valid string"),
    "no JSON": (b"text", JSON, 422, ""),
    "not UTF-8": (b'{"text": "\xff"}', JSON, 400, ""),
    "deep": (b'{"text": ' + b"[" * 100_000, JSON, 400, ""),
    "a long number": (b'{"text": ' + b"1" * 10_000 + b"}", JSON, 400, ""),
    "a form": (b"text=a", "application/x-www-form-urlencoded", 422, "send a JSON object, with Content-Type: applicat"),
    "plain text": (b'{"text": "a"}', "text/plain", 422, "send a JSON object, with Content-Type: application/json"),
    "nothing": (b"", JSON, 422, "body: Field required"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_wrong_with_a_request_is_said(client: TestClient, name: str) -> None:
    body, kind, status, detail = REFUSED[name]
    response = client.post("/annotate", content=body, headers={"Content-Type": kind})
    assert response.status_code == status, response.text
    assert response.json()["detail"].startswith(detail)


ODD: dict[str, dict[str, Any]] = {
    "lone surrogates": {"text": "a\ud800b"},
    "NULs": {"text": "\0“Go,”\0 said Ann Lee.\0", "id": "\0", "title": "\0"},
    "marks only": {"text": "“" * 2000},
    "nulls": {"text": "a", "id": None, "title": None, "date": None},
    "empty fields": {"text": "a", "id": "", "title": "", "date": ""},
    "no such date": {"text": "a", "date": "2019-13-45"},
    "right to left": {"text": "\u202e“שלום”\u202c"},
}


@pytest.mark.parametrize("name", ODD)
def test_odd_texts_give_a_record(client: TestClient, name: str) -> None:
    response = client.post("/annotate", content=json.dumps(ODD[name]), headers={"Content-Type": JSON})
    assert response.status_code == 200, response.text
    assert response.json()["schema"] == "quotes/1"


@pytest.mark.parametrize("body", [b"", b"--x\r\n", b"--x\r\n\r\n--x--", b"\xff" * 100])
def test_broken_uploads_are_refused(client: TestClient, body: bytes) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    response = client.post("/annotate/file", content=body, headers=headers)
    assert response.status_code in {400, 422}
    assert isinstance(response.json()["detail"], str)


def test_health(client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "ok", "version": quotes.__version__}
