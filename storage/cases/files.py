"""A whole case as somebody reads it, and its story in the order of the days."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, select

from flows.case_model import Bed, EndReason, Purpose, Stage
from storage.appointments.finding import of_contact
from storage.case_schema import case_file, case_step
from storage.cases import sheets
from storage.cases.choices import find_choices, find_flags
from storage.cases.model import Charge, Contact, File, Step, unpacked
from storage.cases.plan import find_actions, find_outcomes
from storage.cases.tasks import find_tasks
from storage.handoff_schema import handoff
from storage.vault import Vault


def load_file(connection: Connection, vault: Vault, contact: Contact) -> File:
    """Everything that is kept of a case."""
    id_ = contact.id
    return File(
        contact,
        sheets.shown(sheets.load(connection, vault, id_)),
        find_charge(connection, vault, id_),
        _steps(connection, vault, id_),
        find_choices(connection, id_),
        find_actions(connection, vault, id_),
        find_outcomes(connection, vault, id_),
        find_flags(connection, vault, id_),
        find_tasks(connection, vault, id_),
        _handoff_id(connection, contact.person_id),
        appointments=of_contact(connection, vault, id_),
    )


def load_shared(connection: Connection, vault: Vault, contact: Contact, office: str) -> File:
    """What an organisation sees of a case that is another's, because the person agreed.

    What it needs to meet them and to do its part: how to reach them, what is needed, the choices
    that name it, and the steps of the plan that are its own. Papers, signs, risks, story, outcomes
    and colleagues' tasks stay with the office.
    """
    id_ = contact.id
    few = sheets.shown(sheets.load(connection, vault, id_), sheets.shared_fields())
    choices = find_choices(connection, id_)
    actions = find_actions(connection, vault, id_)
    return File(
        shared(contact),
        few,
        None,
        choices=tuple(one for one in choices if one.office == office),
        actions=tuple(one for one in actions if one.provider == office),
        partial=True,
    )


def shared(contact: Contact) -> Contact:
    """A contact as another organisation sees it, where the person agreed."""
    return replace(contact, person_id=None, age="", level=None, irregular=False)


def find_charge(connection: Connection, vault: Vault, contact_id: int) -> Charge | None:
    """The taking in charge of a contact, where there is one."""
    row = connection.execute(select(case_file).where(case_file.c.contact_id == contact_id)).first()
    if row is None:
        return None
    words = unpacked(vault.open_case(bytes(row.body), "file", contact_id))
    return Charge(
        row.taken,
        row.taken_by,
        row.review,
        row.concluded,
        EndReason(row.reason) if row.reason else None,
        words.get("goals", ""),
        words.get("rules", ""),
        words.get("risk", ""),
    )


def _steps(connection: Connection, vault: Vault, contact_id: int) -> tuple[Step, ...]:
    query = select(case_step).where(case_step.c.contact_id == contact_id)
    rows = connection.execute(query.order_by(case_step.c.at, case_step.c.id))
    return tuple(_step(row, vault) for row in rows)


def _step(row: Any, vault: Vault) -> Step:
    words = unpacked(vault.open_case(bytes(row.why), "step", row.id))
    bed = words.get("bed")
    return Step(
        row.id,
        Stage(row.before),
        Stage(row.after),
        row.at,
        row.operator_id,
        words.get("why", ""),
        None if bed is None else Bed("" if bed == "none" else bed),
    )


def _handoff_id(connection: Connection, person_id: int | None) -> int | None:
    if person_id is None:
        return None
    query = select(handoff.c.id).where(handoff.c.person_id == person_id)
    return connection.execute(query).scalar()


class Kind(StrEnum):
    """What a moment of the story is."""

    OPENED = "opened"
    STAGE = "stage"
    BED = "bed"
    CHOICE = "choice"
    REVOKED = "revoked"
    PLANNED = "planned"
    DELIVERED = "delivered"
    OUTCOME = "outcome"
    FLAG = "flag"
    FLAG_ENDED = "flag-ended"
    TASK_DONE = "task-done"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment: on which day, at which time where that is known, who, and a code with words.

    `code` is a value of `flows.case_model`: of a stage the new one, of a step its service; of an
    appointment its state.
    """

    day: date
    at: datetime | None
    kind: Kind
    operator_id: int | None
    code: str
    words: str = field(default="", repr=False)


def timeline(file: File) -> list[Moment]:
    """The story of a case, the newest moment first."""
    found = [*_of_stages(file), *_of_choices(file), *_of_plan(file), *_of_cares(file)]
    found += _of_meetings(file)
    contact = file.contact
    found.append(
        Moment(contact.opened, None, Kind.OPENED, contact.created_by, contact.source.value)
    )
    return sorted(found, key=_when, reverse=True)


def _of_stages(file: File) -> list[Moment]:
    return [
        Moment(
            step.at.date(),
            step.at,
            Kind.STAGE if step.bed is None else Kind.BED,
            step.operator_id,
            step.after.value if step.bed is None else step.bed.value,
            step.why,
        )
        for step in file.steps
    ]


def _of_choices(file: File) -> list[Moment]:
    found = []
    for one in file.choices:
        code = one.purpose.value if one.purpose is not Purpose.SHARE else f"share:{one.office}"
        words = "yes" if one.given else "no"
        found.append(Moment(one.at.date(), one.at, Kind.CHOICE, one.operator_id, code, words))
        if one.revoked is not None:
            day = one.revoked.date()
            found.append(Moment(day, one.revoked, Kind.REVOKED, None, code))
    return found


def _of_plan(file: File) -> list[Moment]:
    found = []
    for one in file.actions:
        code = one.service.value
        found.append(Moment(one.created, None, Kind.PLANNED, one.created_by, code, one.what))
        if one.done is not None:
            found.append(Moment(one.done, None, Kind.DELIVERED, None, code, one.what))
    return found + [
        Moment(one.day, None, Kind.OUTCOME, one.operator_id, one.code.value, one.words)
        for one in file.outcomes
    ]


def _of_cares(file: File) -> list[Moment]:
    found = []
    for one in file.flags:
        code = one.kind.value
        found.append(Moment(one.since, None, Kind.FLAG, one.operator_id, code, one.words))
        if one.ended is not None:
            found.append(Moment(one.ended, None, Kind.FLAG_ENDED, None, code))
    return found + [
        Moment(one.done.date(), one.done, Kind.TASK_DONE, one.owner, "", one.words)
        for one in file.tasks
        if one.done is not None
    ]


def _of_meetings(file: File) -> list[Moment]:
    """Appointments of which something came, at the moment they were for."""
    return [
        Moment(one.day, one.starts, Kind.MEETING, one.operator_id, one.state.value, one.words.what)
        for one in file.appointments
        if not one.is_booked
    ]


def _when(moment: Moment) -> tuple[datetime, bool]:
    # What has only a day stands where the day begins, the opening before everything of its day.
    at = moment.at or datetime.combine(moment.day, time(), UTC)
    return at, moment.kind is not Kind.OPENED
