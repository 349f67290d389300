"""What is washed goes while a bot can still delete it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from storage.erase import retain
from storage.outbox import Row, Slot
from storage.schema import chat_message
from storage.unit import Unit
from storage.writer import Writer
from tests.storage.factories import NOON, do, message, send, someone

HOUR = timedelta(hours=1)


def shown(writer: Writer, row: Row, after: timedelta) -> None:
    """The living message, number 7, was sent or edited."""
    do(writer, lambda unit: unit.mark_sent(row, 7, NOON + after))


def due(writer: Writer, after: timedelta) -> list[int]:
    """The messages to delete so long after noon."""
    found = do(writer, lambda unit: unit.washable(NOON + after, 10))
    return [one.message_id for one in found]


def test_edits_put_off_the_washing_up_to_forty_hours(writer: Writer) -> None:
    """An edit makes no message younger: forty hours after it was sent it goes."""
    person = someone(writer)
    for after in (0 * HOUR, 12 * HOUR, 36 * HOUR):
        wash_at = NOON + after + 24 * HOUR
        shown(writer, send(writer, message("x", person, slot=Slot.EDIT, wash_at=wash_at)), after)
    assert [due(writer, 39 * HOUR), due(writer, 40 * HOUR)] == [[], [7]]


def test_what_is_never_washed_stays_so(writer: Writer) -> None:
    """A message without a time to go has none after an edit either."""
    person = someone(writer)
    for after in (0 * HOUR, 12 * HOUR):
        shown(writer, send(writer, message("x", person, slot=Slot.EDIT)), after)
    assert due(writer, 47 * HOUR) == []


def test_what_is_sent_without_a_row_stays_until_its_time(writer: Writer) -> None:
    """It was not under way when the chat was cleaned or its conversation began: it is not washed
    as if it had been."""
    person = someone(writer)
    do(writer, lambda unit: unit.save_conversation(person.id, {}, living=5))
    for message_id, row_id in ((8, -1), (9, -(1 << 40))):
        do(
            writer,
            lambda unit, message_id=message_id, row_id=row_id: unit.remember_message(
                person.id, message_id, NOON, NOON + HOUR, incoming=False, row_id=row_id
            ),
        )
    assert [due(writer, HOUR / 2), due(writer, HOUR)] == [[], [8, 9]]


def test_careful_mode_reaches_what_was_there_before(writer: Writer) -> None:
    """Old messages get a time to go, the oldest before a bot can no longer delete it."""
    person = someone(writer)

    def job(unit: Unit) -> None:
        unit.remember_message(person.id, 1, NOON, incoming=True)
        unit.remember_message(person.id, 2, NOON + 30 * HOUR, incoming=True)
        unit.remember_message(person.id, 3, NOON, NOON + HOUR, incoming=True)
        unit.wash_all(person.id, NOON + 54 * HOUR)

    do(writer, job)
    assert [due(writer, after * HOUR) for after in (1, 39, 40, 54)] == [[3], [3], [3, 1], [2]]


def test_a_living_message_is_aged_after_twelve_hours(writer: Writer) -> None:
    """It counts from the sending; one that the chat does not show is not aged."""
    person = someone(writer)
    do(writer, lambda unit: unit.remember_message(person.id, 7, NOON, incoming=False))
    told = [
        do(writer, lambda unit: unit.is_aged(person.id, 7, NOON + 12 * HOUR)),
        do(writer, lambda unit: unit.is_aged(person.id, 7, NOON + 13 * HOUR)),
        do(writer, lambda unit: unit.is_aged(person.id, 8, NOON + 99 * HOUR)),
    ]
    assert told == [False, True, False]


def test_of_a_message_only_its_hour_is_kept(writer: Writer) -> None:
    """The database does not say at which minute somebody wrote, or was answered."""
    person = someone(writer)
    row = send(writer, message("x", person))
    late = NOON + timedelta(minutes=59, seconds=59, milliseconds=999)

    def job(unit: Unit) -> list[datetime]:
        return list(unit.reading().execute(select(chat_message.c.at)).scalars())

    do(writer, lambda unit: unit.remember_message(person.id, 5, late, incoming=True))
    do(writer, lambda unit: unit.mark_sent(row, 6, late))
    assert do(writer, job) == [NOON, NOON]


def test_a_message_is_deleted_as_long_as_a_bot_can(writer: Writer) -> None:
    """One sent at the end of its hour is still cleaned and washed in its forty-eighth hour."""
    person = someone(writer)
    sent = NOON + timedelta(minutes=59)

    def job(unit: Unit) -> None:
        unit.remember_message(person.id, 5, sent, sent + 47 * HOUR, incoming=True)

    do(writer, job)
    last = sent + 48 * HOUR - timedelta(seconds=1)

    def cleanable(now: datetime) -> list[int]:
        do(writer, lambda unit: retain(unit, now, 365))
        return do(writer, lambda unit: unit.messages_to_clean(person.id, now))

    assert (due(writer, last - NOON), cleanable(last)) == ([5], [5])
    over = NOON + 49 * HOUR
    assert (due(writer, over - NOON), cleanable(over)) == ([], [])
