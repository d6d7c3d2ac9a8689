"""spaCy: a `DocBin` of docs with their statements.

    docs = list(DocBin().from_disk("quotes.spacy").get_docs(nlp.vocab))
    displacy.serve(docs[0], style="span", options={"spans_key": "quotes"})

Each doc has two span groups: "quotes", as the component `quotes` makes it, and "sc", the one that
displaCy shows and a spancat model is trained on unless told otherwise, with QUOTE, CUE, SPEAKER and
TARGET. Where `quotes.component` is imported, `doc._.quotes` and `span._.speaker` work too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from spacy import blank
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from quotes.component import aligned, annotate
from quotes.export.tokens import labelled_spans, tokenized
from quotes.schema import AnnotatedArticle

_SPANCAT = "sc"


def write(articles: Iterable[AnnotatedArticle], stream: BinaryIO) -> None:
    """Write articles as a `DocBin`, which is held in memory until the end: some 20 bytes a token.

    Args:
        articles: The articles.
        stream: Where to write bytes.
    """
    nlp = blank("en")
    docs = DocBin(attrs=[], store_user_data=True)
    for article in articles:
        docs.add(_doc(nlp, article))
    stream.write(docs.to_bytes())


def _doc(nlp: Language, article: AnnotatedArticle) -> Doc:
    marked = list(labelled_spans(article))
    doc = tokenized(nlp, article.text, (edge for _, place in marked for edge in place))
    annotate(doc, article)
    found = (aligned(doc, place, label) for label, place in marked)
    doc.spans[_SPANCAT] = [span for span in found if span is not None]
    doc.user_data |= {"id": article.id, "title": article.title, "date": article.date, "path": article.path}
    return doc
