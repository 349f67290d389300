"""Who a message to many is for, and how many they are: counted by language, nobody named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, Connection, Select, and_, false, func, or_, select

from flows.calendar_model import HAS_SEAT, AppointmentState, LessonState, PlaceState
from storage.appointments.model import PERSON
from storage.calendar_schema import appointment, course, enrolment, interest, lesson, wish
from storage.cases.refusing import refusing
from storage.mass.model import Audience, Crowd
from storage.schema import desk, person

_SEATED = tuple(one.value for one in HAS_SEAT)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people a message would go to, by language, and to whom it would not.

    `unreachable` blocked the bot, `paused` want to hear nothing now, or nothing of what they have
    not done themselves, `chatless` only came to the
    desk: somebody has to call them. `careful` are among those it goes to: they read a neutral line.
    """

    languages: Counter[str] = field(default_factory=Counter)
    careful: int = 0
    unreachable: int = 0
    paused: int = 0
    chatless: int = 0

    @property
    def people(self) -> int:
        """How many it goes to."""
        return self.languages.total()


def people_of(audience: Audience, office: str) -> Select[int]:
    """The numbers of everybody in an audience, reachable or not, each once."""
    match audience.crowd:
        case Crowd.COURSE:
            return _of_course(audience).where(enrolment.c.person_id.is_not(None)).distinct()
        case Crowd.ASKED:
            return _who_asked(audience)
        case Crowd.DAY:
            return _of_day(audience.day, office)
        case Crowd.DESK:
            return select(person.c.id).where(person.c.desk == audience.desk)
        case Crowd.EVERYBODY:
            return select(person.c.id)


def count_people(connection: Connection, audience: Audience, office: str, today: date) -> Counted:
    """How many are in an audience, and how many of them it would reach."""
    paused = _hears_nothing(today, silent_of(connection, audience, office))
    query = (
        select(
            person.c.language,
            person.c.reachable,
            paused,
            person.c.careful,
            func.count(),
        )
        .select_from(person)
        .outerjoin(wish, wish.c.person_id == person.c.id)
        .where(person.c.id.in_(people_of(audience, office)))
        .group_by(person.c.language, person.c.reachable, paused, person.c.careful)
    )
    languages: Counter[str] = Counter()
    careful = unreachable = silent = 0
    for language, is_reachable, is_paused, is_careful, many in connection.execute(query):
        if not is_reachable:
            unreachable += many
        elif is_paused:
            silent += many
        else:
            languages[language or ""] += many
            careful += many if is_careful else 0
    return Counted(languages, careful, unreachable, silent, _chatless(connection, audience))


def reached_by(connection: Connection, audience: Audience, office: str, today: date) -> Select[int]:
    """The numbers of those it goes to."""
    nothing = _hears_nothing(today, silent_of(connection, audience, office))
    return (
        select(person.c.id)
        .outerjoin(wish, wish.c.person_id == person.c.id)
        .where(person.c.id.in_(people_of(audience, office)), person.c.reachable, ~nothing)
    )


def silent_of(connection: Connection, audience: Audience, office: str) -> set[int]:
    """Who said no to being written to, and is in an audience by nothing they did themselves."""
    people = people_of(audience, office)
    refuse = refusing(connection, people)
    match audience.crowd:
        case Crowd.COURSE:
            own = _of_course(audience).where(~enrolment.c.by_desk)
        case Crowd.ASKED:
            own = people
        case Crowd.DAY:
            own = _of_day(audience.day, office, by_themselves=True)
        case Crowd.DESK | Crowd.EVERYBODY:
            return refuse
    own = select(person.c.id).where(person.c.id.in_(own), person.c.id.in_(refuse))
    return refuse - set(connection.execute(own).scalars())


def name_of(connection: Connection, audience: Audience) -> str:
    """What the course or the desk of an audience is called."""
    query = select(course.c.title).where(course.c.id == audience.course)
    if audience.course is None:
        query = select(desk.c.name).where(desk.c.key == audience.desk)
    return connection.execute(query).scalar() or "–"


def _hears_nothing(today: date, silent: Collection[int]) -> ColumnElement[bool]:
    paused = func.coalesce(wish.c.paused_until >= today, false())
    return or_(paused, person.c.id.in_(silent)) if silent else paused


def _of_course(audience: Audience) -> Select[int]:
    states = (*_SEATED, PlaceState.WAITING.value) if audience.waiting else _SEATED
    there = and_(enrolment.c.course_id == audience.course, enrolment.c.state.in_(states))
    return select(enrolment.c.person_id).where(there)


def _who_asked(audience: Audience) -> Select[int]:
    """Those who asked; not who is in the course already, by whatever way they heard of it."""
    kind = "" if audience.kind is None else audience.kind.value
    known = select(enrolment.c.person_id).where(
        enrolment.c.course_id == audience.course, enrolment.c.person_id.is_not(None)
    )
    asked = select(interest.c.person_id).where(interest.c.kind == kind)
    return asked.where(interest.c.person_id.not_in(known))


def _of_day(day: date | None, office: str, *, by_themselves: bool = False) -> Select[int]:
    lessons = (
        select(enrolment.c.person_id)
        .join(course, course.c.id == enrolment.c.course_id)
        .join(lesson, lesson.c.course_id == course.c.id)
        .where(
            course.c.office == office,
            lesson.c.day == day,
            lesson.c.state != LessonState.CANCELLED.value,
            enrolment.c.state.in_(_SEATED),
        )
    )
    meetings = select(appointment.c.person_id).where(
        appointment.c.office == office,
        appointment.c.day == day,
        appointment.c.state == AppointmentState.BOOKED.value,
    )
    if by_themselves:
        lessons = lessons.where(~enrolment.c.by_desk)
        meetings = meetings.where(appointment.c.created_by == PERSON)
    either = or_(person.c.id.in_(lessons), person.c.id.in_(meetings))
    return select(person.c.id).where(either)


def _chatless(connection: Connection, audience: Audience) -> int:
    if audience.crowd is not Crowd.COURSE:
        return 0
    query = _of_course(audience).where(enrolment.c.person_id.is_(None))
    return connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
