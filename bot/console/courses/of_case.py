"""The courses somebody with a sheet is in: for the page of their case."""

from __future__ import annotations

from dataclasses import dataclass

from bot.console.courses.labels import PLACES
from bot.console.visit import Visit
from flows.text import Text
from storage.courses.finding import courses_among, enrolments_of_contact
from storage.courses.model import Course, Enrolment
from storage.database import Connection


@dataclass(frozen=True, slots=True)
class Taken:
    """A course, and how somebody stands to it."""

    course: Course
    enrolment: Enrolment
    state: Text


async def courses_of(visit: Visit, contact_id: int) -> list[Taken]:
    """The courses of a sheet that was opened to whoever asks, the latest first."""
    vault = visit.room.database.vault

    def look(connection: Connection) -> list[Taken]:
        found = enrolments_of_contact(connection, vault, contact_id)
        courses = courses_among(connection, {one.course_id for one in found})
        return [Taken(courses[one.course_id], one, PLACES[one.state]) for one in found]

    taken = await visit.room.read(look)
    return sorted(taken, key=lambda one: one.enrolment.since, reverse=True)
