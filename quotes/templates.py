"""HTML templates of a package, with everything escaped that comes from articles."""

from __future__ import annotations

import jinja2


def templates_of(package: str) -> jinja2.Environment:
    """The templates in a package's folder `templates`; an unknown name in one is an error."""
    return jinja2.Environment(
        loader=jinja2.PackageLoader(package),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
