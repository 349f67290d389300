"""The demo's operators: two offices, two keys and a sheet that nobody printed, told to all; and two
desks where they answer people in the chat, give courses and appointments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from types import MappingProxyType

from bot.console.room import Demo
from bot.console.sheet import generated, written
from storage import offices, operators
from storage.accounts import bind_telegram, make_link
from storage.database import Connection, Database
from storage.desks import Desk, new_key, save_desk
from storage.operators import Role
from storage.sample_calendar import MADE_UP, POINTS, add_calendar
from storage.sample_services import add_services
from storage.vault import FULL_EFFORT, Effort, Vault, make_pair, new_totp_secret, wrap

NO_ACCOUNTS: Mapping[str, int] = MappingProxyType({})
STAFF = (
    ("Anna Colombo", Role.ADMINISTRATOR, "Sportello Lavoro, Carate Brianza", False),
    ("Bruno Riva", Role.OPERATOR, "Comune di Desio, Servizi sociali", True),
)
HOURS = "mon-fri 09:00-17:00"
DESKS = (
    # Of every office: whoever of them comes first answers.
    ("PUA Carate Brianza", "Carate Brianza", "mon-fri 09:00-12:30 14:00-18:00; sat 09:00-12:00"),
    ("PUA Desio", "Desio", "mon-fri 08:30-13:00; tue 14:00-18:30; thu 14:00-18:30"),
)


def prepare_demo(
    database: Database,
    today: date,
    effort: Effort = FULL_EFFORT,
    accounts: Mapping[str, int] = NO_ACCOUNTS,
) -> tuple[Demo, ...]:
    """Make two offices, one of them with a duty to report, an operator in each, and a sheet.

    `accounts` says by which number an operator is known in Telegram. The database must be empty.
    """
    recovery = make_pair()
    made = tuple(_operator(database, today, effort, *one) for one in STAFF)
    with database.writing() as connection:
        offices.keep_recovery_key(connection, recovery.public)
        for name, account in accounts.items():
            _link(connection, database.vault, name, account, today)
        for name, territory, hours in DESKS:
            desk = _desk(name, territory, hours, today)
            save_desk(connection, desk)
            office = _office_at(connection, territory)
            add_calendar(connection, database.vault, desk, office, _noon(today))
            add_services(connection, desk, _noon(today))
        connection.commit()
    words = " ".join(written(recovery))
    return tuple(replace(one, sheet=words) for one in made)


def _desk(name: str, territory: str, hours: str, today: date) -> Desk:
    """A desk that can be found, though nobody is there: it says that it is made up."""
    latitude, longitude = POINTS[territory]
    return Desk(
        new_key(),
        name,
        territory,
        True,
        today,
        hours=hours,
        talks=True,
        place=f"{territory}, indirizzo di esempio",
        how=MADE_UP,
        latitude=latitude,
        longitude=longitude,
    )


def _link(connection: Connection, vault: Vault, name: str, account: int, today: date) -> None:
    """In the group it is known who this operator is."""
    operator = operators.find_by_name(connection, name)
    if operator is None:
        raise RuntimeError(f"The demo knows no operator {name}.")
    now = _noon(today)
    bind_telegram(connection, vault, make_link(connection, operator.id, now), account, now)


def _office_at(connection: Connection, territory: str) -> str:
    """The office whose name says that it is there."""
    found = [one.office for one in offices.all_offices(connection)]
    return next(one.key for one in found if territory in one.name)


def _noon(today: date) -> datetime:
    return datetime.combine(today, time(12), UTC)


def _operator(
    database: Database, today: date, effort: Effort, name: str, role: Role, place: str, duty: bool
) -> Demo:
    key, totp, passphrase = make_pair(), new_totp_secret(), generated()
    wrapped = wrap(key, passphrase, effort)
    with database.writing() as connection:
        office = offices.add_office(connection, place, today, duty=duty, hours=HOURS)
        made = operators.add_operator(connection, name, office.key, role, today)
        if made is None:
            raise RuntimeError("The demo begins in a database that is not empty.")
        operators.set_credentials(
            connection,
            database.vault,
            made.id,
            public_key=key.public.bytes,
            wrapped=wrapped,
            totp=totp,
            step=0,
        )
        connection.commit()
    return Demo(name, passphrase, totp)
