"""A console on a Monday morning: a desk that gives times, people who come, and a lesson."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from flows.calendar_model import AppointmentState, News, Reply, Subject
from flows.handoff_model import Asked, Need
from flows.model import Person
from storage.appointments.booking import book
from storage.appointments.finding import between, find_appointment
from storage.appointments.model import Appointment, Body, Opening
from storage.appointments.openings import save_opening
from storage.appointments.replying import reply
from storage.audit import find_entries
from storage.calendar_schema import attendance
from storage.cases.model import Contact
from storage.courses.finding import lessons_of
from storage.courses.model import Course, Lesson
from storage.courses.seats import enrol
from storage.database import Connection
from storage.desk_news import tell_desk
from storage.desks import Desk, all_desks, save_desk
from storage.handoffs import Handoff
from storage.handoffs.asking import ask
from storage.operators import Role
from tests.bot.console.house import Browser, Console, Reader
from tests.storage.cases.desk import a_contact
from tests.storage.courses.school import a_course, a_person

MORNING = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
"""Half past eight in Italy, a Monday."""
UNSAID = ("signed in", "contact opened")
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
NINE, HALF, TEN = time(9), time(9, 30), time(10)


class Counter(Console):
    """A console with a desk in Desio where Anna and Bruno work, and one in Carate with Carla."""

    def __init__(self, folder: Path, **more: Any) -> None:
        super().__init__(folder, **more)
        self.clock.at = MORNING
        self.chats = 600_000
        self.desio, self.carate = self.office("PUA Desio"), self.office("PUA Carate")
        for key, name, office in (
            ("desio", "PUA Desio", self.desio),
            ("carate", "PUA Carate", self.carate),
        ):
            desk = Desk(key, name, name[4:], True, MONDAY, office=office, talks=True)
            hours = "lun-ven 09:00-12:30"
            self.do(
                lambda c, desk=desk, hours=hours: save_desk(
                    c, replace(desk, hours=hours, place="Via Roma 1")
                )
            )
        self.anna = self.reader("Anna Colombo", Role.OPERATOR, self.desio)
        self.bruno = self.reader("Bruno Riva", Role.OPERATOR, self.desio)
        self.carla = self.reader("Carla Villa", Role.OPERATOR, self.carate)

    def desk(self, key: str = "desio") -> Desk:
        """A desk as it is kept."""
        return next(one for one in self.look(all_desks) if one.key == key)

    def opens(self, office: str = "", **more: Any) -> Opening:
        """An opening of the desk in Desio: working days, half an hour each."""
        given: dict[str, Any] = {"hours": "mon-fri 09:00-11:00", "first": MONDAY, "minutes": 30}
        given |= {"desk": "desio", "bring": "Passaporto"} | more
        made = self.do(lambda c: save_opening(c, Opening(office=office or self.desio, **given)))
        assert isinstance(made, Opening)
        return made

    def person(self, language: str = "ar") -> int:
        """Somebody who wrote to the bot."""
        self.chats += 1
        vault, chat = self.database.vault, self.chats
        return int(self.do(lambda c: a_person(c, vault, chat, language)))

    def asks(self, person_id: int, need: Need = Need.PAY) -> Handoff:
        """A conversation of somebody with the desk in Desio."""
        vault, now = self.database.vault, self.clock.now()

        def begin(connection: Connection) -> Handoff | None:
            person = replace(Person(person_id, "ar", since=MONDAY), welcomed=True)
            return ask(connection, vault, person, Asked(need=need, desk="desio"), now)

        found = self.do(begin)
        assert isinstance(found, Handoff)
        return found

    def sheet(self, reader: Reader) -> Contact:
        """A sheet that somebody opened at the desk: its person has no chat."""
        vault = self.database.vault
        made = self.do(lambda c: a_contact(c, vault, reader.operator, owner=reader.operator.id))
        assert isinstance(made, Contact)
        return made

    def kept(self, id_: int) -> Appointment:
        """An appointment as it is now."""
        vault = self.database.vault
        found = self.look(lambda c: find_appointment(c, vault, id_))
        assert isinstance(found, Appointment)
        return found

    def all(self) -> list[Appointment]:
        """Every appointment of the office in Desio, also those that were cancelled."""
        vault, far = self.database.vault, MORNING + timedelta(days=90)
        states = tuple(AppointmentState)
        found = self.look(
            lambda c: between(c, vault, MORNING, far, office=self.desio, states=states)
        )
        return list(found)

    def audit(self) -> list[tuple[str, str]]:
        """What was written down but sign-ins, the first first."""
        found = self.look(lambda c: find_entries(c, limit=50))
        return [(one.action, one.object) for one in reversed(found) if one.action not in UNSAID]

    def booked(self, **more: Any) -> Appointment:
        """An appointment: this Monday at nine, somewhere else, for papers."""
        given: dict[str, Any] = {"opening": None, "office": self.desio, "desk": "desio"}
        given |= {"day": MONDAY, "at": NINE, "need": Need.PAPERS, "now": self.clock.now()}
        given |= {"operator_id": self.anna.operator.id, "body": Body(what="Ricevuta")} | more
        if "contact_id" not in given:
            given.setdefault("person_id", self.person())
        vault = self.database.vault
        made = self.do(lambda c: book(c, vault, **given))
        assert isinstance(made, Appointment)
        return made

    def says(self, one: Appointment, said: Reply, minutes: int = 0) -> None:
        """What the person answers."""
        vault, now = self.database.vault, self.clock.now()
        assert one.person_id is not None
        whose = one.person_id
        assert self.do(lambda c: reply(c, vault, one.id, whose, said, now, minutes))

    def lesson(self, many: int = 3, **more: Any) -> tuple[Course, Lesson]:
        """A lesson of Italian this Monday at six, with people in it; the first cannot come."""
        vault, now = self.database.vault, self.clock.now()
        given: dict[str, Any] = {"office": self.desio, "desk": "desio", "first": MONDAY}
        given |= {"rule": "weekly mon times 4", "seats": 20, "now": now} | more
        whose = [self.person() for _one in range(many)]

        def make(connection: Connection) -> tuple[Course, Lesson]:
            course = a_course(connection, vault, **given)
            for one in whose:
                enrol(connection, vault, course.id, person_id=one, now=now)
            return course, lessons_of(connection, course.id)[0]

        made: tuple[Course, Lesson] = self.do(make)
        return made

    def answered(self, lesson: Lesson, enrolment_id: int, said: Reply) -> None:
        """What somebody said to a lesson."""
        row = {"lesson_id": lesson.id, "enrolment_id": enrolment_id, "reply": said.value}
        self.do(lambda c: c.execute(insert(attendance).values(row)))

    def news(
        self,
        what: News,
        one: Appointment,
        minutes: int | None = None,
        subject: Subject = Subject.APPOINTMENT,
    ) -> None:
        """Something new about an appointment, or about something else at that time."""
        now = self.clock.now()
        self.do(
            lambda c: tell_desk(
                c,
                what,
                office=one.office,
                desk=one.desk,
                subject=subject,
                subject_id=one.id,
                designation=one.designation,
                event=one.starts,
                at=now,
                minutes=minutes,
            )
        )

    async def at(self, reader: Reader) -> Browser:
        """A browser of an operator who has come in."""
        return await self.signed_in(reader)
