"""What a reader can do with the page, done in a headless browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote as percent

import pytest

from quotes.report import write_report
from quotes.schema import AnnotatedArticle, ErrorRecord, Failure, Quote, QuoteType, Span

Build = Callable[..., AnnotatedArticle]
Open = Callable[..., Any]

ODD_ID = "dir/ä b&c=d#e%2F?'\"<i>"
ANN_AGAINST = {"words": "“The bridge must go,”", "speaker": "Ann Lee", "target": "The bridge", "stance": "against"}
SAID: dict[str, list[dict[str, Any]]] = {
    "a": [
        {**ANN_AGAINST, "tone": "urging"},
        {"words": "“A bridge is a fine thing.”", "speaker": "Bo Ek", "target": "A bridge", "stance": "favor"},
        {"words": "that talks go on", "speaker": "Bo Ek", "type": "indirect", "stance": "neutral", "confidence": 0.4},
    ],
    "b": [{**ANN_AGAINST, "tone": "urging"}, {"words": "“No comment.”", "type": "mixed"}],
    ODD_ID: [{"words": "“🗳 Voters will see 🧱,”", "speaker": "Cé Øst", "target": "🧱", "stance": "favor"}],
}
ALL = "5 statements, at 6 places, in 4 articles"


@pytest.fixture(scope="module")
def report(article: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    records = [article(id, *said, title=f"Title of {id}", date="2024-01-01") for id, said in SAID.items()]
    broken = ErrorRecord(id="x", error=Failure(kind="Empty", message="no text"))
    write_report([*records, article("d", title="Nothing said"), broken], path)
    return path


@pytest.fixture(scope="module")
def large(article: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "report.html"
    labels = [("favor", "hopeful"), ("against", "critical"), ("neutral", "neutral")]
    records = (
        article(
            f"article-{n}",
            *(
                {
                    "words": f"“{'Some words of a statement of usual length, and more. ' * 3}{n}-{m}.”",
                    "speaker": f"Speaker {(n * 7 + m) % 3000}",
                    "target": "statement",
                    "stance": labels[m % 3][0],
                    "tone": labels[m % 3][1],
                }
                for m in range(10)
            ),
            title=f"Article {n}",
            date=f"20{n % 20:02}-01-01",
        )
        for n in range(2000)
    )
    write_report(records, path)
    return path


@pytest.fixture
def hostile(hostile_records: list[AnnotatedArticle | ErrorRecord], tmp_path: Path) -> Path:
    path = tmp_path / "report.html"
    write_report(hostile_records, path)
    return path


def becomes(page: Any, read: Callable[[Any], str], expected: str) -> None:
    """What is typed takes effect after a pause, and on a busy machine after a longer one."""
    for _ in range(100):
        if read(page) == expected:
            return
        page.wait_for_timeout(50)
    assert read(page) == expected


def count(page: Any) -> str:
    return str(page.text_content("#result-count"))


def address(page: Any) -> str:
    return str(page.url).partition("#")[2]


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.textContent"))


def test_page_loads_without_a_word_in_the_console(open_report: Open, report: Path) -> None:
    page = open_report(report)
    becomes(page, count, ALL)
    assert page.locator("article").count() == 4
    assert page.locator("h1").text_content() == "Who said what"
    assert page.locator(".chart svg").count() == 6
    assert "no text" in page.text_content(".errors")


def test_page_without_tags(open_report: Open, article: Build, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_report(
        [article("a", {"words": "“Go.”", "speaker": "Ann"}, {"words": "that it goes", "type": "indirect"})], path
    )
    page = open_report(path)
    assert page.locator("button.badge > span:first-child").all_text_contents() == ["direct", "indirect"]
    page.keyboard.press("j")
    assert page.locator(".scores").count() == 0
    assert not page.is_visible("fieldset[data-choices=stance]")


def test_page_without_articles(open_report: Open, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_report([], path)
    page = open_report(path)
    becomes(page, count, "0 statements in 0 articles")
    page.keyboard.press("j")


FILTERS = {
    "search": ("input[name=q]", "FINE thing", "1 of 5 statements in 1 article", "q=FINE%20thing"),
    "search for an id": ("input[name=q]", "dir/", "1 of 5 statements in 1 article", "q=dir%2F"),
    "speaker": ("input[name=speaker]", "bo ek", "2 of 5 statements in 1 article", "speaker=bo%20ek"),
    "part of a speaker": ("input[name=speaker]", "øst", "1 of 5 statements in 1 article", "speaker=%C3%B8st"),
    "target": ("input[name=target]", "bridge", "2 of 5 statements, at 3 places, in 2 articles", "target=bridge"),
    "stance": ("input[value=favor]", None, "2 of 5 statements in 2 articles", "stance=favor"),
    "no stance": ("[name=stance][value=none]", None, "1 of 5 statements in 1 article", "stance=none"),
    "tone": ("input[value=urging]", None, "1 of 5 statements, at 2 places, in 2 articles", "tone=urging"),
    "type": ("input[value=indirect]", None, "1 of 5 statements in 1 article", "type=indirect"),
    "nothing": ("input[name=q]", "zebra", "0 of 5 statements in 0 articles", "q=zebra"),
}


@pytest.mark.parametrize("name", FILTERS)
def test_filter(open_report: Open, report: Path, name: str) -> None:
    control, typed, expected, hash = FILTERS[name]
    page = open_report(report)
    if typed is None:
        page.check(control)
    else:
        page.fill(control, typed)
    becomes(page, count, expected)
    assert page.is_visible("#nothing-found") is (name == "nothing")
    becomes(page, address, hash)
    # What another reader sees who is sent the address.
    becomes(open_report(report, f"#{hash}"), count, expected)
    page.click("#clear")
    becomes(page, count, ALL)
    becomes(page, address, "")


def test_confidence(open_report: Open, report: Path) -> None:
    page = open_report(report)
    page.focus("input[name=min]")
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    becomes(page, count, "4 of 5 statements, at 5 places, in 3 articles")
    assert page.text_content(".min-shown") == "50 %"
    becomes(page, address, "min=0.5")


def test_filters_combine_and_choices_count(open_report: Open, report: Path) -> None:
    page = open_report(report)
    page.fill("input[name=speaker]", "Bo Ek")
    page.check("input[value=favor]")
    becomes(page, count, "1 of 5 statements in 1 article")
    counts = page.locator("fieldset[data-choices=stance] .count").all_text_contents()
    assert counts == ["1", "0", "1", "0"]  # in favor, against, neutral, none: of Bo Ek
    page.check("[name=stance][value=neutral]")
    becomes(page, count, "2 of 5 statements in 1 article")
    becomes(page, address, "speaker=Bo%20Ek&stance=favor%2Cneutral")
    # Statements that aren't wanted are text like any other.
    assert page.locator("article .statement").count() > 0
    assert page.locator("article button.badge:visible").count() == 2
    assert page.locator("article .stance-against:visible").count() == 0


def test_figures_lead_to_their_statements(open_report: Open, report: Path) -> None:
    page = open_report(report)
    page.click(".matrix tbody a.stance-against")
    becomes(page, count, "1 of 5 statements, at 2 places, in 2 articles")
    assert page.input_value("input[name=speaker]") == "Ann Lee"
    assert page.is_checked("input[value=against]")
    assert page.evaluate("document.activeElement.id") == "articles-heading"


@pytest.mark.parametrize("id", SAID)
def test_deep_link_goes_to_its_statement(open_report: Open, report: Path, id: str) -> None:
    page = open_report(report, f"#a={percent(id, safe='')}&s=0")
    assert "statement 1 of" in focused(page)
    words = SAID[id][0]["words"]
    assert page.text_content("#details blockquote") == words
    assert "".join(page.locator(".is-active").all_text_contents()) == words


def test_deep_link_goes_before_filters_that_hide_it(open_report: Open, report: Path) -> None:
    page = open_report(report, "#stance=favor&a=b&s=0")
    assert page.text_content("#details blockquote") == "“The bridge must go,”"
    becomes(page, count, ALL)


@pytest.mark.parametrize(
    "hash", ["#a=nowhere&s=0", "#a=a&s=99", "#a=a&s=x", "#page=99&min=7", "#%E0%A4%A", "#=&&==", "#x"]
)
def test_wrong_addresses_do_no_harm(open_report: Open, report: Path, hash: str) -> None:
    becomes(open_report(report, hash), count, ALL)


def test_link_of_a_statement_can_be_copied(open_report: Open, report: Path) -> None:
    page = open_report(report, f"#a={percent(ODD_ID, safe='')}&s=0", permissions=["clipboard-read", "clipboard-write"])
    page.click("#copy-link")
    page.wait_for_selector("#said:text('Link copied')", state="attached")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == f"{report.as_uri()}#a={percent(ODD_ID, safe='!*()')}&s=0".replace("%27", "'")


def test_repeated_statement_leads_to_its_other_place(open_report: Open, report: Path) -> None:
    page = open_report(report, "#a=a&s=0")
    page.click(".places a")
    becomes(page, address, "a=b&s=0")
    assert page.evaluate("document.activeElement.closest('article').querySelector('h3').textContent") == "Title of b"


def test_keyboard(open_report: Open, report: Path) -> None:
    page = open_report(report)
    page.focus("#articles-heading")
    for _ in range(40):
        page.keyboard.press("Tab")
        if "statement" in focused(page):
            break
    assert "statement 1 of 3, by Ann Lee, against, target The bridge" in focused(page)
    assert page.is_visible("#details")
    for key, expected in [
        ("j", "2 of 3"),
        ("ArrowDown", "3 of 3"),
        ("ArrowRight", "1 of 2"),
        ("k", "3 of 3"),
        ("ArrowUp", "2 of 3"),
    ]:
        page.keyboard.press(key)
        assert f"statement {expected}" in focused(page), key
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "details"
    page.keyboard.press("Escape")
    assert not page.is_visible("#details")
    assert "statement 2 of 3" in focused(page)
    becomes(page, address, "")


def test_letters_typed_into_a_filter_stay_there(open_report: Open, report: Path) -> None:
    page = open_report(report)
    page.focus("input[name=q]")
    page.keyboard.type("jk")
    assert page.input_value("input[name=q]") == "jk"
    assert not page.is_visible("#details")


def test_details_say_all_there_is(open_report: Open, report: Path) -> None:
    page = open_report(report, "#a=a&s=0")
    shown = re.sub(r"\s+", " ", page.inner_text("#details"))
    for part in [
        "▼ urging",
        "Statement 1 of 3",
        "Speaker Ann Lee",
        "Cue said",
        "Target The bridge",
        "direct: ",
        "Rule subject",
    ]:
        assert part in shown
    assert "Confidence 90 %" in shown
    assert re.search(r"against 80 %.*in favor 10 %", shown)


def test_pointing_at_a_statement_shows_speaker_cue_and_target(open_report: Open, report: Path) -> None:
    page = open_report(report)
    page.hover("article >> nth=0 >> .statement >> nth=-1")
    assert page.locator(".is-near-mention").all_text_contents() == ["Bo Ek"]
    assert page.locator(".is-near-cue").all_text_contents() == ["said"]
    page.hover("article >> nth=0 >> .statement >> nth=0")
    assert page.locator(".is-near-target").all_text_contents() == ["The bridge"]
    page.hover("h1")
    assert page.locator("[class*=is-near]").count() == 0


def test_statements_within_and_across_one_another(open_report: Open, article: Build, tmp_path: Path) -> None:
    text = "Ann said Bo “told her 🧱 it was over” on Monday, and left."
    spans = [(9, 36), (12, 36), (22, 47)]  # Bo … over” / “told … over” / 🧱 … Monday
    types: tuple[QuoteType, ...] = ("mixed", "direct", "indirect")
    quotes = tuple(
        Quote(id=n, type=types[n], text=text[a:b], spans=((a, b),), rule="subject", confidence=0.9)
        for n, (a, b) in enumerate(spans)
    )
    cue = Span(text="told", start=13, end=17)
    record = AnnotatedArticle(id="a", text=text, quotes=(quotes[0].model_copy(update={"cue": cue}), *quotes[1:]))
    path = tmp_path / "report.html"
    write_report([record], path)
    page = open_report(path)
    assert (
        page.evaluate("[...document.querySelectorAll('.article-text .piece')].map(p => p.textContent).join('')")
        == text[9:47]
    )
    for at, (start, end) in enumerate(spans):
        page.focus(f"button.badge[data-quote='{at}']")
        assert "".join(page.locator(".is-active").all_text_contents()) == text[start:end]
    order = page.evaluate("[...document.querySelectorAll('button.badge')].map(b => b.dataset.quote)")
    assert order == ["1", "0", "2"]  # of two that end together the inner one first


def test_light_and_dark(open_report: Open, report: Path) -> None:
    page = open_report(report, color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(ground)
    page.click("#theme")
    light = page.evaluate(ground)
    assert light != dark
    page.reload()
    page.wait_for_selector("html[data-ready]", state="attached")
    assert page.evaluate(ground) == light
    assert page.text_content("#theme") == "Dark"


def test_hostile_texts_do_nothing(open_report: Open, hostile: Path) -> None:
    page = open_report(hostile)
    page.wait_for_timeout(200)
    for _ in range(page.locator("button.badge").count()):
        page.keyboard.press("j")
        assert page.text_content("#details blockquote")
    assert page.evaluate("window.hacked") is None
    assert page.locator("article :is(img, svg, script, style, iframe, b, i)").count() == 0
    assert "<img src=x onerror=window.hacked=1>" in page.text_content("#article-list")
    page.fill("input[name=q]", "<img")
    becomes(page, count, "1 of 9 statements in 1 article")


def test_paper(open_report: Open, report: Path, tmp_path: Path) -> None:
    page = open_report(report)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator(".printed-table:visible").count() == 3
    assert not page.is_visible("#filters")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".printed-table").count() == 0
    assert page.pdf().startswith(b"%PDF")


@pytest.mark.parametrize("width", [320, 375, 768, 1024])
def test_nothing_sticks_out_of_a_narrow_window(open_report: Open, report: Path, width: int) -> None:
    page = open_report(report, "#a=a&s=1", viewport={"width": width, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.is_visible("#filters-fold > label") is (width > 900)


def test_two_thousand_articles(open_report: Open, large: Path) -> None:
    page = open_report(large)
    becomes(page, count, "20,000 statements in 2,000 articles")
    assert page.locator("article").count() == 20
    assert "Page 1 of 100" in page.text_content(".pager >> nth=0")
    page.click(".pager >> nth=0 >> [data-step='1']")
    assert page.text_content("article h3 >> nth=0") == "Article 20"
    # From a page's last statement to the next page's first one.
    page.focus("article:last-child button.badge >> nth=-1")
    page.keyboard.press("j")
    assert page.text_content("article h3 >> nth=0") == "Article 40"
    becomes(page, address, "page=3&a=article-40&s=0")
    page.fill("input[name=speaker]", "Speaker 17")
    becomes(page, count, "7 of 20,000 statements in 7 articles")


def test_typing_is_answered_at_once_among_two_thousand_articles(open_report: Open, large: Path) -> None:
    page = open_report(large)
    page.evaluate("""
        window.longest = 0;
        new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) window.longest = Math.max(window.longest, entry.duration);
        }).observe({type: "longtask"});
    """)
    page.focus("input[name=q]")
    page.keyboard.type("usual length article-1999", delay=120)
    becomes(page, count, "10 of 20,000 statements in 1 article")
    assert page.evaluate("window.longest") < 1000  # some 50 ms on an idle machine


def test_deep_link_among_two_thousand_articles(open_report: Open, large: Path) -> None:
    page = open_report(large, "#a=article-1234&s=7")
    assert "statement 8 of 10" in focused(page)
    assert "Page 62 of 100" in page.text_content(".pager >> nth=0")
