"""The outbox: in order, sealed, and gone once sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from storage.outbox import Lane, Outgoing, Policy, Row, Slot, State, count_by_state, settle_sending
from storage.schema import outbox
from storage.unit import Unit
from storage.washing import Washable
from storage.writer import Writer
from tests.storage.factories import CHAT, NOON, do, message, send, someone

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def pending(writer: Writer, **more: object) -> list[Row]:
    """What waits, as the delivery reads it."""
    rows: list[Row] = do(writer, lambda unit: unit.pending_rows(100, **more))
    return rows


def test_a_row_comes_back_as_it_was_sent(writer: Writer) -> None:
    """Every field of a row survives the way through the database."""
    person = someone(writer)
    outgoing = Outgoing(
        "sendMessage",
        {"chat_id": CHAT, "text": "ciao è", "reply_markup": {"inline_keyboard": [[]]}},
        Lane.ALERT,
        Policy.ONCE,
        person.id,
        Slot.NEW,
        NOON + MINUTE,
        NOON,
    )
    row = send(writer, outgoing)
    assert pending(writer) == [row]
    assert {name: getattr(row, name) for name in Outgoing.__slots__} == {
        name: getattr(outgoing, name) for name in Outgoing.__slots__
    }


def test_rows_wait_in_the_order_they_were_sent(writer: Writer) -> None:
    """Ids rise from transaction to transaction and none is used twice, even when all are gone."""
    rows = [send(writer, message(str(n))) for n in range(3)]
    for row in rows:
        do(writer, lambda unit, row=row: unit.mark_failed(row, NOON))
    later = [send(writer, message(str(n))) for n in range(3)]
    ids = [row.id for row in rows + later]
    assert ids == sorted(set(ids))
    assert pending(writer) == later


def test_rows_are_read_in_pages_and_kinds(writer: Writer) -> None:
    """Pages go on behind an id; broadcasts and what is due later are asked for apart."""
    first, second = send(writer, message("one")), send(writer, message("two"))
    later = send(writer, message("later", not_before=NOON + MINUTE))
    bulk = send(writer, replace(message("all"), lane=Lane.BULK))
    assert do(writer, lambda unit: unit.pending_rows(1, first.id)) == [second]
    assert pending(writer, bulk=True) == [bulk]
    assert pending(writer, bulk=False) == [first, second, later]
    assert pending(writer, bulk=False, before=NOON) == [first, second]
    assert pending(writer, before=NOON + 2 * MINUTE) == [first, second, later, bulk]


def test_no_word_of_a_waiting_message_is_readable(writer: Writer) -> None:
    """The stored body holds neither text nor chat."""
    send(writer, message("a secret word"))
    body = do(writer, lambda unit: unit.direct().execute(select(outbox.c.body)).scalar_one())
    assert (b"secret" in body, str(CHAT).encode() in body) == (False, False)


def test_a_row_prints_without_words_or_people(writer: Writer) -> None:
    """Logs and errors that print a row show neither parameters nor person."""
    person = someone(writer)
    row = send(writer, message("a hidden word", person))
    shown = repr(row) + repr(message("a hidden word", person))
    assert [found for found in ("hidden", str(CHAT), str(person.id)) if found in shown] == []


@pytest.mark.parametrize(
    ("slot", "before", "message_id", "after"),
    [
        (Slot.NEW, None, 5, 5),
        (Slot.NEW, 4, 5, 5),
        (Slot.EDIT, 4, 4, 4),
        (Slot.EDIT, 4, 9, 9),
        (Slot.RETIRE, 4, None, None),
        (Slot.RETIRE, 4, 4, None),
        (Slot.NONE, 4, 5, 4),
    ],
)
def test_the_living_message_follows_what_was_sent(
    writer: Writer, slot: Slot, before: int | None, message_id: int | None, after: int | None
) -> None:
    """Each slot leaves the living message it is meant to leave, and the row knew the one before."""
    person = someone(writer)
    do(writer, lambda unit: unit.save_conversation(person.id, {}, living=before))
    row = send(writer, message("x", person, slot=slot))
    assert row.living == (None if slot is Slot.NONE else before)
    do(writer, lambda unit: unit.mark_sent(row, message_id, NOON))
    assert do(writer, lambda unit: unit.conversation(person.id).living) == after
    assert pending(writer) == []


def test_a_turn_sees_the_living_message_sent_just_before(writer: Writer) -> None:
    """In one transaction with the mark, the turn behind it already knows the new message."""
    person = someone(writer)
    row = send(writer, message("x", person, slot=Slot.NEW))

    def job(unit: Unit) -> int | None:
        unit.mark_sent(row, 77, NOON)
        return unit.send(message("y", person, slot=Slot.EDIT)).living

    assert do(writer, job) == 77


def test_a_retried_row_waits_and_counts(writer: Writer) -> None:
    """A row that did not arrive comes back later with one attempt more."""
    row = send(writer, message("x"))
    do(writer, lambda unit: unit.mark_retry(row, NOON + MINUTE))
    assert pending(writer) == [replace(row, attempts=1, not_before=NOON + MINUTE)]


def test_an_at_most_once_row_is_never_sent_again_after_a_crash(writer: Writer) -> None:
    """A row marked before its call is not pending; after a crash it is settled and erased."""
    row = send(writer, message("x", policy=Policy.ONCE))
    do(writer, lambda unit: unit.mark_sending(row))
    assert pending(writer) == []
    assert do(writer, lambda unit: settle_sending(unit.direct())) == 1
    assert pending(writer) == []
    states = do(writer, lambda unit: count_by_state(unit.direct()))
    bodies = do(writer, lambda unit: unit.direct().execute(select(outbox.c.body)).scalars().all())
    assert (states, bodies) == ({State.UNKNOWN: 1}, [b""])


def test_a_row_whose_fate_is_unknown_keeps_no_words(writer: Writer) -> None:
    """Marked unknown, the row stays to be counted and its body is gone."""
    row = send(writer, message("x"))
    do(writer, lambda unit: unit.mark_unknown(row, NOON))
    found = do(writer, lambda unit: unit.direct().execute(select(outbox)).all())
    assert [(one.state, one.body) for one in found] == [(State.UNKNOWN, b"")]


def test_a_sent_message_can_be_cleaned_for_48_hours(writer: Writer) -> None:
    """What was sent and what was received is listed until surely no bot can delete it any more."""
    person = someone(writer)
    row = send(writer, message("x", person))
    do(writer, lambda unit: unit.mark_sent(row, 5, NOON))
    do(writer, lambda unit: unit.remember_message(person.id, 6, NOON + HOUR, incoming=True))
    over = timedelta(hours=49)
    found = [
        do(writer, lambda unit, now=now: unit.messages_to_clean(person.id, now))
        for now in (NOON + HOUR, NOON + over, NOON + over + HOUR)
    ]
    assert found == [[5, 6], [6], []]


def test_a_cleaned_chat_has_nothing_left(writer: Writer) -> None:
    """Cleaning hands out every message once, and there is no living message any more."""
    person = someone(writer)
    do(writer, lambda unit: unit.save_conversation(person.id, {}, living=5))
    for message_id in (5, 6):
        do(
            writer,
            lambda unit, id_=message_id: unit.remember_message(person.id, id_, NOON, incoming=True),
        )
    assert do(writer, lambda unit: unit.clean_chat(person.id, NOON)) == [5, 6]
    assert do(writer, lambda unit: unit.clean_chat(person.id, NOON)) == []
    assert do(writer, lambda unit: unit.conversation(person.id).living) is None


def test_a_message_under_way_while_cleaning_is_washed_at_once(writer: Writer) -> None:
    """What arrives after the cleaning but was sent before it is due for washing; later ones not."""
    person = someone(writer)
    before = send(writer, message("before", person))
    do(writer, lambda unit: unit.clean_chat(person.id, NOON))
    after = send(writer, message("after", person))
    do(writer, lambda unit: unit.mark_sent(before, 5, NOON))
    do(writer, lambda unit: unit.mark_sent(after, 6, NOON))
    found = do(writer, lambda unit: unit.washable(NOON, 10))
    assert found == [Washable(person.id, CHAT, 5)]


def test_messages_are_washed_when_their_time_comes(writer: Writer) -> None:
    """Washing finds what is due, the longest due first, not what no bot can delete any more."""
    person = someone(writer)
    times = {1: NOON, 2: NOON - MINUTE, 3: NOON + MINUTE, 4: None}
    for id_, wash_at in times.items():
        row = send(writer, message("x", person, wash_at=wash_at))
        do(writer, lambda unit, row=row, id_=id_: unit.mark_sent(row, id_, NOON - 5 * MINUTE))
    old = NOON - timedelta(hours=49)
    do(writer, lambda unit: unit.remember_message(person.id, 9, old, NOON, incoming=True))
    found = do(writer, lambda unit: unit.washable(NOON, 10))
    assert [one.message_id for one in found] == [2, 1]
    do(writer, lambda unit: unit.forget_messages(person.id, [1, 2]))
    assert do(writer, lambda unit: unit.washable(NOON, 10)) == []


def test_an_edited_message_takes_the_newer_time_to_be_washed(writer: Writer) -> None:
    """Editing a message changes when it is washed and not since when it is there."""
    person = someone(writer)
    for wash_at, at in ((None, NOON), (NOON + MINUTE, NOON + 5 * HOUR)):
        row = send(writer, message("x", person, slot=Slot.EDIT, wash_at=wash_at))
        do(writer, lambda unit, row=row, at=at: unit.mark_sent(row, 5, at))
    assert len(do(writer, lambda unit: unit.washable(NOON + MINUTE, 10))) == 1
    end = NOON + timedelta(hours=49)
    assert do(writer, lambda unit: unit.messages_to_clean(person.id, end)) == []


def test_a_message_to_somebody_forgotten_meanwhile_is_not_remembered(writer: Writer) -> None:
    """A mark that comes after the person was deleted is no error and leaves nothing."""
    person = someone(writer)
    row = send(writer, message("x", person, slot=Slot.NEW))
    do(writer, lambda unit: unit.delete_person(person.id))
    do(writer, lambda unit: unit.mark_sent(row, 5, NOON))
    assert do(writer, lambda unit: unit.messages_to_clean(person.id, NOON)) == []


def test_a_message_to_a_group_is_only_dropped(writer: Writer) -> None:
    """A row of nobody is gone when sent, and nothing is remembered of it."""
    row = send(writer, message("x", chat=-100))
    do(writer, lambda unit: unit.mark_sent(row, 5, NOON))
    assert pending(writer) == []


def test_a_time_without_zone_is_refused(writer: Writer) -> None:
    """A moment without zone would be off by hours, so the job fails and leaves nothing."""
    naive = message("x", not_before=NOON.replace(tzinfo=None))
    with pytest.raises(ValueError, match="zone"):
        send(writer, naive)
    assert pending(writer) == []
