"""What was said of every lesson of a course at once: for the page that shows them together."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from flows.calendar_model import Presence, Reply
from storage.calendar_schema import attendance, lesson


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said to a lesson, and whether they were there."""

    reply: Reply = Reply.NOTHING
    presence: Presence = Presence.UNSAID


def said_of(connection: Connection, course_id: int) -> dict[tuple[int, int], Said]:
    """Everything that is said of a course's lessons, by the ids of lesson and enrolment."""
    query = (
        select(attendance)
        .join(lesson, lesson.c.id == attendance.c.lesson_id)
        .where(lesson.c.course_id == course_id)
    )
    return {
        (row.lesson_id, row.enrolment_id): Said(Reply(row.reply), Presence(row.presence))
        for row in connection.execute(query)
    }
