"""What tests of reading share: a file is written to the working folder and read from there."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zstandard

from quotes.articles import read_articles
from quotes.errors import ArticleError
from quotes.schema import Article

Items = list[Article | ArticleError]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, bytes | str], Path]:
    """Writes a file below the working folder, packed as its suffix says."""
    monkeypatch.chdir(tmp_path)

    def write(name: str, content: bytes | str) -> Path:
        data = content.encode() if isinstance(content, str) else content
        if name.endswith(".gz"):
            data = gzip.compress(data, mtime=0)
        elif name.endswith(".zst"):
            data = zstandard.compress(data)
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    return write


@pytest.fixture
def read(write: Callable[[str, bytes | str], Path]) -> Callable[..., Items]:
    """Writes a file and reads it."""

    def read(name: str, content: bytes | str, **options: Any) -> Items:
        return list(read_articles(write(name, content), **options))

    return read
