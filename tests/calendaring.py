"""Courses, appointments, dates and reminders as a test plays them: what their effects give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flows.effects import Effect, Json
from tests.serving import FOUND

FIRST = "2026-12-03T14:30:00"  # a Thursday
LAST = "2026-12-03T16:30:00"


def a_lesson(lesson_id: str = "l1", **changes: Any) -> Json:
    """A lesson to come; what matters is given by name."""
    given: dict[str, Any] = {
        "id": lesson_id,
        "starts": FIRST,
        "ends": LAST,
        "state": "planned",
        "place": "",
        "was": None,
        "reply": "",
    }
    return {**given, **changes}


def a_course(course_id: str = "c1", **changes: Any) -> Json:
    """An open Italian course with free seats, of which the person is not."""
    given: dict[str, Any] = {
        "id": course_id,
        "kind": "italian",
        "level": "A1",
        "title": "Italian A1, evening",
        "about": "",
        "organisation": "CPIA Monza",
        "desk": "PUA Desio",
        "place": "Via Rossi 1, Desio",
        "how": "Bus z250, stop Station.",
        "point": [45.62, 9.21],
        "phone": "039 123",
        "languages": ["it", "en"],
        "cost_cents": 0,
        "seats": 20,
        "free": 4,
        "waiting": 0,
        "waits": True,
        "women_only": False,
        "childcare": False,
        "bring": "A pen.",
        "state": "open",
        "lessons": [a_lesson()],
        "count": 20,
        "mine": {"state": "nowhere", "turn": 0, "until": None},
    }
    return {**given, **changes}


def a_line(course_id: str = "c1", **changes: Any) -> Json:
    """The same course in a list."""
    given: dict[str, Any] = {
        "id": course_id,
        "kind": "italian",
        "level": "A1",
        "title": "Italian A1, evening",
        "starts": FIRST,
        "place": "Via Rossi 1, Desio",
        "km": None,
        "free": 4,
        "waiting": 0,
    }
    return {**given, **changes}


def an_appointment(appointment_id: str = "a1", **changes: Any) -> Json:
    """An appointment at a desk that she may move herself; what matters is given by name."""
    given: dict[str, Any] = {
        "id": appointment_id,
        "need": "papers",
        "what": "",
        "starts": FIRST,
        "ends": "2026-12-03T15:00:00",
        "organisation": "PUA Desio",
        "desk": "desio",
        "place": "Via Rossi 1, Desio",
        "how": "",
        "point": [45.62, 9.21],
        "phone": "039 123",
        "bring": "Your permit.",
        "state": "booked",
        "reply": "",
        "online": True,
    }
    return {**given, **changes}


def an_item(subject: str = "lesson", item_id: str = "l1", **changes: Any) -> Json:
    """Something in *my calendar*; what matters is given by name."""
    given: dict[str, Any] = {
        "subject": subject,
        "id": item_id,
        "course": "c1" if subject == "lesson" else "",
        "title": "Italian A1, evening" if subject == "lesson" else "",
        "need": None if subject == "lesson" else "papers",
        "starts": FIRST,
        "place": "Via Rossi 1, Desio",
        "reply": "",
        "moved": False,
    }
    return {**given, **changes}


def a_slot(starts: str = FIRST, opening: str = "o1") -> Json:
    """A free time of half an hour."""
    return {"opening": opening, "starts": starts, "ends": starts[:11] + "23:00:00"}


def a_date(kind: str = "permit", day: str = "2027-03-31", **changes: Any) -> Json:
    """A date of the person's own."""
    return {"id": "d1", "kind": kind, "day": day, "reminded": "2026-12-31", **changes}


def a_notice(subject: str = "lesson", subject_id: str = "l1", **changes: Any) -> Json:
    """What a reminder was about."""
    given: dict[str, Any] = {
        "id": "12",
        "subject": subject,
        "subject_id": subject_id,
        "step": "1d",
        "is_over": False,
        "kind": None,
        "event": FIRST,
        "now": "2026-12-02T14:30:00",
        "course": "",
    }
    return {**given, **changes}


PLACE: Json = {"state": "enrolled", "turn": 0, "until": None}
GIVEN: dict[str, Json] = {
    **FOUND,
    "FindShelves": [
        {"kind": "italian", "courses": 1, "asked": False},
        {"kind": "safety", "courses": 0, "asked": False},
    ],
    "FindTowns": [],
    "FindCourses": [a_line()],
    "FindCourse": a_course(),
    "Enrol": PLACE,
    "AnswerOffer": PLACE,
    "FindMyCalendar": [an_item(), an_item("appointment", "a1")],
    "FindBookable": [
        {"desk": "desio", "name": "PUA Desio", "needs": ["papers", "work"]},
        {"desk": "carate", "name": "PUA Carate", "needs": []},
    ],
    "FindSlots": [a_slot(), a_slot("2026-12-03T15:00:00"), a_slot("2026-12-04T09:00:00")],
    "BookSlot": "a1",
    "FindAppointment": an_appointment(),
    "FindNotice": a_notice(),
    "FindMass": None,
    "Snooze": "2026-12-02T15:30:00",
    "KeepDate": "d1",
    "FindMyDates": [a_date()],
    "FindWishes": {"steps": None, "safe": "always", "paused_until": None},
}
"""What each effect gives where a test says nothing else; all others are done."""


def calendared(effect: Effect[object], calendar: Mapping[str, Json]) -> tuple[Json] | None:
    """What the storage of courses and appointments gives; None: it is not its own effect."""
    name = type(effect).__name__
    if name in calendar:
        return (calendar[name],)
    return (GIVEN[name],) if name in GIVEN else None
