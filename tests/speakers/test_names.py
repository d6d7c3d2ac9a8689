"""Proper names in raw text: what is one, where it ends, and what its neighbours tell."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.speakers.lexicon import fold, lexicon, plural
from quotes.speakers.names import Name, names
from quotes.speakers.runs import Article
from quotes.speakers.spelling import parts as words
from quotes.speakers.spelling import same_person, suffix, variant
from quotes.speakers.tokens import tokenize


def scan(text: str) -> list[Name]:
    return names(Article(tokenize(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On Monday Javad Zarif left.", ["Javad Zarif"]),
        ("We saw George W. Bush and J. D. Vance.", ["George W. Bush", "J. D. Vance"]),
        ("They met Donald Trump Jr. in Ohio.", ["Donald Trump Jr.", "Ohio"]),
        ("They met Martin Luther King III there.", ["Martin Luther King III"]),
        ("We met Mohammed bin Salman and Muqtada al-Sadr.", ["Mohammed bin Salman", "Muqtada al-Sadr"]),
        ("We met Ursula von der Leyen.", ["Ursula von der Leyen"]),
        ("We met Jean-Claude Juncker and Martin O’Malley.", ["Jean-Claude Juncker", "Martin O’Malley"]),
        ("We met Theresa May and George Will.", ["Theresa May", "George Will"]),
        ("Senator Tammy Duckworth met Gen. Wesley Clark.", ["Tammy Duckworth", "Wesley Clark"]),
        ("Under Secretary of State for Political Affairs Wendy Sherman left.", ["Wendy Sherman"]),
        ("Republican Donald Trump met Democrat Hillary Clinton.", ["Donald Trump", "Hillary Clinton"]),
        ("Smith met the mayor in New York.", ["New York"]),
        ("We asked the Council on Foreign Relations about it.", ["Council on Foreign Relations"]),
        ("The Food and Drug Administration agreed.", ["Food and Drug Administration"]),
        ("He left the Bank of England on Friday.", ["Bank of England"]),
        ("He read The New York Times on Saturday.", ["New York Times"]),
        ("The People's Mobilisation Units left.", ["People's Mobilisation Units"]),
        ("He sent it to Breitbart.com first.", ["Breitbart.com"]),
        ("US officials spoke.", ["US"]),
        ("They work for Standard & Poor’s there.", ["Standard & Poor"]),
        ("We met Cllr Ruth Hale and PC Omar Diaz.", ["Ruth Hale", "Omar Diaz"]),
        ("Det Chief Insp Mark Bell met Lt Col Ann Reed.", ["Mark Bell", "Ann Reed"]),
        ("Assistant Chief Constable Ruth Hale QPM left.", ["Ruth Hale"]),
        ("Forward Tom Lee met goaltender Ilya Petrov.", ["Tom Lee", "Ilya Petrov"]),
        ("He said Sen had left for PC World in Center Parcs.", ["Sen", "PC World", "Center Parcs"]),
        ("DC Mayor Ruth Hale left. DS Smith makes boxes.", ["DC", "Ruth Hale", "DS Smith"]),
        ("The Air Controllers' Guild met the Tenants’ Forum.", ["Air Controllers' Guild", "Tenants’ Forum"]),
        ("The Dale County Sheriff's Office left.", ["Dale County Sheriff's Office"]),
        ("Ghana's Health Ministry met the Wolves' Tom Lee.", ["Ghana", "Health Ministry", "Wolves", "Tom Lee"]),
        ("Downing Street agreed.", ["Downing Street"]),
        ("Park Ji-hoon left the park.", ["Park Ji-hoon"]),
        ("Suprapto, the agency's head, agreed. Wahyuni, 34, wept.", ["Suprapto", "Wahyuni"]),
        ("Martin and Ruth Dale left.", ["Martin Dale", "Ruth Dale"]),
        ("Martin Cole came. Martin and Ruth Dale left.", ["Martin Cole", "Martin", "Ruth Dale"]),
        ("Ruth Dale aboard the Stella Maris. Photograph: Omar Diaz\n", ["Ruth Dale", "Stella Maris", "Omar Diaz"]),
        # capitals that name nobody
        ("Overnight, the governor, a Democrat, agreed.", []),
        ("Critics said so. Many agreed. Voting began.", []),
        ("Americans like it, and so do Republicans.", []),
        ("The Attorney General and the Senators left on Tuesday, December 3.", []),
        ("Zarif Hits Back At Americans In Moscow Speech\n", []),
        ("TALKS END WITHOUT AGREEMENT IN VIENNA\n", []),
        ("An Iranian-backed militia vowed revenge.", []),
        ("I said I would.", []),
        ("He asked: “Should we go?” “Nothing is lost.”", []),
    ],
)
def test_names_and_their_ends(text: str, expected: list[str]) -> None:
    assert [name.text for name in scan(text)] == expected


@pytest.mark.parametrize(
    ("text", "role", "affiliation"),
    [
        ("Iran's Foreign Minister Javad Zarif left.", "Foreign Minister", "Iran"),
        ("Iranian foreign minister Javad Zarif left.", "foreign minister", "Iran"),
        ("South Korean President Moon Jae-in left.", "President", "South Korea"),
        ("In Tehran, foreign ministry spokesman Abbas Mousavi spoke.", "foreign ministry spokesman", "Iran"),
        ("White House Press Secretary Josh Earnest spoke.", "Press Secretary", "White House"),
        ("DNC chairwoman Debbie Wasserman Schultz spoke.", "chairwoman", "DNC"),
        ("New York Attorney General Eric Schneiderman spoke.", "Attorney General", "New York"),
        ("Clinton campaign chairman John Podesta spoke.", "campaign chairman", "Clinton"),
        ("Former Republican president George W. Bush spoke.", "former president", None),
        ("founder and chief executive Jack Dorsey spoke.", "founder and chief executive", None),
        ("Rep. Mike McCaul (Tex.), chairman of the panel, spoke.", "Representative", None),
        ("Sen. Chris Murphy of Connecticut spoke.", "Senator", "Connecticut"),
        ("Brian Fallon, a spokesman for Mrs. Clinton, spoke.", "spokesman", "Mrs. Clinton"),
        ("Reince Priebus, the GOP chairman, spoke.", "chairman", "GOP"),
        ("Hillary Clinton, the former secretary of state, spoke.", "former secretary of state", None),
        ("Andrew Tabler, an expert on Syria at the Washington Institute, spoke.", "expert", "Washington Institute"),
        ("Mark Jones, a scientist at Rice University in Houston, spoke.", "scientist", "Rice University"),
        ("Neil Sroka, director of the group Democracy for America, spoke.", "director", "Democracy for America"),
        ("Arianna Gil, 22, a founder of the group, spoke.", "founder", None),
        ("Its director, Betty Bradley, spoke.", "director", None),
        ("Twitter's spokesman, Christopher Abboud, spoke.", "spokesman", "Twitter"),
        ("Neurosurgeon Ben Carson spoke.", "Neurosurgeon", None),
        ("Cllr Derek Fairhurst (Con) spoke.", "Councillor", None),
        # no apposition
        ("Paul Ryan, Senator Ted Cruz and others spoke.", None, None),
        ("With Paul Ryan, a teacher said so.", None, None),
        ("Paul Ryan, who spoke, left.", None, None),
    ],
)
def test_roles(text: str, role: str | None, affiliation: str | None) -> None:
    people = [name for name in scan(text) if name.kind == "person" and len(name.text.split()) > 1]
    assert (people[0].role, people[0].affiliation) == (role, affiliation)


@pytest.mark.parametrize(
    ("text", "kind", "group"),
    [
        ("They asked the National Rifle Association.", "organization", "association"),
        ("They asked Boeing.", "organization", "company"),
        ("They asked Kataib Hezbollah.", "organization", "militia"),
        ("They asked the militant group Jaish al Adl.", "organization", "militia"),
        ("They asked the State Department.", "organization", "department"),
        ("They asked Tehran.", "place", None),
        ("They asked the White House.", "place", None),
        ("They asked Javad Zarif.", "person", None),
        ("They asked Mr. Qvist.", "person", None),
        ("They asked Qvist.", "unknown", None),
    ],
)
def test_kinds(text: str, kind: str, group: str | None) -> None:
    [name] = scan(text)
    assert (name.kind, name.group) == (kind, group)


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("They asked Mr. Qvist.", "m"),
        ("They asked Mrs. Qvist.", "f"),
        ("They asked Hillary Clinton.", "f"),
        ("They asked spokeswoman Ngaio Qvist.", "f"),
        ("They asked Ngaio Qvist.", None),
        ("They asked Taylor Qvist.", None),
    ],
)
def test_gender(text: str, gender: str | None) -> None:
    [name] = scan(text)
    assert name.gender == gender


def test_modifiers_and_possessives() -> None:
    found = scan("They left the Trump campaign and Clinton's home.")
    assert [(name.text, name.modifier, name.possessive) for name in found] == [
        ("Trump", True, False),
        ("Clinton", False, True),
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("kataib", "kataeb", True),
        ("mohammed", "muhammad", True),
        ("mousavi", "moussavi", True),
        ("mario", "maria", False),
        ("bush", "rush", False),
        ("clinton", "clayton", False),
        ("stephanopoulos", "stephanopolous", True),
    ],
)
def test_variants(one: str, other: str, same: bool) -> None:
    assert variant(one, other) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Donald Trump", "Donald J. Trump", True),
        ("Mike Pence", "Michael Pence", True),
        ("Adil Abdul Mahdi", "Abdul-Mahdi", True),
        ("George W. Bush", "George H. Bush", False),
        ("Bill Clinton", "Hillary Clinton", False),
        ("Hezbollah", "Kataib Hezbollah", False),
        ("John Paul Ryan", "Paul Ryan", False),
    ],
)
def test_full_names(one: str, other: str, same: bool) -> None:
    assert same_person(words(one), words(other)) is same


def test_suffixes_set_people_apart() -> None:
    assert suffix("Donald Trump Jr.") == "jr"
    assert suffix("Donald Trump") is None


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ('He left. "We knew," she said. "It was late."', 3),
        ("He left. 'We knew,' she said.", 2),
        ('"We knew." he said.', 1),
        ("He left. (We knew.) She said so.", 3),
        ("He left.” He came.", 2),
    ],
)
def test_a_mark_after_a_blank_opens_a_sentence(text: str, sentences: int) -> None:
    assert tokenize(text)[-1].sentence + 1 == sentences


def test_sentences_end_at_stops_and_blank_lines() -> None:
    tokens = tokenize("Mr. Smith left the U.S. on Monday. He returned.\n\nDeath toll\n\nIt rose.")
    first = {token.text: token.sentence for token in tokens}
    assert [first[word] for word in ("Smith", "Monday", "He", "Death", "It")] == [0, 0, 1, 2, 3]


def test_the_tables_are_consistent() -> None:
    tables = lexicon()
    assert plural("congresswoman") == "congresswomen"
    assert plural("ally") == "allies"
    assert fold("Abdul-Mahdí’s") == "abdul mahdi's"
    assert tables.kin <= tables.roles
    assert set(tables.wider) | set().union(*tables.wider.values()) <= tables.roles
    assert not tables.function & tables.roles


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_scanned(text: str) -> None:
    before = 0
    for name in scan(text):
        assert before <= name.start < name.end <= len(text)
        assert name.outer[0] <= name.start
        assert name.text.strip()
        before = name.end
