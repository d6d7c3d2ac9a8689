"""Bytes to text: what is read, what is warned of, what is refused."""

from __future__ import annotations

import codecs
import random

import charset_normalizer
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.decode import Decoded, decode, without_surrogates
from quotes.errors import ArticleError

NEWS = "“We won’t yield,” Zarif said – in Tehran. "
GERMAN = "Der Präsident erklärte in Köln, man werde fünf Städte schützen."
RUSSIAN = "Президент сказал, что Россия ответит на удары. Министр это подтвердил в Москве."

READ = [
    # name, bytes, text, warning
    ("ASCII", b'"Yes," he said.\r\n', '"Yes," he said.\r\n', None),
    ("UTF-8", NEWS.encode(), NEWS, None),
    ("UTF-8 with mark", codecs.BOM_UTF8 + NEWS.encode(), NEWS, None),
    ("UTF-16-LE with mark", codecs.BOM_UTF16_LE + NEWS.encode("utf-16-le"), NEWS, None),
    ("UTF-16-BE with mark", codecs.BOM_UTF16_BE + NEWS.encode("utf-16-be"), NEWS, None),
    ("UTF-32-LE with mark", codecs.BOM_UTF32_LE + NEWS.encode("utf-32-le"), NEWS, None),
    ("UTF-32-BE with mark", codecs.BOM_UTF32_BE + NEWS.encode("utf-32-be"), NEWS, None),
    ("UTF-16-LE", NEWS.encode("utf-16-le"), NEWS, "decoded as utf-16-le"),
    ("UTF-16-BE", NEWS.encode("utf-16-be"), NEWS, "decoded as utf-16-be"),
    ("cp1252", NEWS.encode("cp1252"), NEWS, "decoded as cp1252 (not valid UTF-8)"),
    ("cp1252, very short", b"\x93Hi\x94", "“Hi”", "decoded as cp1252"),
    ("Latin-1", GERMAN.encode("latin-1"), GERMAN, "decoded as cp1252"),
    ("Latin-1, short", "Le président a été élu".encode("latin-1"), "Le président a été élu", "decoded as cp1252"),
    ("cp1251", RUSSIAN.encode("cp1251"), RUSSIAN, "decoded as cp1251"),
    ("damaged UTF-8", NEWS.encode() + b"\xff\xfe.", NEWS + "\ufffd\ufffd.", "2 byte sequences not valid UTF-8"),
    ("cut UTF-8", (NEWS + "…").encode()[:-1], NEWS + "\ufffd", "1 byte sequence not valid UTF-8"),
    ("damaged UTF-16", codecs.BOM_UTF16_LE + b"a\0\x00\xd8b\0", "a\ufffdb", "not valid UTF-16-LE"),
    ("own U+FFFD", "a\ufffdb".encode(), "a\ufffdb", None),
    ("white space kept", " \t\u00a0a\u2028b\r\nc\rd\n\n".encode(), " \t\u00a0a\u2028b\r\nc\rd\n\n", None),
]


@pytest.mark.parametrize(("name", "data", "text", "warning"), READ, ids=[case[0] for case in READ])
def test_decode(name: str, data: bytes, text: str, warning: str | None) -> None:
    decoded = decode(data)
    assert decoded.text == text
    assert len(decoded.warnings) == (warning is not None)
    assert not warning or warning in decoded.warnings[0]


@pytest.mark.parametrize(
    ("declared", "text"),
    [
        ("windows-1251", "Он сказал"),
        ("koi8-r", "Он сказал"),
        ("iso-8859-1", "“Ja”, sagte Müller"),  # which browsers read as Windows-1252
        ("iso-8859-1", "“Ja”"),
    ],
)
def test_a_declared_encoding_is_used_without_a_warning(declared: str, text: str) -> None:
    encoding = "cp1252" if declared == "iso-8859-1" else declared
    assert decode(text.encode(encoding), declared=declared) == Decoded(text)


@pytest.mark.parametrize("declared", ["latin-1", "utf-16", "no-such-encoding", "rot13", "\0", "ÿ", ""])
def test_valid_utf8_beats_what_is_declared(declared: str) -> None:
    assert decode(NEWS.encode(), declared=declared) == Decoded(NEWS)


@pytest.mark.parametrize("declared", ["ascii", "utf-8", "no-such-encoding", "rot13", "base64", "\0", "ÿ", ""])
def test_a_wrong_declaration_does_no_harm(declared: str) -> None:
    assert decode(NEWS.encode("cp1252"), declared=declared).text == NEWS


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a PNG"),
        (b"PK\x03\x04\x14\0", "a ZIP archive or an Office document"),
        (b"{\\rtf1\\ansi Hello}", "an RTF document"),
        (b"PAR1\x15\0", "a Parquet file"),
        (b"some\0bytes that are no text", "NUL bytes"),
        (b"\0", "NUL bytes"),
        (bytes(range(256)), "NUL bytes"),
    ],
)
def test_binary_data_is_refused_by_name(data: bytes, what: str) -> None:
    with pytest.raises(ArticleError, match=f"{what}.*convert it to text first"):
        decode(data)


@given(st.text())
def test_utf8_comes_back_exactly(text: str) -> None:
    data = text.encode("utf-8", "ignore")
    if b"\0" in data or data.startswith((b"%PDF-", b"{\\rtf", codecs.BOM_UTF8)):
        return
    assert decode(data) == Decoded(data.decode())


@settings(deadline=None)  # the first guess waits for an import
@given(st.binary(), st.none() | st.text(max_size=10))
def test_any_bytes_decode_or_are_refused(data: bytes, declared: str | None) -> None:
    try:
        text, _ = decode(data, declared=declared)
    except ArticleError:
        return
    text.encode("utf-8")


def test_lone_surrogates_are_replaced_one_for_one() -> None:
    assert without_surrogates("a\ud800b\udfff") == Decoded("a\ufffdb\ufffd", ("2 lone surrogates replaced by U+FFFD",))
    assert without_surrogates("a😀") == Decoded("a😀")


JAPANESE = "首相は「橋を再建する」と述べた。記者団に対し、来年の春までに工事を始めると語った。"
KOREAN = "대통령은 기자들에게 다리를 다시 짓겠다고 말했다. 장관은 월요일에 이를 확인했다. "


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN * 9_000, "koi8-r"),
        (RUSSIAN * 9_000, "cp1251"),
        ((JAPANESE + "\n") * 9_000, "shift-jis"),
        (JAPANESE * 9_000, "shift-jis"),  # on one line, without a byte at which it could be cut for sure
        ((JAPANESE + "\n") * 9_000, "euc-jp"),
        (KOREAN * 9_000, "euc-kr"),
        ("word " * 200_000 + RUSSIAN * 3_000 + "word " * 200_000, "koi8-r"),  # most of which tells nothing
    ],
)
def test_a_long_text_is_guessed_from_a_part_of_it(text: str, encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given = guesses(monkeypatch)
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert len(decoded.warnings) == 1
    assert [size <= 1 << 16 for size in given] == [True]


def test_five_megabytes_of_junk_are_not_guessed_from_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    given = guesses(monkeypatch)
    junk = random.Random(1).randbytes(5_000_000).replace(b"\0", b"x")
    assert decode(junk).warnings
    assert [size <= 1 << 16 for size in given] == [True]


def test_a_short_text_is_guessed_from_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    given = guesses(monkeypatch)
    data = (RUSSIAN * 800).encode("cp1251")
    assert decode(data).text == RUSSIAN * 800
    assert given == [len(data)]


def guesses(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many bytes each guess is made from."""
    sizes: list[int] = []
    guess = charset_normalizer.from_bytes

    def counting(data: bytes) -> charset_normalizer.CharsetMatches:
        sizes.append(len(data))
        return guess(data)

    monkeypatch.setattr(charset_normalizer, "from_bytes", counting)
    return sizes


@pytest.mark.parametrize("cell", [b"\x9fe\x9cbr\x11\xfe\x8c\xacr\xe0<", b"M\xa7\xb3\xc3\xba3C\xd1"])
def test_a_line_keeps_what_tells_it_apart(cell: bytes) -> None:
    """As a file, each would pass for UTF-16."""
    text = decode(b't,"' + cell + b'"\r\n', line=True).text
    assert text.startswith('t,"')
    assert text.endswith('"\r\n')


def test_a_line_is_not_utf16() -> None:
    for data in (NEWS.encode("utf-16"), NEWS.encode("utf-16-le")):
        with pytest.raises(ArticleError, match="NUL bytes"):
            decode(data, line=True)
