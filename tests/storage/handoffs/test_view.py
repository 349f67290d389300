"""The view: what is missing in a topic is known until it is there, and nothing is lost with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert, select, update

from flows.handoff_model import Event, LineState, Reason, Trouble, Urgency
from storage.database import Database
from storage.erase import retain
from storage.handoff_schema import handoff_line, staff_group
from storage.handoffs.closing import close, set_urgency
from storage.handoffs.finding import find, find_in_topic
from storage.handoffs.lines import hear, say, set_state
from storage.handoffs.model import PASSED_OVER, Handoff
from storage.handoffs.notes import note
from storage.handoffs.view import (
    SHOWN_AGAIN,
    begin_post,
    clear_trouble,
    find_unacknowledged,
    find_unposted,
    lose_topic,
    move_group,
    oldest_behind,
    set_ack,
    set_card,
    set_name,
    set_posted,
    set_topic,
    set_trouble,
    undo_post,
)
from storage.unit import Unit
from storage.vault import Vault
from storage.writer import Writer
from tests.storage.factories import CHAT, NOON, do
from tests.storage.handoffs.factories import ANNA, GROUP, HELLO, REPLY, asked, behind, bind_group

SOON = NOON + timedelta(minutes=1)
TOPIC = 400


def show(connection: Connection, vault: Vault, handoff_id: int, first: int = 500) -> Handoff:
    """Bring a topic up to date, as whoever shows it does; the conversation afterwards."""
    found = find(connection, handoff_id)
    assert found is not None
    if found.topic is None:
        set_topic(connection, handoff_id, GROUP, TOPIC, "💬 name")
    set_card(connection, found, 401, b"shown")
    for place, one in enumerate(find_unposted(connection, vault, handoff_id)):
        kind = "line" if hasattr(one, "outward") else "note"
        begin_post(connection, kind, one.id)  # type: ignore[arg-type]
        set_posted(connection, kind, one.id, first + place)  # type: ignore[arg-type]
    for line in find_unacknowledged(connection, vault, handoff_id):
        set_ack(connection, line.id, 900, line.state.value)
    shown = find(connection, handoff_id)
    assert shown is not None
    return shown


def test_what_is_shown_is_no_longer_behind(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """A conversation is behind from its first moment until all of it is in the topic."""
    bind_group(writer, vault)
    made = asked(writer, vault, words="Aiuto")
    do(writer, lambda unit: say(unit.direct(), vault, made, ANNA, REPLY, SOON))
    with database.reading() as connection:
        before = [one.id for one in behind(connection, vault, SOON, 10)]
        since = oldest_behind(connection)
    shown = do(writer, lambda unit: show(unit.direct(), vault, made.id))
    with database.reading() as connection:
        after = behind(connection, vault, SOON, 10)
        in_topic = find_in_topic(connection, GROUP, TOPIC)
    assert (before, since, after) == ([made.id], NOON, [])
    assert (shown.behind_since, in_topic) == (None, shown)


def test_everything_that_happens_is_missing_again(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """Each word, note, decision and end of a line brings the conversation back to be shown."""
    bind_group(writer, vault)
    made = asked(writer, vault)
    do(writer, lambda unit: show(unit.direct(), vault, made.id))
    said = do(writer, lambda unit: say(unit.direct(), vault, made, ANNA, REPLY, SOON, source=8))
    sent = LineState.SENT
    happens = [
        lambda unit: set_state(unit.direct(), said.id, sent, SOON, 3),
        lambda unit: hear(unit.direct(), vault, made, HELLO, SOON, source=5),
        lambda unit: note(unit.direct(), vault, made.id, Event.NOTE, "x", SOON, ANNA),
        lambda unit: set_urgency(unit.direct(), vault, made, Urgency.NOW, SOON, ANNA),
        lambda unit: close(unit.direct(), vault, made, Reason.ANSWERED, SOON, ANNA),
    ]
    found = []
    for happen in happens:
        do(writer, happen)
        with database.reading() as connection:
            found.append([one.id for one in behind(connection, vault, SOON, 10)])
        do(writer, lambda unit: show(unit.direct(), vault, made.id))
    with database.reading() as connection:
        found.append([one.id for one in behind(connection, vault, SOON, 10)])
    assert found == [[made.id]] * len(happens) + [[]]


def test_what_is_behind_without_a_lack_is_in_no_trouble(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """Where nothing is missing any more, unnoticed, the day's upkeep takes the trouble away too."""
    bind_group(writer, vault)
    made = asked(writer, vault)
    do(writer, lambda unit: show(unit.direct(), vault, made.id))
    why = Trouble.RIGHTS.value
    do(writer, lambda unit: set_trouble(unit.direct(), made.id, why, SOON))
    do(writer, lambda unit: retain(unit, SOON, 10))
    with database.reading() as connection:
        found = find(connection, made.id)
    assert found is not None
    assert (found.behind_since, found.trouble) == (None, "")


def test_what_was_written_in_the_topic_is_there(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """Lines and notes of the topic itself are not posted into it once more."""
    made = asked(writer, vault)
    do(writer, lambda unit: say(unit.direct(), vault, made, ANNA, REPLY, SOON, source=8))
    do(writer, lambda unit: note(unit.direct(), vault, made.id, Event.NOTE, "x", SOON, ANNA, 9))
    with database.reading() as connection:
        missing = find_unposted(connection, vault, made.id)
    assert [getattr(one, "event", None) for one in missing] == [Event.ASKED]


def test_a_line_under_way_has_no_acknowledgement(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """Nothing is said of a line before its end is known; then it is due, once for each state."""
    made = asked(writer, vault)
    said = do(writer, lambda unit: say(unit.direct(), vault, made, ANNA, REPLY, SOON, source=8))
    due = []
    for state in (LineState.SENDING, LineState.SENT, LineState.UNDONE):
        do(writer, lambda unit, state=state: set_state(unit.direct(), said.id, state, SOON))
        with database.reading() as connection:
            due.append(len(find_unacknowledged(connection, vault, made.id)))
        do(
            writer,
            lambda unit, state=state: set_ack(unit.direct(), said.id, 9, state.value),
        )
        with database.reading() as connection:
            due.append(len(find_unacknowledged(connection, vault, made.id)))
    assert due == [0, 0, 1, 0, 1, 0]


def test_a_posting_whose_end_nobody_knows_is_marked(writer: Writer, vault: Vault) -> None:
    """The second posting of the same line knows of the first, unless that certainly failed."""
    made = asked(writer, vault)
    line = do(writer, lambda unit: hear(unit.direct(), vault, made, HELLO, SOON, source=5))

    def begun(unit: Unit) -> list[int]:
        connection = unit.direct()
        first = begin_post(connection, "line", line.id)
        second = begin_post(connection, "line", line.id)
        undo_post(connection, "line", line.id)
        undo_post(connection, "line", line.id)
        return [first, second, begin_post(connection, "line", line.id)]

    assert do(writer, begun) == [0, 1, 0]


def test_a_summary_made_of_the_past_is_made_again(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """What happens while the summary is under way is not hidden by it."""
    bind_group(writer, vault)
    made = asked(writer, vault)
    seen = do(writer, lambda unit: show(unit.direct(), vault, made.id))
    do(writer, lambda unit: set_urgency(unit.direct(), vault, made, Urgency.NOW, SOON, ANNA))
    do(writer, lambda unit: set_card(unit.direct(), seen, 401, b"old"))
    with database.reading() as connection:
        found = find(connection, made.id)
        assert [one.id for one in behind(connection, vault, SOON, 10)] == [made.id]
    assert found is not None
    assert (found.card, found.card_shows) == (401, None)


def test_a_lost_topic_loses_nothing(writer: Writer, vault: Vault, database: Database) -> None:
    """In a new topic the last lines stand again, older ones do not, and unshown ones all do."""
    bind_group(writer, vault)
    made = asked(writer, vault)
    more = SHOWN_AGAIN + 10

    def talk(unit: Unit) -> list[int]:
        return [hear(unit.direct(), vault, made, HELLO, SOON, source=n).id for n in range(more)]

    lines = do(writer, talk)
    do(writer, lambda unit: show(unit.direct(), vault, made.id))

    def never_shown(unit: Unit) -> None:
        old = handoff_line.c.id == lines[2]
        unit.direct().execute(update(handoff_line).where(old).values(posted=None))

    do(writer, never_shown)
    do(writer, lambda unit: lose_topic(unit.direct(), made.id, SOON))
    with database.reading() as connection:
        due = [one.id for one in find_unposted(connection, vault, made.id)]
        lost = find(connection, made.id)
        query = select(handoff_line.c.id).where(handoff_line.c.posted == PASSED_OVER)
        passed = set(connection.execute(query).scalars())
    assert due == [lines[2], *lines[10:]]
    assert passed == {*lines[:2], *lines[3:10]}
    assert lost is not None
    assert (lost.topic, lost.card, lost.topic_name, lost.behind_since) == (None, None, "", SOON)
    do(writer, lambda unit: show(unit.direct(), vault, made.id, first=2_000))
    with database.reading() as connection:
        assert behind(connection, vault, SOON, 10) == []


@pytest.mark.parametrize("acked", ["", LineState.SENDING.value])
@pytest.mark.parametrize("state", [LineState.SENDING, LineState.BLOCKED])
def test_an_operators_words_are_shown_again_until_their_end_was_said(
    writer: Writer, vault: Vault, database: Database, state: LineState, acked: str
) -> None:
    """However old they are: who wrote them is still told that they did not reach anybody."""
    bind_group(writer, vault)
    made = asked(writer, vault)

    def talk(unit: Unit) -> int:
        connection = unit.direct()
        told, line = (
            say(connection, vault, made, ANNA, REPLY, SOON, source=n, state=LineState.BLOCKED)
            for n in (600, 601)
        )
        for number in range(SHOWN_AGAIN):
            hear(connection, vault, made, HELLO, SOON, source=number)
        show(connection, vault, made.id)
        set_state(connection, line.id, state, SOON)
        set_ack(connection, line.id, None, acked)
        lose_topic(connection, made.id, SOON)
        set_state(connection, line.id, LineState.BLOCKED, SOON)
        shown = {one.id for one in find_unposted(connection, vault, made.id)}
        due = [one.id for one in find_unacknowledged(connection, vault, made.id)]
        assert (told.id in shown, line.id in shown) == (False, True)
        assert due == [line.id]
        return line.id

    line_id = do(writer, talk)
    do(writer, lambda unit: show(unit.direct(), vault, made.id, first=2_000))
    with database.reading() as connection:
        query = select(handoff_line.c.acked).where(handoff_line.c.id == line_id)
        assert connection.execute(query).scalar_one() == LineState.BLOCKED.value


def test_a_group_that_is_gone_gives_its_conversations_back(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """Every conversation of a group goes to another, and is to be shown there."""
    bind_group(writer, vault)
    ids = [asked(writer, vault, CHAT + n).id for n in range(3)]
    for id_ in ids[:2]:
        do(writer, lambda unit, id_=id_: show(unit.direct(), vault, id_))
    other = {"id": GROUP + 1, "chat": b"sealed", "since": NOON}
    do(writer, lambda unit: unit.direct().execute(insert(staff_group).values(other)))
    moved = do(writer, lambda unit: move_group(unit.direct(), GROUP, GROUP + 1, SOON))
    with database.reading() as connection:
        found = [find(connection, id_) for id_ in ids]
    where = [None if one is None else (one.group_id, one.topic) for one in found]
    assert (moved, where) == (2, [(GROUP + 1, None), (GROUP + 1, None), (None, None)])


def test_trouble_is_told_until_it_is_over(writer: Writer, vault: Vault, database: Database) -> None:
    """The reason stands beside the conversation, and goes when its topic is whole again."""
    bind_group(writer, vault)
    made = asked(writer, vault)
    do(writer, lambda unit: show(unit.direct(), vault, made.id))
    do(writer, lambda unit: set_trouble(unit.direct(), made.id, "kicked", SOON))
    with database.reading() as connection:
        found = find(connection, made.id)
    assert found is not None
    assert (found.trouble, found.behind_since) == ("kicked", SOON)
    do(writer, lambda unit: clear_trouble(unit.direct(), made.id))
    with database.reading() as connection:
        found = find(connection, made.id)
    assert found is not None
    assert (found.trouble, found.behind_since) == ("", None)


def test_the_most_urgent_is_shown_first(writer: Writer, vault: Vault, database: Database) -> None:
    """Urgency goes before the time something has been missing."""
    ids = [
        asked(writer, vault, CHAT + n, urgency=urgency, now=NOON + timedelta(minutes=n)).id
        for n, urgency in enumerate((Urgency.NORMAL, Urgency.NORMAL, Urgency.NOW))
    ]
    with database.reading() as connection:
        found = [one.id for one in behind(connection, vault, SOON, 10)]
        fewer = behind(connection, vault, SOON, 1)
    assert (found, [one.id for one in fewer]) == ([ids[2], ids[0], ids[1]], [ids[2]])


def test_a_new_name_is_kept(writer: Writer, vault: Vault, database: Database) -> None:
    """How the topic is called now is remembered."""
    made = asked(writer, vault)
    do(writer, lambda unit: set_name(unit.direct(), made.id, "🔴 name"))
    with database.reading() as connection:
        found = find(connection, made.id)
    assert found is not None
    assert found.topic_name == "🔴 name"
