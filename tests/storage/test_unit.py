"""What a job sees and leaves behind, one transaction after the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from storage.conversations import Conversation
from storage.unit import Unit
from storage.writer import Writer
from tests.storage.factories import CHAT, NOON, TODAY, do, message, send, someone

TOMORROW = TODAY + timedelta(days=1)


def test_a_person_is_found_again_by_their_chat(writer: Writer) -> None:
    """Whoever was kept in one transaction is found by chat, and by id, in the next."""
    made = someone(writer, chat=-100_777)
    assert do(writer, lambda unit: unit.person(-100_777)) == made
    assert do(writer, lambda unit: unit.person(-100_777), chat=-100_777) == made
    assert do(writer, lambda unit: unit.person_by_id(made.id)) == made
    assert do(writer, lambda unit: unit.chat_id(made.id)) == -100_777


def test_nobody_is_found_who_was_not_kept(writer: Writer) -> None:
    """A chat that never wrote and an id that never was have no person."""
    assert do(writer, lambda unit: unit.person(5)) is None
    assert do(writer, lambda unit: unit.person(5), chat=5) is None
    assert do(writer, lambda unit: (unit.person_by_id(5), unit.chat_id(5))) == (None, None)


def test_a_chat_has_one_person(writer: Writer) -> None:
    """Keeping somebody who is kept already gives the one who is."""
    first = someone(writer)
    assert do(writer, lambda unit: unit.create_person(CHAT, "ar", TOMORROW)) == first


def test_what_a_flow_changes_of_a_person_is_kept(writer: Writer) -> None:
    """Language, careful mode, desk and welcome are there in the next transaction."""
    person = someone(writer)
    changed = replace(person, language="ar", careful=True, desk="k7", welcomed=True)
    do(writer, lambda unit: unit.save_person(changed))
    assert do(writer, lambda unit: unit.person(CHAT)) == changed


def test_a_conversation_is_kept_sealed_and_comes_back(writer: Writer) -> None:
    """State and living message come back as they were saved."""
    person = someone(writer)
    state = {"log": [["answer", "area", "lavoro è qui"]], "at": None}
    do(writer, lambda unit: unit.save_conversation(person.id, state, living=12))
    assert do(writer, lambda unit: unit.conversation(person.id)) == Conversation(state, 12)


def test_saving_a_state_leaves_the_living_message(writer: Writer) -> None:
    """A state saved without a word on the living message keeps the one there was."""
    person = someone(writer)
    do(writer, lambda unit: unit.save_conversation(person.id, {"a": 1}, living=12))
    do(writer, lambda unit: unit.save_conversation(person.id, {"a": 2}))
    assert do(writer, lambda unit: unit.conversation(person.id)) == ({"a": 2}, 12)


def test_a_job_sees_what_it_saved(writer: Writer) -> None:
    """Within a job, everything it changed already holds."""
    person = someone(writer)

    def job(unit: Unit) -> list[object]:
        unit.save_person(replace(person, careful=True))
        unit.save_conversation(person.id, {"a": 1}, living=3)
        unit.mark_handled(9, TODAY)
        unit.set_setting("beat", "now")
        return [
            unit.person(CHAT),
            unit.conversation(person.id),
            unit.handled(9),
            unit.setting("beat"),
        ]

    expected = [replace(person, careful=True), ({"a": 1}, 3), True, "now"]
    assert do(writer, job) == expected


def test_a_state_handed_out_is_a_copy(writer: Writer) -> None:
    """Changing a state without saving it changes nothing."""
    person = someone(writer)

    def job(unit: Unit) -> Conversation:
        state = unit.conversation(person.id).state
        assert state is not None
        state["at"] = "elsewhere"
        return unit.conversation(person.id)

    assert do(writer, job) == ({"at": "home"}, None)


def test_an_update_is_handled_once(writer: Writer) -> None:
    """An update that was marked is known from then on, however the writer is asked."""
    assert do(writer, lambda unit: unit.handled(7)) is False
    do(writer, lambda unit: unit.mark_handled(7, TODAY))
    do(writer, lambda unit: unit.mark_handled(7, TODAY))
    assert do(writer, lambda unit: unit.handled(7)) is True
    assert writer.submit(lambda unit: unit.handled(7), update_id=7).result() is True
    assert writer.submit(lambda unit: unit.handled(8), update_id=8).result() is False


def test_a_quarantined_update_is_handled(writer: Writer) -> None:
    """What was set aside is not tried again, and setting it aside twice is no error."""
    do(writer, lambda unit: unit.quarantine(7, "message", NOON))
    do(writer, lambda unit: unit.quarantine(7, "message", NOON))
    assert do(writer, lambda unit: unit.handled(7)) is True


def test_somebody_who_writes_again_can_be_reached_again(writer: Writer) -> None:
    """Blocking makes a person unreachable until their next message."""
    person = someone(writer)
    do(writer, lambda unit: unit.set_unreachable(person.id, NOON))
    assert do(writer, lambda unit: unit.reachable(person.id)) is False
    do(writer, lambda unit: unit.mark_seen(person.id, TOMORROW))
    assert do(writer, lambda unit: unit.reachable(person.id)) is True


def test_what_waits_for_somebody_who_blocked_is_dropped(writer: Writer) -> None:
    """Blocking drops the pending rows of that person and of nobody else."""
    person, other = someone(writer), someone(writer, chat=5)
    send(writer, message("theirs", person))
    kept = send(writer, message("others", other))

    def job(unit: Unit) -> list[int]:
        unit.send(message("also theirs", person))
        unit.set_unreachable(person.id, NOON)
        return [row.id for row in unit.sent]

    assert do(writer, job) == []
    assert [row.id for row in do(writer, lambda unit: unit.pending_rows(10))] == [kept.id]


def test_deleting_somebody_leaves_nothing_of_them(writer: Writer) -> None:
    """After deletion there is no person, conversation, message or pending row."""
    person = someone(writer)
    send(writer, message("pending", person))
    do(writer, lambda unit: unit.remember_message(person.id, 1, NOON, incoming=True))
    lookup = do(writer, lambda unit: unit.delete_person(person.id))

    def look(unit: Unit) -> list[object]:
        return [
            unit.person(CHAT),
            unit.conversation(person.id),
            unit.messages_to_clean(person.id, NOON),
            unit.pending_rows(10),
        ]

    assert len(lookup) == 16
    assert do(writer, look) == [None, (None, None), [], []]
    assert do(writer, lambda unit: unit.delete_person(person.id)) is None


def test_a_turn_goes_on_after_it_deleted_its_person(writer: Writer) -> None:
    """What a turn saves and says after the deletion is no error, and leaves nothing of them."""
    person = someone(writer)

    def job(unit: Unit) -> object:
        unit.send(message("before", person))
        unit.delete_person(person.id)
        unit.save_conversation(person.id, {"at": "farewell"})
        unit.save_person(replace(person, careful=True))
        unit.mark_seen(person.id, TOMORROW)
        unit.remember_message(person.id, 5, NOON, incoming=True)
        unit.send(message("farewell", person))
        return unit.person(CHAT)

    assert do(writer, job, chat=CHAT) is None
    rows = do(writer, lambda unit: unit.pending_rows(10))
    assert [(row.params["text"], row.person_id) for row in rows] == [("farewell", None)]


def test_somebody_deleted_can_come_back_as_somebody_new(writer: Writer) -> None:
    """After deletion the same chat becomes another person, who knows nothing of the first."""
    first = someone(writer)
    do(writer, lambda unit: unit.delete_person(first.id))
    second = someone(writer)
    assert first.id != second.id
    assert do(writer, lambda unit: unit.person(CHAT)) == second


def test_opinions_are_counted_and_nothing_else(writer: Writer) -> None:
    """Counters add up within a transaction and across them."""
    from sqlalchemy import select

    from storage.schema import useful

    for _ in range(3):
        do(writer, lambda unit: unit.count_useful("contract", "it", "2026-11", True))
    do(
        writer,
        lambda unit: [unit.count_useful("contract", "it", "2026-11", False) for _ in range(2)],
    )
    found = do(writer, lambda unit: unit.direct().execute(select(useful)).all())
    assert sorted(tuple(row) for row in found) == [
        ("contract", "it", "2026-11", False, 2),
        ("contract", "it", "2026-11", True, 3),
    ]


def test_settings_are_kept_and_changed(writer: Writer) -> None:
    """A setting holds the last value given, and one never given is nothing."""
    do(writer, lambda unit: unit.set_setting("heartbeat", "one"))
    do(writer, lambda unit: unit.set_setting("heartbeat", "two"))
    assert do(writer, lambda unit: unit.setting("heartbeat")) == "two"
    assert do(writer, lambda unit: unit.setting("nothing")) is None


def test_a_job_can_take_back_what_it_did_and_go_on(writer: Writer) -> None:
    """After an undo only what the job does afterwards holds, with or without own statements."""
    person = someone(writer)
    for n, executes in enumerate((False, True)):

        def job(unit: Unit, n: int = n, executes: bool = executes) -> object:
            unit.mark_handled(10 + n, TODAY)
            unit.save_person(replace(person, careful=True))
            unit.save_conversation(person.id, {"at": "undone"}, living=5)
            unit.send(message("undone", person))
            if executes:
                unit.set_unreachable(person.id, NOON)
            unit.undo()
            unit.mark_handled(20 + n, TODAY)
            return unit.person(CHAT), unit.conversation(person.id), unit.sent

        def look(unit: Unit, n: int = n) -> object:
            return [
                unit.person(CHAT),
                unit.reachable(person.id),
                unit.conversation(person.id),
                unit.pending_rows(9),
                unit.handled(10 + n),
                unit.handled(20 + n),
            ]

        assert do(writer, job, chat=CHAT) == (person, ({"at": "home"}, None), [])
        assert do(writer, look) == [person, True, ({"at": "home"}, None), [], False, True]
