"""Count what the pipeline gets wrong, by rule and by cue, and show examples.

    python -m training.errors ../shared/corpora/polnear_train.jsonl out/polnear_train.jsonl
    python -m training.errors GOLD PRED --show missed 20 --seed 3

GOLD has one article a line with `text` and `attributions` (`source`, `cue` and `content` offsets, as in
PolNeAR); PRED the records of `quotes extract` for the same articles, told by their ids.

A statement is found where its words and an annotated one's are the same by half or more (Jaccard
index), one to one, best match first; it is exact where only edges differ, marks and punctuation.
The speaker is right where the mention shares a word with the annotated source, or none was annotated.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from quotes.evaluate.statements import core
from quotes.schema import AnnotatedArticle, Quote

Spans = tuple[tuple[int, int], ...]

LEAST_SHARED = 0.5
"""Lowest Jaccard index of a match."""

KINDS = ("missed", "spurious", "speaker")

_WORD = re.compile(r"\w+")
_AROUND = 60
"""Characters of context on each side of an example."""


@dataclass(frozen=True)
class Statement:
    """A statement, annotated or found.

    Attributes:
        content: What was said.
        source: The words that name who said it; none where nobody is named.
        cue: The words that announce it.
        words: Offsets at which the words of the content start.
        rule: Rule that found it; "" for an annotated one.
        type: Its type as found; "" for an annotated one.
    """

    content: Spans
    source: Spans
    cue: Spans
    words: frozenset[int]
    rule: str = ""
    type: str = ""


@dataclass(frozen=True)
class Pair:
    """An annotated statement and the one found for it."""

    gold: Statement
    found: Statement
    exact: bool
    speaker: bool


@dataclass
class Comparison:
    """The statements of one article."""

    id: str
    text: str
    pairs: list[Pair] = field(default_factory=list)
    missed: list[Statement] = field(default_factory=list)
    spurious: list[Statement] = field(default_factory=list)


def annotated(article: dict[str, Any]) -> list[Statement]:
    """The annotated statements of an article; those without content aren't counted."""
    return [
        Statement(
            content := _spans(attribution["content"]),
            _spans(attribution["source"]),
            _spans(attribution["cue"]),
            word_starts(article["text"], content),
        )
        for attribution in article["attributions"]
        if attribution["content"]
    ]


def found(record: AnnotatedArticle) -> list[Statement]:
    """The statements of a record."""
    return [_found(record.text, quote) for quote in record.quotes]


def _found(text: str, quote: Quote) -> Statement:
    source = ((quote.mention.start, quote.mention.end),) if quote.mention else ()
    cue = ((quote.cue.start, quote.cue.end),) if quote.cue else ()
    return Statement(quote.spans, source, cue, word_starts(text, quote.spans), quote.rule, quote.type)


def _spans(offsets: Iterable[Sequence[int]]) -> Spans:
    return tuple((start, end) for start, end in offsets)


def word_starts(text: str, spans: Spans) -> frozenset[int]:
    """Offsets at which the words of some spans start."""
    return frozenset(match.start() for start, end in spans for match in _WORD.finditer(text, start, end))


def jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    """Shared words over all words."""
    shared = len(one & other)
    return shared / len(one | other) if shared else 0.0


def compare(id: str, text: str, gold: Sequence[Statement], predicted: Sequence[Statement]) -> Comparison:
    """Match annotated and found statements of one article."""
    scored = ((jaccard(g.words, p.words), i, j) for i, g in enumerate(gold) for j, p in enumerate(predicted))
    mates: dict[int, int] = {}
    for score, i, j in sorted(scored, reverse=True):
        if score >= LEAST_SHARED and i not in mates and j not in mates.values():
            mates[i] = j
    result = Comparison(id, text)
    for i, g in enumerate(gold):
        if i in mates:
            p = predicted[mates[i]]
            right = not g.source or bool(word_starts(text, g.source) & word_starts(text, p.source))
            result.pairs.append(Pair(g, p, core(text, g.content) == core(text, p.content), right))
        else:
            result.missed.append(g)
    result.spurious = [p for j, p in enumerate(predicted) if j not in mates.values()]
    return result


def compare_files(gold: Path, predicted: Path) -> Iterator[Comparison]:
    """Compare article by article; one without a record has no statements found.

    Raises:
        ValueError: If an article's text isn't the record's.
    """
    records: dict[str, dict[str, Any]] = {}
    with predicted.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            records[row["id"]] = row
    with gold.open(encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            row = records.get(article["id"], {"error": None})
            statements: list[Statement] = []
            if "error" not in row:
                record = AnnotatedArticle.model_validate(row)
                if record.text != article["text"]:
                    raise ValueError(f"{article['id']}: the two files have different texts")
                statements = found(record)
            yield compare(article["id"], article["text"], annotated(article), statements)


def print_rules(comparisons: Sequence[Comparison]) -> None:
    """Print what each rule found, by type of statement, most errors first."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for comparison in comparisons:
        for statement in comparison.spurious:
            counts[statement.rule, statement.type]["found"] += 1
        for pair in comparison.pairs:
            own = counts[pair.found.rule, pair.found.type]
            own.update(found=1, matched=1, exact=pair.exact, speaker=pair.speaker)
    total = sum(counts.values(), Counter())
    missed = sum(len(comparison.missed) for comparison in comparisons)
    print(f"{total['matched'] + missed} annotated, {total['found']} found, {total['matched']} of them matched")
    print(f"{'rule':27}{'type':10}{'found':>7}{'matched':>9}{'exact':>7}{'speaker':>9}{'right %':>9}")
    for (rule, kind), own in sorted(counts.items(), key=lambda item: item[1]["speaker"] - item[1]["found"]):
        share = 100 * own["speaker"] / own["found"]
        print(f"{rule:27}{kind:10}{own['found']:7}{own['matched']:9}{own['exact']:7}{own['speaker']:9}{share:9.1f}")


def print_missed(comparisons: Sequence[Comparison], most: int) -> None:
    """Print the cues of the statements missed, the most frequent first.

    Those of which a statement found has some words, but too few, are counted apart.
    """
    cues: Counter[str] = Counter()
    partly = 0
    for comparison in comparisons:
        taken = frozenset[int]().union(*(statement.words for statement in _all_found(comparison)))
        for statement in comparison.missed:
            if statement.words & taken:
                partly += 1
            else:
                cues[" ".join(comparison.text[slice(*span)] for span in statement.cue).lower() or "(none)"] += 1
    print(f"missed: {partly} found in part, {cues.total()} not at all, by cue:")
    print("  " + ", ".join(f"{cue} {count}" for cue, count in cues.most_common(most)))


def _all_found(comparison: Comparison) -> Iterator[Statement]:
    yield from comparison.spurious
    yield from (pair.found for pair in comparison.pairs)


def print_examples(
    comparisons: Sequence[Comparison], kind: str, count: int, rng: random.Random, rule: str | None
) -> None:
    """Print some errors in context: the statement in [], its source in <> and its cue in {}."""
    examples: list[tuple[Comparison, Statement, Statement | None]] = []
    for comparison in comparisons:
        if kind == "missed":
            examples += [(comparison, s, _nearest(s, _all_found(comparison))) for s in comparison.missed]
        elif kind == "spurious":
            gold = [*comparison.missed, *(pair.gold for pair in comparison.pairs)]
            examples += [(comparison, s, _nearest(s, gold)) for s in comparison.spurious]
        else:
            examples += [(comparison, pair.found, pair.gold) for pair in comparison.pairs if not pair.speaker]
    if rule is not None:
        examples = [example for example in examples if example[1].rule == rule]
    for comparison, statement, other in rng.sample(examples, min(count, len(examples))):
        print(f"\n{comparison.id}  {statement.rule} {statement.type}".rstrip())
        print(f"  {in_context(comparison.text, statement)}")
        if other is not None:
            label = "found" if kind == "missed" else "annotated"
            print(f"  {label}: {in_context(comparison.text, other)}")


def _nearest(statement: Statement, others: Iterable[Statement]) -> Statement | None:
    best = max(others, key=lambda other: jaccard(statement.words, other.words), default=None)
    return best if best is not None and statement.words & best.words else None


def in_context(text: str, statement: Statement) -> str:
    """The words around a statement, its parts in brackets of their own, on one line."""
    inserted: list[tuple[int, int, str]] = []
    for spans, (opening, closing) in ((statement.content, "[]"), (statement.source, "<>"), (statement.cue, "{}")):
        for start, end in spans:
            inserted += [(start, 1, opening), (end, 0, closing)]
    inserted.sort()
    at = max(0, inserted[0][0] - _AROUND)
    stop = inserted[-1][0] + _AROUND
    pieces = []
    for offset, _, bracket in inserted:
        pieces += [text[at:offset], bracket]
        at = offset
    return " ".join("".join([*pieces, text[at:stop]]).split())


def main() -> None:
    """Command line: see the module's docstring."""
    parser = argparse.ArgumentParser(description="Count errors by rule and cue, and show examples.")
    parser.add_argument("gold", type=Path, help="annotated articles, JSONL")
    parser.add_argument("predicted", type=Path, help="records of the same articles, JSONL")
    parser.add_argument("--show", nargs=2, metavar=("KIND", "N"), help=f"N examples of {', '.join(KINDS)}")
    parser.add_argument("--rule", help="only examples that this rule found")
    parser.add_argument("--seed", type=int, default=0, help="which examples are drawn")
    parser.add_argument("--cues", type=int, default=40, help="how many cues of missed statements to print")
    options = parser.parse_args()
    if options.show and (options.show[0] not in KINDS or not options.show[1].isdigit()):
        parser.error(f"--show takes one of {', '.join(KINDS)} and a number")
    try:
        comparisons = list(compare_files(options.gold, options.predicted))
    except (OSError, ValueError) as error:
        sys.exit(f"error: {error}")
    if options.show:
        print_examples(comparisons, options.show[0], int(options.show[1]), random.Random(options.seed), options.rule)
        return
    print_rules(comparisons)
    print()
    print_missed(comparisons, options.cues)


if __name__ == "__main__":
    main()
