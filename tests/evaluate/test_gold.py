"""Gold in all its forms, and what is wrong with it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quotes.errors import QuotesError
from quotes.evaluate import Gold, Opinions, read_gold
from quotes.evaluate.newsmtsc import Opinion
from quotes.schema import AnnotatedArticle

TEXT = "“It holds,” Ann Lee said, “for\nnow.” Kim agreed."
SOURCE, CUE = (12, 19), (20, 24)
CONTENT = [(0, 11), (26, 36)]
BRAT = (
    "T1\tSource 12 19\tAnn Lee\n"
    "T2\tCue 20 24\tsaid\n"
    "T3\tContent 0 11;26 36\t“It holds,” “for now.”\n"
    "T4\tAttribution 20 24\tsaid\n"
    "T5\tCue 41 47\tagreed\n"
    "T6\tDiscard 37 40\tKim\n"
    "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n"
    "A1\tChecked T3\n"
    "E2\tAttribution:T5 Cue:T5\n"
)
POLNEAR = {
    "id": "lee",
    "text": TEXT,
    "title": "Dam",
    "date": "2024-05-03",
    "publisher": "x",
    "attributions": [
        {"source": [SOURCE], "cue": [CUE], "content": CONTENT},
        {"source": [], "cue": [[41, 47]], "content": []},
    ],
}
PLAIN = {
    "id": "lee",
    "text": TEXT,
    "quotes": [{"spans": CONTENT, "type": "direct", "speaker": "Ann Lee", "mention": SOURCE, "cue": CUE}],
}
OPINION = {"id": "x_12_3_4_Lee_0_3", "text": "Lee fell.", "target": "Lee", "start": 0, "end": 3, "label": "against"}


def write(path: Path, *rows: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def brat(folder: Path, annotations: str = BRAT, text: str = TEXT, name: str = "lee", annotator: str = "4b22") -> Path:
    for kind in ("text", "attributions"):
        (folder / kind).mkdir(parents=True, exist_ok=True)
    (folder / "text" / f"{name}.txt").write_bytes(text.encode())
    (folder / "attributions" / f"{name}_{annotator}.ann").write_bytes(annotations.encode())
    return folder


def gold(path: Path) -> Gold:
    read = read_gold(path)
    assert isinstance(read, Gold)
    return read


@pytest.mark.parametrize("as_folder", [True, False])
def test_polnear_in_both_forms_is_the_same(tmp_path: Path, as_folder: bool) -> None:
    read = gold(brat(tmp_path / "dev") if as_folder else write(tmp_path / "dev.jsonl", POLNEAR))
    assert (read.format, read.typed, read.named) == ("polnear", False, False)
    (article,) = read.articles
    (said,) = article.statements  # the attribution without content is none
    assert (article.id, article.text) == ("lee", TEXT)
    assert (said.spans, said.mention, said.cue) == (tuple(CONTENT), (SOURCE,), (CUE,))
    assert (said.type, said.speaker) == ("direct", None)


def test_brat_files_side_by_side(tmp_path: Path) -> None:
    (tmp_path / "lee_kim.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "lee_kim.ann").write_text(BRAT, encoding="utf-8")
    assert [article.id for article in gold(tmp_path).articles] == ["lee_kim"]


def test_offsets_count_line_ends_as_they_are(tmp_path: Path) -> None:
    text = "Kim left.\r\n" + TEXT
    moved = (
        "T1\tSource 23 30\tAnn Lee\r\nT3\tContent 11 22\t“It holds,”\r\nE1\tAttribution:T1 Source:T1 Content2:T3\r\n"
    )
    (article,) = gold(brat(tmp_path, moved, text)).articles
    assert article.text == text
    assert article.statements[0].spans == ((11, 22),)


def test_of_several_annotators_the_first_is_taken(tmp_path: Path) -> None:
    brat(tmp_path, annotations="", annotator="ef2d")
    brat(tmp_path)
    (tmp_path / "text" / "bare.txt").write_text("x", encoding="utf-8")
    read = gold(tmp_path)
    assert len(read.articles[0].statements) == 1
    assert read.warnings == (
        "lee: the annotation by 4b22 is taken, not that by ef2d",
        "bare: has no annotation and is left out",
    )


def test_plain_annotations(tmp_path: Path) -> None:
    read = gold(write(tmp_path / "gold.jsonl", PLAIN))
    (said,) = read.articles[0].statements
    assert (read.format, read.named) == ("plain", True)
    assert said.speaker is not None
    assert (said.speaker.name, said.type, said.mention, said.cue) == ("Ann Lee", "direct", (SOURCE,), (CUE,))


def test_records_in_a_file_a_packed_file_and_a_folder(tmp_path: Path, record: Callable[..., AnnotatedArticle]) -> None:
    lines = [
        record(id, TEXT, {"words": "“It holds,”", "speaker": "Ann Lee", "stance": "favor"}).model_dump_json() + "\n"
        for id in "ab"
    ]
    folder = tmp_path / "gold"
    (folder / "more").mkdir(parents=True)
    (folder / "a.jsonl").write_text(lines[0], encoding="utf-8")
    (folder / "more" / "b.jsonl.gz").write_bytes(gzip.compress(lines[1].encode()))
    (folder / ".hidden.jsonl").write_text("not to be read", encoding="utf-8")
    read = gold(folder)
    assert (read.format, [article.id for article in read.articles]) == ("records", ["a", "b"])
    assert read.articles[0].statements[0].stance is not None
    assert gold(folder / "more" / "b.jsonl.gz").articles == read.articles[1:]


def test_records_and_plain_annotations_go_together(tmp_path: Path, record: Callable[..., AnnotatedArticle]) -> None:
    write(tmp_path / "a.jsonl", PLAIN)
    (tmp_path / "b.jsonl").write_text(record("b", TEXT).model_dump_json(), encoding="utf-8")
    assert len(gold(tmp_path).articles) == 2


PUBLISHED = {
    "primary_gid": "x_12_3_4_Lee_0_3",
    "sentence_normalized": "Lee fell. Kim won.",
    "targets": [
        {"Input.gid": "x_12_3_4_Lee_0_3", "from": 0, "to": 3, "mention": "Lee", "polarity": 2.0},
        {"Input.gid": "x_12_3_4_Kim_10_13", "from": 10, "to": 13, "mention": "Kim", "polarity": 6.0},
    ],
}
HUB = {"id": "x_12_3_4_Lee_0_3", "sentence": "Lee fell.", "mention": "Lee", "from": 0, "to": 3, "polarity": -1}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (PUBLISHED, [("Lee", "against"), ("Kim", "favor")]),
        (HUB, [("Lee", "against")]),
        (OPINION, [("Lee", "against")]),
    ],
)
def test_newsmtsc(tmp_path: Path, row: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    read = read_gold(write(tmp_path / "sentences.jsonl", row))
    assert isinstance(read, Opinions)
    assert [(item.target, item.label) for item in read.items] == expected
    assert {item.article for item in read.items} == {"x_12_3"}


@pytest.mark.parametrize(
    ("id", "article"),
    [
        ("allsides_1000_401_25_Reality_0_6", "allsides_1000_401"),
        ("polusa_v1_115_-1_3_Ann Lee_0_7", "polusa_v1_115_-1"),
        ("own", "own"),
    ],
)
def test_articles_of_sentences(id: str, article: str) -> None:
    assert Opinion.model_validate({**OPINION, "id": id}).article == article


def changed(row: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {**row, **fields}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "is empty"),
        ([{"hello": 1}], "in no known form .its first line has hello."),
        ([[1]], ":1: expected an object, found a list"),
        ([POLNEAR, POLNEAR], "two articles have the id 'lee'"),
        ([changed(POLNEAR, attributions=[{"content": [[0, 99]]}])], r"lee: .*\[0, 99\] is empty or not in the text"),
        ([PLAIN, changed(PLAIN, quotes=[{"spans": [[3, 3]], "speaker": None}])], "lee: .*is empty"),
        ([changed(PLAIN, quotes=[{"spans": [], "speaker": None, "type": "odd"}])], "quotes.0.type: .*not 'odd'"),
        ([{"schema": "quotes/1", "id": "a"}], "line 1: text: Field required"),
        ([{"schema": "quotes/1", "id": "a", "error": {"kind": "x", "message": "y"}}], "a: is an error record"),
        ([changed(OPINION, end=4)], "target 'Lee' is not at .0, 4.: there is 'Lee '"),
        ([changed(OPINION, end=400)], r"target \[0, 400\] is empty or not in the text of 9 characters"),
        ([changed(HUB, polarity=3)], "should be .favor., .against. or .neutral., not 3"),
        ([changed(PUBLISHED, targets=[1])], "targets: expected a list of objects"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, rows: list[Any], message: str) -> None:
    with pytest.raises(QuotesError, match=message) as caught:
        read_gold(write(tmp_path / "gold.jsonl", *rows))
    assert str(tmp_path / "gold.jsonl") in str(caught.value)


@pytest.mark.parametrize(
    ("annotations", "message"),
    [
        ("T1\tSource 12 19\tBo Kim\n", "line 1: 'Bo Kim' is not in the text at 12 19, there is 'Ann Lee'"),
        ("T1\tSource 12 999\tAnn Lee\n", "line 1: 'Ann Lee' is not in the text"),
        ("T1 Source 12 19 Ann Lee\n", "line 1: not in brat's form"),
        ("T1\tSource 19 12\t\n", "line 1: '' is not in the text"),
        ("E1\tAttribution:T4 Content:T3\n", "an event names T3, which is no line there"),
    ],
)
def test_what_is_wrong_with_brat_files_is_told(tmp_path: Path, annotations: str, message: str) -> None:
    with pytest.raises(QuotesError, match=message):
        read_gold(brat(tmp_path, annotations))


def test_annotations_without_a_text(tmp_path: Path) -> None:
    (brat(tmp_path) / "text" / "lee.txt").unlink()
    with pytest.raises(QuotesError, match=r"its text is missing: expected lee\.txt in .*text"):
        read_gold(tmp_path)


def test_one_name_in_two_parts(tmp_path: Path) -> None:
    brat(tmp_path / "dev")
    brat(tmp_path / "train")
    with pytest.raises(QuotesError, match="give the folder of one part"):
        read_gold(tmp_path)


def test_texts_that_are_not_utf8(tmp_path: Path) -> None:
    (brat(tmp_path) / "text" / "lee.txt").write_bytes(b"\xff")
    with pytest.raises(QuotesError, match=r"lee\.txt: not UTF-8: .* at byte 0"):
        read_gold(tmp_path)


def test_files_that_do_not_go_together(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", PLAIN)
    write(tmp_path / "b.jsonl", POLNEAR)
    with pytest.raises(QuotesError, match=r"can't be scored together \(a\.jsonl: plain, b\.jsonl: polnear\)"):
        read_gold(tmp_path)


def test_a_folder_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(QuotesError, match="has neither JSONL files nor brat's"):
        read_gold(tmp_path)


def test_a_file_that_is_not_gzip(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl.gz"
    path.write_bytes(b"not packed")
    with pytest.raises(QuotesError, match="can't be read"):
        read_gold(path)
