"""The list of given names: its form, what it must not hold, and names of each origin with their gender."""

from __future__ import annotations

from importlib.resources import files

import pytest
import yaml

from quotes.speakers.lexicon import fold, lexicon

DATA = files("quotes.speakers") / "data"
LISTS: dict[str, list[str]] = {
    key: block.split() for key, block in yaml.safe_load((DATA / "given_names.yaml").read_text(encoding="utf-8")).items()
}
PAIRS: list[list[str]] = yaml.safe_load((DATA / "nicknames.yaml").read_text(encoding="utf-8"))
LONE = "rich hope mark grant faith grace dawn guy frank drew".split()

ALSO_WORDS = {
    "will": "function",  # "Will Smith": a name before another capital, else a function word
    "ben": "particles",  # a particle has no capital
    "christian": "adjectives",  # "Christian Lindner"; alone it is the adjective
    **dict.fromkeys(("charlotte", "georgia", "jordan", "milan", "orlando", "sofia", "virginia"), "places"),  # alone
    **dict.fromkeys(("april", "june"), "calendar"),  # "April Ryan"; alone or after "in" they are months
    "bill": "documents",
    "win": "common",  # "Win Myint"
    # "Grace Kim"; alone at the beginning of a sentence they are words: "Hope faded"
    **dict.fromkeys(LONE, "common"),
}
"""Names that another table has too, since the code tells the two uses apart by what stands beside them."""
TABLES = (
    "roles role_plurals kin role_modifiers portfolios titles honorifics suffixes particles places adjectives classes "
    "class_modifiers company_names open_heads function common calendar documents group indefinite quantifiers "
    "prepositions speech auxiliaries"
).split()


@pytest.mark.parametrize("key", LISTS)
def test_a_list_is_sorted_and_folded_and_has_no_name_twice(key: str) -> None:
    names = LISTS[key]
    assert names == sorted(set(names))
    assert [name for name in names if name != fold(name) or not (name.isascii() and name.isalpha())] == []


def test_no_name_stands_in_two_lists() -> None:
    male, female, both = (set(LISTS[key]) for key in ("male", "female", "both"))
    assert male & female | male & both | female & both == set()


@pytest.mark.parametrize("table", TABLES)
def test_no_name_is_a_word_that_another_table_has(table: str) -> None:
    words = {fold(word) for word in getattr(lexicon(), table)}
    shared = words & lexicon().given.keys()
    if table == "auxiliaries":
        shared -= {"will"}  # in `function` as well
    assert shared == {name for name, where in ALSO_WORDS.items() if where == table}


@pytest.mark.parametrize(
    "word",
    "paris sydney sultan sheikh imam mercedes chanel german israel tokyo neo libor rupiah hormuz said tory".split(),
)
def test_what_is_usually_something_else_is_left_out(word: str) -> None:
    assert word not in lexicon().given


@pytest.mark.parametrize(
    ("origin", "male", "female"),
    [
        ("English", "Trevor Nathaniel Brayden", "Heather Kimberly Kayleigh"),
        ("Irish", "Padraig Eoin Diarmuid", "Aoife Siobhan Saoirse"),
        ("Scottish", "Hamish Ruairidh Lachlan", "Mairi Eilidh Morag"),
        ("Welsh", "Rhodri Gethin Huw", "Cerys Angharad Rhiannon"),
        ("French", "Thibault Didier Loïc", "Ségolène Anaïs Solène"),
        ("German", "Jürgen Detlef Thorsten", "Annegret Ursula Heike"),
        ("Dutch", "Geert Joost Wouter", "Anneke Femke Marijke"),
        ("Nordic", "Jens Torbjörn Sigurd", "Ingrid Gro Vigdís"),
        ("Finnish", "Pekka Jyrki Antti", "Sanna Päivi Tuula"),
        ("Estonian", "Toomas Urmas Jaan", "Kersti Kaja Kadi"),
        ("Latvian", "Andris Valdis Krišjānis", "Vaira Evika Ilze"),
        ("Lithuanian", "Gintaras Vytautas Algirdas", "Dalia Ingrida Rasa"),
        ("Polish", "Zbigniew Radoslaw Wojciech", "Agnieszka Malgorzata Beata"),
        ("Czech and Slovak", "Zdeněk Bohuslav Miloš", "Zuzana Markéta Jitka"),
        ("Hungarian", "Viktor László Gergely", "Katalin Ildikó Zsófia"),
        ("Romanian", "Traian Călin Nicușor", "Ruxandra Ioana Viorica"),
        ("Bulgarian", "Boyko Plamen Kaloyan", "Tsveta Desislava Rositsa"),
        ("Serbian and Croatian", "Zoran Slobodan Hrvoje", "Kolinda Snežana Ljiljana"),
        ("Bosnian", "Alija Haris Sulejman", "Amra Lejla Azra"),
        ("Macedonian and Albanian", "Ljubcho Ilir Hashim", "Gordana Vjosa Atifete"),
        ("Greek", "Kyriakos Evangelos Yannis", "Despina Eleni Fotini"),
        ("Russian", "Sergey Sergei Dmitriy", "Tatyana Yekaterina Ksenia"),
        ("Ukrainian", "Oleksandr Volodymyr Dmytro", "Yuliia Oksana Olena"),
        ("Belarusian", "Alyaksandr Uladzimir Siarhei", "Volha Sviatlana Alesia"),
        ("Georgian", "Giorgi Irakli Bidzina", "Salome Ketevan Rusudan"),
        ("Armenian", "Serzh Armen Vahagn", "Anahit Hasmik Arpine"),
        ("Azerbaijani", "Heydar Elmar Rovshan", "Aygun Leyla Sevinj"),
        ("Turkish", "Recep Kemal Mevlüt", "Ayşe Emine Tansu"),
        ("Arabic", "Mohammed Abdelfattah Khaled", "Fatima Hanaa Rania"),
        ("Persian", "Javad Mahmoud Hossein", "Masoumeh Shirin Nasrin"),
        ("Kurdish", "Masoud Nechirvan Mazloum", "Hevrin Rojda Berivan"),
        ("Hebrew", "Binyamin Yoav Shmuel", "Tzipi Merav Ayelet"),
        ("Urdu", "Imran Nawaz Shehbaz", "Benazir Shireen Maryam"),
        ("Hindi", "Narendra Rajnath Arvind", "Sushma Nirmala Priyanka"),
        ("Bengali", "Subhash Sourav Mujibur", "Mamata Mahua Rukhsana"),
        ("Tamil and Telugu", "Palaniswami Chandrababu Udhayanidhi", "Jayalalithaa Kanimozhi Sasikala"),
        ("Sinhala and Nepali", "Mahinda Ranil Baburam", "Sirimavo Bidhya Nilanthi"),
        ("Burmese and Thai", "Kyaw Prayuth Thaksin", "Khin Yingluck Paetongtarn"),
        ("Vietnamese", "Quang Tuan Quoc", "Huyen Nguyet Bich"),
        ("Indonesian and Malay", "Joko Susilo Muhyiddin", "Megawati Puan Siti"),
        ("Filipino", "Rodrigo Bongbong Benigno", "Leni Imelda Risa"),
        ("Japanese", "Shinzo Yoshihide Fumio", "Yuriko Yoko Sanae"),
        ("Central Asian", "Nursultan Sooronbay Shavkat", "Dariga Gulnara Aigerim"),
        ("Mongolian", "Khurelsukh Battulga Ganbold", "Oyungerel Uyanga Sarnai"),
        ("Nigerian", "Olusegun Chukwuemeka Babangida", "Ngozi Folasade Hauwa"),
        ("Ghanaian", "Kofi Kwame Kwabena", "Abena Akosua Efua"),
        ("Kenyan", "Raila Kamau Kipchoge", "Wangari Wanjiku Akinyi"),
        ("Ethiopian and Somali", "Abiy Hailemariam Abdirahman", "Hirut Tirunesh Fadumo"),
        ("South African", "Thabo Sipho Jabulani", "Nkosazana Thandiwe Busisiwe"),
        ("Francophone African", "Ousmane Mamadou Alassane", "Aminata Fatoumata Mariama"),
        ("Spanish", "Andrés Evo Joaquín", "Dolores Jimena Rocío"),
        ("Portuguese", "João Luís Thiago", "Dilma Marielle Conceição"),
        ("Italian", "Giuseppe Matteo Gianluca", "Giorgia Chiara Ilaria"),
        ("Catalan and Basque", "Jordi Oriol Iñigo", "Meritxell Itziar Ainhoa"),
        ("Polynesian", "Sitiveni Tevita Keoni", "Leilani Salote Ngaire"),
    ],
)
def test_names_of_an_origin_point_to_their_gender(origin: str, male: str, female: str) -> None:
    given = lexicon().given
    wrong = [name for name in male.split() if given.get(fold(name)) != "m"]
    wrong += [name for name in female.split() if given.get(fold(name)) != "f"]
    assert wrong == [], origin


@pytest.mark.parametrize(
    "name", "Andrea Jean Nikita Sasha Robin Kim Simone Nicola Jan Laurence Noor Michal Dominique Ilham Harpreet".split()
)
def test_names_of_women_and_men_tell_no_gender(name: str) -> None:
    given = lexicon().given
    assert fold(name) in given
    assert given[fold(name)] is None


@pytest.mark.parametrize("surname", "Wang Zhang Xi Chen Choi Nguyen Tran".split())
def test_surnames_that_stand_first_tell_a_person(surname: str) -> None:
    given = lexicon().given
    assert fold(surname) in given
    assert given[fold(surname)] is None


def test_nicknames_are_folded_and_no_line_joins_full_names_of_a_man_and_a_woman() -> None:
    given = lexicon().given
    assert [name for line in PAIRS for name in line if name != fold(name)] == []
    assert [line for line in PAIRS if {"m", "f"} <= {given.get(name) for name in line[1:]}] == []


@pytest.mark.parametrize(("one", "other"), [("Beverly", "Bev"), ("Hank", "Henry"), ("Kim", "Kimberly")])
def test_a_nickname_and_its_full_form_are_one_name(one: str, other: str) -> None:
    assert (fold(one), fold(other)) in lexicon().nicknames


@pytest.mark.parametrize(("one", "other"), [("Gerard", "Gerald"), ("Alexander", "Alexandra"), ("Leon", "Leonard")])
def test_two_names_with_one_nickname_stay_two(one: str, other: str) -> None:
    assert (fold(one), fold(other)) not in lexicon().nicknames
