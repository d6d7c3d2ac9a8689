"""What a rule of the finder yields: a statement, its cue and who the sentence says it is by."""

from __future__ import annotations

from dataclasses import dataclass, field

Offsets = tuple[int, int]


@dataclass(slots=True)
class Finding:
    """A statement before its speaker is resolved; all offsets are into the article.

    Attributes:
        spans: The statement, in order; several where the cue stands inside it.
        cue: The words that announce it.
        mention: The noun phrase that names the speaker.
        head: Head word of the mention.
        lemma: Lemma of the cue.
        construction: How cue and statement are tied, e.g. `clause`, `object`, `to`.
        rule: Name of the rule that found the speaker.
        confidence: Estimated precision of the lexicon entry.
        sentence: Number of the sentence of the cue (or of the statement, where there is no cue).
        token: Index of the cue's head word in that sentence, -1 without a cue.
        circumstances: Facts about the cue that bear on whether somebody said something
            (`negated`, `modal`, `no-source`, …).
        repeats: The statement whose words a heading says beforehand; it has the speaker of both.
    """

    spans: list[Offsets]
    cue: Offsets | None = None
    mention: Offsets | None = None
    head: Offsets | None = None
    lemma: str = ""
    construction: str = ""
    rule: str = ""
    confidence: float = 1.0
    sentence: int = -1
    token: int = -1
    circumstances: frozenset[str] = field(default_factory=frozenset)
    repeats: Finding | None = None

    @property
    def start(self) -> int:
        """Offset at which the statement begins."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Offset after the statement."""
        return self.spans[-1][1]
