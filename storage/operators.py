"""Who signs in to the console: their accounts, their keys, and the links that let them in first."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from storage.offices import find_offices as find_offices
from storage.offices import find_recipients as find_recipients
from storage.schema import invitation
from storage.schema import operator as table
from storage.vault import Vault, random_id

INVITATION = timedelta(minutes=15)
LONGEST_NAME = 60
_TOKEN_BYTES = 24


class Role(StrEnum):
    """What somebody may do.

    An antenna makes contacts and hands them on, and reads nothing afterwards. An operator talks
    with people, carries the cases of their office and reads reports. A coordinator also sees, for
    the territory, who waits and who has how much to do, and gives work to others. An administrator
    also looks after offices and operators.
    """

    ANTENNA = "antenna"
    OPERATOR = "operator"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


class Language(StrEnum):
    """The languages of the console."""

    ITALIAN = "it"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Operator:
    """Somebody of an office. `ready`: they have set a passphrase and have a key.

    `linked`: their account in the operators' group is known. They are not here from `away_from` to
    `away_until`, both included.
    """

    id: int
    name: str
    office: str
    role: Role
    language: Language
    active: bool
    epoch: int
    ready: bool
    created: date
    territory: str = ""
    linked: bool = False
    away_from: date | None = None
    away_until: date | None = None

    def is_away(self, today: date) -> bool:
        """Whether they are not here on a day."""
        return (
            self.away_from is not None
            and self.away_from <= today
            and (self.away_until is None or today <= self.away_until)
        )

    @property
    def is_administrator(self) -> bool:
        """Whether they look after offices and operators."""
        return self.role is Role.ADMINISTRATOR


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a sign-in is checked against."""

    public_key: bytes
    wrapped: bytes = field(repr=False)
    totp: bytes = field(repr=False)
    used_step: int = 0


_COLUMNS = (
    table.c.id,
    table.c.name,
    table.c.office,
    table.c.role,
    table.c.language,
    table.c.active,
    table.c.epoch,
    table.c.public_key.is_not(None).label("ready"),
    table.c.created,
    table.c.territory,
    table.c.telegram.is_not(None).label("linked"),
    table.c.away_from,
    table.c.away_until,
)


def sign_in_name(name: str) -> str:
    """A name as it is compared: case and spaces around it make no difference."""
    return " ".join(name.split()).casefold()


def all_operators(connection: Connection, *, removed: bool = False) -> list[Operator]:
    """Every operator by name; with `removed`, also those who left."""
    query = select(*_COLUMNS).order_by(table.c.sign_in, table.c.id)
    if not removed:
        query = query.where(table.c.active)
    return [_operator(row) for row in connection.execute(query)]


def find_operator(connection: Connection, operator_id: int) -> Operator | None:
    """An operator by id, also one who left."""
    row = connection.execute(select(*_COLUMNS).where(table.c.id == operator_id)).first()
    return None if row is None else _operator(row)


def find_by_name(connection: Connection, name: str) -> Operator | None:
    """The operator who signs in by this name today."""
    query = select(*_COLUMNS).where(table.c.sign_in == sign_in_name(name), table.c.active)
    row = connection.execute(query).first()
    return None if row is None else _operator(row)


def add_operator(
    connection: Connection, name: str, office: str, role: Role, today: date
) -> Operator | None:
    """Add an operator who has no key yet; None where somebody is called like that already."""
    name = " ".join(name.split())
    if find_by_name(connection, name) is not None:
        return None
    made = Operator(random_id(), name, office, role, Language.ITALIAN, True, 0, False, today)
    connection.execute(
        insert(table).values(
            id=made.id,
            name=made.name,
            sign_in=sign_in_name(name),
            office=office,
            role=role.value,
            language=made.language.value,
            created=today,
        )
    )
    return made


def remove_operator(connection: Connection, operator_id: int) -> None:
    """Let an operator in no more: their keys go, their name stays for the audit."""
    _forget_keys(connection, operator_id, active=False)


def reset_operator(connection: Connection, operator_id: int) -> None:
    """Forget passphrase, second factor and key of an operator, who begins anew by a new link."""
    _forget_keys(connection, operator_id, active=True)


def _forget_keys(connection: Connection, operator_id: int, *, active: bool) -> None:
    connection.execute(
        update(table)
        .where(table.c.id == operator_id)
        .values(
            active=active,
            epoch=table.c.epoch + 1,
            public_key=None,
            private_key=None,
            totp=None,
            totp_step=None,
            telegram=None,
            link=None,
            link_until=None,
        )
    )
    connection.execute(delete(invitation).where(invitation.c.operator_id == operator_id))


def end_sessions(connection: Connection, operator_id: int) -> None:
    """Make every session that is open now an old one."""
    values = {"epoch": table.c.epoch + 1}
    connection.execute(update(table).where(table.c.id == operator_id).values(values))


def set_language(connection: Connection, operator_id: int, language: Language) -> None:
    """Keep in which language an operator reads the console."""
    values = {"language": language.value}
    connection.execute(update(table).where(table.c.id == operator_id).values(values))


def set_role(connection: Connection, operator_id: int, role: Role, territory: str) -> None:
    """Keep what an operator may do, and for which territory. Their sessions begin anew."""
    values = {"role": role.value, "territory": " ".join(territory.split())}
    connection.execute(update(table).where(table.c.id == operator_id).values(**values))
    end_sessions(connection, operator_id)


def set_away(
    connection: Connection, operator_id: int, since: date | None, until: date | None
) -> None:
    """Keep from when until when an operator is not here, both days included; None: they are."""
    values = {"away_from": since, "away_until": None if since is None else until}
    connection.execute(update(table).where(table.c.id == operator_id).values(**values))


# -- what a sign-in is checked against


def find_credentials(connection: Connection, operator_id: int) -> Credentials | None:
    """Keys and second factor of an operator who has set them."""
    query = select(table.c.public_key, table.c.private_key, table.c.totp, table.c.totp_step).where(
        table.c.id == operator_id, table.c.active
    )
    row = connection.execute(query).first()
    if row is None or row[0] is None or row[1] is None or row[2] is None:
        return None
    step = 0 if row[3] is None else int(row[3])
    return Credentials(bytes(row[0]), bytes(row[1]), bytes(row[2]), step)


def set_credentials(
    connection: Connection,
    vault: Vault,
    operator_id: int,
    *,
    public_key: bytes,
    wrapped: bytes,
    totp: bytes,
    step: int,
) -> None:
    """Keep the key pair and the second factor an operator has set, and the code just used."""
    connection.execute(
        update(table)
        .where(table.c.id == operator_id)
        .values(
            public_key=public_key,
            private_key=wrapped,
            totp=vault.seal_operator(totp, operator_id),
            totp_step=step,
        )
    )


def set_wrapped(connection: Connection, operator_id: int, wrapped: bytes) -> None:
    """Keep the private half as a new passphrase wraps it."""
    connection.execute(update(table).where(table.c.id == operator_id).values(private_key=wrapped))


def set_totp(
    connection: Connection, vault: Vault, operator_id: int, secret: bytes, step: int
) -> None:
    """Keep a new second factor, and the code it was confirmed with."""
    sealed = vault.seal_operator(secret, operator_id)
    values = {"totp": sealed, "totp_step": step}
    connection.execute(update(table).where(table.c.id == operator_id).values(values))


def use_step(connection: Connection, operator_id: int, step: int) -> bool:
    """Use up the code of a time step; False where it, or a later one, was used before."""
    later = (table.c.totp_step.is_(None)) | (table.c.totp_step < step)
    used = connection.execute(
        update(table).where(table.c.id == operator_id, later).values(totp_step=step)
    )
    return used.rowcount == 1


# -- invitations


def invite(connection: Connection, operator_id: int, now: datetime) -> str:
    """Make the token of a link that works once and soon; an older one works no more."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    connection.execute(delete(invitation).where(invitation.c.operator_id == operator_id))
    connection.execute(delete(invitation).where(invitation.c.expires < now))
    connection.execute(
        insert(invitation).values(
            hash=_hashed(token), operator_id=operator_id, expires=now + INVITATION
        )
    )
    return token


def find_invited(connection: Connection, token: str, now: datetime) -> Operator | None:
    """Whom a link lets in, as long as it works."""
    query = select(invitation.c.operator_id).where(
        invitation.c.hash == _hashed(token), invitation.c.expires > now
    )
    operator_id = connection.execute(query).scalar()
    found = None if operator_id is None else find_operator(connection, operator_id)
    return found if found is not None and found.active else None


def use_invitation(connection: Connection, token: str, now: datetime) -> Operator | None:
    """Use a link up; whom it lets in, once."""
    found = find_invited(connection, token, now)
    gone = connection.execute(delete(invitation).where(invitation.c.hash == _hashed(token)))
    return found if gone.rowcount == 1 else None


def _hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _operator(row: Row[*tuple[Any, ...]]) -> Operator:
    id_, name, office, role, language, active, epoch, ready, created, *more = row
    territory, linked, away_from, away_until = more
    return Operator(
        id_,
        name,
        office,
        Role(role),
        Language(language),
        active,
        epoch,
        bool(ready),
        created,
        territory,
        bool(linked),
        away_from,
        away_until,
    )
