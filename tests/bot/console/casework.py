"""A case for the tests of the console: taken in charge, with a plan, a flag and things to do."""

from __future__ import annotations

from datetime import date
from typing import Any

from flows.case_model import Flag, How, Lane, Purpose, Service, Stage
from flows.text import Text
from storage.access import to_change
from storage.cases import choices, moving, plan
from storage.cases.tasks import task_add
from storage.database import Connection
from storage.operators import Operator
from tests.bot.console.house import START, Console
from tests.storage.cases.desk import a_contact

STORY = "Dodici ore al giorno, dorme sopra il locale."


def sheet(console: Console, operator: Operator, **more: Any) -> int:
    """The id of a sheet that was opened at the desk; the bed depends on the job."""
    values = {"story": STORY, "language": "bn", "needs": ["work", "house"], "housing_tied": "yes"}

    vault = console.database.vault

    def open_one(connection: Connection) -> int:
        return a_contact(connection, vault, operator, sheet=values, owner=operator.id, **more).id

    return int(console.do(open_one))


def a_case(console: Console, operator: Operator) -> int:
    """The id of a case that is taken in charge."""
    id_ = sheet(console, operator)
    bed, union = date(2026, 11, 20), date(2026, 11, 30)

    def carry(connection: Connection) -> None:
        hand = to_change(connection, console.database.vault, operator, id_, START)
        assert hand is not None
        done = [
            moving.move(hand, Stage.IDENTIFIED_POTENTIAL, "turni, passaporto"),
            choices.choose(hand, Purpose.KEEP, given=True, how=How.SPOKEN),
            moving.take_in_charge(hand, "lo chiede", goals="Un lavoro in regola", review=union),
            plan.plan_add(hand, Lane.SOCIAL, Service.HOUSING, what="Un posto letto", due=bed),
            plan.plan_add(hand, Lane.WORK, Service.UNIONS, what="Parlarne", due=union),
            choices.flag_add(hand, Flag.WATCHED_PHONE, union, "lo guarda il capo"),
        ]
        assert [one for one in done if isinstance(one, Text)] == []
        task_add(connection, hand.vault, id_, "Telefonare", bed, by=operator.id, owner=operator.id)

    console.do(carry)
    return id_
