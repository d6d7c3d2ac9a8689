"""NewsMTSC, in the forms that its makers publish and in ours, as rows to learn from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from quotes.evaluate.newsmtsc import read_newsmtsc
from training.rows import checked

_SENTENCE = re.compile(r".*?(?:_-?\d+){3}(?=_)", re.DOTALL)
"""What of NewsMTSC's ids names the sentence: collection, three numbers (`polusa_v1_115_-1_3_Ann Lee_0_7`)."""


def newsmtsc(path: Path) -> Iterator[dict[str, Any]]:
    """Rows of NewsMTSC: sentences with a target and the stance towards it, labelled by people.

    Args:
        path: JSONL in one of the forms that `quotes.evaluate.newsmtsc.read_newsmtsc` reads.

    Raises:
        ConfigError: If the file can't be read or a row is wrong.
    """
    for opinion in read_newsmtsc(path):
        found = _SENTENCE.match(opinion.id)
        fields = {
            "id": opinion.id,
            "source": "newsmtsc",
            "group": found[0] if found else opinion.id,
            "text": opinion.text,
            "spans": [],
            "target": [opinion.start, opinion.end],
            "stance": opinion.label,
        }
        yield checked(fields, path)
