"""What is to be told when follows from events and wishes, however often it is computed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from flows.calendar_model import (
    CourseState,
    DateKind,
    LessonState,
    NoticeState,
    PlaceState,
    Reply,
    Subject,
    Wishes,
)
from flows.handoff_model import Safe
from storage.calendar_schema import appointment, course, enrolment, lesson, notice
from storage.database import Database
from storage.notices.planning import add, add_many, plan, plan_course, plan_person
from storage.notices.stopping import resume, stop
from storage.notices.wishes import keep_wishes
from storage.schema import desk
from storage.writer import Writer
from tests.storage.factories import do, someone
from tests.storage.notices.factories import (
    DESK,
    NOW,
    add_course,
    book,
    change,
    enrol,
    keep_date,
    move,
    notices,
    people,
    shown,
)


def planned(writer: Writer, subject: Subject, subject_id: int, now: datetime = NOW) -> None:
    """Plan one thing."""
    do(writer, lambda unit: plan(unit.direct(), unit.vault, subject, subject_id, now))


def planned_course(writer: Writer, course_id: int, now: datetime = NOW) -> None:
    """Plan a course."""
    do(writer, lambda unit: plan_course(unit.direct(), unit.vault, course_id, now))


def wished(writer: Writer, person_id: int, now: datetime = NOW, **wishes: Any) -> None:
    """Keep wishes, and plan as they say."""

    def job(unit: Any) -> None:
        keep_wishes(unit.direct(), person_id, Wishes(**wishes))
        plan_person(unit.direct(), unit.vault, person_id, now)

    do(writer, job)


def test_an_appointment_has_its_three_reminders(writer: Writer, database: Database) -> None:
    """A week and a day before at the same time on the wall, two hours before; once, however often
    it is planned."""
    id_ = book(writer, someone(writer), "2026-12-03T10:30")
    for _ in range(3):
        planned(writer, Subject.APPOINTMENT, id_)
    assert shown(database) == [
        "7d 2026-11-26 10:30 waiting",
        "1d 2026-12-02 10:30 waiting",
        "2h 2026-12-03 08:30 waiting",
    ]
    assert {one.until for one in notices(database)} == {datetime(2026, 12, 3, 9, 30, tzinfo=UTC)}


def test_what_is_over_is_not_planned(writer: Writer, database: Database) -> None:
    """Booked the evening before, only the two hours are left; of a past one nothing is."""
    planned(writer, Subject.APPOINTMENT, book(writer, someone(writer), "2026-11-23T10:30"))
    planned(writer, Subject.APPOINTMENT, book(writer, someone(writer), "2026-11-22T09:30"))
    assert shown(database) == ["2h 2026-11-23 08:30 waiting"]


def test_at_night_nobody_is_told(writer: Writer, database: Database) -> None:
    """Before half past ten in the morning, two hours before is the evening before."""
    planned(writer, Subject.APPOINTMENT, book(writer, someone(writer), "2026-12-03T08:30"))
    assert shown(database)[-1] == "2h 2026-12-02 20:30 waiting"


def test_her_own_hours(writer: Writer, database: Database) -> None:
    """All of it comes while her phone is her own; what would come together comes once."""
    person = someone(writer)
    id_ = book(writer, person, "2026-12-03T10:30")
    planned(writer, Subject.APPOINTMENT, id_)
    wished(writer, person.id, safe=Safe.SUNDAY)
    assert shown(database) == ["7d 2026-11-22 20:30 waiting", "2h 2026-11-29 20:30 waiting"]
    wished(writer, person.id, safe=Safe.EVENING)
    assert shown(database) == [
        "7d 2026-11-25 20:30 waiting",
        "1d 2026-12-01 20:30 waiting",
        "2h 2026-12-02 20:30 waiting",
    ]


def test_her_wish_comes_first(writer: Writer, database: Database) -> None:
    """Her wish, then the course, then the desk, then what is usual; no steps are no reminders."""
    person = someone(writer)
    course_id, _ = add_course(writer, "2026-12-01T18:00", "2026-12-08T18:00")
    enrol(writer, course_id, person)
    planned_course(writer, course_id)
    usual = [
        "7d 2026-11-24 18:00 waiting",
        "1d 2026-11-30 18:00 waiting",
        "2h 2026-12-01 16:00 waiting",
        "1d 2026-12-07 18:00 waiting",
    ]
    assert shown(database) == usual
    do(
        writer,
        lambda unit: (
            unit.direct()
            .execute(desk.update().where(desk.c.key == DESK).values(steps="3d"))
            .rowcount
        ),
    )
    planned_course(writer, course_id)
    assert [one.split()[0] for one in shown(database)] == ["3d", "3d"]
    change(writer, course, course_id, steps="2d,2h")
    planned_course(writer, course_id)
    assert [one.split()[0] for one in shown(database)] == ["2d", "2h", "2d", "2h"]
    wished(writer, person.id, steps=("1d",))
    assert [one.split()[0] for one in shown(database)] == ["1d", "1d"]
    wished(writer, person.id, steps=())
    assert shown(database) == []
    change(writer, course, course_id, steps=None)
    do(
        writer,
        lambda unit: unit.direct().execute(desk.update().values(steps=None)).rowcount,
    )
    wished(writer, person.id)
    assert shown(database) == usual


def test_a_moved_event_is_told_anew_and_never_twice(writer: Writer, database: Database) -> None:
    """What was sent for the old moment stays; the new moment has reminders of its own; back again,
    what was sent is not sent twice."""
    id_ = book(writer, someone(writer), "2026-12-03T10:30")
    planned(writer, Subject.APPOINTMENT, id_)
    change(writer, notice, notices(database)[0].id, state=NoticeState.SENT.value)
    move(writer, id_, "2026-12-04T15:00")
    planned(writer, Subject.APPOINTMENT, id_)
    assert shown(database) == [
        "7d 2026-11-26 10:30 sent",
        "7d 2026-11-27 15:00 waiting",
        "1d 2026-12-03 15:00 waiting",
        "2h 2026-12-04 13:00 waiting",
    ]
    move(writer, id_, "2026-12-03T10:30")
    planned(writer, Subject.APPOINTMENT, id_)
    assert shown(database) == [
        "7d 2026-11-26 10:30 sent",
        "1d 2026-12-02 10:30 waiting",
        "2h 2026-12-03 08:30 waiting",
    ]


@pytest.mark.parametrize(
    ("table", "values"),
    [
        (appointment, {"state": "cancelled"}),
        (appointment, {"reply": Reply.CANNOT.value}),
    ],
)
def test_nobody_is_reminded_of_what_is_off(
    table: Any, values: dict[str, str], writer: Writer, database: Database
) -> None:
    """Cancelled, or she said that she cannot come."""
    id_ = book(writer, someone(writer), "2026-12-03T10:30")
    planned(writer, Subject.APPOINTMENT, id_)
    change(writer, table, id_, **values)
    planned(writer, Subject.APPOINTMENT, id_)
    assert shown(database) == []


@pytest.mark.parametrize(
    ("what", "values", "left"),
    [
        ("course", {"state": CourseState.CANCELLED.value}, 0),
        ("course", {"state": CourseState.DRAFT.value}, 0),
        ("course", {"state": CourseState.CLOSED.value}, 4),
        ("lesson", {"state": LessonState.CANCELLED.value}, 3),
        ("enrolment", {"state": PlaceState.LEFT.value, "seat": None}, 0),
        ("enrolment", {"state": PlaceState.WAITING.value, "seat": None}, 0),
    ],
)
def test_what_changes_in_a_course(
    what: str, values: dict[str, Any], left: int, writer: Writer, database: Database
) -> None:
    """Only who has a seat is reminded, and only of lessons that take place.

    Without its first lesson the next one is the first, and has its three reminders.
    """
    course_id, lessons = add_course(writer, "2026-12-01T18:00", "2026-12-08T18:00")
    seat = enrol(writer, course_id, someone(writer))
    planned_course(writer, course_id)
    assert len(shown(database)) == 4
    rows = {"course": (course, course_id), "lesson": (lesson, lessons[0])}
    table, row_id = rows.get(what, (enrolment, seat))
    change(writer, table, row_id, **values)
    planned_course(writer, course_id)
    assert len(shown(database)) == left


def test_one_person_of_a_course(writer: Writer, database: Database) -> None:
    """Planning for one person leaves the others' rows as they are."""
    course_id, _ = add_course(writer, "2026-12-01T18:00")
    one, two = people(writer, 2)
    for person in (one, two):
        enrol(writer, course_id, person)
    planned_course(writer, course_id)
    before = notices(database)
    do(
        writer,
        lambda unit: plan_course(unit.direct(), unit.vault, course_id, NOW, person_id=one.id),
    )
    assert notices(database) == before
    assert sorted({notice.person_id for notice in before}) == sorted((one.id, two.id))


@pytest.mark.parametrize(
    ("kind", "day", "expected"),
    [
        (
            DateKind.PERMIT,
            date(2027, 4, 1),
            ["90d 2027-01-01", "60d 2027-01-31", "30d 2027-03-02", "7d 2027-03-25"],
        ),
        (DateKind.HEALTH_CARD, date(2027, 1, 15), ["30d 2026-12-16", "7d 2027-01-08"]),
        (
            DateKind.CONTRACT,
            date(2026, 12, 31),
            ["30d 2026-12-01", "7d 2026-12-24", "+1d 2027-01-01"],
        ),
        (
            DateKind.JOB_LOST,
            date(2026, 11, 20),
            ["+6d 2026-11-26", "+50d 2027-01-09", "+61d 2027-01-20"],
        ),
        (
            DateKind.PERMIT_STATE,
            date(2026, 11, 24),
            ["0d 2026-11-24", "0d 2026-12-01", "0d 2026-12-08", "0d 2026-12-15"],
        ),
    ],
)
def test_her_own_dates(
    kind: DateKind, day: date, expected: list[str], writer: Writer, database: Database
) -> None:
    """Each kind has its steps, at ten in the morning; a wish for lessons changes none."""
    person = someone(writer)
    id_ = keep_date(writer, person, kind, day)
    planned(writer, Subject.DATE, id_)
    assert shown(database) == [f"{one} 10:00 waiting" for one in expected]
    wished(writer, person.id, steps=("2h",))
    assert shown(database) == [f"{one} 10:00 waiting" for one in expected]


def test_a_date_is_of_use_until_it_is_not(writer: Writer, database: Database) -> None:
    """NASpI: eight days for the first, sixty-eight for the last; a permit to the day it ends."""
    person = someone(writer)
    planned(writer, Subject.DATE, keep_date(writer, person, DateKind.JOB_LOST, date(2026, 11, 22)))
    until = [one.until for one in notices(database)]
    soon, last = datetime(2026, 11, 29, 23, tzinfo=UTC), datetime(2027, 1, 28, 23, tzinfo=UTC)
    assert until == [soon, soon, last, last]


def test_she_can_be_reached_again(writer: Writer, database: Database) -> None:
    """What was not sent because she had blocked us is planned anew, if it is still to come."""
    person = someone(writer)
    planned(writer, Subject.APPOINTMENT, book(writer, person, "2026-12-03T10:30"))
    for one in notices(database):
        change(writer, notice, one.id, state=NoticeState.BLOCKED.value, ended=NOW)
    later = NOW + timedelta(days=5)
    do(writer, lambda unit: plan_person(unit.direct(), unit.vault, person.id, later))
    assert [one.state.value for one in notices(database)] == ["blocked", "waiting", "waiting"]


def test_added_once(writer: Writer, database: Database) -> None:
    """An offer or a message to many is told once to each, and not when it is over."""
    some = people(writer, 3)
    until = NOW + timedelta(hours=24)

    def job(unit: Any) -> list[bool]:
        return [
            add(
                unit.direct(),
                whose.id,
                Subject.OFFER,
                77,
                NOW,
                due=NOW,
                until=until,
                occasion="2026-11-22T13:00",
            )
            for whose in (*some, some[0])
        ]

    assert do(writer, job) == [True, True, True, False]
    ids = [one.id for one in some]

    def many(unit: Any) -> int:
        return add_many(unit.direct(), ids, Subject.MASS, 9, due=NOW, until=until, occasion="")

    assert [do(writer, many), do(writer, many)] == [3, 0]

    def late(unit: Any) -> bool:
        whose, kept = ids[0], unit.direct()
        return add(kept, whose, Subject.OFFER, 78, until, due=NOW, until=until, occasion="")

    assert do(writer, late) is False
    assert len(notices(database)) == 6


def test_stopped_and_resumed(writer: Writer, database: Database) -> None:
    """A message to many stops for those who were not told yet, and goes on for them."""
    some = [one.id for one in people(writer, 3)]
    many = {"due": NOW, "until": NOW + timedelta(days=1), "occasion": ""}
    do(writer, lambda unit: add_many(unit.direct(), some, Subject.MASS, 9, **many))
    change(writer, notice, notices(database)[0].id, state=NoticeState.SENT.value)
    assert do(writer, lambda unit: stop(unit.direct(), Subject.MASS, 9)) == 2
    assert sorted(one.state.value for one in notices(database)) == ["sent", "stopped", "stopped"]
    assert do(writer, lambda unit: resume(unit.direct(), Subject.MASS, 9)) == 2
    assert sorted(one.state.value for one in notices(database)) == ["sent", "waiting", "waiting"]
