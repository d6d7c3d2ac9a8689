"""An annotated file as one self-contained HTML page: overview, articles, filters, deep links."""

from quotes.report.page import write_report

__all__ = ["write_report"]
