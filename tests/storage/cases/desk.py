"""A desk for the tests of cases: offices, operators, sheets, so that a test names what matters."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, update

from flows.case_model import How, Outcome, Purpose, Source, Stage
from storage import offices, operators
from storage.access import to_change
from storage.cases.choices import choose
from storage.cases.contacts import open_contact
from storage.cases.hand import Hand
from storage.cases.model import Contact
from storage.cases.moving import move, take_in_charge
from storage.cases.plan import outcome_add
from storage.operators import Operator, Role
from storage.schema import operator as table
from storage.vault import Vault
from tests.storage.factories import NOON, TODAY

LATER = NOON + timedelta(hours=1)


def an_office(connection: Connection, name: str = "PUA Desio") -> str:
    """The key of a new office."""
    return offices.add_office(connection, name, TODAY, duty=False).key


def an_operator(
    connection: Connection,
    office: str,
    name: str = "Anna",
    role: Role = Role.OPERATOR,
    territory: str = "",
) -> Operator:
    """An operator of an office."""
    made = operators.add_operator(connection, name, office, role, TODAY)
    assert made is not None
    connection.execute(update(table).where(table.c.id == made.id).values(territory=territory))
    found = operators.find_operator(connection, made.id)
    assert found is not None
    return found


def a_contact(connection: Connection, vault: Vault, operator: Operator, **more: Any) -> Contact:
    """A sheet that was just opened by an operator at the desk."""
    given: dict[str, Any] = {"source": Source.DESK, "territory": "Desio"} | more
    return open_contact(
        connection, vault, office=operator.office, operator_id=operator.id, now=NOON, **given
    )


def a_hand(connection: Connection, vault: Vault, operator: Operator, contact: Contact) -> Hand:
    """The hand of an operator in a case of their own office."""
    hand = to_change(connection, vault, operator, contact.id, LATER)
    assert hand is not None
    return hand


def taken(connection: Connection, vault: Vault, operator: Operator, **more: Any) -> Hand:
    """A case that was taken in charge, with the person's choice."""
    hand = a_hand(connection, vault, operator, a_contact(connection, vault, operator, **more))
    choose(hand, Purpose.KEEP, given=True, how=How.SPOKEN)
    assert move(hand, Stage.IDENTIFIED_NO, "a talk") is None
    assert take_in_charge(hand, "needs help", goals="a regular job") is None
    return hand


def with_outcome(hand: Hand, code: Outcome = Outcome.REGULAR_CONTRACT) -> Hand:
    """A case of which something came."""
    outcome_add(hand, code, TODAY)
    return hand
