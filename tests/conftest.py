"""What all tests share: one pipeline, for loading the models takes longer than most tests."""

from __future__ import annotations

import pytest

import quotes


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden/ from what is found now")


@pytest.fixture(scope="session")
def pipeline() -> quotes.Pipeline:
    """The pipeline that finds quotes and leaves them untagged."""
    return quotes.load(tags=False)
