"""The README's `quotes` commands and its Python run as they stand there, one after the other, in one folder.

Shell lines that don't start with `quotes`, and blocks of other languages, are not run. How: see `commands.py`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import PROJECT, Folder, failures

README = PROJECT / "README.md"


def test_readme_runs(tmp_path: Path) -> None:
    """One test for all steps: the later read what the earlier wrote."""
    problems = list(failures(README.read_text(encoding="utf-8"), Folder(tmp_path), only_quotes=True))
    if problems:
        pytest.fail("\n\n".join(problems), pytrace=False)
