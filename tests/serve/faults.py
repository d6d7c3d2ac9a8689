"""A pipeline that takes no time to load, and does what the article says."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence

from quotes.config import Options
from quotes.errors import ConfigError
from quotes.schema import AnnotatedArticle, Article

HANGS, KILLS, FAILS, SLOW = "hangs", "kills its worker", "fails", "takes a while"


class Fake:
    """Annotates nothing; the title tells which process it was."""

    def find(self, article: Article) -> AnnotatedArticle:
        match article.text:
            case "hangs":
                time.sleep(600)
            case "kills its worker":
                os.kill(os.getpid(), signal.SIGKILL)
            case "fails":
                raise ValueError("no such luck")
            case "takes a while":
                time.sleep(1.5)
        return AnnotatedArticle(id=article.id, path=article.path, text=article.text, title=str(os.getpid()))

    def tag(self, records: Sequence[AnnotatedArticle]) -> list[AnnotatedArticle]:
        return list(records)


def load(options: Options) -> Fake:
    return Fake()


def load_and_fail(options: Options) -> Fake:
    raise ConfigError("registry.yaml: there is no such file")
