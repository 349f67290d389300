"""A day as people write it: any digits, any signs, the month in words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.day_reading import Unread, read_day

DAY = date(2026, 12, 31)
DIGITS = {
    "latin": "0123456789",
    "arabic": "٠١٢٣٤٥٦٧٨٩",
    "persian": "۰۱۲۳۴۵۶۷۸۹",
    "bengali": "০১২৩৪৫৬৭৮৯",
    "devanagari": "०१२३४५६७८९",
    "gurmukhi": "੦੧੨੩੪੫੬੭੮੯",
    "fullwidth": "０１２３４５６７８９",
}


@pytest.mark.parametrize(
    "words",
    [
        "31/12/2026",
        "31.12.26",
        "31-12-2026",
        "31 12 2026",
        " 31 / 12 / 2026 ",
        "2026-12-31",
        "2026/31/12",
        "12/31/2026",
        "31122026",
        "311226",
        "31 dic 2026",
        "31 dicembre 2026",
        "31 December 2026",
        "31. Dec. 26",
        "\u200f٣١/١٢/٢٠٢٦\u200f",
    ],
)
def test_ways_to_write_a_day(words: str):
    """Whatever stands between, in the order of people here, or the one that alone makes sense."""
    assert read_day(words) == DAY


@pytest.mark.parametrize("words", ["31/2/2027", "0/1/2026", "32/1/2026", "1/0/2026", "29/2/2027"])
def test_a_day_that_does_not_exist_is_none(words: str):
    """It is never the nearest one."""
    assert read_day(words) is Unread.NO_SUCH_DAY


@pytest.mark.parametrize(
    "words",
    [
        *("", "tomorrow", "31/2", "2026", "31/12/026", "31/12/20261", "1/2/3/2026", "½/1/2026"),
        *("²/1/2026", "31 foo 2026", "31/12/2026 14:30", "1234567", "31/12/", "9999999999/1/1"),
    ],
)
def test_what_is_no_day_is_asked_again(words: str):
    """A day, a month and a year have to be there, and nothing else."""
    assert read_day(words) is Unread.WORDS


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(sorted(DIGITS)))
def test_every_day_in_every_digits(day: date, script: str):
    """What one script reads another reads too."""
    written = f"{day.day}/{day.month}/{day.year}".translate(
        str.maketrans("0123456789", DIGITS[script])
    )
    assert read_day(written) == day


@given(st.text(max_size=40))
def test_whatever_is_written_is_a_day_or_none(words: str):
    """Nothing that people write is an error."""
    assert isinstance(read_day(words), date | Unread)
