"""Who speaks: from the mentions of one article to one record per speaker."""

from quotes.speakers.article import Mention
from quotes.speakers.records import Resolution
from quotes.speakers.registry import Entry, Registry
from quotes.speakers.resolve import resolve

__all__ = ["Entry", "Mention", "Registry", "Resolution", "resolve"]
