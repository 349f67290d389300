"""What is written becomes what is heard."""

from __future__ import annotations

import pytest

from bot.voices.speakers import read_speakers
from bot.voices.utterance import LONGEST, Segment, Spelling
from bot.voices.voices import italian_terms

SPELLING = Spelling(read_speakers(), frozenset({"112", "1522"}), ("busta paga",))


def heard(words: str, language: str = "en") -> str:
    """What is read of some words, whatever the voice."""
    return " | ".join(segment.words for segment in SPELLING.utterance([(language, words)]))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("📄 Your contract", "Your contract."),
        ("👉 Ask for it!", "Ask for it!"),
        ("👩🏽‍🌾 Farm · 🏠 Home", "Farm , Home."),
        ("✅", ""),
        ("\u2066Desio\u2069\u200f", "Desio."),
        ("Hours: 9:30", "Hours: 9 30."),
        ("one\n\ntwo", "one.\ntwo."),
    ],
)
def test_pictures_are_not_read(written: str, said: str) -> None:
    """A pictogram, a mark of direction, an empty line: nothing of it is heard; a line ends."""
    assert heard(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Call 112", "Call 1 1 2."),
        ("Call 1522", "Call 1 5 2 2."),
        ("Call 800 290 290", "Call 8 0 0, 2 9 0, 2 9 0."),
        ("Call +39 333 1234567", "Call 3 9, 3 3 3, 1 2 3 4 5 6 7."),
        ("Call 3331234567", "Call 3 3 3, 1 2 3, 4 5 6, 7."),
        ("In 2026, 180 days", "In 2026, 180 days."),
        ("1100 euro", "1100 euro."),
        ("after 48 hours", "after 48 hours."),
    ],
)
def test_numbers_to_call_are_read_digit_by_digit(written: str, said: str) -> None:
    """Nobody can write down eight hundred million; a year and a sum are read as such."""
    assert heard(written) == said


def test_italian_words_have_an_italian_voice() -> None:
    """In Latin letters those of the glossary, in other scripts whatever is in Latin letters."""
    english = SPELLING.utterance([("en", "Your payslip (busta paga) is yours.")])
    assert [one.language for one in english] == ["en", "it", "en"]
    assert SPELLING.utterance([("ru", "Ваша busta paga здесь.")]) == (
        Segment("ru", "Ваша"),
        Segment("it", "busta paga"),
        Segment("ru", "здесь."),
    )


def test_italian_itself_is_one_piece() -> None:
    """Nothing is cut out of an Italian sentence, and a word of the house is read in one go."""
    said = SPELLING.utterance([("it", "La busta paga."), ("it", "È tua.")])
    assert said == (Segment("it", "La busta paga.\nÈ tua."),)


def test_joiners_stay_where_letters_need_them() -> None:
    """Letters of Bengali and Urdu hang together by signs that are not seen."""
    assert heard("ক্\u200dষ", "bn") == "ক্\u200dষ."


def test_what_is_too_long_is_cut() -> None:
    """Nobody listens for an hour."""
    said = SPELLING.utterance([("en", "word " * 200)] * 20)
    assert sum(len(one.words) for one in said) <= LONGEST + 20


def test_without_terms_no_word_is_italian() -> None:
    """A house without a glossary reads all in the voice of the language."""
    bare = Spelling(read_speakers())
    assert bare.utterance([("en", "busta paga")]) == (Segment("en", "busta paga."),)


def test_the_glossary_knows_words_that_are_only_italian() -> None:
    """A term that another language shares is left to the voice of that language."""
    terms = italian_terms()
    assert {"busta paga", "permesso di soggiorno"} <= set(terms)
    assert "turno" not in terms
