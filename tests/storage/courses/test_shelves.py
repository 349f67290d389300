"""What kinds of courses there are, and where: what somebody is asked first."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from flows.calendar_effects import FindShelves, FindTowns, SendPin
from flows.calendar_model import CourseKind, Shelf, Town
from storage.calendar_schema import course, interest, lesson
from storage.desks import Desk, save_desk
from storage.effects import perform
from storage.schema import office
from storage.unit import Unit
from storage.writer import Writer
from tests.storage.factories import CHAT, NOON, TODAY, do, someone

LATER = NOON + timedelta(days=3)


def a_course(
    unit: Unit,
    course_id: int,
    kind: str = "italian",
    *,
    desk: str = "desio",
    state: str = "open",
    lesson_state: str = "planned",
    starts: datetime = LATER,
    point: tuple[float, float] | None = None,
) -> None:
    """A course with one lesson."""
    unit.direct().execute(
        insert(course).values(
            id=course_id,
            ref=str(course_id),
            office="cgil",
            desk=desk,
            kind=kind,
            title="Corso",
            latitude=point and point[0],
            longitude=point and point[1],
            seats=5,
            first=TODAY,
            starts="18:30",
            minutes=90,
            state=state,
            changed=NOON,
            created_by=1,
        )
    )
    unit.direct().execute(
        insert(lesson).values(
            id=course_id,
            course_id=course_id,
            planned="2026-11-25T18:30",
            day=starts.date(),
            time="18:30",
            minutes=90,
            starts=starts,
            ends=starts + timedelta(minutes=90),
            state=lesson_state,
        )
    )


def an_office(unit: Unit) -> None:
    """Whose courses they are."""
    cgil = insert(office).values(key="cgil", name="CGIL", duty=False, created=TODAY)
    unit.direct().execute(cgil)


def asked(writer: Writer, effect: Any, *, careful: bool = False) -> tuple[Any, list[Any]]:
    """What somebody gets for an effect, and what is sent for it."""

    def job(unit: Unit) -> tuple[Any, list[Any]]:
        person = unit.person(CHAT)
        assert person is not None
        if careful:
            object.__setattr__(person, "careful", True)
        value, _person = perform(unit, person, CHAT, effect, NOON, file_wash_at=LATER)
        return effect.read(value), unit.sent

    found: tuple[Any, list[Any]] = do(writer, job)
    return found


def test_every_kind_has_its_shelf(writer: Writer) -> None:
    """Open courses with a lesson to come are counted by kind; others are not there."""
    person = someone(writer)

    def job(unit: Unit) -> None:
        an_office(unit)
        a_course(unit, 1)
        a_course(unit, 2)
        a_course(unit, 3, "safety")
        a_course(unit, 4, "forklift", state="draft")
        a_course(unit, 5, "workshop", lesson_state="cancelled")
        a_course(unit, 6, "job_day", starts=NOON - timedelta(days=1))
        unit.direct().execute(insert(interest).values(person_id=person.id, kind="forklift"))

    do(writer, job)
    assert asked(writer, FindShelves())[0] == (
        Shelf(CourseKind.ITALIAN, 2),
        Shelf(CourseKind.SAFETY, 1),
        Shelf(CourseKind.FORKLIFT, 0, asked=True),
        Shelf(CourseKind.TRAINING, 0),
        Shelf(CourseKind.WORKSHOP, 0),
        Shelf(CourseKind.JOB_DAY, 0),
        Shelf(CourseKind.OTHER, 0),
    )


def test_towns_are_where_courses_are(writer: Writer) -> None:
    """A town stands once, by the place of its desk, or of a course there."""
    someone(writer)
    places = {
        "desio": ("PUA Desio", "Desio", 45.62, 9.21),
        "desio2": ("Biblioteca", "Desio", 45.63, 9.2),
        "seregno": ("Casa", "", 45.65, 9.2),
        "monza": ("PUA Monza", "Monza", 45.58, 9.27),
        "carate": ("PUA Carate", "Carate", None, None),
        "giussano": ("PUA Giussano", "Giussano", None, None),
    }

    def job(unit: Unit) -> None:
        an_office(unit)
        for number, (key, (name, territory, latitude, longitude)) in enumerate(places.items()):
            desk = Desk(key, name, territory, True, TODAY, latitude=latitude, longitude=longitude)
            save_desk(unit.direct(), desk)
            state = "closed" if key == "monza" else "open"
            point = (45.69, 9.21) if key == "giussano" else (1.0, 2.0) if key == "seregno" else None
            a_course(unit, number, desk=key, state=state, point=point)

    do(writer, job)
    assert asked(writer, FindTowns())[0] == (
        Town("Casa", (45.65, 9.2)),
        Town("Desio", (45.63, 9.2)),
        Town("Giussano", (45.69, 9.21)),
    )


def test_a_place_is_sent_as_a_pin(writer: Writer) -> None:
    """It opens on every phone's own map; where others look it comes silently, and leaves again."""
    person = someone(writer)
    pin = SendPin("Italiano A1", "Via Rossi 1, Desio", (45.62, 9.21))
    venue = {
        "chat_id": CHAT,
        "latitude": 45.62,
        "longitude": 9.21,
        "title": "Italiano A1",
        "address": "Via Rossi 1, Desio",
    }
    done, (row,) = asked(writer, pin)
    assert (done, row.method, dict(row.params)) == (True, "sendVenue", venue)
    assert (row.person_id, row.wash_at) == (person.id, LATER)
    _done, (row,) = asked(writer, pin, careful=True)
    assert dict(row.params) == {**venue, "disable_notification": True}
