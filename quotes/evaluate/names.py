"""Whether two names are one speaker's, as a scorer has to see it: by the letters, without guessing.

It shares nothing with the rules that resolve speakers, which would otherwise mark their own work.
"""

from __future__ import annotations

import re
import unicodedata

from quotes.schema import Speaker

_WORD = re.compile(r"\w+")
_DROPPED = frozenset({"the", "a", "an", "mr", "mrs", "ms", "dr", "al"})
"""Words that newsrooms put before a name, or don't: "the Fed", "Mr Lee", "al-Sadr" and "Sadr"."""


def fold(name: str) -> tuple[str, ...]:
    """The words of a name that are compared: "The Élysée" → ("elysee",)."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    words = _WORD.findall(plain.casefold())
    return tuple(word for word in words if word not in _DROPPED) or tuple(words)


def same_speaker(gold: Speaker | None, found: Speaker | None) -> bool:
    """Whether the speaker found is the annotated one.

    They are one if registry ids are the same or if `same_name` holds of their names; else if the name
    found is an alias of the annotated speaker, or the annotated name an alias of the one found. Two
    aliases alone prove nothing: two Smiths share theirs. No speaker is right where none is annotated.

    Args:
        gold: The annotated speaker.
        found: The speaker found.
    """
    if gold is None or found is None:
        return gold is found
    if gold.kb_id is not None and gold.kb_id == found.kb_id:
        return True
    name, other = fold(gold.name), fold(found.name)
    return (
        same_name(name, other) or other in map(fold, gold.aliases) or (bool(name) and name in map(fold, found.aliases))
    )


def same_name(gold: tuple[str, ...], found: tuple[str, ...]) -> bool:
    """Whether two folded names are one: equal but for the order of words, or one inside the other.

    A single word found is too little for the latter: "Lee" isn't "Ann Lee", but "Ann Lee" is
    "Mary Ann Lee" and "Xi Jinping" "Jinping Xi".
    """
    if not gold or not found:
        return False
    if set(gold) == set(found):
        return True
    return len(found) > 1 and (_within(found, gold) or _within(gold, found))


def _within(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    size = len(part)
    return any(whole[at : at + size] == part for at in range(len(whole) - size + 1))
