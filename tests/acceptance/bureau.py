"""Offices and operators of a town, as the console would have made them, and their keys."""

from __future__ import annotations

from dataclasses import dataclass

from flows.report_model import Office
from storage import offices, operators
from storage.database import Connection, Database
from storage.operators import Operator, Role
from storage.reports import Reader
from storage.vault import (
    LIGHT_EFFORT,
    PrivateKey,
    make_pair,
    new_totp_secret,
    totp_code,
    totp_step,
    wrap,
)
from tests.acceptance.town import Town

PASSPHRASE = "correct horse battery staple"


@dataclass(frozen=True, slots=True)
class Colleague:
    """An operator and all she knows."""

    operator: Operator
    key: PrivateKey
    totp: bytes

    @property
    def reader(self) -> Reader:
        """How she opens reports."""
        return Reader(self.operator.id, self.key)

    def code(self, town: Town, steps: int = 0) -> str:
        """The six digits on her phone."""
        return totp_code(self.totp, totp_step(town.clock.now()) + steps)


@dataclass(frozen=True, slots=True)
class Bureau:
    """An office with its operators."""

    office: Office
    colleagues: tuple[Colleague, ...]


async def opens_office(
    town: Town,
    name: str = "Sportello Lavoro",
    *people: str,
    recovery: PrivateKey | None = None,
    duty: bool = False,
    province: str = "",
) -> Bureau:
    """Open an office with its operators; the first one also prints the recovery sheet."""
    today = town.clock.now().date()
    database = Database.open(town.settings.database_url, data=town.data)
    try:
        with database.writing() as connection:
            office = offices.add_office(connection, name, today, duty=duty, province=province)
            colleagues = tuple(
                _joins(connection, database, person, office.key, town)
                for person in people or ("Anna", "Bruno")
            )
            offices.keep_recovery_key(connection, (recovery or make_pair()).public)
            connection.commit()
    finally:
        database.close()
    await town.antenna.scheduler.do("offices")
    return Bureau(office, colleagues)


def _joins(
    connection: Connection, database: Database, name: str, office: str, town: Town
) -> Colleague:
    key, secret, today = make_pair(), new_totp_secret(), town.clock.now().date()
    made = operators.add_operator(connection, name, office, Role.OPERATOR, today)
    assert made is not None
    operators.set_credentials(
        connection,
        database.vault,
        made.id,
        public_key=key.public.bytes,
        wrapped=wrap(key, PASSPHRASE, LIGHT_EFFORT),
        totp=secret,
        step=0,
    )
    found = operators.find_operator(connection, made.id)
    assert found is not None
    return Colleague(found, key, secret)
