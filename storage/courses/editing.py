"""Changes courses: of two who edit one form neither undoes what the other wrote unseen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, update

from flows.calendar_model import LEVELS, CourseState
from flows.reminding import StepsError, read_steps
from flows.repetition import Repetition, RepetitionError
from flows.text import Text, _
from storage.calendar_schema import course as table
from storage.courses.finding import find_by_ref, find_course
from storage.courses.lessons import follow_rule
from storage.courses.model import Course, CourseForm
from storage.courses.offers import hand_on
from storage.courses.seats import fit
from storage.courses.telling import replan_course, withdraw_offers
from storage.instants import is_zone
from storage.vault import Vault, random_id

MOST_SEATS = 500
MOST_MINUTES = 24 * 60
MOST_HOURS = 14 * 24
MOST_CENTS = 10_000_00
NUMBERS = {
    "seats": (1, MOST_SEATS),
    "minutes": (5, MOST_MINUTES),
    "offer_hours": (1, MOST_HOURS),
    "cost_cents": (0, MOST_CENTS),
}
FIRST, LAST = date(2020, 1, 1), date(2100, 1, 1)
LONGEST = {
    "title": 120,
    "about": 1000,
    "place": 200,
    "how": 500,
    "phone": 40,
    "bring": 300,
    "ref": 200,
}


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of a form: the course, or why not, and every field that is wrong."""

    course: Course | None
    why: Text | None = None
    field: str = ""
    wrong: tuple[tuple[str, Text], ...] = ()


def save_course(
    connection: Connection,
    vault: Vault,
    form: CourseForm,
    *,
    office: str,
    operator_id: int,
    now: datetime,
    course_id: int | None = None,
    version: int | None = None,
) -> Saved:
    """Keep a new course, as a draft, or change the one of an office; its lessons follow the rule.

    `version` is the one that whoever wrote the form has seen: where somebody else changed it since,
    nothing is. Lessons that were moved, cancelled or added by hand stay, and so do those at which
    attendance was taken.
    """
    known = None if course_id is None else find_course(connection, course_id, hold=True)
    if course_id is not None and (known is None or known.office != office):
        return Saved(None, _("This course is not there any more."))
    if known is not None and version is not None and known.version != version:
        return Saved(None, _("Somebody else changed this course meanwhile."), "version")
    found = wrong(form) or _refused(connection, form, office, known)
    if found:
        return Saved(None, found[0][1], found[0][0], found)
    kept = _keep(connection, form, known, office, operator_id, now)
    follow_rule(connection, kept, known)
    hand_on(connection, vault, kept, now)
    replan_course(connection, vault, kept.id, now)
    return Saved(kept)


def wrong(form: CourseForm) -> tuple[tuple[str, Text], ...]:
    """The fields of a form that cannot be taken, and why; none where all is well."""
    found = [] if form.title.strip() else [("title", _("Give it a name."))]
    for name, most in LONGEST.items():
        if len(getattr(form, name)) > most:
            found.append((name, _("At most {most} letters.", most=most)))
    if form.level not in LEVELS:
        found.append(("level", _("There is no such level.")))
    for name, (least, most) in NUMBERS.items():
        if not least <= getattr(form, name) <= most:
            found.append((name, _("A number from {least} to {most}.", least=least, most=most)))
    if not is_zone(form.zone):
        found.append(("zone", _("There is no such time zone.")))
    return (*found, *_wrong_point(form), *_wrong_days(form), *_wrong_steps(form))


def _refused(
    connection: Connection, form: CourseForm, office: str, known: Course | None
) -> tuple[tuple[str, Text], ...]:
    """What is wrong with a form only because of what there is already."""
    if known is not None and not fit(connection, known.id, form.seats):
        return (("seats", _("More people than that have a seat.")),)
    other = find_by_ref(connection, office, form.ref) if form.ref else None
    if other is not None and (known is None or other.id != known.id):
        return (("ref", _("Another course has this reference.")),)
    return ()


def open_course(connection: Connection, vault: Vault, course_id: int, now: datetime) -> bool:
    """Let people see a course and enrol; False where it is cancelled."""
    return _set_state(connection, vault, course_id, CourseState.OPEN, now)


def close_course(connection: Connection, vault: Vault, course_id: int, now: datetime) -> bool:
    """Take nobody new into a course; who is in it stays, and what was offered stays offered."""
    return _set_state(connection, vault, course_id, CourseState.CLOSED, now)


def cancel_course(connection: Connection, vault: Vault, course_id: int, now: datetime) -> bool:
    """Call a course off for good: nobody is reminded of it any more."""
    return _set_state(connection, vault, course_id, CourseState.CANCELLED, now)


def _set_state(
    connection: Connection, vault: Vault, course_id: int, state: CourseState, now: datetime
) -> bool:
    known = find_course(connection, course_id, hold=True)
    if known is None or known.state is CourseState.CANCELLED:
        return False
    values = {"state": state.value, "version": known.version + 1, "changed": now}
    connection.execute(update(table).where(table.c.id == course_id).values(**values))
    kept = _found(connection, course_id)
    if state is CourseState.CANCELLED:
        withdraw_offers(connection, course_id)
    hand_on(connection, vault, kept, now)
    replan_course(connection, vault, course_id, now)
    return True


def _wrong_point(form: CourseForm) -> Iterator[tuple[str, Text]]:
    north, east = form.latitude, form.longitude
    if north is None and east is None:
        return
    if north is None or east is None:
        yield "latitude", _("A place on the map has two numbers.")
    elif not (abs(north) <= 90 and abs(east) <= 180):
        yield "latitude", _("There is no such place on the map.")


def _wrong_days(form: CourseForm) -> Iterator[tuple[str, Text]]:
    if not FIRST <= form.first <= LAST:
        yield "first", _("This day is too far away.")
        return
    try:
        days = Repetition.read(form.rule).days(form.first)
    except RepetitionError as error:
        yield "rule", error.why
        return
    if not FIRST <= days[0] <= days[-1] <= LAST:
        yield "rule", _("This day is too far away.")


def _wrong_steps(form: CourseForm) -> Iterator[tuple[str, Text]]:
    try:
        read_steps(form.steps or "")
    except StepsError:
        yield "steps", _("Write it like this: 7d, 1d, 2h.")


def _keep(
    connection: Connection,
    form: CourseForm,
    known: Course | None,
    office: str,
    operator_id: int,
    now: datetime,
) -> Course:
    values = _values(form) | {"changed": now}
    if known is not None:
        values |= {"version": known.version + 1, "ref": form.ref or known.ref}
        connection.execute(update(table).where(table.c.id == known.id).values(**values))
        return _found(connection, known.id)
    id_ = random_id()
    values |= {
        "id": id_,
        "ref": form.ref or f"{id_:x}",
        "office": office,
        "state": CourseState.DRAFT.value,
        "created_by": operator_id,
    }
    connection.execute(insert(table).values(**values))
    return _found(connection, id_)


def _values(form: CourseForm) -> dict[str, Any]:
    values = {one.name: getattr(form, one.name) for one in fields(CourseForm)}
    values["kind"] = form.kind.value
    values["title"] = form.title.strip()
    values["languages"] = ",".join(form.languages)
    values["starts"] = f"{form.starts:%H:%M}"
    values["rule"] = str(Repetition.read(form.rule))
    return values


def _found(connection: Connection, course_id: int) -> Course:
    found = find_course(connection, course_id)
    assert found is not None
    return found
