"""Somebody who looks for a course, short to write: which courses there are, and who asks."""

from __future__ import annotations

from typing import Any

from flows.calendar_effects import FindCourses
from flows.calendar_model import CourseSieve
from flows.effects import Json
from tests.calendaring import a_course, a_line
from tests.chat import Chat, english
from tests.factories import a_chat, a_world, somebody
from tests.flows.reporters import opened_at
from tests.talking import DESIO


def a_shelf(kind: str, courses: int = 1, *, asked: bool = False) -> Json:
    """How many courses of a kind there are."""
    return {"kind": kind, "courses": courses, "asked": asked}


def lines(count: int, **changes: Any) -> Json:
    """So many courses, one a day."""
    return [
        a_line(f"c{number}", starts=f"2026-12-{number:02}T18:30:00", **changes)
        for number in range(1, count + 1)
    ]


def a_visitor(*, desks: int = 1, calendar: dict[str, Json] | None = None, **person: Any) -> Chat:
    """The chat of somebody in a house with courses; `calendar` says what its effects give."""
    world = a_world(somebody(**person), helpers=(DESIO,)[:desks])
    world.calendar = calendar or {}
    return a_chat(world=world)


def at_course(chat: Chat | None = None, **changes: Any) -> Chat:
    """The chat on the page of a course, with what matters of it given by name."""
    chat = chat or a_visitor(desks=0)
    chat.world.calendar["FindCourse"] = a_course(**changes)
    return opened_at(chat.world, "courses", "c1")


def sought(chat: Chat) -> list[CourseSieve]:
    """What was looked for, one search after the other."""
    return [one.sieve for one in chat.world.effects if isinstance(one, FindCourses)]


def labels(chat: Chat) -> list[str]:
    """The buttons of the page."""
    assert chat.screen is not None
    return [english(one.label) for one in chat.screen.buttons]


def told(chat: Chat) -> list[str]:
    """The lines of the page."""
    assert chat.screen is not None
    return [english(line.text) for line in chat.screen.lines]
