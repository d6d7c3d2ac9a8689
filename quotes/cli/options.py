"""Options that commands which annotate have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Config = Annotated[
    Path | None, typer.Option(help="YAML file with options; see configs/extract.yaml.", show_default=False)
]
Registry = Annotated[
    Path | None, typer.Option(exists=True, dir_okay=False, help="File of known speakers.", show_default=False)
]
Watch = Annotated[
    Path | None, typer.Option(exists=True, dir_okay=False, help="File of targets to watch.", show_default=False)
]
Tags = Annotated[
    bool | None,
    typer.Option("--tags/--no-tags", help="Tag target, stance and tone (the default), or not.", show_default=False),
]
Tagger = Annotated[
    Path | None, typer.Option(exists=True, file_okay=False, help="Folder of a tagger of your own.", show_default=False)
]
MaxChars = Annotated[int | None, typer.Option(min=1, help="Longest article taken, in characters.", show_default=False)]
