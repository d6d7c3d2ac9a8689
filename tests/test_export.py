"""JSONL out and in, and the batch between: complete files only, errors with their line."""

from __future__ import annotations

import gzip
import io
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.batch import Tally, annotate, to_line
from quotes.errors import ArticleError, QuotesError
from quotes.export import check_jsonl, read_jsonl, write_jsonl
from quotes.schema import AnnotatedArticle, Article, ErrorRecord, Failure

# What str.splitlines would take for line ends, and what JSON has to escape.
AWKWARD = 'next\u2028para\u2029 line\x85 \x0b\x0c\x1c "quoted" \\ \r\n tab\t nul\x00 émigré 日本 🗳'
ARTICLE = AnnotatedArticle(id="a", text=AWKWARD)
FAILURE = ErrorRecord(id="b", path="b.txt", error=Failure(kind="ArticleError", message="empty"))
LINE = json.loads(ARTICLE.model_dump_json())


def lines_file(folder: Path, *lines: dict[str, Any] | str | bytes) -> Path:
    path = folder / "in.jsonl"
    raw = [x if isinstance(x, bytes) else (x if isinstance(x, str) else json.dumps(x)).encode() for x in lines]
    path.write_bytes(b"\n".join(raw))
    return path


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz"])
def test_what_is_written_is_read_back(tmp_path: Path, name: str) -> None:
    write_jsonl([ARTICLE, FAILURE], tmp_path / name)
    assert list(read_jsonl(tmp_path / name)) == [ARTICLE, FAILURE]
    assert list(check_jsonl(tmp_path / name)) == [ARTICLE, FAILURE]
    assert [path.name for path in tmp_path.iterdir()] == [name]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"])), max_size=4))
def test_any_text_takes_exactly_one_line(tmp_path: Path, texts: list[str]) -> None:
    records = [AnnotatedArticle(id=str(i), text=text) for i, text in enumerate(texts)]
    write_jsonl(records, tmp_path / "out.jsonl")
    assert (tmp_path / "out.jsonl").read_bytes().count(b"\n") == len(texts)
    assert list(read_jsonl(tmp_path / "out.jsonl")) == records


def test_text_outside_ascii_is_written_as_it_is() -> None:
    stream = io.BytesIO()
    write_jsonl([AnnotatedArticle(id="a", text="émigré 日本\u2028")], stream)
    assert "émigré 日本\u2028".encode() in stream.getvalue()


def test_the_same_records_give_the_same_gzip_bytes(tmp_path: Path) -> None:
    for name in ("one.gz", "two.gz"):
        write_jsonl([ARTICLE], tmp_path / name)
    assert (tmp_path / "one.gz").read_bytes() == (tmp_path / "two.gz").read_bytes()


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
@pytest.mark.parametrize("before", [None, b"the file before\n"])
def test_an_interrupted_run_leaves_what_was_there(
    tmp_path: Path, error: type[BaseException], before: bytes | None
) -> None:
    target = tmp_path / "out.jsonl"
    if before is not None:
        target.write_bytes(before)

    def interrupted() -> Iterator[AnnotatedArticle]:
        yield ARTICLE
        raise error

    with pytest.raises(error):
        write_jsonl(interrupted(), target)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == (
        {} if before is None else {"out.jsonl": before}
    )


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("real.jsonl")
    write_jsonl([ARTICLE], tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert list(read_jsonl(tmp_path / "real.jsonl")) == [ARTICLE]


def test_a_device_is_written_to_and_not_replaced() -> None:
    write_jsonl([ARTICLE], os.devnull)
    assert Path(os.devnull).is_char_device()


def test_a_target_that_cant_be_written_is_an_error_before_any_work(tmp_path: Path) -> None:
    def never() -> Iterator[AnnotatedArticle]:
        pytest.fail("work was done")
        yield ARTICLE

    with pytest.raises(QuotesError, match="is a folder; name the file"):
        write_jsonl(never(), tmp_path)
    with pytest.raises(QuotesError, match="doesn't exist; create it first"):
        write_jsonl(never(), tmp_path / "no" / "out.jsonl")


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "Invalid JSON"),
        (b'{"id": "\xff"}', "Invalid JSON"),
        ("[]", "should be an object"),
        ("3", "should be an object"),
        ({**LINE, "schema": "quotes/2"}, "schema: Input should be 'quotes/1'"),
        ({**LINE, "text": 3}, "text: Input should be a valid string"),
        ({**LINE, "stanza": 3}, "stanza: Extra inputs are not permitted"),
        ({"id": "a"}, "text: Field required"),
        ({"id": "a", "error": {"kind": "X"}}, "error.message: Field required"),
        ({**LINE, "quotes": [{}]}, "quotes.0.id: Field required; quotes.0.type: Field required"),
        ({**LINE, "speakers": [{"id": 0, "name": "A", "mentions": [[0, 99]]}]}, "mention [0, 99] is outside the text"),
    ],
)
def test_a_line_that_is_no_record_is_named(tmp_path: Path, line: dict[str, Any] | str | bytes, complaint: str) -> None:
    path = lines_file(tmp_path, LINE, "", line)
    with pytest.raises(ArticleError) as raised:
        list(read_jsonl(path))
    assert (raised.value.path, raised.value.line) == (str(path), 3)
    assert complaint in str(raised.value)
    good, bad = check_jsonl(path)
    assert good == ARTICLE
    assert isinstance(bad, ArticleError)
    assert str(bad) == str(raised.value)


QUOTE = {"id": 0, "type": "indirect", "text": "next", "spans": [[0, 4]], "rule": "any", "confidence": 1}


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ({**LINE, "id": "b", "speakers": [{"id": 1, "name": "Ann"}]}, "speakers.0.id: is 1, should be 0"),
        ({**LINE, "id": "b", "quotes": [{**QUOTE, "id": 7}]}, "quotes.0.id: is 7, should be 0"),
        (LINE, "the id 'a' is also on line 1"),
    ],
)
def test_checking_holds_a_record_to_more_than_reading_does(
    tmp_path: Path, line: dict[str, Any], complaint: str
) -> None:
    path = lines_file(tmp_path, LINE, line)
    assert len(list(read_jsonl(path))) == 2
    good, bad = check_jsonl(path)
    assert good == ARTICLE
    assert isinstance(bad, ArticleError)
    assert bad.line == 2
    assert complaint in str(bad)


def test_a_byte_order_mark_before_the_first_line_is_no_error(tmp_path: Path) -> None:
    assert list(read_jsonl(lines_file(tmp_path, b"\xef\xbb\xbf" + json.dumps(LINE).encode()))) == [ARTICLE]


def test_a_file_that_cant_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(QuotesError, match="can't be read"):
        list(read_jsonl(tmp_path / "missing.jsonl"))
    write_jsonl([ARTICLE], tmp_path / "whole.gz")
    whole = (tmp_path / "whole.gz").read_bytes()
    for damaged in (whole[:-12], b"no gzip at all", whole[:20] + b"\xff" * 20 + whole[40:], gzip.compress(b"")[:5]):
        (tmp_path / "damaged.gz").write_bytes(damaged)
        with pytest.raises(QuotesError, match="cut off or isn't gzip"):
            list(read_jsonl(tmp_path / "damaged.gz"))


class Annotator:
    """Annotates articles but those with a bad id, on which it fails."""

    def find(self, article: Article) -> AnnotatedArticle:
        if article.id == "bad":
            raise RecursionError("too deep")
        if article.id == "interrupt":
            raise KeyboardInterrupt
        return AnnotatedArticle(id=article.id, text=article.text)

    def tag(self, records: Sequence[AnnotatedArticle]) -> list[AnnotatedArticle]:
        if any(record.id == "untaggable" for record in records):
            raise ValueError("no tags")
        return [record.model_copy(update={"title": "tagged"}) for record in records]


def test_one_failing_article_costs_no_other() -> None:
    items: list[Article | ArticleError] = [
        ArticleError("e.txt: is empty", path="e.txt"),
        Article(id="good", text="x"),
        Article(id="bad", text="y", path="bad.txt"),
        ArticleError("n.jsonl, line 7: not JSON", id="n:7", path="n.jsonl", line=7),
        Article(id="last", text="z"),
    ]
    records = list(annotate(Annotator(), items))
    assert [record.id for record in records] == ["e.txt", "good", "bad", "n:7", "last"]
    failures = [record for record in records if isinstance(record, ErrorRecord)]
    assert [(failure.path, failure.error.kind, failure.error.message) for failure in failures] == [
        ("e.txt", "ArticleError", "e.txt: is empty"),
        (
            "bad.txt",
            "RecursionError",
            "bad.txt: article bad: could not be annotated (RecursionError: too deep); "
            "please report it with the article",
        ),
        ("n.jsonl", "ArticleError", "n.jsonl, line 7: not JSON"),
    ]
    tally = Tally()
    for record in records:
        tally.add(to_line(record))
    assert tally == Tally(articles=2, quotes=0, attributed=0, errors=3)


def test_an_article_that_cannot_be_tagged_costs_no_other() -> None:
    """Though they are tagged together."""
    ids = ["first", "untaggable", "bad", "last"]
    records = list(annotate(Annotator(), [Article(id=id, text="x") for id in ids]))
    assert [record.id for record in records] == ids
    assert [isinstance(record, ErrorRecord) for record in records] == [False, True, True, False]
    assert all(record.title == "tagged" for record in records if isinstance(record, AnnotatedArticle))
    (untagged,) = [record for record in records if record.id == "untaggable"]
    assert isinstance(untagged, ErrorRecord)
    assert "could not be annotated (ValueError: no tags)" in untagged.error.message


def test_a_long_run_yields_records_as_it_goes() -> None:
    taken = 0

    def articles() -> Iterator[Article]:
        nonlocal taken
        for taken in range(1, 10_000):
            yield Article(id=str(taken), text="x")

    records = annotate(Annotator(), articles())
    assert next(records).id == "1"
    assert taken < 500


def test_an_interrupt_ends_the_batch() -> None:
    with pytest.raises(KeyboardInterrupt):
        list(annotate(Annotator(), [Article(id="interrupt", text="x")]))
