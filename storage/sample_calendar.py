"""Made-up courses and hours for appointments of the demo's two desks, and who came to them.

The addresses are no addresses, and say so: nobody shall go there.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection, select, update

from flows.calendar_model import CourseKind, Presence
from storage.appointments.booking import book
from storage.appointments.model import Opening
from storage.appointments.openings import free_slots, save_opening
from storage.calendar_schema import course as courses
from storage.case_schema import contact
from storage.cases.contacts import need_of
from storage.courses.attending import complete, mark
from storage.courses.editing import open_course, save_course
from storage.courses.finding import enrolments, lessons_of
from storage.courses.model import Course, CourseForm
from storage.courses.seats import enrol
from storage.desks import Desk, all_desks
from storage.schema import operator
from storage.vault import Vault

SEED = 20_07
OPERATOR = 0
HOLIDAYS = "skip holidays"
BUSY = 14
"""So many have an appointment at a desk with a sample."""


@dataclass(frozen=True, slots=True)
class _Sample:
    """A course of the demo: how many days after the first Monday it begins, and its form."""

    territory: str
    after: int
    form: CourseForm


def _course(territory: str, after: int, title: str, kind: CourseKind, **more: object) -> _Sample:
    form = CourseForm(title=title, kind=kind, first=date(2026, 1, 1), starts=time(9))
    return _Sample(territory, after, replace(form, **more))  # type: ignore[arg-type]


COURSES = (
    _course(
        "Desio",
        1,
        "Italiano A1, la sera",
        CourseKind.ITALIAN,
        level="A1",
        starts=time(18, 30),
        rule=f"weekly tue,thu times 20 {HOLIDAYS}",
        languages=("it", "ar", "bn"),
        seats=18,
        bring="Un quaderno e una penna. Un documento, se c’è.",
        about="Per chi legge e scrive un po’. Si entra anche a corso iniziato.",
    ),
    _course(
        "Carate Brianza",
        0,
        "Italiano per donne, con i bambini",
        CourseKind.ITALIAN,
        level="A0",
        starts=time(9, 30),
        minutes=90,
        rule=f"weekly mon,wed,fri times 30 {HOLIDAYS}",
        seats=12,
        women_only=True,
        childcare=True,
        about="Da zero, con una maestra. I bambini giocano nella stanza accanto.",
    ),
    _course(
        "Carate Brianza",
        5,
        "Sicurezza sul lavoro, base e rischio basso",
        CourseKind.SAFETY,
        starts=time(9),
        minutes=240,
        rule="weekly sat times 2",
        seats=20,
        languages=("it", "en", "fr"),
        bring="Un documento.",
    ),
    _course(
        "Desio",
        12,
        "Patentino del muletto",
        CourseKind.FORKLIFT,
        starts=time(8, 30),
        minutes=360,
        rule="weekly sat times 2",
        seats=8,
        bring="Scarpe chiuse, e il documento.",
    ),
    _course(
        "Desio",
        9,
        "Scrivere il CV insieme",
        CourseKind.WORKSHOP,
        starts=time(14, 30),
        minutes=120,
        seats=6,
        rule="every 2 weeks times 4",
    ),
    _course(
        "Carate Brianza",
        17,
        "Giornata lavoro: incontrare le aziende",
        CourseKind.JOB_DAY,
        starts=time(10),
        minutes=180,
        seats=60,
        waits=False,
    ),
)
ENDED = _course(
    "Desio",
    -70,
    "Italiano A2, finito",
    CourseKind.ITALIAN,
    level="A2",
    starts=time(18, 30),
    rule=f"weekly mon,wed times 16 {HOLIDAYS}",
    seats=15,
)
POINTS: Mapping[str, tuple[float, float]] = {
    "Desio": (45.62, 9.21),
    "Carate Brianza": (45.67, 9.24),
}
"""The towns, to a kilometre."""

MADE_UP = "È un esempio: qui non c’è nessun indirizzo vero."

SLOTS = {
    "Desio": "mon-fri 09:00-12:00; tue 15:00-18:00",
    "Carate Brianza": "mon-wed 09:30-12:30; sat 09:00-11:00",
}


def add_calendar(
    connection: Connection, vault: Vault, desk: Desk, office: str, now: datetime
) -> None:
    """Give a desk of the demo its courses and its hours for appointments."""
    monday = now.date() + timedelta(days=7 - now.date().weekday())
    for sample in COURSES:
        if sample.territory == desk.territory:
            _add(connection, vault, sample, desk, office, monday, now)
    opening = Opening(office, desk.key, SLOTS[desk.territory], now.date(), 30)
    save_opening(connection, replace(opening, bring="Le carte che ha, anche se non sono tutte."))


def go_to_school(
    connection: Connection, vault: Vault, territory: str, office: str, today: date
) -> None:
    """Where there is a desk, some people of the sample were in a course that is over by now."""
    now = datetime.combine(today, time(12), UTC)
    for desk in all_desks(connection):
        if desk.territory == territory:
            _add_past_course(connection, vault, desk, office, now)
            _fill_days(connection, vault, desk, office, now)


def _fill_days(
    connection: Connection, vault: Vault, desk: Desk, office: str, now: datetime
) -> None:
    """Some people of the sample come to the desk in the next days; nobody is written to."""
    books = connection.execute(select(operator.c.id).where(operator.c.office == office)).scalar()
    if books is None:
        return
    query = select(contact).where(contact.c.office == office, contact.c.sample)
    people = connection.execute(query.order_by(contact.c.number.desc()).limit(BUSY)).all()
    free = free_slots(connection, desk.key, None, now, for_operator=True)
    times = [one for one in free if one.opening.office == office][::2]
    for one, slot in zip(people, times, strict=False):
        book(
            connection,
            vault,
            opening=slot.opening,
            day=slot.starts.date(),
            at=slot.starts.time(),
            now=now,
            contact_id=one.id,
            need=need_of(one.need),
            operator_id=books,
        )


def _add_past_course(
    connection: Connection, vault: Vault, desk: Desk, office: str, now: datetime
) -> None:
    chance = random.Random(SEED)  # noqa: S311 - the same every time is what it is for
    monday = now.date() - timedelta(days=now.date().weekday())
    begun = now - timedelta(days=80)
    course = _add(connection, vault, ENDED, desk, office, monday, begun)
    query = select(contact.c.id).where(contact.c.office == office, contact.c.sample)
    found = list(connection.execute(query.order_by(contact.c.number).limit(40)).scalars())
    for one in chance.sample(found, min(len(found), course.seats)):
        enrol(connection, vault, course.id, contact_id=one, now=begun, by_desk=True)
    for one in enrolments(connection, vault, course.id):
        diligence = chance.choice((0.95, 0.9, 0.8, 0.45))
        for lesson in lessons_of(connection, course.id):
            if lesson.ends < now:
                was = Presence.PRESENT if chance.random() < diligence else Presence.ABSENT
                mark(connection, lesson.id, one.id, was, OPERATOR)
        if diligence > 0.5:
            complete(connection, vault, one.id, now.date(), OPERATOR, now)


def _add(
    connection: Connection,
    vault: Vault,
    sample: _Sample,
    desk: Desk,
    office: str,
    monday: date,
    now: datetime,
) -> Course:
    latitude, longitude = POINTS[desk.territory]
    form = replace(
        sample.form,
        first=monday + timedelta(days=sample.after),
        desk=desk.key,
        place=f"{desk.name}, aula di esempio",
        how=MADE_UP,
        latitude=latitude,
        longitude=longitude,
    )
    saved = save_course(connection, vault, form, office=office, operator_id=OPERATOR, now=now)
    if saved.course is None:
        raise RuntimeError(f"The demo's course {form.title!r} cannot be kept: {saved.field}.")
    open_course(connection, vault, saved.course.id, now)
    made = update(courses).where(courses.c.id == saved.course.id).values(sample=True)
    connection.execute(made)
    return saved.course
