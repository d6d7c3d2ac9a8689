"""The page file: whole, self-contained, and safe whatever the texts are."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.errors import QuotesError
from quotes.report import write_report
from quotes.report.page import compact, safe_json, static
from quotes.schema import AnnotatedArticle, ErrorRecord, Failure

Build = Callable[..., AnnotatedArticle]
Records = list[AnnotatedArticle | ErrorRecord]


class Elements(HTMLParser):
    """Elements with their attributes, and the texts of scripts."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.elements)


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., str]:
    def write(*records: AnnotatedArticle | ErrorRecord, title: str = "Who said what") -> str:
        target = tmp_path / "report.html"
        write_report(records, target, title=title)
        return target.read_text(encoding="utf-8")

    return write


def data_of(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, object] = json.loads(found[1])
    return data


def test_the_page_names_nothing_outside_itself(article: Build, written: Callable[..., str]) -> None:
    said = {"words": "“Go.”", "speaker": "Ann Lee", "target": "Go", "stance": "against", "tone": "urging"}
    page = Elements(written(article("a", said, date="2024-01-01")))
    for tag, attributes in page.elements:
        assert not {"src", "srcset", "action", "style"} & attributes.keys(), (tag, attributes)
        assert (attributes.get("href") or "#").startswith("#")
    assert page.count("svg") == 6  # speakers, tones, dates; each wide and narrow
    assert page.count("link") == page.count("iframe") == page.count("img") == 0


def test_hostile_texts_stay_text(article: Build, written: Callable[..., str], hostile_records: Records) -> None:
    page = written(*hostile_records, title=hostile_records[0].id)
    harmless = written(article("a", {"words": "“Go.”", "speaker": "Ann"}), title="x")
    elements = Elements(page)
    assert elements.count("script") == Elements(harmless).count("script")
    assert elements.count("img") == elements.count("iframe") == 0
    for tag, attributes in elements.elements:
        assert not any(name.startswith("on") for name in attributes), (tag, attributes)
        assert not (attributes.get("href") or "").lower().startswith("javascript")
    assert "\u202e" not in page.partition('id="data"')[0]
    assert "7 * 7" in page


def test_hostile_texts_arrive_as_they_are(written: Callable[..., str], hostile_records: Records) -> None:
    records = [record for record in hostile_records if isinstance(record, AnnotatedArticle)]
    found = data_of(written(*records))["records"]
    assert [(one["id"], one["text"], one["title"]) for one in found] == [  # type: ignore[attr-defined]
        (record.id, record.text, record.title) for record in records
    ]


@settings(deadline=None)
@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_safe_json_cannot_leave_its_element(value: object) -> None:
    written = safe_json(value)
    assert json.loads(written) == value
    assert not set("<>&\u2028\u2029") & set(written)


def test_compact_keeps_what_the_page_reads(article: Build) -> None:
    said = {"words": "“Go now.”", "speaker": "Ann", "target": "now", "stance": "favor", "tone": "urging"}
    record = compact(article("a", said))
    (quote,) = record["quotes"]
    assert "text" not in quote
    assert quote["target"] == {"text": "now", "start": 4, "end": 7}
    assert quote["stance"] == {"label": "favor", "score": 0.8, "scores": {"favor": 0.8, "against": 0.1, "neutral": 0.1}}
    assert quote["tone"]["scores"]["critical"] == 0.025
    assert "date" not in record


def test_policy_allows_our_scripts_and_nothing_else(article: Build, written: Callable[..., str]) -> None:
    page = Elements(written(article("a")))
    (policy,) = (attributes["content"] for _, attributes in page.elements if "http-equiv" in attributes)
    assert policy is not None
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy


def test_scripts_build_no_html_from_strings() -> None:
    folder = Path(write_report.__code__.co_filename).parent / "static"
    for script in folder.glob("*.js"):
        source = static(script.name)
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", source)
        assert "</script" not in source


def test_an_empty_file_makes_a_page(written: Callable[..., str]) -> None:
    assert "No statements were found." in written()


def test_errors_are_listed(article: Build, written: Callable[..., str]) -> None:
    page = written(article("a"), ErrorRecord(id="b", path="in/b.txt", error=Failure(kind="Empty", message="no text")))
    assert "in/b.txt</bdi>: no text" in page


def test_the_same_records_give_the_same_page(article: Build, written: Callable[..., str]) -> None:
    records = [article("a", {"words": "“Go.”", "speaker": "Ann", "stance": "favor"}, date="2024-01-01")]
    assert written(*records) == written(*records)


def test_a_page_of_twelve_articles_is_small(article: Build, tmp_path: Path) -> None:
    said = [
        {"words": f"“{'word ' * 30}{n}.”", "speaker": f"Ann {n}", "target": "word", "stance": "favor", "tone": "urging"}
        for n in range(30)
    ]
    target = tmp_path / "report.html"
    write_report([article(f"a{n}", *said, date=f"2024-01-{n + 1:02}") for n in range(12)], target)
    assert target.stat().st_size < 1_000_000


@pytest.mark.parametrize("name", [".", "missing/report.html"])
def test_a_target_that_cannot_be_written_is_said_so(tmp_path: Path, name: str) -> None:
    with pytest.raises(QuotesError, match=r"folder"):
        write_report([], tmp_path / name)


def test_what_fails_leaves_the_old_page(article: Build, tmp_path: Path) -> None:
    def cut_off() -> Iterator[AnnotatedArticle]:
        yield article("a")
        raise QuotesError("cut off")

    target = tmp_path / "report.html"
    target.write_text("old")
    with pytest.raises(QuotesError, match="cut off"):
        write_report(cut_off(), target)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]
