"""Statements with stance and tone: apart from their articles, or with a passage written for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel

from quotes.errors import ConfigError
from quotes.evaluate.jsonl import parse, read_objects
from quotes.schema import StanceLabel, ToneLabel
from training.rows import checked

Labels = tuple[StanceLabel, ToneLabel]


class _Article(BaseModel):
    id: str
    text: str


class Statement(BaseModel):
    """A labelled statement.

    Attributes:
        id: Its id; where the text is an article's, the article's id and a number (`ARTICLE#n`).
        start: Offset at which it starts in the text.
        end: Offset after it.
        speaker: Who says it, as the text puts it.
        target: What its stance is towards, as the text puts it; checked where it is given.
        target_start: Offset of the target in the text.
        target_end: Offset after it.
        stance: The label.
        tone: The label.
        labels: Stance and tone as two labelling passes had them, before they were settled.
    """

    id: str
    start: int
    end: int
    speaker: str | None = None
    target: str | None = None
    target_start: int
    target_end: int
    stance: StanceLabel
    tone: ToneLabel
    labels: tuple[Labels, Labels] | None = None

    def row(self, path: Path, group: str, text: str) -> dict[str, Any]:
        """The row that it makes with its text.

        Raises:
            ConfigError: If its offsets don't fit the text.
        """
        fields = {
            "id": self.id,
            "source": path.stem,
            "group": group,
            "text": text,
            "spans": [[self.start, self.end]],
            "speaker": self.speaker,
            "target": [self.target_start, self.target_end],
            "stance": self.stance,
            "tone": self.tone,
        }
        return checked(fields, path, self.target)


class WrittenStatement(Statement):
    """A labelled statement with its text, composed for this project.

    Attributes:
        group: The same for statements that share their text or are variants of each other.
        text: The passage it stands in.
        labels: As for all statements, but always there.
        split: The part it belongs to.
    """

    group: str
    text: str
    labels: tuple[Labels, Labels]
    split: Literal["train", "dev"]


def statements(path: Path, articles: Path) -> Iterator[dict[str, Any]]:
    """Rows of statements that stand apart from their articles.

    Args:
        path: JSONL with the fields of `Statement`.
        articles: What `read_texts` reads.

    Raises:
        ConfigError: If a file can't be read, an article is missing or a row is wrong.
    """
    texts = read_texts(articles)
    for statement in read_statements(path):
        article = statement.id.rpartition("#")[0]
        if article not in texts:
            raise ConfigError(f"{path}: {statement.id}: there is no article {article!r} in {articles}")
        yield statement.row(path, article, texts[article])


def written(path: Path, split: str | None = None) -> Iterator[dict[str, Any]]:
    """Rows of statements with a passage of their own.

    Args:
        path: JSONL with the fields of `WrittenStatement`.
        split: The part to take; without it all of them.

    Raises:
        ConfigError: If the file can't be read or a row, of any part, is wrong.
    """
    for line in read_objects(path):
        statement = parse(WrittenStatement, line, path)
        row = statement.row(path, statement.group, statement.text)
        if split in (None, statement.split):
            yield row


def read_statements(path: Path) -> Iterator[Statement]:
    """Statements of either kind, without their texts.

    Raises:
        ConfigError: If the file can't be read, or a row lacks a field or has a label that isn't one.
    """
    for line in read_objects(path):
        yield parse(Statement, line, path)


def read_texts(articles: Path) -> dict[str, str]:
    """Texts of articles by id.

    The folder is for PolNeAR as published: Newell, Margolin and Ruths (2018), "An Attribution Relations
    Corpus for Political News", LREC; <https://github.com/networkdynamics/PolNeAR>. It keeps the texts in
    `data/train/text`, `data/dev/text` and `data/test/text`, in UTF-8; an article's id is the name of its
    file, in which the makers have cut the headline to 32 characters
    (`nyt_2016-01-31_a-headline-of-more-than-a-few-wor.txt`). Licence: none is stated for the data; the
    software beside it is under MIT, and the articles are their publishers'.

    Args:
        articles: JSONL with `id` and `text`, or a folder of `.txt` files, at any depth, whose ids are
            their names without suffix. Texts are as they are in the file; line ends aren't translated.

    Raises:
        ConfigError: If a file can't be read or isn't UTF-8, or two have one id.
    """
    if not articles.is_dir():
        return {row.id: row.text for row in (parse(_Article, line, articles) for line in read_objects(articles))}
    texts: dict[str, str] = {}
    for path in sorted(articles.rglob("*.txt")):
        if path.stem in texts:
            raise ConfigError(f"{path}: {articles} has another article of this name: give one split's folder")
        try:
            texts[path.stem] = path.read_bytes().decode("utf-8")
        except OSError as error:
            raise ConfigError(f"{path}: can't be read: {error.strerror}") from None
        except UnicodeDecodeError as error:
            raise ConfigError(f"{path}: not UTF-8: {error.reason} at byte {error.start}") from None
    return texts
