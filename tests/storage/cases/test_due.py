"""What waits in many cases is found at once, without opening a word of any."""

from __future__ import annotations

from datetime import date, timedelta

from flows.case_model import Flag, Lane, Said, Service
from storage.cases.choices import flag_add, flag_end
from storage.cases.due import Waiting, find_agenda, find_waiting
from storage.cases.plan import plan_add, step_answer
from storage.cases.tasks import task_add, task_done
from storage.database import Database
from tests.storage.cases.desk import LATER, a_contact, a_hand, an_office, an_operator, taken
from tests.storage.factories import TODAY


def test_what_waits_is_counted_for_each_case(database: Database) -> None:
    """All that is to be done gives the first day; what is late, asked for or flagged counts."""
    with database.writing() as connection:
        vault = database.vault
        anna = an_operator(connection, an_office(connection))
        hand, idle = taken(connection, vault, anna), a_contact(connection, vault, anna)
        case, late = hand.contact.id, TODAY - timedelta(days=2)
        task_add(connection, vault, case, "call", late, by=anna.id)
        done = task_add(connection, vault, case, "old", date(2020, 1, 1), by=anna.id)
        task_done(connection, done.id, case, LATER)
        step = plan_add(hand, Lane.WORK, Service.ITALIAN, due=TODAY)
        assert hasattr(step, "id")
        step_answer(hand, step.id, Said.MOVE)
        flag_add(hand, Flag.DANGER, TODAY)
        flag_add(hand, Flag.HEALTH, TODAY)
        ended = flag_add(hand, Flag.MINOR, TODAY)
        assert hasattr(ended, "id")
        flag_end(hand, ended.id)
        found = find_waiting(connection, [hand.contact.id, idle.id], TODAY)
        waiting = found[hand.contact.id]
        assert (waiting.due, waiting.late, waiting.moves) == (late, 1, 1)
        assert sorted(waiting.flags) == [Flag.DANGER, Flag.HEALTH]
        assert found[idle.id] == Waiting()
        assert find_waiting(connection, [], TODAY) == {}


def test_the_agenda_is_ones_own_and_the_offices(database: Database) -> None:
    """A colleague's tasks, another office's and later ones are no part of it."""
    with database.writing() as connection:
        vault, office = database.vault, an_office(connection)
        anna, bea = an_operator(connection, office), an_operator(connection, office, "Bea")
        carla = an_operator(connection, an_office(connection, "PUA Carate"), "Carla")
        hand = a_hand(connection, vault, anna, a_contact(connection, vault, anna))
        case, soon = hand.contact.id, TODAY + timedelta(days=3)
        for owner in (anna.id, bea.id, None):
            task_add(connection, vault, case, "x", soon, by=anna.id, owner=owner)
        task_add(connection, vault, case, "x", soon + timedelta(days=9), by=1, owner=anna.id)
        mine = [(one.due, one.mine) for one in find_agenda(connection, anna, soon)]
        assert sorted(mine) == [(soon, False), (soon, True)]
        assert find_agenda(connection, carla, soon) == []
