"""What reminders cost and how late they come: many stored, some due, sent at Telegram's pace."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from datetime import time as wall_time
from typing import Any

from sqlalchemy import insert

from bot.app import LOCALES
from bot.clock import Clock
from bot.delivery import Delivery, StorageLedger
from bot.languages import Languages
from bot.means import Means
from bot.pace import Pace
from bot.reminders import Reminders
from bot.reminders.reminders import MORE_SECONDS
from bot.watch import Silent
from flows.calendar_model import Subject
from flows.reminding import Reach
from storage.calendar_schema import appointment
from storage.instants import ROME, instant, rules_version, wall
from storage.notices.claiming import claim
from storage.notices.replanning import RULES
from storage.notices.rows import Due, row_of, write_new
from storage.schema import office, person
from storage.unit import Unit
from storage.vault import random_id
from tests.bench.measure import Figures, Size, folder, share
from tests.bench.stored import Stored

ANY_HOUR = Reach(begins=wall_time(0), ends=wall_time(0))
PEOPLE = 1_000
LOOKS = 50
PATIENCE_SECONDS = 30.0
"""So long after all of them were due whoever measures waits for the last."""
OFFICE = "bench"


class Telegram:
    """Takes every message, and counts the most that came within a second."""

    def __init__(self) -> None:
        self.most = 0
        self._last: deque[float] = deque()

    async def call(self, method: str, params: Mapping[str, Any] | None = None) -> Any:
        """Take one."""
        now = time.monotonic()
        self._last.append(now)
        while self._last[0] <= now - 1.0:
            self._last.popleft()
        self.most = max(self.most, len(self._last))
        await asyncio.sleep(0.03)
        return {"message_id": 1, "chat": {"id": 1}}


def reminders(size: Size) -> Figures:
    """So many stored: a look that finds nothing, one that finds some, and how late all of it is."""
    with folder() as data:
        stored = Stored(data)
        try:
            stored.people(min(PEOPLE, size.notices))
            _fill(stored, size.notices)
            return _looks(stored, size) | asyncio.run(_sent(stored, size))
        finally:
            stored.close()


def _fill(stored: Stored, count: int) -> None:
    """Reminders of the year to come, and an office."""
    now = datetime.now(UTC)

    def job(unit: Unit) -> None:
        kept = unit.direct()
        made = {"key": OFFICE, "name": "Bench", "duty": False, "created": now.date()}
        kept.execute(insert(office).values(made))
        ids = kept.execute(person.select().with_only_columns(person.c.id)).scalars().all()
        rows = []
        for number in range(count):
            due = now + timedelta(days=1, minutes=5 * number)
            moment = Due(due, due.replace(tzinfo=None), ROME, False)
            until = due + timedelta(hours=2)
            row = row_of(Subject.APPOINTMENT, number, "2027-01-01T10:00", "2h", moment, until)
            rows.append(row | {"person_id": ids[number % len(ids)]})
        write_new(kept, rows)
        unit.set_setting(RULES, rules_version())  # nothing is to be planned anew here

    stored.writer.submit(job).result()


def _looks(stored: Stored, size: Size) -> Figures:
    """Milliseconds of a look for what is due among all that waits, with nothing and with a hundred
    of them due; found, rendered as nothing, and ended."""
    now = datetime.now(UTC)

    def spent(at: datetime) -> float:
        began = time.perf_counter()
        job = stored.writer.submit(lambda unit: claim(unit, at, _nothing, 100, ANY_HOUR))
        job.result()
        return (time.perf_counter() - began) * 1000

    nothing = sorted(spent(now) for _ in range(LOOKS))
    due = now + timedelta(days=1, minutes=5 * min(99, size.notices - 1))
    return {
        f"ms a look, none due of {size.notices:,} reminders": share(nothing, 0.5),
        f"ms a look, 100 due of {size.notices:,} reminders": spent(due),
    }


def _nothing(unit: Unit, one: object, now: datetime) -> None:
    return None


async def _sent(stored: Stored, size: Size) -> Figures:
    """Reminders fall due one after the other, and leave at Telegram's pace."""
    clock, late, telegram = Clock(), list[float](), Telegram()
    ledger = StorageLedger(stored.writer.submit, late=late.append, hours=ANY_HOUR)
    delivery = Delivery(telegram, ledger, Pace())
    await delivery.start()
    languages = Languages.load(LOCALES)
    vault = stored.database.vault
    means = Means(
        telegram, stored.writer, delivery, vault, languages, clock, Silent(), stored.settings
    )
    house = Reminders(means, hours=ANY_HOUR)
    await means.done(lambda unit: _due(unit, clock.now(), size))
    until = time.monotonic() + size.tick_seconds
    given_up = until + size.tick_seconds + PATIENCE_SECONDS
    while len(late) < size.due:
        if time.monotonic() > given_up:
            raise RuntimeError(f"{size.due - len(late)} of {size.due} reminders never came")
        await (house.tick() if time.monotonic() >= until else house.more())
        if time.monotonic() >= until:
            until += size.tick_seconds
        await asyncio.sleep(min(MORE_SECONDS, size.tick_seconds))
    await delivery.stop()
    return {
        "s late, a reminder, median": share(sorted(late), 0.5),
        "s late, a reminder, p99": share(sorted(late), 0.99),
        "reminders sent in one second, at most": float(telegram.most),
    }


def _due(unit: Unit, now: datetime, size: Size) -> None:
    """So many appointments whose reminders fall due one after the other until the next tick."""
    kept = unit.direct()
    ids = kept.execute(person.select().with_only_columns(person.c.id)).scalars().all()
    rows, booked = [], []
    for number in range(size.due):
        id_, due = random_id(), now + timedelta(seconds=size.tick_seconds * number / size.due)
        local = wall(due + timedelta(hours=2), ROME).replace(second=0, microsecond=0)
        starts = instant(local.date(), local.time(), ROME).at  # of whole minutes, as all are
        whose = ids[number % len(ids)]
        booked.append(
            {
                "id": id_,
                "office": OFFICE,
                "person_id": whose,
                "designation": f"Airone {number}",
                "need": "papers",
                "body": unit.vault.seal_case(b"{}", "appointment", id_),
                "day": local.date(),
                "time": f"{local:%H:%M}",
                "minutes": 30,
                "starts": starts,
                "ends": starts + timedelta(minutes=30),
                "state": "booked",
                "created_by": 0,
                "created": local.date(),
            }
        )
        moment = Due(due, wall(due, ROME), ROME, False)
        occasion = local.isoformat(timespec="minutes")
        row = row_of(Subject.APPOINTMENT, id_, occasion, "2h", moment, starts)
        rows.append(row | {"person_id": whose})
    kept.execute(insert(appointment), booked)
    write_new(kept, rows)
