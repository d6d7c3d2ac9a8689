"""Takes the README's picture: the report of the demo, with one statement opened.

    python docs/picture.py out/report.html docs/report.png

Needs playwright and chromium, as the report's tests do.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

SIZE = {"width": 1240, "height": 680}
STATEMENT = "#a=border-clash&s=4"


def main(report: Path, target: Path) -> None:
    """Open the report where the statement is and photograph what a reader sees."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, color_scheme="light", device_scale_factor=1.25)
        page.goto(report.resolve().as_uri() + STATEMENT)
        page.wait_for_selector("html[data-ready]", state="attached")
        page.wait_for_timeout(1000)
        page.screenshot(path=target)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
