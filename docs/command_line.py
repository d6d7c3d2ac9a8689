"""The commands' help as Markdown, read from the command line itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import typer

from quotes.cli import app


def commands(command: Any = None, name: str = "quotes") -> Iterator[tuple[str, Any]]:
    """Each command with its whole name, groups before what is in them."""
    command = command or typer.main.get_command(app)
    yield name, command
    for part, below in getattr(command, "commands", {}).items():
        yield from commands(below, f"{name} {part}")


def pages_of_commands() -> str:
    """A section for each command: help, arguments and options."""
    return "\n".join(line for name, command in commands() for line in _section(name, command))


def _section(name: str, command: Any) -> Iterator[str]:
    context = typer.Context(command, info_name=name)
    yield from ("", f"## {name}", "")
    # Of single backticks around an example Markdown makes code, as the terminal does.
    yield re.sub(r"^Example: `(.*)`$", r"Example:\n\n```console\n$ \1\n```", command.help or "", flags=re.MULTILINE)
    usage = re.sub(r"\{(\w+)\}", lambda argument: argument[1].upper(), " ".join(command.collect_usage_pieces(context)))
    yield from ("", f"Usage: `{name} {usage}`", "")
    rows = [row for parameter in command.get_params(context) if (row := _row(parameter, context))]
    if rows:
        yield from ("| | |", "|---|---|", *rows, "")


def _row(parameter: Any, context: Any) -> str | None:
    if getattr(parameter, "hidden", False):
        return None
    is_argument = parameter.param_type_name == "argument"
    names = [parameter.name.upper()] if is_argument else [*parameter.opts, *parameter.secondary_opts]
    told, default = parameter.help or "", parameter.default
    if default not in (None, False, ()) and not callable(default) and parameter.show_default:
        told += f" Default: `{getattr(default, 'value', default)}`."
    return f"| {', '.join(f'`{name}`' for name in names)} | {told.replace('|', chr(92) + '|')} |"
