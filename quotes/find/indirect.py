"""Statements announced by a cue in the reporter's own sentence, with or without marks in them."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.find.clauses import as_clauses, clauses
from quotes.find.finding import Finding, Offsets
from quotes.find.frames import Frame
from quotes.find.infinitives import infinitives
from quotes.find.lexicon import Entry, Lexicon, Pos
from quotes.find.nominal import ADJECTIVE_FRAMES, NOUN_FRAMES
from quotes.find.objects import denials, objects, passives, prepositions, relatives
from quotes.find.phrases import clean, cue_tokens, mention_span, nominal_cue, whole_marks
from quotes.find.preceding import preceding_clauses
from quotes.find.repair import reattach
from quotes.find.unsaid import unsaid
from quotes.parse import Sentence
from quotes.speakers.sources import nominal_source, source

_POS: dict[str, Pos] = {"V": "verb", "N": "noun", "J": "adjective"}
_VERB_FRAMES = (
    clauses,
    preceding_clauses,
    as_clauses,
    infinitives,
    relatives,
    objects,
    prepositions,
    passives,
    denials,
)
_RULES = {"verb": _VERB_FRAMES, "noun": NOUN_FRAMES, "adjective": ADJECTIVE_FRAMES}
SAYING = frozenset({"clause", "before", "as"})
"""Constructions of verbs of saying, in which a cue can announce a whole quotation."""

_PERFORMING = frozenset("careful quick keen eager happy glad proud like love choose begin proceed rush".split())
"""What is done by saying: "was *quick* to add that …", "*likes* to say that …"."""

_MODALS = frozenset("could would might may should can must ca".split())


def candidates(text: str, sentence: Sentence, number: int, lexicon: Lexicon, known: bool = False) -> Iterator[Finding]:
    """Every construction of the lexicon's words in a sentence, whether a statement or not.

    Args:
        text: The article.
        sentence: A parsed sentence of it.
        number: Its number, kept in the findings.
        lexicon: Where lemmas are looked up; findings of pairs it doesn't hold get confidence 0.
        known: Leave those pairs out.
    """
    if not sentence.parsed:
        return
    reattach(sentence, lexicon)
    for token, tag in enumerate(sentence.tags):
        pos = _POS.get(tag[0])
        if pos is None or sentence.quote_of[token] >= 0:
            continue
        lemma = lexicon.lemma(sentence.lower(token), pos)
        if lemma is None:
            continue
        particle = _particle(sentence, token) if pos == "verb" else None
        if particle is not None:
            lemma = f"{lemma} {particle}"
        governor = token if pos == "verb" else nominal_cue(sentence, token)[2]
        for rule in _RULES[pos]:
            for frame in rule(sentence, token):
                entry = lexicon.get(pos, lemma, frame.construction)
                if entry is None and known:
                    continue
                spans = _spans(text, sentence, frame)
                if spans and not unsaid(sentence, governor, lemma, frame.construction, frame.content[0]):
                    yield _finding(text, sentence, number, token, pos, lemma, frame, spans, entry)


def _particle(sentence: Sentence, verb: int) -> str | None:
    """What makes another verb of it: "called *off*", "hit *back*", "made it *clear* that"."""
    for child in sentence.children[verb]:
        word = sentence.lower(child)
        beside = (
            child == verb + 1 and sentence.deps[child] == "advmod" and word in {"back", "on", "out", "off", "up", "in"}
        )
        clear = sentence.deps[child] in {"ccomp", "oprd", "acomp"} and word in {"clear", "plain"}
        if sentence.deps[child] == "prt" or beside or clear:
            return word
    return None


def find_announced(text: str, sentence: Sentence, number: int, lexicon: Lexicon, floor: float) -> list[Finding]:
    """The statements of a sentence: of each cue the likeliest construction, if it is likely enough."""
    best: dict[int, Finding] = {}
    for finding in candidates(text, sentence, number, lexicon, known=True):
        if finding.confidence >= floor:
            rival = best.get(finding.token)
            if rival is None or finding.confidence > rival.confidence:
                best[finding.token] = finding
    findings = _without_carriers(list(best.values()), sentence)
    discount_nested(findings)
    return [finding for finding in findings if finding.confidence >= floor]


def _without_carriers(findings: list[Finding], sentence: Sentence) -> list[Finding]:
    """One finding where a verb and the noun that is its object both announce.

    "*expressed hope* that the ferry would sail" is announced by "hope", "*condemned* the attack on
    the town" by "condemned", "was *careful* to add that it might not" by "add".
    """
    objects = {f.token: f for f in findings if f.construction.startswith("object")}
    dropped: set[int] = set()
    cues = {f.token for f in findings}
    for finding in findings:
        if finding.construction in {"to", "adjective-to"} and finding.lemma in _PERFORMING:
            to = next(
                (t for t in range(finding.token, len(sentence.words)) if sentence.starts[t] == finding.start), None
            )
            if to is not None and sentence.heads[to] in cues:
                dropped.add(id(finding))
    for noun in findings:
        carriers = (sentence.heads[noun.token], sentence.heads[sentence.heads[noun.token]])
        verb = next((objects[t] for t in carriers if t in objects and objects[t] is not noun), None)
        if (
            verb is None
            or sentence.deps[noun.token] not in {"dobj", "acl"}
            or not verb.start <= sentence.starts[noun.token] < verb.end
        ):
            continue
        proposes = noun.construction in {"noun-that", "noun-to", "clause"}
        dropped.add(id(verb) if proposes and noun.end == verb.end else id(noun))
    return [finding for finding in findings if id(finding) not in dropped]


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
    if found is not None and first <= found[0] < token:
        # "*Jolly* said", the name taken for an adverb; "disputed *the minister's* claim"
        first = found[0] + 1
        while first < token and sentence.tags[first] == "POS":
            first += 1
    if found is None and pos == "verb" and (owner := sentence.child(token, "poss")) is not None:
        found = owner, "possessive"  # "repeated *her* warning that …", the noun taken for a verb
    mention = head = None
    rule = "none"
    if found is not None:
        who, rule = found
        span = mention_span(text, sentence, token, who)
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
    elif sentence.lower(who) in {"i", "we"}:
        facts.add("author")
    elif sentence.tags[who] in {"NNP", "NNPS"}:
        facts.add("named")
    if sentence.deps[verb] == "relcl" or (who is not None and sentence.lower(who) in {"which", "that", "who"}):
        facts.add("relative")
    elif sentence.deps[verb] == "ROOT" or _is_second_main(sentence, verb):
        facts.add("main")
    elif sentence.deps[verb] == "dobj":
        facts.add("object")
    if sentence.words[-1] == "?":
        facts.add("question")
    return frozenset(facts)


def _is_second_main(sentence: Sentence, verb: int) -> bool:
    """ "*Lee seeks inquiry*; mayor calls it a waste": a main clause before a semicolon hung on the one after it."""
    end = sentence.right[verb] + 1
    return sentence.deps[verb] == "ccomp" and end < sentence.heads[verb] and sentence.words[end] == ";"


# Factors on the odds that a finding is a statement, counted in the same articles as the lexicon. A
# negated or hypothetical report of words is none: "did not say whether …", "would not say if …".
_SAYING_ODDS = {
    "negated": 0.4,
    "modal": 0.4,
    "conditional": 0.35,
    "no-source": 0.5,
    "question": 0.5,
    "anybody": 0.5,
    "nested": 0.45,
    "relative": 0.45,
    "author": 0.6,
    "main": 1.3,
}
_OTHER_ODDS = {
    "modal": 0.7,
    "conditional": 0.6,
    "no-source": 0.55,
    "question": 0.7,
    "anybody": 0.6,
    "nested": 0.55,
    "relative": 0.6,
    "main": 1.7,
    "object": 1.5,
    "named": 1.3,
}


def discounted(precision: float, construction: str, facts: frozenset[str]) -> float:
    """The lexicon's precision, put right for the circumstances."""
    factors = _SAYING_ODDS if construction in SAYING else _OTHER_ODDS
    odds = precision / (1 - precision) if precision < 1 else 99.0
    for fact in facts:
        odds *= factors.get(fact, 1.0)
    return odds / (1 + odds)


def discount_nested(findings: list[Finding]) -> None:
    """Make statements within another's words less likely: "said that he *hopes to win*"."""
    for finding in findings:
        cue = finding.cue
        if (
            cue is not None
            and "nested" not in finding.circumstances
            and any(
                other is not finding and any(start <= cue[0] and cue[1] <= end for start, end in other.spans)
                for other in findings
            )
        ):
            finding.circumstances |= {"nested"}
            finding.confidence = discounted(finding.confidence, finding.construction, frozenset({"nested"}))
