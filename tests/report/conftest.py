"""Articles for reports, and a browser to open them in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from quotes.schema import STANCES, TONES, AnnotatedArticle, ErrorRecord, Failure, Quote, Span, Speaker, Stance, Tone
from tests import browser as shared

HOSTILE = (
    "</script><script>window.hacked = 1</script>",
    "<img src=x onerror=window.hacked=1>",
    "<!--<script>",
    "\"><svg onload='window.hacked=1'>",
    "javascript:window.hacked=1",
    "{{ 7 * 7 }}{% raw %}",
    "]]>&lt;b&gt;&#60;i&#62;",
    "\u202egnitirw\u2066\u0000\u2028\u2029\ufeff\u0007",
    "</title></style></noscript></textarea>",
)


def _tag(kind: type[Stance] | type[Tone], labels: tuple[str, ...], label: str) -> Any:
    rest = 0.2 / (len(labels) - 1)
    return kind.model_validate(
        {"label": label, "score": 0.8, "scores": {name: 0.8 if name == label else rest for name in labels}}
    )


def build(id: str, *said: dict[str, Any], title: str | None = None, date: str | None = None) -> AnnotatedArticle:
    """An article of one paragraph a statement: `“words,” said SPEAKER.`

    Args:
        id: The article's id.
        said: For each statement its `words`, and where given `speaker`, `affiliation`, `kb_id`,
            `type`, `stance`, `tone`, `target` (words of the statement) and `confidence`.
        title: Becomes the first line.
        date: ISO date.
    """
    text = f"{title}\n\n" if title else ""
    speakers: list[Speaker] = []
    quotes: list[Quote] = []
    for one in said:
        words, name = one["words"], one.get("speaker")
        start = len(text)
        text += f"{words} said "
        cue = Span(text="said", start=len(text) - 5, end=len(text) - 1)
        mention = None
        if name:
            mention = Span(text=name, start=len(text), end=len(text) + len(name))
            told = {key: one[key] for key in ("affiliation", "kb_id", "role") if key in one}
            speakers.append(Speaker(id=len(speakers), name=name, **told))
        text += f"{name or 'someone'}.\n\n"
        target = None
        if one.get("target"):
            at = start + words.index(one["target"])
            target = Span(text=one["target"], start=at, end=at + len(one["target"]))
        quotes.append(
            Quote(
                id=len(quotes),
                type=one.get("type", "direct"),
                text=words,
                spans=((start, start + len(words)),),
                cue=cue,
                speaker=len(speakers) - 1 if name else None,
                mention=mention,
                rule="subject",
                confidence=one.get("confidence", 0.9),
                target=target,
                stance=_tag(Stance, STANCES, one["stance"]) if one.get("stance") else None,
                tone=_tag(Tone, TONES, one["tone"]) if one.get("tone") else None,
            )
        )
    return AnnotatedArticle(id=id, text=text, title=title, date=date, speakers=tuple(speakers), quotes=tuple(quotes))


@pytest.fixture(scope="session")
def article() -> Callable[..., AnnotatedArticle]:
    return build


@pytest.fixture(scope="session")
def hostile_records() -> list[AnnotatedArticle | ErrorRecord]:
    """Records whose every text tries to be more than text."""
    records: list[AnnotatedArticle | ErrorRecord] = []
    for text in HOSTILE:
        said = {"words": f"“{text}”", "speaker": text, "affiliation": text, "kb_id": text, "role": text}
        tagged = {**said, "target": text, "stance": "against", "tone": "critical"}
        record = build(text, tagged, title=text, date=text)
        records.append(record.model_copy(update={"path": text, "warnings": (text,)}))
        records.append(ErrorRecord(id=text, path=text, error=Failure(kind=text, message=text)))
    return records


browser = shared.browser


@pytest.fixture
def open_report(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page file in a fresh window; fails at the end if it logged an error or asked for anything else."""
    contexts: list[Any] = []
    trouble: list[str] = []

    def opened(path: Path, hash: str = "", **options: Any) -> Any:
        context = browser.new_context(**{"viewport": {"width": 1300, "height": 900}, **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda message: trouble.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: trouble.append(f"error: {error}"))
        page.on("request", lambda request: trouble.append(request.url) if not _is(request.url, path) else None)
        page.goto(path.as_uri() + hash)
        page.wait_for_selector("html[data-ready]", state="attached")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert trouble == []


def _is(url: str, path: Path) -> bool:
    return url.partition("#")[0] == path.as_uri()
