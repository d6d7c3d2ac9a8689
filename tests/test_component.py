"""The spaCy component: the pipeline's records, on docs with any tokens."""

from __future__ import annotations

import os
import subprocess
import sys
from inspect import signature
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import quotes
from quotes.component import DEFAULTS, QuotesComponent, annotate, make_quotes
from quotes.config import Options
from quotes.errors import ConfigError
from quotes.schema import AnnotatedArticle, Quote, Speaker, Stance, Tone

PROJECT = Path(quotes.__file__).resolve().parents[1]
TEXT = "“We will rebuild,” Mayor Ann Lee said. “It is a costly mistake,” the union said."
TEXTS = [path.read_text(encoding="utf-8") for path in sorted((PROJECT / "data" / "articles").glob("*.txt"))[:4]] + [
    "",
    " \n ",
    "No one speaks here.",
    TEXT,
    "🗳️ “Émigrés\r\n vote,” she said.",
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("quotes", config={"tags": False})
    return nlp


def test_docs_have_the_records_of_the_pipeline(nlp: Language, pipeline: quotes.Pipeline) -> None:
    """One by one and together, with other tokens than the pipeline's own."""
    expected = [(record.quotes, record.speakers) for record in map(pipeline, TEXTS)]
    assert sum(len(found) for found, _ in expected) > 20
    for docs in (map(nlp, TEXTS), nlp.pipe(TEXTS), nlp.pipe(TEXTS, batch_size=2)):
        assert [(doc._.quotes, doc._.quote_speakers) for doc in docs] == expected


def test_spans_are_whole_tokens_around_the_statements(nlp: Language) -> None:
    for doc in nlp.pipe(TEXTS):
        places = [place for quote in doc._.quotes for place in quote.spans]
        for span, (start, end) in zip(doc.spans["quotes"], places, strict=True):
            assert span.start_char <= start < end <= span.end_char


def test_a_span_knows_its_statement_and_speaker(nlp: Language) -> None:
    doc = nlp(TEXT)
    first, second = doc.spans["quotes"]
    assert (first.text, first.label_, first._.speaker.name) == ("“We will rebuild,”", "direct", "Ann Lee")
    assert second._.quote == doc._.quotes[1]
    assert doc[1:3]._.quote == doc._.quotes[0]  # "We will"
    said = next(token.i for token in doc if token.text == "said")
    assert doc[said : said + 1]._.quote is None
    assert doc[said : said + 1]._.speaker is None
    assert first._.stance is None
    assert first._.tone is None


def test_a_statement_inside_another_and_tags() -> None:
    text = "“He told me ‘never again’ and left,” she said."
    inner, outer = "‘never again’", "“He told me ‘never again’ and left,”"
    stance = Stance(label="against", score=0.9, scores={"against": 0.9, "favor": 0.05, "neutral": 0.05})
    tone = Tone(label="critical", score=1, scores={"critical": 1})

    def quote(number: int, words: str, **more: object) -> Quote:
        start = text.index(words)
        place = (start, start + len(words))
        fields = {"id": number, "type": "direct", "text": words, "spans": (place,), "rule": "any", "confidence": 1}
        return Quote.model_validate({**fields, **more})

    record = AnnotatedArticle(
        id="a",
        text=text,
        speakers=(Speaker(id=0, name="she"),),
        quotes=(quote(0, outer, speaker=0, stance=stance, tone=tone), quote(1, inner)),
    )
    doc = spacy.blank("en")(text)
    annotate(doc, record)
    whole, part = doc.spans["quotes"]
    assert (whole._.stance, whole._.tone, whole._.speaker.name) == (stance, tone, "she")
    assert (part._.quote.id, part._.stance, part._.speaker) == (1, None, None)


def test_displacy_shows_the_statements(nlp: Language) -> None:
    page = displacy.render(nlp(TEXT), style="span", options={"spans_key": "quotes"}, jupyter=False)
    assert page.count("direct") >= 2


def test_docs_can_be_saved_and_sent(nlp: Language) -> None:
    doc = nlp(TEXT)
    (packed,) = DocBin(docs=[doc], store_user_data=True).get_docs(nlp.vocab)
    for copy in (Doc(nlp.vocab).from_bytes(doc.to_bytes()), packed):
        assert copy._.quotes == doc._.quotes
        assert copy.spans["quotes"][0]._.speaker.name == "Ann Lee"


def test_a_doc_without_the_component_has_no_quotes() -> None:
    doc = spacy.blank("en")(TEXT)
    assert (doc._.quotes, doc._.quote_speakers, doc[0:3]._.speaker) == ((), (), None)


def test_the_settings_are_saved_with_the_pipeline(tmp_path: Path) -> None:
    registry = tmp_path / "registry.yaml"
    registry.write_text("- name: Anna Leigh\n  aliases: [Ann Lee]\n  id: Q1\n", encoding="utf-8")
    nlp = spacy.blank("en")
    nlp.add_pipe("quotes", config={"registry": str(registry), "min_confidence": 0.6, "tags": False})
    nlp.to_disk(tmp_path / "model")
    for loaded in (spacy.load(tmp_path / "model"), type(nlp).from_config(nlp.config).from_bytes(nlp.to_bytes())):
        assert loaded.get_pipe_config("quotes") == nlp.get_pipe_config("quotes")
        doc = loaded(TEXT)
        speaker = doc.spans["quotes"][0]._.speaker
        assert (speaker.name, speaker.kb_id) == ("Anna Leigh", "Q1")


def test_the_settings_are_the_options() -> None:
    parameters = list(signature(make_quotes).parameters)
    assert parameters[2:] == list(DEFAULTS)
    assert set(DEFAULTS) == set(Options.model_fields) - {"max_chars", "max_seconds"}


@pytest.mark.parametrize(
    ("config", "complaint"),
    [
        ({"min_confidence": 2}, "component quotes: min_confidence: Input should be less than or equal to 1"),
        ({"registry": "missing.yaml"}, "missing.yaml"),
    ],
)
def test_wrong_settings_are_told_at_once(config: dict[str, object], complaint: str) -> None:
    with pytest.raises(ConfigError, match=complaint):
        spacy.blank("en").add_pipe("quotes", config={"tags": False, **config})


def test_an_unknown_setting_is_told_at_once() -> None:
    with pytest.raises(ValueError, match="registri"):
        spacy.blank("en").add_pipe("quotes", config={"registri": "speakers.yaml"})


def test_the_component_is_found_without_an_import() -> None:
    """By the entry point `spacy_factories` of the installed package."""
    code = (
        "import spacy, sys\nnlp = spacy.blank('en')\nnlp.add_pipe('quotes', config={'tags': False})\n"
        f"doc = nlp({TEXT!r})\nprint(doc.spans['quotes'][0]._.speaker.name)"
    )
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, timeout=120, check=False
    )
    assert done.stdout == "Ann Lee\n", done.stderr


TOKENIZE = spacy.blank("en").tokenizer


class Echo:
    """Finds that every text that isn't blank is one statement."""

    def pipe(self, texts: object) -> object:
        for text in texts:  # type: ignore[attr-defined]
            words = Quote(id=0, type="direct", text=text, spans=((0, len(text)),), rule="any", confidence=1)
            yield AnnotatedArticle(id="a", text=text, quotes=(words,) if text else ())


@settings(deadline=None)
@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"])), max_size=5))
def test_any_texts_in_order(texts: list[str]) -> None:
    component = QuotesComponent(Echo())  # type: ignore[arg-type]
    docs = list(component.pipe(map(TOKENIZE, texts)))
    assert [doc.text for doc in docs] == texts
    assert [[quote.text for quote in doc._.quotes] for doc in docs] == [[text] if text else [] for text in texts]
