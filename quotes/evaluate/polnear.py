"""PolNeAR, as its makers publish it and as JSONL: articles with who said what, annotated by hand.

Newell, Margolin and Ruths (2018), "An Attribution Relations Corpus for Political News", LREC;
<https://github.com/networkdynamics/PolNeAR>. The annotations are brat's stand-off files
(<https://brat.nlplab.org/standoff.html>): `T` lines are stretches of text, `E` lines join a source, a
cue and a content to an attribution.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, model_validator

from quotes.errors import ConfigError
from quotes.evaluate.jsonl import check_offsets, parse, read_objects
from quotes.evaluate.statements import Article, Spans, Statement, statement
from quotes.schema import Offsets

_KIND = "Attribution"  # or Attribution-no-source
_STRETCH = re.compile(r"(T\d+)\t\S+ (\d+ \d+(?:;\d+ \d+)*)\t(.*)")
_ROLE = re.compile(r"([^\s\d:]+)\d*:(T\d+)")
"""`Content:T3`; a second content is called `Content2`."""


class Attribution(BaseModel):
    """Who said what by which words; offsets are characters of the article, end exclusive."""

    source: list[Offsets] = []
    cue: list[Offsets] = []
    content: list[Offsets] = []


class _Row(BaseModel):
    id: str
    text: str
    title: str | None = None
    date: str | None = None
    attributions: list[Attribution]

    @model_validator(mode="after")
    def _offsets_hold(self) -> _Row:
        for attribution in self.attributions:
            check_offsets((*attribution.source, *attribution.cue, *attribution.content), self.text)
        return self


class _File(NamedTuple):
    """An annotation file: the article's text, and whose annotation it is ("" where the name doesn't tell)."""

    text: Path
    annotator: str
    annotations: Path


def read_jsonl(path: Path) -> Iterator[Article]:
    """Articles of a JSONL file: `id`, `text` and `attributions`, each with offsets of `source`, `cue` and `content`.

    Raises:
        ConfigError: If the file can't be read or a row is wrong.
    """
    for row in read_objects(path):
        article = parse(_Row, row, path)
        yield Article(
            article.id, article.text, _statements(article.text, article.attributions), article.title, article.date
        )


def read_folder(folder: Path) -> tuple[list[Article], list[str]]:
    """Articles of a folder of brat's files.

    Args:
        folder: As published: at any depth `text/NAME.txt` with `attributions/NAME_ANNOTATOR.ann` beside the
            folder `text`; or brat's own way, `NAME.txt` and `NAME.ann` in one folder. An article's id is
            `NAME`. Where several annotators did an article, the first one's annotation is taken.

    Returns:
        The articles by id, and warnings: of several annotators, and of texts without annotation.

    Raises:
        ConfigError: If a file can't be read or isn't in that form, an annotation has no text or
            another than it quotes, or two articles have one name.
    """
    by_text: defaultdict[Path, list[_File]] = defaultdict(list)
    for path in sorted(folder.rglob("*.ann")):
        file = _with_text(path)
        by_text[file.text].append(file)
    articles: dict[str, Article] = {}
    warnings = []
    for path, files in sorted(by_text.items()):
        if path.stem in articles:
            raise ConfigError(f"{path}: {folder} has another article of this name: give the folder of one part")
        if len(files) > 1:
            others = ", ".join(file.annotator for file in files[1:])
            warnings.append(f"{path.stem}: the annotation by {files[0].annotator} is taken, not that by {others}")
        articles[path.stem] = _article(files[0])
    for parent in {path.parent: None for path in by_text}:
        bare = sorted(path.stem for path in parent.glob("*.txt") if path not in by_text)
        warnings += [f"{name}: has no annotation and is left out" for name in bare]
    return list(articles.values()), warnings


def _with_text(annotations: Path) -> _File:
    name, _, annotator = annotations.stem.rpartition("_")
    for folder in (annotations.parent.parent / "text", annotations.parent):
        for stem, by in ((annotations.stem, ""), (name, annotator)):
            if stem and (text := folder / f"{stem}.txt").is_file():
                return _File(text, by, annotations)
    raise ConfigError(
        f"{annotations}: its text is missing: expected {name}.txt in {annotations.parent.parent / 'text'}, "
        f"or {annotations.stem}.txt beside it"
    )


def _article(file: _File) -> Article:
    text = _read(file.text)
    stretches: dict[str, Spans] = {}
    events: list[list[tuple[str, str]]] = []
    for number, line in enumerate(_read(file.annotations).split("\n"), 1):
        try:
            if line.startswith("T"):
                id, spans = _stretch(line.rstrip("\r"), text)
                stretches[id] = spans
            elif line.startswith("E"):
                events.append(_ROLE.findall(line))
        except ValueError as error:
            raise ConfigError(f"{file.annotations}, line {number}: {error}") from None
    try:
        attributions = [_attribution(roles, stretches) for roles in events if roles and roles[0][0].startswith(_KIND)]
    except KeyError as error:
        raise ConfigError(f"{file.annotations}: an event names {error.args[0]}, which is no line there") from None
    return Article(file.text.stem, text, _statements(text, attributions))


def _stretch(line: str, text: str) -> tuple[str, Spans]:
    """`T3 Content 256 377;463 616 the words`, parted by tabs and spaces: its id and spans, if the words are there."""
    found = _STRETCH.fullmatch(line)
    if found is None:
        raise ValueError("not in brat's form: expected an id, a kind with offsets, and the words, with tabs between")
    id, offsets, words = found.groups()
    pairs = [part.split(" ") for part in offsets.split(";")]
    spans = tuple((int(start), int(end)) for start, end in pairs)
    there = " ".join(text[start:end] for start, end in spans)
    if words.split() != there.split() or not all(start < end for start, end in spans):
        raise ValueError(f"{words[:60]!r} is not in the text at {offsets}, there is {there[:60]!r}")
    return id, spans


def _attribution(roles: list[tuple[str, str]], stretches: dict[str, Spans]) -> Attribution:
    parts: defaultdict[str, list[Offsets]] = defaultdict(list)
    for role, id in roles[1:]:
        parts[role.lower()] += stretches[id]
    return Attribution(source=sorted(parts["source"]), cue=sorted(parts["cue"]), content=sorted(parts["content"]))


def _statements(text: str, attributions: list[Attribution]) -> tuple[Statement, ...]:
    """An attribution without content says that something was said, not what; it is no statement."""
    return tuple(statement(text, one.content, mention=one.source, cue=one.cue) for one in attributions if one.content)


def _read(path: Path) -> str:
    """A file's text, line ends as they are: offsets count them."""
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise ConfigError(f"{path}: can't be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8: {error.reason} at byte {error.start}") from None
