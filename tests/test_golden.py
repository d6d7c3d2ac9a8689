"""The shipped articles as a whole: what is found in each, kept in `golden/` for the reader of a diff.

`pytest --update-golden` writes the files anew. Confidence is left out: it moves with every count.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path

import pytest

import quotes
from quotes.articles import read_articles
from quotes.schema import AnnotatedArticle, Article, Quote, Speaker

ARTICLES = sorted((Path(__file__).parents[1] / "data" / "articles").glob("*.txt"))
GOLDEN = Path(__file__).parent / "golden"


def row(cells: Iterable[str | None]) -> str:
    """One line of a table; line breaks within a cell are escaped, an empty cell is a hyphen."""
    return " | ".join(cell.replace("\r", "\\r").replace("\n", "\\n") if cell else "-" for cell in cells)


def show_speaker(speaker: Speaker) -> str:
    about = (speaker.kind, speaker.role, speaker.affiliation, ", ".join(speaker.aliases), speaker.kb_id)
    return row([speaker.name, *about, str(len(speaker.mentions))])


def show_quote(record: AnnotatedArticle, quote: Quote) -> str:
    speaker = None if quote.speaker is None else record.speakers[quote.speaker].name
    mention, cue = (None if span is None else span.text for span in (quote.mention, quote.cue))
    text = " [...] ".join(record.text[start:end] for start, end in quote.spans)
    return row([quote.type, speaker, mention, cue, quote.rule, text])


def render(record: AnnotatedArticle) -> str:
    """A record as text: the quotes, one a line, then the speakers and the warnings."""
    lines = [
        f"{record.id}: title {record.title or '-'}, date {record.date or '-'}",
        "",
        "type | speaker | mention | cue | rule | text",
        *[show_quote(record, quote) for quote in record.quotes],
        "",
        "speaker | kind | role | affiliation | aliases | id | mentions",
        *[show_speaker(speaker) for speaker in record.speakers],
    ]
    if record.warnings:
        lines += ["", *record.warnings]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("path", ARTICLES, ids=[path.stem for path in ARTICLES])
def test_article_gives_what_it_gave(path: Path, pipeline: quotes.Pipeline, request: pytest.FixtureRequest) -> None:
    (article,) = read_articles(path)
    assert isinstance(article, Article)
    found = render(pipeline(article))
    golden = GOLDEN / f"{path.stem}.txt"
    if request.config.getoption("--update-golden"):
        golden.write_text(found, encoding="utf-8", newline="\n")
    expected = golden.read_text(encoding="utf-8") if golden.exists() else ""
    if found != expected:
        diff = difflib.unified_diff(expected.splitlines(), found.splitlines(), "golden", "found", n=1, lineterm="")
        pytest.fail("\n".join([*diff, "If this is better: pytest --update-golden"]), pytrace=False)


def test_every_golden_file_has_an_article() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} <= {path.stem for path in ARTICLES}
