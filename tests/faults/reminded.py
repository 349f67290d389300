"""Reminders that fall due while the bot dies again and again: seeded, counted, held against it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import insert, select

from bot.local.state import Call
from flows.calendar_model import AppointmentState, Subject
from storage.calendar_schema import appointment, notice
from storage.database import Database
from storage.instants import ROME, instant, wall
from storage.notices.planning import add
from storage.schema import office
from storage.unit import Unit
from storage.vault import random_id
from storage.writer import Writer
from tests.faults.scene import Scene

TEN = time(10)
OFFICE = "o-faults"


def seconds_to_ten(now: datetime) -> float:
    """How far ahead the bot's clock has to be for ten in the morning, when people may be told."""
    local = wall(now, ROME)
    day = local.date() + timedelta(days=local.time() >= TEN)
    return (instant(day, TEN, ROME).at - now).total_seconds()


@dataclass
class Reminded:
    """The reminders of a run."""

    scene: Scene
    ids: list[int]

    def states(self) -> Counter[str]:
        """How they stand; `gone` are those of people who asked to be forgotten."""
        database = Database.open(self.scene.url, data=self.scene.data, migrate=False)
        try:
            with database.reading() as connection:
                query = select(notice.c.state).where(notice.c.id.in_(self.ids))
                found = Counter(connection.execute(query).scalars())
        finally:
            database.close()
        found["gone"] = len(self.ids) - found.total()
        return found

    def told(self) -> Counter[int]:
        """How often Telegram has carried out each of them."""
        return Counter(one for one, _chat in self._calls())

    def repeated_by_chat(self) -> Counter[int]:
        """How many a chat got again."""
        seen: set[int] = set()
        again: Counter[int] = Counter()
        for one, chat in self._calls():
            again[chat] += one in seen
            seen.add(one)
        return again

    def _calls(self) -> list[tuple[int, int]]:
        """Each one that Telegram has carried out, and its chat, in order."""
        wanted = set(self.ids)
        return [
            (one, call.params["chat_id"])
            for call in self.scene.town.book
            for one in _notices(call)
            if one in wanted
        ]


def _notices(call: Call) -> Iterable[int]:
    """The reminder a call brings, by its buttons."""
    if call.method != "sendMessage" or call.error_code is not None:
        return ()
    markup = call.params.get("reply_markup") or {}
    markup = json.loads(markup) if isinstance(markup, str) else markup
    for row in markup.get("inline_keyboard", ()):
        for button in row:
            data = str(button.get("callback_data", ""))
            if data.startswith("push:0:reminder/"):
                return (int(data.removeprefix("push:0:reminder/").partition(".")[0]),)
    return ()


def seed(here: Scene, now: datetime, each: int, apart: timedelta) -> Reminded:
    """Give everybody appointments whose reminders fall due one after the other from now on."""
    database = Database.open(here.url, data=here.data, migrate=False)
    writer = Writer(database)

    def job(unit: Unit) -> list[int]:
        due = now
        made = {"key": OFFICE, "name": "Office", "duty": False, "created": now.date()}
        unit.direct().execute(insert(office).values(made))
        for number in range(each):
            for one in here.town.people:
                person = unit.person(one.phone.chat_id)
                assert person is not None
                _book(unit, person.id, due, number)
                due += apart
        query = select(notice.c.id).where(notice.c.subject == Subject.APPOINTMENT.value)
        return list(unit.direct().execute(query).scalars())

    try:
        return Reminded(here, writer.submit(job).result())
    finally:
        writer.close()
        database.close()


def _book(unit: Unit, person_id: int, due: datetime, number: int) -> None:
    """One appointment two hours after its reminder, to the minute."""
    id_, local = random_id(), wall(due + timedelta(hours=2), ROME).replace(second=0, microsecond=0)
    starts = instant(local.date(), local.time(), ROME).at  # of whole minutes, as all of them are
    values = {
        "id": id_,
        "office": OFFICE,
        "person_id": person_id,
        "designation": f"Airone {number}",
        "need": "papers",
        "body": unit.vault.seal_case(b"{}", "appointment", id_),
        "day": local.date(),
        "time": f"{local:%H:%M}",
        "minutes": 30,
        "starts": starts,
        "ends": starts + timedelta(minutes=30),
        "state": AppointmentState.BOOKED.value,
        "created_by": 0,
        "created": local.date(),
    }
    kept = unit.direct()
    kept.execute(insert(appointment).values(values))
    occasion = local.isoformat(timespec="minutes")
    more = {"due": due, "until": starts, "occasion": occasion}
    add(kept, person_id, Subject.APPOINTMENT, id_, due - timedelta(days=1), step="2h", **more)
