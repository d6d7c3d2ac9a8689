"""What a reader can do with the page, done in a headless browser."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

import quotes
from quotes.serve.app import MAX_BYTES

Open = Callable[..., Any]

TEXT = "“We will rebuild the bridge,” Mayor Ann Lee said on Monday. Bo Ek said that it was too late."
HOSTILE = (
    "</script><script>window.hacked = 1</script>",
    "<img src=x onerror=window.hacked=1>",
    "\"><svg onload='window.hacked=1'>",
    "{{ 7 * 7 }}{% raw %}",
    "</title></style></noscript></textarea>",
    "\u202egnitirw\u2066\u2028\u2029\ufeff\u0007",
)


def annotate(page: Any, text: str) -> None:
    page.fill("#text", text)
    page.click("#annotate")
    page.wait_for_selector("#article article")


def open_table(page: Any) -> None:
    page.click("#table summary")
    page.wait_for_selector("#rows tbody tr")  # it is made when the browser tells of the toggle, a little later


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.textContent"))


def test_a_text_is_shown_with_its_statements(open_page: Open) -> None:
    page = open_page()
    assert not page.is_visible("#result")
    annotate(page, TEXT)
    assert page.text_content("#count") == "2 statements by 2 named speakers"
    assert page.locator("#article .statement").all_text_contents() == [
        "“We will rebuild the bridge,”",
        "that it was too late",
    ]
    assert focused(page) == "Statements"
    assert not page.is_visible("#legend [data-tagged]")
    open_table(page)
    assert page.locator("#rows tbody tr").count() == 2
    assert "Ann Lee" in page.text_content("#rows")


def test_the_keyboard_does_it_all(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.insert_text(TEXT)
    page.keyboard.press("j")  # typed, for it is in the text
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#article article")
    page.keyboard.press("j")
    assert page.text_content("#details dd") == "Ann Lee"
    page.keyboard.press("j")
    assert page.text_content("#details dd") == "Bo Ek"
    page.keyboard.press("j")
    assert page.text_content("#said") == "This is the last statement"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "details"
    page.keyboard.press("Escape")
    assert not page.is_visible("#details")
    assert focused(page).startswith("indirect")


def test_the_pointer_does_it_all(open_page: Open) -> None:
    page = open_page()
    annotate(page, TEXT)
    page.click("#article .statement >> nth=1")
    assert page.text_content("#details dd") == "Bo Ek"
    page.click("#previous")
    assert page.text_content("#details dd") == "Ann Lee"
    page.click("#close-details")
    assert not page.is_visible("#details")


def test_the_example(open_page: Open) -> None:
    page = open_page()
    page.click("#example")
    page.wait_for_selector("#article article")
    assert page.input_value("#text").startswith("Harbour town of Velmere")
    assert page.locator("#article .badge").count() >= 6


def test_another_text_takes_the_place_of_the_first(open_page: Open) -> None:
    page = open_page()
    annotate(page, TEXT)
    page.keyboard.press("j")
    page.fill("#text", "It rained all day.")
    page.click("#annotate")
    page.wait_for_selector("#count:text-is('No statements were found.')")
    assert page.locator("#article article").count() == 1
    assert not page.is_visible("#details")
    assert not page.is_visible("#table")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("news.txt", TEXT.encode("utf-16")),
        ("news.html", f"<html><body><nav>Home</nav><article><p>{TEXT}</p></article></body></html>".encode()),
    ],
)
def test_a_file(open_page: Open, name: str, content: bytes) -> None:
    page = open_page()
    page.set_input_files("#file", {"name": name, "mimeType": "application/octet-stream", "buffer": content})
    page.wait_for_selector("#article article")
    assert page.text_content("#count") == "2 statements by 2 named speakers"
    assert page.text_content(".article-facts") == f"news{name}"


def test_a_file_that_is_dropped(open_page: Open) -> None:
    page = open_page()
    page.evaluate(
        """(text) => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([text], "dropped.txt"));
            for (const type of ["dragover", "drop"]) {
                document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
            }
        }""",
        TEXT,
    )
    page.wait_for_selector("#article article")
    assert "dropped.txt" in page.text_content(".article-facts")
    assert page.locator(".is-dropping").count() == 0


def test_the_download_is_the_record(open_page: Open, client: TestClient, tmp_path: Path) -> None:
    page = open_page()
    annotate(page, TEXT)
    with page.expect_download() as downloading:
        page.click("#download")
    assert downloading.value.suggested_filename == "pasted-text.json"
    downloading.value.save_as(tmp_path / "record.json")
    sent = client.post("/annotate", json={"text": TEXT, "id": "pasted text"})
    assert (tmp_path / "record.json").read_text(encoding="utf-8") == sent.text + "\n"


def test_nothing_to_annotate(open_page: Open) -> None:
    page = open_page()
    page.fill("#text", " \n")
    page.click("#annotate")
    assert page.text_content("[role=alert]") == "There is no text to annotate. Paste an article or open a file."
    annotate(page, TEXT)
    assert not page.is_visible("[role=alert]")


def test_what_the_service_says_is_shown(open_page: Open) -> None:
    page = open_page(expected="422")
    page.set_input_files("#file", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"})
    page.wait_for_selector("[role=alert]:visible")
    assert page.text_content("[role=alert]") == "A.pdf: looks like a PDF, not text; convert it to text first."
    assert page.is_enabled("#annotate")
    assert not page.is_visible("#busy")


def test_a_file_that_is_too_large_is_not_sent(open_page: Open) -> None:
    page = open_page()
    page.set_input_files("#file", {"name": "a.txt", "mimeType": "text/plain", "buffer": b"a" * (MAX_BYTES + 1)})
    page.wait_for_selector("[role=alert]:visible")
    assert page.text_content("[role=alert]").startswith("A.txt is larger than 2,000,000 bytes")


def test_a_service_that_is_gone(open_page: Open) -> None:
    page = open_page(expected="ERR_FAILED")
    page.route("**/annotate", lambda route: route.abort())
    page.fill("#text", TEXT)
    page.click("#annotate")
    page.wait_for_selector("[role=alert]:visible")
    assert "Is quotes serve still running?" in page.text_content("[role=alert]")


def test_the_wait_is_told(open_page: Open) -> None:
    page = open_page()
    page.route("**/annotate", lambda route: None)  # no answer
    page.fill("#text", TEXT)
    page.click("#annotate")
    assert page.text_content("#said") == "Annotating the text"
    page.wait_for_selector("#elapsed:text-is('1 s')")
    assert not page.is_enabled("#annotate")


def test_hostile_texts_stay_texts(open_page: Open) -> None:
    page = open_page()
    text = "\n\n".join(f"“{one},” {one} said. Ann Lee, {one}, said that {one}." for one in HOSTILE)
    annotate(page, text)
    assert page.locator("#article .badge").count() >= len(HOSTILE)
    for _ in range(page.locator("#article .badge").count()):
        page.keyboard.press("j")
        assert page.is_visible("#details")
    open_table(page)
    for one in HOSTILE[:5]:
        assert one in page.text_content("#article")
    assert page.evaluate("window.hacked") is None
    assert page.locator("#article img, #article svg, #article script, #rows img, #details img").count() == 0


def test_hostile_records_stay_texts(open_page: Open) -> None:
    """Names, ids and rules, too, whoever answers."""
    page = open_page()
    evil = "<img src=x onerror=window.hacked=1>"
    span = {"text": evil, "start": 0, "end": len(evil)}
    speaker = {"id": 0, "name": evil, "kind": evil, "role": evil, "affiliation": evil, "kb_id": evil}
    quote = {"id": 0, "type": "direct", "spans": [[0, len(evil)]], "cue": span, "mention": span, "target": span}
    record = {
        **{"id": evil, "path": f"{evil}/", "title": evil, "date": evil, "text": f"{evil} {evil}", "warnings": [evil]},
        "speakers": [speaker],
        "quotes": [{**quote, "speaker": 0, "rule": evil, "confidence": 1, "stances": []}],
    }
    page.route("**/annotate", lambda route: route.fulfill(body=json.dumps(record), content_type="application/json"))
    annotate(page, evil)
    page.keyboard.press("j")
    open_table(page)
    assert evil in page.text_content("#details")
    assert page.evaluate("window.hacked") is None
    assert page.locator("img").count() == 0


def test_the_theme_can_be_chosen(open_page: Open) -> None:
    page = open_page(color_scheme="dark")
    assert page.text_content("#theme") == "Light"
    page.click("#theme")
    assert page.evaluate("document.documentElement.dataset.theme") == "light"


@pytest.mark.parametrize("width", [320, 700, 1000])
def test_nothing_is_wider_than_the_window(open_page: Open, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 700}, reduced_motion="reduce")
    annotate(page, TEXT + " “" + "w" * 400 + ",” said Ann Lee.")
    page.keyboard.press("j")
    page.click("#close-details")
    open_table(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_in_the_page_can_be_read_by_name(open_page: Open) -> None:
    page = open_page()
    annotate(page, TEXT)
    page.keyboard.press("j")
    for role, name in {
        "textbox": "Article",
        "region": "Statements",
        "complementary": "Statement",
        "button": "Next statement",
        "form": "Article to annotate",
    }.items():
        assert page.get_by_role(role, name=name, exact=True).count() == 1, role


def test_scripts_build_no_html_from_strings() -> None:
    source = (Path(quotes.__file__).parent / "serve" / "static" / "serve.js").read_text(encoding="utf-8")
    assert not [name for name in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write") if name in source]
    assert "</script" not in source
