"""Hands what a conversation asks of courses, appointments, dates and reminders to who does it."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from flows import calendar_effects as asked
from flows.calendar_effects import CalendarEffect
from flows.effects import Json
from flows.model import Person
from flows.plain import plain
from storage.appointments.performing import perform_appointments
from storage.calendar_files import send_calendar_file
from storage.courses.performing import perform_courses
from storage.courses.shelves import find_towns, shelves_of
from storage.dates.performing import perform_dates
from storage.mass.performing import perform_mass
from storage.notices.performing import perform_notices
from storage.pins import send_pin
from storage.unit import Unit

LOOKS = (  # only look: nothing has to be written before them
    asked.FindShelves,
    asked.FindTowns,
    asked.FindCourses,
    asked.FindCourse,
    asked.FindMyCalendar,
    asked.FindBookable,
    asked.FindSlots,
    asked.FindAppointment,
    asked.FindNotice,
    asked.FindMass,
    asked.FindMyDates,
    asked.FindWishes,
)


def perform_calendar(
    unit: Unit,
    person: Person,
    chat_id: int,
    effect: CalendarEffect,
    now: datetime,
    *,
    wash_at: datetime | None = None,
) -> Json:
    """Carry out one of these effects in the transaction of its turn; its result for the log.

    `wash_at` is when what is sent leaves the chat again.
    """
    connection = unit.reading() if isinstance(effect, LOOKS) else unit.direct()
    match effect:
        case asked.FindShelves():
            return plain(shelves_of(connection, person.id, now))
        case asked.FindTowns():
            return plain(find_towns(connection, now))
        case asked.SendPin():
            return send_pin(unit, person, chat_id, effect, wash_at)
        case (
            asked.FindCourses()
            | asked.FindCourse()
            | asked.Enrol()
            | asked.CallMe()
            | asked.LeaveCourse()
            | asked.AnswerOffer()
            | asked.AskForCourses()
            | asked.FindMyCalendar()
        ):
            return perform_courses(connection, unit.vault, person, effect, now)
        case (
            asked.FindBookable()
            | asked.FindSlots()
            | asked.BookSlot()
            | asked.FindAppointment()
            | asked.MoveAppointment()
            | asked.CancelAppointment()
            | asked.GiveReply()
        ):
            return perform_appointments(connection, unit.vault, person, effect, now)
        case asked.KeepDate() | asked.FindMyDates() | asked.DropDate():
            return perform_dates(connection, unit.vault, person, effect, now)
        case asked.FindNotice() | asked.Snooze() | asked.FindWishes() | asked.KeepWishes():
            return perform_notices(connection, unit.vault, person, effect, now)
        case asked.FindMass():
            return perform_mass(connection, person, effect)
        case asked.SendCalendarFile():
            return send_calendar_file(unit, person, chat_id, effect, now, wash_at)
        case _:
            assert_never(effect)
