"""Operators come by a link that works once, are nobody once removed, and get what is theirs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select

from storage import offices, operators
from storage.database import Database
from storage.offices import RECOVERY_ID, Listed
from storage.operators import Language, Operator, Role
from storage.schema import invitation
from storage.schema import operator as table
from storage.vault import PublicKey, make_pair
from tests.storage.factories import NOON, TODAY


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """A transaction that may write."""
    with database.writing() as connection:
        yield connection


def an_office(connection: Connection, name: str = "Sportello", **more: object) -> str:
    """The key of a new office."""
    given: dict[str, object] = {"duty": False} | more
    return offices.add_office(connection, name, TODAY, **given).key  # type: ignore[arg-type]


def an_operator(
    connection: Connection,
    database: Database,
    office: str,
    name: str = "Anna",
    role: Role = Role.OPERATOR,
    *,
    ready: bool = True,
) -> Operator:
    """An operator, with keys or still without."""
    made = operators.add_operator(connection, name, office, role, TODAY)
    assert made is not None
    if ready:
        pair = make_pair()
        operators.set_credentials(
            connection,
            database.vault,
            made.id,
            public_key=pair.public.bytes,
            wrapped=b"wrapped",
            totp=b"secret",
            step=7,
        )
    return made


class TestOffices:
    """Those who read, as they are managed and as people are told of them."""

    def test_an_office_is_kept_as_it_was_given(self, connection: Connection) -> None:
        """Name, duty, province and hours come back, with nobody who reads yet."""
        key = an_office(connection, "PUA", duty=True, province="MB", hours="lun 9-12")
        found = offices.find_office(connection, key)
        assert found is not None
        assert (found.office.name, found.office.duty) == ("PUA", True)
        assert (found.office.province, found.office.hours) == ("MB", "lun 9-12")
        assert (found.active, found.created, found.readers) == (True, TODAY, 0)

    def test_a_changed_office_keeps_its_key(self, connection: Connection) -> None:
        """What is said of an office can be changed, and it can be closed and opened again."""
        key = an_office(connection)
        found = offices.find_office(connection, key)
        assert found is not None
        changed = type(found.office)(key, "CAF", True, "MI", "sempre")
        offices.save_office(connection, changed)
        offices.set_office_open(connection, key, is_open=False)
        assert offices.find_office(connection, key) == Listed(changed, False, TODAY, 0)
        offices.set_office_open(connection, key, is_open=True)
        assert offices.all_offices(connection) == [Listed(changed, True, TODAY, 0)]

    def test_people_are_told_only_of_offices_where_somebody_reads(
        self, connection: Connection, database: Database
    ) -> None:
        """An office without a reader, a closed one, and any with too few keys are not named."""
        reads = an_office(connection, "Reads")
        an_office(connection, "Empty")
        closed = an_office(connection, "Closed")
        an_operator(connection, database, reads)
        an_operator(connection, database, closed, "Bea")
        offices.set_office_open(connection, closed, is_open=False)
        assert offices.find_offices(connection) == ()
        offices.keep_recovery_key(connection, make_pair().public)
        assert [one.key for one in offices.find_offices(connection)] == [reads]


class TestRecipients:
    """Whom a report is sealed to."""

    def test_the_entitled_and_the_recovery_key_get_it(
        self, connection: Connection, database: Database
    ) -> None:
        """Every active operator with a key of an open office, and the key on the sheet."""
        one, other = an_office(connection), an_office(connection, "CAF")
        anna = an_operator(connection, database, one)
        bea = an_operator(connection, database, other, "Bea")
        an_operator(connection, database, one, "Not yet", ready=False)
        gone = an_operator(connection, database, one, "Gone")
        operators.remove_operator(connection, gone.id)
        recovery = make_pair().public
        assert offices.keep_recovery_key(connection, recovery)
        found = {one.id: one.key for one in operators.find_recipients(connection)}
        assert set(found) == {anna.id, bea.id, RECOVERY_ID}
        assert found[RECOVERY_ID] == recovery

    def test_an_excluded_office_gets_nothing(
        self, connection: Connection, database: Database
    ) -> None:
        """Nobody of an office that the person left out, and nobody at all if all are left out."""
        one, other = an_office(connection), an_office(connection, "CAF")
        an_operator(connection, database, one)
        bea = an_operator(connection, database, other, "Bea")
        found = operators.find_recipients(connection, excluded=[one])
        assert [recipient.id for recipient in found] == [bea.id]
        assert operators.find_recipients(connection, excluded=[one, other]) == []

    @pytest.mark.parametrize(
        ("province", "names"),
        [
            ("", {"Everywhere", "Monza", "Milano"}),
            ("MB", {"Everywhere", "Monza"}),
            ("MI", {"Everywhere", "Milano"}),
            ("BG", {"Everywhere"}),
        ],
    )
    def test_a_province_goes_to_those_who_read_it(
        self, connection: Connection, database: Database, province: str, names: set[str]
    ) -> None:
        """An office of no province reads all of them; a report of none goes to all."""
        ids = {}
        for name, where in (("Everywhere", ""), ("Monza", "MB"), ("Milano", "MI")):
            office = an_office(connection, name, province=where)
            ids[an_operator(connection, database, office, name).id] = name
        found = operators.find_recipients(connection, province)
        assert {ids[recipient.id] for recipient in found} == names

    def test_a_province_nobody_reads_goes_to_everybody(
        self, connection: Connection, database: Database
    ) -> None:
        """A report does not fall between two territories, but an excluded office stays out."""
        one = an_office(connection, province="MB")
        other = an_office(connection, "CAF", province="MI")
        anna = an_operator(connection, database, one)
        bea = an_operator(connection, database, other, "Bea")
        assert {r.id for r in operators.find_recipients(connection, "BG")} == {anna.id, bea.id}
        assert [r.id for r in operators.find_recipients(connection, "BG", [one])] == [bea.id]

    def test_the_recovery_key_is_kept_once(self, connection: Connection) -> None:
        """A second sheet does not take the place of the first, which would open nothing."""
        first, second = make_pair().public, make_pair().public
        assert offices.keep_recovery_key(connection, first)
        assert not offices.keep_recovery_key(connection, second)
        assert offices.find_recovery_key(connection) == first


class TestOperators:
    """Accounts, and what happens to them."""

    def test_a_name_is_found_whatever_its_case(
        self, connection: Connection, database: Database
    ) -> None:
        """Signing in does not depend on capitals and spaces; nobody else is called the same."""
        office = an_office(connection)
        anna = an_operator(connection, database, office, " Anna  Rossi ")
        assert anna.name == "Anna Rossi"
        found = operators.find_by_name(connection, "anna rossi ")
        assert found is not None
        assert (found.id, found.ready, found.language) == (anna.id, True, Language.ITALIAN)
        assert (
            operators.add_operator(connection, "ANNA ROSSI", office, Role.OPERATOR, TODAY) is None
        )

    def test_a_removed_operator_keeps_nothing_but_a_name(
        self, connection: Connection, database: Database
    ) -> None:
        """Keys, second factor and open link go; sessions are old; the name can be given again."""
        office = an_office(connection)
        anna = an_operator(connection, database, office)
        operators.invite(connection, anna.id, NOON)
        operators.remove_operator(connection, anna.id)
        row = connection.execute(select(table).where(table.c.id == anna.id)).one()
        assert (row.public_key, row.private_key, row.totp, row.totp_step) == (None,) * 4
        assert (row.active, row.epoch, row.name) == (False, 1, "Anna")
        assert connection.execute(select(invitation)).all() == []
        assert operators.find_by_name(connection, "Anna") is None
        assert operators.find_credentials(connection, anna.id) is None
        assert operators.add_operator(connection, "Anna", office, Role.OPERATOR, TODAY) is not None
        assert len(operators.all_operators(connection)) == 1
        assert len(operators.all_operators(connection, removed=True)) == 2

    def test_a_reset_operator_begins_anew(self, connection: Connection, database: Database) -> None:
        """The account stays; passphrase, key and second factor are gone; sessions are old."""
        anna = an_operator(connection, database, an_office(connection))
        operators.reset_operator(connection, anna.id)
        found = operators.find_operator(connection, anna.id)
        assert found is not None
        assert (found.active, found.ready, found.epoch) == (True, False, 1)

    def test_credentials_come_back_sealed(self, connection: Connection, database: Database) -> None:
        """The second factor is kept sealed for its own row and opens with the house's key."""
        anna = an_operator(connection, database, an_office(connection))
        kept = operators.find_credentials(connection, anna.id)
        assert kept is not None
        assert (kept.wrapped, kept.used_step) == (b"wrapped", 7)
        assert kept.totp != b"secret"
        assert database.vault.open_operator(kept.totp, anna.id) == b"secret"
        PublicKey(kept.public_key)

    def test_each_step_of_the_second_factor_is_used_once(
        self, connection: Connection, database: Database
    ) -> None:
        """Neither the same code nor an older one is taken a second time."""
        anna = an_operator(connection, database, an_office(connection))
        steps = [7, 8, 8, 7, 9]
        assert [operators.use_step(connection, anna.id, step) for step in steps] == [
            False,
            True,
            False,
            False,
            True,
        ]


class TestInvitations:
    """A link lets one operator in, once, for a quarter of an hour."""

    def test_a_link_works_once(self, connection: Connection, database: Database) -> None:
        """It can be looked at before, is used up by the first use, and never works again."""
        anna = an_operator(connection, database, an_office(connection), ready=False)
        token = operators.invite(connection, anna.id, NOON)
        found = [
            operators.find_invited(connection, token, NOON),
            operators.use_invitation(connection, token, NOON),
            operators.use_invitation(connection, token, NOON),
            operators.find_invited(connection, token, NOON),
        ]
        assert [one is not None for one in found] == [True, True, False, False]

    def test_a_link_ends_after_a_quarter_of_an_hour(
        self, connection: Connection, database: Database
    ) -> None:
        """One moment before it still works, then it does not."""
        anna = an_operator(connection, database, an_office(connection), ready=False)
        token = operators.invite(connection, anna.id, NOON)
        late = NOON + timedelta(minutes=15)
        before = late - timedelta(milliseconds=1)
        assert operators.find_invited(connection, token, before) is not None
        assert operators.find_invited(connection, token, late) is None
        assert operators.use_invitation(connection, token, late) is None

    def test_a_newer_link_ends_the_older(self, connection: Connection, database: Database) -> None:
        """There is never more than one link for an operator."""
        anna = an_operator(connection, database, an_office(connection), ready=False)
        older = operators.invite(connection, anna.id, NOON)
        newer = operators.invite(connection, anna.id, NOON)
        assert operators.find_invited(connection, older, NOON) is None
        assert operators.find_invited(connection, newer, NOON) is not None

    def test_the_token_is_not_kept(self, connection: Connection, database: Database) -> None:
        """Whoever reads the database cannot use the link."""
        anna = an_operator(connection, database, an_office(connection), ready=False)
        token = operators.invite(connection, anna.id, NOON)
        row = connection.execute(select(invitation)).one()
        assert token.encode() not in b"".join(v for v in row if isinstance(v, bytes))

    @pytest.mark.parametrize("token", ["", "x", "\x00", "à" * 300])
    def test_a_made_up_token_lets_nobody_in(
        self, connection: Connection, database: Database, token: str
    ) -> None:
        """Whatever is sent in place of a token is nobody's."""
        an_operator(connection, database, an_office(connection), ready=False)
        assert operators.find_invited(connection, token, NOON) is None
        assert operators.use_invitation(connection, token, NOON) is None
