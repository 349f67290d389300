"""Ends: a line says what became of its row, in the row's own transaction, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from flows.handoff_model import Event, LineState
from storage.backup import back_up
from storage.database import KEY_FILE, Database, default_url
from storage.handoff_schema import handoff, handoff_line
from storage.handoffs.finding import find
from storage.handoffs.lines import find_line, hear, say, set_state
from storage.handoffs.model import Handoff, Line
from storage.handoffs.notes import find_notes
from storage.handoffs.view import begin_post
from storage.outbox import Policy, Row, release_held, settle_sending
from storage.restore import restore
from storage.schema import outbox
from storage.unit import Unit
from storage.vault import Vault
from storage.writer import Writer
from tests.storage.factories import NOON, do, message
from tests.storage.handoffs.factories import ANNA, HELLO, REPLY, asked, behind

LATER = NOON + timedelta(minutes=1)


def spoken(
    writer: Writer, vault: Vault, made: Handoff, state: LineState = LineState.SENDING
) -> tuple[Line, Row]:
    """An operator's line and the row that brings it, as one transaction writes them."""

    def job(unit: Unit) -> tuple[Line, Row]:
        line = say(unit.direct(), vault, made, ANNA, REPLY, NOON, source=9, state=state)
        person = unit.person_by_id(made.person_id)
        return line, unit.send(message(person=person, policy=Policy.ONCE, line=line.id))

    found: tuple[Line, Row] = do(writer, job)
    return found


def state_of(database: Database, line: Line) -> LineState:
    """How far a line has come."""
    with database.reading() as connection:
        found = find_line(connection, database.vault, line.id)
    assert found is not None
    return found.state


def settle_view(writer: Writer) -> None:
    """Forget that anything is missing in a topic."""
    do(writer, lambda unit: unit.direct().execute(update(handoff).values(behind_since=None)))


@pytest.mark.parametrize(("end", "state"), [("sent", LineState.SENT), ("failed", LineState.FAILED)])
def test_a_line_ends_as_its_row(
    writer: Writer, vault: Vault, database: Database, end: str, state: LineState
) -> None:
    """Sent or failed, the line says so with the row, and the topic is behind since that moment."""
    made = asked(writer, vault)
    line, row = spoken(writer, vault, made)
    settle_view(writer)

    def job(unit: Unit) -> None:
        if end == "sent":
            unit.mark_sent(row, 77, LATER)
        else:
            unit.mark_failed(row, LATER)

    do(writer, job)
    with database.reading() as connection:
        found = find_line(connection, vault, line.id)
        left = connection.execute(select(outbox.c.id)).all()
        since = [one.behind_since for one in behind(connection, vault, LATER, 9)]
    assert found is not None
    arrived = (77, LATER) if end == "sent" else (None, None)
    assert (found.state, (found.delivered, found.delivered_at)) == (state, arrived)
    assert (left, since) == ([], [LATER])


def test_what_nobody_knows_is_called_unknown(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """A call whose end is not known, and one a crash cut off, leave their lines unknown."""
    made = asked(writer, vault)
    known, cut, waits = (spoken(writer, vault, made) for _ in range(3))
    do(writer, lambda unit: unit.mark_unknown(known[1], LATER))
    do(writer, lambda unit: unit.mark_sending(cut[1]))
    assert do(writer, lambda unit: settle_sending(unit.direct())) == 1
    found = [state_of(database, line) for line, _row in (known, cut, waits)]
    assert found == [LineState.UNKNOWN, LineState.UNKNOWN, LineState.SENDING]


def test_what_waits_for_its_hour_is_sent_in_it(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """A waiting line is on its way from the moment its row is about to be sent; nothing is told."""
    made = asked(writer, vault)
    line, row = spoken(writer, vault, made, LineState.WAITS)
    settle_view(writer)
    do(writer, lambda unit: unit.mark_sending(row))
    with database.reading() as connection:
        missing = behind(connection, vault, LATER, 9)
    assert (state_of(database, line), missing) == (LineState.SENDING, [])


def test_what_was_taken_back_stays_so(writer: Writer, vault: Vault, database: Database) -> None:
    """An end that is heard later does not undo the undoing, but says which message to delete."""
    made = asked(writer, vault)
    line, row = spoken(writer, vault, made)
    do(writer, lambda unit: set_state(unit.direct(), line.id, LineState.UNDONE, NOON))
    do(writer, lambda unit: unit.mark_sent(row, 77, LATER))
    with database.reading() as connection:
        found = find_line(connection, vault, line.id)
    assert found is not None
    assert (found.state, found.delivered) == (LineState.UNDONE, 77)


def test_who_blocked_the_bot_got_none_of_it(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """The refused line and those behind it are not sent, sent ones stay so, and it is told once."""
    made = asked(writer, vault)
    sent, refused, behind_it = (spoken(writer, vault, made) for _ in range(3))
    do(writer, lambda unit: unit.mark_sent(sent[1], 77, NOON))
    do(writer, lambda unit: unit.mark_sending(refused[1]))
    person_id = made.person_id
    for _ in range(2):
        do(writer, lambda unit: unit.set_unreachable(person_id, LATER, refused[1]))
    with database.reading() as connection:
        events = [one.event for one in find_notes(connection, vault, made.id)]
        found = find(connection, made.id)
    states = [state_of(database, line) for line, _row in (sent, refused, behind_it)]
    assert states == [LineState.SENT, LineState.BLOCKED, LineState.BLOCKED]
    assert events == [Event.ASKED, Event.BLOCKED]
    assert found is not None
    assert found.reachable is False


def test_of_what_was_leaving_when_they_went_nobody_knows(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """Where a block is heard of while a line is being sent, that line is not called unsent."""
    made = asked(writer, vault)
    leaving, waits = spoken(writer, vault, made), spoken(writer, vault, made)
    do(writer, lambda unit: unit.mark_sending(leaving[1]))
    do(writer, lambda unit: unit.set_unreachable(made.person_id, LATER))
    states = [state_of(database, line) for line, _row in (leaving, waits)]
    assert states == [LineState.UNKNOWN, LineState.BLOCKED]
    do(writer, lambda unit: unit.mark_sent(leaving[1], 77, LATER))
    assert state_of(database, leaving[0]) == LineState.SENT


def test_an_end_without_its_transaction_is_none(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """Where the job that marks a row fails, neither row nor line has ended."""
    made = asked(writer, vault)
    line, row = spoken(writer, vault, made)

    def job(unit: Unit) -> None:
        unit.mark_sent(row, 77, LATER)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        do(writer, job)
    waiting = do(writer, lambda unit: unit.pending_rows(9))
    assert (state_of(database, line), waiting) == (LineState.SENDING, [row])


@pytest.mark.parametrize("send", [True, False])
def test_a_restored_copy_sends_nothing_by_itself(
    writer: Writer, vault: Vault, database: Database, tmp_path: Path, send: bool
) -> None:
    """What waited is held, what was leaving is unknown, and what goes to topics says it repeats."""
    made = asked(writer, vault)
    cut, waits = spoken(writer, vault, made), spoken(writer, vault, made)
    heard = do(writer, lambda unit: hear(unit.direct(), vault, made, HELLO, NOON, source=5))
    do(writer, lambda unit: unit.mark_sending(cut[1]))
    back_up(database, tmp_path / "copy.backup", NOON)
    data = tmp_path / "elsewhere"
    (data / KEY_FILE).parent.mkdir(parents=True, mode=0o700)
    (data / KEY_FILE).write_bytes((database.data / KEY_FILE).read_bytes())
    (data / KEY_FILE).chmod(0o600)
    restore(tmp_path / "copy.backup", default_url(data), data)
    copy = Database.open(default_url(data), data=data)
    other = Writer(copy)
    try:
        pending = do(other, lambda unit: unit.pending_rows(9))
        states = [state_of(copy, line) for line, _row in (cut, waits)]
        repeats = do(other, lambda unit: begin_post(unit.direct(), "line", heard.id))
        do(other, lambda unit: release_held(unit.direct(), send=send))
        after = state_of(copy, waits[0])
    finally:
        other.close()
        copy.close()
    assert (pending, states) == ([], [LineState.UNKNOWN, LineState.SENDING])
    assert (repeats, after) == (1, LineState.SENDING if send else LineState.UNKNOWN)


def test_only_rows_with_lines_touch_lines(writer: Writer, vault: Vault, database: Database) -> None:
    """The rows of flows end as ever, and no conversation is behind for it."""
    made = asked(writer, vault)
    settle_view(writer)

    def job(unit: Unit) -> Row:
        return unit.send(message(person=unit.person_by_id(made.person_id)))

    row = do(writer, job)
    do(writer, lambda unit: unit.mark_sent(row, 5, LATER))
    with database.reading() as connection:
        lines = connection.execute(select(handoff_line.c.id)).all()
        assert (behind(connection, vault, LATER, 9), lines) == ([], [])


def test_a_row_that_is_gone_does_not_change_why(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """What did not go for a block is not said to have failed when its row is found missing."""
    made = asked(writer, vault)
    line, row = spoken(writer, vault, made)
    do(writer, lambda unit: unit.set_unreachable(made.person_id, LATER))
    do(writer, lambda unit: unit.mark_failed(row, LATER))
    assert state_of(database, line) == LineState.BLOCKED
