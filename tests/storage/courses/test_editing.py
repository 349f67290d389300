"""Courses are edited by two, and their lessons follow the rule but for what was done by hand."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, time, timedelta

from sqlalchemy import Connection, select

from flows.calendar_model import CourseState, LessonState, NoticeState, Presence, Reply
from flows.repetition import Repetition
from storage.calendar_schema import attendance, notice
from storage.courses.attending import mark, reply
from storage.courses.editing import cancel_course, close_course, open_course, save_course, wrong
from storage.courses.finding import (
    enrolments,
    find_by_ref,
    find_course,
    find_courses,
    lessons_between,
    lessons_of,
)
from storage.courses.lessons import (
    GONE,
    HELD,
    OFF,
    OVER,
    add_lesson,
    cancel_lesson,
    move_lesson,
    restore_lesson,
)
from storage.courses.model import Course, CourseForm
from storage.courses.seats import enrol
from storage.vault import Vault
from tests.storage.cases.desk import an_office
from tests.storage.courses.school import SIX, a_course, a_form, a_person, later
from tests.storage.factories import NOON

SEVEN = time(19)


def again(connection: Connection, vault: Vault, course: Course, form: CourseForm) -> Course:
    """The course after this form was saved over it."""
    saved = save_course(
        connection,
        vault,
        form,
        office=course.office,
        operator_id=7,
        now=NOON,
        course_id=course.id,
    )
    assert saved.course is not None, saved
    return saved.course


def shown(connection: Connection, course: Course) -> list[str]:
    """The lessons as a list shows them."""
    return [f"{one.local:%d %b %H:%M} {one.state}" for one in lessons_of(connection, course.id)]


def test_a_course_is_kept_as_it_was_typed(connection: Connection, vault: Vault) -> None:
    """Every field comes back, the rule in its own words, and the lessons are those of the rule."""
    form = a_form(
        ref="uid-1",
        desk="d",
        languages=("it", "ar"),
        latitude=45.6,
        longitude=9.2,
        rule="Weekly WED times 2",
        steps="2d",
        women_only=True,
    )
    office = an_office(connection)
    saved = save_course(connection, vault, form, office=office, operator_id=7, now=NOON).course
    assert saved is not None
    kept = {name: getattr(saved, name) for name in CourseForm.__dataclass_fields__}
    assert CourseForm(**kept) == replace(form, rule="weekly wed times 2")
    assert (saved.office, saved.state, saved.version, saved.created_by) == (
        office,
        CourseState.DRAFT,
        0,
        7,
    )
    assert saved.point == (45.6, 9.2)
    assert shown(connection, saved) == ["02 Dec 18:00 planned", "09 Dec 18:00 planned"]
    assert find_by_ref(connection, office, "uid-1") == saved
    assert find_by_ref(connection, "elsewhere", "uid-1") is None


def test_every_wrong_field_is_named(connection: Connection, vault: Vault) -> None:
    """A form that cannot be taken names all its wrong fields, and nothing is kept of it."""
    bad = a_form(
        title=" ",
        about="x" * 1001,
        level="C9",
        seats=0,
        minutes=0,
        offer_hours=0,
        cost_cents=-1,
        zone="Mars/North",
        latitude=100.0,
        longitude=9.0,
        rule="sometimes",
        steps="soon",
    )
    names = [name for name, _why in wrong(bad)]
    assert names == [
        "title",
        "about",
        "level",
        "seats",
        "minutes",
        "offer_hours",
        "cost_cents",
        "zone",
        "latitude",
        "rule",
        "steps",
    ]
    office = an_office(connection)
    saved = save_course(connection, vault, bad, office=office, operator_id=7, now=NOON)
    assert (saved.course, saved.field, saved.wrong) == (None, "title", wrong(bad))
    assert find_courses(connection) == []
    for more, field in (
        ({"latitude": 45.0}, "latitude"),
        ({"first": date(1990, 1, 1)}, "first"),
        ({"rule": "on 2150-01-01"}, "rule"),
    ):
        assert [name for name, _why in wrong(a_form(**more))] == [field]


def test_two_who_edit_one_course_lose_nothing(connection: Connection, vault: Vault) -> None:
    """Whoever saves over what they have not seen is refused; no two courses share a reference."""
    course = a_course(connection, vault, ref="one")
    other = a_course(connection, vault, office=course.office, ref="two")
    about = {"office": course.office, "operator_id": 7, "now": NOON}
    seen = find_course(connection, course.id)
    assert seen is not None
    first, second = (
        save_course(
            connection,
            vault,
            a_form(ref="one", title=title),
            course_id=course.id,
            version=seen.version,
            **about,  # type: ignore[arg-type]
        )
        for title in ("Mine", "Theirs")
    )
    assert (first.course is not None, second.course, second.field) == (True, None, "version")
    taken = save_course(connection, vault, a_form(ref="one"), course_id=other.id, **about)  # type: ignore[arg-type]
    assert taken.field == "ref"
    about["office"] = an_office(connection, "PUA Seregno")
    assert save_course(connection, vault, a_form(), course_id=course.id, **about).course is None  # type: ignore[arg-type]


def test_lessons_follow_the_rule_and_keep_their_ids(connection: Connection, vault: Vault) -> None:
    """Another time is the same lesson later; a day that is gone is gone, a new one is added."""
    course = a_course(connection, vault)
    before = [one.id for one in lessons_of(connection, course.id)]
    form = a_form(starts=SEVEN, minutes=90, rule="weekly wed times 5 skip 2026-12-09")
    course = again(connection, vault, course, form)
    found = lessons_of(connection, course.id)
    assert shown(connection, course) == [
        f"{day} 19:00 planned" for day in ("02 Dec", "16 Dec", "23 Dec", "30 Dec", "06 Jan")
    ]
    assert [one.id for one in found[:3]] == [before[0], before[2], before[3]]
    assert [one.minutes for one in found] == [90] * 5


def test_what_was_done_by_hand_stays(connection: Connection, vault: Vault) -> None:
    """A moved, a cancelled and an added lesson stay when the rule gets another time or end."""
    course = a_course(connection, vault)
    first, second, third, _fourth = lessons_of(connection, course.id)
    moved_to = date(2026, 12, 3)
    assert move_lesson(connection, vault, first.id, moved_to, SEVEN, NOON) is None
    assert cancel_lesson(connection, vault, second.id, NOON) is None
    assert move_lesson(connection, vault, third.id, third.day, SIX, NOON, place="Library") is None
    extra = date(2026, 12, 19)
    assert add_lesson(connection, vault, course.id, extra, time(10), NOON, minutes=60) is None
    course = again(connection, vault, course, a_form(starts=time(17), rule="weekly wed times 3"))
    assert shown(connection, course) == [
        "03 Dec 19:00 moved",
        "09 Dec 17:00 cancelled",
        "16 Dec 17:00 moved",
        "19 Dec 10:00 moved",
    ]
    by_day = {one.day.day: one for one in lessons_of(connection, course.id)}
    assert f"{by_day[3].was:%d %b %H:%M}" == "02 Dec 17:00"
    assert [by_day[day].was for day in (9, 16, 19)] == [None, None, None]
    assert (by_day[16].place, by_day[19].minutes) == ("Library", 60)
    course = again(connection, vault, course, a_form(starts=time(10), rule="on 2026-12-19"))
    assert shown(connection, course) == [
        "03 Dec 19:00 moved",
        "09 Dec 17:00 cancelled",
        "16 Dec 17:00 moved",
        "19 Dec 10:00 moved",
    ]


def test_a_lesson_with_attendance_is_never_dropped(connection: Connection, vault: Vault) -> None:
    """Where somebody wrote down who was there, the lesson stays, whatever the rule says now."""
    course = a_course(connection, vault)
    enrol(connection, vault, course.id, person_id=a_person(connection, vault, 1), now=NOON)
    (who,) = enrolments(connection, vault, course.id)
    first, second, *_rest = lessons_of(connection, course.id)
    assert mark(connection, first.id, who.id, Presence.PRESENT, 7)
    course = again(connection, vault, course, a_form(rule="on 2026-12-09"))
    assert [one.id for one in lessons_of(connection, course.id)] == [first.id, second.id]


def test_a_lesson_moves_and_comes_back(connection: Connection, vault: Vault) -> None:
    """Moved, cancelled and restored; back at its own time it is an ordinary lesson again."""
    course = a_course(connection, vault)
    one, *_rest = lessons_of(connection, course.id)
    day = date(2026, 12, 4)
    assert move_lesson(connection, vault, one.id, day, SEVEN, NOON, minutes=30) is None
    moved = lessons_of(connection, course.id)[0]
    assert f"{moved.local:%d %H:%M} {moved.was:%d %H:%M}" == "04 19:00 02 18:00"
    assert (moved.ends - moved.starts).seconds == 30 * 60
    assert [cancel_lesson(connection, vault, one.id, NOON) for _ in range(2)] == [None, OFF]
    assert [restore_lesson(connection, vault, one.id, NOON) for _ in range(2)] == [True, False]
    assert lessons_of(connection, course.id)[0].state is LessonState.MOVED
    assert move_lesson(connection, vault, one.id, one.day, SIX, NOON, minutes=120) is None
    assert lessons_of(connection, course.id)[0] == one
    cancel_lesson(connection, vault, one.id, NOON)
    restore_lesson(connection, vault, one.id, NOON)
    assert lessons_of(connection, course.id)[0] == one


def test_what_cannot_be_done_to_a_lesson_is_said(connection: Connection, vault: Vault) -> None:
    """Into the past, twice at one moment, of a cancelled course, or of none: nothing happens."""
    course = a_course(connection, vault)
    one, *_rest = lessons_of(connection, course.id)
    past = date(2026, 11, 20)
    refused = [
        move_lesson(connection, vault, one.id, past, SIX, NOON),
        move_lesson(connection, vault, 5, one.day, SIX, NOON),
        add_lesson(connection, vault, course.id, past, SIX, NOON),
        add_lesson(connection, vault, course.id, one.day, SIX, NOON),
        add_lesson(connection, vault, 5, one.day, SIX, NOON),
    ]
    assert [why is not None for why in refused] == [True] * 5
    assert cancel_lesson(connection, vault, 5, NOON) == GONE
    assert not restore_lesson(connection, vault, 5, NOON)
    cancel_course(connection, vault, course.id, NOON)
    assert move_lesson(connection, vault, one.id, one.day, SEVEN, NOON) is not None
    assert not open_course(connection, vault, course.id, NOON)
    assert not close_course(connection, vault, 5, NOON)


def test_a_lesson_that_was_held_stays_as_it_was(connection: Connection, vault: Vault) -> None:
    """Once it is over, or attendance was taken, it is neither moved nor called off; while it is
    under way it still is."""
    course = a_course(connection, vault, seats=1)
    person = a_person(connection, vault, 1)
    enrol(connection, vault, course.id, person_id=person, now=NOON)
    one, _second, third, _fourth = lessons_of(connection, course.id)
    [place] = enrolments(connection, vault, course.id)
    mark(connection, third.id, place.id, Presence.PRESENT, 7)
    day = date(2026, 12, 30)
    said = [
        deed
        for lesson, now in ((one, one.ends), (third, NOON))
        for deed in (
            move_lesson(connection, vault, lesson.id, day, SEVEN, now),
            cancel_lesson(connection, vault, lesson.id, now),
        )
    ]
    assert said == [OVER, OVER, HELD, HELD]
    assert [each.state for each in lessons_of(connection, course.id)] == [LessonState.PLANNED] * 4
    under_way = one.ends - timedelta(minutes=1)
    assert cancel_lesson(connection, vault, one.id, under_way) is None


def test_what_was_said_to_the_old_time_does_not_count(connection: Connection, vault: Vault) -> None:
    """After a move nobody has answered yet, and everybody is reminded of the new moment."""
    course = a_course(connection, vault)
    whose = a_person(connection, vault, 1)
    enrol(connection, vault, course.id, person_id=whose, now=NOON)
    one, *_rest = lessons_of(connection, course.id)
    assert reply(connection, vault, one.id, whose, Reply.COMES, NOON)
    assert move_lesson(connection, vault, one.id, one.day, SEVEN, NOON) is None
    assert connection.execute(select(attendance.c.reply)).scalars().all() == [""]
    mine = (notice.c.subject_id == one.id) & (notice.c.state == NoticeState.WAITING.value)
    occasions = connection.execute(select(notice.c.occasion).where(mine)).scalars()
    assert set(occasions) == {"2026-12-02T19:00"}


def test_lessons_know_the_clock_of_their_place(connection: Connection, vault: Vault) -> None:
    """Six in the evening in Rome is another moment in December than in June."""
    course = a_course(connection, vault, rule="on 2026-12-02, 2027-06-02")
    hours = [one.starts.hour for one in lessons_of(connection, course.id)]
    assert hours == [17, 16]
    found = lessons_between(connection, later(days=9), later(days=12), office=course.office)
    assert [lesson.day for lesson, _course in found] == [date(2026, 12, 2)]
    assert lessons_between(connection, later(days=9), later(days=12), desk="other") == []


def test_courses_are_found_by_what_is_asked(connection: Connection, vault: Vault) -> None:
    """Words, state and time narrow the list down; without lessons a course is in every time."""
    course = a_course(connection, vault)
    for more, expected in (
        ({"words": "BEGINNERS a1"}, [course.id]),
        ({"words": "advanced"}, []),
        ({"words": "%"}, []),
        ({"state": CourseState.OPEN}, [course.id]),
        ({"state": CourseState.CLOSED}, []),
        ({"since": NOON}, [course.id]),
        ({"since": later(days=60)}, []),
        ({"office": course.office, "desk": "", "kind": course.kind}, [course.id]),
    ):
        assert [one.id for one in find_courses(connection, **more)] == expected  # type: ignore[arg-type]


def test_after_any_edits_the_lessons_are_those_of_the_last_rule(
    connection: Connection, vault: Vault
) -> None:
    """Where nothing was done by hand, it does not matter what the rule said before."""
    dice, course = random.Random(1), a_course(connection, vault)
    for _edit in range(25):
        weekdays = ",".join(dice.sample(["mon", "tue", "wed", "sat"], dice.randint(1, 3)))
        rule = f"weekly {weekdays} times {dice.randint(1, 9)}"
        form = a_form(rule=rule, starts=dice.choice([SIX, SEVEN]), minutes=dice.choice([60, 90]))
        course = again(connection, vault, course, form)
        found = lessons_of(connection, course.id)
        assert [one.day for one in found] == list(Repetition.read(rule).days(form.first))
        assert {(one.at, one.minutes, one.state) for one in found} == {
            (form.starts, form.minutes, LessonState.PLANNED)
        }
