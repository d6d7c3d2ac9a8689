"""When two names are one speaker's."""

from __future__ import annotations

import pytest

from quotes.evaluate.names import fold, same_speaker
from quotes.evaluate.statements import with_own_aliases
from quotes.schema import Speaker


def speaker(name: str, *aliases: str, kb_id: str | None = None) -> Speaker:
    return Speaker(id=0, name=name, aliases=aliases, kb_id=kb_id)


LEE = speaker("Ann Lee", "Lee", "A. Lee")

SAME = [
    pytest.param(LEE, speaker("Ann Lee"), id="the same"),
    pytest.param(LEE, speaker("ANN LEE"), id="case"),
    pytest.param(LEE, speaker("Ms Ann Lee"), id="a title of politeness"),
    pytest.param(LEE, speaker("Lee"), id="an alias"),
    pytest.param(LEE, speaker("Lee, Ann"), id="order"),
    pytest.param(LEE, speaker("Lee Choi", "Ann Lee"), id="found under another name"),
    pytest.param(speaker("Mary Ann Lee"), speaker("Ann Lee"), id="a part of several words"),
    pytest.param(speaker("Ann Lee"), speaker("Mary Ann Lee"), id="more than is annotated"),
    pytest.param(speaker("The Élysée"), speaker("Elysée"), id="articles and accents"),
    pytest.param(speaker("Muqtada al-Sadr"), speaker("Muqtada Sadr"), id="al"),
    pytest.param(speaker("Х. Иванов"), speaker("х Иванов"), id="other alphabets"),
    pytest.param(speaker("Ann Lee", kb_id="Q1"), speaker("The minister", kb_id="Q1"), id="registry ids"),
    pytest.param(None, None, id="nobody"),
]
OTHER = [
    pytest.param(speaker("Ann Lee"), speaker("Bo Lee"), id="another Lee"),
    pytest.param(speaker("Ann Lee"), speaker("Lee"), id="one word isn't enough"),
    pytest.param(speaker("Ann Smith", "Smith"), speaker("John Smith", "Smith"), id="aliases alone"),
    pytest.param(speaker("Joann Leeds"), speaker("Ann Lee"), id="letters inside words"),
    pytest.param(LEE, None, id="nobody found"),
    pytest.param(None, LEE, id="somebody found where nobody is annotated"),
    pytest.param(speaker("???"), speaker("!!!"), id="no letters"),
    pytest.param(speaker("Ann Lee", kb_id="Q1"), speaker("Bo Kim", kb_id="Q2"), id="other ids"),
]


@pytest.mark.parametrize(("gold", "found"), SAME)
def test_one_speaker(gold: Speaker | None, found: Speaker | None) -> None:
    assert same_speaker(gold, found)


@pytest.mark.parametrize(("gold", "found"), OTHER)
def test_two_speakers(gold: Speaker | None, found: Speaker | None) -> None:
    assert not same_speaker(gold, found)


def test_a_name_of_dropped_words_alone_is_kept() -> None:
    assert fold("The A") == ("the", "a")


def test_aliases_that_two_speakers_share_tell_neither() -> None:
    ann, bo = with_own_aliases([speaker("Ann Smith", "Smith", "Annie"), speaker("Bo Smith", "Mr Smith")])
    assert (ann.aliases, bo.aliases) == (("Annie",), ())
