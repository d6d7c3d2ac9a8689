"""Gold in the forms that it comes in, told by content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, model_validator

from quotes.errors import ConfigError
from quotes.evaluate.jsonl import check_offsets, parse, read_objects
from quotes.evaluate.newsmtsc import Opinion, is_newsmtsc, read_newsmtsc
from quotes.evaluate.polnear import read_folder, read_jsonl
from quotes.evaluate.statements import Article, Gold, GoldFormat, from_record, statement
from quotes.export import read_jsonl as read_records
from quotes.schema import ErrorRecord, Offsets, QuoteType, Speaker

_SUFFIXES = (".jsonl", ".ndjson", ".jsonl.gz")


@dataclass(frozen=True)
class Opinions:
    """Sentences with targets: gold for stance alone.

    Attributes:
        items: A target each.
    """

    items: tuple[Opinion, ...]


class _PlainQuote(BaseModel):
    spans: list[Offsets]
    type: QuoteType | None = None
    speaker: str | None
    mention: Offsets | None = None
    cue: Offsets | None = None


class _PlainRow(BaseModel):
    id: str
    text: str
    title: str | None = None
    date: str | None = None
    quotes: list[_PlainQuote]

    @model_validator(mode="after")
    def _offsets_hold(self) -> _PlainRow:
        for quote in self.quotes:
            check_offsets((*quote.spans, *filter(None, (quote.mention, quote.cue))), self.text)
        return self


def read_gold(path: Path) -> Gold | Opinions:
    """Read gold.

    Args:
        path: One of these, told by what is in it.

            - Records (`quotes/1`), a JSONL file or a folder of them. Statements have types and canonical
              speakers, stance and tone where they are annotated.
            - Plain annotations, likewise: `id`, `text` and `quotes`, each with `spans`, `type`, `speaker` (the
              canonical name or null) and `mention` (offsets or null).
            - PolNeAR as published, a folder of brat's files, or as JSONL with `id`, `text` and
              `attributions`: see `quotes.evaluate.polnear`. No types, no canonical speakers.
            - NewsMTSC in any of its forms: see `quotes.evaluate.newsmtsc`. Stance alone.

    Raises:
        ConfigError: If it can't be read, is in none of these forms, holds no article, or two of one id.
        ArticleError: If a line that should be a record isn't one.
    """
    if path.is_dir():
        if next(path.rglob("*.ann"), None) is not None:
            articles, warnings = read_folder(path)
            return _gold(path, "polnear", articles, warnings)
        files = sorted(file for file in path.rglob("*") if file.name.lower().endswith(_SUFFIXES) and _shown(file, path))
        if not files:
            raise ConfigError(f"{path}: has neither JSONL files nor brat's .ann files; name a folder that has")
    else:
        files = [path]
    formats = {file: _format(file) for file in files}
    if formats[files[0]] == "newsmtsc" and len(files) == 1:
        return Opinions(tuple(read_newsmtsc(files[0])))
    kinds = set(formats.values())
    if "newsmtsc" in kinds or ("polnear" in kinds and len(kinds) > 1):
        told = ", ".join(f"{file.name}: {kind}" for file, kind in formats.items())
        raise ConfigError(f"{path}: its files can't be scored together ({told}); name one of them")
    read = {"records": _records, "plain": _plain, "polnear": read_jsonl}
    articles = [article for file, kind in formats.items() for article in read[kind](file)]
    return _gold(path, "polnear" if "polnear" in kinds else "records" if "records" in kinds else "plain", articles)


def _shown(file: Path, folder: Path) -> bool:
    return not any(part.startswith(".") for part in file.relative_to(folder).parts)


def _format(path: Path) -> str:
    """The form of a JSONL file, by its first line."""
    row = next(read_objects(path), None)
    if row is None:
        raise ConfigError(f"{path}: is empty; name a file of annotated articles")
    if "attributions" in row:
        return "polnear"
    if "schema" in row:
        return "records"
    if "quotes" in row:
        return "plain"
    if is_newsmtsc(row):
        return "newsmtsc"
    raise ConfigError(
        f"{path}: is gold in no known form (its first line has {', '.join(map(str, row)) or 'nothing'}); expected "
        "records of quotes extract, id/text/quotes, id/text/attributions (PolNeAR), or NewsMTSC's sentences"
    )


def _records(path: Path) -> Iterator[Article]:
    for record in read_records(path):
        if isinstance(record, ErrorRecord):
            raise ConfigError(f"{path}: {record.id}: is an error record; gold has to be annotated articles")
        yield from_record(record)


def _plain(path: Path) -> Iterator[Article]:
    for row in read_objects(path):
        article = parse(_PlainRow, row, path)
        yield Article(
            article.id,
            article.text,
            tuple(
                statement(
                    article.text,
                    quote.spans,
                    quote.type,
                    mention=[quote.mention] if quote.mention else (),
                    cue=[quote.cue] if quote.cue else (),
                    speaker=None if quote.speaker is None else Speaker(id=0, name=quote.speaker),
                )
                for quote in article.quotes
            ),
            article.title,
            article.date,
        )


def _gold(path: Path, format: GoldFormat, articles: Iterable[Article], warnings: Iterable[str] = ()) -> Gold:
    kept = tuple(articles)
    if not kept:
        raise ConfigError(f"{path}: holds no article; name a file or folder of annotated articles")
    if twice := [id for id, count in Counter(article.id for article in kept).items() if count > 1]:
        raise ConfigError(f"{path}: two articles have the id {twice[0]!r}, by which predictions are found; rename one")
    own = format != "polnear"
    return Gold(format, kept, typed=own, named=own, warnings=tuple(warnings))
