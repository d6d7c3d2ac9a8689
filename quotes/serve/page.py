"""The page of the service: the report's way of showing an article, around a form to send one."""

from __future__ import annotations

from importlib import resources

from markupsafe import Markup

from quotes.reading.inputs import FORMATS
from quotes.report.page import safe_json, static
from quotes.report.policy import security_policy
from quotes.templates import templates_of

STYLES = ("tokens.css", "article.css", "page.css")
EARLY_SCRIPTS = ("theme.js",)
SCRIPTS = ("segments.js", "article.js", "details.js")
"""Those of the report; the page's own come after them."""


class Page:
    """The page, and the content security policy to send with it.

    Args:
        max_bytes: Largest request, in bytes; the page doesn't send larger ones.

    Attributes:
        html: The page.
        policy: Lets run the scripts that are in it, by their hash, and nothing else; they can reach this service alone.
    """

    def __init__(self, max_bytes: int) -> None:
        styles = Markup("\n".join([*map(static, STYLES), _own("serve.css")]))
        early = [Markup(static(name)) for name in EARLY_SCRIPTS]
        scripts = [Markup(text) for text in [*map(static, SCRIPTS), _own("serve.js")]]
        data = {"example": _own("example.txt"), "maxBytes": max_bytes}
        self.html = (
            templates_of("quotes.serve")
            .get_template("page.html")
            .render(
                styles=styles,
                early_scripts=early,
                scripts=scripts,
                data=Markup(safe_json(data)),
                suffixes=",".join(suffix for suffix, format in FORMATS.items() if format in {"text", "html"}),
            )
        )
        self.policy = security_policy(styles, [*early, *scripts], "connect-src 'self'", "frame-ancestors 'none'")


def _own(name: str) -> str:
    return resources.files("quotes.serve").joinpath("static", name).read_text(encoding="utf-8")
