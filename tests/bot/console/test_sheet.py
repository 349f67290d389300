"""What is read from the sheet is the key that was printed on it, or nothing."""

from __future__ import annotations

import random

import pytest

from bot.console import sheet
from bot.console.sheet import Misread
from bot.console.wordlist import WORDS
from storage.vault import PrivateKey, make_pair


def test_the_list_is_what_its_sheets_need() -> None:
    """256 words, plain letters, short, and no two share their first four letters."""
    assert len(WORDS) == len(set(WORDS)) == 256
    assert all(word.isascii() and word.isalpha() and word.islower() for word in WORDS)
    assert {len(word) for word in WORDS} <= set(range(3, 11))
    assert len({word[:4] for word in WORDS}) == 256


def test_a_sheet_is_read_as_it_was_written() -> None:
    """Numbers, commas, capitals and line ends make no difference; four letters are enough."""
    key = make_pair()
    words = sheet.written(key)
    assert len(words) == 33
    for typed in (
        " ".join(words),
        "\n".join(f"{number}. {word.upper()}," for number, word in enumerate(words, 1)),
        " ".join(word[:4] for word in words),
    ):
        found = sheet.read(typed)
        assert isinstance(found, PrivateKey)
        assert found.bytes == key.bytes


def test_a_single_wrong_word_is_noticed() -> None:
    """Of all sheets with one word replaced by any other, the check lets hardly any through."""
    words = sheet.written(PrivateKey(bytes(range(32))))
    passed = 0
    for place in range(len(words)):
        for other in WORDS[::5]:
            typed = [*words[:place], other, *words[place + 1 :]]
            passed += typed != words and isinstance(sheet.read(" ".join(typed)), PrivateKey)
    assert passed <= 33 * 52 // 100


def test_two_words_in_the_wrong_order_are_noticed() -> None:
    """Neighbours that were exchanged are found, but for one pair in two hundred."""
    chance = random.Random(7)
    passed = 0
    for _ in range(200):
        words = sheet.written(PrivateKey(chance.randbytes(32)))
        place = chance.randrange(31)
        words[place], words[place + 1] = words[place + 1], words[place]
        passed += isinstance(sheet.read(" ".join(words)), PrivateKey)
    assert passed <= 6


def test_an_unknown_word_is_named_with_what_was_meant() -> None:
    """Whoever mistyped is told which word and what it may have been."""
    words = sheet.written(PrivateKey(bytes(32)))
    assert words[0] == "abete"
    assert sheet.read("abeto " + " ".join(words[1:])) == Misread(33, 1, "abeto", "abete")
    assert sheet.read("xyzzy") == Misread(1, 1, "xyzzy", "")


@pytest.mark.parametrize("typed", ["", "abete", "abete " * 33, "abete " * 5000, "<b>", "\x00"])
def test_what_is_no_sheet_is_no_key(typed: str) -> None:
    """Nothing, too little, too much and anything else is never a key."""
    assert isinstance(sheet.read(typed), Misread)


def test_two_different_places_are_asked_for() -> None:
    """Both are on the sheet, the smaller first."""
    for _ in range(50):
        first, second = sheet.two_places()
        assert 1 <= first < second <= 32


def test_generated_passphrases_are_six_words_of_the_list() -> None:
    """They differ every time."""
    made = {sheet.generated() for _ in range(50)}
    assert len(made) == 50
    assert {len(one.split()) for one in made} == {6}
    assert {word for one in made for word in one.split()} <= set(WORDS)
