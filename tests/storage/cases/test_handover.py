"""A code takes a person from chat to desk and back, once, for a day, and guessing is counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert, select

from flows.case_model import Purpose, Source, Stage
from flows.handoff_effects import MakeHandover, TakeHandover
from flows.model import Person
from storage.access import Reach, for_operator
from storage.audit import Action, find_entries
from storage.case_effects import perform_case
from storage.case_schema import handover as table
from storage.cases.finding import find_contact
from storage.cases.model import Contact
from storage.database import Database
from storage.erase import retain
from storage.handoff_schema import handoff
from storage.handover import (
    MOST_WRONG,
    MOST_WRONG_EACH,
    Whose,
    make_handover,
    take_at_desk,
    take_in_chat,
)
from storage.operators import Operator, Role
from storage.writer import Writer
from tests.storage.cases.desk import LATER, a_contact, an_office, an_operator, taken
from tests.storage.factories import NOON, TODAY, do, someone

DAY = timedelta(days=1)


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """A transaction that may write, with somebody who writes to the bot."""
    with database.writing() as connection:
        for number in (5, 6):
            connection.exec_driver_sql(
                "INSERT INTO person (id, lookup, chat, since, seen) "
                f"VALUES ({number}, 'x{number}', 'x', '2026-11-22', '2026-11-22')"
            )
        yield connection


@pytest.fixture
def anna(connection: Connection) -> Operator:
    """An operator of the desk."""
    return an_operator(connection, an_office(connection))


def talks(connection: Connection) -> None:
    """The person has told what it is about, to some desk."""
    connection.execute(
        insert(handoff).values(
            id=9,
            person_id=5,
            designation="Airone verde",
            state="waiting",
            need="pay",
            who="anybody",
            medium="text",
            safe="always",
            language="bn",
            level=2,
            territory="Desio",
            asked=NOON,
            stirred=NOON,
        )
    )


class TestToTheDesk:
    """From the chat to the desk."""

    def test_nobody_tells_it_twice(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """The sheet that opens has what was said in the chat, by its name there; what the
        self-check found is no judgement of an operator's."""
        talks(connection)
        code = make_handover(connection, database.vault, Whose(5), 0, NOON)
        assert (len(code), code.isdecimal()) == (8, True)
        spaced = f"{code[:4]} {code[4:]}"
        made = take_at_desk(connection, database.vault, spaced, anna, LATER)
        assert made is not None
        assert (made.designation, made.language, made.level) == ("Airone verde", "bn", None)
        file = for_operator(connection, database.vault, anna, made.id, LATER)
        assert file is not None
        assert (file.sheet.values["triage"], file.sheet.values.get("level")) == ("2", None)
        assert (made.need, made.territory, made.source) == ("income", "Desio", Source.BOT)
        assert (made.person_id, made.office, made.owner) == (5, anna.office, anna.id)

    def test_a_code_works_once_and_for_a_day(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """Used, or a day old, it opens nothing; of several the last three work."""
        vault = database.vault
        codes = [
            make_handover(connection, vault, Whose(5), 0, NOON + timedelta(minutes=n))
            for n in range(4)
        ]
        assert take_at_desk(connection, vault, codes[0], anna, LATER) is None
        assert take_at_desk(connection, vault, codes[3], anna, NOON + 2 * DAY) is None
        assert take_at_desk(connection, vault, codes[1], anna, LATER) is not None
        assert take_at_desk(connection, vault, codes[1], anna, LATER) is None
        assert take_at_desk(connection, vault, codes[2], anna, LATER) is None

    def test_what_is_over_goes_by_itself(self, database: Database, writer: Writer) -> None:
        """Retention deletes codes that are good no more, and no other."""
        person = someone(writer)
        with database.writing() as connection:
            for hours in (0, 2):
                made = NOON + timedelta(hours=hours)
                make_handover(connection, database.vault, Whose(person.id), 0, made)
            connection.commit()
        do(writer, lambda unit: retain(unit, NOON + DAY, 365))
        with database.reading() as connection:
            left = connection.execute(select(table.c.expires)).scalars().all()
        assert left == [NOON + DAY + timedelta(hours=2)]

    def test_the_code_is_nowhere(self, connection: Connection, database: Database) -> None:
        """What is kept is a hash under the house's key; the way is part of what it is good for."""
        code = make_handover(connection, database.vault, Whose(5), 0, NOON)
        (row,) = connection.execute(select(table)).all()
        assert code.encode() not in bytes(row.hash)
        assert row.hash == database.vault.hash_handover(code)
        assert take_in_chat(connection, database.vault, code, 6, LATER) is None

    def test_who_gives_a_code_shows_what_another_office_knows(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """The other office's sheet is shown in part, and the choice is recorded as the person's."""
        vault = database.vault
        bruno = an_operator(connection, an_office(connection, "Carate"), "Bruno")
        fields = {"language": "bn", "story": "canary"}
        known = a_contact(connection, vault, anna, person_id=5, sheet=fields)
        assert for_operator(connection, vault, bruno, known.id, LATER) is None
        code = make_handover(connection, vault, Whose(5), 0, NOON)
        assert take_at_desk(connection, vault, code, bruno, LATER) is not None
        file = for_operator(connection, vault, bruno, known.id, LATER)
        assert file is not None
        assert (file.partial, dict(file.sheet.values)) == (True, {"language": "bn"})
        assert [one.purpose for one in file.choices] == [Purpose.SHARE]
        done = {one.action for one in find_entries(connection, limit=9, operator_id=bruno.id)}
        assert {Action.HANDOVER_USED, Action.CHOICE_RECORDED, Action.CASE_READ} <= done

    def test_an_antenna_takes_no_code(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """Who reads nothing later opens nothing by a code, and the code stays good."""
        dora = an_operator(connection, anna.office, "Dora", Role.ANTENNA)
        code = make_handover(connection, database.vault, Whose(5), 0, NOON)
        assert not Reach(dora).helps
        assert take_at_desk(connection, database.vault, code, dora, LATER) is None
        assert take_at_desk(connection, database.vault, code, anna, LATER) is not None

    def test_guessing_all_day_is_stopped_until_the_next(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """After so many wrong codes even a right one is refused, at desks; chats go on."""
        vault = database.vault
        code = make_handover(connection, vault, Whose(5), 0, NOON)
        wrong = str((int(code) + 1) % 10**8).zfill(8)
        for n in range(MOST_WRONG):
            one = replace(anna, id=1_000 + n // MOST_WRONG_EACH)
            assert take_at_desk(connection, vault, wrong, one, LATER) is None
        assert take_at_desk(connection, vault, code, anna, LATER) is None
        sheet = a_contact(connection, vault, anna)
        desk_code = make_handover(connection, vault, Whose(contact_id=sheet.id), anna.id, NOON)
        assert take_in_chat(connection, vault, desk_code, 6, LATER) is not None
        tomorrow = NOON + DAY - timedelta(minutes=1)
        assert take_at_desk(connection, vault, code, anna, tomorrow) is not None

    def test_who_guesses_stops_nobody_else(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """However much one chat tries, only its own codes are refused; another's still joins."""
        vault = database.vault
        sheet = a_contact(connection, vault, anna)
        code = make_handover(connection, vault, Whose(contact_id=sheet.id), anna.id, NOON)
        wrong = str((int(code) + 1) % 10**8).zfill(8)
        for _n in range(MOST_WRONG + 1):
            assert take_in_chat(connection, vault, wrong, 5, LATER) is None
        assert take_in_chat(connection, vault, code, 5, LATER) is None
        assert take_in_chat(connection, vault, code, 6, LATER) is not None


class TestToTheChat:
    """From the desk to the chat, as the flows ask for it."""

    def joined(self, connection: Connection, database: Database, contact: Contact) -> object:
        """What the person is told who types the code of a sheet."""
        whose = Whose(contact_id=contact.id)
        code = make_handover(connection, database.vault, whose, contact.created_by, NOON)
        effect = TakeHandover(code)
        return perform_case(connection, database.vault, Person(5, "bn"), effect, LATER)

    def test_the_chat_joins_the_sheet_of_the_desk(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """The person reads the two words, and the sheet has a chat; a wrong code says nothing."""
        sheet = a_contact(connection, database.vault, anna)
        assert self.joined(connection, database, sheet) == sheet.designation
        again = find_contact(connection, sheet.id)
        assert again is not None
        assert again.person_id == 5
        person, wrong = Person(5, "bn"), TakeHandover("1")
        assert perform_case(connection, database.vault, person, wrong, LATER) == ""

    def test_a_sheet_without_a_case_gives_way(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """A sheet of the chat on which nobody works lets the one of the desk take its place."""
        vault = database.vault
        first = a_contact(connection, vault, anna, person_id=5, source=Source.BOT)
        second = a_contact(connection, vault, anna)
        assert self.joined(connection, database, second) == second.designation
        left = find_contact(connection, first.id)
        assert left is not None
        assert left.person_id is None

    def test_neither_a_case_nor_a_chat_is_taken_away(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """Who has a case keeps it, and a sheet with a chat takes no other."""
        vault = database.vault
        taken(connection, vault, anna, person_id=5)
        assert self.joined(connection, database, a_contact(connection, vault, anna)) == ""
        theirs = a_contact(connection, vault, anna, person_id=6)
        assert self.joined(connection, database, theirs) == ""

    def test_the_person_makes_a_code_by_asking(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """The code of the pop-up is good at the desk."""
        person = Person(5, "bn", since=TODAY)
        code = perform_case(connection, database.vault, person, MakeHandover(), NOON)
        made = take_at_desk(connection, database.vault, str(code), anna, LATER)
        assert made is not None
        assert (made.person_id, made.stage) == (5, Stage.SHEET_OPEN)
