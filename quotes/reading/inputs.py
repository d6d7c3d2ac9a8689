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
from quotes.reading.spill import in_order

Format = Literal["text", "html", "jsonl", "csv", "tsv", "parquet", "warc", "dataset"]

FORMATS: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
    ".warc": "warc",
}
"""What a folder is searched for, each also packed, but for Parquet. A file named outright may have any suffix."""

PACKED = (".gz", ".zst")
"""Suffixes that may stand behind those of `FORMATS`."""

STDIN = "-"
_WILDCARDS = frozenset("*?[")
_SUFFIX = re.compile(r"(?<=[^.])\.[A-Za-z]\w{0,9}$")
_PACKED_SUFFIX = re.compile(r"(?<=[^.])\.(?:gz|zst)$", re.IGNORECASE)
# What `datasets.Dataset.save_to_disk` leaves in a folder. A `DatasetDict` has such a folder for each split.
_DATASET_FILES = ("dataset_info.json", "state.json")
_FOLDER, _FILE, _LINK = "folder", "file", "link"


@dataclass(frozen=True)
class Source:
    """One file to read, or the folder of a saved data set.

    Attributes:
        path: Where it is; None is standard input.
        name: The path as the user gave or would give it, with `/`, fit for messages and records.
        id: Path below the folder given, without suffix.
        long_id: The whole path without suffix, for when `id` is taken.
        format: What it holds, by its suffix.
        named: Whether the user named it, and not a folder or a pattern.
    """

    path: Path | None
    name: str
    id: str
    long_id: str
    format: Format
    named: bool = False


def find_sources(inputs: Iterable[str | Path]) -> Iterator[Source | ArticleError]:
    """Finds the files that the inputs stand for.

    Folders are walked in the order of names, one folder at a time; hidden files and folders and
    links to folders are passed over. Patterns may hold `**`. The names of a folder that holds
    millions of files are sorted on disk.

    Args:
        inputs: Paths of files and folders, glob patterns, and `-` for standard input.

    Yields:
        The files in order, and an error in place of an input that gives none.

    Raises:
        QuotesError: If the temporary folder is full.
    """
    for given in inputs:
        yield from _find(str(given))


def _find(given: str) -> Iterator[Source | ArticleError]:
    path = Path(given)
    if given == STDIN:
        yield Source(None, STDIN, "stdin", "stdin", "text", named=True)
    elif not given:
        yield ArticleError("an empty path names no file; use . for the current folder", id="")
    elif _holds_dataset(path):
        # `.` has no name and `..` has no parent of its own; the folder has both
        yield _dataset(path, Path(path.resolve().name))
    elif _is_folder(path):
        yield from _or_error(_walk(path, path), path, f"no article files in {{}} (looked for {', '.join(FORMATS)})")
    elif os.path.lexists(path):
        yield _source(path, path.parent, named=True)
    elif _WILDCARDS.intersection(given):
        yield from _or_error(_expand(path), path, "no files match {} (check the pattern)")
    else:
        yield _error("no such file: {} (check the path, or quote the glob pattern)", path)


def _walk(folder: Path, root: Path) -> Iterator[Source | ArticleError]:
    """The files below a folder. Not recursive, for folders may lie deeper than calls."""
    open_folders = [(folder, iter([f"\0{_FOLDER}"]))]
    while open_folders:
        parent, names = open_folders[-1]
        entry = next(names, None)
        if entry is None:
            open_folders.pop()
            continue
        name, _, kind = entry.rpartition("\0")
        path = parent / name
        if kind != _FOLDER:
            if kind == _FILE or not _is_folder(path):
                yield _source(path, root)
        elif _holds_dataset(path):
            yield _dataset(path, path.relative_to(root))
        else:
            try:
                open_folders.append((path, _entries(path)))
            except OSError as error:
                yield _error(f"cannot read the folder {{}}: {error.strerror}", path)


def _entries(folder: Path) -> Iterator[str]:
    """Names in order, each with its kind behind a NUL, which sorts before all that a name may go on with."""
    with os.scandir(folder) as entries:
        return in_order(
            f"{entry.name}\0{_kind(entry)}"
            for entry in entries
            if not entry.name.startswith(".") and (_suffix(entry.name) in FORMATS or _kind(entry) == _FOLDER)
        )


def _kind(entry: os.DirEntry[str]) -> str:
    if entry.is_symlink():
        return _LINK
    return _FOLDER if entry.is_dir(follow_symlinks=False) else _FILE


def _expand(pattern: Path) -> Iterator[Source | ArticleError]:
    """Files that match; folders that match too are walked, as they are when the shell expands the pattern."""
    parts = pattern.parts
    fixed = next(i for i, part in enumerate(parts) if _WILDCARDS.intersection(part))
    root = Path(*parts[:fixed])
    descends = "**" in parts  # by itself, so that walking would give the same files again
    for path in map(Path, _matches(pattern)):
        if not _is_folder(path):
            yield _source(path, root)
        elif not descends:
            yield from _walk(path, root)


def _matches(pattern: Path) -> Iterator[str]:
    """Paths in the order of their parts: `a/b` before `a-b`."""
    try:
        found = in_order(
            path.replace(os.sep, "\0")
            for path in glob.iglob(str(pattern), recursive=True)  # noqa: PTH207 - Path.glob finds hidden files
        )
    except ValueError:  # a NUL or a lone surrogate, which no file name has
        return iter(())
    return (path.replace("\0", os.sep) for path in found)


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112 - Path.is_dir raises on a name that is too long


def _holds_dataset(folder: Path) -> bool:
    return all(os.path.isfile(folder / name) for name in _DATASET_FILES)  # noqa: PTH113 - nor does this raise


def _or_error(found: Iterator[Source | ArticleError], path: Path, message: str) -> Iterator[Source | ArticleError]:
    """The finds, or an error where there are none."""
    first = next(found, None)
    if first is None:
        yield _error(message, path)
    else:
        yield first
        yield from found


def _source(path: Path, root: Path, *, named: bool = False) -> Source:
    return Source(
        path,
        _printable(path),
        _without_suffix(path.relative_to(root)),
        _without_suffix(path),
        FORMATS.get(_suffix(path.name), "text"),
        named,
    )


def _dataset(folder: Path, below: PurePath) -> Source:
    name = _printable(folder)
    return Source(folder, name, _printable(below), name, "dataset")


def _error(message: str, path: Path) -> ArticleError:
    name = _printable(path)
    return ArticleError(message.format(name), id=name, path=name)


def _printable(path: PurePath) -> str:
    """The path with `/`, and U+FFFD for bytes of a file name that aren't UTF-8."""
    return without_surrogates(path.as_posix()).text


def _suffix(name: str) -> str:
    """`.txt` of `a.TXT.gz`."""
    return PurePath(_PACKED_SUFFIX.sub("", name)).suffix.lower()


def _without_suffix(path: PurePath) -> str:
    """`2019/us-strikes` of `2019/us-strikes.txt.gz`; `v1.2` and `.txt` have no suffix."""
    name = _PACKED_SUFFIX.sub("", path.name)
    return _printable(path.with_name(_SUFFIX.sub("", name)))
