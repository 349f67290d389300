"""Codes that take a person from chat to desk, or back, so that nobody tells the story twice.

Eight digits, kept only as a hash under the house's key, good for a day and for one use. What is
tried in vain is counted: whoever guesses all day meets a code once in many years.
"""

from __future__ import annotations

import secrets
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from flows.case_model import How, Purpose, Source
from storage import audit
from storage.access import Reach
from storage.audit import Action
from storage.calendar_leaving import join_chat
from storage.case_schema import case_file
from storage.case_schema import contact as contacts
from storage.case_schema import handover as table
from storage.cases.choices import choose
from storage.cases.contacts import open_contact
from storage.cases.finding import find_contact, find_contact_of
from storage.cases.hand import Hand
from storage.cases.model import Contact
from storage.notices.planning import plan_person
from storage.operators import Operator
from storage.remembered import recall, remember
from storage.vault import Vault

DIGITS = 8
LASTS = timedelta(hours=24)
MOST_LIVE = 3
"""A code that is shown again is another one; so many of the last ones are good at a time."""

MOST_WRONG = 200
"""So many wrong codes a day, in all chats and at all desks each; then none is taken until the
next. With a hundred live codes one guess in five thousand such days is right."""

MOST_WRONG_EACH = 10
"""So many of one chat, or of one operator: then none of theirs is taken until the next day, and
none is counted, so that nobody who guesses stops the others."""


@dataclass(frozen=True, slots=True)
class Whose:
    """What a code leads to: a person's chat, or a contact sheet."""

    person_id: int | None = None
    contact_id: int | None = None


def make_handover(
    connection: Connection, vault: Vault, whose: Whose, operator_id: int, now: datetime
) -> str:
    """Make a code: a person's takes her to a desk, a sheet's joins a chat to it."""
    connection.execute(delete(table).where(table.c.expires <= now))
    _keep_few(connection, whose)
    while True:
        code = str(secrets.randbelow(10**DIGITS)).zfill(DIGITS)
        hashed = vault.hash_handover(code)
        known = connection.execute(select(table.c.to_desk).where(table.c.hash == hashed)).first()
        if known is None:
            break
    connection.execute(
        insert(table).values(
            hash=hashed,
            to_desk=whose.contact_id is None,
            person_id=whose.person_id,
            contact_id=whose.contact_id,
            operator_id=operator_id,
            expires=now + LASTS,
        )
    )
    if operator_id and whose.contact_id is not None:
        contact = find_contact(connection, whose.contact_id)
        number = "" if contact is None else contact.number
        audit.write(connection, vault, now, operator_id, Action.HANDOVER_MADE, number)
    return code


def take_at_desk(
    connection: Connection,
    vault: Vault,
    code: str,
    operator: Operator,
    now: datetime,
    desk: str = "",
) -> Contact | None:
    """Use the code of somebody who stands at the desk: the sheet that is theirs, or a new one with
    what they said in the chat. None where it is wrong, over, or too much was tried today.

    Who gives the code shows what they told: another office's sheet is shared with this one.
    """
    reach = Reach(operator)
    if not reach.helps:
        return None
    used = _use(connection, vault, code, now, operator.id, to_desk=True)
    if used is None or used.person_id is None:
        return None
    known = find_contact_of(connection, used.person_id)
    if known is None:
        known = open_contact(
            connection,
            vault,
            office=operator.office,
            operator_id=operator.id,
            source=Source.BOT,
            now=now,
            desk=desk,
            person_id=used.person_id,
            owner=operator.id,
        )
    elif not reach.reads(known):
        hand = Hand(connection, vault, known, operator.id, now)
        choose(hand, Purpose.SHARE, given=True, how=How.CHAT, office=operator.office)
    audit.write(connection, vault, now, operator.id, Action.HANDOVER_USED, known.number)
    return known


def take_in_chat(
    connection: Connection, vault: Vault, code: str, person_id: int, now: datetime
) -> Contact | None:
    """Join a person's chat to the sheet that was begun at a desk; None where that cannot be.

    A sheet that has or had another chat, and a chat that has another case, stay as they are. A
    sheet without a case that the chat had gives way; Forget still finds it.
    """
    used = _use(connection, vault, code, now, person_id, to_desk=False)
    if used is None or used.contact_id is None:
        return None
    contact = find_contact(connection, used.contact_id, hold=True)
    if contact is None or contact.person_id not in (None, person_id):
        return None
    before = select(contacts.c.chat_before).where(contacts.c.id == contact.id)
    if connection.execute(before).scalar() not in (None, person_id):
        return None
    other = find_contact_of(connection, person_id)
    if other is not None and other.id != contact.id:
        taken = select(case_file.c.contact_id).where(case_file.c.contact_id == other.id)
        if connection.execute(taken).first() is not None:
            return None
        _join(connection, other.id, now, person_id=None, chat_before=person_id)
    _join(connection, contact.id, now, person_id=person_id, chat_before=None)
    join_chat(connection, contact.id, person_id)
    plan_person(connection, vault, person_id, now)
    return find_contact(connection, contact.id)


def _join(connection: Connection, contact_id: int, now: datetime, **chats: int | None) -> None:
    changed = update(contacts).where(contacts.c.id == contact_id)
    connection.execute(changed.values(touched=now, **chats))


def _keep_few(connection: Connection, whose: Whose) -> None:
    """Let go of all but the last codes of the same person or sheet, so that one more can come."""
    same = (
        table.c.person_id == whose.person_id
        if whose.contact_id is None
        else table.c.contact_id == whose.contact_id
    )
    query = select(table.c.hash).where(same).order_by(table.c.expires.desc(), table.c.hash)
    old = [bytes(one) for one in connection.execute(query.offset(MOST_LIVE - 1)).scalars()]
    if old:
        connection.execute(delete(table).where(table.c.hash.in_(old)))


def _use(
    connection: Connection, vault: Vault, code: str, now: datetime, who: int, *, to_desk: bool
) -> Whose | None:
    """Use a code up; it is gone, and with it the other codes of the same."""
    wrong = _wrong_today(connection, now, to_desk)
    tag = vault.hash_handover(f"who {who}").hex()[:16]
    if wrong.total() >= MOST_WRONG or wrong[tag] >= MOST_WRONG_EACH:
        return None
    digits = "".join(str(int(sign)) for sign in code if sign.isdecimal())
    used = connection.execute(
        delete(table)
        .where(
            table.c.hash == vault.hash_handover(digits),
            table.c.to_desk == to_desk,
            table.c.expires > now,
        )
        .returning(table.c.person_id, table.c.contact_id)
    ).first()
    if used is None:
        wrong[tag] += 1
        _keep_wrong(connection, now, to_desk, wrong)
        return None
    whose = Whose(*used)
    same: Any = table.c.contact_id == whose.contact_id
    if whose.contact_id is None:
        same = table.c.person_id == whose.person_id
    connection.execute(delete(table).where(same, table.c.to_desk == to_desk))
    return whose


def _key(to_desk: bool) -> str:
    return "wrong codes at desks" if to_desk else "wrong codes in chats"


def _wrong_today(connection: Connection, now: datetime, to_desk: bool) -> Counter[str]:
    """How many wrong codes came today, and from whom: as hashes that say nothing of anybody."""
    day, _, counts = (recall(connection, _key(to_desk)) or "").partition(" ")
    wrong: Counter[str] = Counter()
    if day == now.date().isoformat():
        for tag, _, count in (one.partition(":") for one in counts.split()):
            wrong[tag] += int(count or 0)
    return wrong


def _keep_wrong(connection: Connection, now: datetime, to_desk: bool, wrong: Counter[str]) -> None:
    counts = " ".join(f"{tag}:{count}" for tag, count in wrong.items() if count)
    remember(connection, _key(to_desk), f"{now.date().isoformat()} {counts}")
