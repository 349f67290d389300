"""A house in which people and operators talk: what stands in it before, and what is left of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import func, select

from flows.handoff_model import Asked, LineState, Need
from storage import accounts
from storage import group as groups
from storage.database import Database, default_url
from storage.desks import Desk, save_desk
from storage.handoff_schema import handoff, handoff_line
from storage.handoffs import Line, Note, lines, notes
from storage.handoffs.asking import ask
from storage.handoffs.view import oldest_behind
from storage.offices import add_office
from storage.operators import Role, add_operator
from storage.schema import outbox
from storage.unit import Unit
from storage.writer import Writer
from tests.ready import make_ready

R = TypeVar("R")
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
UNENDED = (LineState.SENDING.value, LineState.WAITS.value)


@contextmanager
def kept(data: Path) -> Iterator[Callable[[Callable[[Unit], R]], R]]:
    """The database of a folder, to be asked from outside of the bot."""
    database = Database.open(default_url(data), data=data, migrate=False)
    writer = Writer(database)
    try:
        yield lambda job: writer.submit(job).result(60)
    finally:
        writer.close()
        database.close()


@dataclass(frozen=True)
class Founded:
    """Who is in the house: the chats of its people by what they are called, and its groups."""

    people: dict[str, int] = field(repr=False)
    groups: tuple[int, ...] = ()


def found(data: Path, people: list[int], operators: list[int], chats: list[int]) -> Founded:
    """An office with a desk, operators with their accounts, groups, and people who have asked.

    The first group is the office's own, the second is everybody's.
    """
    make_ready(data)
    database = Database.open(default_url(data), data=data)
    writer, vault, now = Writer(database), database.vault, datetime.now(UTC)

    def job(unit: Unit) -> dict[str, int]:
        connection = unit.direct()
        office = add_office(connection, "PUA Desio", BEGAN.date(), duty=False).key
        save_desk(
            connection,
            Desk("desio", "PUA Desio", "Desio", True, BEGAN.date(), office=office, talks=True),
        )
        for number, account in enumerate(operators):
            name = f"Operatore {number}"
            operator = add_operator(connection, name, office, Role.OPERATOR, BEGAN.date())
            word = accounts.make_link(connection, operator.id, now)
            assert accounts.bind_telegram(connection, vault, word, account, now) is not None
        for chat, bond in zip(chats, (groups.Bond(office), groups.EVERYBODY), strict=False):
            made = groups.add_group(connection, vault, chat, now, bond)
            known = replace(made, status="administrator", may_topics=True, is_forum=True)
            known = replace(known, may_delete=True, checked=True)
            groups.keep_group(connection, vault, known)
        called = {}
        for chat in people:
            person = unit.create_person(chat, "it", now.date())
            unit.save_person(replace(person, welcomed=True))
            made_talk = ask(unit.direct(), vault, person, Asked(Need.PAY, "desio"), now)
            assert made_talk is not None
            called[made_talk.designation] = chat
        return called

    try:
        return Founded(writer.submit(job).result(60), tuple(chats))
    finally:
        writer.close()
        database.close()


@dataclass
class Left:
    """What the database holds in the end."""

    lines: list[Line] = field(repr=False)
    notes: list[Note] = field(repr=False)
    chats: dict[int, str] = field(repr=False)  # conversation → what its person is called

    def states(self) -> dict[str, int]:
        """How many lines of operators have come to which end."""
        found: dict[str, int] = {}
        for line in self.lines:
            if line.outward:
                found[line.state.value] = found.get(line.state.value, 0) + 1
        return found


def is_quiet(unit: Unit) -> bool:
    """Whether nothing waits to be shown or sent, and nothing is under way."""
    connection = unit.direct()
    waiting = select(func.count()).select_from(outbox).where(outbox.c.state < 2)
    going = (
        select(func.count())
        .select_from(handoff_line)
        .where(handoff_line.c.outward, handoff_line.c.state.in_(UNENDED))
    )
    counts = [connection.execute(query).scalar_one() for query in (waiting, going)]
    return counts == [0, 0] and oldest_behind(connection) is None


def look(data: Path) -> Left:
    """Read the database of a bot that has stopped."""
    with kept(data) as asked:
        database = Database.open(default_url(data), data=data, migrate=False)
        vault = database.vault

        def job(unit: Unit) -> Left:
            connection = unit.direct()
            rows = connection.execute(select(handoff.c.id, handoff.c.designation))
            called = {row.id: row.designation for row in rows}
            every = [lines.find_lines(connection, vault, one) for one in called]
            noted = [notes.find_notes(connection, vault, one) for one in called]
            return Left(
                [line for some in every for line in some],
                [note for some in noted for note in some],
                called,
            )

        try:
            return asked(job)
        finally:
            database.close()
