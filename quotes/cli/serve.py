"""`quotes serve`: the web service on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli.app import app
from quotes.cli.console import errors_as_lines, load_options
from quotes.errors import ConfigError

if TYPE_CHECKING:
    from quotes.config import Options


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 is all of this machine's.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 is any free one.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Processes that annotate, one article each at a time.")] = 1,
    config: Annotated[
        Path | None, typer.Option(help="YAML file with options; see configs/extract.yaml.", show_default=False)
    ] = None,
    registry: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="File of known speakers.", show_default=False),
    ] = None,
    watch: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="File of targets to watch.", show_default=False),
    ] = None,
    tags: Annotated[
        bool | None,
        typer.Option(
            "--tags/--no-tags",
            help="Tag target, stance and tone (the default), or not.",
            show_default=False,
        ),
    ] = None,
    tagger: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, help="Folder of a tagger of your own.", show_default=False),
    ] = None,
    max_chars: Annotated[
        int | None, typer.Option(min=1, help="Longest article taken, in characters.", show_default=False)
    ] = None,
    max_seconds: Annotated[
        float, typer.Option(min=0.1, help="Longest time for an answer; goes before that of --config.")
    ] = 60,
    max_bytes: Annotated[int, typer.Option(min=1000, help="Largest request, in bytes.")] = 2_000_000,
) -> None:
    """Serve a page to paste articles into, and POST /annotate for programs.

    Listens on this machine alone unless --host says otherwise. There is no password.

    Example: `quotes serve --port 8000`

    Example: `curl localhost:8000/annotate --json '{"text": "Ann Lee said that she had won."}'`

    Exit status:

    - 0: stopped with Ctrl-C or SIGTERM.
    - 2: wrong usage or configuration, or the port can't be listened on.
    """
    with errors_as_lines():
        given = {"registry": registry, "watch": watch, "tags": tags, "tagger": tagger}
        options = load_options(config, **given, max_chars=max_chars, max_seconds=max_seconds)
        _serve(options, host, port, workers, max_bytes)


def _serve(options: Options, host: str, port: int, workers: int, max_bytes: int) -> None:
    try:
        from quotes.serve import Pool, create_app
        from quotes.serve.guard import LOOPBACK
        from quotes.serve.server import is_loopback, listening, serve, stopped_by_signals, url_of
    except ModuleNotFoundError as error:
        raise ConfigError(f"quotes serve needs the package {error.name!r}: pip install 'quotes[serve]'") from None

    # The port first: where it is taken, nobody should have to wait for the models to hear of it.
    with stopped_by_signals(), listening(host, port) as opened:
        own = is_loopback(opened)
        if not own:
            typer.echo(f"warning: whoever can reach {url_of(opened)} can use it: there is no authentication", err=True)
        with Pool(options, workers) as pool:
            app = create_app(pool, max_bytes=max_bytes, hosts=[*LOOPBACK, host] if own else None)
            serve(app, pool, opened, lambda: typer.echo(url_of(opened), err=True))
