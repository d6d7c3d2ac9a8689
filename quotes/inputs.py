"""What the user names, file by file: files, folders, glob patterns and standard input."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Literal

from quotes.decode import without_surrogates
from quotes.errors import ArticleError

Format = Literal["text", "html", "jsonl"]

FORMATS: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
"""What a folder is searched for, each also with `.gz` behind it. A file named outright may have any suffix."""

STDIN = "-"
_WILDCARDS = frozenset("*?[")
_SUFFIX = re.compile(r"(?<=[^.])\.[A-Za-z]\w{0,9}$")


@dataclass(frozen=True)
class Source:
    """One file to read.

    Attributes:
        path: Where it is; None is standard input.
        name: The path as the user gave or would give it, with `/`, fit for messages and records.
        id: Path below the folder given, without suffix.
        long_id: The whole path without suffix, for when `id` is taken.
    """

    path: Path | None
    name: str
    id: str
    long_id: str

    @property
    def format(self) -> Format:
        return FORMATS.get(_suffix(self.name), "text")


def find_sources(inputs: Iterable[str | Path]) -> Iterator[Source | ArticleError]:
    """Finds the files that the inputs stand for.

    Folders are walked in the order of names, one folder at a time; hidden files and folders and
    links to folders are passed over. Patterns may hold `**`.

    Args:
        inputs: Paths of files and folders, glob patterns, and `-` for standard input.

    Yields:
        The files in order, and an error in place of an input that gives none.
    """
    for given in inputs:
        yield from _find(str(given))


def _find(given: str) -> Iterator[Source | ArticleError]:
    path = Path(given)
    if given == STDIN:
        yield Source(None, STDIN, "stdin", "stdin")
    elif not given:
        yield ArticleError("an empty path names no file; use . for the current folder", id="")
    elif _is_folder(path):
        yield from _or_error(_walk(path, path), path, f"no article files in {{}} (looked for {', '.join(FORMATS)})")
    elif os.path.lexists(path):
        yield _source(path, path.parent)
    elif _WILDCARDS.intersection(given):
        yield from _or_error(_expand(path), path, "no files match {} (check the pattern)")
    else:
        yield _error("no such file: {} (check the path, or quote the glob pattern)", path)


def _walk(folder: Path, root: Path) -> Iterator[Source | ArticleError]:
    try:
        with os.scandir(folder) as entries:
            found = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
    except OSError as error:
        yield _error(f"cannot read the folder {{}}: {error.strerror}", folder)
        return
    for name, is_folder in found:
        path = folder / name
        if name.startswith("."):
            continue
        if is_folder:
            yield from _walk(path, root)
        elif _suffix(name) in FORMATS and not _is_folder(path):
            yield _source(path, root)


def _expand(pattern: Path) -> Iterator[Source | ArticleError]:
    """Files that match; folders that match too are walked, as they are when the shell expands the pattern."""
    parts = pattern.parts
    fixed = next(i for i, part in enumerate(parts) if _WILDCARDS.intersection(part))
    root = Path(*parts[:fixed])
    descends = "**" in parts  # by itself, so that walking would give the same files again
    try:
        matches = glob.glob(str(pattern), recursive=True)  # noqa: PTH207 - Path.glob finds hidden files
    except ValueError:  # a NUL or a lone surrogate, which no file name has
        matches = []
    for path in sorted(map(Path, matches)):
        if not _is_folder(path):
            yield _source(path, root)
        elif not descends:
            yield from _walk(path, root)


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112 - Path.is_dir raises on a name that is too long


def _or_error(found: Iterator[Source | ArticleError], path: Path, message: str) -> Iterator[Source | ArticleError]:
    """The finds, or an error where there are none."""
    first = next(found, None)
    if first is None:
        yield _error(message, path)
    else:
        yield first
        yield from found


def _source(path: Path, root: Path) -> Source:
    return Source(path, _printable(path), _without_suffix(path.relative_to(root)), _without_suffix(path))


def _error(message: str, path: Path) -> ArticleError:
    name = _printable(path)
    return ArticleError(message.format(name), id=name, path=name)


def _printable(path: PurePath) -> str:
    """The path with `/`, and U+FFFD for bytes of a file name that aren't UTF-8."""
    return without_surrogates(path.as_posix()).text


def _suffix(name: str) -> str:
    """`.txt` of `a.TXT.gz`."""
    stem = name[:-3] if name.lower().endswith(".gz") else name
    return PurePath(stem).suffix.lower()


def _without_suffix(path: PurePath) -> str:
    """`2019/us-strikes` of `2019/us-strikes.txt.gz`; `v1.2` and `.txt` have no suffix."""
    name = re.sub(r"(?<=[^.])\.gz$", "", path.name, flags=re.IGNORECASE)
    return _printable(path.with_name(_SUFFIX.sub("", name)))
