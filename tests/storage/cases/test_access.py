"""Nobody reads or changes a case that is not theirs, and the audit knows before they read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, insert

from flows.case_model import Flag, How, Lane, Outcome, Purpose, Service
from storage import access, operators
from storage.access import Reach, find_contacts, for_operator, to_assign, to_change
from storage.audit import Action, find_entries
from storage.cases.choices import choose, flag_add, revoke
from storage.cases.finding import Sieve
from storage.cases.model import Choice
from storage.cases.moving import give_to
from storage.cases.plan import outcome_add, plan_add
from storage.cases.tasks import task_add
from storage.database import Database
from storage.handoff_schema import handoff
from storage.handoffs import finding as talks
from storage.operators import Language, Operator, Role
from tests.storage.cases.desk import LATER, a_contact, a_hand, an_office, an_operator, taken
from tests.storage.factories import NOON, TODAY

FIELDS = {"language": "ar", "story": "canary", "permit": "canary", "level": "2", "town": "Desio"}


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """A transaction that may write."""
    with database.writing() as connection:
        yield connection


@pytest.fixture
def anna(connection: Connection) -> Operator:
    """An operator of the desk."""
    return an_operator(connection, an_office(connection))


@pytest.fixture
def bruno(connection: Connection) -> Operator:
    """An operator of another office."""
    return an_operator(connection, an_office(connection, "Carate"), "Bruno")


class TestReading:
    """Who reads what."""

    def test_every_reading_is_in_the_audit(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """Who opens a case leaves a row with its number, each time; who may not, gets nothing."""
        made = a_contact(connection, database.vault, anna, sheet=FIELDS)
        for _n in range(2):
            assert for_operator(connection, database.vault, anna, made.id, LATER) is not None
        found = find_entries(connection, limit=3, operator_id=anna.id)
        assert [(one.action, one.object) for one in found] == [
            (Action.CASE_READ, made.number),
            (Action.CASE_READ, made.number),
            (Action.CONTACT_OPENED, made.number),
        ]

    def test_an_antenna_reads_nothing_of_what_it_made(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """It creates and hands on: neither the sheet, nor a list, nor a change later."""
        dora = an_operator(connection, anna.office, "Dora", Role.ANTENNA)
        made = a_contact(connection, database.vault, dora, sheet=FIELDS)
        assert for_operator(connection, database.vault, dora, made.id, LATER) is None
        assert to_change(connection, database.vault, dora, made.id, LATER) is None
        assert find_contacts(connection, dora) == []
        assert access.count_contacts(connection, dora) == 0
        assert access.talks_for_operator(connection, dora) == []
        assert for_operator(connection, database.vault, anna, made.id, LATER) is not None

    def test_another_office_reads_only_what_the_person_agreed_to(
        self, connection: Connection, database: Database, anna: Operator, bruno: Operator
    ) -> None:
        """Nothing without the choice; with it the fields that are shared and what is their part;
        nothing again when it is taken back."""
        vault = database.vault
        hand = taken(connection, vault, anna, sheet=FIELDS)
        id_ = hand.contact.id
        assert for_operator(connection, vault, bruno, id_, LATER) is None
        assert find_contacts(connection, bruno) == []
        shared = choose(hand, Purpose.SHARE, given=True, how=How.SIGNED, office=bruno.office)
        assert isinstance(shared, Choice)
        plan_add(hand, Lane.WORK, Service.TRAINING, provider=bruno.office, what="a course")
        plan_add(hand, Lane.WORK, Service.LEGAL, what="canary")
        flag_add(hand, Flag.DANGER, TODAY, "canary")
        outcome_add(hand, Outcome.INFORMED, TODAY, "canary")
        task_add(connection, vault, id_, "canary", TODAY, by=anna.id)
        file = for_operator(connection, vault, bruno, id_, LATER)
        assert file is not None
        assert dict(file.sheet.values) == {"language": "ar", "town": "Desio"}
        assert [one.what for one in file.actions] == ["a course"]
        assert (file.contact.level, file.charge, file.steps, file.tasks) == (None, None, (), ())
        assert (file.outcomes, file.flags, file.choices, file.partial) == ((), (), (shared,), True)
        assert to_change(connection, vault, bruno, id_, LATER) is None
        (listed,) = find_contacts(connection, bruno)
        assert (listed.id, listed.level, listed.language) == (id_, None, "ar")
        revoke(hand, shared.id)
        assert for_operator(connection, vault, bruno, id_, LATER) is None
        refused = choose(hand, Purpose.SHARE, given=False, how=How.SPOKEN, office=bruno.office)
        assert isinstance(refused, Choice)
        assert for_operator(connection, vault, bruno, id_, LATER) is None

    def test_who_was_removed_reads_nothing(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """An operator who left is nobody, also with an old page open."""
        made = a_contact(connection, database.vault, anna)
        gone = replace(anna, active=False)
        assert for_operator(connection, database.vault, gone, made.id, LATER) is None
        assert to_change(connection, database.vault, gone, made.id, LATER) is None
        assert find_contacts(connection, gone) == []


class TestCoordinating:
    """A coordinator sees that there is work, and gives it to others, without reading it."""

    def test_a_coordinator_lists_her_territory_and_reads_her_office(
        self, connection: Connection, database: Database, anna: Operator, bruno: Operator
    ) -> None:
        """Of another office: who follows it and the stage, neither need nor level nor language."""
        vault = database.vault
        carla = an_operator(connection, bruno.office, "Carla", Role.COORDINATOR, "Desio")
        theirs = a_contact(connection, vault, anna, sheet=FIELDS | {"kinds": ["K01"]})
        a_contact(connection, vault, anna, territory="Lecco")
        own = a_contact(connection, vault, bruno, territory="Carate Brianza", sheet=FIELDS)
        found = {one.id: one for one in find_contacts(connection, carla)}
        assert set(found) == {theirs.id, own.id}
        hidden = found[theirs.id]
        assert (hidden.number, hidden.stage, hidden.owner) == (
            theirs.number,
            theirs.stage,
            theirs.owner,
        )
        assert (hidden.language, hidden.level, hidden.irregular) == ("", None, False)
        assert found[own.id].language == "ar"
        assert for_operator(connection, vault, carla, theirs.id, LATER) is None
        for asked in (Sieve(language="ar"), Sieve(level=2), Sieve(irregular=True)):
            assert theirs.id not in {one.id for one in find_contacts(connection, carla, asked)}

    def test_a_coordinator_gives_work_to_others(
        self, connection: Connection, database: Database, anna: Operator, bruno: Operator
    ) -> None:
        """Within her territory; nobody else's, and an operator of another office not at all."""
        vault = database.vault
        carla = an_operator(connection, bruno.office, "Carla", Role.COORDINATOR, "Desio")
        theirs = a_contact(connection, vault, anna)
        far = a_contact(connection, vault, anna, territory="Lecco")
        assert to_assign(connection, vault, bruno, theirs.id, LATER) is None
        assert to_assign(connection, vault, carla, far.id, LATER) is None
        assert to_assign(connection, vault, carla, 1, LATER) is None
        hand = to_assign(connection, vault, carla, theirs.id, LATER)
        assert hand is not None
        give_to(hand, anna.id)
        assert hand.contact.owner == anna.id

    def test_an_administrator_sees_all_lists(
        self, connection: Connection, database: Database, anna: Operator, bruno: Operator
    ) -> None:
        """Every contact stands in the list; the words of another office's stay closed."""
        ada = an_operator(connection, bruno.office, "Ada", Role.ADMINISTRATOR)
        made = a_contact(connection, database.vault, anna)
        assert access.count_contacts(connection, ada) == 1
        assert for_operator(connection, database.vault, ada, made.id, LATER) is None


class TestTalks:
    """Conversations: one's own office's, and those that are every office's."""

    def test_an_operator_takes_part_in_her_offices_conversations(
        self, connection: Connection, anna: Operator, bruno: Operator
    ) -> None:
        """Another office's is not there for her, by itself, in the list and in the count."""
        for number, office in ((5, ""), (6, anna.office), (7, bruno.office)):
            connection.exec_driver_sql(
                "INSERT INTO person (id, lookup, chat, since, seen) "
                f"VALUES ({number}, 'x{number}', 'x', '2026-11-22', '2026-11-22')"
            )
            connection.execute(
                insert(handoff).values(
                    id=number,
                    person_id=number,
                    designation=f"Airone {number}",
                    state="waiting",
                    need="work",
                    who="anybody",
                    medium="text",
                    safe="always",
                    language="ar",
                    office=office,
                    asked=NOON,
                    stirred=NOON,
                )
            )
        seen = [access.talk_for_operator(connection, anna, number) for number in (5, 6, 7, 8)]
        assert [one is not None for one in seen] == [True, True, False, False]
        assert {one.id for one in access.talks_for_operator(connection, anna)} == {5, 6}
        assert access.count_talks(connection, anna) == 2
        theirs = talks.Sieve(offices=(bruno.office,))
        assert access.talks_for_operator(connection, anna, theirs) == []


def an_operator_of(role: Role, office: str, territory: str, active: bool) -> Operator:
    """An operator without a database."""
    return Operator(
        7, "Anna", office, role, Language.ITALIAN, active, 0, True, TODAY, territory=territory
    )


OPERATORS = st.builds(
    an_operator_of,
    st.sampled_from(Role),
    st.sampled_from(["o1", "o2"]),
    st.sampled_from(["", "Desio", "Lecco"]),
    st.booleans(),
)


@given(OPERATORS, st.sampled_from(["", "o1", "o2"]), st.sampled_from(["", "Desio", "Lecco"]))
def test_reach_never_grows_by_mistake(operator: Operator, office: str, territory: str) -> None:
    """Who left or is an antenna reaches nothing; who oversees is a coordinator of that territory or
    office, or administers; talks are the own office's or everybody's."""
    reach = Reach(operator)
    if not operator.active or operator.role is Role.ANTENNA:
        assert not (reach.helps)
        assert not (reach.oversees(office, territory))
        assert not (reach.talks_in(office))
    elif operator.role is Role.OPERATOR:
        assert not reach.oversees(office, territory)
    elif operator.role is Role.COORDINATOR and reach.oversees(office, territory):
        assert office == operator.office or territory == operator.territory != ""
    if reach.talks_in(office):
        assert office in ("", operator.office)


def test_a_case_that_is_not_there_is_no_case(
    connection: Connection, database: Database, anna: Operator
) -> None:
    """An id of nothing gives nothing to read or to change, and no row in the audit."""
    assert for_operator(connection, database.vault, anna, 77, LATER) is None
    assert to_change(connection, database.vault, anna, 77, LATER) is None
    assert find_entries(connection, limit=5, operator_id=anna.id) == []
    assert operators.find_operator(connection, anna.id) == anna
    assert (
        a_hand(
            connection, database.vault, anna, a_contact(connection, database.vault, anna)
        ).given()
        == set()
    )
