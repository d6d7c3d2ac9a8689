"""How far two labelling passes agree: Cohen's kappa for stance and tone.

    python -m training.agreement data/statements/written.jsonl

One line for all statements that were labelled twice, and one for each kind of them by what their
ids start with: `hard-012` is one of `hard`.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sklearn.metrics import cohen_kappa_score

from quotes.errors import ConfigError, QuotesError
from training.statements import Labels, Statement, read_statements

ALL = "all"

_PREFIX = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
"""Words that an id starts with: `hard` of `hard-012`, `usa-today` of `usa-today_2016-01-04_…`."""


@dataclass(frozen=True)
class Agreement:
    """Agreement on some statements.

    Attributes:
        part: What their ids start with, or `all`.
        count: How many there are.
        stance: Cohen's kappa, 1 at most; none where it is undefined, for both passes gave all
            statements the same one label.
        tone: The same for tone.
    """

    part: str
    count: int
    stance: float | None
    tone: float | None


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.agreement", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("statements", type=Path, help="JSONL of statements with `labels`, the labels of two passes")
    arguments = parser.parse_args(argv)
    try:
        found = agreement(read_statements(arguments.statements))
        if not found:
            raise ConfigError(f"{arguments.statements}: no statement has the labels of two passes")
    except QuotesError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(table(found))
    return 0


def agreement(rows: Iterable[Statement]) -> list[Agreement]:
    """Cohen's kappa of two labelling passes (Cohen 1960, "A Coefficient of Agreement for Nominal Scales").

    Args:
        rows: Statements; those that were labelled once don't count.

    Returns:
        Agreement on all of them, then on each kind by name; nothing if none was labelled twice.
    """
    parts: dict[str, list[tuple[Labels, Labels]]] = {}
    for row in rows:
        if row.labels is not None:
            prefix = _PREFIX.match(row.id)
            parts.setdefault(ALL, []).append(row.labels)
            parts.setdefault(prefix[0] if prefix else "other", []).append(row.labels)
    names = sorted(parts, key=lambda name: (name != ALL, name))
    return [Agreement(name, len(parts[name]), _kappa(parts[name], 0), _kappa(parts[name], 1)) for name in names]


def _kappa(passes: Sequence[tuple[Labels, Labels]], head: int) -> float | None:
    """Kappa of one of the labels."""
    first, second = ([labels[at][head] for labels in passes] for at in (0, 1))
    if len({*first, *second}) < 2:
        return None
    return float(cohen_kappa_score(first, second))


def table(found: Sequence[Agreement]) -> str:
    """A line for each part: its name, how many statements, kappa for stance and for tone."""
    width = max(len(each.part) for each in found)
    lines = [f"{'':{width}}  {'n':>5}  stance   tone"]
    for each in found:
        stance, tone = ("–" if kappa is None else f"{kappa:.2f}" for kappa in (each.stance, each.tone))
        lines.append(f"{each.part:{width}}  {each.count:>5}  {stance:>6}  {tone:>5}")
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
