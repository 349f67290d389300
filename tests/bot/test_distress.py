"""Words of danger are heard, however they are written; other words are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.distress import Distress
from bot.languages import Languages

ITALIAN = "voglio morire, ha un coltello, mi uccide, mi ammazza"
ARABIC = "اريد ان اموت، سيقتلني، معه سكين"
CHINESE = "我想死"
ENGLISH = "I want to die, has a knife, kill me, suicide, have a knife"
DISTRESS = Distress([ENGLISH, ITALIAN, ARABIC, CHINESE])


@pytest.mark.parametrize(
    "written",
    [
        "I want to die",
        "i want to dye",
        "iwant to die",
        "I WANT TO DIE!!!",
        "please… I wnat to die now",
        "He will kill me",
        "he has a knive",
        "they have a knife",
        "suicde",
        "Voglio morire",
        "vogilo morire",
        "il capo ha un coltelo in mano",
        "dice che mi ammaza",
        "أريد أن أموت",
        "اريد ان امت",
        "سَيَقتُلُني",
        "老板 我想死了",
        "I want to di\u200be",
        "stop,I want to die.Now",
    ],
)
def test_danger_is_heard(written):
    """In every language at once, inside a short text, with one slip."""
    assert DISTRESS.hear(written) is True


@pytest.mark.parametrize(
    "written",
    [
        "",
        "🙂",
        "I want to drive",
        "they bill me every month",
        "I want to work",
        "my knife skills are good",
        "die",
        "Lavoro al ristorante",
        "اريد ان اعمل",
        "I want to die " + "and much more to tell " * 6,
    ],
)
def test_other_words_are_not(written):
    """Work with knives, near words and long stories are left to people."""
    assert DISTRESS.hear(written) is False


def test_no_words_at_all():
    """A house without a list hears nothing."""
    assert Distress([""]).hear("I want to die") is False


@pytest.mark.parametrize("written", ["I want to die", "he has a gun", "my boss locked me in"])
def test_the_words_of_the_house_are_known(written):
    """The list that is shipped is the one that is heard, whatever language somebody reads."""
    assert Languages.load(Path(__file__).parents[2] / "locales").distress.hear(written) is True
