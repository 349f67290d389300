"""The laws of every screen with a day on it: all pages, in every language, and random walks."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from bot.languages import Languages
from flows.conversation import Conversation, begin
from flows.engine import Session
from flows.registry import FLOWS
from flows.reminder import ACTS
from flows.screen import Screen
from tests.calendaring import a_date, a_notice, a_slot, an_appointment, an_item
from tests.chat import FIRST_DAY, FakeWorld
from tests.factories import a_world, somebody
from tests.flows.laws import LAW, crawl, distinct
from tests.flows.test_laws import walking
from tests.locales.factory import LOCALES
from tests.locales.judge import broken_in_any
from tests.talking import CARATE, DESIO, a_plan

LANGUAGES = Languages.load(LOCALES)
LABEL = 40
TODAY = "2026-11-23T14:30:00"
ALL_DATES = [
    a_date("permit"),
    a_date("permit_state", "2026-11-30"),
    a_date("health_card", reminded=None),
    a_date("contract"),
    a_date("job_lost", "2026-11-20"),
]
MANY = [(day, 9, 0) for day in range(1, 11)] + [(11, hour, 30) for hour in range(8, 18)]
"""More days than a page holds, and more times than a page holds on the last of them."""

WORLDS: tuple[dict[str, Any], ...] = (
    {},
    {
        "FindMyCalendar": [an_item(starts=TODAY), an_item("appointment", "a1", starts=TODAY)],
        "FindAppointment": an_appointment(starts=TODAY, reply="late", what="Questura di Milano"),
        "FindMyDates": ALL_DATES,
        "FindWishes": {"steps": ["3d"], "safe": "sunday", "paused_until": "2026-12-24"},
    },
    {
        "FindMyCalendar": [],
        "FindMyDates": [],
        "FindBookable": [],
        "FindAppointment": an_appointment(reply="cannot", online=False),
        "FindSlots": [],
    },
    {
        "FindSlots": [
            a_slot(f"2026-12-{day:02}T{hour:02}:{minute:02}:00") for day, hour, minute in MANY
        ],
        "BookSlot": "",
    },
)
COMMANDS = {
    "things": "things",
    "appointment": "appointment",
    "dates": "dates",
    "reminders": "wishes",
}
MEETINGS = ("", ".late", ".lost", ".where", ".move", ".cancel", ".comes", ".cannot")
ELSEWHERE = (
    "orientation",
    "talk",
    "wrong",
    "plan",
    "courses",
    "privacy",
    "language",
    "my_calendar",
)


def a_dated_world(calendar: dict[str, Any], *, careful: bool = False) -> FakeWorld:
    """Two desks, and what the storage of courses and appointments gives."""
    world = a_world(somebody(careful=careful), helpers=(DESIO, CARATE))
    world.mine = a_plan()
    world.calendar.update(calendar)
    return world


def entered(at: str, flow: str, calendar: dict[str, Any]) -> tuple[str, Screen]:
    """The page that a button of a message leads to."""
    session = Session("s", flow, FIRST_DAY, at)
    world = a_dated_world(calendar)
    reply = begin(FLOWS, Conversation((session,)), world)
    assert reply.screen is not None
    return reply.conversation.stack[-1].asked, reply.screen


@cache
def pages() -> tuple[tuple[str, Screen], ...]:
    """Every page of appointments, dates, wishes and one's own things; and of each meeting."""
    entries = {**FLOWS.entries, **dict.fromkeys(ELSEWHERE, FLOWS.entries["home"])}
    flows = replace(FLOWS, commands=COMMANDS, entries=entries)
    worlds = [a_dated_world(one) for one in WORLDS] + [a_dated_world({}, careful=True)]
    found = [page for world in worlds for page in crawl(flows, world)]
    ats = [f"{kind}{act}" for kind in ("lesson.l1", "appointment.a1") for act in MEETINGS]
    found += [entered(at, "attending", one) for at in ats for one in WORLDS]
    notices = [a_notice(), a_notice("date", "d1", kind="permit"), None]
    for verb in (*ACTS, "open", "later"):
        found += [entered(f"12.{verb}", "reminder", {"FindNotice": one}) for one in notices]
    return distinct(found)


@LAW
def test_every_page_keeps_the_laws() -> None:
    """Size, buttons, data, sentences and short labels, in every language."""
    assert broken_in_any(LANGUAGES, pages()) == {}


@LAW
def test_no_page_is_missed() -> None:
    """Every question of these flows is among them."""
    questions = {"things", "desk", "need", "day", "time", "agree", "none", "kind", "year", "month"}
    questions |= {"part", "right", "weekday", "kept", "change", "when", "safe", "pause"}
    questions |= {"meeting", "minutes", "way", "sure", "later"}
    assert questions - {asked for asked, _page in pages()} == set()


def near() -> FakeWorld:
    """Somebody whose lesson and appointment are today, and who keeps every date there is."""
    return a_dated_world(WORLDS[1])


TestDatesWalk = walking(
    replace(
        FLOWS,
        entries={**FLOWS.entries, "home": FLOWS.entries["things"]},
        commands={"menu": "home", "help": "help", "appointment": "appointment", "dates": "dates"},
    ),
    near,
)
