"""Corpora in their own forms become rows of one form, and what is wrong in a file is named."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("datasets")

from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.errors import ConfigError
from quotes.schema import STANCES, TONES
from training.corpora import FEATURES, check_apart, dataset, newsmtsc, read_corpus
from training.pairs import main
from training.rows import Row
from training.settings import Corpus
from training.statements import written

PASSAGE = "Mayor Ada Lund denounced the “river levy” as a theft on Monday."
STATEMENT = "the “river levy” as a theft"
TARGET = "the “river levy”"

Write = Callable[[Iterable[Any]], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes rows as JSONL and gives the file."""

    def lines(rows: Iterable[Any]) -> Path:
        path = tmp_path / "rows.jsonl"
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        return path

    return lines


def span(text: str, words: str) -> list[int]:
    start = text.index(words)
    return [start, start + len(words)]


def written_row(**changes: Any) -> dict[str, Any]:
    """A row as data/statements/written.jsonl has it."""
    (start, end), (target_start, target_end) = span(PASSAGE, STATEMENT), span(PASSAGE, TARGET)
    row = {
        "id": "hard-001",
        "group": "hard-g01",
        "text": PASSAGE,
        "start": start,
        "end": end,
        "speaker": "Ada Lund",
        "target": TARGET,
        "target_start": target_start,
        "target_end": target_end,
        "stance": "against",
        "tone": "critical",
        "labels": [["against", "critical"], ["against", "neutral"]],
        "split": "train",
    }
    return row | changes


def apart_row(**changes: Any) -> dict[str, Any]:
    """The same apart from its article."""
    row = written_row(id="levy#3") | changes
    return {name: value for name, value in row.items() if name not in ("group", "text", "labels", "split")}


def plain_row(**changes: Any) -> dict[str, Any]:
    """A row in the form of all: a sentence that is the statement as a whole, without labels."""
    row = {
        "id": "levy#0-25",
        "source": "pairs",
        "group": "levy",
        "text": PASSAGE,
        "spans": [],
        "speaker": None,
        "target": span(PASSAGE, TARGET),
        "stance": None,
        "tone": None,
    }
    return row | changes


# ---- the form


def test_model_of_a_row_has_the_columns() -> None:
    assert list(Row.model_fields) == list(FEATURES)


@pytest.mark.parametrize("rows", [[plain_row()], []], ids=["a row", "none"])
def test_dataset_is_in_memory(rows: list[dict[str, Any]]) -> None:
    made = dataset(rows)
    assert (made.to_list(), made.features, made.cache_files) == (rows, FEATURES, [])


# ---- statements with a passage of their own


def test_written_statement_is_a_row(write: Write) -> None:
    (row,) = read_corpus(Corpus(kind="written", path=write([written_row()])))
    assert row == {
        "id": "hard-001",
        "source": "rows",
        "group": "hard-g01",
        "text": PASSAGE,
        "spans": [span(PASSAGE, STATEMENT)],
        "speaker": "Ada Lund",
        "target": span(PASSAGE, TARGET),
        "stance": "against",
        "tone": "critical",
    }


@pytest.mark.parametrize(
    ("split", "ids"),
    [("train", ["hard-001", "hard-003"]), ("dev", ["hard-002"]), (None, ["hard-001", "hard-002", "hard-003"])],
)
def test_split_picks_rows(split: str | None, ids: list[str], write: Write) -> None:
    rows = [written_row(id=f"hard-00{n}", split=part) for n, part in enumerate(("train", "dev", "train"), 1)]
    assert list(read_corpus(Corpus(kind="written", path=write(rows), split=split))["id"]) == ids


@settings(max_examples=25)
@given(
    before=st.text(max_size=9),
    words=st.text(min_size=1, max_size=9),
    after=st.text(max_size=9),
    stance=st.sampled_from(STANCES),
    tone=st.sampled_from(TONES),
)
def test_text_and_offsets_stay_as_they_are(
    before: str, words: str, after: str, stance: str, tone: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text, start = before + words + after, len(before)
    offsets = {"start": start, "end": start + len(words), "target_start": start, "target_end": start + len(words)}
    row = written_row(text=text, target=words, stance=stance, tone=tone, **offsets)
    path = tmp_path_factory.mktemp("any") / "rows.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    (read,) = dataset(written(path))
    (only,) = read["spans"]
    assert (read["text"], read["stance"], read["tone"]) == (text, stance, tone)
    assert text[slice(*only)] == text[slice(*read["target"])] == words


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"stance": "pro"}, "hard-001: stance: Input should be 'favor', 'against' or 'neutral', not 'pro'"),
        ({"tone": "angry"}, r"hard-001: tone: Input should be 'neutral', .* or 'hopeful', not 'angry'"),
        ({"labels": [["against", "critical"]]}, "hard-001: labels"),
        ({"labels": [["against", "critical"], ["against", "loud"]]}, r"hard-001: labels\.1\.1: .*, not 'loud'"),
        ({"split": "test"}, "hard-001: split: Input should be 'train' or 'dev', not 'test'"),
        ({"start": 50, "end": 50}, r"hard-001: span \[50, 50\] is empty or not in the text of 63 characters"),
        ({"end": 64}, r"hard-001: span \[25, 64\] is empty or not in the text of 63 characters"),
        ({"start": -1}, r"hard-001: spans\.0\.0: Input should be greater than or equal to 0"),
        ({"target_end": 99}, r"hard-001: target \[25, 99\] is empty or not in the text of 63 characters"),
        ({"target_start": 29}, r"hard-001: target '.*' is not at \[29, 41\]: there is '“river levy”'"),
    ],
)
def test_wrong_statement_is_named(changes: dict[str, Any], message: str, write: Write) -> None:
    # A row of the other part: a slip there is told as well.
    path = write([written_row(split="dev") | changes])
    with pytest.raises(ConfigError, match=f"^{re.escape(str(path))}: {message}"):
        read_corpus(Corpus(kind="written", path=path, split="train"))


@pytest.mark.parametrize("key", sorted(written_row().keys() - {"id", "speaker", "target"}))
def test_missing_field_is_named(key: str, write: Write) -> None:
    row = written_row()
    del row[key]
    with pytest.raises(ConfigError, match=f"hard-001: {key}: Field required"):
        read_corpus(Corpus(kind="written", path=write([row])))


def test_row_without_id_is_shown(write: Write) -> None:
    row = {name: value for name, value in written_row().items() if name != "id"}
    with pytest.raises(ConfigError, match=r"\{'group': 'hard-g01', .*…: id: Field required"):
        read_corpus(Corpus(kind="written", path=write([row])))


# ---- statements apart from their articles


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    path.write_text(json.dumps({"id": "levy", "text": PASSAGE}) + "\n", encoding="utf-8")
    return path


def published(folder: Path, split: str, name: str, text: str) -> Path:
    """A folder like PolNeAR's `data`, with one more article in it, its annotation and its parse."""
    endings = {
        "text": (".txt", text),
        "attributions": ("_4b22.ann", "T1\tCue 0 5\tMayor\n"),
        "corenlp": (".txt.xml", "<root/>"),
    }
    for kind, (ending, content) in endings.items():
        path = folder / split / kind / f"{name}{ending}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8"))
    return folder


def test_statement_gets_its_text_from_a_file(articles: Path, write: Write) -> None:
    (row,) = read_corpus(Corpus(kind="statements", path=write([apart_row()]), articles=articles))
    assert (row["group"], row["text"], row["speaker"]) == ("levy", PASSAGE, "Ada Lund")
    assert (row["spans"], row["target"]) == ([span(PASSAGE, STATEMENT)], span(PASSAGE, TARGET))


@pytest.mark.parametrize("below", ["", "train", "train/text"])
def test_statement_gets_its_text_from_published_folder(below: str, tmp_path: Path, write: Write) -> None:
    name = "daily_2016-02-04_mayor-denounces-the-river-levy-"
    text = "\ufeffRiver levy.\r\n\r\n" + PASSAGE + "\n"
    (start, end), (target_start, target_end) = span(text, STATEMENT), span(text, TARGET)
    offsets = {"start": start, "end": end, "target_start": target_start, "target_end": target_end}
    published(tmp_path / "data", "train", name, text)
    published(tmp_path / "data", "dev", "daily_2016-10-01_other", "Nothing was said.")
    path = write([apart_row(id=f"{name}#12", **offsets)])
    (row,) = read_corpus(Corpus(kind="statements", path=path, articles=tmp_path / "data" / below))
    assert (row["group"], row["text"]) == (name, text)


def test_speaker_and_target_may_be_missing(articles: Path, write: Write) -> None:
    row = {name: value for name, value in apart_row().items() if name not in ("speaker", "target")}
    (read,) = read_corpus(Corpus(kind="statements", path=write([row]), articles=articles))
    assert read["speaker"] is None
    assert read["target"] == span(PASSAGE, TARGET)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": "flood#1"}, "flood#1: there is no article 'flood' in .*articles.jsonl"),
        ({"end": 64}, r"levy#3: span \[25, 64\] is empty or not in the text"),
        (
            {"target": "the bridge toll"},
            r"levy#3: target 'the bridge toll' is not at \[25, 41\]: there is 'the “river levy”'",
        ),
        ({"tone": None}, "levy#3: tone: Input should be .*, not None"),
    ],
)
def test_wrong_statement_apart_is_named(changes: dict[str, Any], message: str, articles: Path, write: Write) -> None:
    with pytest.raises(ConfigError, match=message):
        read_corpus(Corpus(kind="statements", path=write([apart_row(**changes)]), articles=articles))


def test_articles_of_one_name_are_refused(tmp_path: Path, write: Write) -> None:
    folder = published(tmp_path / "data", "train", "levy", PASSAGE)
    published(folder, "dev", "levy", PASSAGE)
    with pytest.raises(ConfigError, match=r"levy\.txt: .*data has another article of this name"):
        read_corpus(Corpus(kind="statements", path=write([apart_row()]), articles=folder))


def test_article_in_another_encoding_is_refused(tmp_path: Path, write: Write) -> None:
    folder = published(tmp_path / "data", "train", "levy", PASSAGE)
    (folder / "train" / "text" / "levy.txt").write_bytes("Mayor Søren Lund".encode("latin-1"))
    with pytest.raises(ConfigError, match=r"levy\.txt: not UTF-8: .* at byte 7"):
        read_corpus(Corpus(kind="statements", path=write([apart_row()]), articles=folder))


# ---- NewsMTSC

SENTENCE = "Ada Lund praised the nurses, though she blamed Tor Vik for the queues."
GID = "polusa_v1_115_-1_3"
OPINIONS = [(f"{GID}_Mayor Ada Lund_0_8", "Ada Lund", "neutral"), (f"{GID}_Tor Vik_48_55", "Tor Vik", "against")]
"""Ids (whose offsets may be those before the makers normalised the sentence), mentions and stances."""


def original_row(polarities: Iterable[float] = (4.0, 2.0)) -> dict[str, Any]:
    """A line of NewsMTSC as published."""
    targets = []
    for (gid, mention, _), polarity in zip(OPINIONS, polarities, strict=True):
        start, end = span(SENTENCE, mention)
        targets.append({"Input.gid": gid, "from": start, "to": end, "mention": mention, "polarity": polarity})
    targets[0]["further_mentions"] = [{"from": 36, "to": 39, "mention": "she"}]
    return {"primary_gid": OPINIONS[1][0], "sentence_normalized": SENTENCE, "targets": targets}


def hub_rows() -> list[dict[str, Any]]:
    """The same with a line a target, as on the Hugging Face Hub."""
    rows = []
    for (gid, mention, _), polarity in zip(OPINIONS, (0, -1), strict=True):
        start, end = span(SENTENCE, mention)
        rows.append(
            {"mention": mention, "polarity": polarity, "from": start, "to": end, "sentence": SENTENCE, "id": gid}
        )
    return rows


def plain_rows() -> list[dict[str, Any]]:
    """The same with stances."""
    rows = []
    for gid, mention, stance in OPINIONS:
        start, end = span(SENTENCE, mention)
        rows.append({"id": gid, "text": SENTENCE, "target": mention, "start": start, "end": end, "label": stance})
    return rows


@pytest.mark.parametrize("rows", [[original_row()], hub_rows(), plain_rows()], ids=["original", "hub", "plain"])
def test_all_forms_of_newsmtsc_give_the_same_rows(rows: list[dict[str, Any]], write: Write) -> None:
    read = list(read_corpus(Corpus(kind="newsmtsc", path=write(rows))))
    assert [(row["id"], SENTENCE[slice(*row["target"])], row["stance"]) for row in read] == OPINIONS
    assert {(row["source"], row["group"], row["text"], row["tone"]) for row in read} == {
        ("newsmtsc", GID, SENTENCE, None)
    }
    assert all(row["spans"] == [] for row in read)


@pytest.mark.parametrize(("polarity", "stance"), [(2.0, "against"), (4.0, "neutral"), (6.0, "favor"), (6, "favor")])
def test_polarities_are_stances(polarity: float, stance: str, write: Write) -> None:
    rows = list(newsmtsc(write([original_row((polarity, 4.0))])))
    assert [row["stance"] for row in rows] == [stance, "neutral"]


@pytest.mark.parametrize(
    ("id", "group"),
    [
        ("allsides_703_283_55_Ms. Lund_12_20", "allsides_703_283_55"),
        ("polusa_v1_115_-1_0_then-Mayor Ada Lund_42_47", "polusa_v1_115_-1_0"),
        ("allsides_26_10_48____ LUND_11_18", "allsides_26_10_48"),
        ("polusa_v1_44_-1_7____\n11:45 a.m.\nAda Lund_41_49", "polusa_v1_44_-1_7"),
        ("mine", "mine"),
    ],
)
def test_group_is_the_sentence(id: str, group: str, write: Write) -> None:
    (row,) = newsmtsc(write([plain_rows()[0] | {"id": id}]))
    assert row["group"] == group


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (plain_rows()[0] | {"label": "positive"}, f"{GID}_Mayor Ada Lund_0_8: label: .*, not 'positive'"),
        (plain_rows()[0] | {"end": 7}, r"Lund_0_8: target 'Ada Lund' is not at \[0, 7\]: there is 'Ada Lun'"),
        (plain_rows()[0] | {"end": 99}, r"Lund_0_8: target \[0, 99\] is empty or not in the text of 70 characters"),
        (hub_rows()[1] | {"polarity": 3}, r"Tor Vik_48_55: polarity: .*, not 3"),
        (original_row((5.0, 4.0)), r"Lund_0_8: polarity: .*, not 5\.0"),
        (original_row() | {"targets": None}, "Tor Vik_48_55: targets: expected a list of objects"),
        (original_row() | {"targets": ["Lund"]}, "Tor Vik_48_55: targets: expected a list of objects"),
        ({"id": "a", "text": SENTENCE}, "a: target: Field required; start: Field required"),
    ],
)
def test_wrong_opinion_is_named(row: dict[str, Any], message: str, write: Write) -> None:
    with pytest.raises(ConfigError, match=message):
        read_corpus(Corpus(kind="newsmtsc", path=write([row])))


# ---- sentences of articles with a target


ARTICLE = f"It rained. {PASSAGE} Nobody came."


def pair(**changes: Any) -> dict[str, Any]:
    """A line of data/statements/pairs.jsonl."""
    (start, end), (target_start, target_end) = span(ARTICLE, PASSAGE), span(ARTICLE, TARGET)
    row = {"id": "levy#0-25", "start": start, "end": end, "target_start": target_start, "target_end": target_end}
    return row | changes


@pytest.fixture
def apart(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    path.write_text(json.dumps({"id": "levy", "text": ARTICLE}), "utf-8")
    return path


@pytest.mark.parametrize("stance", [None, "against"])
def test_pair_is_a_row(stance: str | None, write: Write, apart: Path) -> None:
    rows = write([pair() if stance is None else pair(stance=stance)])
    assert list(read_corpus(Corpus(kind="pairs", path=rows, articles=apart))) == [
        plain_row(source="rows", stance=stance)
    ]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": "flood#1"}, "flood#1: there is no article 'flood'"),
        ({"target_end": 900}, r"levy#0-25: target \[\d+, 889\] is empty or not in the text"),
        ({"stance": "unsure"}, "levy#0-25: stance: .*, not 'unsure'"),
        ({"start": None}, "levy#0-25: start: Input should be a valid integer"),
    ],
)
def test_wrong_pair_is_named(changes: dict[str, Any], message: str, write: Write, apart: Path) -> None:
    with pytest.raises(ConfigError, match=message):
        read_corpus(Corpus(kind="pairs", path=write([pair(**changes)]), articles=apart))


def test_pairs_are_drawn_from_articles(tmp_path: Path) -> None:
    """Entities and pronouns of sentences long enough, the same ones for the same seed, none of articles left out."""
    articles, held_out, drawn = (tmp_path / name for name in ("articles.jsonl", "held-out.jsonl", "pairs.jsonl"))
    texts = {
        "one": "Angela Merkel visited Warsaw on Friday. She said that they would talk about it again.",
        "two": "Emmanuel Macron praised the Polish army before he left for Berlin.",
    }
    articles.write_text("".join(json.dumps({"id": id, "text": text}) + "\n" for id, text in texts.items()), "utf-8")
    held_out.write_text(json.dumps(apart_row(id="two#1")) + "\n", "utf-8")
    options = [str(articles), "-o", str(drawn), "--without", str(held_out)]
    assert main(options) == 0
    first = drawn.read_bytes()
    rows = list(read_corpus(Corpus(kind="pairs", path=drawn, articles=articles)))
    assert {row["text"][slice(*row["target"])] for row in rows} >= {"She", "they"}
    assert {row["group"] for row in rows} == {"one"}
    assert main(options) == 0
    assert drawn.read_bytes() == first


# ---- corpora that can't be read


@pytest.mark.parametrize(
    ("corpus", "message"),
    [
        ({"kind": "statements"}, "statements need `articles`"),
        ({"kind": "written", "split": "test"}, "has no rows of split 'test'"),
    ],
)
def test_wrong_settings_are_named(corpus: dict[str, Any], message: str, write: Write) -> None:
    with pytest.raises(ConfigError, match=rf"rows\.jsonl: {message}"):
        read_corpus(Corpus(path=write([written_row()]), **corpus))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "has no rows"),
        ("\n[1]\n", "2: expected an object"),
        ('\n{"id": ', "2: not valid JSON"),
    ],
)
def test_wrong_file_is_named(content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "sentences.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=rf"sentences\.jsonl: ?{message}"):
        read_corpus(Corpus(kind="newsmtsc", path=path))


def test_missing_files_are_named(tmp_path: Path, write: Write) -> None:
    with pytest.raises(ConfigError, match=r"gone\.jsonl: can't be read: No such file"):
        read_corpus(Corpus(kind="newsmtsc", path=tmp_path / "gone.jsonl"))
    with pytest.raises(ConfigError, match="gone: can't be read: No such file"):
        read_corpus(Corpus(kind="statements", path=write([apart_row()]), articles=tmp_path / "gone"))


# ---- splits


def test_parts_without_a_common_group_are_apart() -> None:
    parts = [dataset([plain_row(group=group) for group in groups]) for groups in ("aab", "cd", "e")]
    check_apart(*parts)


@pytest.mark.parametrize("groups", [("ab", "bc"), ("a", "c", "da")])
def test_common_group_is_named(groups: tuple[str, ...]) -> None:
    parts = [dataset([plain_row(group=f"g-{g}", source=f"s{n}") for g in each]) for n, each in enumerate(groups)]
    message = f"^g-[ab]: lies in two datasets that are to be apart, in s0 and s{len(groups) - 1}$"
    with pytest.raises(ConfigError, match=message):
        check_apart(*parts)
