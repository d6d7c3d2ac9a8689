"""Bytes to text, without losing a character that could be read or inventing one that couldn't.

The order of trials is that of how sure each is: a byte-order mark, strict UTF-8, the encoding a page
declares, UTF-8 with a few damaged bytes, Windows-1252, and last a statistical guess. Everything after
strict UTF-8 leaves a warning. Line ends, spaces and control characters stay as they are.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from quotes.errors import ArticleError

# UTF-32 comes first: its little-endian mark starts with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF8, "utf-8"),
)
_BINARY_FORMATS = (
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "an RTF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"\x1f\x8b", "a gzip file"),
    (b"BZh91AY&SY", "a bzip2 file"),
    (b"\xfd7zXZ\x00", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"PAR1\x15", "a Parquet file"),
)

# Windows-1252 punctuation: curly quotes, dashes, ellipsis, bullet, euro, pound, guillemets, no-break space.
_WESTERN_PUNCTUATION = bytes([0x80, 0x82, 0x84, 0x85, *range(0x91, 0x98), 0xA0, 0xA3, 0xA7, 0xA9, 0xAB, 0xB7, 0xBB])
_ASCII = bytes(range(0x80))
_PRINTABLE_ASCII = b"\t\n\r" + bytes(range(0x20, 0x7F))
_MAX_ACCENTED_SHARE = 0.2
_MIN_UTF16_UNITS = 4
_MULTIBYTE_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")

# What the guess is made from: its time grows with what it is given, some seconds a megabyte.
_SAMPLE, _PIECE = 1 << 16, 1 << 13
# Bytes below `0` are never part of a longer character, whatever encoding is guessed.
_WHOLE_CHARACTERS = re.compile(rb"[\x00-/].*[\x00-/]", re.DOTALL)

_SURROGATES = re.compile("[\ud800-\udfff]")


class Decoded(NamedTuple):
    """A text, and what decoding it had to put right."""

    text: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, *, declared: str | None = None, line: bool = False) -> Decoded:
    """Decodes the bytes of a text file.

    Args:
        data: The whole file, or a line of it.
        declared: The encoding that the data itself declares (HTML); tried after UTF-8.
        line: Whether it is a line of a file that is told apart by ASCII characters (JSONL, CSV); only encodings
            that keep these come into question then, or a damaged line would take others with it.

    Returns:
        The text without its byte-order mark and otherwise untouched, with a warning for each guess
        or replacement.

    Raises:
        ArticleError: If the data isn't text.
    """
    marked = _by_mark(data, _MARKS[-1:] if line else _MARKS)
    if marked is not None:
        return marked
    reject_binary(data)
    if b"\0" in data:
        if line:
            raise _has_nul()
        return _unmarked_utf16(data)
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _declared(data, declared) or _damaged_utf8(data) or _western(data) or _guessed(data, keeping_ascii=line)


def reject_binary(head: bytes) -> None:
    """Checks the first bytes of a file.

    Raises:
        ArticleError: If they are those of a well-known format that isn't text.
    """
    for magic, name in _BINARY_FORMATS:
        if head.startswith(magic):
            raise ArticleError(f"looks like {name}, not text; convert it to text first")


def wide_encoding(head: bytes) -> str | None:
    """The UTF-16 or UTF-32 encoding whose byte-order mark the first bytes are, if any."""
    encoding = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    return None if encoding == "utf-8" else encoding


def without_surrogates(text: str) -> Decoded:
    """Replaces lone surrogates, which JSON can escape but UTF-8 can't write, by U+FFFD one for one."""
    cleaned, count = _SURROGATES.subn("\ufffd", text)
    return Decoded(cleaned, (f"{_counted(count, 'lone surrogate')} replaced by U+FFFD",) if count else ())


def _by_mark(data: bytes, marks: Iterable[tuple[bytes, str]]) -> Decoded | None:
    for mark, encoding in marks:
        if data.startswith(mark):
            return _replacing(data[len(mark) :], encoding)
    return None


def _replacing(data: bytes, encoding: str) -> Decoded:
    """Decodes, with U+FFFD for what isn't valid in the encoding."""
    try:
        return Decoded(data.decode(encoding))
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        # A U+FFFD of the text's own is no damage; most one-byte encodings can't write one.
        mark = "\ufffd".encode(encoding, "ignore")
        count = max(text.count("\ufffd") - (data.count(mark) if mark else 0), 1)
        return Decoded(text, (f"{_counted(count, 'byte sequence')} not valid {encoding.upper()}, replaced by U+FFFD",))


def _unmarked_utf16(data: bytes) -> Decoded:
    """UTF-16 without a mark shows as NUL in every other byte of its Latin letters; else NUL means no text."""
    half = len(data) // 2
    even, odd = data[0::2].count(0), data[1::2].count(0)
    for encoding, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if half >= _MIN_UTF16_UNITS and high > 0.5 * half and low < 0.05 * half + 1:
            text, warnings = _replacing(data, encoding)
            if "\0" not in text:
                return Decoded(text, (f"decoded as {encoding} (no byte-order mark)", *warnings))
    raise _has_nul()


def _has_nul() -> ArticleError:
    return ArticleError("looks like a binary file (it has NUL bytes), not text; convert it to text first")


def _declared(data: bytes, encoding: str | None) -> Decoded | None:
    """The encoding that the data declares, read as browsers do: Latin-1 is Windows-1252.

    Source: WHATWG Encoding Standard, https://encoding.spec.whatwg.org/#names-and-labels
    """
    if encoding is None:
        return None
    try:
        name = codecs.lookup(encoding).name
        return Decoded(data.decode({"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}.get(name, name)))
    except (LookupError, ValueError):
        return None


def _damaged_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with some bytes broken.

    Text in another encoding hardly ever has valid multi-byte sequences, so more of these than of
    stray bytes shows which it is.
    """
    rest, intact = _MULTIBYTE_UTF8.subn(b"", data)
    stray = len(rest.translate(None, _ASCII))
    return _replacing(data, "utf-8") if intact > stray else None


def _western(data: bytes) -> Decoded | None:
    """Windows-1252, which holds Latin-1, for text that is mostly ASCII.

    Statistics misread short Western texts (`élu` as `ťlu`), and the curly quotes 0x91-0x94 matter
    here. In other scripts letters above 0x7F stand one after the other: `Привет` is `Ïðèâåò`.
    """
    letters = data.translate(None, _WESTERN_PUNCTUATION)
    accented = len(letters.translate(None, _ASCII))
    if accented > _MAX_ACCENTED_SHARE * len(letters) or re.search(rb"[\xc0-\xff]{3}", letters):
        return None
    try:
        return Decoded(data.decode("cp1252"), ("decoded as cp1252 (not valid UTF-8)",))
    except UnicodeDecodeError:
        return None


def _guessed(data: bytes, *, keeping_ascii: bool) -> Decoded:
    # Imported late: it isn't needed for text in UTF-8.
    from charset_normalizer import from_bytes

    best_first = (match.encoding.replace("_", "-") for match in from_bytes(_sample(data)))
    encoding = next((name for name in best_first if not keeping_ascii or _keeps_ascii(name)), "cp1252")
    text, warnings = _replacing(data, encoding)
    return Decoded(text, (f"decoded as {encoding} (not valid UTF-8)", *warnings))


@cache
def _keeps_ascii(encoding: str) -> bool:
    """Unlike UTF-16, EBCDIC, and those that have a yen sign for the backslash."""
    return _PRINTABLE_ASCII.decode(encoding, "replace") == _PRINTABLE_ASCII.decode("ascii")


def _sample(data: bytes) -> bytes:
    """Some pieces of long data, spread over those parts that aren't plain ASCII, which would tell nothing."""
    if len(data) <= _SAMPLE:
        return data
    pieces = (data[start : start + _PIECE] for start in range(0, len(data), _PIECE))
    whole = [found[0] for piece in pieces if (found := _WHOLE_CHARACTERS.search(piece)) and not found[0].isascii()]
    step = max(1, -(-len(whole) * _PIECE // _SAMPLE))
    return b"".join(whole[::step]) or data[:_SAMPLE]


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
