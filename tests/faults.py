"""A run of `quotes extract` whose pipeline takes no time to load; killed and gone on with by test_faults.py.

python tests/faults.py INPUT OUTPUT
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Sequence

from quotes.archive import annotating
from quotes.articles import read_drafts
from quotes.batch import id_of
from quotes.config import Options
from quotes.schema import AnnotatedArticle, Article
from quotes.shards import Output


class Slow:
    """Annotates nothing, 20 articles a second; some articles fail."""

    def find(self, article: Article) -> AnnotatedArticle:
        time.sleep(0.05)
        if "fails" in article.text:
            raise ValueError(article.text)
        return AnnotatedArticle(
            id=article.id, path=article.path, text=article.text, title=hashlib.sha256(article.text.encode()).hexdigest()
        )

    def tag(self, records: Sequence[AnnotatedArticle]) -> list[AnnotatedArticle]:
        return list(records)


def load(options: Options) -> Slow:
    return Slow()


def main() -> None:
    source, target = sys.argv[1:]
    with Output(target, {"version": "1"}, resume=True) as output:
        with annotating(Options(), 2, load) as workers:
            new = (item for item in read_drafts([source]) if id_of(item) not in output.done)
            for line in workers.run(new):
                output.add(line)
        output.finish()


if __name__ == "__main__":
    main()
