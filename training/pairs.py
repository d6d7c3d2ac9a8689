"""Pairs of a sentence and a target in it, from articles: what a teacher labels for a student.

    python -m training.pairs ARTICLES.jsonl -o PAIRS.jsonl --without HELD_OUT.jsonl

The targets are named entities and pronouns of the third person, one of which most sentences of
NewsMTSC have for target too. The file keeps offsets into the articles and no text.
"""

from __future__ import annotations

import argparse
import importlib
import json
import random
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from quotes.errors import ConfigError, QuotesError
from quotes.evaluate.jsonl import parse, read_objects
from quotes.schema import StanceLabel
from quotes.spacy_model import MODELS
from training.rows import checked
from training.statements import read_statements, read_texts

ENTITIES = frozenset("PERSON ORG GPE NORP LAW EVENT".split())
"""Kinds of named entities that people take sides on."""

PRONOUNS = frozenset("he she they him her them".split())

SHORTEST, LONGEST = 40, 400
"""Characters of a sentence; shorter ones say little, longer ones are badly split."""


class Pair(BaseModel):
    """A sentence of an article with a target.

    Attributes:
        id: The article's id and what tells the pair from its others (`ARTICLE#sentence-target`).
        start: Offset at which the sentence starts in the article.
        end: Offset after it.
        target_start: Offset of the target in the article.
        target_end: Offset after it.
        stance: The stance of the sentence towards it, where it has been labelled.
    """

    id: str
    start: int
    end: int
    target_start: int
    target_end: int
    stance: StanceLabel | None = None


def pairs(path: Path, articles: Path) -> Iterator[dict[str, Any]]:
    """Rows of pairs, in the form of `training.rows.FEATURES`: the sentence is the text and the statement.

    Args:
        path: JSONL with the fields of `Pair`.
        articles: What `training.statements.read_texts` reads.

    Raises:
        ConfigError: If a file can't be read, an article is missing or a row is wrong.
    """
    texts = read_texts(articles)
    for line in read_objects(path):
        pair = parse(Pair, line, path)
        article = pair.id.rpartition("#")[0]
        if article not in texts:
            raise ConfigError(f"{path}: {pair.id}: there is no article {article!r} in {articles}")
        row = {
            "id": pair.id,
            "source": path.stem,
            "group": article,
            "text": texts[article][pair.start : pair.end],
            "target": [pair.target_start - pair.start, pair.target_end - pair.start],
            "stance": pair.stance,
        }
        yield checked(row, path)


def draw_pairs(texts: Mapping[str, str], count: int, seed: int) -> list[Pair]:
    """Pairs drawn at random from articles.

    Args:
        texts: Articles by id.
        count: Pairs wanted; fewer where the articles have fewer.
        seed: The same seed draws the same pairs.
    """
    nlp = importlib.import_module(MODELS[0]).load(exclude=["lemmatizer"])
    found = []
    for doc, article in nlp.pipe(((text, id) for id, text in texts.items()), as_tuples=True, batch_size=16):
        for number, sentence in enumerate(doc.sents):
            start, end = sentence.start_char, sentence.end_char
            if not SHORTEST <= end - start <= LONGEST:
                continue
            targets = [(entity.start_char, entity.end_char) for entity in sentence.ents if entity.label_ in ENTITIES]
            targets += [(word.idx, word.idx + len(word)) for word in sentence if word.lower_ in PRONOUNS]
            for first, last in targets:
                found.append(
                    Pair(id=f"{article}#{number}-{first}", start=start, end=end, target_start=first, target_end=last)
                )
    return random.Random(seed).sample(found, min(count, len(found)))


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.pairs", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("articles", type=Path, help="JSONL with id and text, or a folder of texts")
    parser.add_argument("-o", "--output", type=Path, required=True, help="JSONL to write")
    parser.add_argument("--count", type=int, default=12_000, help="pairs to draw (default: %(default)s)")
    parser.add_argument("--without", type=Path, help="labelled statements whose articles are to be left out")
    parser.add_argument("--seed", type=int, default=7, help="(default: %(default)s)")
    arguments = parser.parse_args(argv)
    try:
        texts = read_texts(arguments.articles)
        left_out = _articles_of(arguments.without) if arguments.without else set()
        drawn = draw_pairs(
            {id: text for id, text in texts.items() if id not in left_out}, arguments.count, arguments.seed
        )
    except QuotesError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    with arguments.output.open("w", encoding="utf-8") as lines:
        for pair in drawn:
            lines.write(json.dumps(pair.model_dump(exclude_none=True), ensure_ascii=False) + "\n")
    return 0


def _articles_of(statements: Path) -> Collection[str]:
    return {statement.id.rpartition("#")[0] for statement in read_statements(statements)}


if __name__ == "__main__":
    raise SystemExit(main())
