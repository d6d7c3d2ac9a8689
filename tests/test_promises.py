"""What holds of any text: offsets, no error, the same record every time, and a stray mark stays local."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pydantic
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

import quotes
from quotes.articles import article_from_text
from quotes.schema import AnnotatedArticle, Offsets, Quote

ARTICLES = sorted((Path(__file__).parents[1] / "data" / "articles").glob("*.txt"))

some = settings(deadline=None, max_examples=60)
few = settings(deadline=None, max_examples=25)

MARKS = ['"', "'", "“", "”", "‘", "’", "„", "‟", "«", "»", "‹", "›", "``", "''", "`", "「", "」", "＂"]
FRAGMENTS = [
    *MARKS,
    *("said", "says", "told reporters", "vowed to", "according to", "accused", "of fraud", "asked", "denied that"),
    *("Ana Brandt", "President Adem Kolar", "Dr. O’Neill", "the ministry", "She", "he", "it", "Kolar's", "U.S."),
    *("the bridge is safe", "We will rebuild", "no comment", "1,200 homes", "3.5%", "—", "--", "...", "…"),
    *(".", ",", "?", "!", ":", ";", "(", ")", "[", "]", "*", "_", "#", "|", "\\"),
    *("\n", "\n\n", "\r\n", "\r", "\t", " ", "\u00a0", "\u2028", "\u2029", "\x0b", "\x0c", "\x85"),
    *("\0", "\ufeff", "\u200b", "\u200d", "\u202e", "\u2066", "\u0301", "e\u0301", "ﬁ", "ß", "İ", "ǆ"),
    *("🗞️", "👩\u200d🚒", "🇮🇶", "محمد جواد ظريف", "שלום", "Зарифов", "安倍晋三", "नमस्ते", "𝔗𝔥𝔢", "\U0010ffff"),
    *("date 2019-12-30", "http://example.org/a?b=c", "a@b.example", "<p>", "&quot;", "{{", "%s", "\ud800", "\udfff"),
]
any_text = st.text(st.characters(exclude_categories=()), max_size=200)
news_like = st.lists(st.sampled_from(FRAGMENTS), max_size=60).flatmap(
    lambda parts: st.sampled_from([" ", ""]).map(lambda joint: joint.join(parts))
)
texts = any_text | news_like

PARAGRAPHED = [
    [
        "The ferry Aurelia ran aground off Skarv Point before dawn on Sunday with 212 people on board.",
        "“The lights went out and the floor tilted,” Edda Moberg, a nurse, said.",
        "Captain Jonas Wirth told the coastguard that the radar had failed twice since March.",
        "The company was quick to answer. It called the report “premature and unfair” and promised an inquiry.",
        "Transport Minister Lotte Aalto said the ship would stay in port.",
        "Tugs pulled the wreck free at noon.",
        "According to the harbour office, nobody was hurt.",
    ],
    [
        "Teachers in Marlow went on strike on Thursday, the third time this year.",
        'The union accused the city of breaking "a promise made in writing" to mend the roofs.',
        "School board chairman Ned Abara declined to comment.",
        'Mayor Ruth Calloway urged both sides to return to the table. She called the strike "a blow to families".',
        "Some 4,000 pupils stayed at home.",
        "The library opened two hours early.",
        'Calloway added: "We have found the money, and it will be spent on roofs."',
        "Buses ran as usual.",
        "Parents said they supported the teachers.",
    ],
    [
        "Scientists have found a reef the size of a town off the Corran Islands.",
        "The reef lies at a depth of 90 metres, Dr Priya Nandan wrote in a report on Monday.",
        "‘Nobody had looked there before,’ she said.",
        "The islands’ fishermen weren't surprised.",
        "Fisherman Tomas Rell says his father’s maps have shown it for decades.",
        "The ministry said that it would close the waters until May.",
        "Divers will return in the spring.",
    ],
]


def spans_of(quote: Quote) -> Iterator[Offsets]:
    """All offsets that a quote carries."""
    yield from quote.spans
    yield from ((span.start, span.end) for span in (quote.cue, quote.mention) if span is not None)


def check(record: AnnotatedArticle) -> None:
    """All that a record promises, without trust in the checks of its own model."""
    size = len(record.text)
    for number, quote in enumerate(record.quotes):
        assert quote.id == number
        assert quote.rule
        assert 0 <= quote.confidence <= 1
        assert all(0 <= start < end <= size for start, end in spans_of(quote))
        assert quote.text == " ".join(record.text[start:end] for start, end in quote.spans)
        assert list(quote.spans) == sorted(quote.spans)
        assert all(end <= start for (_, end), (start, _) in zip(quote.spans, quote.spans[1:], strict=False))
        for span in (quote.cue, quote.mention):
            assert span is None or record.text[span.start : span.end] == span.text
        assert quote.speaker is None or record.speakers[quote.speaker].id == quote.speaker
        assert quote.speaker is None or quote.mention is not None
    starts = [quote.spans[0][0] for quote in record.quotes]
    assert starts == sorted(starts)
    assert len({quote.spans for quote in record.quotes}) == len(record.quotes)
    for number, speaker in enumerate(record.speakers):
        assert speaker.id == number
        assert speaker.name.strip()
        assert all(0 <= start < end <= size for start, end in speaker.mentions)
        assert list(speaker.mentions) == sorted(set(speaker.mentions))


# ---- any text


@some
@given(text=any_text)
def test_any_text_gives_a_record(text: str, pipeline: quotes.Pipeline) -> None:
    check(pipeline(text))


@some
@given(text=news_like)
@example(text="“")
@example(text="\0“We will rebuild,” Ana Brandt said.\0")
@example(text="“We will rebuild,” said \ud800.")
@example(text="said said said: “said” said said")
@example(text="According to according to, said.")
@example(text="\u202e“We will rebuild,”\u202c Ana Brandt said.")
def test_news_like_text_gives_a_record(text: str, pipeline: quotes.Pipeline) -> None:
    check(pipeline(text))


@few
@given(text=texts)
def test_text_is_kept_but_for_lone_surrogates(text: str, pipeline: quotes.Pipeline) -> None:
    kept = pipeline(text).text
    assert len(kept) == len(text)
    assert all(a == b or "\ud800" <= a <= "\udfff" for a, b in zip(text, kept, strict=True))
    kept.encode("utf-8")


@few
@given(text=texts)
def test_record_survives_json(text: str, pipeline: quotes.Pipeline) -> None:
    record = pipeline(text)
    line = record.model_dump_json()
    assert "\n" not in line
    assert AnnotatedArticle.model_validate_json(line) == record
    assert AnnotatedArticle.model_validate_json(line.encode("utf-8")).model_dump_json() == line


@few
@given(text=texts, body=st.integers(0, 300))
def test_nothing_before_the_body_is_searched(text: str, body: int, pipeline: quotes.Pipeline) -> None:
    article = article_from_text(text).model_copy(update={"body": body})
    record = pipeline(article)
    check(record)
    assert all(start >= body for quote in record.quotes for start, _ in spans_of(quote))


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\ufeff", "\0", "”", "“”", "''", "“ ”", ":", "—", "said"])
def test_text_without_a_statement_has_none(text: str, pipeline: quotes.Pipeline) -> None:
    record = pipeline(text)
    assert record.text == text
    assert record.quotes == ()
    assert record.speakers == ()


@pytest.mark.parametrize(
    ("piece", "times"),
    [
        pytest.param("word ", 8_000, id="words"),
        pytest.param("“", 8_000, id="opening-marks"),
        pytest.param("'\" ", 8_000, id="mixed-marks"),
        pytest.param("(", 8_000, id="brackets"),
        pytest.param("said ", 4_000, id="cues"),
        pytest.param("he said that ", 2_000, id="nested-cues"),
        pytest.param("“We will rebuild,” Ana Brandt said. ", 400, id="sentences"),
        pytest.param("Ana Brandt ", 4_000, id="names"),
        pytest.param("x", 200_000, id="one-word"),
        pytest.param("\n", 50_000, id="empty-lines"),
        pytest.param("and rebuild, ", 4_000, id="one-list"),
    ],
)
def test_time_for_one_huge_line_grows_with_its_length(piece: str, times: int, pipeline: quotes.Pipeline) -> None:
    seconds = []
    for count in (times // 4, times):
        began = time.perf_counter()
        check(pipeline(f"“We will rebuild,” said Ana Brandt, who {piece * count} said."))
        seconds.append(time.perf_counter() - began)
    # four times the length; work that grows with its square takes 16 times as long
    assert seconds[1] < 2 or seconds[1] < 7 * seconds[0]


# ---- the same every time


@few
@given(batch=st.lists(texts | st.sampled_from(["\n\n".join(parts) for parts in PARAGRAPHED]), min_size=1, max_size=4))
def test_one_and_many_give_the_same_record(batch: list[str], pipeline: quotes.Pipeline) -> None:
    articles = [article_from_text(text, f"a{number}") for number, text in enumerate(batch)]
    alone = [pipeline(article) for article in articles]
    assert list(pipeline.pipe(articles)) == alone
    assert list(pipeline.pipe(reversed(articles))) == alone[::-1]
    together = [record.model_copy(update={"id": "text"}) for record in pipeline.pipe(batch)]
    assert together == [pipeline(text) for text in batch]


def test_another_pipeline_gives_the_same_records(pipeline: quotes.Pipeline) -> None:
    contents = [path.read_bytes().decode("utf-8") for path in ARTICLES[:4]]
    other = quotes.load(tags=False)
    assert [other(text) for text in reversed(contents)] == [pipeline(text) for text in contents][::-1]


def test_pipe_takes_one_article_at_a_time(pipeline: quotes.Pipeline) -> None:
    taken: list[int] = []

    def source() -> Iterator[str]:
        for number in range(3):
            taken.append(number)
            yield f"“We need {number} boats,” Ana Brandt said."

    records = pipeline.pipe(source())
    assert taken == []
    for number, record in enumerate(records):
        assert taken == list(range(number + 1))
        assert record.id == f"text-{number + 1}"


def test_article_keeps_what_it_came_with(pipeline: quotes.Pipeline) -> None:
    article = quotes.Article(
        id="desk/1",
        text="“We will rebuild,” Ana Brandt said.",
        path="desk/1.txt",
        title="Rebuild",
        date="2024-05-01",
        warnings=("decoded as cp1252 (not valid UTF-8)",),
    )
    record = pipeline(article)
    kept = {"id", "text", "path", "title", "date", "warnings"}
    assert record.model_dump(include=kept) == article.model_dump(include=kept)


@pytest.mark.parametrize("of", ["record", "quote", "speaker", "cue"])
def test_records_are_frozen(of: str, pipeline: quotes.Pipeline) -> None:
    record = pipeline("“We will rebuild,” Ana Brandt said.")
    (quote,) = record.quotes
    frozen: dict[str, tuple[Any, str]] = {
        "record": (record, "text"),
        "quote": (quote, "spans"),
        "speaker": (record.speakers[0], "name"),
        "cue": (quote.cue, "start"),
    }
    thing, attribute = frozen[of]
    with pytest.raises(pydantic.ValidationError, match="frozen"):
        setattr(thing, attribute, getattr(thing, attribute))


# ---- a stray mark costs at most its own paragraph


def paragraph_bounds(parts: list[str]) -> list[Offsets]:
    bounds, at = [], 0
    for part in parts:
        bounds.append((at, at + len(part)))
        at += len(part) + 2
    return bounds


def in_paragraph(record: AnnotatedArticle, bounds: Offsets) -> list[tuple[Any, ...]]:
    """The quotes that start in a paragraph, offsets counted from its start.

    Canonical names are left out: "Calloway" is short for a name that another paragraph gives, and
    that one may be the damaged one.
    """
    found: list[tuple[Any, ...]] = []
    for quote in record.quotes:
        if bounds[0] <= quote.spans[0][0] < bounds[1]:
            offsets = [(start - bounds[0], end - bounds[0]) for start, end in spans_of(quote)]
            found.append((quote.type, quote.text, quote.rule, quote.speaker is None, *offsets))
    return found


@st.composite
def strays(draw: st.DrawFn) -> tuple[int, int, int, str]:
    """A text, a paragraph of it, a place between two words there, and a mark."""
    which = draw(st.integers(0, len(PARAGRAPHED) - 1))
    number = draw(st.integers(0, len(PARAGRAPHED[which]) - 1))
    paragraph = PARAGRAPHED[which][number]
    places = [0, len(paragraph), *(i + after for i, char in enumerate(paragraph) if char == " " for after in (0, 1))]
    return which, number, draw(st.sampled_from(places)), draw(st.sampled_from(MARKS))


@settings(deadline=None, max_examples=60)
@given(stray=strays())
def test_stray_mark_stays_local(stray: tuple[int, int, int, str], pipeline: quotes.Pipeline) -> None:
    which, number, place, mark = stray
    parts = PARAGRAPHED[which]
    damaged = [*parts]
    damaged[number] = parts[number][:place] + mark + parts[number][place:]
    before, after = (pipeline("\n\n".join(p)) for p in (parts, damaged))
    check(after)
    for other, (was, now) in enumerate(zip(paragraph_bounds(parts), paragraph_bounds(damaged), strict=True)):
        if abs(other - number) > 1:
            assert in_paragraph(after, now) == in_paragraph(before, was), f"paragraph {other}: {parts[other]!r}"


@pytest.mark.parametrize("parts", PARAGRAPHED, ids=["ferry", "strike", "reef"])
def test_the_texts_for_stray_marks_have_statements(parts: list[str], pipeline: quotes.Pipeline) -> None:
    record = pipeline("\n\n".join(parts))
    assert sum(bool(in_paragraph(record, bounds)) for bounds in paragraph_bounds(parts)) >= 4
    assert record.warnings == ()


def test_stray_mark_is_warned_of(pipeline: quotes.Pipeline) -> None:
    parts = PARAGRAPHED[0]
    record = pipeline("\n\n".join([*parts[:5], "Tugs “pulled the wreck free at noon.", parts[6]]))
    assert [warning for warning in record.warnings if "mark" in warning]


# ---- line ends


def quotes_by_words(record: AnnotatedArticle) -> list[tuple[Any, ...]]:
    """Quotes with offsets counted in characters other than carriage returns."""
    text = record.text

    def plain(offset: int) -> int:
        return offset - text.count("\r", 0, offset)

    return [
        (
            quote.type,
            quote.text.replace("\r", ""),
            quote.rule,
            quote.speaker,
            *((plain(start), plain(end)) for start, end in spans_of(quote)),
        )
        for quote in record.quotes
    ]


@pytest.mark.parametrize("path", ARTICLES, ids=[path.stem for path in ARTICLES])
def test_line_ends_make_no_difference(path: Path, pipeline: quotes.Pipeline) -> None:
    unix = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    record, windows = pipeline(unix), pipeline(unix.replace("\n", "\r\n"))
    assert record.quotes
    assert quotes_by_words(windows) == quotes_by_words(record)
    assert [speaker.name for speaker in windows.speakers] == [speaker.name for speaker in record.speakers]


@few
@given(text=texts)
def test_empty_lines_around_make_no_difference(text: str, pipeline: quotes.Pipeline) -> None:
    assume(text == text.strip() and "\r" not in text)
    article = article_from_text(text)
    padded = pipeline(article.model_copy(update={"text": f"\n\n{article.text}\n\n", "body": 0}))
    plain = pipeline(article.model_copy(update={"body": 0}))
    assert [[(start - 2, end - 2) for start, end in spans_of(quote)] for quote in padded.quotes] == [
        list(spans_of(quote)) for quote in plain.quotes
    ]
