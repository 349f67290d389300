"""What of courses and appointments goes with a person, a sheet, or with time; and what stays."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from flows.calendar_model import (
    CourseKind,
    DateKind,
    MassState,
    NoticeState,
    PlaceState,
    Presence,
    Reply,
    Subject,
    Wishes,
)
from storage import calendar_schema as tables
from storage.backup import back_up
from storage.cases.deleting import Reason, delete_contact
from storage.courses.attending import mark, reply
from storage.courses.finding import enrolments, lessons_of
from storage.courses.interest import ask_for
from storage.courses.model import Course
from storage.courses.seats import call, enrol
from storage.database import Database, default_url
from storage.dates.keeping import keep
from storage.erase import forget, retain
from storage.handover import Whose, make_handover, take_in_chat
from storage.ledger import Ledger
from storage.notices.planning import add, plan_person
from storage.notices.wishes import keep_wishes
from storage.operators import Operator
from storage.personal import everything_of
from storage.restore import restore
from storage.unit import Unit
from storage.vault import Vault
from storage.writer import Writer
from tests.storage.appointments.makers import an_appointment
from tests.storage.cases.desk import a_contact, a_hand, an_office, an_operator
from tests.storage.conftest import Place
from tests.storage.courses.school import a_course, a_person, later
from tests.storage.factories import CHAT, NOON, TODAY, do, someone

PERSONAL = (
    "enrolment",
    "attendance",
    "interest",
    "appointment",
    "own_date",
    "wish",
    "notice",
    "desk_news",
)


def lived(unit: Unit, whose: int, name: str = "Fatima Z.") -> Course:
    """Everything that can be kept of somebody in a calendar."""
    connection, vault = unit.direct(), unit.vault
    course = a_course(connection, vault, seats=1)
    enrol(connection, vault, course.id, person_id=whose, now=NOON)
    call(connection, vault, course.id, whose, name)
    lesson, *_rest = lessons_of(connection, course.id)
    reply(connection, vault, lesson.id, whose, Reply.LATE, NOON, 10)
    an_appointment(connection, vault, office=course.office, opening=None, person_id=whose)
    keep(connection, vault, whose, DateKind.PERMIT, date(2027, 6, 1))
    keep_wishes(connection, whose, Wishes(steps=("1d",)))
    ask_for(connection, whose, CourseKind.ITALIAN, True)
    plan_person(connection, vault, whose, NOON)
    return course


def left(connection: Connection) -> dict[str, int]:
    """How many rows are left in every table with something of a person."""
    found = {}
    for name in PERSONAL:
        table: Table = getattr(tables, name)
        many = connection.execute(select(func.count()).select_from(table)).scalar_one()
        if many:
            found[name] = int(many)
    return found


def looks(writer: Writer, look: Callable[[Connection], Any]) -> Any:
    """What somebody sees who looks into the tables."""
    return do(writer, lambda unit: look(unit.reading()))


def test_nothing_is_left_of_a_forgotten_person(writer: Writer) -> None:
    """After Forget no table of the calendar has a row of them, the desk's news neither."""
    whose = someone(writer).id
    do(writer, lambda unit: lived(unit, whose))
    assert set(looks(writer, left)) == set(PERSONAL)
    assert do(writer, lambda unit: forget(unit, whose, NOON)) is True
    assert looks(writer, left) == {}


def test_the_seat_of_a_forgotten_person_goes_to_the_next(writer: Writer) -> None:
    """In the same transaction the first who waits is offered it."""
    first, second = someone(writer).id, someone(writer, chat=4).id

    def job(unit: Unit) -> list[tuple[int | None, PlaceState]]:
        course = lived(unit, first)
        enrol(unit.direct(), unit.vault, course.id, person_id=second, now=NOON)
        forget(unit, first, NOON)
        return [
            (one.person_id, one.state) for one in enrolments(unit.direct(), unit.vault, course.id)
        ]

    assert do(writer, job) == [(second, PlaceState.OFFERED)]


def test_my_data_holds_all_of_it(writer: Writer) -> None:
    """The file holds course, name, answer, appointment, date, wish and reminders in plain words."""
    someone_ = someone(writer)

    def job(unit: Unit) -> dict[str, Any]:
        lived(unit, someone_.id)
        return everything_of(unit, someone_, CHAT, NOON)

    found = json.loads(json.dumps(do(writer, job)))
    (course,), (appointment,) = found["courses"], found["appointments"]
    assert (course["title"], course["name"], course["state"]) == (
        "Italian for beginners",
        "Fatima Z.",
        "enrolled",
    )
    said = {key: course["lessons"][0][key] for key in ("day", "said", "minutes", "presence")}
    assert said == {"day": "2026-12-02", "said": "late", "minutes": 10, "presence": ""}
    assert (appointment["day"], appointment["time"]) == ("2026-11-23", "09:00")
    assert found["dates"] == [{"kind": "permit", "day": "2027-06-01"}]
    assert found["wishes"] == {"steps": "1d", "safe": "always", "paused_until": None}
    assert found["courses_asked_for"] == ["italian"]
    assert {one["about"] for one in found["reminders"]} == {"lesson", "date"}


def test_whoever_is_still_expected_is_not_forgotten_for_being_silent(writer: Writer) -> None:
    """A lesson, an appointment, a date of one's own: each keeps its person until it is over."""

    def course(unit: Unit, whose: int) -> None:
        made = a_course(unit.direct(), unit.vault)
        enrol(unit.direct(), unit.vault, made.id, person_id=whose, now=NOON)

    def meeting(unit: Unit, whose: int) -> None:
        office = an_office(unit.direct())
        an_appointment(unit.direct(), unit.vault, office=office, opening=None, person_id=whose)

    def permit(unit: Unit, whose: int) -> None:
        keep(unit.direct(), unit.vault, whose, DateKind.PERMIT, date(2027, 6, 1))
        plan_person(unit.direct(), unit.vault, whose, NOON)

    def mass(unit: Unit, whose: int) -> None:
        until = later(days=900)
        add(unit.direct(), whose, Subject.MASS, 9, NOON, due=until, until=until, occasion="x")

    reasons: tuple[Callable[[Unit, int], None], ...] = (course, meeting, permit, mass)
    for chat, reason in enumerate(reasons, 1):
        whose = someone(writer, chat=chat).id
        do(writer, lambda unit, r=reason, w=whose: r(unit, w))
        do(writer, lambda unit, w=whose: unit.mark_seen(w, TODAY - timedelta(days=400)))

    def kept(now_days: int) -> list[int]:
        do(writer, lambda unit: retain(unit, later(days=now_days), 180))
        return [chat for chat in range(1, 5) if do(writer, lambda unit, c=chat: unit.person(c))]

    assert [kept(0), kept(2), kept(40), kept(300)] == [[1, 2, 3], [1, 3], [3], []]


def test_of_a_course_that_is_long_over_only_figures_are_left(writer: Writer) -> None:
    """Names, chats and sheets go so many days after the last lesson; how many came stays."""
    whose = someone(writer).id

    def job(unit: Unit) -> Course:
        course = lived(unit, whose)
        (one,) = enrolments(unit.direct(), unit.vault, course.id)
        lesson, *_rest = lessons_of(unit.direct(), course.id)
        mark(unit.direct(), lesson.id, one.id, Presence.PRESENT, 7)
        return course

    course = do(writer, job)
    for days, expected in ((200, "Fatima Z."), (220, "")):
        do(writer, lambda unit, d=days: unit.mark_seen(whose, TODAY + timedelta(days=d)))
        do(writer, lambda unit, d=days: retain(unit, later(days=d), 180))
        (one,) = do(writer, lambda unit: enrolments(unit.reading(), unit.vault, course.id))
        assert one.name == expected
        assert (one.person_id is None, one.state) == (expected == "", PlaceState.ENROLLED)
    tally = looks(writer, left)
    assert {name: tally.get(name, 0) for name in ("attendance", "appointment", "desk_news")} == {
        "attendance": 1,
        "appointment": 0,
        "desk_news": 0,
    }


def test_a_backup_brings_everything_back(
    writer: Writer, database: Database, place: Place, tmp_path: Path
) -> None:
    """Every row of the calendar is in the backup; a message to many that ran waits in the copy."""
    whose = someone(writer).id
    do(writer, lambda unit: lived(unit, whose))
    do(writer, lambda unit: _mass(unit, whose))
    before = looks(writer, left)
    file = tmp_path / "backup"
    back_up(database, file, NOON)
    copy = _restored(place, file, tmp_path)
    with copy.reading() as connection:
        assert left(connection) == before
        assert connection.execute(select(tables.mass.c.state)).scalar() == MassState.STOPPED.value
        is_mass = tables.notice.c.subject == Subject.MASS.value
        state = connection.execute(select(tables.notice.c.state).where(is_mass)).scalar()
        assert state == NoticeState.STOPPED.value
    copy.close()


def test_a_backup_does_not_bring_a_forgotten_person_back(
    writer: Writer, database: Database, place: Place, tmp_path: Path
) -> None:
    """Whoever was forgotten after the backup is in no table of the copy."""
    whose = someone(writer).id
    do(writer, lambda unit: lived(unit, whose))
    file = tmp_path / "backup"
    back_up(database, file, NOON)
    do(writer, lambda unit: forget(unit, whose, NOON))
    copy = _restored(place, file, tmp_path)
    with copy.reading() as connection:
        assert left(connection) == {}
    copy.close()


def _mass(unit: Unit, whose: int) -> None:
    office = an_office(unit.direct(), "PUA Monza")
    unit.direct().execute(
        insert(tables.mass).values(
            id=9,
            office=office,
            kind="free",
            audience="{}",
            words="{}",
            until=later(days=1),
            state=MassState.RUNNING.value,
            created=NOON,
            created_by=7,
        )
    )
    until = later(days=1)
    add(unit.direct(), whose, Subject.MASS, 9, NOON, due=NOON, until=until, occasion="x")


def _restored(place: Place, file: Path, tmp_path: Path) -> Database:
    """The copy, opened."""
    url = default_url(tmp_path / "copy")
    restore(file, url, data=place.data)
    return Database.open(url, data=place.data)


def test_what_hangs_on_a_sheet_goes_with_it_but_for_what_is_the_persons_own(
    connection: Connection, vault: Vault, teacher: Operator, tmp_path: Path
) -> None:
    """A deleted sheet takes the seat of somebody without a chat, which goes to the next; a person
    with a chat keeps her course and her appointment."""
    walk_in = a_contact(connection, vault, teacher)
    hers = a_contact(connection, vault, teacher, person_id=a_person(connection, vault, 1))
    course = a_course(connection, vault, office=teacher.office)
    for contact in (walk_in, hers):
        enrol(connection, vault, course.id, contact_id=contact.id, now=NOON, by_desk=True)
        more = {"office": teacher.office, "opening": None, "contact_id": contact.id}
        an_appointment(connection, vault, operator_id=teacher.id, **more)
    next_one = a_person(connection, vault, 2)
    enrol(connection, vault, course.id, person_id=next_one, now=NOON)
    for contact in (walk_in, hers):
        hand = a_hand(connection, vault, teacher, contact)
        ledger = Ledger(tmp_path / "erased.ledger")
        assert delete_contact(hand, ledger, contact.number, Reason.ASKED)
    found = {one.person_id: one.state for one in enrolments(connection, vault, course.id)}
    assert found == {hers.person_id: PlaceState.ENROLLED, next_one: PlaceState.OFFERED}
    (appointment,) = connection.execute(select(tables.appointment)).all()
    assert (appointment.person_id, appointment.contact_id) == (hers.person_id, None)


def test_a_record_of_the_office_stays_when_the_chat_is_forgotten(
    writer: Writer, database: Database
) -> None:
    """An appointment that a desk gave within its case stays without the chat; one that the person
    booked herself goes, and so does her seat."""
    whose = someone(writer).id

    def job(unit: Unit) -> list[tuple[object, ...]]:
        connection, vault = unit.direct(), unit.vault
        operator = an_operator(connection, an_office(connection))
        contact = a_contact(connection, vault, operator, person_id=whose)
        course = a_course(connection, vault, office=operator.office)
        enrol(connection, vault, course.id, contact_id=contact.id, now=NOON, by_desk=True)
        for by in (operator.id, 0):
            more = {"office": operator.office, "opening": None, "contact_id": contact.id}
            an_appointment(connection, vault, operator_id=by, **more)
        forget(unit, whose, NOON)
        columns = tables.appointment.c
        query = select(columns.created_by == operator.id, columns.person_id, columns.contact_id)
        rows = [tuple(row) for row in connection.execute(query)]
        assert enrolments(connection, vault, course.id) == []
        return [(*row[:2], row[2] == contact.id) for row in rows]

    assert do(writer, job) == [(True, None, True)]


def test_a_chat_that_joins_a_sheet_brings_its_courses_along(
    connection: Connection, vault: Vault, teacher: Operator
) -> None:
    """With the code of the desk, what was written down for the sheet becomes the person's."""
    contact = a_contact(connection, vault, teacher)
    course, other = (a_course(connection, vault, office=teacher.office) for _one in range(2))
    whose = a_person(connection, vault, 1)
    enrol(connection, vault, other.id, person_id=whose, now=NOON)
    for one in (course, other):
        enrol(connection, vault, one.id, contact_id=contact.id, now=NOON, by_desk=True)
    code = make_handover(connection, vault, Whose(contact_id=contact.id), teacher.id, NOON)
    assert take_in_chat(connection, vault, code, whose, NOON) is not None
    assert [one.person_id for one in enrolments(connection, vault, course.id)] == [whose]
    assert [one.person_id for one in enrolments(connection, vault, other.id)] == [whose, None]
    planned = select(func.count()).where(tables.notice.c.person_id == whose)
    assert connection.execute(planned).scalar_one() > 0
