"""Finds conversations with operators: one by what points to it, many by what an inbox asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, case, func, select

from flows.handoff_model import Medium, Need, Reason, Safe, State, Urgency, Who
from storage.handoff_schema import handoff as table
from storage.handoffs.model import Handoff
from storage.handoffs.stirring import moment


@dataclass(frozen=True, slots=True)
class Sieve:
    """What an inbox asks for; what is None, or empty, lets everything through.

    `offices` are those whose conversations are wanted: put the empty one in for everybody's.
    `states` empty: those that are not closed. `owner` 0: nobody's. `waiting_since`: the person has
    waited for an answer since then, or longer. `words`: of the designation.
    """

    states: tuple[State, ...] = ()
    offices: tuple[str, ...] | None = None
    territory: str | None = None
    language: str | None = None
    need: Need | None = None
    level: int | None = None
    owner: int | None = None
    urgency: Urgency | None = None
    waiting_since: datetime | None = None
    words: str = ""
    desk: str | None = None


_SINCE = case((table.c.answered.is_(None), table.c.asked), else_=table.c.waits_since)
"""Since when somebody should answer; a wish to talk without words waits as well."""
_BY_ID = select(table).where(table.c.id == bindparam("the_id"))
_OF_PERSON = select(table).where(table.c.person_id == bindparam("the_person"))
OPEN = (State.WAITING, State.CLAIMED)
EVERYTHING = Sieve()


def find(connection: Connection, handoff_id: int) -> Handoff | None:
    """The conversation of an id."""
    row = connection.execute(_BY_ID, {"the_id": handoff_id}).first()
    return None if row is None else read(row)


def find_of_person(connection: Connection, person_id: int) -> Handoff | None:
    """A person's one conversation with operators, also a closed one."""
    row = connection.execute(_OF_PERSON, {"the_person": person_id}).first()
    return None if row is None else read(row)


def find_in_topic(connection: Connection, group_id: int, topic: int) -> Handoff | None:
    """The conversation that a topic of a group shows."""
    return _one(connection, (table.c.group_id == group_id) & (table.c.topic == topic))


def find_many(
    connection: Connection, sieve: Sieve = EVERYTHING, limit: int = 50, skip: int = 0
) -> list[Handoff]:
    """Conversations for an inbox: the most urgent first, then who waits longest."""
    query = (
        _sieved(select(table), sieve)
        .order_by(
            table.c.closed.is_not(None),
            table.c.urgency.desc(),
            _SINCE.is_(None),
            _SINCE,
            table.c.stirred.desc(),
            table.c.id,
        )
        .limit(limit)
        .offset(skip)
    )
    return [read(row) for row in connection.execute(query)]


def count_many(connection: Connection, sieve: Sieve = EVERYTHING) -> int:
    """How many conversations pass a sieve."""
    query = _sieved(select(func.count()).select_from(table), sieve)
    return int(connection.execute(query).scalar_one())


def _sieved(query: Select[Any], sieve: Sieve) -> Select[Any]:
    states = sieve.states or OPEN
    query = query.where(table.c.state.in_([one.value for one in states]))
    if sieve.offices is not None:
        query = query.where(table.c.office.in_(sieve.offices))
    for column, wanted in (
        (table.c.territory, sieve.territory),
        (table.c.language, sieve.language),
        (table.c.need, None if sieve.need is None else sieve.need.value),
        (table.c.level, sieve.level),
        (table.c.urgency, None if sieve.urgency is None else int(sieve.urgency)),
        (table.c.desk, sieve.desk),
    ):
        if wanted is not None:
            query = query.where(column == wanted)
    if sieve.owner is not None:
        nobody = table.c.owner.is_(None)
        query = query.where(nobody if sieve.owner == 0 else table.c.owner == sieve.owner)
    if sieve.waiting_since is not None:
        query = query.where(moment(sieve.waiting_since) >= _SINCE)
    for word in sieve.words.casefold().split():
        query = query.where(func.lower(table.c.designation).contains(word, autoescape=True))
    return query


def _one(connection: Connection, wanted: ColumnElement[bool]) -> Handoff | None:
    row = connection.execute(select(table).where(wanted)).first()
    return None if row is None else read(row)


def read(row: Row[*tuple[Any, ...]]) -> Handoff:
    """A row of the table, every column of it."""
    kept = dict(row._mapping)
    kept["state"] = State(kept["state"])
    kept["need"] = Need(kept["need"])
    kept["who"] = Who(kept["who"])
    kept["medium"] = Medium(kept["medium"])
    kept["safe"] = Safe(kept["safe"])
    kept["urgency"] = Urgency(kept["urgency"])
    kept["reason"] = Reason(kept["reason"]) if kept["reason"] else None
    for name in ("interpreter", "mediator", "reachable"):
        kept[name] = bool(kept[name])
    return Handoff(**kept)
