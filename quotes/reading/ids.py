"""An id for every article and error that no earlier one has."""

from __future__ import annotations

from dataclasses import replace

from quotes.errors import ArticleError
from quotes.reading.drafts import Draft
from quotes.reading.inputs import Source
from quotes.reading.spill import Seen


def longer_id(source: Source, item: Draft | ArticleError) -> str:
    """The id that an article of a source gets if its own is taken: the whole path, and the place in the file."""
    return source.long_id if item.line is None else f"{source.long_id}:{item.line}"


class Ids:
    """Gives each draft and error an id of its own."""

    def __init__(self) -> None:
        self._seen = Seen()

    def give(self, item: Draft | ArticleError, longer: str | None = None) -> Draft | ArticleError:
        """Returns the item under its own id if that is free, else under the longer one or a numbered one."""
        wanted = item.id or ""
        id = next((name for name in (wanted, longer) if name is not None and self._seen.add(name)), None)
        if id is None:
            id = self._numbered(wanted)
        if isinstance(item, ArticleError):
            item.id = id
        elif id != wanted:
            warning = f"id {wanted!r} is taken by an earlier article, now {id!r}"
            item = replace(item, id=id, warnings=(*item.warnings, warning))
        return item

    def _numbered(self, wanted: str) -> str:
        while True:
            id = f"{wanted}~{self._seen.next_copy(wanted) + 1}"
            if self._seen.add(id):
                return id
