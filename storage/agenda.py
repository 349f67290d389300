"""What the day of an office is made of: what people said to lessons, what they were told when."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from flows.calendar_model import NoticeState, PlaceState, Presence, Reply, Subject
from storage.calendar_schema import attendance, course, enrolment, lesson, notice
from storage.desk_news import DeskNews


@dataclass(frozen=True, slots=True)
class Said:
    """Of a lesson: how many said that they come, cannot, are late or lost; how many were there."""

    comes: int = 0
    cannot: int = 0
    late: int = 0
    lost: int = 0
    present: int = 0
    absent: int = 0

    @property
    def is_taken(self) -> bool:
        """Whether somebody wrote down who was there."""
        return self.present + self.absent > 0


def said_to(connection: Connection, lesson_ids: Collection[int]) -> dict[int, Said]:
    """What those with a seat said to lessons, and whether they came; every id is there."""
    found: dict[int, dict[str, int]] = {one: {} for one in lesson_ids}
    said = attendance.c
    query = (
        select(said.lesson_id, said.reply, said.presence, func.count())
        .join(enrolment, enrolment.c.id == said.enrolment_id)
        .where(said.lesson_id.in_(list(lesson_ids)))
        .where(enrolment.c.state == PlaceState.ENROLLED.value)
        .group_by(said.lesson_id, said.reply, said.presence)
    )
    for lesson_id, reply, presence, many in connection.execute(query):
        for name in (_REPLIES.get(reply), _PRESENCES.get(presence)):
            if name:
                found[lesson_id][name] = found[lesson_id].get(name, 0) + many
    return {one: Said(**values) for one, values in found.items()}


_REPLIES: dict[str, str] = {
    Reply.COMES: "comes",
    Reply.CANNOT: "cannot",
    Reply.LATE: "late",
    Reply.LOST: "lost",
}
_PRESENCES: dict[str, str] = {
    Presence.PRESENT: "present",
    Presence.ABSENT: "absent",
    Presence.EXCUSED: "absent",
}


@dataclass(frozen=True, slots=True)
class Message:
    """When somebody was or will be told of something, and what became of that. `step` says whether
    it is a reminder, or tells what an operator did."""

    due: datetime
    step: str
    state: NoticeState


def messages_of(connection: Connection, subject: Subject, subject_id: int) -> list[Message]:
    """Everything that is told of something, the first first."""
    told = notice.c
    of = (told.subject == subject.value) & (told.subject_id == subject_id)
    query = select(told.due, told.step, told.state).where(of).order_by(told.due, told.id)
    return [
        Message(due, step, NoticeState(state)) for due, step, state in connection.execute(query)
    ]


@dataclass(frozen=True, slots=True)
class About:
    """The course that news is about."""

    course_id: int
    title: str


def courses_of(connection: Connection, news: Collection[DeskNews]) -> dict[int, About]:
    """Of which course news of a lesson or of a seat is, by the id of the news."""
    ids = {
        subject: {one.subject_id for one in news if one.subject is subject}
        for subject in (Subject.LESSON, Subject.OFFER)
    }
    found: dict[tuple[Subject, int], About] = {}
    for subject, table in ((Subject.LESSON, lesson), (Subject.OFFER, enrolment)):
        query = (
            select(table.c.id, course.c.id, course.c.title)
            .join(course, course.c.id == table.c.course_id)
            .where(table.c.id.in_(list(ids[subject])))
        )
        for subject_id, course_id, title in connection.execute(query):
            found[subject, subject_id] = About(course_id, title)
    keys = {one.id: (one.subject, one.subject_id) for one in news}
    return {id_: found[key] for id_, key in keys.items() if key in found}
