"""Compare the tagger's speed with that of a stock text classifier, and with finding the quotes.

    python benchmarks/tagging.py [ARTICLES …] [--rounds 3] [--statements 1000]

The stock classifier is Hugging Face's `pipeline("text-classification")` with the same encoder in 32
bits at batches of 32. It reads the very windows of text that the tagger makes of the articles, and is
timed on reading and classifying them; the tagger is timed on everything from annotated articles to
tagged ones. Both run in one process, turn and turn about.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import torch
import transformers
from speed import OWN, POLNEAR, read_texts
from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

from quotes.config import Options
from quotes.errors import QuotesError
from quotes.pipeline import Pipeline
from quotes.schema import AnnotatedArticle
from quotes.tag.encode import Encoded
from quotes.tag.files import SHIPPED, TOKENIZER
from quotes.tag.tagger import Tagger


def seconds(run: Callable[[], object]) -> float:
    """How long a call takes by the clock."""
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def stock_classifier(tagger: Tagger) -> Callable[[list[str]], object]:
    """Hugging Face's pipeline around the tagger's encoder, in 32 bits."""
    config = BertConfig.from_dict({**tagger.model.config.encoder, "num_labels": 9})
    model = BertForSequenceClassification(config)
    model.bert.load_state_dict(tagger.model.encoder.float().state_dict(), strict=False)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_file=str(SHIPPED / TOKENIZER), pad_token="[PAD]", cls_token="[CLS]", sep_token="[SEP]"
    )
    return transformers.pipeline("text-classification", model=model, tokenizer=tokenizer, device=-1, batch_size=32)


def inputs_of(tagger: Tagger, records: Sequence[AnnotatedArticle]) -> Iterator[Encoded]:
    """What the model reads for each statement."""
    for record in records:
        tokens = tagger.encoder.tokens(record.text)
        for quote in record.quotes:
            target = (quote.target.start, quote.target.end) if quote.target else None
            yield tagger.encoder.encode(tokens, quote.spans, target)


def with_statements(records: Sequence[AnnotatedArticle], count: int) -> list[AnnotatedArticle]:
    """As many of the articles as have so many statements, the last one cut to fit."""
    kept: list[AnnotatedArticle] = []
    for record in records:
        missing = count - sum(len(each.quotes) for each in kept)
        if missing <= 0:
            break
        kept.append(record.model_copy(update={"quotes": record.quotes[:missing]}))
    return kept


def main() -> None:
    """Command line: see the module's docstring."""
    parser = argparse.ArgumentParser(description="Compare the tagger's speed with a stock text classifier's.")
    parser.add_argument("articles", nargs="*", type=Path, help="files or folders; default: PolNeAR's development texts")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each")
    parser.add_argument("--statements", type=int, default=1000, help="statements to tag")
    options = parser.parse_args()
    transformers.logging.set_verbosity_error()
    try:
        texts = read_texts(options.articles or [POLNEAR if POLNEAR.exists() else OWN], None)
        finder, tagger, reference = Pipeline(Options(tags=False)), Tagger(), Tagger()
    except QuotesError as error:
        sys.exit(f"error: {error}")
    untagged = list(finder.pipe(texts))
    records = with_statements(untagged, options.statements)
    count = sum(len(record.quotes) for record in records)
    windows = [tagger.encoder.tokenizer.decode(encoded.ids) for encoded in inputs_of(tagger, records)]
    stock = stock_classifier(reference)
    runs: dict[str, Callable[[], object]] = {
        "stock text-classification": lambda: stock(windows),
        "quotes": lambda: tagger(records),
        "finding, for the same articles": lambda: list(finder.pipe([record.text for record in records])),
    }
    for run in runs.values():
        run()
    times: dict[str, list[float]] = {label: [] for label in runs}
    for number in range(1, options.rounds + 1):
        for label, run in runs.items():
            times[label].append(seconds(run))
            print(f"round {number}: {label} {times[label][-1]:.2f} s", file=sys.stderr)
    print(f"{count} statements of {len(records)} articles, {torch.get_num_threads()} threads, {tagger.model.dtype}")
    best = {label: min(taken) for label, taken in times.items()}
    for label, taken in times.items():
        print(f"{label:32}{best[label]:8.2f} s best{statistics.median(taken):8.2f} s median")
    stock_time, own, finding = best.values()
    print(
        f"\nquotes / stock: {stock_time / own:.2f} times as fast; tagging / finding: {own / finding:.2f} times the time"
    )


if __name__ == "__main__":
    main()
