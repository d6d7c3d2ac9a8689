"""The page itself: data, styles and scripts put into one file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from markupsafe import Markup

from quotes.replacing import checked, replacing
from quotes.report import charts
from quotes.report.corpus import Corpus, gather
from quotes.report.overview import Overview, overview
from quotes.report.policy import security_policy
from quotes.report.wording import label
from quotes.schema import AnnotatedArticle, ErrorRecord
from quotes.templates import templates_of

STYLES = ("tokens.css", "article.css", "page.css", "print.css")
EARLY_SCRIPTS = ("theme.js",)
"""Run before anything is shown."""
SCRIPTS = ("segments.js", "article.js", "details.js", "filters.js", "location.js", "controls.js", "page.js")

_TITLE = "Who said what"
_SCORE_DIGITS = 3
# In a script element, `<` could end it or begin a comment; the line separators are for whoever
# pastes the data into older JavaScript.
_ESCAPED = "<>&\u2028\u2029"


def write_report(records: Iterable[AnnotatedArticle | ErrorRecord], target: Path, *, title: str = _TITLE) -> Overview:
    """Write records as one HTML page that needs nothing beside it, not even a network.

    Args:
        records: Annotated articles and error records, in the order in which to show them.
        target: The file to write; it appears, or is replaced, when the page is complete.
        title: Heading of the page.

    Returns:
        The figures that the page shows.

    Raises:
        QuotesError: If the target is a folder, or lies in one that doesn't exist.
        OSError: If writing fails, e.g. on a full disk.
    """
    path = checked(target)
    corpus = gather(records)
    figures = overview(corpus)
    page = _page(corpus, figures, label(title))
    with replacing(path) as stream:
        stream.write(page.encode())
    return figures


def static(name: str) -> str:
    """The text of a style or script of the page, e.g. for another page that shows annotated articles."""
    return resources.files("quotes.report").joinpath("static", name).read_text(encoding="utf-8")


def safe_json(value: object) -> str:
    """JSON that can stand in a script element, whatever texts are in it."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in _ESCAPED:
        written = written.replace(character, f"\\u{ord(character):04x}")
    return written


def compact(article: AnnotatedArticle) -> dict[str, Any]:
    """A record as the page's scripts read it: without nulls, mentions and texts that offsets give."""
    unread = {"speakers": {"__all__": {"mentions"}}, "quotes": {"__all__": {"text"}}}
    record = article.model_dump(mode="json", exclude=unread, exclude_none=True)
    for statement in record["quotes"]:
        for tag in [statement, *(statement.get(name, {}) for name in ("stance", "tone"))]:
            _round(tag)
        for watched in statement["stances"]:
            _round(watched["stance"])
    return record


def _round(tag: dict[str, Any]) -> None:
    for name in ("confidence", "score"):
        if name in tag:
            tag[name] = round(tag[name], _SCORE_DIGITS)
    if "scores" in tag:
        tag["scores"] = {name: round(score, _SCORE_DIGITS) for name, score in tag["scores"].items()}


def _page(corpus: Corpus, figures: Overview, title: str) -> str:
    styles = Markup("\n".join(map(static, STYLES)))
    early = [Markup(static(name)) for name in EARLY_SCRIPTS]
    scripts = [Markup(static(name)) for name in SCRIPTS]
    environment = templates_of("quotes.report")
    environment.filters["label"] = label
    return environment.get_template("page.html").render(
        title=title,
        policy=security_policy(styles, [*early, *scripts]),
        styles=styles,
        early_scripts=early,
        scripts=scripts,
        data=Markup(safe_json(_data(corpus))),
        figures=figures,
        errors=corpus.errors,
        charts=_charts(figures),
        link=_link,
    )


def _link(**state: str) -> str:
    """A link that sets filters of the page, e.g. `#speaker=Ann%20Lee`."""
    return "#" + urlencode(state, quote_via=quote)


def _data(corpus: Corpus) -> Mapping[str, object]:
    """What the scripts read; positions of speakers, targets and statements are those of the corpus."""
    return {
        "records": [compact(article) for article in corpus.articles],
        "speakers": [speaker.label for speaker in corpus.speakers],
        "targets": corpus.targets,
        "quoteSpeakers": corpus.speaker_of,
        "quoteTargets": corpus.quote_targets,
        "quoteStatements": corpus.indices,
        "repeated": {at: one.places for at, one in enumerate(corpus.statements) if len(one.places) > 1},
    }


def _charts(figures: Overview) -> dict[str, list[Markup]]:
    """Each chart for wide and for narrow screens."""
    widths = (charts.WIDE, charts.NARROW)
    drawn: dict[str, list[str]] = {}
    if figures.speakers:
        drawn["speakers"] = [charts.speakers_chart(figures.speakers, width) for width in widths]
    if any(row.tones.keys() - {"none"} for row in figures.speakers[: charts.TONE_SPEAKERS]):
        drawn["tones"] = [charts.tones_chart(figures.speakers, width) for width in widths]
    if figures.timeline:
        drawn["timeline"] = [charts.timeline_chart(figures.timeline, width) for width in (charts.LONG, charts.NARROW)]
    return {name: [Markup(svg) for svg in svgs] for name, svgs in drawn.items()}
