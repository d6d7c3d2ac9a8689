"""`quotes serve`: a page to paste an article into, and the same for programs over HTTP."""

from quotes.serve.app import create_app
from quotes.serve.pool import Pool

__all__ = ["Pool", "create_app"]
