"""Texts as keys to group by, and as labels to show."""

from __future__ import annotations

import functools
import re
import unicodedata

_LEADING_ARTICLE = re.compile(r"^(?:the|an?)\s+(?=\S)")
_NO_WORD = re.compile(r"[\W_]+")
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # controls, directional overrides, line separators

_PRONOUNS = frozenset(
    "i me you he him she her it we us they them this that these those one himself herself itself themselves".split()
)

NAMELESS = "(no name)"


@functools.lru_cache(maxsize=1 << 16)  # the same few names come again and again
def label(text: str) -> str:
    """The text on one line without characters that can't be seen but change what is.

    E.g. a right-to-left override in a name would turn round the rest of a chart's axis.
    """
    spaced = "".join(" " if character.isspace() else character for character in text)
    seen = "".join(character for character in spaced if unicodedata.category(character) not in _UNSEEN)
    return " ".join(seen.split()) or NAMELESS


@functools.lru_cache(maxsize=1 << 16)
def group_key(text: str) -> str:
    """Case-folded and without a leading article: "The Bridge" and "a bridge" are one target."""
    return _LEADING_ARTICLE.sub("", label(unicodedata.normalize("NFKC", text)).casefold())


def is_pronoun(text: str) -> bool:
    """Whether it stands for something else: "it" in two articles is seldom one thing."""
    return group_key(text) in _PRONOUNS


def statement_key(text: str) -> str:
    """The words alone: agencies' copies of a statement differ in quotation marks, dashes and commas."""
    words = _NO_WORD.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()
    return words or text


def without_article(text: str) -> str:
    """A target's label: "the bridge" is shown as "bridge"."""
    shown = label(text)
    key = _LEADING_ARTICLE.match(shown.lower())
    return shown[key.end() :] if key else shown
