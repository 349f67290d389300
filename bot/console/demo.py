"""The demo's operators: two offices, two keys and a sheet that nobody printed, told to all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.console.room import Demo
from bot.console.sheet import generated, written
from storage import offices, operators
from storage.database import Database
from storage.operators import Role
from storage.vault import FULL_EFFORT, Effort, make_pair, new_totp_secret, wrap

STAFF = (
    ("Anna Colombo", Role.ADMINISTRATOR, "Sportello Lavoro, Carate Brianza", False),
    ("Bruno Riva", Role.OPERATOR, "Comune di Desio, Servizi sociali", True),
)
HOURS = "lunedì–venerdì, 9–17"


def prepare_demo(database: Database, today: date, effort: Effort = FULL_EFFORT) -> tuple[Demo, ...]:
    """Make two offices, one of them with a duty to report, an operator in each, and a sheet.

    The database must be empty.
    """
    recovery = make_pair()
    made = tuple(_operator(database, today, effort, *one) for one in STAFF)
    with database.writing() as connection:
        offices.keep_recovery_key(connection, recovery.public)
        connection.commit()
    words = " ".join(written(recovery))
    return tuple(replace(one, sheet=words) for one in made)


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
