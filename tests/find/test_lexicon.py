"""The cue lexicon: forms and lemmas, constructions that stand in for others, and the shipped table."""

from __future__ import annotations

import pytest

from quotes.find.inflect import noun_forms, verb_forms
from quotes.find.lexicon import Entry, Lexicon, Pos, default_lexicon, forms_of, read_entries


def entry(lemma: str, construction: str, *, pos: Pos = "verb", seen: int = 10, precision: float = 0.5) -> Entry:
    return Entry(lemma, pos, construction, seen, seen // 2, "hand", precision)


# ---- forms


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("say", {"say", "says", "said", "saying"}),
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("urge", {"urge", "urges", "urged", "urging"}),
        ("vow", {"vow", "vows", "vowed", "vowing"}),
        ("confess", {"confess", "confesses", "confessed", "confessing"}),
        ("teach", {"teach", "teaches", "taught", "teaching"}),
        ("foresee", {"foresee", "foresees", "foresaw", "foreseen", "foreseeing"}),
        ("quip", {"quip", "quips", "quipped", "quipping"}),
        ("admit", {"admit", "admits", "admitted", "admitting"}),
        ("travel", {"traveled", "travelled", "traveling", "travelling"}),
        ("criticize", {"criticize", "criticise", "criticized", "criticised", "criticizing", "criticising"}),
        ("analyze", {"analyze", "analyse", "analyzed", "analysed"}),
        ("favor", {"favor", "favour", "favors", "favours", "favored", "favoured"}),
        ("lie", {"lie", "lies", "lied", "lying"}),
        ("decree", {"decree", "decrees", "decreed", "decreeing"}),
        ("tell", {"tell", "tells", "told", "telling"}),
    ],
)
def test_verb_has_its_forms(lemma: str, forms: set[str]) -> None:
    assert forms <= verb_forms(lemma)


@pytest.mark.parametrize(
    ("lemma", "wrong"),
    [
        ("deny", {"denyed", "denys"}),
        ("urge", {"urgeing", "urgeed"}),
        ("vow", {"vowwed"}),
        ("explain", {"explainned"}),
        ("rise", {"rize", "rised rizen"}),
        ("say", {"saies"}),
    ],
)
def test_verb_has_no_misspelt_forms(lemma: str, wrong: set[str]) -> None:
    assert not wrong & verb_forms(lemma)


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("claim", {"claim", "claims"}),
        ("testimony", {"testimony", "testimonies"}),
        ("speech", {"speech", "speeches"}),
        ("survey", {"survey", "surveys"}),
        ("guess", {"guess", "guesses"}),
    ],
)
def test_noun_has_singular_and_plural(lemma: str, forms: set[str]) -> None:
    assert noun_forms(lemma) == forms


def test_forms_go_by_part_of_speech() -> None:
    assert "confidents" not in forms_of("confident", "adjective")
    assert forms_of("confident", "adjective") == {"confident"}
    assert "claimed" in forms_of("claim", "verb")
    assert "claimed" not in forms_of("claim", "noun")


def test_particle_is_left_to_the_sentence() -> None:
    assert verb_forms("point out") == verb_forms("point")


# ---- look-up


def test_lemma_is_found_from_any_form() -> None:
    lexicon = Lexicon([entry("point out", "clause"), entry("claim", "noun-that", pos="noun")])
    assert lexicon.lemma("pointed", "verb") == "point"
    assert lexicon.lemma("claims", "noun") == "claim"
    assert lexicon.lemma("claims", "verb") is None
    assert lexicon.lemma("Pointed", "verb") is None  # forms are looked up in lower case


@pytest.mark.parametrize(("seen_find", "seen_found", "lemma"), [(90, 1, "find"), (1, 90, "found")])
def test_form_of_two_lemmas_goes_to_the_more_frequent(seen_find: int, seen_found: int, lemma: str) -> None:
    lexicon = Lexicon([entry("find", "clause", seen=seen_find), entry("found", "clause", seen=seen_found)])
    assert lexicon.lemma("found", "verb") == lemma


@pytest.mark.parametrize("construction", ["object-as", "object-for", "object-of"])
def test_longer_construction_falls_back_on_the_object(construction: str) -> None:
    lexicon = Lexicon([entry("reject", "object", precision=0.7)])
    found = lexicon.get("verb", "reject", construction)
    assert found is not None
    assert found.construction == "object"


@pytest.mark.parametrize("construction", ["object-to", "clause", "before", "prep-for", "passive", "to"])
def test_other_constructions_have_no_stand_in(construction: str) -> None:
    assert Lexicon([entry("reject", "object")]).get("verb", "reject", construction) is None


def test_own_entry_wins_over_the_stand_in() -> None:
    lexicon = Lexicon([entry("praise", "object", precision=0.4), entry("praise", "object-for", precision=0.8)])
    found = lexicon.get("verb", "praise", "object-for")
    assert found is not None
    assert found.precision == 0.8


def test_entry_is_for_one_part_of_speech_and_particle() -> None:
    lexicon = Lexicon([entry("point out", "clause")])
    assert lexicon.get("verb", "point out", "clause") is not None
    assert lexicon.get("verb", "point", "clause") is None
    assert lexicon.get("noun", "point out", "clause") is None


@pytest.mark.parametrize("word", ["say", "said", "saying", "claims", "according"])
def test_any_form_of_any_entry_is_contained(word: str) -> None:
    assert word in Lexicon([entry("say", "clause"), entry("claim", "noun-that", pos="noun")])


@pytest.mark.parametrize("word", ["walked", "claimed", "Said", "", 5, None])
def test_other_words_are_not_contained(word: object) -> None:
    assert word not in Lexicon([entry("say", "clause"), entry("claim", "noun-that", pos="noun")])


# ---- the file


def test_entries_are_read_and_comments_are_not() -> None:
    content = (
        "# a comment\nlemma\tpos\tconstruction\tseen\tright\tprecision\torigin\n"
        "say\tverb\tclause\t20\t18\t0.9\tsome-corpus\n# another\nclaim\tnoun\tnoun-that\t0\t0\t0.75\thand\n"
    )
    assert list(read_entries(content)) == [
        Entry("say", "verb", "clause", 20, 18, "some-corpus", 0.9),
        Entry("claim", "noun", "noun-that", 0, 0, "hand", 0.75),
    ]


def test_shipped_entries_are_sound() -> None:
    entries = default_lexicon().entries
    assert len(entries) > 500
    for (pos, lemma, construction), found in entries.items():
        assert (found.pos, found.lemma, found.construction) == (pos, lemma, construction)
        assert pos in {"verb", "noun", "adjective"}
        assert lemma == lemma.lower().strip()
        assert construction
        assert 0 < found.precision < 1
        assert 0 <= found.right <= found.seen
        assert found.origin
        assert found.seen > 0 or found.origin == "hand"


@pytest.mark.parametrize("lemma", "say tell add warn claim insist announce argue explain admit".split())
def test_plain_verbs_of_saying_are_reliable(lemma: str) -> None:
    lexicon = default_lexicon()
    for construction in ("clause", "before"):
        found = lexicon.get("verb", lemma, construction)
        assert found is not None
        assert found.precision > 0.6


@pytest.mark.parametrize(
    ("form", "pos", "lemma"),
    [
        ("said", "verb", "say"),
        ("told", "verb", "tell"),
        ("found", "verb", "find"),
        ("condemning", "verb", "condemn"),
        ("criticised", "verb", "criticize"),
        ("pledges", "noun", "pledge"),
        ("confident", "adjective", "confident"),
    ],
)
def test_shipped_lexicon_knows_forms(form: str, pos: Pos, lemma: str) -> None:
    assert default_lexicon().lemma(form, pos) == lemma


def test_shipped_lexicon_is_read_once() -> None:
    assert default_lexicon() is default_lexicon()
