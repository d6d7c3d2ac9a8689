"""What records depend on besides the articles, so that those of different settings don't get mixed."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path
from typing import Any

from quotes.config import Options
from quotes.schema import SCHEMA
from quotes.spacy_model import MODELS
from quotes.tag.files import SHIPPED, WEIGHTS, sha256


def fingerprint(options: Options, **more: Any) -> dict[str, Any]:
    """Versions, options and hashes of what the options name.

    Args:
        options: The options; of files their content counts, not where they are.
        more: What else the records depend on, as JSON values.

    Returns:
        A JSON object; two runs with the same one give the same records for the same articles.

    Raises:
        OSError: If a file that the options name can't be read.
    """
    from quotes import __version__

    given = options.model_dump(
        mode="json", exclude={"max_seconds", "spacy_model", "registry", "watch", "tagger", "tags"}
    )
    return {
        "version": __version__,
        "schema": SCHEMA,
        "spacy": metadata.version("spacy"),
        "spacy_model": _spacy_model(options.spacy_model),
        "registry": sha256(options.registry) if options.registry else None,
        "tags": options.tags,
        "tagger": _tagger(options) if options.tags else None,
        "watch": sha256(options.watch) if options.tags and options.watch else None,
        **given,
        **more,
    }


def _spacy_model(name: str | None) -> str | None:
    """E.g. `en_core_web_sm 3.8.0`; of a folder the hash of its `meta.json`."""
    if name is not None and (Path(name) / "meta.json").is_file():
        return sha256(Path(name) / "meta.json")
    for package in MODELS if name is None else [name]:
        try:
            return f"{package} {metadata.version(package)}"
        except metadata.PackageNotFoundError:
            continue
    return name


def _tagger(options: Options) -> str | None:
    """Hash of the weights; None where there are none, which loading them will say better."""
    weights = (options.tagger or SHIPPED) / WEIGHTS
    return sha256(weights) if weights.is_file() else None
