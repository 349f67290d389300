"""Which account in the operators' group is whose: bound with a word, known by its HMAC alone."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from storage.operators import Operator, find_operator
from storage.schema import operator as table
from storage.vault import Vault

LINK = timedelta(minutes=15)
WORD_DIGITS = 8


def make_link(connection: Connection, operator_id: int, now: datetime) -> str:
    """A word that binds an operator's account once, soon: `4821-7730`. An older one is void."""
    digits = f"{secrets.randbelow(10**WORD_DIGITS):0{WORD_DIGITS}}"
    values = {"link": _hashed(digits), "link_until": now + LINK}
    connection.execute(update(table).where(table.c.id == operator_id).values(values))
    return f"{digits[:4]}-{digits[4:]}"


def bind_telegram(
    connection: Connection, vault: Vault, word: str, from_id: int, now: datetime
) -> Operator | None:
    """Whose word this is: from now on the account is theirs, and nobody else's."""
    digits = "".join(sign for sign in word if sign in "0123456789")
    if len(digits) != WORD_DIGITS:
        return None
    mine = (table.c.link == _hashed(digits)) & (table.c.link_until > now) & table.c.active
    account = vault.account(from_id)
    operator_id = connection.execute(select(table.c.id).where(mine)).scalar()
    if operator_id is None:
        return None
    taken = update(table).where(table.c.telegram == account, table.c.id != operator_id)
    connection.execute(taken.values(telegram=None))
    bound = update(table).where(table.c.id == operator_id)
    connection.execute(bound.values(telegram=account, link=None, link_until=None))
    return find_operator(connection, operator_id)


def find_by_telegram(connection: Connection, vault: Vault, from_id: int) -> Operator | None:
    """The operator of an account, while they work here."""
    mine = (table.c.telegram == vault.account(from_id)) & table.c.active
    operator_id = connection.execute(select(table.c.id).where(mine)).scalar()
    return None if operator_id is None else find_operator(connection, operator_id)


def unlink_telegram(connection: Connection, operator_id: int) -> None:
    """The account is nobody's any more."""
    values = {"telegram": None, "link": None, "link_until": None}
    connection.execute(update(table).where(table.c.id == operator_id).values(values))


def void_links(connection: Connection) -> None:
    """Every word that is out is void: somebody guesses."""
    connection.execute(update(table).values(link=None, link_until=None))


def _hashed(digits: str) -> bytes:
    return hashlib.sha256(f"antenna account {digits}".encode()).digest()
