"""The demo's operator: an office, a key and a sheet that nobody printed, told to everybody."""

from __future__ import annotations

from datetime import date

from bot.console.room import Demo
from bot.console.sheet import generated, written
from storage import offices, operators
from storage.database import Database
from storage.operators import Language, Role
from storage.vault import FULL_EFFORT, Effort, make_pair, new_totp_secret, wrap

NAME = "Anna Colombo"
OFFICE = "Sportello Lavoro, Carate Brianza"
HOURS = "lunedì–venerdì, 9–17"


def prepare_demo(database: Database, today: date, effort: Effort = FULL_EFFORT) -> Demo:
    """Make one office with one operator and a recovery key, in an empty database."""
    key, recovery, totp = make_pair(), make_pair(), new_totp_secret()
    passphrase = generated()
    wrapped = wrap(key, passphrase, effort)
    with database.writing() as connection:
        office = offices.add_office(connection, OFFICE, today, duty=False, hours=HOURS)
        made = operators.add_operator(connection, NAME, office.key, Role.ADMINISTRATOR, today)
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
        operators.set_language(connection, made.id, Language.ITALIAN)
        offices.keep_recovery_key(connection, recovery.public)
        connection.commit()
    return Demo(NAME, passphrase, totp, sheet=" ".join(written(recovery)))
