"""Gives the seats of a course out and takes them back: never more than there are, none unused.

Whoever changes a seat holds the row of its course until the commit, so two never see the same seat
free; and no two rows of the table can have the same one.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from flows.calendar_model import CourseState, News, Place, PlaceState
from storage.calendar_schema import enrolment as table
from storage.case_schema import contact
from storage.courses.finding import find_course, sealed_name
from storage.courses.model import Course
from storage.courses.offers import hand_on
from storage.courses.offers import offer_free as offer_free
from storage.courses.places import (
    COLUMNS,
    NOWHERE,
    THERE,
    find_row,
    free_seats,
    last_lesson,
    next_turn,
    place_of,
    seated,
)
from storage.courses.telling import replan, tell_office, withdraw_offer
from storage.handoffs.designations import designation_of
from storage.vault import Vault, random_id


def enrol(
    connection: Connection,
    vault: Vault,
    course_id: int,
    *,
    person_id: int | None = None,
    contact_id: int | None = None,
    name: str = "",
    now: datetime,
    by_desk: bool = False,
) -> Place:
    """Take a seat, or a place on the waiting list; who is there already stays as they are.

    Those who wait come first: a seat that is free goes to them before it goes to somebody new. The
    desk also takes people into a course that is not open, somebody it had removed, and somebody of
    whom there is only a name.
    """
    course = find_course(connection, course_id, hold=True)
    if course is None or course.state is CourseState.CANCELLED:
        return NOWHERE
    person_id, contact_id = _who(connection, course, person_id, contact_id)
    row = find_row(connection, course_id, person_id, contact_id)
    if row is not None and PlaceState(row.state) in THERE:
        if not by_desk:
            _wants_it(connection, vault, course, row, now)
        return place_of(connection, course, row)
    if not by_desk and not _takes(connection, course, row, now):
        return NOWHERE
    hand_on(connection, vault, course, now)
    free = free_seats(connection, course)
    if not free and not course.waits:
        return NOWHERE
    values: dict[str, Any] = {
        "person_id": person_id,
        "contact_id": contact_id,
        "state": (PlaceState.ENROLLED if free else PlaceState.WAITING).value,
        "seat": free[0] if free else None,
        "turn": next_turn(connection, course_id),
        "offered_until": None,
        "since": now.date(),
        "by_desk": by_desk,
    }
    kept = _put(connection, vault, course, row, values, name)
    if free:
        replan(connection, vault, course.id, person_id, now)
        if not by_desk:
            tell_office(connection, News.BOOKED, course, kept, now)
    return place_of(connection, course, kept)


def leave(
    connection: Connection, vault: Vault, course_id: int, person_id: int, now: datetime
) -> bool:
    """Give the seat, or the place on the waiting list, back; the seat goes to the next."""
    course = find_course(connection, course_id, hold=True)
    row = None if course is None else find_row(connection, course_id, person_id, None)
    if course is None or row is None or PlaceState(row.state) not in THERE:
        return False
    _free(connection, vault, course, row, PlaceState.LEFT, now)
    if row.state == PlaceState.ENROLLED:
        tell_office(connection, News.CANCELLED, course, row, now)
    return True


def answer_offer(
    connection: Connection,
    vault: Vault,
    course_id: int,
    person_id: int,
    takes: bool,
    now: datetime,
) -> Place:
    """Take the seat that was offered, or let the next one have it; how they stand afterwards."""
    course = find_course(connection, course_id, hold=True)
    row = None if course is None else find_row(connection, course_id, person_id, None)
    if course is None or row is None:
        return NOWHERE
    if takes:
        _wants_it(connection, vault, course, row, now)
    return _answer(connection, vault, course, row, takes, now)


def seat_by_desk(connection: Connection, vault: Vault, enrolment_id: int, now: datetime) -> Place:
    """The desk says that somebody takes the seat that is held for them, or gives them a free one
    whatever their turn; how they stand afterwards."""
    found = _held(connection, enrolment_id)
    if found is None:
        return NOWHERE
    course, row = found
    if row.state == PlaceState.OFFERED:
        return _answer(connection, vault, course, row, True, now)
    free = free_seats(connection, course)
    off = course.state is CourseState.CANCELLED
    if row.state == PlaceState.WAITING and free and not off:
        _change(connection, row, state=PlaceState.ENROLLED.value, seat=free[0])
        replan(connection, vault, course.id, row.person_id, now)
    return place_of(connection, course, _row(connection, row.id))


def remove(connection: Connection, vault: Vault, enrolment_id: int, now: datetime) -> bool:
    """An operator takes somebody out of a course; the seat goes to the next."""
    found = _held(connection, enrolment_id)
    if found is None or PlaceState(found[1].state) not in THERE:
        return False
    _free(connection, vault, *found, PlaceState.REMOVED, now)
    return True


def call(connection: Connection, vault: Vault, course_id: int, person_id: int, name: str) -> bool:
    """Keep the name for the teacher's list; an empty one is deleted."""
    row = find_row(connection, course_id, person_id, None)
    if row is None or PlaceState(row.state) not in THERE:
        return False
    _change(connection, row, body=sealed_name(vault, row.id, name))
    return True


def leave_all(connection: Connection, vault: Vault, person_id: int, now: datetime | None) -> None:
    """Delete what is kept of somebody in every course; what they had goes to the next.

    `now` None: the seats are handed on later.
    """
    query = select(table.c.course_id).where(table.c.person_id == person_id)
    for course_id in sorted(connection.execute(query).scalars()):
        course = find_course(connection, course_id, hold=True)
        assert course is not None
        gone = (table.c.course_id == course_id) & (table.c.person_id == person_id)
        for row in list(connection.execute(select(*COLUMNS).where(gone))):
            withdraw_offer(connection, row)
        connection.execute(delete(table).where(gone))
        if now is not None:
            hand_on(connection, vault, course, now)


def leave_sheet(
    connection: Connection, vault: Vault, contact_id: int, now: datetime | None
) -> None:
    """Delete what is kept of a sheet in every course; what is the person's own stays hers.

    `now` None: the seats are handed on later.
    """
    mine = table.c.contact_id == contact_id
    hers = mine & table.c.person_id.is_not(None)
    connection.execute(update(table).where(hers).values(contact_id=None))
    for course_id in sorted(connection.execute(select(table.c.course_id).where(mine)).scalars()):
        course = find_course(connection, course_id, hold=True)
        assert course is not None
        connection.execute(delete(table).where(mine, table.c.course_id == course_id))
        if now is not None:
            hand_on(connection, vault, course, now)


def fit(connection: Connection, course_id: int, seats: int) -> bool:
    """Make every seat that is held one of the first so many; False where there are more of them,
    and then nothing is changed. The row of the course is held."""
    rows = seated(connection, course_id)
    if len(rows) > seats:
        return False
    taken = {row.seat for row in rows}
    free = iter([seat for seat in range(1, seats + 1) if seat not in taken])
    for row in rows:
        if row.seat > seats:
            _change(connection, row, seat=next(free))
    return True


def _takes(connection: Connection, course: Course, row: Row[Any] | None, now: datetime) -> bool:
    removed = row is not None and row.state == PlaceState.REMOVED
    if removed or course.state is not CourseState.OPEN:
        return False
    return last_lesson(connection, course.id, now) is not None


def _wants_it(
    connection: Connection, vault: Vault, course: Course, row: Row[Any], now: datetime
) -> None:
    """Whoever did it first, the person wants to be there herself: she is reminded of it."""
    if row.by_desk:
        _change(connection, row, by_desk=False)
        replan(connection, vault, course.id, row.person_id, now)


def _who(
    connection: Connection, course: Course, person_id: int | None, contact_id: int | None
) -> tuple[int | None, int | None]:
    """Chat and sheet of the same person, as far as the course's office knows them."""
    query = select(contact.c.id, contact.c.person_id)
    if contact_id is not None:
        known = connection.execute(query.where(contact.c.id == contact_id)).first()
        if known is None:
            return person_id, None
        return known.person_id or person_id, contact_id
    if person_id is not None:
        mine = (contact.c.person_id == person_id) & (contact.c.office == course.office)
        known = connection.execute(query.where(mine)).first()
        return person_id, None if known is None else known.id
    return None, None


def _put(
    connection: Connection,
    vault: Vault,
    course: Course,
    row: Row[Any] | None,
    values: dict[str, Any],
    name: str,
) -> Row[Any]:
    if row is not None:
        values |= _joined(connection, row, values)
        if name:
            values["body"] = sealed_name(vault, row.id, name)
        _change(connection, row, **values)
        return _row(connection, row.id)
    id_ = random_id()
    ids = {key: values[key] for key in ("person_id", "contact_id")}
    words = designation_of(connection, **ids)
    body = sealed_name(vault, id_, name)
    new = {"id": id_, "course_id": course.id, "designation": words, "body": body}
    connection.execute(insert(table).values(**new, **values))
    return _row(connection, id_)


def _joined(connection: Connection, row: Row[Any], values: dict[str, Any]) -> dict[str, Any]:
    """Chat and sheet of a row that there is: what it has stays, and what another row has is not
    said twice."""
    ids = {}
    for key in ("person_id", "contact_id"):
        ids[key] = row._mapping[key]
        if ids[key] is None and values[key] is not None:
            same = (table.c.course_id == row.course_id) & (table.c[key] == values[key])
            if connection.execute(select(table.c.id).where(same)).first() is None:
                ids[key] = values[key]
    return ids


def _answer(
    connection: Connection,
    vault: Vault,
    course: Course,
    row: Row[Any],
    takes: bool,
    now: datetime,
) -> Place:
    if row.state != PlaceState.OFFERED or course.state is CourseState.CANCELLED:
        return place_of(connection, course, row)
    if row.offered_until <= now:
        _free(connection, vault, course, row, PlaceState.LAPSED, now)
        tell_office(connection, News.LAPSED, course, row, now)
    elif takes:
        _change(connection, row, state=PlaceState.ENROLLED.value, offered_until=None)
        withdraw_offer(connection, row)
        replan(connection, vault, course.id, row.person_id, now)
        tell_office(connection, News.BOOKED, course, row, now)
    else:
        _free(connection, vault, course, row, PlaceState.LEFT, now)
    return place_of(connection, course, _row(connection, row.id))


def _free(
    connection: Connection,
    vault: Vault,
    course: Course,
    row: Row[Any],
    state: PlaceState,
    now: datetime,
) -> None:
    """Give back what somebody has, and hand it on in the same transaction."""
    _change(connection, row, state=state.value, seat=None, offered_until=None)
    withdraw_offer(connection, row)
    replan(connection, vault, course.id, row.person_id, now)
    hand_on(connection, vault, course, now)


def _held(connection: Connection, enrolment_id: int) -> tuple[Course, Row[Any]] | None:
    """An enrolment and its course, whose row is held from now on."""
    query = select(table.c.course_id).where(table.c.id == enrolment_id)
    course_id = connection.execute(query).scalar()
    course = None if course_id is None else find_course(connection, course_id, hold=True)
    row = connection.execute(select(*COLUMNS).where(table.c.id == enrolment_id)).first()
    return None if course is None or row is None else (course, row)


def _row(connection: Connection, enrolment_id: int) -> Row[Any]:
    return connection.execute(select(*COLUMNS).where(table.c.id == enrolment_id)).one()


def _change(connection: Connection, row: Row[Any], **values: Any) -> None:
    connection.execute(update(table).where(table.c.id == row.id).values(**values))
