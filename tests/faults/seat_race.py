"""Two hundred people want twenty seats from eight processes that are killed: what comes of it.

`python -m tests.faults.seat_race url data runs seed` does it so many times on one database and
prints the figures as JSON. Every process is forked from one that holds no connection.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select

from flows.calendar_model import HAS_SEAT, CourseKind, Place, PlaceState
from flows.model import Person
from storage.calendar_schema import enrolment
from storage.courses.editing import open_course, save_course
from storage.courses.finding import counts, find_course
from storage.courses.model import CourseForm
from storage.courses.places import find_row, place_of
from storage.courses.seats import answer_offer, enrol, leave, offer_free
from storage.database import Database
from storage.errors import StorageError
from storage.offices import add_office, all_offices
from storage.people import born
from storage.schema import person
from storage.unit import Unit
from storage.vault import Vault, random_id
from storage.writer import Writer

SEATS, PEOPLE, PROCESSES = 20, 200, 8
SHARED = 10  # people who tap in two places at once
KILLED = -signal.SIGKILL
MOST_LIVES = 3
ROUNDS = 4
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOW.date()
Point = Callable[[str], None]


@dataclass
class Figures:
    """What was run, and what must all be nothing.

    `over_booked`: seats held beyond those there are. `unused`: seats free while somebody waits,
    seen whenever everything stands still. `lost`: people who were told of a seat and have none.
    `refused`: turns that could not be committed.
    """

    runs: int = 0
    people: int = 0
    enrolled: int = 0
    offered: int = 0
    kills: int = 0
    refused: int = 0
    over_booked: int = 0
    unused: int = 0
    lost: int = 0

    def add(self, other: Figures) -> None:
        """Add what another run has counted."""
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))


@dataclass(frozen=True)
class Life:
    """One process: whose taps it takes, and when it dies."""

    url: str
    data: Path
    log: Path
    course: int
    people: tuple[int, ...]
    seed: int
    dies_after: int

    def live(self) -> None:
        """Take the taps of these people, in bursts, until all is done or the end comes."""
        dice, die = random.Random(self.seed), self._death()
        database = Database.open(self.url, data=self.data, migrate=False, busy_seconds=30.0)
        writer = Writer(database, at=die)
        taps: list[tuple[int, str]] = [(one, "enrol") for one in self.people]
        taps += [(one, "leave") for one in self.people if dice.random() < 0.25]
        dice.shuffle(taps)
        taps += [(one, "answer") for one in self.people]
        taps = taps[self._begun() :]
        while taps:
            burst, taps = taps[: (many := dice.randint(1, 8))], taps[many:]
            self._burst(writer, burst, dice, die)
        writer.close()

    def _begun(self) -> int:
        """How many taps an earlier life has begun; whether they had their effect nobody knows."""
        return self.log.read_text().count("?") if self.log.exists() else 0

    def _burst(
        self, writer: Writer, burst: list[tuple[int, str]], dice: random.Random, die: Point
    ) -> None:
        waiting = []
        for whose, what in burst:
            self._note(f"? {whose}")
            takes = dice.random() < 0.6

            def job(unit: Unit, whose: int = whose, what: str = what, takes: bool = takes) -> Place:
                place = self._tap(unit, whose, what, takes)
                die("tap")
                return place

            waiting.append((whose, writer.submit(job, whose)))
        for whose, future in waiting:
            try:
                self._note(f"= {whose} {future.result(120).state.value}")
            except StorageError:
                self._note(f"! {whose}")

    def _tap(self, unit: Unit, whose: int, what: str, takes: bool) -> Place:
        connection, vault = unit.direct(), unit.vault
        if what == "enrol":
            return enrol(connection, vault, self.course, person_id=whose, now=NOW)
        if what == "answer":
            return answer_offer(connection, vault, self.course, whose, takes, NOW)
        leave(connection, vault, self.course, whose, NOW)
        return standing(connection, self.course, whose)

    def _note(self, line: str) -> None:
        handle = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.write(handle, f"{line}\n".encode())
        os.close(handle)

    def _death(self) -> Point:
        left = self.dies_after

        def at(_point: str) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        return at


def standing(connection: Connection, course_id: int, whose: int) -> Place:
    """How somebody stands to the course."""
    course = find_course(connection, course_id)
    assert course is not None
    return place_of(connection, course, find_row(connection, course_id, whose, None))


def race(url: str, data: Path, seed: int) -> Figures:
    """One run: everybody taps, processes die and come back, then time passes."""
    dice = random.Random(seed)
    figures = Figures(runs=1, people=PEOPLE)
    database = Database.open(url, data=data, migrate=False)
    with database.writing() as connection:
        course, people = _prepare(connection, database.vault, seed)
        connection.commit()
    database.close()
    with tempfile.TemporaryDirectory(prefix="antenna-") as folder:
        logs = [Path(folder, f"{number}.log") for number in range(PROCESSES)]
        lives = [_life(url, data, course, people, log, n, dice) for n, log in enumerate(logs)]
        _run(lives, figures)
        said = _read(logs, figures)
    database = Database.open(url, data=data, migrate=False)
    with database.writing() as connection:
        _look(connection, course, figures)
        figures.lost = _lost(connection, course, said, set(people[:SHARED]))
        figures.enrolled = _held(connection, course)
        _let_time_pass(connection, database.vault, course, figures)
        connection.execute(delete(person).where(person.c.id.in_(people)))
        connection.commit()
    database.close()
    return figures


def _prepare(connection: Connection, vault: Vault, seed: int) -> tuple[int, list[int]]:
    offices = all_offices(connection)
    office = offices[0].office if offices else add_office(connection, "PUA", TODAY, duty=False)
    form = CourseForm(
        kind=CourseKind.ITALIAN,
        title="Italian",
        seats=SEATS,
        first=date(2027, 9, 1),
        starts=time(18),
        rule="weekly times 2",
    )
    made = save_course(connection, vault, form, office=office.key, operator_id=0, now=NOW).course
    assert made is not None
    open_course(connection, vault, made.id, NOW)
    new = [Person(random_id(), "it", since=TODAY) for _one in range(PEOPLE)]
    chats = [seed * PEOPLE + number + 1 for number in range(PEOPLE)]
    rows = [
        born(one, vault.lookup(chat), vault.seal_chat(chat, one.id), TODAY)
        for one, chat in zip(new, chats, strict=True)
    ]
    connection.execute(insert(person), rows)
    return made.id, [one.id for one in new]


def _life(
    url: str, data: Path, course: int, people: list[int], log: Path, n: int, dice: random.Random
) -> Life:
    """A process with its share of the people, and some whom another one has, too."""
    mine = people[n::PROCESSES] + (people[:SHARED] if n == 0 else [])
    dies_after = dice.randint(1, 60) if dice.random() < 0.75 else 0
    return Life(url, data, log, course, tuple(mine), dice.getrandbits(32), dies_after)


def _run(lives: list[Life], figures: Figures) -> None:
    """Let them live at once; whoever was killed is born again, at last for good."""
    born_as = {_fork(life): (life, 1) for life in lives}
    while born_as:
        pid, status = os.wait()
        life, times = born_as.pop(pid)
        code = os.waitstatus_to_exitcode(status)
        if code == KILLED:
            figures.kills += 1
            after = life.dies_after if times < MOST_LIVES else 0
            born_as[_fork(replace(life, dies_after=after))] = (life, times + 1)
        elif code != 0:
            raise RuntimeError(f"A process ended with {code}.")


def _fork(life: Life) -> int:
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            life.live()
            code = 0
        except BaseException as error:  # told where the tests look for it
            sys.excepthook(type(error), error, error.__traceback__)
        finally:
            sys.stderr.flush()
            os._exit(code)
    return pid


def _read(logs: list[Path], figures: Figures) -> dict[int, str]:
    """What each was told last; nothing of whom a tap was under way when the end came."""
    said: dict[int, str] = {}
    for log in logs:
        for line in log.read_text().splitlines():
            sign, whose, *state = line.split()
            said[int(whose)] = state[0] if sign == "=" else ""
            figures.refused += sign == "!"
    return said


def _look(connection: Connection, course: int, figures: Figures) -> None:
    """Count what must not be while everything stands still."""
    held, now = _held(connection, course), counts(connection, [course])[course]
    figures.over_booked += max(0, held - SEATS) + abs(held - now.taken)
    figures.unused += min(SEATS - held, now.waiting)


def _held(connection: Connection, course: int) -> int:
    query = select(enrolment.c.seat).where(enrolment.c.course_id == course)
    seats = [one for one in connection.execute(query).scalars() if one is not None]
    return len(seats) + sum(not 1 <= one <= SEATS for one in set(seats)) * SEATS


def _lost(connection: Connection, course: int, said: dict[int, str], shared: set[int]) -> int:
    """People who were told that they have a seat, and do not have it."""
    told = [one for one, state in said.items() if state == PlaceState.ENROLLED]
    mine = [one for one in told if one not in shared]
    return sum(standing(connection, course, one).state not in HAS_SEAT for one in mine)


def _let_time_pass(connection: Connection, vault: Vault, course: int, figures: Figures) -> None:
    """Offers are not answered, and some who have a seat are deleted: the next ones get it."""
    now = NOW
    for _round in range(ROUNDS):
        seated = select(enrolment.c.person_id).where(
            enrolment.c.course_id == course, enrolment.c.state == PlaceState.ENROLLED.value
        )
        gone = connection.execute(seated.order_by(enrolment.c.turn).limit(2)).scalars().all()
        connection.execute(delete(person).where(person.c.id.in_(gone)))
        now += timedelta(hours=40)
        figures.offered += offer_free(connection, vault, now)
        _look(connection, course, figures)


def main() -> None:
    """Run so many of them and print what came of all."""
    url, data, runs, seed = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    Database.open(url, data=data).close()
    figures = Figures()
    for number in range(runs):
        figures.add(race(url, data, seed + number))
    print(json.dumps(asdict(figures)))


if __name__ == "__main__":
    main()
