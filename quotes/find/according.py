"""Statements whose cue is a preposition or a mark: "according to …", "Smith: …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotes.find.finding import Finding, Offsets
from quotes.find.lexicon import VIEWS
from quotes.find.phrases import clean, noun_phrase, whole_marks
from quotes.parse import Sentence
from quotes.speakers.lexicon import fold, lexicon

ACCORDING_PRECISION = 0.83
"""Share of "according to" that was annotated as announcing a statement in PolNeAR's training articles."""

COLON_PRECISION = 0.53
"""The same of a name and a colon at the start of a headline or of a turn."""

_MEASURES = frozenset(
    "plan plans schedule custom tradition size age rank need needs weight height colour color taste ability "
    "season type alphabet number order law rules protocol instructions design".split()
)
"""What things are done according to, where nobody speaks: "went according to plan"."""

_NAME = r"(?:[A-Z][\w.’'-]*|of|the|and|de|al|van|von|for|&)"
_ROLE = (
    r"(?:minister|president|police|officials?|report|study|poll|survey|experts?|court|mayor|governor|lawyers?|ministry"
    r"|king|pope|chief)"
)
_LABEL = re.compile(
    rf"\s*[\"“‘']?(?P<name>[A-Z][\w.’'-]*(?:(?:\s+{_NAME}){{0,5}}|(?:\s+[\w’'-]+){{0,3}}\s+{_ROLE}))\s*(?P<colon>:)\s+(?=\S)"
)
_LABEL_AFTER = re.compile(
    rf"\S.*?(?P<colon>:)\s+(?P<name>(?:[\w.’'-]+\s+){{0,3}}(?:{_ROLE}|media|sources?|army|military|government|UN|PM))\s*"
)
_SIGNED = re.compile(r"\s*(?P<dash>[—–―]|--?)\s*(?P<name>[A-Z][^\n]{2,80}?)[.\s]*")
_FIRST_PERSON = re.compile(r"\b(?:we|we['’](?:ll|re|ve)|our|I)\b", re.IGNORECASE)
_CIRCUMSTANCE = re.compile(
    r"\s+(?:after|ahead|amid|as|before|despite|during|following|over|when|while)\b", re.IGNORECASE
)
_NO_SPEAKER = frozenset(
    "update updated watch video photo photos photograph breaking exclusive opinion analysis review report "
    "editorial live poll read correction related source sources note editor’s editor's fact check interview "
    "transcript here there question answer q a weather sport sports football business politics traffic obituary "
    "quiz recipe science culture travel opinion world local background context timeline explainer list more next "
    "follow contact date time place where when what why how subject".split()
)


def find_according_to(text: str, sentence: Sentence, number: int) -> Iterator[Finding]:
    """ "According to the ministry, …"; "…, according to a report".

    The statement is the sentence without the phrase, or the coordinate clause that the phrase
    hangs on.
    """
    for token in range(len(sentence.words) - 2):
        if sentence.lower(token) != "according" or sentence.lower(token + 1) != "to" or sentence.quote_of[token] >= 0:
            continue
        who = sentence.child(token + 1, "pobj")
        if who is None or who <= token or sentence.lower(who) in _MEASURES:
            continue
        _, last = noun_phrase(sentence, who)
        # A clause never belongs to the phrase: "according to the memo, which …" ends at the comma
        # where the phrase opens the sentence.
        mention = clean(text, sentence.starts[token + 2], sentence.ends[last])
        if mention is None or not any(char.isalnum() for char in text[slice(*mention)]):
            continue
        spans = _around(text, sentence, token, last)
        if spans:
            yield Finding(
                spans=spans,
                cue=sentence.offsets(token, token + 1),
                mention=mention,
                head=sentence.offsets(who, who),
                lemma="according to",
                construction="according-to",
                rule="according-to",
                confidence=ACCORDING_PRECISION,
                sentence=number,
                token=token,
            )


def find_in_words_of(text: str, sentence: Sentence, number: int) -> Iterator[Finding]:
    """ "In the view of the ministry, …"; "…, in the minister's words, …"."""
    for token in range(len(sentence.words) - 2):
        if sentence.lower(token) != "in" or sentence.quote_of[token] >= 0:
            continue
        view = sentence.child(token, "pobj")
        if view is None or not token < view <= token + 6 or sentence.lower(view) not in VIEWS:
            continue
        who = sentence.child(view, "poss")
        last = view
        if who is None:
            of = sentence.child(view, "prep")
            who = sentence.child(of, "pobj") if of is not None and sentence.lower(of) == "of" else None
            if who is None:
                continue
            last = noun_phrase(sentence, who)[1]
        if "," not in (sentence.words[last + 1 : last + 2] or [","]) and "," not in sentence.words[token - 1 : token]:
            continue  # "in my view of the bay"
        mention = clean(text, *sentence.offsets(*_owner(sentence, who)))
        spans = _around(text, sentence, token, last)
        if mention is not None and spans:
            yield Finding(
                spans=spans,
                cue=sentence.offsets(token, view),
                mention=mention,
                head=sentence.offsets(who, who),
                lemma=f"in {sentence.lower(view)}",
                construction="according-to",
                rule="in-words-of",
                confidence=ACCORDING_PRECISION,
                sentence=number,
                token=token,
            )


def _owner(sentence: Sentence, who: int) -> tuple[int, int]:
    first, last = noun_phrase(sentence, who)
    return (first, last - 1) if last > who and sentence.tags[last] == "POS" else (first, last)


def _around(text: str, sentence: Sentence, token: int, last: int) -> list[Offsets]:
    """What the sentence says apart from the phrase from `token` to `last`."""
    start, end = sentence.start, sentence.end
    head = sentence.heads[token]
    # Attached below another clause's conjunct: keep to that conjunct.
    clause = head
    while sentence.heads[clause] != clause and sentence.deps[clause] not in {"conj", "ccomp", "relcl", "advcl", "acl"}:
        clause = sentence.heads[clause]
    if sentence.deps[clause] == "relcl" and sentence.right[clause] >= token:
        start, end = (
            sentence.starts[sentence.left[clause]],
            max(sentence.ends[sentence.right[clause]], sentence.ends[last]),
        )
    elif sentence.deps[clause] == "conj" and sentence.child(clause, "nsubj", "nsubjpass") is not None:
        start, end = sentence.starts[sentence.left[clause]], sentence.ends[sentence.right[clause]]
        end = max(end, sentence.ends[last])
    pieces = [clean(text, start, sentence.starts[token]), clean(text, sentence.ends[last], end)]
    spans = [whole_marks(sentence, *piece) for piece in pieces if piece is not None]
    if (
        len(spans) == 2
        and len(text[slice(*spans[0])].split()) < 2
        and not any(q.start == spans[0][0] for q in sentence.marked)
    ):
        spans = spans[1:]  # "But, according to …"
    return [span for span in spans if any(char.isalnum() for char in text[slice(*span)])]


def find_labelled(text: str, sentence: Sentence, number: int) -> Finding | None:
    """ "Smith: We will win" in a headline or an interview."""
    match = _LABEL.match(text, sentence.start, sentence.end)
    if match is None:
        return None
    name = match["name"]
    if name.split()[0].lower() in _NO_SPEAKER or name.split()[-1].lower() in _NO_SPEAKER | {"the", "of", "and"}:
        return None
    span = clean(text, match.end(), sentence.end)
    if span is None or len(text[slice(*span)].split()) < 3:
        return None
    # Below the headline "Sanders: Win in a walk" is the title of a section, but "WALLACE: Good evening, all."
    # and "Lopez: Well, nobody is like that." are turns of a transcript.
    if sentence.paragraph > 0 and not (name.isupper() or text[sentence.end - 1] in '.?!”"'):
        return None
    for quote in sentence.marked:
        if quote.start <= match.start("colon"):
            return None  # "‘Betrayed’: Anger as the mill closes"
    if _is_place(name) and not _speaks(text, sentence, span):
        return None  # "Norway: Parties at odds over the budget"
    spans = [whole_marks(sentence, *span)]
    opening = next((quote for quote in sentence.marked if quote.start == span[0]), None)
    if opening is not None and _CIRCUMSTANCE.match(text, opening.end, span[1]):
        spans = [(opening.start, opening.end)]  # "Lee: ‘I forgot the keys’ after school stays shut"
    return Finding(
        spans=spans,
        cue=(match.start("colon"), match.end("colon")),
        mention=(match.start("name"), match.end("name")),
        head=(match.end("name") - len(name.split()[-1]), match.end("name")),
        lemma=":",
        construction="label",
        rule="label",
        confidence=COLON_PRECISION,
        sentence=number,
    )


def _is_place(name: str) -> bool:
    """A country, state or town; the Kremlin and other seats speak for those in them."""
    folded = fold(name)
    return folded in lexicon().places and folded not in lexicon().seats


def _speaks(text: str, sentence: Sentence, span: Offsets) -> bool:
    """Whether what stands after the name of a place is its words, not what the article is about."""
    return bool(sentence.marked) or _FIRST_PERSON.search(text, *span) is not None


def find_labelled_after(text: str, sentence: Sentence, number: int) -> Finding | None:
    """ "Shells hit market, killing 14: health ministry": a headline that names who says so at its end."""
    match = _LABEL_AFTER.fullmatch(text, sentence.start, sentence.end) if sentence.paragraph == 0 else None
    if match is None or sentence.marked:
        return None
    span = clean(text, sentence.start, match.start("colon"))
    if span is None or len(text[slice(*span)].split()) < 4:
        return None
    return Finding(
        spans=[span],
        cue=match.span("colon"),
        mention=match.span("name"),
        head=(match.end("name") - len(match["name"].split()[-1]), match.end("name")),
        lemma=":",
        construction="label",
        rule="label",
        confidence=COLON_PRECISION,
        sentence=number,
    )


def signature(text: str, start: int, end: int) -> tuple[Offsets, Offsets, Offsets] | None:
    """Offsets of the dash, the name and its head word where a stretch is "— Jane Doe, nurse"."""
    match = _SIGNED.fullmatch(text, start, end)
    if match is None or len(match["name"].split()) > 8:
        return None
    name = match["name"].split(",")[0].split()[-1]
    head = match.start("name") + match["name"].index(name)
    return match.span("dash"), match.span("name"), (head, head + len(name))


def find_signed(text: str, sentence: Sentence, number: int) -> Finding | None:
    """ "“Never again.” — Jane Doe, nurse": a quotation with the speaker's name after a dash."""
    if not sentence.marked or sentence.marked[0].start != sentence.start:
        return None
    signed = signature(text, sentence.marked[-1].end, sentence.end)
    if signed is None:
        return None
    dash, name, head = signed
    return Finding(
        spans=[(quote.start, quote.end) for quote in sentence.marked],
        cue=dash,
        mention=name,
        head=head,
        lemma="—",
        construction="label",
        rule="signed",
        confidence=0.9,
        sentence=number,
    )
