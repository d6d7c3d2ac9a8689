"""Agreement of two labelling passes, against kappas worked out by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("datasets")
pytest.importorskip("sklearn")

from training import agreement as agreeing
from training.agreement import Agreement, agreement
from training.statements import Statement

FIRST = ["favor", "favor", "against", "neutral"]
SECOND = ["favor", "against", "against", "neutral"]
"""Three of four the same; by chance 2·1 + 1·2 + 1·1 of 16: kappa = (0.75 - 0.3125) / (1 - 0.3125)."""

KAPPA = 0.4375 / 0.6875


def rows(prefix: str, first: Sequence[str], second: Sequence[str], tone: str = "neutral") -> list[dict[str, Any]]:
    """Statements with the stances of two passes that always agree on tone."""
    fixed = {"start": 0, "end": 4, "target_start": 0, "target_end": 4, "stance": "neutral", "tone": tone}
    labels = [[[one, tone], [other, tone]] for one, other in zip(first, second, strict=True)]
    return [{"id": f"{prefix}{n}", **fixed, "labels": pair} for n, pair in enumerate(labels)]


def agreed(*parts: list[dict[str, Any]]) -> list[Agreement]:
    return agreement(Statement.model_validate(row) for part in parts for row in part)


def test_kappa_is_that_of_the_passes() -> None:
    overall, hard = agreed(rows("hard-00", FIRST, SECOND))
    assert (overall.part, overall.count, hard.part, hard.count) == ("all", 4, "hard", 4)
    assert overall.stance == pytest.approx(KAPPA)
    assert hard.stance == pytest.approx(KAPPA)


@pytest.mark.parametrize(
    ("second", "kappa"),
    [
        (FIRST, 1.0),
        (["against", "against", "favor", "favor"], -0.6),  # none the same; by chance 2·2 + 1·2 + 1·0 of 16
    ],
)
def test_kappa_reaches_from_full_agreement_to_below_chance(second: list[str], kappa: float) -> None:
    assert agreed(rows("hard-00", FIRST, second))[0].stance == pytest.approx(kappa)


def test_kappa_of_one_label_is_undefined() -> None:
    overall, _ = agreed(rows("hard-00", FIRST, SECOND))
    assert overall.tone is None


def test_tone_is_told_from_stance() -> None:
    overall, *kinds = agreed(rows("hard-", FIRST, SECOND), rows("society-", FIRST, SECOND, "urging"))
    assert overall.count == 8
    assert overall.tone == pytest.approx(1.0)
    assert [(kind.part, kind.count, kind.tone) for kind in kinds] == [("hard", 4, None), ("society", 4, None)]


@pytest.mark.parametrize(
    ("id", "part"),
    [
        ("hard-012", "hard"),
        ("hard012", "hard"),
        ("usa-today_2016-01-04_a-headline#3", "usa-today"),
        ("012", "other"),
    ],
)
def test_kind_is_what_the_id_starts_with(id: str, part: str) -> None:
    assert [each.part for each in agreed([rows("", ["favor"], ["favor"])[0] | {"id": id}])] == ["all", part]


def test_statements_labelled_once_dont_count() -> None:
    once = [{name: value for name, value in row.items() if name != "labels"} for row in rows("easy-", FIRST, SECOND)]
    assert [each.part for each in agreed(once, rows("hard-", FIRST, SECOND))] == ["all", "hard"]
    assert agreed(once) == []


# ---- the command


def write(path: Path, lines: Sequence[dict[str, Any]]) -> str:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return str(path)


def test_command_prints_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = rows("hard-00", FIRST, SECOND) + rows("society-00", FIRST, FIRST, "urging")
    assert agreeing.main([write(tmp_path / "written.jsonl", lines)]) == 0
    head, *body = (line.split() for line in capsys.readouterr().out.splitlines())
    assert head == ["n", "stance", "tone"]
    assert body == [["all", "8", "0.81", "1.00"], ["hard", "4", "0.64", "–"], ["society", "4", "1.00", "–"]]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"labels": None}, "written.jsonl: no statement has the labels of two passes"),
        ({"labels": [["favor", "loud"], ["favor", "neutral"]]}, "written.jsonl: hard-0: labels.0.1: Input should be"),
    ],
)
def test_command_says_what_is_wrong(
    changes: dict[str, Any], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [rows("hard-", ["favor"], ["favor"])[0] | changes]
    assert agreeing.main([write(tmp_path / "written.jsonl", lines)]) == 2
    assert message in capsys.readouterr().err
