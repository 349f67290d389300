"""What a message to many says is read where it stands, and only what people do not know yet."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlalchemy import Connection

from flows.calendar_model import CourseKind, MassKind
from flows.mass_model import MassView, Strike
from storage.courses.editing import cancel_course
from storage.courses.finding import lessons_of
from storage.courses.lessons import cancel_lesson, move_lesson, restore_lesson
from storage.courses.model import Course
from storage.database import Database
from storage.mass import drafting, running
from storage.mass.facts import STAYS, as_it_stands, of_course, of_lesson, of_strike
from storage.mass.model import Audience, Crowd, Mass
from storage.mass.occasions import find_groups, find_occasions
from storage.vault import Vault
from tests.storage.courses.school import SIX, a_course, later, people
from tests.storage.factories import NOON, TODAY
from tests.storage.mass.crowd import a_crowd, a_draft, asks, kept, seat

SEVEN = time(19)


def told(connection: Connection, course: Course, lesson_id: int, now: datetime = NOON) -> Mass:
    """What there is to tell of a lesson is told to everybody in it."""
    facts = of_lesson(connection, course.office, lesson_id, NOON)
    assert facts is not None
    mass_id = drafting.draft(
        connection,
        facts,
        office=course.office,
        operator_id=7,
        now=now,
        course_id=course.id,
        lesson_id=lesson_id,
    )
    sent = running.let_go(connection, kept(connection, mass_id), 7, now)
    assert sent is not None
    return sent


def a_class(connection: Connection, vault: Vault) -> Course:
    """A course with two people in it."""
    course = a_course(connection, vault)
    seat(connection, vault, course.id, people(connection, vault, 2), NOON)
    return course


def test_a_lesson_is_told_against_what_people_know(database: Database) -> None:
    """Moved twice, they read the day they were told last; moved back, too; called off and on
    again, that it takes place; and as it was planned there is nothing to tell."""
    with database.writing() as connection:
        vault = database.vault
        course = a_class(connection, vault)
        lesson = lessons_of(connection, course.id)[1]
        first = datetime.combine(lesson.day, SIX)
        second, third = first + timedelta(hours=1), first + timedelta(days=2)
        assert of_lesson(connection, course.office, lesson.id, NOON) is None
        said = []
        for hours, moment in enumerate((second, third, first)):
            move_lesson(connection, vault, lesson.id, moment.date(), moment.time(), NOON)
            view = told(connection, course, lesson.id, later(hours=hours)).view
            said.append((view.kind, view.was, view.starts))
        assert of_lesson(connection, course.office, lesson.id, NOON) is None
        moved = MassKind.MOVED
        assert said == [(moved, first, second), (moved, second, third), (moved, third, first)]
        assert cancel_lesson(connection, vault, lesson.id, NOON) is None
        off = told(connection, course, lesson.id, later(hours=4)).view
        assert (off.kind, off.starts) == (MassKind.CANCELLED, first)
        assert restore_lesson(connection, vault, lesson.id, NOON)
        on = told(connection, course, lesson.id, later(hours=5)).view
        assert (on.kind, on.was, on.starts, on.place) == (moved, None, first, "")
        assert of_lesson(connection, "elsewhere", lesson.id, NOON) is None


def test_a_moved_lesson_is_told_until_both_days_are_over(database: Database) -> None:
    """Who hears of it late could still go on the old day."""
    with database.writing() as connection:
        vault = database.vault
        course = a_class(connection, vault)
        lesson = lessons_of(connection, course.id)[1]
        earlier = lesson.day - timedelta(days=1)
        move_lesson(connection, vault, lesson.id, earlier, SEVEN, NOON)
        facts = of_lesson(connection, course.office, lesson.id, NOON)
        assert facts is not None
        view, audience, until = facts
        assert view == MassView(
            MassKind.MOVED,
            "PUA Desio",
            title=course.title,
            was=datetime.combine(lesson.day, SIX),
            starts=datetime.combine(earlier, SEVEN),
            place=course.place,
            course=str(course.id),
        )
        assert (audience, until) == (Audience(Crowd.COURSE, course=course.id), lesson.starts)


def test_a_draft_says_what_is_true_when_it_goes(database: Database) -> None:
    """A lesson that moves again under a draft changes it; one that is as planned ends it."""
    with database.writing() as connection:
        vault = database.vault
        course = a_class(connection, vault)
        lesson = lessons_of(connection, course.id)[1]
        move_lesson(connection, vault, lesson.id, lesson.day, SEVEN, NOON)
        facts = of_lesson(connection, course.office, lesson.id, NOON)
        assert facts is not None
        ids = {"office": course.office, "operator_id": 7, "course_id": course.id}
        mass_id = drafting.draft(connection, facts, now=NOON, lesson_id=lesson.id, **ids)
        draft = kept(connection, mass_id)
        assert drafting.refresh(connection, draft, NOON) == draft
        move_lesson(connection, vault, lesson.id, lesson.day, time(20), NOON)
        fresh = drafting.refresh(connection, draft, NOON)
        assert fresh is not None
        starts = datetime.combine(lesson.day, time(20))
        assert (fresh.version, fresh.view.starts) == (draft.version + 1, starts)
        move_lesson(connection, vault, lesson.id, lesson.day, SIX, NOON)
        assert drafting.refresh(connection, fresh, NOON) is None
        assert running.let_go(connection, draft, 7, NOON) is None


def test_courses_are_told_when_they_are_new_and_when_they_end(database: Database) -> None:
    """A new one to who asked for its kind, until it begins; one that ends to who waits, too."""
    with database.writing() as connection:
        vault = database.vault
        course = a_class(connection, vault)
        new = of_course(connection, course.office, course.id, MassKind.NEW_COURSE, NOON)
        assert new is not None
        lesson = lessons_of(connection, course.id)[0]
        assert (new[0].starts, new[2]) == (datetime.combine(lesson.day, SIX), lesson.starts)
        assert new[1] == Audience(Crowd.ASKED, course=course.id, kind=CourseKind.ITALIAN)
        over = of_course(connection, course.office, course.id, MassKind.CANCELLED, NOON)
        assert over is not None
        assert (over[0].starts, over[1].waiting, over[2]) == (None, True, NOON + STAYS)
        assert of_course(connection, "elsewhere", course.id, MassKind.CANCELLED, NOON) is None
        late = of_course(connection, course.office, course.id, MassKind.NEW_COURSE, later(days=99))
        assert late is not None
        assert late[0].starts is None


def test_a_strike_is_told_until_its_day_is_over(database: Database) -> None:
    """Afterwards there is nothing to tell; own words have no moment of their own."""
    with database.writing() as connection:
        course = a_course(connection, database.vault)
        facts = of_strike(connection, course.office, TODAY, Strike.CLOSED)
        mass_id = drafting.draft(connection, facts, office=course.office, operator_id=7, now=NOON)
        mass = kept(connection, mass_id)
        assert as_it_stands(connection, mass, NOON) == facts
        assert as_it_stands(connection, mass, later(hours=9)) is None
        words = a_draft(connection, course.office)
        stands = as_it_stands(connection, words, later(hours=9))
        assert stands == (words.view, words.audience, later(hours=9) + STAYS)


def test_what_nobody_was_told_of_is_offered_once(database: Database) -> None:
    """A moved lesson, a new course that somebody asked for, a course that ends; what there is a
    message about already is not offered again, and an empty class needs none."""
    with database.writing() as connection:
        vault = database.vault
        course = a_class(connection, vault)
        empty = a_course(connection, vault, office=course.office, ref="empty", title="Vuoto")
        for one in (course, empty):
            lesson = lessons_of(connection, one.id)[1]
            move_lesson(connection, vault, lesson.id, lesson.day, SEVEN, NOON)

        def offered() -> list[tuple[MassKind, int, int]]:
            found = find_occasions(connection, course.office, NOON)
            return [(one.kind, one.course_id, one.people) for one in found]

        assert offered() == [(MassKind.MOVED, course.id, 2)]
        told(connection, course, lessons_of(connection, course.id)[1].id)
        assert offered() == []
        (asking,) = a_crowd(connection, vault, ["ar"])
        asks(connection, asking, CourseKind.ITALIAN)
        assert sorted(offered(), key=str) == sorted(
            [(MassKind.NEW_COURSE, one.id, 1) for one in (course, empty)], key=str
        )
        assert cancel_course(connection, vault, course.id, NOON)
        assert (MassKind.CANCELLED, course.id, 2) in offered()
        groups = find_groups(connection, course.office, NOON)
        assert [(one.course_id, one.people) for one in groups] == [(course.id, 2)]
