"""The operators' groups in Telegram: which they are, the words that bind them, what was said there.

A group is everybody's, or a territory's, or an office's. Its chat id is sealed; a word is kept as a
hash. What is remembered of groups that are not ours, and for minutes, are settings.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from storage.handoff_schema import staff_group as table
from storage.handoffs import view
from storage.handoffs.left import take_all_in
from storage.outbox import Lane, Outgoing
from storage.schema import desk
from storage.unit import Unit
from storage.vault import Vault, random_id
from storage.washing import to_hour

WORD = "group word"
GUESTS = "group guests"

WORD_MINUTES = 15
WORD_DIGITS = 8
MOST_TRIES = 5
MOST_SAID = 1_000
SUPER = -1_000_000_000_000
"""A supergroup's id is this or lower, an ordinary group's is higher."""

_SEAL = 0  # the number a group's chat id is sealed beside: no person has it


@dataclass(frozen=True, slots=True)
class Bond:
    """Whose a group is: an office's, a territory's, or with neither everybody's."""

    office: str = ""
    territory: str = ""


EVERYBODY = Bond()


@dataclass(frozen=True, slots=True)
class Group:
    """A group of operators. `status` and the rights are what Telegram last said of the bot in it.

    `checked` is false as long as Telegram has to be asked; `gone` since when nothing can be said
    there.
    """

    id: int = field(repr=False)
    chat: int = field(repr=False)
    since: datetime
    office: str = ""
    territory: str = ""
    status: str = ""
    may_delete: bool = False
    may_topics: bool = False
    is_forum: bool = False
    checked: bool = False
    gone: datetime | None = None

    @property
    def is_super(self) -> bool:
        """Whether it is a supergroup: an ordinary group becomes one some day, with a new id."""
        return self.chat <= SUPER

    @property
    def is_everybodys(self) -> bool:
        """Whether nobody of the house is left out of it."""
        return not self.office and not self.territory


@dataclass(frozen=True, slots=True)
class Said:
    """A message of Antenna in a group, and when it goes from there."""

    message_id: int
    wash_at: datetime


_COLUMNS = (
    table.c.id,
    table.c.chat,
    table.c.since,
    table.c.office,
    table.c.territory,
    table.c.status,
    table.c.may_delete,
    table.c.may_topics,
    table.c.is_forum,
    table.c.checked,
    table.c.gone,
)


def all_groups(connection: Connection, vault: Vault) -> list[Group]:
    """Every group that is bound, the oldest first."""
    query = select(*_COLUMNS).order_by(table.c.since, table.c.id)
    return [_group(row, vault) for row in connection.execute(query)]


def find_group(connection: Connection, vault: Vault, group_id: int) -> Group | None:
    """A group by its number."""
    row = connection.execute(select(*_COLUMNS).where(table.c.id == group_id)).first()
    return None if row is None else _group(row, vault)


def group_of_chat(connection: Connection, vault: Vault, chat: int) -> Group | None:
    """The group a chat is; there are few, so each is opened."""
    return next((one for one in all_groups(connection, vault) if one.chat == chat), None)


def group_of_bond(connection: Connection, vault: Vault, bond: Bond) -> Group | None:
    """The group of an office, of a territory, or everybody's: there is one of each at most."""
    for one in all_groups(connection, vault):
        if (one.office, one.territory) == (bond.office, bond.territory):
            return one
    return None


def group_for(connection: Connection, vault: Vault, office: str, territory: str) -> Group | None:
    """Where a conversation of an office and a territory is shown.

    In the office's own group; else in the one of its territory that is no office's; else in
    everybody's; else nowhere. One in which nothing can be said is passed over.
    """
    here = [one for one in all_groups(connection, vault) if one.gone is None]
    of_office = [one for one in here if office and one.office == office]
    of_office.sort(key=lambda one: (one.territory != territory, bool(one.territory)))
    shared = [one for one in here if not one.office]
    of_territory = [one for one in shared if territory and one.territory == territory]
    of_all = [one for one in shared if not one.territory]
    return next(iter((*of_office, *of_territory, *of_all)), None)


def told_of_reports(connection: Connection, vault: Vault) -> Group | None:
    """The group that hears that reports wait: one that is no office's, since a report may leave
    offices out; the only group there is where there is but one."""
    every = all_groups(connection, vault)
    shared = [one for one in every if not one.office] or (every if len(every) == 1 else [])
    shared.sort(key=lambda one: (one.gone is not None, bool(one.territory)))
    return next(iter(shared), None)


def needs_topics(connection: Connection) -> bool:
    """Whether anybody may ask for an operator, so that groups have conversations to show."""
    query = select(desk.c.key).where(desk.c.active, desk.c.talks).limit(1)
    return connection.execute(query).first() is not None


def add_group(
    connection: Connection, vault: Vault, chat: int, now: datetime, bond: Bond = EVERYBODY
) -> Group:
    """Bind a group."""
    made = Group(random_id(), chat, now, bond.office, bond.territory)
    connection.execute(insert(table).values(id=made.id, since=now, **_values(made, vault)))
    return made


def keep_group(connection: Connection, vault: Vault, group: Group) -> None:
    """Keep what is known of a group now."""
    values = _values(group, vault)
    connection.execute(update(table).where(table.c.id == group.id).values(**values))


def forget_group(connection: Connection, group_id: int, now: datetime) -> list[int]:
    """It is no group of ours any more: what its topics showed is to be shown elsewhere. These are
    the topics, to be deleted there."""
    topics = [*view.topics_in(connection, group_id), *take_all_in(connection, group_id)]
    view.move_group(connection, group_id, None, now)
    connection.execute(delete(table).where(table.c.id == group_id))
    return topics


def part(unit: Unit, chat: int, topics: Iterable[int]) -> None:
    """Leave a chat, and no topic behind: one row each, and the last one leaves."""
    for topic in topics:
        params = {"chat_id": chat, "message_thread_id": topic}
        unit.send(Outgoing("deleteForumTopic", params, Lane.ALERT))
    unit.send(Outgoing("leaveChat", {"chat_id": chat}, Lane.ALERT))


def lose_group(connection: Connection, group_id: int, now: datetime) -> None:
    """Nothing can be said in a group for now."""
    lost = update(table).where(table.c.id == group_id, table.c.gone.is_(None))
    connection.execute(lost.values(gone=now))


def move_group(connection: Connection, vault: Vault, old: int, new: int) -> bool:
    """A group has another id now; whether it was ours."""
    group = group_of_chat(connection, vault, old)
    if group is None:
        return False
    keep_group(connection, vault, replace(group, chat=new, checked=False, gone=None))
    # What was said stays in the old one, where no bot can reach it any more.
    _keep_said(connection, group.id, ())
    return True


def _values(group: Group, vault: Vault) -> dict[str, Any]:
    return {
        "chat": vault.seal_chat(group.chat, _SEAL),
        "office": group.office or None,
        "territory": group.territory,
        "status": group.status,
        "may_delete": group.may_delete,
        "may_topics": group.may_topics,
        "is_forum": group.is_forum,
        "checked": group.checked,
        "gone": group.gone,
    }


def _group(row: Row[*tuple[Any, ...]], vault: Vault) -> Group:
    group_id, chat, since, office, *more = row
    return Group(group_id, vault.open_chat(chat, _SEAL), since, office or "", *more)


# -- the word that binds


def make_word(unit: Unit, now: datetime, bond: Bond = EVERYBODY) -> str:
    """A word that binds a group once, within fifteen minutes: `4821-7730`. An older one is void."""
    digits = f"{secrets.randbelow(10**WORD_DIGITS):0{WORD_DIGITS}}"
    until = now + timedelta(minutes=WORD_MINUTES)
    kept = {"hash": _hashed(digits), "until": until.isoformat(), "tries": 0}
    kept |= {"office": bond.office, "territory": bond.territory}
    unit.set_setting(WORD, json.dumps(kept))
    return f"{digits[:4]}-{digits[4:]}"


def is_word_out(unit: Unit, now: datetime) -> bool:
    """Whether somebody may still write a word in a group."""
    return _word(unit, now) is not None


def take_word(unit: Unit, said: str, now: datetime) -> Bond | None:
    """Whose the group is, where this is the word; then it is spent. Five wrong ones void it."""
    kept = _word(unit, now)
    if kept is None:
        return None
    digits = "".join(sign for sign in said if sign in "0123456789")
    right = hmac.compare_digest(_hashed(digits), kept["hash"])
    tries = kept["tries"] + 1
    over = right or tries >= MOST_TRIES
    unit.set_setting(WORD, "" if over else json.dumps({**kept, "tries": tries}))
    return Bond(kept.get("office", ""), kept.get("territory", "")) if right else None


def _word(unit: Unit, now: datetime) -> dict[str, Any] | None:
    value = unit.setting(WORD)
    if not value:
        return None
    kept: dict[str, Any] = json.loads(value)
    return kept if now < datetime.fromisoformat(kept["until"]) else None


def _hashed(digits: str) -> str:
    return hashlib.sha256(f"antenna group {digits}".encode()).hexdigest()


# -- groups the bot is in for a few minutes


def add_guest(unit: Unit, vault: Vault, chat: int, until: datetime) -> None:
    """Antenna stays in a group that is not bound, until then."""
    others = {known: when for known, when in guests(unit, vault).items() if known != chat}
    _keep_guests(unit, vault, {**others, chat: until})


def drop_guest(unit: Unit, vault: Vault, chat: int) -> None:
    """A group is no guest any more."""
    every = guests(unit, vault)
    if every.pop(chat, None) is not None:
        _keep_guests(unit, vault, every)


def guests(unit: Unit, vault: Vault) -> dict[int, datetime]:
    """The groups where Antenna is without being bound, and until when."""
    value = unit.setting(GUESTS)
    return {
        vault.open_chat(base64.b64decode(sealed), _SEAL): datetime.fromisoformat(until)
        for sealed, until in (json.loads(value) if value else ())
    }


def take_guests(unit: Unit, vault: Vault, now: datetime) -> list[int]:
    """The groups whose time is over: they are no guests any more, and are to be left."""
    every = guests(unit, vault)
    over = [chat for chat, until in every.items() if until <= now]
    if over:
        _keep_guests(unit, vault, {chat: every[chat] for chat in every if chat not in over})
    return over


def _keep_guests(unit: Unit, vault: Vault, every: dict[int, datetime]) -> None:
    sealed = [
        (base64.b64encode(vault.seal_chat(chat, _SEAL)).decode(), until.isoformat())
        for chat, until in every.items()
    ]
    unit.set_setting(GUESTS, json.dumps(sealed) if sealed else "")


# -- what was said there


def remember_said(connection: Connection, group_id: int, said: Sequence[Said]) -> None:
    """Remember messages of Antenna in a group, so that they go in time; the newest thousand."""
    _keep_said(connection, group_id, [*_said(connection, group_id), *said][-MOST_SAID:])


def take_said(connection: Connection, group_id: int, now: datetime, most: int = 100) -> list[int]:
    """The messages whose time has come; they are forgotten here."""
    every = _said(connection, group_id)
    due = [one for one in every if one.wash_at <= now][:most]
    if due:
        _keep_said(connection, group_id, [one for one in every if one not in due])
    return [one.message_id for one in due]


def hasten_said(connection: Connection, group_id: int, wash_at: datetime) -> None:
    """Let every message go in that hour at the latest."""
    wash_at, every = to_hour(wash_at), _said(connection, group_id)
    sooner = [replace(one, wash_at=min(one.wash_at, wash_at)) for one in every]
    _keep_said(connection, group_id, sooner)


def _said(connection: Connection, group_id: int) -> list[Said]:
    value = connection.execute(select(table.c.said).where(table.c.id == group_id)).scalar()
    return [
        Said(number, datetime.fromisoformat(at))
        for number, at in (json.loads(value) if value else ())
    ]


def _keep_said(connection: Connection, group_id: int, every: Sequence[Said]) -> None:
    said = json.dumps([(one.message_id, one.wash_at.isoformat()) for one in every]) if every else ""
    connection.execute(update(table).where(table.c.id == group_id).values(said=said))
