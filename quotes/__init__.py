"""Who said what in news articles: direct, mixed and indirect quotes with their speakers.

>>> import quotes
>>> pipeline = quotes.load()
>>> record = pipeline('"We will rebuild," Mayor Ann Lee said.')
>>> record.speakers[record.quotes[0].speaker].name
'Ann Lee'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quotes.pipeline import Pipeline, load
    from quotes.schema import AnnotatedArticle, Article, Quote, Speaker

__version__ = "0.1.0"

__all__ = ["AnnotatedArticle", "Article", "Pipeline", "Quote", "Speaker", "load"]

_HOMES = {
    "AnnotatedArticle": "quotes.schema",
    "Article": "quotes.schema",
    "Pipeline": "quotes.pipeline",
    "Quote": "quotes.schema",
    "Speaker": "quotes.schema",
    "load": "quotes.pipeline",
}

if not TYPE_CHECKING:  # a type checker that saw it would take any name for granted

    def __getattr__(name: str) -> object:
        """Import a public name's module at first use: `quotes --help` need not wait for spaCy."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
