"""The content security policy of pages that hold their own scripts and styles."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable


def security_policy(styles: str, scripts: Iterable[str], *more: str) -> str:
    """A policy that lets run what is in the page from the start, by its hash, and nothing else.

    Args:
        styles: The text of the page's style element.
        scripts: The text of each of its script elements.
        more: Further directives, e.g. `connect-src 'self'`.
    """
    return "; ".join(
        (
            "default-src 'none'",
            "script-src " + " ".join(map(_hash, scripts)),
            "style-src " + _hash(styles),
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
            *more,
        )
    )


def _hash(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"
