"""A run of `quotes extract` whose pipeline takes no time to load; killed and gone on with by test_faults.py.

python tests/faults.py INPUT OUTPUT SLOW

It takes its time as long as the file SLOW is there, so that it isn't over before it has been killed often enough.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from quotes.archive import annotating
from quotes.articles import read_drafts
from quotes.batch import id_of
from quotes.config import Options
from quotes.schema import AnnotatedArticle, Article
from quotes.shards import Output

WHILE_THERE = "SLOW_WHILE_THERE"


class Slow:
    """Annotates nothing; some articles fail."""

    def __init__(self, while_there: Path) -> None:
        self.while_there = while_there

    def find(self, article: Article) -> AnnotatedArticle:
        time.sleep(0.15 if self.while_there.exists() else 0.005)
        if "fails" in article.text:
            raise ValueError(article.text)
        return AnnotatedArticle(
            id=article.id, path=article.path, text=article.text, title=hashlib.sha256(article.text.encode()).hexdigest()
        )

    def tag(self, records: Sequence[AnnotatedArticle]) -> list[AnnotatedArticle]:
        return list(records)


def load(options: Options) -> Slow:
    return Slow(Path(os.environ[WHILE_THERE]))


def main() -> None:
    source, target, os.environ[WHILE_THERE] = sys.argv[1:]
    with Output(target, {"version": "1"}, resume=True) as output:
        with annotating(Options(), 2, load) as workers:
            new = (item for item in read_drafts([source]) if id_of(item) not in output.done)
            for line in workers.run(new):
                output.add(line)
        output.finish()


if __name__ == "__main__":
    main()
