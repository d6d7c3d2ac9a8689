"""Names by the million: sorted, or remembered as seen, in a temporary database that goes to disk as it grows.

SQLite opens a private database for an empty name, keeps it in its page cache while it is small and in a
deleted file of the temporary folder beyond that.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import chain, islice

from quotes.errors import QuotesError

SORTED_IN_MEMORY = 50_000
"""So many names are sorted without a database."""


def in_order(names: Iterable[str]) -> Iterator[str]:
    """Sorts strings as `sorted` does, in memory that doesn't grow with their number.

    Args:
        names: Read to the end before this returns; lone surrogates, as file names may have them, are fine.

    Returns:
        The strings in the order of their code points, each as often as it was given.

    Raises:
        QuotesError: If the temporary folder is full.
    """
    names = iter(names)
    first = list(islice(names, SORTED_IN_MEMORY + 1))
    if len(first) <= SORTED_IN_MEMORY:
        return iter(sorted(first))
    database = _temporary()
    with _room():
        database.execute("CREATE TABLE names (name BLOB)")
        database.executemany("INSERT INTO names VALUES (?)", ((_encoded(name),) for name in chain(first, names)))
    return _sorted(database)


class Seen:
    """Strings that have been seen, and how many copies of each were numbered.

    Raises:
        QuotesError: From all methods, if the temporary folder is full.
    """

    def __init__(self) -> None:
        self._database = _temporary()
        self._database.execute(
            "CREATE TABLE seen (name BLOB PRIMARY KEY, copies INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID"
        )

    def add(self, name: str) -> bool:
        """Adds a string; False if it was there already."""
        with _room():
            added = self._database.execute("INSERT OR IGNORE INTO seen (name) VALUES (?)", (_encoded(name),))
        return added.rowcount == 1

    def __contains__(self, name: str) -> bool:
        with _room():
            found = self._database.execute("SELECT 1 FROM seen WHERE name = ?", (_encoded(name),)).fetchone()
        return found is not None

    def __iter__(self) -> Iterator[str]:
        with _room():
            for (name,) in self._database.execute("SELECT name FROM seen"):
                yield name.decode("utf-8", "surrogatepass")

    def next_copy(self, name: str) -> int:
        """1, 2, 3 and so on, for a string that is there."""
        with _room():
            count: tuple[int] = self._database.execute(
                "UPDATE seen SET copies = copies + 1 WHERE name = ? RETURNING copies", (_encoded(name),)
            ).fetchone()
        return count[0]


def _temporary() -> sqlite3.Connection:
    # A generator may be taken up by another thread than the one that began it.
    database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    # Nothing is ever rolled back or kept.
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA synchronous = OFF")
    database.execute("BEGIN")
    return database


def _sorted(database: sqlite3.Connection) -> Iterator[str]:
    with closing(database), _room():
        for (name,) in database.execute("SELECT name FROM names ORDER BY name"):
            yield name.decode("utf-8", "surrogatepass")


def _encoded(name: str) -> bytes:
    """Bytes that sort as the code points do; `os.fsencode` would move the bytes that aren't UTF-8."""
    return name.encode("utf-8", "surrogatepass")


@contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise QuotesError(
            f"the names of all articles don't fit into the temporary folder ({error}); "
            "make room there or name another one in TMPDIR"
        ) from error
