"""`quotes serve`: the web service on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli.app import app
from quotes.cli.console import errors_as_lines, load_options
from quotes.cli.options import Config, MaxChars, Registry, Tagger, Tags, Watch
from quotes.errors import ConfigError

if TYPE_CHECKING:
    from quotes.config import Options


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 is all of this machine's.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 is any free one.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Processes that annotate, one article each at a time.")] = 1,
    config: Config = None,
    registry: Registry = None,
    watch: Watch = None,
    tags: Tags = None,
    tagger: Tagger = None,
    max_chars: MaxChars = None,
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
