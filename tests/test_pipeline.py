"""The way of an article: what the pipeline is given, what it makes of it, and how it is loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import quotes
from quotes.articles import article_from_text
from quotes.config import Options
from quotes.errors import ConfigError
from quotes.find.marks import Marked, find_marked
from quotes.pipeline import quote_type
from quotes.speakers.registry import Entry, Registry

TEXT = "“The dam will hold,” Ana Brandt, an engineer, said. Brandt vowed to stay. The mayor called it a “lie”."


def test_record_has_quotes_in_order_with_their_speakers(pipeline: quotes.Pipeline) -> None:
    record = pipeline(TEXT)
    assert [(quote.id, quote.type) for quote in record.quotes] == [(0, "direct"), (1, "indirect"), (2, "mixed")]
    names = [None if quote.speaker is None else record.speakers[quote.speaker].name for quote in record.quotes]
    assert names[:2] == ["Ana Brandt", "Ana Brandt"]
    assert names[2] not in {"Ana Brandt", None}


def test_mentions_of_a_quote_are_among_its_speakers(pipeline: quotes.Pipeline) -> None:
    record = pipeline(TEXT)
    for quote in record.quotes:
        assert quote.speaker is not None
        assert quote.mention is not None
        first, last = quote.mention.start, quote.mention.end
        assert any(start < last and first < end for start, end in record.speakers[quote.speaker].mentions)


def test_every_speaker_is_spoken_of(pipeline: quotes.Pipeline) -> None:
    """A record lists who speaks, not whoever is named."""
    record = pipeline("Tom Reyes met Ines Pardo. “The dam will hold,” Ana Brandt said.")
    assert [speaker.name for speaker in record.speakers] == ["Ana Brandt"]


def test_warnings_of_reading_come_before_those_of_finding(pipeline: quotes.Pipeline) -> None:
    article = article_from_text("Ana Brandt said: “The dam will hold.\n\nIt rained.", warnings=["read with care"])
    record = pipeline(article)
    assert record.warnings[0] == "read with care"
    assert "never closed" in record.warnings[1]


def test_date_line_is_read_and_not_searched(pipeline: quotes.Pipeline) -> None:
    text = "date 2024-05-01 Daily News\n\nThe minister said the bridge was safe."
    record = pipeline(text)
    assert record.date == "2024-05-01"
    assert [quote.text for quote in record.quotes] == ["the bridge was safe"]


def outermost(text: str) -> list[Marked]:
    return [quote for quote in find_marked(text)[0] if quote.depth == 0]


@pytest.mark.parametrize(
    ("text", "span", "type"),
    [
        ("“We won,” she said.", "“We won,”", "direct"),
        ("She said we won.", "we won", "indirect"),
        ("She said we “won”.", "we “won”", "mixed"),
        ("She said “won” is the word.", "“won” is the word", "mixed"),
        ("“We won”, she said.", "“We won”,", "direct"),
        ("She said: “We ‘won’ twice.”", "“We ‘won’ twice.”", "direct"),
        ("She said: “We won. We did", "“We won. We did", "direct"),
        ("She said “we” and “won”.", "“we” and “won”", "mixed"),
    ],
)
def test_type_is_told_by_what_stands_between_marks(text: str, span: str, type: str) -> None:
    marked, _ = find_marked(text)
    start = text.index(span)
    outer = [quote for quote in marked if quote.depth == 0]
    assert quote_type(text, [(start, start + len(span))], outer) == type


def test_type_of_several_spans_is_that_of_all() -> None:
    text = "“The plan,” he said, “is dead.” He said the plan was old."
    assert quote_type(text, [(0, 11), (21, 31)], outermost(text)) == "direct"
    assert quote_type(text, [(0, 11), (40, 56)], outermost(text)) == "mixed"


# ---- options


def test_least_confidence_leaves_quotes_out() -> None:
    every = quotes.load(Options(min_confidence=0.0))(TEXT)
    sure = quotes.load(Options(min_confidence=0.95))(TEXT)
    assert {quote.spans for quote in sure.quotes} < {quote.spans for quote in every.quotes}
    assert all(quote.confidence >= 0.95 for quote in sure.quotes)


def test_least_confidence_holds_for_every_rule() -> None:
    """Also for quotations without a cue, labels and "according to"."""
    text = (
        "Brandt: The dam will be rebuilt\n\n“Nobody warned us about it.”\n\nThe dam is safe, according to the ministry."
    )
    assert quotes.load(Options(min_confidence=0.99))(text).quotes == ()


def test_registry_names_speakers() -> None:
    registry = Registry((Entry(name="Dr Ana Brandt", aliases=("Ana Brandt",), id="Q1", role="chief engineer"),))
    (speaker, *_) = quotes.load(registry=registry)(TEXT).speakers
    assert (speaker.name, speaker.kb_id, speaker.role) == ("Dr Ana Brandt", "Q1", "chief engineer")


def test_registry_given_wins_over_the_one_in_the_options(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("- name: Ana Brandt\n  id: A\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("- name: Ana Brandt\n  id: B\n", encoding="utf-8")
    (tmp_path / "options.yaml").write_text("registry: a.yaml\n", encoding="utf-8")
    options = tmp_path / "options.yaml"
    assert quotes.load(options)(TEXT).speakers[0].kb_id == "A"
    assert quotes.load(str(options), registry=tmp_path / "b.yaml")(TEXT).speakers[0].kb_id == "B"


@pytest.mark.parametrize("options", ["missing.yaml", Path("missing.yaml")])
def test_missing_file_is_a_config_error(options: str | Path) -> None:
    with pytest.raises(ConfigError, match=r"missing\.yaml"):
        quotes.load(options)
    with pytest.raises(ConfigError, match=r"missing\.yaml"):
        quotes.load(registry=options)


def test_missing_model_is_a_config_error() -> None:
    with pytest.raises(ConfigError, match="no_such_model"):
        quotes.load(Options(spacy_model="no_such_model"))


# ---- as a library


def test_public_names_are_there() -> None:
    assert sorted(quotes.__all__) == ["AnnotatedArticle", "Article", "Pipeline", "Quote", "Speaker", "load"]
    assert set(quotes.__all__) <= set(dir(quotes))
    assert all(getattr(quotes, name).__module__.startswith("quotes.") for name in quotes.__all__)
    with pytest.raises(AttributeError, match="nothing"):
        _ = quotes.nothing  # type: ignore[attr-defined]


@pytest.mark.parametrize("module", ["quotes", "quotes.schema", "quotes.errors"])
def test_import_is_light(module: str) -> None:
    """`quotes --help` and readers of records don't wait for the parser."""
    code = f"import sys, {module}; sys.exit(int('spacy' in sys.modules or 'trafilatura' in sys.modules))"
    root = Path(__file__).parents[1]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0


def test_example_of_the_package_holds(pipeline: quotes.Pipeline) -> None:
    record = pipeline('"We will rebuild," Mayor Ann Lee said.')
    (quote,) = record.quotes
    assert quote.speaker is not None
    assert record.speakers[quote.speaker].name == "Ann Lee"
    assert record.text[slice(*quote.spans[0])] == '"We will rebuild,"'


def test_no_least_confidence_makes_no_statement_of_words_that_are_no_cues() -> None:
    every = quotes.load(Options(min_confidence=0.0))
    assert every("The minister called the clerk and carried the report to the door.").quotes == ()
