"""Date lines and headlines at the start of articles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.metadata import Metadata, leading_metadata, parse_date

PROSE = "An Iraqi militia vowed on Monday to retaliate for the strikes, officials in the capital said."

DATE_LINES = [
    " date 2019-12-30 Fast News",
    "2019-12-30",
    "2019/12/30",
    "2019-12-30T10:45:00Z",
    "2019-12-30T10:45:00.000+03:00",
    "30 December 2019",
    "30th of December, 2019",
    "December 30, 2019",
    "Dec. 30, 2019",
    "DEC. 30, 2019 10:45 AM EST",
    "Monday, December 30, 2019",
    "Monday 30 December 2019 10.45 GMT",
    "Mon, 30 Dec 2019 18:09:00 +0000",
    "30/12/2019",
    "12/30/2019",
    "30.12.2019 10.45",
    "Date: 30 Dec 2019.",
    "Published 2019-12-30",
    "Published on 30 December 2019 – 10:45 (GMT+3)",
    "Published: 18:09 GMT, 30 December 2019 | Updated: 10:45 GMT, 31 December 2019",
    "Last updated on December 30, 2019 at 5 pm",
    "Updated 6:09 PM EST, Mon December 30, 2019",
    "Posted December 30, 2019 5:00pm by Staff",
    "Reuters, Dec. 30, 2019",
    "The Guardian, 30 December 2019 1745 GMT",
    "Fast News | 30 December 2019",
    "December 30, 2019 / 6:09 PM / CBS News",
    "By John Smith | December 30, 2019",
    "(CNN) December 30, 2019",
]

NOT_DATE_LINES = [
    "2019-13-45",
    "June 31, 2019",
    "December 2019",
    "9999999999-12-30",
    "05/06/2019",
    "On December 30, 2019",
    "In Washington, December 30, 2019",
    "Signed by December 30, 2019",
    "The September 11, 2001, Attacks",
    "December 7, 1941 Remembered",
    "December 7, 1941, Remembered",
    "Iran attack December 30, 2019: What we know",
    "“We shall return,” December 30, 2019",
    "Updated 30 December 2019 after the attack killed dozens",
    "Date 2019-12-30 was fixed for the vote",
    "BAGHDAD (AP) — An Iraqi militia vowed Monday to retaliate.",
    "NEW YORK, Nov. 19 (UPI) — The candidate said he would not apologize.",
    "BAGHDAD, Dec. 30, 2019 (AP) — An Iraqi militia vowed Monday to retaliate.",
    "Fighters inspect the headquarters in Qaim, Iraq on Monday, December 30, 2019. (AP)",
]


@pytest.mark.parametrize("line", DATE_LINES)
@pytest.mark.parametrize("line_end", ["\n", "\r\n\r\n", "\r", "\n \n\n"])
def test_date_line_gives_the_date_and_lies_before_the_body(line: str, line_end: str) -> None:
    text = f"{line}{line_end}{PROSE}"
    assert leading_metadata(text) == Metadata(None, "2019-12-30", text.index(PROSE))


@pytest.mark.parametrize("line", NOT_DATE_LINES)
def test_other_first_lines_stay_in_the_body(line: str) -> None:
    found = leading_metadata(f"{line}\n\n{PROSE}")
    assert (found.date, found.body) == (None, 0)


HEADLINES = [
    "Iran vows revenge for US strikes",
    "Zarif: ‘We will not negotiate’",
    "“We will retaliate,” Zarif says",
    "Is Iran next?",
    "5 things to know about the strikes",
]


@pytest.mark.parametrize("line", HEADLINES)
@pytest.mark.parametrize("line_end", ["\n", "\n\n", "\r\n"])
def test_headline_gives_the_title_and_stays_in_the_body(line: str, line_end: str) -> None:
    assert leading_metadata(f" {line} {line_end}{PROSE}") == Metadata(line, None, 0)


@pytest.mark.parametrize(
    ("text", "title", "date", "body_starts"),
    [
        (f"Iran vows revenge\n2019-12-30 | Fast News\n\n{PROSE}", "Iran vows revenge", "2019-12-30", "Iran"),
        (f"30 Dec 2019\n\nIran vows revenge\n\n{PROSE}", "Iran vows revenge", "2019-12-30", "Iran vows"),
        (f"Published 30 Dec 2019\nUpdated 31 Dec 2019\n  {PROSE}", None, "2019-12-30", "  An Iraqi"),
        (f"\n\n30 Dec 2019\n\n{PROSE}", None, "2019-12-30", "An Iraqi"),
        (f"30 Dec 2019\nIran vows revenge\n31 Dec 2019\n{PROSE}", "Iran vows revenge", "2019-12-30", "Iran vows"),
        (f"# Iran vows revenge\n\n{PROSE}", "Iran vows revenge", None, "# Iran"),
        (f"{PROSE}\n2019-12-30\n", None, None, "An Iraqi"),
        ("30 Dec 2019\n", None, "2019-12-30", ""),
        ("", None, None, ""),
        ("\n \n", None, None, "\n"),
    ],
)
def test_order_of_lines(text: str, title: str | None, date: str | None, body_starts: str) -> None:
    found = leading_metadata(text)
    assert (found.title, found.date) == (title, date)
    assert text[found.body :].startswith(body_starts)
    assert body_starts or found.body == len(text)


@pytest.mark.parametrize(
    "text",
    [
        f"Iran vowed revenge.\n\n{PROSE}",  # a sentence
        f"He called it “a crime.”\n\n{PROSE}",
        f"He said:\n\n{PROSE}",
        f"BAGHDAD (AP) —\n\n{PROSE}",
        f"TRENTON, N.J. (AP) — Was that really the governor?\n\n{PROSE}",
        f"By John Smith\n\n{PROSE}",
        f"and more of it\n\n{PROSE}",
        f"{'word ' * 21}\n\n{PROSE}",
        "Iran vows revenge",  # nothing below it
        "Iran vows revenge\n\n  \n",
        # hard-wrapped prose
        "An Iraqi militia vowed Monday to retaliate for US military\nstrikes in Iraq and Syria that killed 25 men.",
        "An Iraqi militia vowed Monday to retaliate for US military strikes in\nIraq and Syria that killed 25 men.",
    ],
)
def test_prose_gives_no_title(text: str) -> None:
    assert leading_metadata(text).title is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019-12-30", "2019-12-30"),
        ("2019-12-30T10:45:00Z", "2019-12-30"),
        ("Mon, 30 Dec 2019 18:09:00 +0000", "2019-12-30"),
        ("Sept. 5, 2019", "2019-09-05"),
        ("5 Sep 2019", "2019-09-05"),
        ("07/07/2019", "2019-07-07"),
        ("05/06/2019", None),
        ("2019-02-29", None),
        ("updated some day after 2019-12-30", None),
        ("2019", None),
        ("", None),
    ],
)
def test_parse_date(text: str, expected: str | None) -> None:
    assert parse_date(text) == expected


LINES = st.sampled_from([*DATE_LINES, *NOT_DATE_LINES, *HEADLINES, PROSE, "", " ", "\u2028", "1/1/0000"])


@given(st.one_of(st.text(), st.lists(st.one_of(LINES, st.text(max_size=20))).map("\n".join)))
def test_any_text(text: str) -> None:
    found = leading_metadata(text)
    assert 0 <= found.body <= len(text)
    assert (found.body == 0) or found.date is not None
    assert found.title is None or found.title in text[found.body :]


def test_a_single_long_line_is_no_burden() -> None:
    assert leading_metadata("2019-12-30 " * 500_000) == Metadata(None, None, 0)


def test_a_line_of_many_words_does_not_send_a_pattern_astray() -> None:
    assert leading_metadata(f"By {'abcdefghijk ' * 18}\n\n{PROSE}").date is None
