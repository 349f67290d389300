"""Fading: what was said goes with its person, or some time after its end, also from the groups."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, insert, select, update

from flows.handoff_model import Reason, State
from storage.case_schema import case_choice, contact
from storage.database import Database
from storage.erase import forget, retain
from storage.handoff_schema import handoff, handoff_line, handoff_note
from storage.handoffs.closing import close
from storage.handoffs.finding import find
from storage.handoffs.left import take_left
from storage.handoffs.lines import say
from storage.handoffs.model import Handoff
from storage.handoffs.posting import move_in
from storage.outbox import Lane
from storage.unit import Unit
from storage.vault import Vault
from storage.writer import Writer
from tests.storage.factories import CHAT, NOON, do, message
from tests.storage.handoffs.factories import (
    ANNA,
    CHAT_OF_GROUP,
    GROUP,
    REPLY,
    ask_again,
    asked,
    behind,
    bind_group,
)

DAYS = timedelta(days=30)
IDLE = 3_650


def counts(database: Database) -> list[int]:
    """How many conversations, lines and notes are kept."""
    with database.reading() as connection:
        return [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (handoff, handoff_line, handoff_note)
        ]


def in_topic(writer: Writer, made: Handoff, topic: int = 400) -> None:
    """A topic shows the conversation."""
    values = {"group_id": GROUP, "topic": topic, "card": 401}
    change = update(handoff).where(handoff.c.id == made.id).values(values)
    do(writer, lambda unit: unit.direct().execute(change))


def calls(unit: Unit) -> list[tuple[str, object]]:
    """What leaves for groups."""
    return [(row.method, row.params) for row in unit.sent if row.lane is Lane.CLEAN]


THE_TOPIC = ("deleteForumTopic", {"chat_id": CHAT_OF_GROUP, "message_thread_id": 400})


@pytest.mark.parametrize("fades", [False, True])
def test_the_topic_of_a_group_it_left_goes_too(writer: Writer, vault: Vault, fades: bool) -> None:
    """What was said before it moved to another group stands there as well."""
    bind_group(writer, vault)
    made = asked(writer, vault, words="Aiuto")
    in_topic(writer, made)

    def job(unit: Unit) -> list[tuple[str, object]]:
        connection = unit.direct()
        seen = find(connection, made.id)
        assert seen is not None
        move_in(connection, seen, None, NOON)
        if fades:
            close(connection, vault, seen, Reason.ANSWERED, NOON, ANNA)
            retain(unit, NOON + DAYS + timedelta(days=1), IDLE)
        else:
            forget(unit, made.person_id, NOON)
        assert take_left(connection, [made.id]) == []
        return calls(unit)

    assert do(writer, job) == [THE_TOPIC]


def test_who_is_forgotten_leaves_nothing_behind(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """Conversation, lines and notes go in the same transaction, and the topic is deleted too."""
    bind_group(writer, vault)
    made = asked(writer, vault, words="Aiuto")
    stays = asked(writer, vault, CHAT + 1, words="Aiuto")
    in_topic(writer, made)

    def job(unit: Unit) -> list[tuple[str, object]]:
        line = say(unit.direct(), vault, made, ANNA, REPLY, NOON)
        unit.send(message(person=unit.person_by_id(made.person_id), line=line.id))
        forget(unit, made.person_id, NOON)
        return calls(unit)

    assert do(writer, job) == [THE_TOPIC]
    assert counts(database) == [1, 1, 1]
    with database.reading() as connection:
        assert find(connection, stays.id) is not None


def test_without_a_topic_nothing_is_deleted_in_groups(writer: Writer, vault: Vault) -> None:
    """Where no topic was made, or its group is not ours any more, nothing is asked of Telegram."""
    bind_group(writer, vault)
    ids = [asked(writer, vault, CHAT + n).person_id for n in range(2)]

    def job(unit: Unit) -> list[tuple[str, object]]:
        change = update(handoff).where(handoff.c.person_id == ids[1])
        unit.direct().execute(change.values(topic=400, group_id=None))
        for person_id in ids:
            forget(unit, person_id, NOON)
        return calls(unit)

    assert do(writer, job) == []


def test_words_go_some_time_after_the_end(writer: Writer, vault: Vault, database: Database) -> None:
    """After so many days a closed conversation has no words and no topic, only its outcome."""
    bind_group(writer, vault)
    made = asked(writer, vault, words="Aiuto", level=3)
    in_topic(writer, made)
    do(writer, lambda unit: close(unit.direct(), vault, made, Reason.ANSWERED, NOON, ANNA))

    def tick(days: timedelta) -> list[tuple[str, object]]:
        def job(unit: Unit) -> list[tuple[str, object]]:
            retain(unit, NOON + days, IDLE, DAYS.days)
            return calls(unit)

        done: list[tuple[str, object]] = do(writer, job)
        return done

    assert (tick(DAYS), counts(database)) == ([], [1, 1, 2])
    late = DAYS + timedelta(seconds=1)
    assert (tick(late), counts(database), tick(late)) == ([THE_TOPIC], [1, 0, 0], [])
    with database.reading() as connection:
        found = find(connection, made.id)
        missing = behind(connection, vault, NOON, 9)
    assert found is not None
    assert (found.state, found.reason, found.level) == (State.CLOSED, Reason.ANSWERED, None)
    assert (found.topic, found.card, missing) == (None, None, [])


def test_an_open_conversation_keeps_its_words(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """However old, what is not closed stays."""
    asked(writer, vault, words="Aiuto")
    do(writer, lambda unit: retain(unit, NOON + 10 * DAYS, IDLE, DAYS.days))
    assert counts(database) == [1, 1, 1]


@pytest.mark.parametrize(
    ("given", "revoked", "kept"),
    [(None, None, [1, 0, 0]), (True, None, [1, 1, 2]), (True, NOON, [1, 0, 0])],
)
def test_words_stay_only_with_a_file_that_the_person_agreed_to(
    writer: Writer,
    vault: Vault,
    database: Database,
    given: bool | None,
    revoked: datetime | None,
    kept: list[int],
) -> None:
    """A sheet alone, or a yes that was taken back, keeps no word longer than was promised."""
    made = asked(writer, vault, words="Aiuto")
    sheet = {
        "id": 1,
        "number": "C-1",
        "designation": made.designation,
        "person_id": made.person_id,
        "office": "o-desio",
        "created_by": ANNA,
        "opened": date(2026, 11, 22),
        "source": "chat",
        "stage": "contact",
        "sheet": b"sealed",
        "touched": NOON,
    }
    choice = {"id": 2, "contact_id": 1, "purpose": "keep", "given": given, "how": "spoken"}
    choice |= {"at": NOON, "operator_id": ANNA, "revoked": revoked}
    do(writer, lambda unit: unit.direct().execute(insert(contact).values(sheet)))
    if given is not None:
        do(writer, lambda unit: unit.direct().execute(insert(case_choice).values(choice)))
    do(writer, lambda unit: close(unit.direct(), vault, made, Reason.ANSWERED, NOON, ANNA))
    do(writer, lambda unit: retain(unit, NOON + 10 * DAYS, IDLE, DAYS.days))
    assert counts(database) == kept


def test_who_comes_back_after_the_words_went_begins_again(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """A faded conversation opens again under its name, and is shown in a new topic."""
    made = asked(writer, vault, words="Aiuto")
    do(writer, lambda unit: close(unit.direct(), vault, made, Reason.ANSWERED, NOON, ANNA))
    later = NOON + 2 * DAYS
    do(writer, lambda unit: retain(unit, later, IDLE, DAYS.days))
    person = do(writer, lambda unit: unit.person(CHAT))
    again = ask_again(writer, vault, person, now=later)
    assert again is not None
    assert (again.designation, again.state, again.topic) == (made.designation, State.WAITING, None)
    with database.reading() as connection:
        assert [one.id for one in behind(connection, vault, later, 9)] == [made.id]


def test_people_who_are_idle_take_their_topics_along(writer: Writer, vault: Vault) -> None:
    """Retention forgets people as they themselves would: their topics are deleted too."""
    bind_group(writer, vault)
    made = asked(writer, vault)
    in_topic(writer, made)

    def job(unit: Unit) -> list[tuple[str, object]]:
        retain(unit, NOON + DAYS, 10)
        return calls(unit)

    assert do(writer, job) == [THE_TOPIC]
