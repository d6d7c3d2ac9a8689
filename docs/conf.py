"""Settings of Sphinx: `make docs` builds these pages as a site, with the reference from the docstrings.

The pages are Markdown that reads well without being built. What only the site has, its table of contents and
the commands' help, is added as they are read.
"""

from __future__ import annotations

import re
import sys
from enum import Enum
from pathlib import Path
from typing import Any

from pydantic import BaseModel

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from command_line import pages_of_commands  # noqa: E402

import quotes  # noqa: E402

project = "quotes"
author = copyright = "quotes contributors"
version = release = quotes.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
default_role = "code"  # docstrings have Markdown's single backticks

myst_heading_anchors = 4

autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
autodoc_type_aliases = {"Offsets": "quotes.schema.Offsets"}
autodoc_default_options = {"exclude-members": "model_config"}
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True

html_theme = "furo"
html_title = f"quotes {release}"
html_show_sphinx = False
html_copy_source = False


def _contents(index: str) -> str:
    """The pages that the index links to, in order, as a table of contents."""
    pages = re.findall(r"\]\(([\w/-]+)\.md\)", index)
    return "\n".join(["", "```{toctree}", ":hidden:", "", *pages, "```", ""])


def _complete(app: Any, page: str, source: list[str]) -> None:
    # A page beside the documentation, which the site doesn't have.
    source[0] = re.sub(r"\[([^]]*)\]\(\.\./(data/README\.md)[^)]*\)", r"\1 (`\2`)", source[0])
    if page == "index":
        source[0] += _contents(source[0])
    elif page == "reference/command-line":
        source[0] += pages_of_commands()


def _mark_code(app: Any, what: str, name: str, it: object, options: object, lines: list[str]) -> None:
    """What stands further in below a paragraph of a module's docstring is code, as in Markdown."""
    if what == "module":
        text = re.sub(r"(?<!::)\n\n(?= {4}\S)(?<!\n {4})", "\n\n::\n\n", "\n".join(lines), count=1)
        lines[:] = text.splitlines()


def _without_fields(app: Any, what: str, name: str, it: object, *_: object) -> tuple[str, None] | None:
    """Of records and options the fields are told below; as arguments, with their bounds, they would fill the page."""
    return ("", None) if isinstance(it, type) and issubclass(it, BaseModel | Enum) else None


def setup(app: Any) -> None:
    """Called by Sphinx."""
    app.connect("autodoc-process-signature", _without_fields)
    app.connect("autodoc-process-docstring", _mark_code)
    app.connect("source-read", _complete)
