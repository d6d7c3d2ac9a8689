"""Forms of verbs and nouns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.find.inflect import noun_forms, verb_forms

VERBS = {
    "claim": "claim claims claimed claiming",
    "argue": "argue argues argued arguing",
    "agree": "agree agrees agreed agreeing",
    "deny": "deny denies denied denying",
    "say": "say says said saying",
    "pray": "pray prays prayed praying",
    "stress": "stress stresses stressed stressing",
    "go": "go goes went gone going",
    "write": "write writes wrote written writing",
    "lie": "lie lies lied lying",
    "admit": "admit admits admitted admitting",
    "quip": "quip quips quipped quipping",
    "point out": "point points pointed pointing",
    "travel": "travel travels traveled travelled traveling travelling",
    "criticize": "criticize criticizes criticized criticizing criticise criticises criticised criticising",
    "analyze": "analyze analyzes analyzed analyzing analyse analyses analysed analysing",
    "favor": "favor favors favored favoring favour favours favoured favouring",
}
NOT_FORMS = {
    "rain": "rainned",
    "show": "showwed",
    "fix": "fixxed",
    "deny": "denys",
    "see": "seing",
}
NOUNS = {
    "warning": "warning warnings",
    "speech": "speech speeches",
    "guess": "guess guesses",
    "inquiry": "inquiry inquiries",
    "essay": "essay essays",
}


@pytest.mark.parametrize(("lemma", "forms"), VERBS.items(), ids=VERBS)
def test_verb(lemma: str, forms: str) -> None:
    assert set(forms.split()) <= verb_forms(lemma)


@pytest.mark.parametrize(("lemma", "form"), NOT_FORMS.items(), ids=NOT_FORMS)
def test_not_a_form(lemma: str, form: str) -> None:
    assert form not in verb_forms(lemma)


@pytest.mark.parametrize(("lemma", "forms"), NOUNS.items(), ids=NOUNS)
def test_noun(lemma: str, forms: str) -> None:
    assert noun_forms(lemma) == set(forms.split())


@given(st.text("abcdeiosyzxht", min_size=1, max_size=8))
def test_any_word(lemma: str) -> None:
    for forms in (verb_forms(lemma), noun_forms(lemma)):
        assert lemma in forms
        assert all(form.isalpha() for form in forms)
