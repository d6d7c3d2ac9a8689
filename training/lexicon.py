"""Count the cue lexicon in articles with annotated attributions.

    python -m training.lexicon ../shared/corpora/polnear_train.jsonl -o quotes/find/cues.tsv

Every construction of every verb, noun and adjective in the articles is looked up among the
annotated attributions: an entry's precision is the share that was annotated. Lemma and construction
pairs with too little evidence are left out; entries of origin `hand` in the output file are kept.

The corpus is PolNeAR (Newell, Margolin and Ruths 2018, "An Attribution Relations Corpus for
Political News", LREC), one JSON object a line: `text` and `attributions` with `source`, `cue` and
`content` offsets.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from quotes.find.finding import Finding
from quotes.find.indirect import candidates
from quotes.find.lexicon import Entry, Lexicon, Pos, read_entries
from quotes.find.marks import find_marked, paragraphs
from quotes.parse import Parser, Sentence, load_spacy

_WORD = re.compile(r"\w+")
_TAGS: dict[str, Pos] = {"VB": "verb", "VBP": "verb", "NN": "noun", "JJ": "adjective"}
NO_CUES = frozenset(
    "be have do make take get give go come keep let put seem appear look decline refuse quote block restrict overturn "
    "slash veto deregulate compensate endanger rewrite triple ratify shelve witness resist arrest execute".split()
)
"""Verbs that PolNeAR's annotators marked now and then but that tell of no words by themselves."""

NO_CONSTRUCTIONS = frozenset({"passive-to", "passive-as", "passive-for", "passive"})
"""Constructions that they marked though nobody is said to speak ("is expected to win", "is supported by")."""

PROPOSITIONS = frozenset({"clause", "before", "as", "to", "noun-that", "adjective-that", "noun-is"})
"""Constructions whose statement is a proposition: one sighting says more than with a mere object."""

NO_PAIRS = frozenset({("call", "object"), ("stand", "to"), ("testify", "prep-before")})
"""Likewise: "called his mother" beside "called the plan reckless", which is `object-as`; "stands to gain"."""

PRIOR_WEIGHT = 3.0
"""How many sightings the average of a construction counts for."""

TRUSTED = 8
"""Sightings from which on a count beats an entry written by hand, if it contradicts it."""

CONTRADICTED = 0.4
"""Counted precision below which it does: PolNeAR's annotators left many a "pledged to" unmarked."""

HEADER = """# Cue lexicon: lemma, part of speech, construction (see clauses.py, infinitives.py, objects.py, nominal.py),
# how often the construction was seen and how often it was a statement, precision (smoothed), origin.
# Counts are from PolNeAR's training split by `python -m training.lexicon`; `hand` lines are written here.
"""

Parsed = tuple[dict[str, Any], list[Sentence]]
Counts = dict[tuple[Pos, str, str], list[int]]


def parse_articles(path: Path, progress: bool = True) -> Iterator[Parsed]:
    """Articles of a JSONL file, each with all its sentences parsed."""
    parser = Parser(load_spacy())
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            article = json.loads(line)
            parts = paragraphs(article["text"])
            marked, _ = find_marked(article["text"], parts)
            yield article, parser.parse(article["text"], parts, marked)
            if progress and sys.stderr.isatty():
                print(f"\r{number} articles", end="", file=sys.stderr)


def open_lexicon(parsed: Iterable[Parsed]) -> Lexicon:
    """A lexicon of every base form in the articles, so that nothing is left uncounted."""
    seen: dict[tuple[Pos, str], int] = defaultdict(int)
    for _, sentences in parsed:
        for sentence in sentences:
            for word, tag in zip(sentence.words, sentence.tags, strict=False):
                if tag in _TAGS and word.isalpha():
                    seen[_TAGS[tag], word.lower()] += 1
    return Lexicon(Entry(lemma, pos, "", count, 0, "", 0.0) for (pos, lemma), count in seen.items())


def count(parsed: Sequence[Parsed], lexicon: Lexicon) -> Counts:
    """How often each lemma and construction was seen, and how often it was right."""
    counts: Counts = defaultdict(lambda: [0, 0])
    for article, sentences in parsed:
        text = article["text"]
        gold = [
            (words(text, attribution["content"]), attribution["cue"])
            for attribution in article["attributions"]
            if attribution["content"]
        ]
        for number, sentence in enumerate(sentences):
            for finding in candidates(text, sentence, number, lexicon):
                tag = sentence.tags[finding.token][0]
                pos: Pos = "verb" if tag == "V" else "noun" if tag == "N" else "adjective"
                entry = counts[pos, finding.lemma, finding.construction]
                entry[0] += 1
                entry[1] += is_right(text, finding, gold)
    return counts


def is_right(text: str, finding: Finding, gold: Sequence[tuple[set[int], list[list[int]]]]) -> bool:
    """Whether an annotated attribution has this statement.

    Half of the words of both must be shared, or the cue must be the annotated one and the words
    found must lie within the annotated ones (a quote that runs on has more than its first sentence).
    """
    found = words(text, finding.spans)
    for content, cue in gold:
        shared = len(found & content)
        if not shared:
            continue
        if shared / len(found | content) >= 0.5:
            return True
        assert finding.cue is not None
        start, end = finding.cue
        if shared >= 0.8 * len(found) and any(s < end and start < e for s, e in cue):
            return finding.construction in {"clause", "before"}
    return False


def words(text: str, spans: Iterable[Sequence[int]]) -> set[int]:
    """Offsets at which the words of some spans start."""
    return {match.start() + start for start, end in spans for match in _WORD.finditer(text[start:end])}


def entries(counts: Counts, origin: str, least: int, floor: float) -> list[Entry]:
    """Lexicon entries with enough evidence, most frequent first.

    Args:
        counts: How often each entry was seen and right.
        origin: Name of what was counted.
        least: Fewest right sightings of an entry; one more is asked of those that are no `PROPOSITIONS`.
        floor: Lowest precision of an entry.
    """
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for (_, _, construction), (seen, right) in counts.items():
        totals[construction][0] += seen
        totals[construction][1] += right
    kept = []
    for (pos, lemma, construction), (seen, right) in counts.items():
        all_seen, all_right = totals[construction]
        prior = 0.5 * all_right / all_seen
        precision = (right + PRIOR_WEIGHT * prior) / (seen + PRIOR_WEIGHT)
        enough = least if construction in PROPOSITIONS else least + 1
        if right >= enough and precision >= floor and not _excluded(lemma, construction):
            kept.append(Entry(lemma, pos, construction, seen, right, origin, round(precision, 3)))
    return sorted(kept, key=lambda e: (-e.right, e.lemma, e.construction))


def _excluded(lemma: str, construction: str) -> bool:
    return lemma in NO_CUES or construction in NO_CONSTRUCTIONS or (lemma, construction) in NO_PAIRS


def read_hand(path: Path) -> list[Entry]:
    """The entries written by hand in an earlier version of the file."""
    if not path.exists():
        return []
    return [entry for entry in read_entries(path.read_text(encoding="utf-8")) if entry.origin == "hand"]


def merged(counted: Sequence[Entry], hand: Sequence[Entry]) -> list[Entry]:
    """Counted entries, and those written by hand where the count says little or doesn't contradict them."""
    known = {(e.pos, e.lemma, e.construction): e for e in counted}
    mine = []
    for entry in hand:
        rival = known.get((entry.pos, entry.lemma, entry.construction))
        if rival is None or rival.seen < TRUSTED or CONTRADICTED <= rival.precision < entry.precision:
            mine.append(entry)
    replaced = {(e.pos, e.lemma, e.construction) for e in mine}
    return [*(e for e in counted if (e.pos, e.lemma, e.construction) not in replaced), *mine]


def write(path: Path, kept: Iterable[Entry]) -> None:
    """Write the lexicon file."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(HEADER)
        writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
        writer.writerow(["lemma", "pos", "construction", "seen", "right", "precision", "origin"])
        for e in kept:
            writer.writerow([e.lemma, e.pos, e.construction, e.seen, e.right, e.precision, e.origin])


def main() -> None:
    """Command line: see the module's docstring."""
    parser = argparse.ArgumentParser(description="Count the cue lexicon in annotated articles.")
    parser.add_argument("articles", type=Path, help="JSONL with text and attributions")
    parser.add_argument("-o", "--output", type=Path, default=Path("quotes/find/cues.tsv"))
    parser.add_argument("--origin", default="polnear-train", help="what to write as the entries' origin")
    parser.add_argument("--least", type=int, default=1, help="fewest statements an entry must have had")
    parser.add_argument("--floor", type=float, default=0.3, help="lowest precision an entry may have")
    options = parser.parse_args()
    parsed = list(parse_articles(options.articles))
    counted = entries(count(parsed, open_lexicon(parsed)), options.origin, options.least, options.floor)
    kept = merged(counted, read_hand(options.output))
    write(options.output, kept)
    print(f"{len(kept)} entries, {sum(e.origin == 'hand' for e in kept)} of them written by hand: {options.output}")


if __name__ == "__main__":
    main()
