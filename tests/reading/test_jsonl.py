"""JSONL: an article a line, and a bad line costs only itself."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.errors import ArticleError
from quotes.schema import Article

Read = Callable[..., list[Article | ArticleError]]
same_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)

ODD_ID = ("id is neither a string nor an integer, now 'a:1'",)
ODD_DATE = ("date 'last week' is not understood and left out; write it as 2019-12-30",)
JSONL = [
    # line, article without path
    ('{"id": "x", "text": "A."}', Article(id="x", text="A.")),
    ('{"id": 12, "text": "A."}', Article(id="12", text="A.")),
    ('{"text": "A."}', Article(id="a:1", text="A.")),
    ('{"id": null, "text": "A."}', Article(id="a:1", text="A.")),
    ('{"id": "", "text": "A."}', Article(id="a:1", text="A.")),
    ('{"id": 1.5, "text": "A."}', Article(id="a:1", text="A.", warnings=ODD_ID)),
    ('{"id": true, "text": "A."}', Article(id="a:1", text="A.", warnings=ODD_ID)),
    (
        '{"id": "x", "text": "A.", "title": "T", "date": "Dec. 30, 2019"}',
        Article(id="x", text="A.", title="T", date="2019-12-30"),
    ),
    ('{"id": "x", "text": "A.", "title": 1, "date": null, "path": [], "more": {}}', Article(id="x", text="A.")),
    ('{"id": "x", "text": "A.", "date": "last week"}', Article(id="x", text="A.", warnings=ODD_DATE)),
    ('{"id": "x", "text": "\\u201cA.\\u201d\\r\\n\\ud83d\\ude00"}', Article(id="x", text="“A.”\r\n😀")),
    ('{"id": "x", "text": "A\tB."}', Article(id="x", text="A\tB.")),
    ('\ufeff{"id": "x", "text": "A."}\r', Article(id="x", text="A.")),
]


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson.gz", "a.jsonl.zst"])
@pytest.mark.parametrize(("line", "expected"), JSONL)
def test_a_line_gives_an_article(read: Read, name: str, line: str, expected: Article) -> None:
    assert read(name, line + "\n") == [expected.model_copy(update={"path": name})]


def test_the_path_is_the_records_own(read: Read) -> None:
    (article,) = read("a.ndjson", '{"text": "A.", "path": "news/x.html"}')
    assert article.path == "news/x.html"


@pytest.mark.parametrize(
    ("line", "message", "id"),
    [
        ("{", "is not valid JSON (Expecting property name", "a:2"),
        ("He said so.", "is not valid JSON", "a:2"),
        ("[" * 100_000, "is not valid JSON", "a:2"),
        ('{"text": ' + "[" * 10_000, "is not valid JSON", "a:2"),
        ("9" * 5_000, "is not valid JSON", "a:2"),
        ('["text"]', "is not a JSON object; write one object a line", "a:2"),
        ("null", "is not a JSON object", "a:2"),
        ('{"id": "x"}', 'has no "text" that is a string; write one object a line', "x"),
        ('{"id": "x", "text": null}', 'has no "text" that is a string', "x"),
        ('{"id": "x", "text": " \\n"}', "is empty", "x"),
        (json.dumps({"id": "x", "text": "A" * 10_001}), "is longer than 10,000 characters", "x"),
        ("\0", "looks like a binary file", "a:2"),
    ],
)
def test_a_bad_line_costs_only_itself(read: Read, line: str, message: str, id: str) -> None:
    first, error, last = read("a.jsonl", f'{{"text": "One."}}\n{line}\n\n{{"text": "Four."}}', max_chars=10_000)
    assert (first.id, last.id) == ("a:1", "a:4")
    assert isinstance(error, ArticleError)
    assert str(error).startswith(f"a.jsonl, line 2: {message}")
    assert (error.id, error.path, error.line) == (id, "a.jsonl", 2)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        ('{"text": "A."}'.encode("utf-16"), "JSONL must be UTF-8"),
        (b"PK\x03\x04\n\n\n\n", "looks like a ZIP archive"),
    ],
)
@pytest.mark.parametrize("columns", [None, {"text": "body"}])
def test_a_file_that_is_no_jsonl_gives_one_error(
    read: Read, content: bytes, message: str, columns: dict[str, str] | None
) -> None:
    (error,) = read("a.jsonl", content, columns=columns)
    assert f"a.jsonl: {message}" in str(error)


RECORD = '{"body": "A.", "key": 7, "head": "T", "day": "2019-12-30", "file": "f.txt", "text": "No."}\n'


def test_columns_of_other_names(read: Read) -> None:
    columns = {"text": "body", "id": "key", "title": "head", "date": "day", "path": "file"}
    assert read("a.jsonl", RECORD, columns=columns) == [
        Article(id="7", text="A.", path="f.txt", title="T", date="2019-12-30")
    ]


@pytest.mark.parametrize("times", [1, 3, 1000])
@pytest.mark.parametrize("field", ["text", "title"])
def test_a_column_that_no_record_has_is_one_error(read: Read, times: int, field: str) -> None:
    (error,) = read("a.jsonl", RECORD * times, columns={field: "story"})
    assert str(error) == (
        f'a.jsonl: has no column "story" for the {field}; its columns are "body", "key", "head", "day", "file", "text" '
        f"(name the right one: --column {field}=NAME)"
    )


def test_some_records_may_lack_a_column(read: Read) -> None:
    lines = ['{"title": "T"}', "{", '{"text": "A."}', '{"head": "T", "text": "B."}', '{"text": "C."}']
    items = read("a.jsonl", "\n".join(lines), columns={"title": "head"})
    assert [(item.id, isinstance(item, Article)) for item in items] == [
        ("a:1", False),
        ("a:2", False),
        ("a:3", True),
        ("a:4", True),
        ("a:5", True),
    ]
    assert 'has no "text" that is a string' in str(items[0])


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(alphabet=st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
RECORDS = st.fixed_dictionaries({}, optional=dict.fromkeys(("id", "text", "title", "date", "path"), VALUES))


@same_folder
@given(values=st.lists(VALUES | RECORDS, min_size=1, max_size=3), field=st.sampled_from([None, "text", "id", "date"]))
def test_any_json_gives_one_item_a_line_or_lacks_a_column(read: Read, values: list[object], field: str | None) -> None:
    items = read("a.jsonl", "\n".join(map(json.dumps, values)), columns={field: "title"} if field else None)
    assert len(items) == len(values) or (field and "has no column" in str(items[0]))


def test_odd_bytes_cost_a_line_no_more_than_themselves(read: Read) -> None:
    """Some would pass for UTF-16, after which the line is no JSON any more."""
    (item,) = read("a.jsonl", b'{"text": "\x9fe\x9cbr\x11\xfe\x8c\xacr\xe0<"}')
    assert isinstance(item, Article)
    assert item.warnings
