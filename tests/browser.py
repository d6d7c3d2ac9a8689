"""The browser that tests open pages in."""

from __future__ import annotations

import functools
import shutil
from typing import Any

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser(pytestconfig: pytest.Config) -> Any:
    """A headless browser, or a skip that says plainly what is missing."""
    return _started(pytestconfig)


# Folders of tests import the fixture each for itself, and two of Playwright can't run in one thread.
@functools.cache
def _started(config: pytest.Config) -> Any:
    sync_api = pytest.importorskip("playwright.sync_api", reason="no browser tests: install playwright")
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip(f"no browser tests: none of {', '.join(BROWSERS)} is installed; apt-get install chromium")
    playwright = sync_api.sync_playwright().start()
    config.add_cleanup(playwright.stop)
    # Without a sandbox of its own, for the tests may run as root; they open only what is made here.
    started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
    config.add_cleanup(started.close)
    return started
