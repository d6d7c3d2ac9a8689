"""All statements of an article: the order in which the rules of this folder are applied."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.find.according import (
    find_according_to,
    find_in_words_of,
    find_labelled,
    find_labelled_after,
    find_signed,
)
from quotes.find.direct import attach_quotations, name_by_order, run_on
from quotes.find.finding import Finding, Offsets
from quotes.find.headings import headings, repeat, sounds_said
from quotes.find.indirect import find_announced
from quotes.find.lexicon import Lexicon
from quotes.parse import Sentence
from quotes.speakers.attribute import ANNOUNCED, Discourse, attribute, complete


def find_quotes(text: str, sentences: Sequence[Sentence], lexicon: Lexicon, floor: float) -> list[Finding]:
    """Find the statements of an article and the words that say who made them.

    Args:
        text: The article.
        sentences: Its sentences, from `quotes.parse.Parser`.
        lexicon: Cue lexicon.
        floor: Lowest confidence of a finding, from 0 to 1 (`Options.min_confidence`).

    Returns:
        Findings in the order of the article, each with its mention where a rule found one.
    """
    findings: list[Finding] = []
    for number, sentence in enumerate(sentences):
        own: list[Finding] = []
        if sentence.parsed:
            own = find_announced(text, sentence, number, lexicon, floor)
            own += find_according_to(text, sentence, number)
            own += find_in_words_of(text, sentence, number)
            attach_quotations(text, sentence, number, own, lexicon)
            name_by_order(text, sentence, own, lexicon)
        signed = find_signed(text, sentence, number)
        label = signed
        if signed is None and not any(finding.cue is not None for finding in own):
            label = find_labelled(text, sentence, number) or find_labelled_after(text, sentence, number)
        findings += [label] if label is not None else own
    alone = run_on(text, sentences, findings)
    findings = _unique([*findings, *alone])
    heads = headings(text, sentences, findings)
    discourse = Discourse(text, sentences, findings, lexicon)
    later = {id(head) for head in heads}
    for finding in findings:
        if finding.cue is None and finding.mention is None and id(finding) not in later:
            attribute(discourse, finding)
        elif finding.mention is None and finding.cue is not None:
            complete(discourse, finding)
    repeat(text, sentences, findings, heads)
    known = {id(finding) for finding in findings}
    for head in heads:
        if head.repeats is None:
            attribute(discourse, head, ANNOUNCED)
    findings += [h for h in heads if id(h) not in known and (h.repeats is not None or sounds_said(text, h))]
    return [finding for finding in sorted(findings, key=_order) if finding.confidence >= floor]


def _unique(findings: list[Finding]) -> list[Finding]:
    """In text order, without a second finding of the same statement."""
    best: dict[tuple[tuple[int, int], ...], Finding] = {}
    for finding in findings:
        key = tuple(finding.spans)
        if key not in best or finding.confidence > best[key].confidence:
            best[key] = finding
    return sorted(best.values(), key=_order)


def _order(finding: Finding) -> tuple[int, int, Offsets]:
    return finding.start, finding.end, finding.cue or (0, 0)
