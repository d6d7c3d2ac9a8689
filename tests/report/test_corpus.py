"""Statements counted once, targets grouped, and the figures made from them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotes.report.corpus import gather
from quotes.report.overview import MATRIX_SPEAKERS, MATRIX_TARGETS, SPEAKERS_LISTED, overview
from quotes.report.wording import group_key, label, statement_key
from quotes.schema import AnnotatedArticle, ErrorRecord, Failure, Span, WatchedStance

Build = Callable[..., AnnotatedArticle]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The Bridge", "bridge", True),
        ("a bridge", "the  BRIDGE", True),
        ("The", "the", True),
        ("Then", "n", False),
        ("Straße", "STRASSE", True),
        ("bridge", "bridges", False),
    ],
)
def test_targets_group_by_words(one: str, other: str, same: bool) -> None:
    assert (group_key(one) == group_key(other)) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("“We won’t go,”", '"We won\'t go."', True),
        ("We will go", "we  will — go!", True),
        ("We will go", "We will not go", False),
        ("?!", "…", False),
    ],
)
def test_statements_are_one_by_their_words(one: str, other: str, same: bool) -> None:
    assert (statement_key(one) == statement_key(other)) is same


def test_labels_lose_what_is_not_seen() -> None:
    assert label("Ann\u202e\x00 \n Lee\u2066") == "Ann Lee"


def test_a_statement_that_two_articles_carry_is_counted_once(article: Build) -> None:
    said = {"words": "“The bridge must go,”", "speaker": "Ann Lee", "target": "The bridge", "stance": "against"}
    copied = {**said, "words": '"The bridge must go."'}
    corpus = gather([article("a", said, date="2024-05-02"), article("b", copied, date="2024-05-01")])
    (statement,) = corpus.statements
    assert statement.places == [(0, 0), (1, 0)]
    assert str(statement.date) == "2024-05-01"
    figures = overview(corpus)
    assert (figures.statements, figures.places, figures.articles) == (1, 2, 2)
    assert [(row.speaker.label, row.total) for row in figures.speakers] == [("Ann Lee", 1)]


@pytest.mark.parametrize("other", [{"speaker": "Bo Ek"}, {"speaker": None}])
def test_the_same_words_of_another_are_another_statement(article: Build, other: dict[str, str]) -> None:
    said = {"words": "“No comment,”", "speaker": "Ann Lee"}
    assert len(gather([article("a", said), article("b", {**said, **other})]).statements) == 2


def test_without_a_speaker_the_same_words_stay_apart(article: Build) -> None:
    said = {"words": "“No comment,”", "speaker": None}
    assert len(gather([article("a", said), article("b", said)]).statements) == 2


def test_matrix_counts_stances_towards_targets(article: Build) -> None:
    def said(speaker: str, words: str, target: str, stance: str) -> dict[str, str]:
        return {"words": words, "speaker": speaker, "target": target, "stance": stance}

    corpus = gather(
        [
            article(
                "a",
                said("Ann Lee", "“The bridge is bad.”", "The bridge", "against"),
                said("Ann Lee", "“That bridge is ugly.”", "bridge", "against"),
                said("Bo Ek", "“A bridge is good.”", "A bridge", "favor"),
                said("Bo Ek", "“Taxes are what they are.”", "Taxes", "neutral"),
            )
        ]
    )
    matrix = overview(corpus).matrix
    assert matrix is not None
    assert matrix.targets == ("bridge", "Taxes")
    cells = {row.speaker.label: [dict(cell) for cell in row.cells] for row in matrix.rows}
    assert cells == {"Ann Lee": [{"against": 2}, {}], "Bo Ek": [{"favor": 1}, {"neutral": 1}]}


def test_watched_targets_are_targets_with_a_stance_of_their_own(article: Build) -> None:
    said = {"words": "“The bridge of Velm is bad.”", "speaker": "Ann Lee", "target": "The bridge", "stance": "against"}
    record = article("a", said)
    quote = record.quotes[0]
    assert quote.stance is not None
    velm = WatchedStance(
        name="Velm",
        target=Span(text="Velm", start=record.text.index("Velm"), end=record.text.index("Velm") + 4),
        stance=quote.stance.model_copy(update={"label": "favor"}),
    )
    corpus = gather([record.model_copy(update={"quotes": (quote.model_copy(update={"stances": (velm,)}),)})])
    assert corpus.targets == ("bridge", "Velm")
    assert corpus.statements[0].positions == {0: "against", 1: "favor"}
    assert corpus.quote_targets == (((0, 1),),)


def test_a_pronoun_is_no_target_of_several_articles(article: Build) -> None:
    said = {"words": "“It is bad.”", "speaker": "Ann Lee", "target": "It", "stance": "against"}
    corpus = gather([article("a", said)])
    assert corpus.targets == ()
    assert overview(corpus).matrix is None


def test_articles_without_tags_have_no_matrix(article: Build) -> None:
    figures = overview(gather([article("a", {"words": "“Go.”", "speaker": "Ann Lee"})]))
    assert figures.matrix is None
    assert not figures.tagged
    assert figures.stances == {"none": 1}


def test_errors_are_kept_apart(article: Build) -> None:
    broken = ErrorRecord(id="b", error=Failure(kind="Empty", message="no text"))
    corpus = gather([broken, article("a")])
    assert corpus.errors == (broken,)
    figures = overview(corpus)
    assert (figures.articles, figures.errors, figures.statements) == (1, 1, 0)


@pytest.mark.parametrize(
    ("dates", "unit", "first", "last", "bars"),
    [
        (["2024-01-31", "2024-02-02"], "day", "2024-01-31", "2024-02-02", 3),
        (["2024-01-03", "2024-03-20"], "week", "2024-01-01", "2024-03-18", 12),
        (["2022-12-31", "2024-02-29"], "month", "2022-12", "2024-02", 15),
        (["1999-05-01", "2024-02-29"], "year", "1999", "2024", 26),
        (["0001-01-01T08:00:00Z", "9999-12-31"], "year", "0001", "9999", 2),
        (["2024-01-31", "yesterday", "2024-99-99"], "day", "2024-01-31", "2024-01-31", 1),
    ],
)
def test_timeline(article: Build, dates: list[str], unit: str, first: str, last: str, bars: int) -> None:
    records = [article(date, {"words": f"“It is {date}.”", "speaker": "Ann"}, date=date) for date in dates]
    timeline = overview(gather(records)).timeline
    assert timeline is not None
    assert timeline.unit == unit
    assert (timeline.bars[0].name, timeline.bars[-1].name, len(timeline.bars)) == (first, last, bars)
    assert sum(bar.total for bar in timeline.bars) == timeline.dated


def test_no_dates_no_timeline(article: Build) -> None:
    assert overview(gather([article("a", {"words": "“Go.”"})])).timeline is None


def test_lists_are_cut_where_they_get_long(article: Build) -> None:
    said = [
        {"words": f"“Number {n} is bad.”", "speaker": f"Ann {n}", "target": f"Number {n}", "stance": "against"}
        for n in range(SPEAKERS_LISTED + 5)
    ]
    figures = overview(gather([article("a", *said)]))
    assert len(figures.speakers) == SPEAKERS_LISTED
    assert figures.more_speakers == 5
    assert figures.matrix is not None
    assert len(figures.matrix.targets) == len(figures.matrix.rows) == MATRIX_TARGETS


def test_no_column_of_the_matrix_is_empty(article: Build) -> None:
    speakers = [("bridge", f"Ann {n}") for n in range(MATRIX_SPEAKERS)] * 2 + [("dam", "Bo Ek")]
    said = [
        {"words": f"“The {target} is bad {n}.”", "speaker": name, "target": f"The {target}", "stance": "against"}
        for n, (target, name) in enumerate(speakers)
    ]
    matrix = overview(gather([article("a", *said)])).matrix
    assert matrix is not None
    assert matrix.targets == ("bridge",)
