"""Sends a person a calendar file of a course or an appointment of theirs, for her own phone."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from flows.calendar_effects import SendCalendarFile
from flows.calendar_model import AppointmentState, PlaceState, Subject
from flows.effects import Json
from flows.model import Person
from storage.appointments.finding import find_appointment
from storage.appointments.performing import view
from storage.courses.finding import find_course, find_lesson, lessons_of
from storage.courses.performing import id_of
from storage.courses.places import find_row
from storage.feeds import event_of
from storage.ics import IcsEvent, ics
from storage.outbox import Outgoing
from storage.unit import Unit

NAME = "Antenna"
"""All that a file says in its title where somebody else looks at the phone."""


def send_calendar_file(
    unit: Unit,
    person: Person,
    chat_id: int,
    asked: SendCalendarFile,
    now: datetime,
    wash_at: datetime | None,
) -> bool:
    """Send it; False where the thing is not theirs, or is over.

    Of a course it holds every lesson to come. Where somebody else looks at the phone it says when,
    and nothing else, makes no sound, and leaves again.
    """
    connection = unit.direct()
    events: Sequence[IcsEvent] = ()
    if asked.subject is Subject.LESSON:
        events = _lessons(connection, person.id, id_of(asked.id), now)
    elif asked.subject is Subject.APPOINTMENT:
        events = _appointment(unit, person.id, id_of(asked.id), now)
    if not events:
        return False
    if person.careful:
        bare = {"title": NAME, "place": "", "about": "", "point": None}
        events = [replace(one, **bare) for one in events]  # type: ignore[arg-type]
    content = base64.b64encode(ics(events, name=NAME, now=now)).decode()
    upload: Json = {"name": "antenna.ics", "base64": content}
    params: dict[str, Json] = {"chat_id": chat_id, "document": {"upload": upload}}
    if person.careful:
        params["disable_notification"] = True
    unit.send(Outgoing("sendDocument", params, person_id=person.id, wash_at=wash_at))
    return True


def _lessons(
    connection: Connection, person_id: int, lesson_id: int, now: datetime
) -> list[IcsEvent]:
    lesson = find_lesson(connection, lesson_id)
    course = None if lesson is None else find_course(connection, lesson.course_id)
    row = None if course is None else find_row(connection, course.id, person_id, None)
    if course is None or row is None or row.state != PlaceState.ENROLLED:
        return []
    to_come = [one for one in lessons_of(connection, course.id) if one.ends > now]
    return [event_of(one, course, now) for one in to_come]


def _appointment(unit: Unit, person_id: int, id_: int, now: datetime) -> list[IcsEvent]:
    found = find_appointment(unit.direct(), unit.vault, id_)
    if found is None or found.person_id != person_id or found.ends <= now:
        return []
    shown = view(unit.direct(), found)
    about = "\n\n".join(part for part in (shown.how, shown.bring, shown.phone) if part)
    return [
        IcsEvent(
            f"appointment-{found.id}@antenna",
            found.local,
            found.local + timedelta(minutes=found.minutes),
            found.zone,
            shown.what or shown.organisation,
            now,
            place=shown.place,
            about=about,
            point=shown.point,
            cancelled=found.state is AppointmentState.CANCELLED,
        )
    ]
