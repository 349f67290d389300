"""What operators write after a slash is read as they mean it."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.group.buttons import REASONS
from bot.group.commands import (
    ORDERS,
    Order,
    read_appointment,
    read_reason,
    read_urgency,
    without_note,
    without_order,
)
from flows.handoff_model import Reason, Urgency

NOW = datetime.fromisoformat("2026-11-23T10:00")  # a Monday


@pytest.mark.parametrize(
    ("words", "moment", "where"),
    [
        ("3/12 10:30", "2026-12-03T10:30", ""),
        ("3/12 10.30 Via Roma 1, Desio", "2026-12-03T10:30", "Via Roma 1, Desio"),
        ("03-12-2026 alle 9:05 allo\nsportello", "2026-12-03T09:05", "allo\nsportello"),
        ("3.1 10:30", "2027-01-03T10:30", ""),
        ("23/11 18:00", "2026-11-23T18:00", ""),
        ("23/11 9:00", "2027-11-23T09:00", ""),
        ("domani ore 9:00", "2026-11-24T09:00", ""),
        ("oggi 15:00 qui", "2026-11-23T15:00", "qui"),
        ("Tomorrow at 9:00", "2026-11-24T09:00", ""),
        ("29/2/2028 9:00", "2028-02-29T09:00", ""),
    ],
)
def test_a_moment_is_read(words: str, moment: str, where: str) -> None:
    """Day and hour as people write them; a day without a year is the next one."""
    assert read_appointment(words, NOW) == (datetime.fromisoformat(moment), where)


@pytest.mark.parametrize(
    "words",
    [
        *("", "presto", "10:30", "3/12", "domani", "31/2 10:00", "3/13 10:00", "29/2 9:00"),
        *("3/12 25:00", "3/12 10:61", "3/12/26 10:00", "x 3/12 10:30"),
    ],
)
def test_what_is_no_moment_is_asked_again(words: str) -> None:
    """Nothing is guessed: not a day that is none, nor an hour that is missing."""
    assert read_appointment(words, NOW) is None


def test_a_day_that_comes_in_leap_years_only() -> None:
    """The 29th of February of this year is over, and the next year has none."""
    leap = datetime.fromisoformat("2028-03-01T10:00")
    assert read_appointment("29/2 9:00", leap) is None


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("/r ciao", "ciao"),
        ("/R@ant_bot  ciao", "ciao"),
        ("/rispondi\nciao", "ciao"),
        ("/r", ""),
        ("/ra ciao", "/ra ciao"),
        ("ciao /r", "ciao /r"),
    ],
)
def test_an_edit_brings_the_order_again(text: str, bare: str) -> None:
    """It is taken off: the person reads the words alone."""
    assert without_order(text) == bare


def test_an_edited_note_is_its_words() -> None:
    """As it was when it was written."""
    assert (without_note("/nota ciao"), without_note("ciao")) == ("ciao", "ciao")


def test_urgency_is_said_in_words() -> None:
    """In both languages, or by its number; an order without words means now."""
    said = ("", "adesso", "1", "soon", "no", "forse")
    now, soon, normal = Urgency.NOW, Urgency.SOON, Urgency.NORMAL
    assert [read_urgency(one) for one in said] == [now, now, soon, soon, normal, None]


def test_every_reason_of_the_buttons_can_be_written() -> None:
    """What can be tapped can be written; that the person ended it, nobody can say for her."""
    said = ("risposto", "desk", "passato", "silenzio", "altro", "by-person", "")
    found = [read_reason(one) for one in said]
    assert set(found[:5]) == set(REASONS)
    assert found[5:] == [None, None]
    assert Reason.BY_PERSON not in REASONS


def test_every_order_has_words_in_both_languages() -> None:
    """Whoever reads the console in English writes in English."""
    for order in Order:
        assert len([name for name, found in ORDERS.items() if found is order]) >= 2
