"""Who speaks in a quotation that has no cue of its own: an ordered cascade over the article.

Each rule takes the article's state and a finding and gives the mention of the speaker or None;
the first that gives one wins. After the sieves of Muzny et al. 2017, "A Two-stage Sieve Approach
for Quote Attribution" (EACL), most certain first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quotes.find.according import signature
from quotes.find.finding import Finding, Offsets
from quotes.find.lexicon import Lexicon
from quotes.find.phrases import SUBJECTS, cue_tokens, mention_span
from quotes.parse import Sentence
from quotes.speakers.lexicon import lexicon
from quotes.speakers.sources import source


@dataclass(slots=True)
class Discourse:
    """What the rules look at: the sentences, and the statements found so far, in text order."""

    text: str
    sentences: Sequence[Sentence]
    findings: list[Finding]
    lexicon: Lexicon

    def before(self, finding: Finding) -> Finding | None:
        """The statement with a speaker that ends last before this one."""
        earlier = [f for f in self.findings if f is not finding and f.end <= finding.start and f.mention]
        return max(earlier, key=lambda f: f.end, default=None)


@dataclass(frozen=True, slots=True)
class Attribution:
    """A speaker's mention, its head word and, where there is one, the cue."""

    mention: Offsets
    head: Offsets
    cue: Offsets | None = None


def introduced(discourse: Discourse, finding: Finding) -> Attribution | None:
    """ "Caddell continued: ¶ “…”": the sentence before ends in a colon."""
    number = finding.sentence - 1
    if number < 0:
        return None
    sentence = discourse.sentences[number]
    if not sentence.parsed or discourse.text[sentence.start : sentence.end].rstrip()[-1:] not in {":", ","}:
        return None
    return _by_cue(discourse, sentence, 0.3) or _main_subject(discourse, sentence)


def own_subject(discourse: Discourse, finding: Finding) -> Attribution | None:
    """ "*Nuria Solis* had one request: “Leave the tree.”": the subject of the same sentence."""
    sentence = discourse.sentences[finding.sentence]
    if (
        sentence.bare
        or not sentence.parsed
        or discourse.text[sentence.start : finding.start].rstrip()[-1:] not in {":", ","}
    ):
        return None
    return _main_subject(discourse, sentence)


def signed_below(discourse: Discourse, finding: Finding) -> Attribution | None:
    """ "“Never again.” ¶ — Jane Doe": a dash and a name in the paragraph after."""
    number = finding.sentence + 1
    if number >= len(discourse.sentences):
        return None
    following = discourse.sentences[number]
    found = signature(discourse.text, following.start, following.end)
    if found is None:
        return None
    dash, name, head = found
    return Attribution(name, head, dash)


def conversation(discourse: Discourse, finding: Finding) -> Attribution | None:
    """Two who question and answer, paragraph by paragraph: the one before the last speaks again."""
    turns = [
        f for f in discourse.findings if f.end <= finding.start and _is_turn(discourse, f) and f.head and f.mention
    ]
    if len(turns) < 2:
        return None
    last, before = turns[-1], turns[-2]
    paragraph = discourse.sentences[finding.sentence].paragraph
    in_turn = [discourse.sentences[f.sentence].paragraph for f in (before, last)] == [paragraph - 2, paragraph - 1]
    if (
        not in_turn
        or _name(discourse, last) == _name(discourse, before)
        or before.mention is None
        or before.head is None
    ):
        return None
    # Three paragraphs of quotation are mostly one speaker going on; a question asks for the other.
    asked = [_is_question(discourse, f) for f in (before, last, finding)]
    if asked[1] or (asked[0] and asked[2]):
        return Attribution(before.mention, before.head)
    return None


def running_on(discourse: Discourse, finding: Finding) -> Attribution | None:
    """The paragraph before is the same speaker's quotation and nothing says otherwise."""
    number = finding.sentence - 1
    if number < 0:
        return None
    previous = discourse.sentences[number]
    before = discourse.before(finding)
    if before is None:
        return None
    # "“A,” said Lee, who said she was tired. ¶ “B.”": Lee's, and what is said beside a quotation doesn't count.
    beside = (f for f in discourse.findings if f.sentence == before.sentence and f.mention and _is_turn(discourse, f))
    before = max(beside, key=lambda f: f.end, default=before)
    if before.head is None or before.mention is None:
        return None
    paragraph = discourse.sentences[finding.sentence].paragraph
    spans_near = any(previous.start <= s < previous.end for s, _ in before.spans)
    if spans_near and paragraph - previous.paragraph <= 1 and (previous.bare or before.construction in _RUNNING):
        return Attribution(before.mention, before.head)
    return None


def previous_subject(discourse: Discourse, finding: Finding) -> Attribution | None:
    """ "Zarif also hit back on Monday. ¶ “…”": the subject of the sentence before.

    The last sentence of a longer paragraph leads up to a quotation in the next one only where it
    tells of saying.
    """
    number = finding.sentence - 1
    if number < 0:
        return None
    sentence = discourse.sentences[number]
    gap = discourse.sentences[finding.sentence].paragraph - sentence.paragraph
    if not sentence.parsed or gap > 1:
        return None
    leads = gap == 0 or number == 0 or discourse.sentences[number - 1].paragraph != sentence.paragraph
    return _by_cue(discourse, sentence, 0.7) or (_main_subject(discourse, sentence) if leads else None)


def next_subject(discourse: Discourse, finding: Finding) -> Attribution | None:
    """ "“…” ¶ Zarif was speaking from Moscow": the subject of the sentence after."""
    sentence = _sentence_after(discourse, finding)
    root = None if sentence is None else _root(sentence)
    if sentence is None or root is None or sentence.lower(root) not in _SPEAKING:
        return None
    return _main_subject(discourse, sentence)


def following_subject(discourse: Discourse, finding: Finding) -> Attribution | None:
    """ "“Never again.” *Pilar Ortega* threw her gloves on the quay.": who acts right after, in the same paragraph."""
    sentence = _sentence_after(discourse, finding)
    if sentence is None or sentence.paragraph != discourse.sentences[finding.sentence].paragraph:
        return None
    return _main_subject(discourse, sentence)


def previous_role(discourse: Discourse, finding: Finding) -> Attribution | None:
    """ "*The mayor* was blunt. “It is not safe.”": what a person is, as the subject of the sentence before."""
    number = finding.sentence - 1
    sentence = discourse.sentences[max(number, 0)]
    if number < 0 or not sentence.parsed or discourse.sentences[finding.sentence].paragraph != sentence.paragraph:
        return None
    root, subject = _subject(sentence)
    if subject is None or sentence.tags[subject] != "NN" or sentence.lower(subject) not in lexicon().roles:
        return None
    return _whole(discourse, sentence, root, subject)


def _sentence_after(discourse: Discourse, finding: Finding) -> Sentence | None:
    """The first sentence after a quotation that is no quotation, at most one paragraph on."""
    number = finding.sentence + 1
    while number < len(discourse.sentences) and discourse.sentences[number].bare:
        number += 1
    if number >= len(discourse.sentences):
        return None
    sentence = discourse.sentences[number]
    near = sentence.paragraph - discourse.sentences[number - 1].paragraph <= 1
    return sentence if near and sentence.parsed else None


_SPEAKING = frozenset(
    "speaking spoke speak talking commenting responding replying writing referring reacting addressing made "
    "making was".split()
)

_RUNNING = frozenset({"before", "clause", "quotation", "according-to"})
"""What a quotation right after goes on with."""

Rule = Callable[[Discourse, Finding], "Attribution | None"]

CASCADE: tuple[tuple[str, Rule], ...] = (
    ("introduced", introduced),
    ("own-subject", own_subject),
    ("signed", signed_below),
    ("conversation", conversation),
    ("running-on", running_on),
    ("next-sentence-speaking", next_subject),
    ("previous-sentence-subject", previous_subject),
    ("following-subject", following_subject),
    ("previous-sentence-role", previous_role),
)


CONFIDENCE = {
    "introduced": 0.85,
    "own-subject": 0.7,
    "signed": 0.9,
    "conversation": 0.7,
    "running-on": 0.63,
    "next-sentence-speaking": 0.8,
    "previous-sentence-subject": 0.53,
    "following-subject": 0.53,
    "previous-sentence-role": 0.53,
    "none": 0.57,
}
"""Share of what each rule found that was annotated as a statement in PolNeAR's training articles, rounded;
for the five with fewer than 20 sightings there an estimate."""


ANNOUNCED = CASCADE[:3]
"""The rules that look for an announcement, and not for who speaks nearby."""


def attribute(discourse: Discourse, finding: Finding, rules: Sequence[tuple[str, Rule]] = CASCADE) -> None:
    """Give a finding without a cue its speaker's mention, and the name of the rule."""
    bare = discourse.sentences[finding.sentence].bare
    for name, rule in rules:
        found = rule(discourse, finding) if bare or rule is own_subject else None
        if found is not None:
            finding.mention, finding.head, finding.rule = found.mention, found.head, name
            finding.cue = finding.cue or found.cue
            finding.confidence = CONFIDENCE[name]
            return
    finding.rule, finding.confidence = "none", CONFIDENCE["none"]


def complete(discourse: Discourse, finding: Finding) -> None:
    """ "*He* called it a mistake. Adding, “…”": a cue cut off from its subject has that of the statement before."""
    sentence = discourse.sentences[finding.sentence]
    if finding.token != 0 or sentence.tags[0] != "VBG":
        return
    before = discourse.before(finding)
    if before is not None and discourse.sentences[before.sentence].paragraph == sentence.paragraph:
        finding.mention, finding.head, finding.rule = before.mention, before.head, "running-on"


def _by_cue(discourse: Discourse, sentence: Sentence, floor: float) -> Attribution | None:
    """Speaker of the last verb of saying outside marks in a sentence, if it is as reliable as `floor`."""
    for token in reversed(range(len(sentence.words))):
        if sentence.tags[token][0] != "V" or sentence.quote_of[token] >= 0:
            continue
        lemma = discourse.lexicon.lemma(sentence.lower(token), "verb")
        entries = [discourse.lexicon.get("verb", lemma, c) for c in ("before", "clause")] if lemma else []
        if not any(entry is not None and entry.precision >= floor for entry in entries):
            continue
        found = source(sentence, token)
        if found is not None:
            mention = mention_span(discourse.text, sentence, token, found[0])
            if mention is not None:
                cue = sentence.offsets(*cue_tokens(sentence, token))
                return Attribution(mention, sentence.offsets(found[0], found[0]), cue)
    return None


def _main_subject(discourse: Discourse, sentence: Sentence) -> Attribution | None:
    root, subject = _subject(sentence)
    if subject is None or sentence.lower(subject) in {"it", "i", "we", "you"}:
        return None
    if sentence.tags[subject] not in {"NNP", "NNPS", "PRP"}:
        # "One early supporter, *Ann Lee*, gave the technique a try: “…”"
        apposition = sentence.child(subject, "appos")
        if apposition is None or sentence.tags[apposition] != "NNP":
            return None
    return _whole(discourse, sentence, root, subject)


def _subject(sentence: Sentence) -> tuple[int, int | None]:
    """The main verb outside marks and its subject."""
    root = _root(sentence)
    return (0, None) if root is None else (root, sentence.child(root, *SUBJECTS))


def _whole(discourse: Discourse, sentence: Sentence, root: int, subject: int) -> Attribution | None:
    mention = mention_span(discourse.text, sentence, root, subject)
    return Attribution(mention, sentence.offsets(subject, subject)) if mention else None


def _root(sentence: Sentence) -> int | None:
    """The main verb outside marks; the parser may have hung it on the quotation's."""
    for token, head in enumerate(sentence.heads):
        outside = sentence.quote_of[token] < 0 and (head == token or sentence.quote_of[head] in sentence.whole)
        if outside and sentence.tags[token][0] == "V":
            return token
    return None


def _is_turn(discourse: Discourse, finding: Finding) -> bool:
    return discourse.text[finding.start] in "\"“„«'‘`"


def _is_question(discourse: Discourse, finding: Finding) -> bool:
    return discourse.text[finding.start : finding.end].rstrip("”\"'’»)").endswith("?")


def _name(discourse: Discourse, finding: Finding) -> str:
    assert finding.head is not None
    return discourse.text[slice(*finding.head)].lower()
