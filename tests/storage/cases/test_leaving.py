"""Whoever asks to be forgotten leaves no word behind that only the chat had told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, select

from flows.case_model import Flag, How, Purpose, Source, Stage
from flows.model import Person
from storage.case_schema import case_choice, case_flag
from storage.case_schema import contact as contacts
from storage.cases.choices import choose, flag_add
from storage.cases.finding import find_contact
from storage.cases.hand import Hand
from storage.cases.model import Contact
from storage.cases.sheets import load
from storage.database import Database
from storage.erase import forget
from storage.handover import Whose, make_handover, take_in_chat
from storage.operators import Operator
from storage.writer import Writer
from tests.storage.cases.desk import a_contact, a_hand, an_office, an_operator, taken
from tests.storage.factories import NOON, TODAY, do, someone

FIELDS = {"story": "canary", "sector": "cleaning", "kinds": ["K01"], "language": "bn"}
Made = Callable[[Connection, Database, Operator, Person], Contact]


def from_the_chat(
    connection: Connection, database: Database, anna: Operator, person: Person
) -> Contact:
    """A sheet that an operator opened from a conversation."""
    more = {"source": Source.BOT, "person_id": person.id, "sheet": FIELDS}
    made = a_contact(connection, database.vault, anna, **more)
    hand = a_hand(connection, database.vault, anna, made)
    flag_add(hand, Flag.DANGER, TODAY, "canary")
    return made


def forgotten(database: Database, writer: Writer, made: Made) -> Contact:
    """How the sheet stands after its person was forgotten."""
    person = someone(writer)
    with database.writing() as connection:
        anna = an_operator(connection, an_office(connection))
        contact = made(connection, database, anna, person)
        connection.commit()
    assert do(writer, lambda unit: forget(unit, person.id, NOON)) is True
    with database.reading() as connection:
        found = find_contact(connection, contact.id)
        assert found is not None
        assert found.person_id is None
        return found


def test_what_only_the_chat_had_told_is_gone(database: Database, writer: Writer) -> None:
    """The sheet is empty and has another name; that it was opened is counted."""
    before: list[Contact] = []

    def made(connection: Connection, *given: object) -> Contact:
        before.append(from_the_chat(connection, *given))  # type: ignore[arg-type]
        return before[0]

    found = forgotten(database, writer, made)
    assert (found.language, found.gender, found.need) == ("", "", "")
    assert (found.irregular, found.sector, found.stage) == (True, "cleaning", Stage.SHEET_OPEN)
    assert found.designation != before[0].designation
    with database.reading() as connection:
        assert load(connection, database.vault, found.id) == {}
        assert connection.execute(select(case_flag.c.id)).first() is None


@pytest.mark.parametrize("way", ["agreed", "desk", "case"])
def test_the_record_of_an_office_stays_without_the_chat(
    database: Database, writer: Writer, way: str
) -> None:
    """Agreed to be kept, typed at the desk, or taken in charge: only the chat is cut off."""

    def made(connection: Connection, database: Database, anna: Operator, person: Person) -> Contact:
        vault, more = database.vault, {"person_id": person.id, "sheet": FIELDS}
        if way == "case":
            return taken(connection, vault, anna, source=Source.BOT, **more).contact
        if way == "desk":
            return a_contact(connection, vault, anna, **more)
        contact = from_the_chat(connection, database, anna, person)
        hand: Hand = a_hand(connection, vault, anna, contact)
        choose(hand, Purpose.KEEP, given=True, how=How.CHAT)
        return contact

    found = forgotten(database, writer, made)
    with database.reading() as connection:
        assert "canary" in str(load(connection, database.vault, found.id))


def test_a_sheet_that_gave_way_to_the_desks_is_found_again(
    database: Database, writer: Writer
) -> None:
    """The chat's first sheet is emptied too, after the chat was joined to one of the desk; nobody
    else's chat takes it meanwhile."""
    person, other = someone(writer), someone(writer, chat=77)
    vault = database.vault
    with database.writing() as connection:
        anna = an_operator(connection, an_office(connection))
        first = from_the_chat(connection, database, anna, person)
        second = a_contact(connection, vault, anna)
        for contact, whose in ((second, person.id), (first, other.id)):
            code = make_handover(connection, vault, Whose(contact_id=contact.id), anna.id, NOON)
            joined = take_in_chat(connection, vault, code, whose, NOON)
            assert (joined is not None) == (contact is second)
        connection.commit()
    assert do(writer, lambda unit: forget(unit, person.id, NOON)) is True
    with database.reading() as connection:
        assert load(connection, vault, first.id) == {}
        assert connection.execute(select(case_flag.c.id)).first() is None
        left = connection.execute(select(contacts.c.person_id, contacts.c.chat_before)).all()
        assert left == [(None, None), (None, None)]


def test_without_a_sheet_nothing_happens(database: Database, writer: Writer) -> None:
    """Somebody who never had a sheet is forgotten as before."""
    person = someone(writer)
    assert do(writer, lambda unit: forget(unit, person.id, NOON)) is True
    with database.reading() as connection:
        assert connection.execute(select(contacts.c.id)).first() is None
        assert connection.execute(select(case_choice.c.id)).first() is None
