"""Words from outside: shown as written, unable to turn, hide or mark anything on the page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.console.foreign import Foreign, Strange, show_foreign
from bot.hygiene import is_clean

PLAIN = (
    "Il capo tiene il mio passaporto.",
    "صاحب العمل يحتفظ بجواز سفري.\nأنا خائف.",
    "می‌خواهم بروم",  # a Persian joiner is spelling
    "ਮੈਂ ਕੰਮ ਕਰਦਾ ਹਾਂ",
    "নিয়োগকর্তা 👩‍👧 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f 👍🏽",
    "",
)


@pytest.mark.parametrize("words", PLAIN)
def test_what_somebody_writes_is_shown_as_it_is(words: str) -> None:
    """Every script, its joiners, families and flags pass untouched and unflagged."""
    assert show_foreign(words, "ar") == Foreign(words, "ar")


@pytest.mark.parametrize(
    ("words", "shown", "strange"),
    [
        ("abc\u202efdp.exe", "abcfdp.exe", Strange.TURNING),
        ("a\u2067b\u2069c", "abc", Strange.TURNING),
        ("pay\u200broll", "payroll", Strange.HIDDEN),
        ("pay\u200croll\u200d now", "payroll now", Strange.HIDDEN),
        ("soft\u00adhyphen", "softhyphen", Strange.HIDDEN),
        ("tag\U000e0041\U000e0042", "tag", Strange.HIDDEN),
        ("\ufeffbegin", "begin", Strange.HIDDEN),
        ("Z" + "\u0301" * 40, "Z" + "\u0301" * 3, Strange.MARKS),
        ("nul\x00bell\x07", "nulbell", Strange.CONTROL),
        ("half\ud83d", "half", Strange.CONTROL),
    ],
)
def test_what_is_taken_out_is_said(words: str, shown: str, strange: Strange) -> None:
    """Overrides, invisible signs, floods of marks and controls are not shown, and are flagged."""
    assert show_foreign(words) == Foreign(shown, strange=(strange,))


def test_lines_stay_lines() -> None:
    """A line break of any system is a line break, and is nothing strange."""
    assert show_foreign("uno\r\ndue\ntre") == Foreign("uno\ndue\ntre")


@given(st.text(st.characters(), max_size=60))
def test_nothing_shown_can_disturb(words: str) -> None:
    """Whatever is written, what is shown is clean and can be sent to a browser."""
    shown = show_foreign(words).words
    assert is_clean(shown)
    assert shown.encode("utf-8").decode("utf-8") == shown
