"""Statements announced by a cue in the reporter's own sentence, with or without marks in them."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.find.finding import Finding, Offsets
from quotes.find.frames import FRAMES, Frame
from quotes.find.lexicon import Entry, Lexicon, Pos
from quotes.find.nominal import ADJECTIVE_FRAMES, NOUN_FRAMES
from quotes.find.phrases import clean, cue_tokens, noun_phrase, nominal_cue, whole_marks
from quotes.parse import Sentence
from quotes.speakers.sources import nominal_source, source

_POS: dict[str, Pos] = {"V": "verb", "N": "noun", "J": "adjective"}
_RULES = {"verb": FRAMES, "noun": NOUN_FRAMES, "adjective": ADJECTIVE_FRAMES}
_MODALS = frozenset("could would might may should can must ca".split())


def candidates(text: str, sentence: Sentence, number: int, lexicon: Lexicon) -> Iterator[Finding]:
    """Every construction of the lexicon's words in a sentence, whether a statement or not.

    Args:
        text: The article.
        sentence: A parsed sentence of it.
        number: Its number, kept in the findings.
        lexicon: Where lemmas are looked up; findings of pairs it doesn't hold get confidence 0.
    """
    for token, tag in enumerate(sentence.tags):
        pos = _POS.get(tag[0])
        if pos is None or sentence.quote_of[token] >= 0:
            continue
        lemma = lexicon.lemma(sentence.lower(token), pos)
        if lemma is None:
            continue
        made: list[Finding] = []
        for rule in _RULES[pos]:
            for frame in rule(sentence, token):
                spans = _spans(text, sentence, frame)
                if spans:
                    entry = lexicon.get(pos, lemma, frame.construction)
                    made.append(_finding(text, sentence, number, token, pos, lemma, frame, spans, entry))
        yield from made


def find_announced(text: str, sentence: Sentence, number: int, lexicon: Lexicon, floor: float) -> list[Finding]:
    """The statements of a sentence: of each cue the likeliest construction, if it is likely enough."""
    best: dict[int, Finding] = {}
    for finding in candidates(text, sentence, number, lexicon):
        if finding.confidence >= floor:
            rival = best.get(finding.token)
            if rival is None or finding.confidence > rival.confidence:
                best[finding.token] = finding
    return list(best.values())


def _spans(text: str, sentence: Sentence, frame: Frame) -> list[Offsets]:
    spans: list[Offsets] = []
    for first, last in frame.content:
        span = clean(text, *sentence.offsets(first, last))
        if span is not None:
            span = whole_marks(sentence, *span)
            if not spans or span[0] >= spans[-1][1]:
                spans.append(span)
    return spans


def _finding(
    text: str,
    sentence: Sentence,
    number: int,
    token: int,
    pos: Pos,
    lemma: str,
    frame: Frame,
    spans: list[Offsets],
    entry: Entry | None,
) -> Finding:
    if pos == "verb":
        first, last = cue_tokens(sentence, token, frame.tail)
        found = source(sentence, token)
        governor = token
    else:
        first, last, governor = nominal_cue(sentence, token, frame.tail)
        found = nominal_source(sentence, token, governor)
    mention = head = None
    rule = "none"
    if found is not None:
        who, rule = found
        span = clean(text, *sentence.offsets(*noun_phrase(sentence, who)))
        if span is not None and not any(s <= sentence.starts[who] < e for s, e in spans):
            mention, head = _clear_of(span, sentence.offsets(who, who), spans)
    facts = circumstances(sentence, governor, found[0] if mention and found else None)
    confidence = entry.precision if entry else 0.0
    if confidence:
        confidence = discounted(confidence, frame.construction, facts)
    return Finding(
        spans=spans,
        cue=sentence.offsets(first, last),
        mention=mention,
        head=head,
        lemma=lemma,
        construction=frame.construction,
        rule=rule,
        confidence=confidence,
        sentence=number,
        token=token,
        circumstances=facts,
    )


def _clear_of(span: Offsets, head: Offsets, spans: list[Offsets]) -> tuple[Offsets, Offsets]:
    """The mention cut back where the statement overlaps it."""
    start, end = span
    for first, last in spans:
        if start < last and first < end:
            if first > head[0]:
                end = min(end, first)
            else:
                start = max(start, last)
    return (start, max(end, head[1])), head


def circumstances(sentence: Sentence, verb: int, who: int | None) -> frozenset[str]:
    """Facts about a cue that bear on whether somebody said something."""
    facts = set()
    for child in sentence.children[verb]:
        word, label = sentence.lower(child), sentence.deps[child]
        if label == "neg" or word in {"never", "neither", "nor"}:
            facts.add("negated")
        elif label == "aux" and word in _MODALS:
            facts.add("modal")
        elif label == "mark" and word in {"if", "whether", "unless"}:
            facts.add("conditional")
    if who is None:
        facts.add("no-source")
    elif sentence.lower(who) in {"you", "one", "nobody", "no"}:
        facts.add("anybody")
    if sentence.words[-1] == "?":
        facts.add("question")
    return frozenset(facts)


_SAYING = frozenset({"clause", "before"})
# Odds by which a circumstance makes a statement less likely (counted in the same articles as the
# lexicon). A negated or hypothetical report of words is none: "did not say whether …".
_ODDS = {"negated": 0.45, "modal": 0.5, "conditional": 0.35, "no-source": 0.6, "question": 0.6, "anybody": 0.5}


def discounted(precision: float, construction: str, facts: frozenset[str]) -> float:
    """The lexicon's precision, put right for the circumstances."""
    odds = precision / (1 - precision) if precision < 1 else 99.0
    for fact in facts:
        factor = _ODDS.get(fact, 1.0)
        odds *= factor if construction in _SAYING else factor**0.5
    return odds / (1 + odds)
