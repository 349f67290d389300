"""Finds contact sheets: one by its id or its person, many by what a list asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, or_, select

from flows.case_model import Bed, Result, Source, Stage
from storage.case_schema import case_file
from storage.case_schema import contact as table
from storage.cases.model import Contact

COLUMNS = tuple(column for column in table.c if column.name not in ("sheet", "chat_before"))
OPEN_STAGES = tuple(stage for stage in Stage if stage is not Stage.CONCLUDED)


@dataclass(frozen=True, slots=True)
class Sieve:
    """What a list asks for; what is None, or empty, lets everything through.

    `owner` 0: nobody's. `in_charge`: whether it was ever taken in charge. `words`: of designation
    or number.
    """

    stages: tuple[Stage, ...] = ()
    office: str | None = None
    territory: str | None = None
    language: str | None = None
    need: str | None = None
    sector: str | None = None
    level: int | None = None
    owner: int | None = None
    in_charge: bool | None = None
    irregular: bool | None = None
    words: str = ""


EVERYTHING = Sieve()


def find_contact(connection: Connection, contact_id: int, *, hold: bool = False) -> Contact | None:
    """The contact of an id; with `hold` nobody else changes it until the commit."""
    query = select(*COLUMNS).where(table.c.id == contact_id)
    row = connection.execute(query.with_for_update() if hold else query).first()
    return None if row is None else read(row)


def find_contact_of(connection: Connection, person_id: int) -> Contact | None:
    """The contact joined to a person's chat."""
    row = connection.execute(select(*COLUMNS).where(table.c.person_id == person_id)).first()
    return None if row is None else read(row)


def find_forgettable(connection: Connection, person_id: int) -> list[Contact]:
    """Every sheet of a person: the one joined to her chat, and those that were before it."""
    hers = or_(table.c.person_id == person_id, table.c.chat_before == person_id)
    return [read(row) for row in connection.execute(select(*COLUMNS).where(hers))]


def find_by_number(connection: Connection, number: str) -> Contact | None:
    """The contact that operators call by this number."""
    query = select(*COLUMNS).where(table.c.number == number.strip().upper())
    row = connection.execute(query).first()
    return None if row is None else read(row)


def find_among(
    connection: Connection, reach: ColumnElement[bool], sieve: Sieve, limit: int, skip: int
) -> list[Contact]:
    """Those within somebody's reach that pass a sieve; what was touched last comes first."""
    query = sieved(select(*COLUMNS).where(reach), sieve)
    query = query.order_by(table.c.touched.desc(), table.c.id).limit(limit).offset(skip)
    return [read(row) for row in connection.execute(query)]


def count_among(connection: Connection, reach: ColumnElement[bool], sieve: Sieve) -> int:
    """How many within somebody's reach pass a sieve."""
    query = sieved(select(func.count()).select_from(table).where(reach), sieve)
    return int(connection.execute(query).scalar_one())


def sieved(query: Select[Any], sieve: Sieve) -> Select[Any]:
    """A query through a sieve."""
    if sieve.stages:
        query = query.where(table.c.stage.in_([stage.value for stage in sieve.stages]))
    for column, wanted in (
        (table.c.office, sieve.office),
        (table.c.territory, sieve.territory),
        (table.c.language, sieve.language),
        (table.c.need, sieve.need),
        (table.c.sector, sieve.sector),
        (table.c.level, sieve.level),
        (table.c.irregular, sieve.irregular),
    ):
        if wanted is not None:
            query = query.where(column == wanted)
    if sieve.owner is not None:
        nobody = table.c.owner.is_(None)
        query = query.where(nobody if sieve.owner == 0 else table.c.owner == sieve.owner)
    if sieve.in_charge is not None:
        taken = select(case_file.c.contact_id).where(case_file.c.contact_id == table.c.id).exists()
        query = query.where(taken if sieve.in_charge else ~taken)
    for word in sieve.words.casefold().split():
        within = [
            func.lower(column).contains(word, autoescape=True)
            for column in (table.c.designation, table.c.number)
        ]
        query = query.where(or_(*within))
    return query


def read(row: Row[*tuple[Any, ...]]) -> Contact:
    """A row of the table without its words."""
    kept = dict(row._mapping)
    kept["source"] = Source(kept["source"])
    kept["stage"] = Stage(kept["stage"])
    kept["result"] = Result(kept["result"])
    kept["bed"] = Bed(kept["bed"])
    for name in ("irregular", "housing_tied", "sample"):
        kept[name] = bool(kept[name])
    return Contact(**kept)
