"""By which two words an office calls somebody who comes to a course or an appointment."""

from __future__ import annotations

from sqlalchemy import Connection, Select, Table, select, union_all

from storage.calendar_schema import appointment, course, enrolment
from storage.case_schema import contact
from storage.handoff_schema import handoff
from storage.handoffs.designations import TRIES, designation


def designation_for(
    connection: Connection, office: str, person_id: int | None, contact_id: int | None
) -> str:
    """The words by which the office knows them from a sheet, a conversation, a course or an
    appointment; otherwise new ones. Another office's words for them are not told."""
    known = _known(connection, office, person_id, contact_id)
    return _new(connection, office) if known is None else known


def _known(
    connection: Connection, office: str, person_id: int | None, contact_id: int | None
) -> str | None:
    if contact_id is not None:
        query = select(contact.c.designation).where(contact.c.id == contact_id)
        row = connection.execute(query).first()
        return None if row is None else str(row.designation)
    if person_id is None:
        return None
    came = _of_office(office)
    ways = (
        select(contact.c.designation).where(
            contact.c.person_id == person_id, contact.c.office == office
        ),
        select(handoff.c.designation).where(
            handoff.c.person_id == person_id, handoff.c.office.in_(("", office))
        ),
        *(query.where(table.c.person_id == person_id) for table, query in came),
    )
    for query in ways:
        row = connection.execute(query.limit(1)).first()
        if row is not None:
            return str(row.designation)
    return None


def _new(connection: Connection, office: str) -> str:
    came = [query for _table, query in _of_office(office)]
    taken = union_all(*came).subquery()
    for _attempt in range(TRIES):
        words = designation(connection)
        query = select(taken.c.designation).where(taken.c.designation == words)
        if connection.execute(query.limit(1)).first() is None:
            break
    return words


def _of_office(office: str) -> tuple[tuple[Table, Select[tuple[str]]], ...]:
    courses = select(enrolment.c.designation).join(course, course.c.id == enrolment.c.course_id)
    meetings = select(appointment.c.designation).where(appointment.c.office == office)
    return ((enrolment, courses.where(course.c.office == office)), (appointment, meetings))
