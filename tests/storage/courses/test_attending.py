"""Who comes to a lesson: what people say, what the teacher sees, and what came of it."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Connection

from flows.calendar_model import CourseKind, News, Presence, Reply, Subject
from flows.case_model import Outcome
from storage.cases.plan import find_outcomes
from storage.courses.attending import certify, complete, mark, mark_all_present, reply
from storage.courses.figures import course_figures
from storage.courses.finding import enrolments, lessons_of, roll
from storage.courses.lessons import cancel_lesson
from storage.courses.model import Course
from storage.courses.seats import enrol, leave, remove
from storage.desk_news import find_news
from storage.operators import Operator
from storage.vault import Vault
from tests.storage.cases.desk import a_contact
from tests.storage.courses.school import a_course, a_form, people
from tests.storage.factories import NOON, TODAY


def filled(
    connection: Connection, vault: Vault, many: int, **more: object
) -> tuple[Course, list[int]]:
    """A course with three seats, and so many people who wanted one."""
    course = a_course(connection, vault, **{"seats": 3, **more})  # type: ignore[arg-type]
    who = people(connection, vault, many)
    for one in who:
        enrol(connection, vault, course.id, person_id=one, now=NOON)
    return course, who


def news(connection: Connection, course: Course) -> list[tuple[News, int | None]]:
    """What the desk was told of lessons."""
    found = find_news(connection, course.office)
    return sorted((one.what, one.minutes) for one in found if one.subject is Subject.LESSON)


def test_what_somebody_says_is_on_the_roll_and_told_to_the_desk(
    connection: Connection, vault: Vault
) -> None:
    """The last word counts: it stands on the roll, and the desk sees that and no other."""
    course, (one, *_more) = filled(connection, vault, 2)
    lesson, *_rest = lessons_of(connection, course.id)
    for said, minutes, expected in (
        (Reply.COMES, 0, []),
        (Reply.LATE, 20, [(News.LATE, 20)]),
        (Reply.LOST, 0, [(News.LOST, None)]),
        (Reply.CANNOT, 0, [(News.CANNOT, None)]),
    ):
        assert reply(connection, vault, lesson.id, one, said, NOON, minutes) is True
        assert news(connection, course) == expected
        rolled = {
            row.enrolment.person_id: (row.reply, row.late_minutes)
            for row in roll(connection, vault, lesson.id)
        }
        assert rolled[one] == (said, minutes or None)
    assert len(roll(connection, vault, lesson.id)) == 2


def test_a_reply_needs_a_seat_and_a_lesson_to_come(connection: Connection, vault: Vault) -> None:
    """Whoever waits, a lesson that is over, called off or not there: nothing is kept."""
    course, who = filled(connection, vault, 4)
    first, second, *_rest = lessons_of(connection, course.id)
    cancel_lesson(connection, vault, second.id, NOON)
    for lesson, whose, now in (
        (first.id, who[3], NOON),
        (first.id, who[0], first.ends),
        (second.id, who[0], NOON),
        (5, who[0], NOON),
    ):
        assert reply(connection, vault, lesson, whose, Reply.COMES, now) is False


def test_the_roll_is_taken_with_few_taps(connection: Connection, vault: Vault) -> None:
    """All present, then the absent one: two taps; who left is on the roll only where they came."""
    course, who = filled(connection, vault, 3)
    lesson, other, *_rest = lessons_of(connection, course.id)
    assert mark_all_present(connection, vault, lesson.id, 7) == 3
    first, second, third = enrolments(connection, vault, course.id)
    assert mark(connection, lesson.id, second.id, Presence.ABSENT, 7) is True
    assert mark_all_present(connection, vault, lesson.id, 7) == 0
    leave(connection, vault, course.id, who[0], NOON)
    remove(connection, vault, third.id, NOON)
    seen = {row.enrolment.id: row.presence for row in roll(connection, vault, lesson.id)}
    assert seen == {
        first.id: Presence.PRESENT,
        second.id: Presence.ABSENT,
        third.id: Presence.PRESENT,
    }
    assert [row.enrolment.id for row in roll(connection, vault, other.id)] == [second.id]
    elsewhere = a_course(connection, vault)
    (strange, *_) = lessons_of(connection, elsewhere.id)
    assert mark(connection, strange.id, first.id, Presence.PRESENT, 7) is False
    assert mark(connection, 5, first.id, Presence.PRESENT, 7) is False
    assert roll(connection, vault, 5) == []


def test_figures_say_how_full_a_course_is_and_who_did_not_come(
    connection: Connection, vault: Vault
) -> None:
    """Held seats of all seats, and the absent of those who were expected; the excused are not."""
    course, who = filled(connection, vault, 5, seats=4)
    lessons = lessons_of(connection, course.id)
    found = enrolments(connection, vault, course.id)
    said = (Presence.PRESENT, Presence.PRESENT, Presence.ABSENT, Presence.EXCUSED)
    for lesson in lessons[:2]:
        for one, presence in zip(found, said, strict=False):
            mark(connection, lesson.id, one.id, presence, 7)
    complete(connection, vault, found[0].id, TODAY, 7, NOON)
    leave(connection, vault, course.id, who[4], NOON)
    empty = a_course(connection, vault)
    figures = course_figures(connection, [course.id, empty.id, 5])
    assert set(figures) == {course.id, empty.id}
    one = figures[course.id]
    assert (one.fill, one.no_show) == (1.0, 2 / 6)
    assert (one.marked, one.present, one.absent, one.excused) == (2, 4, 2, 2)
    assert (one.waiting, one.left, one.lapsed, one.completed) == (0, 1, 0, 1)
    assert (figures[empty.id].fill, figures[empty.id].no_show) == (0.0, None)


def test_a_certificate_is_an_outcome_on_the_sheet_of_the_office(
    connection: Connection, vault: Vault, teacher: Operator
) -> None:
    """What was attended and certified stands in the case, once, and a mistake is taken back."""
    contact = a_contact(connection, vault, teacher)
    course = a_course(connection, vault, office=teacher.office)
    enrol(connection, vault, course.id, contact_id=contact.id, now=NOON, by_desk=True)
    (one,) = enrolments(connection, vault, course.id)

    def outcomes() -> list[Outcome]:
        return sorted(came.code for came in find_outcomes(connection, vault, contact.id))

    for _again in range(2):
        assert complete(connection, vault, one.id, TODAY, teacher.id, NOON) is None
        assert certify(connection, vault, one.id, TODAY, teacher.id, NOON) is None
    three = [Outcome.TRAINING_COMPLETED, Outcome.CERTIFICATE, Outcome.ITALIAN_LEVEL]
    assert outcomes() == three
    (kept,) = enrolments(connection, vault, course.id)
    assert (kept.completed, kept.certificate) == (TODAY, TODAY)
    assert certify(connection, vault, one.id, None, teacher.id, NOON) is None
    assert outcomes() == three[:1]
    tomorrow = TODAY + timedelta(days=1)
    assert complete(connection, vault, one.id, tomorrow, teacher.id, NOON) is not None
    assert complete(connection, vault, 5, TODAY, teacher.id, NOON) is not None


def test_without_a_sheet_of_the_office_it_is_noted_in_the_course_alone(
    connection: Connection, vault: Vault, teacher: Operator
) -> None:
    """A course of another office writes nothing into a sheet, and safety is no level of Italian."""
    contact = a_contact(connection, vault, teacher)
    for office in ("", teacher.office):
        form = a_form(kind=CourseKind.SAFETY, level="")
        more = {name: getattr(form, name) for name in ("kind", "level")}
        course = a_course(connection, vault, office=office, **more)
        enrol(connection, vault, course.id, contact_id=contact.id, now=NOON, by_desk=True)
        (one,) = enrolments(connection, vault, course.id)
        assert certify(connection, vault, one.id, date(2026, 11, 1), teacher.id, NOON) is None
    found = find_outcomes(connection, vault, contact.id)
    assert [(came.code, came.day) for came in found] == [(Outcome.CERTIFICATE, date(2026, 11, 1))]
