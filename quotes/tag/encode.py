"""A statement with its target as model input: the one encoding that training and inference share.

The model reads a window of the text: the statement, some words of context on either side, and the
target, with marks around statement and target. `Lee denounced « the [ tariffs ] as theft », and …`
keeps the cue in view; a target that lies further away comes with a few words of its own
surroundings, and `…` stands where text was left out.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Offsets = tuple[int, int]

_MARKS = 9
"""Tokens of an input that aren't the text's, at most: both ends, four marks, three gaps."""

_LONGEST_TARGET = 24
"""Tokens of a target that are kept; longer ones are clauses, and their start names them."""


@dataclass(frozen=True)
class InputFormat:
    """How a statement becomes model input; kept in the checkpoint.

    All lengths are in tokens.

    Attributes:
        max_tokens: Longest input, marks included.
        before: Context kept before the statement.
        after: Context kept after it.
        around: Context kept on either side of a target that isn't in the window otherwise.
        begin: Token that starts an input.
        end: Token that ends it.
        quote: Tokens that enclose the statement.
        target: Tokens that enclose the target.
        gap: Token that stands for text left out.
    """

    max_tokens: int = 160
    before: int = 40
    after: int = 20
    around: int = 8
    begin: str = "[CLS]"
    end: str = "[SEP]"
    quote: tuple[str, str] = ("«", "»")
    target: tuple[str, str] = ("[", "]")
    gap: str = "…"

    def to_dict(self) -> dict[str, Any]:
        """As a mapping that JSON can hold."""
        return asdict(self)

    @classmethod
    def from_dict(cls, settings: dict[str, Any]) -> InputFormat:
        """From what `to_dict` gave.

        Raises:
            TypeError: If a key is unknown.
        """
        pairs = {name: tuple(value) for name, value in settings.items() if isinstance(value, list)}
        return cls(**{**settings, **pairs})


@dataclass(frozen=True)
class Tokens:
    """A text in tokens, without special ones.

    Attributes:
        ids: Ids in the vocabulary.
        starts: Offsets of the tokens in the text.
        ends: Offsets after them.
    """

    ids: Sequence[int]
    starts: Sequence[int]
    ends: Sequence[int]

    def covered(self, span: Offsets) -> range:
        """Tokens that share a character with a span; where there is none, the nearest one before its end."""
        first = bisect_right(self.ends, span[0])
        last = bisect_left(self.starts, span[1])
        if first >= last:
            first = max(0, min(first, len(self.ids)) - 1)
            last = min(first + 1, len(self.ids))
        return range(first, last)


@dataclass(frozen=True)
class Encoded:
    """Model input.

    Attributes:
        ids: Token ids, special ones included.
        statement: Positions of the statement's tokens in `ids`.
        target: Positions of the target's tokens; empty where there is no target.
    """

    ids: list[int]
    statement: list[int]
    target: list[int]


class Encoder:
    """Turns statements into model input.

    Args:
        tokenizer: A fast tokenizer that has the format's special tokens and marks as single tokens.
        format: How to do it.

    Raises:
        ValueError: If the tokenizer lacks one of them.
    """

    def __init__(self, tokenizer: Tokenizer, format: InputFormat | None = None) -> None:
        self.tokenizer = tokenizer
        self.format = format or InputFormat()
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._begin, self._end, self._gap = map(self._id, (self.format.begin, self.format.end, self.format.gap))
        self._quote = [self._id(mark) for mark in self.format.quote]
        self._target = [self._id(mark) for mark in self.format.target]

    def _id(self, token: str) -> int:
        number = self.tokenizer.token_to_id(token)
        if number is None:
            raise ValueError(f"the tokenizer has no token {token!r}: choose another in the input format")
        return int(number)

    def tokens(self, text: str) -> Tokens:
        """Split a text, e.g. an article, once for all its statements."""
        encoding = self.tokenizer.encode(text, add_special_tokens=False)
        offsets = encoding.offsets
        return Tokens(encoding.ids, [start for start, _ in offsets], [end for _, end in offsets])

    def encode(self, tokens: Tokens, spans: Sequence[Offsets], target: Offsets | None = None) -> Encoded:
        """Encode one statement.

        Args:
            tokens: The text's tokens.
            spans: The statement's spans, in order; without one the whole text is the statement and
                isn't marked.
            target: What its stance is towards.

        Returns:
            The input, `max_tokens` long at most. A statement too long for it keeps its head and
            tail; the target is always there, at least with its first tokens.
        """
        said = [tokens.covered(span) for span in spans] or [range(len(tokens.ids))]
        aim = tokens.covered(target)[:_LONGEST_TARGET] if target is not None else range(0)
        opening: dict[int, list[int]] = {}
        closing: dict[int, list[int]] = {}
        if spans:
            opening.setdefault(said[0].start, []).append(self._quote[0])
        if aim:
            opening.setdefault(aim[0], []).append(self._target[0])
            closing.setdefault(aim[-1], []).append(self._target[1])
        if spans:
            closing.setdefault(said[-1][-1], []).append(self._quote[1])
        window = self._window(len(tokens.ids), range(said[0].start, said[-1].stop), aim)
        inside = {token for part in said for token in part}
        ids, statement, aimed = [self._begin], [], []
        previous = window[0] - 1 if window else 0
        for token in window:
            if token != previous + 1:
                ids.append(self._gap)
            ids += opening.get(token, ())
            if token in inside:
                statement.append(len(ids))
            if token in aim:
                aimed.append(len(ids))
            ids.append(tokens.ids[token])
            ids += closing.get(token, ())
            previous = token
        ids.append(self._end)
        return Encoded(ids, statement, aimed)

    def _window(self, size: int, said: range, aim: range) -> list[int]:
        """The tokens of the text that the model gets to see, in order."""
        room = self.format.max_tokens - _MARKS
        kept = set(aim)
        outside = sum(token not in said for token in aim)
        if len(said) <= room - outside:
            kept.update(said)
        else:
            half = max(1, (room - len(aim) - 2 * self.format.around) // 2)
            kept.update(said[:half], said[-half:])
        # Nearest first, so that what doesn't fit is what is furthest away.
        context = [
            token
            for step in range(1, self.format.around + 1)
            for token in (aim.start - step, aim.stop - 1 + step)
            if aim
        ]
        context += [said.start - step for step in range(1, self.format.before + 1)]
        context += [said.stop - 1 + step for step in range(1, self.format.after + 1)]
        for token in context:
            if len(kept) >= room:
                break
            if 0 <= token < size:
                kept.add(token)
        return sorted(kept)
