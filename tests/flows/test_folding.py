"""One spelling for what people type: accents, forms of letters, signs nobody sees."""

from __future__ import annotations

import pytest

from flows.folding import LONGEST, MOST_TOKENS, Script, asked, script_of, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Già pagàto", "gia pagato"),
        ("STRASSE", "straße"),
        ("șț", "şţ"),
        ("إقامة", "اقامه"),
        ("العَقْد", "عقد"),
        ("راتبي", "الراتب"),
        ("أوراقهم", "اوراق"),
        ("تنخواہ ملی", "تنخواه ملي"),
        ("شـــكرا", "شكرا"),
        ("کام", "كام"),
        ("می‌روم", "ميروم"),
        ("ё є ї", "е е и"),
        ("বাড়ি", "বাড়ী"),
        ("ਫ਼ੈਕਟਰੀ", "ਫੈਕਟਰਿ"),
        ("ක්‍රියා", "ක්රියා"),
        ("٦٠ ৬০ ੬੦ ۶۰", "60"),
        ("busta-paga", "busta paga"),
        ("Ｐａｓｓ", "pass"),
    ],
)
def test_spellings_of_one_word_are_one(one: str, other: str) -> None:
    """What is written in two ways is compared as one."""
    assert tokens(one) == tokens(other)


def test_chinese_is_compared_by_signs_and_pairs() -> None:
    """Nobody puts spaces there, nor before an Italian word in the middle."""
    assert tokens("我的busta没有") == ("我的", "我", "的", "busta", "没有", "没", "有")


def test_signs_without_letters_are_nothing() -> None:
    """Emoji, marks and spaces ask for nothing."""
    assert [tokens(words) for words in ("", "  ", "😀👍🏽", "?!…", "\u200d\u200c", "ـ")] == [()] * 6


def test_of_a_story_only_the_beginning_is_looked_at() -> None:
    """However long it is, and whatever it is made of."""
    many = asked(" ".join(f"word{number}" for number in range(5000)))
    huge = asked("ع" * 100_000)
    assert (len(many) <= MOST_TOKENS, [len(word) for word in huge]) == (True, [LONGEST])


@pytest.mark.parametrize(
    ("sign", "script"),
    [
        ("a", Script.LATIN),
        ("7", Script.LATIN),
        ("ж", Script.CYRILLIC),
        ("ع", Script.ARABIC),
        ("ک", Script.ARABIC),
        ("ক", Script.BENGALI),
        ("ਕ", Script.GURMUKHI),
        ("工", Script.HAN),
        ("ක", Script.SINHALA),
        ("ክ", Script.OTHER),
        ("\U0010fffd", Script.OTHER),
    ],
)
def test_scripts_are_told_apart(sign: str, script: Script) -> None:
    """By where a letter stands in Unicode."""
    assert script_of(sign) is script
