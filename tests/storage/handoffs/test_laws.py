"""Laws: after anything that can happen, a conversation is behind where something is missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, func, select

from flows.handoff_model import Event, LineState, Reason, Urgency
from storage.database import Database
from storage.handoff_schema import handoff, handoff_line, handoff_note
from storage.handoffs.claims import claim, release, take_over
from storage.handoffs.closing import ask_mediator, close, rate, reopen, set_urgency
from storage.handoffs.finding import find
from storage.handoffs.lines import find_lines, hear, say, undo
from storage.handoffs.missing import missing
from storage.handoffs.model import Handoff
from storage.handoffs.notes import find_notes, note
from storage.handoffs.view import lose_topic
from storage.outbox import settle_sending
from storage.schema import outbox, person
from storage.unit import Unit
from storage.vault import Vault
from storage.writer import Writer
from tests.storage.factories import CHAT, NOON, do, message
from tests.storage.handoffs.factories import ANNA, BRUNO, HELLO, REPLY, asked, bind_group
from tests.storage.handoffs.test_view import show

WAYS: list[str] = [
    "hear",
    "say in the topic",
    "say in the console",
    "note in the topic",
    "note in the console",
    "claim",
    "take over",
    "release",
    "close",
    "reopen",
    "rate",
    "urgent",
    "mediator",
    "block",
    "sent",
    "unknown",
    "undo",
    "crash",
    "lose the topic",
    "show",
]


class House:
    """One conversation, to which anything may happen."""

    def __init__(self, writer: Writer, vault: Vault) -> None:
        self.writer = writer
        self.vault = vault
        self.made = asked(writer, vault)
        self.moves = 0

    def now(self) -> datetime:
        """A minute later than before."""
        self.moves += 1
        return NOON + timedelta(minutes=self.moves)

    def happens(self, way: str) -> None:
        """Let one thing happen in a transaction of its own."""
        now = self.now()
        do(self.writer, lambda unit: self._act(unit, way, now), CHAT)

    def _act(self, unit: Unit, way: str, now: datetime) -> None:
        connection, vault, made = unit.direct(), self.vault, self.made
        if way.startswith("say"):
            source = self.moves if way.endswith("topic") else None
            line = say(connection, vault, made, ANNA, REPLY, now, source=source)
            unit.send(message(person=unit.person_by_id(made.person_id), line=line.id))
        elif way.startswith("note"):
            source = self.moves if way.endswith("topic") else None
            note(connection, vault, made.id, Event.NOTE, "x", now, ANNA, source)
        elif way in ("sent", "unknown"):
            for row in unit.pending_rows(1):
                if way == "sent":
                    unit.mark_sent(row, 5, now)
                else:
                    unit.mark_unknown(row, now)
        elif way == "crash":
            for row in unit.pending_rows(1):
                unit.mark_sending(row)
            settle_sending(unit.direct())
        elif way == "block":
            unit.set_unreachable(made.person_id, now)
        elif way == "undo":
            said = [one for one in find_lines(connection, vault, made.id) if one.outward]
            for line in said[-1:]:
                undo(connection, line.id, now)
        elif way == "show":
            show(connection, vault, made.id)
        else:
            self._decide(connection, way, now)

    def _decide(self, connection: Connection, way: str, now: datetime) -> None:
        vault, made = self.vault, self.made
        acts: dict[str, Callable[[], object]] = {
            "hear": lambda: hear(connection, vault, made, HELLO, now, source=self.moves),
            "claim": lambda: claim(connection, made.id, ANNA, now),
            "take over": lambda: take_over(connection, vault, made.id, BRUNO, "x", now),
            "release": lambda: release(connection, made.id, ANNA, now),
            "close": lambda: close(connection, vault, made, Reason.ANSWERED, now, ANNA),
            "reopen": lambda: reopen(connection, made, now),
            "rate": lambda: rate(connection, vault, made, 2, now),
            "urgent": lambda: set_urgency(connection, vault, made, Urgency.NOW, now),
            "mediator": lambda: ask_mediator(connection, made, now),
            "lose the topic": lambda: lose_topic(connection, made.id, now),
        }
        acts[way]()

    def state(self, database: Database) -> tuple[Handoff, bool, list[int]]:
        """The conversation, whether something is missing in its topic, and the numbers in it."""
        with database.reading() as connection:
            found = find(connection, self.made.id)
            assert found is not None
            query = select(func.count()).select_from(handoff).where(missing())
            lacks = connection.execute(query).scalar_one() == 1
            lines = find_lines(connection, self.vault, found.id)
            notes = find_notes(connection, self.vault, found.id)
        return found, lacks, sorted([one.number for one in (*lines, *notes)])


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.sampled_from(WAYS), max_size=14))
def test_behind_is_what_is_missing(
    writer: Writer, vault: Vault, database: Database, ways: list[str]
) -> None:
    """Whatever happens, what is missing is known, what is whole is not, and no number is lost."""
    house = _fresh(writer, vault)
    for way in ways:
        house.happens(way)
        found, lacks, numbers = house.state(database)
        assert (way, found.behind_since is not None or not lacks) == (way, True)
        assert numbers == list(range(1, found.count + 1))
    house.happens("show")
    found, lacks, _numbers = house.state(database)
    assert (lacks, found.behind_since) == (False, None)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.sampled_from(WAYS), max_size=14))
def test_a_line_never_says_sent_that_was_not(
    writer: Writer, vault: Vault, database: Database, ways: list[str]
) -> None:
    """Only a row that arrived makes a line sent, however often everything else happens."""
    house = _fresh(writer, vault)
    arrived = 0
    for way in ways:
        if way == "sent":
            arrived += len(do(writer, lambda unit: unit.pending_rows(1)))
        house.happens(way)
    with database.reading() as connection:
        lines = find_lines(connection, vault, house.made.id)
    sent = [one for one in lines if one.state is LineState.SENT]
    delivered = [one for one in lines if one.delivered is not None]
    assert len(sent) <= arrived == len(delivered)


def _fresh(writer: Writer, vault: Vault) -> House:
    """A house in which nothing has happened yet."""

    def clear(unit: Unit) -> None:
        for table in (handoff_line, handoff_note, handoff, outbox, person):
            unit.direct().execute(delete(table))

    do(writer, clear)
    if not getattr(writer, "bound", False):
        bind_group(writer, vault)
        writer.bound = True  # type: ignore[attr-defined]
    return House(writer, vault)
