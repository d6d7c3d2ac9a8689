"""Split a paragraph into sentences, each outermost quotation kept whole.

A general splitter breaks inside quotations and so loses the tie between a statement and its cue
(`"Stop. Go," he said.`). Here marks come first: a full stop inside a quotation ends a sentence
only where the quotation ends with it and the text after it starts afresh.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quotes.find.marks import Marked

LONGEST = 250
"""Words outside marks after which a sentence is cut; the longest in PolNeAR's 840 training articles has 148."""

_SPACES = re.compile(r"\s+")
_END = re.compile(r"(?P<stop>[.!?…]+)(?P<tail>['’\")\]”»]*)(?=\s+(?P<next>\S+)|\s*\Z)")

# "NAIROBI, March 3 (Agency) — ": where and when an agency wrote is no part of the first sentence.
_DATELINE = re.compile(r"[A-Z][A-Z.’' -]{2,40}(?:[,/] ?[^—–\n]{1,40}?)?(?: ?\([^)\n]{2,40}\))? ?(?:—|–|--| -)\s+(?=\S)")

# Words that carry a full stop of their own. Before a capital they end no sentence ("Sen. Sanders").
_TITLES = frozenset(
    "mr mrs ms dr prof sen sens rep reps gov govs gen lt col maj sgt capt cmdr adm pres supt det insp rev fr hon "
    "st mt ft messrs mme mlle atty asst dist vs v no nos fig".split()
)
# These end a sentence where a word follows that opens one ("… in the U.S. The court …").
_ABBREVIATIONS = frozenset(
    "inc corp co ltd llc bros jr sr etc al dept univ assn ave blvd rd jan feb mar apr jun jul aug sep sept oct "
    "nov dec a.m p.m u.s u.k u.n e.u u.s.a d.c ph.d m.d b.a m.a i.e e.g cf approx est calif fla mass mich minn "
    "penn pa va md conn wash wis ariz colo ill ind kan ky la mo n.c n.d n.h n.j n.m n.y ore r.i s.c s.d tenn tex "
    "vt w.va wyo ga ala ark nev okla neb miss mont del".split()
)
_OPENERS = frozenset(
    "the a an he she it they we i you this that these those there his her its their our my in on at by for from "
    "with as but and or so yet if when while after before since although though because however meanwhile no not "
    "one two some many most all both another each what who where why how according asked speaking".split()
)
# After '…?"' or '…!"' a capital may still go on with the cue: `"Are you sure?" Smith asked.`
_TAG = re.compile(
    r"\s+(?:[\w.’'-]+\s+){0,6}?(?:said|says|asked|asks|told|added|wrote|replied|demanded|exclaimed|shouted|tweeted"
    r"|wondered|cried|joked|quipped|declared|responded|inquired|recalled|continued)\b"
)


def split_sentences(text: str, start: int, end: int, marked: Sequence[Marked]) -> list[tuple[int, int]]:
    """Sentences of one paragraph.

    Args:
        text: The article.
        start: Offset at which the paragraph starts.
        end: Offset after it.
        marked: The outermost quotations in it, in order.

    Returns:
        `[start, end)` of each sentence in the article, white space at the edges left out.
    """
    # Quotations are blanked with a letter, so that no stop inside them is seen; offsets stay.
    pieces, at, closes = [], start, {}
    for quote in marked:
        pieces += [text[at : quote.start], "q" * (quote.end - quote.start)]
        at = quote.end
        closes[quote.end - start] = quote
    pieces.append(text[at:end])
    blanked = "".join(pieces)
    cuts = [match.end() for match in _END.finditer(blanked) if _ends(blanked, match)]
    cuts += [offset for offset, quote in closes.items() if _closes(text, blanked, offset, quote)]
    dateline = _DATELINE.match(blanked)
    if dateline is not None:
        cuts.append(dateline.end())
    sentences, at = [], 0
    for end_of in [*sorted(set(cuts)), len(blanked)]:
        for cut in (*_cuts_of_long(blanked, at, end_of), end_of):
            piece = blanked[at:cut]
            lead = len(piece) - len(piece.lstrip())
            if piece.strip():
                sentences.append((start + at + lead, start + at + len(piece.rstrip())))
            at = cut
    return sentences


def _cuts_of_long(blanked: str, start: int, end: int) -> list[int]:
    """Where to cut what is too long for a sentence (a table, a list, text without stops): at white space.

    No white space is left inside quotations, so none is cut in two, however long.
    """
    if end - start <= LONGEST:
        return []
    return [space.start() for space in _SPACES.finditer(blanked, start, end)][LONGEST::LONGEST]


def _ends(blanked: str, match: re.Match[str]) -> bool:
    following = match["next"]
    if not following:
        return True
    first = following.lstrip("\"“‘'(«[`*—–-")[:1]
    if first and not (first.isupper() or first.isdigit() or following[0] in 'qQ"“‘«`•'):
        return False
    if match["stop"] != "." or match["tail"]:
        return not first.islower() or following.startswith("qq")
    before = re.search(r"[\w.&’'-]*\Z", blanked[max(0, match.start() - 24) : match.start()])
    word = before.group().lower() if before else ""
    if word in _TITLES:
        return False
    if len(word) == 1 and word.isalpha() and word != "i":
        return False  # an initial: "George W. Bush"
    if word in _ABBREVIATIONS or re.fullmatch(r"(?:[a-z]\.)+[a-z]", word):
        return following.lower().strip("\"“‘',;:") in _OPENERS or following.startswith("qq")
    return not first.islower() or following.startswith("qq")


def _closes(text: str, blanked: str, offset: int, quote: Marked) -> bool:
    """Whether a sentence ends with the quotation that ends at this offset of the paragraph."""
    rest = blanked[offset : offset + 200]  # as far as a cue may stand; the whole would take time for each mark
    if not rest.strip():
        return False
    inner = text[quote.inner_start : quote.inner_end].rstrip()
    last = inner[-1:]
    while last and last in "'’\"”)]":
        inner = inner[:-1]
        last = inner[-1:]
    if last not in ".!?…" or not rest[0].isspace():
        return False
    following = rest.lstrip()
    if following.startswith("qq"):
        return True
    first = following.lstrip("\"“‘'(«[`")[:1]
    if not first.isupper():
        return bool(first) and first.isdigit() and last == "."
    return not (last in "!?…" and _TAG.match(rest))
