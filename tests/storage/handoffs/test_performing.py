"""Effects: what a flow asks of the talk with operators is done, and read back as it was meant."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from flows.effects import Effect, SendMyData
from flows.handoff_effects import (
    AskForHuman,
    EndTalk,
    FindMyPlan,
    FindQueue,
    FindTalk,
    RateTalk,
)
from flows.handoff_model import (
    Asked,
    Event,
    LineState,
    Medium,
    Need,
    Queue,
    Reason,
    Safe,
    State,
    Urgency,
    Who,
)
from flows.model import Person
from storage.database import Database
from storage.desks import save_desk
from storage.effects import perform
from storage.handoffs.closing import close
from storage.handoffs.finding import find_of_person
from storage.handoffs.lines import find_lines, hear, say
from storage.handoffs.model import Handoff
from storage.handoffs.notes import note
from storage.handoffs.view import move_group
from storage.people import Standing
from storage.unit import Unit
from storage.vault import Vault
from storage.writer import Writer
from tests.storage.factories import CHAT, NOON, do, message, someone
from tests.storage.handoffs.factories import ANNA, DESK, HELLO, QUIET, REPLY, asked

MONDAY = datetime.fromisoformat("2026-11-23T09:00:00+00:00")  # ten by the clocks of Italy
WISH = Asked(
    Need.HOUSE,
    DESK.key,
    Who.WOMAN,
    Medium.VOICE,
    Safe.EVENING,
    interpreter=True,
    urgency=Urgency.SOON,
    about="card:house",
    words="Aiuto",
    level=2,
)


def read(writer: Writer, person: Person, effect: Effect[Any], now: datetime = NOON) -> Any:
    """What a flow gets back, by way of the JSON of its log."""
    kept = do(writer, lambda unit: perform(unit, person, CHAT, effect, now)[0])
    return effect.read(json.loads(json.dumps(kept)))


def test_asking_gives_the_conversation_back(writer: Writer) -> None:
    """What was asked is kept as it was asked, and the flow is told name, state and queue."""
    person = someone(writer)
    told = read(writer, person, AskForHuman(WISH))
    again = read(writer, person, FindTalk())
    found: Handoff = do(writer, lambda unit: find_of_person(unit.reading(), person.id))
    kept = (found.need, found.who, found.medium, found.safe, found.interpreter, found.urgency)
    assert kept == (WISH.need, WISH.who, WISH.medium, WISH.safe, True, Urgency.SOON)
    assert (told.designation, told.state, told.desk) == (found.designation, State.WAITING, DESK.key)
    assert again == told


def test_where_nobody_talks_there_is_nothing(writer: Writer) -> None:
    """No conversation, no plan, nothing to end or to rate: the flow is told so."""
    person = someone(writer)
    asks = AskForHuman(replace(WISH, desk=QUIET.key))
    effects: list[Effect[Any]] = [asks, FindTalk(), EndTalk(), RateTalk(3), FindMyPlan()]
    assert [read(writer, person, one) for one in effects] == [None, None, False, False, None]


def test_the_end_and_the_rating_of_a_person(writer: Writer, vault: Vault) -> None:
    """She ends it once, rates it once, and both are shown to her."""
    person = someone(writer)
    read(writer, person, AskForHuman(WISH))
    ended = [read(writer, person, EndTalk()) for _ in range(2)]
    rated = [read(writer, person, RateTalk(3)) for _ in range(2)]
    talk = read(writer, person, FindTalk())
    assert (ended, rated) == ([True, False], [True, False])
    assert (talk.state, talk.rated) == (State.CLOSED, True)


def test_after_the_end_nothing_comes_any_more(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """An answer that waited for her hour is taken back, and its line says so."""
    made = asked(writer, vault)
    later = NOON + timedelta(hours=6)

    def answered(unit: Unit) -> Person | None:
        person = unit.person_by_id(made.person_id)
        line = say(unit.direct(), vault, made, ANNA, REPLY, NOON, state=LineState.WAITS)
        unit.send(replace(message(person=person, line=line.id), not_before=later))
        return person

    def waiting(unit: Unit) -> list[int | None]:
        return [row.line for row in unit.pending_rows(9)]

    person = do(writer, answered)
    before = do(writer, waiting)
    assert read(writer, person, EndTalk()) is True
    left = do(writer, waiting)
    with database.reading() as connection:
        (line,) = find_lines(connection, vault, made.id)
    assert (before, left, line.state) == ([line.id], [], LineState.UNDONE)


def test_the_queue_says_when_the_desk_answers(writer: Writer) -> None:
    """Open, closed until a moment of the local clock, or nobody knows: never a promise made up."""
    desks = {
        "open": replace(DESK, key="open", hours="mon-fri 09:00-12:30"),
        "later": replace(DESK, key="later", hours="mon-fri 14:00-18:00"),
        "unsaid": replace(DESK, key="unsaid"),
        "broken": replace(DESK, key="broken", hours="when the moon is full"),
    }

    def keep(unit: Unit) -> None:
        for desk in desks.values():
            save_desk(unit.direct(), desk)

    do(writer, keep)
    person = someone(writer)
    told = [read(writer, person, FindQueue(key), MONDAY) for key in (*desks, "no-such-desk")]
    assert told == [
        Queue(0, True),
        Queue(0, False, datetime.fromisoformat("2026-11-23T14:00:00")),
        *[Queue(0, False)] * 3,
    ]


def test_the_file_of_my_data_holds_what_was_said(writer: Writer, vault: Vault) -> None:
    """Lines of both sides in words, nothing of colleagues' notes, no name of an operator."""
    person = someone(writer)
    read(writer, person, AskForHuman(WISH))
    found: Handoff = do(writer, lambda unit: find_of_person(unit.reading(), person.id))

    def talk(unit: Unit) -> bytes:
        say(unit.direct(), vault, found, ANNA, REPLY, NOON)
        note(unit.direct(), vault, found.id, Event.NOTE, "nota interna", NOON, ANNA)
        perform(unit, person, CHAT, SendMyData(), NOON)
        upload = unit.sent[-1].params["document"]["upload"]
        return base64.b64decode(upload["base64"])

    content = do(writer, talk)
    lines = json.loads(content)["talk"]["lines"]
    said = [(one["from"], one["words"], one["state"]) for one in lines]
    assert said == [("me", "Aiuto", "kept"), ("desk", "Eccomi", "sending")]
    assert (b"nota interna" in content, str(ANNA).encode() in content) == (False, False)


# -- what every turn knows without asking


def test_a_turn_knows_of_the_conversation(writer: Writer, vault: Vault) -> None:
    """Whoever asked is known to have, with the state, and whoever did not is known not to."""
    made = asked(writer, vault)
    other = someone(writer, CHAT + 1)
    standing = do(writer, lambda unit: unit.standing(made.person_id), CHAT)
    nothing = do(writer, lambda unit: unit.standing(other.id), CHAT + 1)
    assert (standing, nothing) == (Standing(made.id, "waiting"), None)
    assert standing.is_open is True
    do(writer, lambda unit: close(unit.direct(), vault, made, Reason.ANSWERED, NOON, ANNA))
    closed = do(writer, lambda unit: unit.standing(made.person_id), CHAT)
    assert (closed, closed.is_open) == (Standing(made.id, "closed"), False)


def test_a_turn_knows_what_the_same_transaction_changed(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """What was read for a whole batch is not believed once a job before has changed it."""
    made = asked(writer, vault)

    def turn(unit: Unit) -> list[bool | None]:
        before = unit.standing(made.person_id)
        close(unit.direct(), vault, made, Reason.ANSWERED, NOON, ANNA)
        after = unit.standing(made.person_id)
        return [None if one is None else one.is_open for one in (before, after)]

    assert do(writer, turn, CHAT) == [True, False]


def test_nobody_stands_anywhere_who_is_not_kept(writer: Writer) -> None:
    """A person who was never kept, or is gone, has no conversation."""
    gone = someone(writer)
    do(writer, lambda unit: unit.delete_person(gone.id))
    found = do(writer, lambda unit: [unit.standing(gone.id), unit.standing(1)])
    assert found == [None, None]


def test_a_turn_with_operators_costs_a_few_statements(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """Hearing one line is one look at the conversation, one change, one new row, and no more."""
    made = asked(writer, vault)
    seen: list[str] = []

    def count(_c: object, _cursor: object, sql: str, *_rest: object) -> None:
        seen.append(sql.split()[0])

    from sqlalchemy import event

    def turn(unit: Unit) -> None:
        connection = unit.direct()
        event.listen(connection, "before_cursor_execute", count)
        found = find_of_person(connection, made.person_id)
        assert found is not None
        hear(connection, vault, found, HELLO, NOON, source=1)
        event.remove(connection, "before_cursor_execute", count)

    do(writer, turn, CHAT)
    assert seen == ["SELECT", "UPDATE", "INSERT"]
    assert do(writer, lambda unit: move_group(unit.direct(), 1, None, NOON)) == 0


def test_time_passes_in_the_queue(writer: Writer, vault: Vault) -> None:
    """Who asked later is behind, and comes nearer when the one before is answered."""
    first = asked(writer, vault, CHAT)
    person = someone(writer, CHAT + 1)
    read(writer, person, AskForHuman(replace(WISH, urgency=Urgency.NORMAL)), NOON + timedelta(1))
    before = read(writer, person, FindTalk()).queue.ahead
    do(writer, lambda unit: close(unit.direct(), vault, first, Reason.ANSWERED, NOON, ANNA))
    after = read(writer, person, FindTalk()).queue.ahead
    assert (before, after) == (1, 0)
