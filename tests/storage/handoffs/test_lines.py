"""Lines: what was said is kept in order, sealed, with how far it has come."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from flows.handoff_model import Event, LineKind, LineState, Reason, State
from storage.database import Database
from storage.erase import forget
from storage.handoff_schema import handoff_line, handoff_note
from storage.handoffs.claims import claim
from storage.handoffs.closing import close, set_reachable
from storage.handoffs.finding import find
from storage.handoffs.lines import (
    GoneError,
    find_by_posted,
    find_by_source,
    find_handoff_id,
    find_line,
    find_lines,
    hear,
    say,
    set_state,
    undo,
)
from storage.handoffs.model import LOCK, Content, Line
from storage.handoffs.notes import find_note_by_source, find_notes, note
from storage.handoffs.view import set_ack, set_posted
from storage.vault import Vault
from storage.writer import Writer
from tests.storage.factories import NOON, do
from tests.storage.handoffs.factories import ANNA, BRUNO, HELLO, REPLY, asked

SOON = NOON + timedelta(minutes=10)


def test_what_is_said_is_kept_in_order(writer: Writer, vault: Vault, database: Database) -> None:
    """Lines of both and notes share one count, and each line comes back as it was said."""
    made = asked(writer, vault)
    photo = Content(LineKind.PHOTO, "La busta paga", "file-7", {"width": 3})

    def talk(unit: object) -> tuple[Line, Line]:
        connection = unit.direct()  # type: ignore[attr-defined]
        first = hear(connection, vault, made, photo, SOON, source=5, album="a")
        note(connection, vault, made.id, Event.NOTE, "Sentire il CAF", SOON, ANNA, 9)
        return first, say(connection, vault, made, ANNA, REPLY, SOON, source=10)

    first, second = do(writer, talk)
    with database.reading() as connection:
        assert find_lines(connection, vault, made.id) == [first, second]
        assert find_lines(connection, vault, made.id, after=first.number) == [second]
        numbers = [one.number for one in find_notes(connection, vault, made.id)]
    assert ([first.number, second.number], numbers) == ([2, 4], [1, 3])
    assert (first.content, first.album, second.operator_id) == (photo, "a", ANNA)


def test_words_wait_for_an_answer_and_an_answer_ends_that(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """From her first word on the person waits; what an operator says ends the wait."""
    made = asked(writer, vault)
    do(writer, lambda unit: hear(unit.direct(), vault, made, HELLO, NOON, source=5))
    do(writer, lambda unit: hear(unit.direct(), vault, made, HELLO, SOON, source=6))
    with database.reading() as connection:
        waits = find(connection, made.id)
    do(writer, lambda unit: say(unit.direct(), vault, made, ANNA, REPLY, SOON))
    with database.reading() as connection:
        answered = find(connection, made.id)
    assert waits is not None
    assert answered is not None
    assert (waits.waits_since, waits.answered) == (NOON, None)
    assert (answered.waits_since, answered.answered) == (None, SOON)


def test_what_cannot_go_is_no_answer(writer: Writer, vault: Vault, database: Database) -> None:
    """A line that is kept as not sent leaves the person waiting."""
    made = asked(writer, vault)
    do(writer, lambda unit: hear(unit.direct(), vault, made, HELLO, NOON, source=5))
    blocked = LineState.BLOCKED
    do(writer, lambda unit: say(unit.direct(), vault, made, ANNA, REPLY, SOON, state=blocked))
    with database.reading() as connection:
        found = find(connection, made.id)
    assert found is not None
    assert (found.waits_since, found.answered) == (NOON, None)


def test_only_the_owners_words_keep_the_lock(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """Every word of the owner keeps the conversation for longer, another's does not."""
    made = asked(writer, vault)
    do(writer, lambda unit: claim(unit.direct(), made.id, ANNA, NOON))
    locks = []
    for operator, moment in ((BRUNO, SOON), (ANNA, SOON)):

        def job(unit: object, operator: int = operator, moment: object = moment) -> Line:
            connection = unit.direct()  # type: ignore[attr-defined]
            return say(connection, vault, made, operator, REPLY, moment)  # type: ignore[arg-type]

        do(writer, job)
        with database.reading() as connection:
            found = find(connection, made.id)
        locks.append(None if found is None else found.lock_until)
    assert locks == [NOON + LOCK, SOON + LOCK]


def test_words_to_a_closed_conversation_open_it(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """What is heard is never kept where nobody would read it."""
    made = asked(writer, vault)
    do(writer, lambda unit: close(unit.direct(), vault, made, Reason.ANSWERED, NOON, ANNA))
    do(writer, lambda unit: hear(unit.direct(), vault, made, HELLO, SOON, source=5))
    with database.reading() as connection:
        found = find(connection, made.id)
        events = [one.event for one in find_notes(connection, vault, made.id)]
    assert found is not None
    assert (found.state, found.waits_since, found.closed) == (State.WAITING, SOON, None)
    assert events == [Event.ASKED, Event.CLOSED, Event.REOPENED]


def test_who_writes_can_be_reached_again(writer: Writer, vault: Vault, database: Database) -> None:
    """After a block the first word is noted as a return, once."""
    made = asked(writer, vault)
    do(writer, lambda unit: set_reachable(unit.direct(), made.id, False, NOON))
    for source in (5, 6):
        do(
            writer,
            lambda unit, source=source: hear(
                unit.direct(), vault, made, HELLO, SOON, source=source
            ),
        )
    with database.reading() as connection:
        found = find(connection, made.id)
        events = [one.event for one in find_notes(connection, vault, made.id)]
    assert found is not None
    assert (found.reachable, events) == (True, [Event.ASKED, Event.BLOCKED, Event.BACK])


def test_a_line_is_found_by_its_messages(writer: Writer, vault: Vault, database: Database) -> None:
    """The message it was written in, the one that shows it and its acknowledgement lead to it."""
    made = asked(writer, vault)
    heard = do(writer, lambda unit: hear(unit.direct(), vault, made, HELLO, NOON, source=5))
    said = do(writer, lambda unit: say(unit.direct(), vault, made, ANNA, REPLY, NOON, source=5))
    do(writer, lambda unit: set_posted(unit.direct(), "line", heard.id, 77))
    do(writer, lambda unit: set_ack(unit.direct(), said.id, 78, LineState.SENDING.value))
    with database.reading() as connection:
        inward = find_by_source(connection, vault, made.id, 5, outward=False)
        outward = find_by_source(connection, vault, made.id, 5, outward=True)
        posted = find_by_posted(connection, vault, made.id, 77)
        written = find_by_posted(connection, vault, made.id, 5)
        acked = find_by_posted(connection, vault, made.id, 78)
        found = [inward, outward, posted, written, acked, find_line(connection, vault, 1)]
        assert find_handoff_id(connection, heard.id) == made.id
    ids = [None if one is None else one.id for one in found]
    assert ids == [heard.id, said.id, heard.id, said.id, said.id, None]


def test_an_edit_is_the_newest_version(writer: Writer, vault: Vault, database: Database) -> None:
    """A message that was edited leads to what it says now."""
    made = asked(writer, vault)
    first = do(writer, lambda unit: hear(unit.direct(), vault, made, HELLO, NOON, source=5))
    after = Content(LineKind.TEXT, "Buonasera")
    do(
        writer,
        lambda unit: hear(unit.direct(), vault, made, after, SOON, source=5, edit_of=first.id),
    )
    do(writer, lambda unit: note(unit.direct(), vault, made.id, Event.NOTE, "uno", NOON, ANNA, 8))
    do(writer, lambda unit: note(unit.direct(), vault, made.id, Event.NOTE, "due", NOON, ANNA, 8))
    with database.reading() as connection:
        line = find_by_source(connection, vault, made.id, 5, outward=False)
        noted = find_note_by_source(connection, vault, made.id, 8)
        nothing = find_note_by_source(connection, vault, made.id, 9)
    assert line is not None
    assert noted is not None
    assert (line.text, line.edit_of, noted.text, nothing) == ("Buonasera", first.id, "due", None)


@pytest.mark.parametrize(
    ("state", "taken_back"),
    [
        (LineState.WAITS, True),
        (LineState.SENDING, True),
        (LineState.SENT, True),
        (LineState.BLOCKED, False),
        (LineState.UNKNOWN, False),
        (LineState.UNDONE, False),
    ],
)
def test_only_what_goes_is_taken_back(
    writer: Writer, vault: Vault, database: Database, state: LineState, taken_back: bool
) -> None:
    """A line that never went, or of which nobody knows, is not called undone."""
    made = asked(writer, vault)
    said = do(writer, lambda unit: say(unit.direct(), vault, made, ANNA, REPLY, NOON))
    do(writer, lambda unit: set_state(unit.direct(), said.id, state, NOON, 99))
    assert do(writer, lambda unit: undo(unit.direct(), said.id, SOON)) == taken_back
    with database.reading() as connection:
        found = find_line(connection, vault, said.id)
    assert found is not None
    wanted = LineState.UNDONE if taken_back else state
    assert (found.state, found.delivered, found.delivered_at) == (wanted, 99, NOON)


def test_nothing_is_said_where_nobody_is(writer: Writer, vault: Vault) -> None:
    """After a person was forgotten, a line of either is refused and nothing is written."""
    made = asked(writer, vault)
    do(writer, lambda unit: forget(unit, made.person_id, NOON))
    with pytest.raises(GoneError):
        do(writer, lambda unit: hear(unit.direct(), vault, made, HELLO, NOON, source=5))
    with pytest.raises(GoneError):
        do(writer, lambda unit: say(unit.direct(), vault, made, ANNA, REPLY, NOON))
    missing = do(writer, lambda unit: note(unit.direct(), vault, made.id, Event.NOTE, "x", NOON))
    assert missing is None


def test_words_lie_sealed(writer: Writer, vault: Vault, database: Database) -> None:
    """What is said and noted is in the tables only under the key of the house, each in its row."""
    made = asked(writer, vault, words="parola-segreta")
    do(writer, lambda unit: say(unit.direct(), vault, made, ANNA, REPLY, NOON))
    do(writer, lambda unit: note(unit.direct(), vault, made.id, Event.NOTE, "segreta", NOON, ANNA))
    with database.reading() as connection:
        bodies = [
            bytes(body)
            for table in (handoff_line, handoff_note)
            for body in connection.execute(select(table.c.body)).scalars()
        ]
    assert [b"segreta" in body or b"Eccomi" in body for body in bodies] == [False] * 4


def test_a_line_prints_nothing_that_was_said(writer: Writer, vault: Vault) -> None:
    """What a line, a note and a content print as holds no word, file or message of the person."""
    made = asked(writer, vault)
    secret = Content(LineKind.DOCUMENT, "segreto", "segreto", {"name": "segreto"})
    line = do(writer, lambda unit: hear(unit.direct(), vault, made, secret, NOON, source=5))
    noted = do(
        writer, lambda unit: note(unit.direct(), vault, made.id, Event.NOTE, "segreto", NOON)
    )
    assert ["segreto" in repr(one) for one in (secret, line, noted)] == [False] * 3
