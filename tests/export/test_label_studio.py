"""Label Studio: what goes there and what comes back."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from label_studio_sdk.label_interface import LabelInterface

import quotes
from quotes.errors import ArticleError, QuotesError
from quotes.export import label_studio
from quotes.export.label_studio import labelling_config
from quotes.export.label_studio_import import RULE, NotAnnotated, read_label_studio
from quotes.schema import AnnotatedArticle, Quote, Stance, Tone

from .conftest import BUDGET, budget

ARTICLES = sorted((Path(quotes.__file__).resolve().parents[1] / "data" / "articles").glob("*.txt"))[:4]

Json = dict[str, Any]


def tasks(articles: list[AnnotatedArticle]) -> list[Json]:
    stream = io.BytesIO()
    label_studio.write(articles, stream)
    written: list[Json] = json.loads(stream.getvalue())
    return written


def annotated(task: Json, **more: Any) -> Json:
    """The task as it is exported after somebody has submitted the prediction as it was."""
    result = [{**entry, "origin": "prediction"} for entry in task["predictions"][0]["result"]]
    annotation = {"id": 1, "completed_by": 1, "result": result, "was_cancelled": False, "ground_truth": False, **more}
    return {"id": 7, "data": task["data"], "annotations": [annotation], "predictions": [], "project": 1}


def read(folder: Path, *exported: Json) -> list[AnnotatedArticle | ArticleError]:
    (folder / "project.json").write_text(json.dumps(exported), encoding="utf-8")
    return list(read_label_studio(folder / "project.json"))


def certain(quote: Quote) -> Quote:
    """The quote as a person vouches for it; watched targets have no place in Label Studio."""
    tags: Json = {}
    for name, tag in (("stance", quote.stance), ("tone", quote.tone)):
        if isinstance(tag, Stance | Tone):
            scores = {label: float(label == tag.label) for label in tag.scores}
            tags[name] = tag.model_copy(update={"score": 1.0, "scores": scores})
    return quote.model_copy(update={"rule": RULE, "confidence": 1.0, "stances": (), **tags})


def certainly(article: AnnotatedArticle) -> AnnotatedArticle:
    return article.model_copy(update={"quotes": tuple(map(certain, article.quotes))})


def test_label_studio_takes_the_tasks(articles: list[AnnotatedArticle], pipeline: quotes.Pipeline) -> None:
    interface = LabelInterface(labelling_config())
    interface.validate()
    found = [pipeline(path.read_text(encoding="utf-8")) for path in ARTICLES]
    for task in tasks(articles + found):
        assert interface.validate_task({"data": task["data"]})
        (prediction,) = task["predictions"]
        assert interface.validate_prediction(prediction, return_errors=True) == []
        for entry in prediction["result"]:
            if entry["type"] == "labels":
                value = entry["value"]
                assert task["data"]["text"][value["start"] : value["end"]] == value["text"]


def test_what_was_not_corrected_comes_back_as_it_was(
    tmp_path: Path, articles: list[AnnotatedArticle], pipeline: quotes.Pipeline
) -> None:
    found = [pipeline(path.read_text(encoding="utf-8")) for path in ARTICLES]
    assert sum(len(article.quotes) for article in found) > 20
    exported = [annotated(task) for task in tasks(articles + found)]
    assert read(tmp_path, *exported) == [certainly(article) for article in articles + found]


def test_no_articles_are_no_tasks() -> None:
    assert tasks([]) == []


@pytest.fixture
def task() -> Json:
    return annotated(tasks([budget()])[0])


Entries = list[Json]


def entries(task: Json) -> Entries:
    result: Entries = task["annotations"][0]["result"]
    return result


def region(task: Json, label: str, words: str) -> str:
    """The id of the region with a label around some words."""
    return next(
        entry["id"]
        for entry in entries(task)
        if entry["type"] == "labels" and entry["value"]["labels"] == [label] and entry["value"]["text"] == words
    )


def drawn(id: str, label: str, words: str) -> Json:
    start = BUDGET.index(words)
    value = {"start": start, "end": start + len(words), "text": words, "labels": [label]}
    return {"id": id, "from_name": "label", "to_name": "text", "type": "labels", "value": value}


def only(records: list[AnnotatedArticle | ArticleError]) -> AnnotatedArticle:
    (record,) = records
    assert isinstance(record, AnnotatedArticle), record
    return record


def test_a_new_statement_with_a_new_speaker(tmp_path: Path, task: Json) -> None:
    """Without a type, which follows from the marks, and with the relations drawn the other way round."""
    new, speaker = drawn("x", "Quote", "émigrés “wait”\r\n"), drawn("y", "Speaker", "Budget vote")
    relation = {"type": "relation", "from_id": "y", "to_id": "x", "direction": "right", "labels": []}
    entries(task)[:0] = [relation, speaker, new]
    record = only(read(tmp_path, task))
    first = record.quotes[0]
    assert (first.text, first.type, first.cue, first.stance) == ("émigrés “wait”", "mixed", None, None)
    assert first.speaker == 3
    assert record.speakers[3].name == "Budget vote"
    assert [quote.id for quote in record.quotes] == list(range(6))


def test_a_speaker_that_is_typed_anew(tmp_path: Path, task: Json) -> None:
    mention = region(task, "Speaker", "Mayor Ann Lee")
    for entry in entries(task):
        if entry.get("id") == mention and entry["type"] == "textarea":
            entry["value"]["text"] = ["Anna  Leigh"]
    record = only(read(tmp_path, task))
    assert [speaker.name for speaker in record.speakers] == ["Ann Lee", "+Party", "Anna Leigh"]
    assert [speaker.id for speaker in record.speakers] == [0, 1, 2]
    assert record.speakers[record.quotes[0].speaker or 0].name == "Anna Leigh"
    assert record.speakers[0].affiliation == "Oslo"


def test_a_mention_without_a_name_is_the_known_speaker_of_that_alias(tmp_path: Path, task: Json) -> None:
    mention = region(task, "Speaker", "A source")
    task["annotations"][0]["result"] = [
        entry for entry in entries(task) if entry.get("id") != mention or entry["type"] == "labels"
    ]
    for entry in entries(task):
        if entry.get("id") == mention:
            start = BUDGET.index("Lee")
            entry["value"] |= {"start": start, "end": start + 3, "text": "Lee"}
    record = only(read(tmp_path, task))
    assert record.quotes[3].speaker == 0
    assert len(record.speakers[0].mentions) == 2


def test_removed_regions_are_gone(tmp_path: Path, task: Json) -> None:
    gone = region(task, "Quote", "‘never again’"), region(task, "Target", "The budget")
    task["annotations"][0]["result"] = [entry for entry in entries(task) if entry.get("id") not in gone]
    record = only(read(tmp_path, task))
    assert len(record.quotes) == 4
    assert record.quotes[0].target is None


def test_the_best_annotation_counts(tmp_path: Path, task: Json) -> None:
    whole = task["annotations"][0]
    empty = {**whole, "result": []}
    for given, quotes_found in [
        ([whole, empty], 0),
        ([{**whole, "ground_truth": True}, empty], 5),
        ([{**whole, "updated_at": "2026-02-01T10:00:00Z"}, {**empty, "updated_at": "2026-01-01T10:00:00Z"}], 5),
        ([whole, {**empty, "was_cancelled": True}], 5),
    ]:
        assert len(only(read(tmp_path, {**task, "annotations": given})).quotes) == quotes_found


def test_tasks_without_annotations_are_told_apart(tmp_path: Path, task: Json) -> None:
    waiting = {**task, "annotations": []}
    skipped = annotated(tasks([budget()])[0], was_cancelled=True)
    first, second, third = read(tmp_path, waiting, skipped, task)
    assert isinstance(first, NotAnnotated)
    assert isinstance(second, NotAnnotated)
    assert isinstance(third, AnnotatedArticle)


def test_a_text_that_was_not_exported_from_here_has_the_tasks_id(tmp_path: Path, task: Json) -> None:
    task["data"] = {"text": BUDGET}
    record = only(read(tmp_path, task))
    assert record.id == "7"
    assert [speaker.name for speaker in record.speakers] == ["Ann Lee #0", "Ann Lee #1", "+Party"]


Change = Callable[[Json], None]


def second_speaker(task: Json) -> None:
    ends = {"from_id": region(task, "Quote", "“The budget,”"), "to_id": region(task, "Speaker", "A source")}
    entries(task).append({"type": "relation", **ends, "direction": "right"})


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (second_speaker, "is related to several Speaker regions, 'Mayor Ann Lee' and 'A source'; keep one"),
        (lambda task: entries(task).append(drawn("x", "Person", "Ann")), "the label 'Person' is none of Quote, Cue"),
        (lambda task: entries(task).append(drawn("x", "Cue", "\r\n\r\n")), "is blank; remove it"),
        (lambda task: task["data"].update(text=BUDGET[1:]), "the text has changed since"),
        (lambda task: task["data"].update(text="short"), "is not in the text; draw it anew"),
        (lambda task: task["data"].pop("text"), "data.text: Field required"),
        (lambda task: task.update(annotations=3), "annotations: Input should be a valid list"),
    ],
)
def test_what_is_wrong_with_a_task_is_named_and_costs_no_other(
    tmp_path: Path, task: Json, change: Change, complaint: str
) -> None:
    good = annotated(tasks([budget()])[0])
    change(task)
    bad, other = read(tmp_path, task, good)
    assert isinstance(bad, ArticleError)
    assert "project.json, task 7: " in str(bad)
    assert complaint in str(bad)
    assert isinstance(other, AnnotatedArticle)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"{}", "not a JSON array of tasks"),
        (b"text", "not a JSON array of tasks"),
        (b'[{"id": 1, "text": "x", "label": []}]', "not as JSON-MIN"),
    ],
)
def test_what_is_no_such_export(tmp_path: Path, content: bytes, complaint: str) -> None:
    (tmp_path / "project.json").write_bytes(content)
    with pytest.raises(QuotesError, match=complaint):
        list(read_label_studio(tmp_path / "project.json"))
