"""Carries out what a conversation asks of the person's own dates."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from sqlalchemy import Connection

from flows.calendar_effects import DropDate, FindMyDates, KeepDate
from flows.calendar_model import OwnDate, Subject
from flows.effects import Json
from flows.model import Person
from flows.plain import plain
from storage.courses.performing import id_of
from storage.dates.keeping import drop, find_mine, find_reminded, keep
from storage.notices.planning import plan
from storage.notices.stopping import stop
from storage.vault import Vault

DateEffect = KeepDate | FindMyDates | DropDate


def perform_dates(
    connection: Connection, vault: Vault, person: Person, effect: DateEffect, now: datetime
) -> Json:
    """Carry out one of these effects in the transaction of its turn; its result for the log."""
    match effect:
        case KeepDate(kind, day):
            made, old = keep(connection, vault, person.id, kind, day)
            for gone in old:
                stop(connection, Subject.DATE, gone)
            plan(connection, vault, Subject.DATE, made.id, now)
            return str(made.id)
        case FindMyDates():
            found = find_mine(connection, vault, person.id)
            reminded = find_reminded(connection, [one.id for one in found])
            return plain(
                [OwnDate(str(one.id), one.kind, one.day, reminded.get(one.id)) for one in found]
            )
        case DropDate(id_):
            dropped = drop(connection, person.id, id_of(id_))
            if dropped:
                stop(connection, Subject.DATE, id_of(id_))
            return dropped
        case _:
            assert_never(effect)
