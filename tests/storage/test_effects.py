"""Every effect does in the database what it says in its sentence."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import Any

from flows import calendar_effects, effects, handoff_effects, service_effects
from flows.model import Person
from storage.database import Database
from storage.desks import Desk, save_desk
from storage.effects import Known, perform
from storage.outbox import Lane, Row
from storage.unit import Unit
from storage.writer import Writer
from tests.storage.factories import CHAT, NOON, TODAY, do, message, send, someone


def performed(writer: Writer, person: Person, effect: Any) -> tuple[Any, Person, list[Row]]:
    """The result of an effect, the person afterwards, and the rows it leads to."""

    def job(unit: Unit) -> tuple[Any, Person, list[Row]]:
        value, after = perform(unit, person, CHAT, effect, NOON)
        return value, after, unit.sent

    result: tuple[Any, Person, list[Row]] = do(writer, job)
    return result


def test_every_effect_of_the_flows_is_known() -> None:
    """The storage carries out every effect there is."""
    defined = {
        one
        for module in (effects, handoff_effects, calendar_effects, service_effects)
        for one in vars(module).values()
        if isinstance(one, type) and issubclass(one, effects.Effect) and one is not effects.Effect
    }
    assert set(Known.__args__) == defined


def test_what_is_remembered_is_kept(writer: Writer) -> None:
    """Language, careful mode and welcome are kept and handed on."""
    person = someone(writer)
    for effect, expected in (
        (effects.RememberLanguage("ar"), replace(person, language="ar")),
        (effects.RememberCareful(True), replace(person, language="ar", careful=True)),
        (effects.Welcome(), replace(person, language="ar", careful=True, welcomed=True)),
    ):
        value, person, rows = performed(writer, person, effect)
        assert (value, person, rows) == (True, expected, [])
        assert do(writer, lambda unit: unit.person(CHAT)) == expected


def test_an_opinion_is_counted_by_card_language_and_month(writer: Writer) -> None:
    """The counter knows card, language and month, and not who it was."""
    from sqlalchemy import select

    from storage.schema import useful

    person = someone(writer)
    performed(writer, person, effects.CountUseful("contract", False))
    found = do(writer, lambda unit: unit.direct().execute(select(useful)).all())
    assert [tuple(row) for row in found] == [("contract", "it", "2026-11", False, 1)]


def test_cleaning_asks_for_every_message_a_hundred_a_call(writer: Writer) -> None:
    """All that can be deleted is asked for before anything else, in calls that Telegram takes."""
    person = someone(writer)

    def fill(unit: Unit) -> None:
        for id_ in range(1, 231):
            unit.remember_message(person.id, id_, NOON, incoming=True)

    do(writer, fill)
    value, _, rows = performed(writer, person, effects.CleanChat())
    assert value == 230
    assert [(row.method, row.lane, row.person_id) for row in rows] == [
        ("deleteMessages", Lane.CLEAN, None)
    ] * 3
    ids = [row.params["message_ids"] for row in rows]
    assert [len(some) for some in ids] == [100, 100, 30]
    assert [id_ for some in ids for id_ in some] == list(range(1, 231))


def test_what_is_kept_is_told(writer: Writer) -> None:
    """The data shown are those kept, with the name of the desk; the flow can read them."""
    person = someone(writer)
    desk = Desk("k7", "PUA Desio", "Desio", True, TODAY)
    do(writer, lambda unit: save_desk(unit.direct(), desk))
    person = replace(person, careful=True, desk="k7")
    do(writer, lambda unit: unit.save_person(person))
    do(writer, lambda unit: unit.remember_message(person.id, 1, NOON, incoming=True))
    value, _, _ = performed(writer, person, effects.FindMyData())
    assert effects.FindMyData().read(value) == effects.KeptData(TODAY, "it", True, "PUA Desio", 1)


def test_the_file_of_my_data_holds_all_of_it(writer: Writer) -> None:
    """The file sent is JSON with everything kept about the person, and washable."""
    person = someone(writer)
    do(writer, lambda unit: unit.remember_message(person.id, 7, NOON, incoming=True))
    value, _, rows = performed(writer, person, effects.SendMyData())
    upload = rows[0].params["document"]["upload"]
    content = json.loads(base64.b64decode(upload["base64"]))
    assert (value, rows[0].method, rows[0].person_id) == (True, "sendDocument", person.id)
    assert content == {
        "since": "2026-11-22",
        "language": "it",
        "careful": False,
        "desk": "",
        "desk_key": "",
        "listens_to": "",
        "welcomed": False,
        "chat_id": CHAT,
        "messages": 1,
        "message_ids": [7],
        "conversation": {"at": "home"},
        "talk": None,
        "plan": None,
        "courses": [],
        "appointments": [],
        "dates": [],
        "courses_asked_for": [],
        "wishes": None,
        "reminders": [],
    }


def test_forgetting_deletes_messages_rows_and_later_copies(
    writer: Writer, database: Database
) -> None:
    """The chat is cleaned, everything is deleted, the ledger knows, and the deletions still go."""
    person = someone(writer)
    send(writer, message("pending", person))
    do(writer, lambda unit: unit.remember_message(person.id, 7, NOON, incoming=True))
    value, after, rows = performed(writer, person, effects.ForgetPerson())
    assert (value, after) == (True, person)
    assert [row.params for row in rows] == [{"chat_id": CHAT, "message_ids": [7]}]
    assert do(writer, lambda unit: unit.person(CHAT)) is None
    assert do(writer, lambda unit: unit.pending_rows(9)) == rows
    assert [one.lookup for one in database.ledger.all()] == [database.vault.lookup(CHAT)]
