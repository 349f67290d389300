"""A console of an office with a course and people in it, to whom messages can be written."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path
from typing import Any

from bot.console.app import PAGES
from bot.console.messages.ways import LINES
from flows.calendar_model import CourseKind, MassState
from storage.courses.finding import lessons_of
from storage.courses.lessons import move_lesson
from storage.courses.model import Course, Lesson
from storage.database import Connection
from storage.mass.drafting import find_mass, find_masses
from storage.mass.model import Mass
from storage.operators import Role
from tests.bot.console.house import START, Console, Reader
from tests.storage.courses.school import a_course
from tests.storage.mass.crowd import a_crowd, asks, known_as, seat

LANGUAGES = ("ar", "ar", "bn", "it", "en", "ar")
FIRST = START.date() + timedelta(days=9)


class School(Console):
    """PUA Desio: a course with six people, one of them careful, one who blocked the bot."""

    def __init__(self, folder: Path, **more: Any) -> None:
        super().__init__(folder, pages=(*LINES, *PAGES), **more)
        vault = self.database.vault
        self.desio = self.office("PUA Desio")
        self.anna = self.reader("Anna", Role.OPERATOR, self.desio)
        self.rita = self.reader("Rita", Role.COORDINATOR, self.desio)

        def found(connection: Connection) -> tuple[Course, list[int]]:
            course = a_course(
                connection, vault, office=self.desio, now=START, seats=12, title="Italiano A1"
            )
            people = a_crowd(connection, vault, LANGUAGES)
            seat(connection, vault, course.id, people, START)
            known_as(connection, people[1], careful=True)
            known_as(connection, people[5], reachable=False)
            for one in a_crowd(connection, vault, ("ar", "it"), 900_000):
                asks(connection, one, CourseKind.ITALIAN)
            return course, people

        self.course, self.people = self.do(found)

    @property
    def lessons(self) -> list[Lesson]:
        """The lessons of the course."""
        return list(self.look(lambda c: lessons_of(c, self.course.id)))

    def moves(self) -> Lesson:
        """The second lesson is moved to the day after, at seven."""
        one = self.lessons[1]
        vault, now = self.database.vault, self.clock.now()
        day = one.day + timedelta(days=1)
        assert self.do(lambda c: move_lesson(c, vault, one.id, day, time(19), now)) is None
        return self.lessons[1]

    @property
    def masses(self) -> list[Mass]:
        """Every message, the newest first."""
        return list(self.look(lambda c: find_masses(c, None)))

    def state(self, mass_id: int) -> MassState:
        """How far one has come."""
        found = self.look(lambda c: find_mass(c, mass_id))
        assert isinstance(found, Mass)
        return found.state


async def drafted(school: School, who: Reader, **fields: Any) -> tuple[Any, int]:
    """A browser of somebody who has prepared the message about the moved lesson, and its id."""
    lesson = school.moves()
    browser = await school.signed_in(who)
    await browser.get("/messages/new")
    given = {"kind": "moved", "lesson": lesson.id, "course": school.course.id} | fields
    answer = await browser.post("/messages/about", **given)
    assert answer.status == 303, browser.text
    mass_id = int(answer.headers["Location"].split("/")[2].partition("?")[0])
    await browser.get(f"/messages/{mass_id}")
    return browser, mass_id
