"""The laws of text hygiene: whatever comes in, what goes out harms nothing beside it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given

from bot.hygiene import LRI, PDI, RLM, begin_rtl, clean, has_rtl, isolate, isolate_latin
from tests.locales.factory import LAW, NASTY, WORDS

HARMLESS = [
    "Fatima, 25 anni: +39 02 1234 5678.",
    "تَشْدِيدٌ وَشَدَّةٌ",
    "ক্ষ্ম্যাঁ কাজের চুক্তি",
    "ਜੀ ਆਇਆਂ ਨੂੰ",
    "می‌خواهم",
    "👨‍👩‍👧 1️⃣ ❤️ 👍🏽 🇮🇹",
    "two\nlines",
]


@LAW
@given(WORDS)
def test_clean_words_can_be_sent(words: str) -> None:
    """Clean words hold no control character but the newline and can be encoded."""
    cleaned = clean(words)
    controls = [sign for sign in cleaned if unicodedata.category(sign) in ("Cc", "Cs")]
    assert [sign for sign in controls if sign != "\n"] == []
    assert cleaned.encode().decode() == cleaned


@LAW
@given(WORDS)
def test_clean_words_do_not_reach_beyond_themselves(words: str) -> None:
    """Clean words hold no embedding, override or isolate: nothing beside them turns around."""
    reaching = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    assert {unicodedata.bidirectional(sign) for sign in clean(words)} & reaching == set()


@LAW
@given(WORDS)
def test_a_base_carries_three_marks(words: str) -> None:
    """No base carries more than three combining marks, whatever invisible signs lie between."""
    marks = most = 0
    for sign in clean(words):
        category = unicodedata.category(sign)
        if category in ("Mn", "Me"):
            marks += 1
        elif category not in ("Mc", "Cf"):
            marks = 0
        most = max(most, marks)
    assert min(most, 3) == most


@LAW
@given(WORDS)
def test_cleaning_twice_is_cleaning_once(words: str) -> None:
    """Clean words are left as they are."""
    assert clean(clean(words)) == clean(words)


@pytest.mark.parametrize("words", HARMLESS)
def test_words_people_write_are_left_alone(words: str) -> None:
    """Marks, joiners and emoji that a language needs survive."""
    assert clean(words) == words


@pytest.mark.parametrize(
    ("words", "cleaned"),
    [
        ("a\x00b\x1bc", "abc"),
        ("a\r\nb\rc\u2028d\x0be", "a\nb\nc\nd\ne"),
        ("a\tb", "a b"),
        ("abc\u202edef\u202c", "abcdef"),
        ("\u2067x\u2069\u2069", "x"),
        ("e\u0301\u0302\u0303\u0304\u0305x", "e\u0301\u0302\u0303x"),
        ("e\u0301\u0302\u200d\u0303\u200d\u0304\u200dx", "e\u0301\u0302\u200d\u0303\u200d\u200dx"),
        ("\ud83d x \ude00", " x "),
    ],
)
def test_what_harms_goes_and_the_rest_stays(words: str, cleaned: str) -> None:
    """Only the harmful signs go."""
    assert clean(words) == cleaned


@LAW
@given(WORDS)
def test_isolates_are_closed_in_every_line(words: str) -> None:
    """Every line of isolated words opens one isolate and closes it; the words are the same."""
    isolated = isolate(clean(words))
    for line, original in zip(isolated.split("\n"), clean(words).split("\n"), strict=True):
        assert line == (f"\u2068{original}\u2069" if original else "")


@LAW
@given(WORDS)
def test_latin_runs_lose_nothing(words: str) -> None:
    """Isolating Latin runs adds only closed, never nested isolates."""
    isolated = isolate_latin(clean(words))
    assert isolated.replace(LRI, "").replace(PDI, "") == clean(words)
    signs = "".join(sign for sign in isolated if sign in (LRI, PDI))
    assert signs == (LRI + PDI) * (len(signs) // 2)


@LAW
@given(WORDS)
def test_no_latin_letter_and_no_digit_is_left_outside(words: str) -> None:
    """Every ASCII letter and digit of right-to-left words is inside an isolate."""
    inside, outside = False, []
    for sign in isolate_latin(clean(words)):
        inside = {LRI: True, PDI: False}.get(sign, inside)
        if not inside and sign.isascii() and sign.isalnum():
            outside.append(sign)
    assert outside == []


@pytest.mark.parametrize(
    ("words", "runs"),
    [
        ("اتصل 112 الآن", ["112"]),
        ("هاتف: +39 02 1234 5678.", ["+39 02 1234 5678"]),
        ("تصريح الإقامة (permesso di soggiorno).", ["permesso di soggiorno"]),
        ("من 9–13 و 14:30 - 18", ["9–13", "14:30 - 18"]),
        ("قانون 81/08 و art. 18-bis، NASpI, INPS", ["81/08", "art. 18-bis", "NASpI", "INPS"]),
        ("اكتب /start أو @antenna_bot", ["/start", "@antenna_bot"]),
        ("انظر https://example.org/a?b=c.", ["https://example.org/a?b=c"]),
        ("10% و € 9 و 5 €", ["10%", "€ 9", "5 €"]),
        ("1️⃣ نعم", ["1️⃣"]),
        ("l’INPS · più", ["l’INPS", "più"]),
        ("لا شيء هنا", []),
    ],
)
def test_what_belongs_together_stays_in_order(words: str, runs: list[str]) -> None:
    """A phone number, a term, an address, an interval is one isolate."""
    found = [piece.split(PDI)[0] for piece in isolate_latin(words).split(LRI)[1:]]
    assert found == runs


def test_every_paragraph_is_told_its_direction() -> None:
    """A paragraph begins with the mark; an empty line is no paragraph."""
    assert begin_rtl("a\n\nb\n") == f"{RLM}a\n\n{RLM}b\n"


@pytest.mark.parametrize(
    ("words", "expected"), [("abc 12 é 一", False), ("a ب", True), ("\u200f1", True), ("", False)]
)
def test_right_to_left_is_seen(words: str, expected: bool) -> None:
    """Hebrew, Arabic and the mark itself run from right to left; nothing else does."""
    assert has_rtl(words) is expected


def test_the_nasty_words_are_nasty() -> None:
    """The corpus the other tests rely on does hold words that need cleaning."""
    assert len([words for words in NASTY if clean(words) != words]) == 4
