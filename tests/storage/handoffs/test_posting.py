"""What a group's topics lack is found in the order in which people wait; what is late is known."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection, insert, update

from flows.handoff_model import Event, LineState, Reason, Trouble, Urgency
from storage.database import Database
from storage.handoff_schema import handoff, staff_group
from storage.handoffs.closing import close
from storage.handoffs.finding import find
from storage.handoffs.lines import find_lines, hear, say, set_state
from storage.handoffs.model import PASSED_OVER, Handoff
from storage.handoffs.notes import note
from storage.handoffs.posting import (
    Late,
    close_topic,
    find_corrected,
    find_homeless,
    find_late,
    find_shared,
    find_stranded,
    move_in,
    next_of_group,
    open_topic,
    trouble_all,
)
from storage.handoffs.view import find_unposted, set_ack, set_card, set_posted, set_topic
from storage.unit import Unit
from storage.vault import Vault
from storage.writer import Writer
from tests.storage.factories import CHAT, NOON, do
from tests.storage.handoffs.factories import (
    ANNA,
    CHAT_OF_GROUP,
    GROUP,
    HELLO,
    REPLY,
    asked,
    bind_group,
)

SOON = NOON + timedelta(minutes=1)
OTHER_GROUP = 8
TOPIC = 400


def bind(writer: Writer, vault: Vault) -> None:
    """Two groups."""
    bind_group(writer, vault)
    chat = vault.seal_chat(CHAT_OF_GROUP - 1, 0)
    values = {"id": OTHER_GROUP, "chat": chat, "since": NOON, "is_forum": True}
    do(writer, lambda unit: unit.direct().execute(insert(staff_group).values(values)))


def fresh(connection: Connection, made: Handoff) -> Handoff:
    """A conversation as it stands."""
    found = find(connection, made.id)
    assert found is not None
    return found


def shown(connection: Connection, vault: Vault, made: Handoff, topic: int = TOPIC) -> Handoff:
    """Bring its topic up to date."""
    set_topic(connection, made.id, GROUP, topic, "name")
    set_card(connection, fresh(connection, made), topic + 1, b"")
    for number, one in enumerate(find_unposted(connection, vault, made.id)):
        kind = "line" if hasattr(one, "outward") else "note"
        set_posted(connection, kind, one.id, topic + 2 + number)  # type: ignore[arg-type]
    return fresh(connection, made)


def test_the_urgent_come_first_then_words_then_acknowledgements(
    writer: Writer, database: Database
) -> None:
    """A note waits for everything else; who is passed over is not looked at."""
    vault = database.vault
    bind(writer, vault)
    talks = [asked(writer, vault, CHAT + number) for number in range(4)]

    def job(unit: Unit) -> list[int]:
        connection = unit.direct()
        noted, said, heard, urgent = [
            shown(connection, vault, one, TOPIC + 100 * number) for number, one in enumerate(talks)
        ]
        note(connection, vault, noted.id, Event.NOTE, "x", NOON, ANNA)
        line = say(connection, vault, said, ANNA, REPLY, NOON, source=900)
        set_state(connection, line.id, LineState.SENT, NOON, 1)
        hear(connection, vault, heard, HELLO, SOON, source=1)
        note(connection, vault, urgent.id, Event.NOTE, "x", SOON, ANNA)
        values = {"urgency": int(Urgency.NOW)}
        connection.execute(update(handoff).where(handoff.c.id == urgent.id).values(values))
        order: list[int] = []
        while (found := next_of_group(connection, GROUP, skip=order)) is not None:
            order.append(found.id)
        return order

    noted, said, heard, urgent = (one.id for one in talks)
    assert do(writer, job) == [urgent, heard, said, noted]


def test_without_the_right_only_what_has_a_topic_is_shown(
    writer: Writer, database: Database
) -> None:
    """A conversation that needs a topic waits, others do not."""
    vault = database.vault
    bind(writer, vault)
    old, new = asked(writer, vault, CHAT), asked(writer, vault, CHAT + 1)

    def job(unit: Unit) -> list[int | None]:
        connection = unit.direct()
        hear(connection, vault, shown(connection, vault, old), HELLO, SOON, source=1)
        move_in(connection, fresh(connection, new), GROUP, NOON)
        found = [next_of_group(connection, GROUP, opens=opens) for opens in (True, False)]
        return [one and one.id for one in found]

    assert do(writer, job) == [new.id, old.id]


def test_whoever_has_no_group_is_found_and_given_one(writer: Writer, database: Database) -> None:
    """In another group the topic is another; where a group is gone, its conversations are known."""
    vault = database.vault
    bind(writer, vault)
    made = asked(writer, vault)

    def job(unit: Unit) -> tuple[list[int], ...]:
        connection = unit.direct()
        homeless = [one.id for one in find_homeless(connection)]
        move_in(connection, made, GROUP, NOON)
        first = shown(connection, vault, made)
        hear(connection, vault, first, HELLO, SOON, source=1)
        trouble_all(connection, GROUP, Trouble.GONE, SOON)
        stranded = find_stranded(connection, GROUP)
        assert [one.trouble for one in stranded] == [Trouble.GONE.value]
        move_in(connection, stranded[0], OTHER_GROUP, SOON)
        moved = fresh(connection, made)
        assert (moved.topic, moved.trouble, moved.group_id) == (None, "", OTHER_GROUP)
        return homeless, [one.id for one in stranded], [o.id for o in find_homeless(connection)]

    assert do(writer, job) == ([made.id], [made.id], [])


def test_a_topic_is_opened_once_and_for_somebody(writer: Writer, database: Database) -> None:
    """Where another topic shows it already, or the person was forgotten, none is wanted."""
    vault = database.vault
    bind(writer, vault)
    made = asked(writer, vault)

    def job(unit: Unit) -> list[bool]:
        connection = unit.direct()
        opened = [
            open_topic(connection, made.id, GROUP, topic, "name", NOON) for topic in (400, 500)
        ]
        assert fresh(connection, made).topic == 400
        return [*opened, open_topic(connection, made.id + 1, GROUP, 600, "name", NOON)]

    assert do(writer, job) == [True, False, False]


def test_a_deleted_topic_of_a_closed_conversation_rests(writer: Writer, database: Database) -> None:
    """Nothing is behind then; open again, its last lines are shown again."""
    vault = database.vault
    bind(writer, vault)
    made = asked(writer, vault, words="Help")

    def job(unit: Unit) -> None:
        connection = unit.direct()
        seen = shown(connection, vault, made)
        close(connection, vault, seen, Reason.ANSWERED, NOON, ANNA)
        seen = shown(connection, vault, made)
        close_topic(connection, seen, SOON)
        rested = fresh(connection, made)
        assert (rested.topic, rested.behind_since) == (None, None)
        assert {line.posted for line in find_lines(connection, vault, made.id)} == {PASSED_OVER}
        hear(connection, vault, rested, HELLO, SOON, source=1)
        assert open_topic(connection, made.id, GROUP, 500, "name", SOON)
        words = [one.text for one in find_unposted(connection, vault, made.id) if one.text]
        assert words[0] == "Help"
        close_topic(connection, seen, SOON)  # that one was lost long ago
        assert fresh(connection, made).topic == 500

    do(writer, job)


def test_what_is_late_is_counted_by_group(writer: Writer, database: Database) -> None:
    """Since when, how many and why; notes and summaries that wait are nobody who waits."""
    vault = database.vault
    bind(writer, vault)
    here, noted, nowhere = [asked(writer, vault, CHAT + number) for number in range(3)]

    def job(unit: Unit) -> list[Late]:
        connection = unit.direct()
        hear(connection, vault, shown(connection, vault, here), HELLO, SOON, source=1)
        shown(connection, vault, noted, 500)
        note(connection, vault, noted.id, Event.NOTE, "x", NOON, ANNA)
        trouble_all(connection, GROUP, Trouble.RIGHTS, SOON)
        assert find_late(connection, NOON) == []
        return find_late(connection, SOON + timedelta(seconds=1))

    assert do(writer, job) == [
        Late(None, 1, nowhere.asked, None),
        Late(GROUP, 1, SOON, Trouble.RIGHTS),
    ]


def test_what_is_corrected_and_what_is_shared_is_known(writer: Writer, database: Database) -> None:
    """A correction answers the first words; what says it of several lines is not rewritten."""
    vault = database.vault
    bind(writer, vault)
    made = asked(writer, vault)

    def job(unit: Unit) -> None:
        connection = unit.direct()
        seen = shown(connection, vault, made)
        said = [say(connection, vault, seen, ANNA, REPLY, NOON, source=n) for n in (7, 8, 9)]
        for line, message in zip(said, (50, 50, 51), strict=True):
            set_ack(connection, line.id, message, "sent")
        ids = {line.id for line in said}
        assert find_corrected(connection, made.id, ids) == dict(
            zip((line.id for line in said), (7, 8, 9), strict=True)
        )
        assert find_corrected(connection, made.id, set()) == {}
        assert find_shared(connection, made.id, {50, 51}) == frozenset({50})
        assert find_shared(connection, made.id, set()) == frozenset()

    do(writer, job)
