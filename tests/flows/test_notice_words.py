"""What a reminder says, in few words: what, when, where; and its buttons."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from flows.calendar_model import DateKind, Subject
from flows.handoff_model import Need
from flows.notice_words import (
    DONE,
    Meeting,
    Offered,
    Told,
    need_title,
    of_date,
    of_meeting,
    of_offer,
    veiled,
)
from flows.steps import Line
from flows.text import Text, _, verbatim

WHEN = datetime.fromisoformat("2026-12-03T10:30")
DAY = date(2026, 12, 1)


def said(told: Told) -> list[str]:
    """The lines, with what fills them."""
    texts = [line.text if isinstance(line, Line) else line for line in told.lines]
    return [_filled(text) for text in texts]


def _filled(text: Text) -> str:
    values = {
        name: _filled(value) if isinstance(value, Text) else str(value)
        for name, value in text.params
    }
    return text.source.format(**values) if values else text.source


def ways(told: Told) -> list[str]:
    """Where the buttons lead."""
    return [way for way, _label in told.buttons]


def meeting(**more: object) -> Meeting:
    """An appointment."""
    given = {"place": "Via Roma 1", "bring": "Passport", **more}
    return Meeting(Subject.APPOINTMENT, verbatim("Questura"), WHEN, **given)  # type: ignore[arg-type]


def test_a_meeting() -> None:
    """What, when, where, what to bring; four answers."""
    told = of_meeting(meeting(), "7")
    assert said(told) == [
        "⏰ Your appointment",
        "Questura",
        "🗓️ 2026-12-03 10:30:00",
        "📍 Via Roma 1",
        "🎒 Passport",
    ]
    assert ways(told) == [f"reminder/7.{verb}" for verb in ("yes", "no", "where", "later")]


def test_nothing_is_said_of_what_nobody_knows() -> None:
    """Without a place there is no button to it."""
    told = of_meeting(meeting(place="", bring=""), "7")
    assert len(told.lines) == 3
    assert ways(told) == ["reminder/7.yes", "reminder/7.no", "reminder/7.later"]


def test_the_clocks_go_forward() -> None:
    """A time that was skipped is explained."""
    assert said(of_meeting(meeting(skipped=WHEN), "7"))[-1].startswith("🕑")


@pytest.mark.parametrize("step", DONE)
def test_what_an_operator_did(step: str) -> None:
    """It says so, instead of reminding; of what is cancelled nothing is asked."""
    told = of_meeting(meeting(), "7", step)
    assert said(told)[0] == DONE[step].source
    assert (len(told.buttons), len(told.lines)) == ((0, 3) if step == "cancelled" else (4, 5))


def test_a_lesson() -> None:
    """It is called one."""
    told = of_meeting(Meeting(Subject.LESSON, verbatim("Italian"), WHEN), "7")
    assert said(told)[0] == "⏰ Your lesson"


def test_an_offer() -> None:
    """Until when, and two answers; a course without a day says none."""
    told = of_offer(Offered("99", verbatim("Italian"), WHEN, WHEN))
    assert ways(told) == ["offer/99.yes", "offer/99.no", "courses/99"]
    assert len(told.lines) == 5
    assert len(of_offer(Offered("99", verbatim("Italian"), None, WHEN)).lines) == 4


@pytest.mark.parametrize(
    ("kind", "today", "first", "lines"),
    [
        (DateKind.PERMIT, DAY, "🪪", 2),
        (DateKind.HEALTH_CARD, DAY, "🩺", 2),
        (DateKind.CONTRACT, DAY, "💼 Your work contract ends", 1),
        (DateKind.CONTRACT, date(2026, 12, 2), "💼 Your work contract has ended", 4),
        (DateKind.JOB_LOST, date(2026, 12, 7), "📦", 4),
        (DateKind.JOB_LOST, date(2027, 1, 20), "📦", 3),
        (DateKind.PERMIT_STATE, DAY, "🔎", 1),
    ],
)
def test_a_date(kind: DateKind, today: date, first: str, lines: int) -> None:
    """Which, and how long there is; what is best in the first days is said in them only."""
    told = of_date(kind, DAY, today, "7")
    assert said(told)[0].startswith(first)
    assert len(told.lines) == lines
    assert ways(told) == ["reminder/7.open", "reminder/7.later"]


def test_sixty_eight_days() -> None:
    """The last day to ask for the money is counted from the last day of work."""
    assert said(of_date(DateKind.JOB_LOST, DAY, DAY, "7"))[-1].endswith("2027-02-07")


def test_veiled() -> None:
    """One neutral line, one button."""
    told = veiled("7", _("📚 Courses"))
    assert (said(told), ways(told)) == (["📚 Courses"], ["reminder/7.open"])


def test_an_appointment_has_a_name() -> None:
    """What the desk called it, or what it is for."""
    assert _filled(need_title(Need.PAPERS, "Questura")) == "📅 Questura"
    assert _filled(need_title(Need.PAPERS, "")) == "🪪 My documents"
