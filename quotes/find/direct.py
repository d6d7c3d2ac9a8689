"""Statements between marks: which quotations are statements, and which cue announces them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotes.find.finding import Finding, Offsets
from quotes.find.indirect import SAYING, circumstances
from quotes.find.lexicon import Lexicon
from quotes.find.phrases import clean, cue_tokens, mention_span
from quotes.parse import Sentence
from quotes.speakers.attribute import CONFIDENCE
from quotes.speakers.order import by_order, subject_by_order
from quotes.speakers.sources import source

LEAST_WORDS = 3
"""A quotation shorter than this with no cue of its own is a title, a name or a scare quote."""


NEAREST_PRECISION = 0.86
"""Share of the quotations given to the nearest verb that were annotated, in PolNeAR's training articles."""


def attach_quotations(text: str, sentence: Sentence, number: int, findings: list[Finding], lexicon: Lexicon) -> None:
    """Give each whole quotation of a sentence to the cue that announces it.

    `"It is over," he said, "and we know it."` is one statement with two spans. Quotations that no
    construction covers ("Smith: “…”", a parse gone wrong) go to the nearest verb of saying.
    New findings are appended to `findings`; those that stand for a quotation are widened.
    """
    whole = [sentence.marked[n] for n in sorted(sentence.whole)]
    if not whole:
        return
    loose: list[Offsets] = []
    for quote in whole:
        span = (quote.start, quote.end)
        owners = [f for f in findings if any(s <= span[0] and span[1] <= e for s, e in f.spans)]
        if not owners:
            loose.append(span)
        else:
            # the cue nearest to the quotation announces it; "told her that he said “…”"
            owner = min(owners, key=lambda f: _distance(f, span))
            for other in owners:
                if other is not owner and other.construction not in SAYING:
                    findings.remove(other)
    if not loose:
        return
    announced = [f for f in findings if f.construction in SAYING and any(_overlaps(f, (q.start, q.end)) for q in whole)]
    if announced:
        owner = announced[-1]
        owner.spans = _merge([*owner.spans, *loose])
        return
    finding = _nearest_verb(text, sentence, number, loose, lexicon)
    if finding is None and any(len(text[start:end].split()) > LEAST_WORDS for start, end in loose):
        finding = Finding(spans=loose, sentence=number)
    if finding is not None:
        findings.append(finding)


def name_by_order(text: str, sentence: Sentence, findings: list[Finding], lexicon: Lexicon) -> None:
    """Give statements that the parse left without a speaker the one that the order of the words names."""
    whole = [(sentence.marked[n].start, sentence.marked[n].end) for n in sorted(sentence.whole)]
    for finding in findings:
        if finding.mention is not None:
            continue
        spans = [q for q in whole if any(s <= q[0] and q[1] <= e for s, e in finding.spans)]
        found = by_order(sentence, spans, lexicon) if spans else None
        if not spans and finding.token >= 0:
            found = subject_by_order(sentence, finding.token)
        if found is None:
            continue
        mention = clean(text, *sentence.offsets(found.first, found.last))
        if mention is None or _overlaps(finding, mention):
            continue
        # "Clinton, exasperated, replied: “…”": the subject is no statement of its own.
        findings[:] = [f for f in findings if f is finding or f.token != found.cue or not _overlaps(f, mention)]
        finding.mention, finding.head = mention, sentence.offsets(found.head, found.head)
        finding.cue = sentence.offsets(*cue_tokens(sentence, found.cue))
        finding.lemma = lexicon.lemma(sentence.lower(found.cue), "verb") or ""
        finding.token, finding.rule = found.cue, "word-order"
        if not finding.construction:
            finding.construction, finding.confidence = "quotation", NEAREST_PRECISION


def _overlaps(finding: Finding, span: Offsets) -> bool:
    return any(start < span[1] and span[0] < end for start, end in finding.spans)


def _distance(finding: Finding, span: Offsets) -> int:
    assert finding.cue is not None
    return max(span[0] - finding.cue[1], finding.cue[0] - span[1], 0)


def _merge(spans: list[Offsets]) -> list[Offsets]:
    merged: list[Offsets] = []
    for start, end in sorted(set(spans)):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _nearest_verb(text: str, sentence: Sentence, number: int, loose: list[Offsets], lexicon: Lexicon) -> Finding | None:
    """The verb of saying nearest to some quotations, outside all marks."""
    best: tuple[int, int, str] | None = None
    for token, tag in enumerate(sentence.tags):
        # "the notice read", "she countered": after a quotation a noun may be a verb of saying
        verbal = tag[0] == "V" or (sentence.deps[token] == "ROOT" and token > 0 and tag in {"NN", "NNS", "JJ"})
        if not verbal or sentence.quote_of[token] >= 0:
            continue
        lemma = lexicon.lemma(sentence.lower(token), "verb")
        entry = lemma and max(
            (e for c in SAYING if (e := lexicon.get("verb", lemma, c))), key=lambda e: e.precision, default=None
        )
        if not lemma or not entry or entry.precision < 0.5:
            continue
        gap = min(max(start - sentence.ends[token], sentence.starts[token] - end) for start, end in loose)
        if best is None or gap < best[0]:
            best = (gap, token, lemma)
    if best is None:
        return None
    token = best[1]
    found = source(sentence, token)
    mention = head = None
    rule = "none"
    if found is None and sentence.tags[token][0] != "V" and token > 0 and sentence.quote_of[token - 1] < 0:
        found = token - 1, "adjacent"
    if found is not None:
        rule = found[1]
        mention = mention_span(text, sentence, token, found[0])
        head = sentence.offsets(found[0], found[0])
    first, last = cue_tokens(sentence, token)
    if mention is not None and any(s < mention[1] and mention[0] < e for s, e in loose):
        mention = head
    return Finding(
        spans=loose,
        cue=sentence.offsets(first, last),
        mention=mention,
        head=head,
        lemma=best[2],
        construction="quotation",
        rule=rule,
        confidence=NEAREST_PRECISION,
        sentence=number,
        token=token,
        circumstances=circumstances(sentence, token, found[0] if found else None),
    )


def run_on(text: str, sentences: Sequence[Sentence], findings: list[Finding]) -> list[Finding]:
    """Join what one speaker goes on to say, and keep quotations that have no cue yet.

    In one paragraph `"It is over," he said. "We know it."` is one statement; so is a quotation
    whose marks re-open in the next paragraph. Other quotations that stand alone become findings
    without a cue, for the attribution cascade; so do sentences of the reporter's that end in the
    speaker's words, and these have the speaker already.

    Returns:
        The findings without a cue; those with one are widened in place.
    """
    by_sentence: dict[int, list[Finding]] = {}
    for finding in findings:
        by_sentence.setdefault(finding.sentence, []).append(finding)
    alone: list[Finding] = []
    current: Finding | None = None
    for number, sentence in enumerate(sentences):
        reopened = bool(sentence.marked) and sentence.marked[0].continues and sentence.marked[0].start == sentence.start
        if number and sentences[number - 1].paragraph != sentence.paragraph and not reopened:
            current = None
        own = [f for f in by_sentence.get(number, ()) if f.construction in SAYING or f.construction == "quotation"]
        if sentence.bare:
            spans = [(quote.start, quote.end) for quote in sentence.marked]
            if current is not None:
                current.spans = [*current.spans, *spans]
            elif _is_statement(text, sentence):
                current = Finding(spans=spans, sentence=number)
                alone.append(current)
        elif reopened and current is not None and sentence.whole:
            first = (sentence.marked[0].start, sentence.marked[0].end)
            owner = next((f for f in own if first in f.spans), None)
            if owner is None:
                current.spans = [*current.spans, first]
            elif current.cue is None:
                # the cue comes with the last paragraph: "“A. ¶ “B,” he said."
                owner.spans = [*current.spans, *owner.spans]
                alone.remove(current)
                current = owner
            else:
                current = owner
        elif current is not None and not own and _resumes(text, sentence, by_sentence.get(number, [])):
            # "“We tried,” he said. Instead, “it just fell apart.”"
            for finding in by_sentence[number]:
                findings.remove(finding)
                current.spans = [*current.spans, *finding.spans]
        elif (
            current is not None and number not in by_sentence and (half := _half_said(text, sentence, number, current))
        ):
            alone.append(half)
            current = None
        else:
            # "“A,” said Lee, who said she was tired. “B.”": B goes on with A, not with what Lee said beside it.
            marked = [f for f in own if _holds_quotation(sentence, f)]
            current = max(marked or own, key=lambda f: f.end, default=None)
            if current is not None and not _goes_on(sentence, current):
                current = None
    return alone


def _resumes(text: str, sentence: Sentence, own: list[Finding]) -> bool:
    """Whether a sentence without a cue is quotation but for a word or two at its start."""
    if not own or any(finding.cue is not None for finding in own):
        return False
    return len(text[sentence.start : own[0].start].split()) <= 2


_LEADS = re.compile(r"(?:\S+\s+){0,3}?(?:\S+\s+(?:is|are|was|were)|\S+['’](?:s|re)|it|this|that)", re.IGNORECASE)
"""What the reporter says before marks that hold what is said of something: "The cake is", "It’s"."""


def _half_said(text: str, sentence: Sentence, number: int, current: Finding) -> Finding | None:
    """ "“We leave at six,” Lee said. *The boat is “as good as new”.*": the speaker goes on, half in other words."""
    quote = sentence.marked[-1] if len(sentence.marked) == 1 else None
    if quote is None or current.mention is None or not quote.closed:
        return None
    inner = text[quote.inner_start : quote.inner_end]
    if len(inner.split()) < 2 or not inner[0].islower() or any(map(str.isalnum, text[quote.end : sentence.end])):
        return None
    if _LEADS.fullmatch(text[sentence.start : quote.start].rstrip()) is None:
        return None
    return Finding(
        spans=[(sentence.start, quote.end)],
        mention=current.mention,
        head=current.head,
        construction="quotation",
        rule="running-on",
        confidence=CONFIDENCE["running-on"],
        sentence=number,
    )


def _is_statement(text: str, sentence: Sentence) -> bool:
    """Whether quotations that stand alone are said by somebody, not a subhead or the name of a thing."""
    words = sum(len(text[q.inner_start : q.inner_end].split()) for q in sentence.marked)
    ends = text[sentence.marked[-1].inner_start : sentence.marked[-1].inner_end].rstrip()[-1:] in {
        ".",
        "!",
        "?",
        "…",
        ",",
    }
    single = all(quote.style == "single" for quote in sentence.marked)
    return words >= (LEAST_WORDS if ends and not single else 2 * LEAST_WORDS)


def _goes_on(sentence: Sentence, finding: Finding) -> bool:
    """Whether a quotation right after goes on with this statement: it has marks, or its cue comes last.

    "The plan is dead, he said. “It never lived.”" is one statement, "He said the plan is dead. “It
    never lived.”" are two.
    """
    assert finding.cue is not None
    return _holds_quotation(sentence, finding) or finding.start < finding.cue[0]


def _holds_quotation(sentence: Sentence, finding: Finding) -> bool:
    return any(_overlaps(finding, (q.start, q.end)) for q in sentence.marked)
