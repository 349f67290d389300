"""A house where people talk: desks, operators, and conversations, in the fewest words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from flows.handoff_model import Asked, LineKind, Need
from flows.model import Person
from storage.desks import Desk, save_desk
from storage.handoff_schema import handoff, staff_group
from storage.handoffs.asking import ask
from storage.handoffs.finding import read
from storage.handoffs.missing import missing
from storage.handoffs.model import Content, Handoff
from storage.schema import office
from storage.unit import Unit
from storage.vault import Vault
from storage.writer import Writer
from tests.storage.factories import CHAT, NOON, TODAY, do, someone

ANNA, BRUNO = 101, 102
DESK = Desk("desk-desio", "PUA Desio", "Desio", True, TODAY, office="o-desio", talks=True)
OTHER = Desk("desk-carate", "PUA Carate", "Carate", True, TODAY, office="o-carate", talks=True)
QUIET = Desk("desk-quiet", "CAV Seregno", "Seregno", True, TODAY)
HELLO = Content(LineKind.TEXT, "Buongiorno")
REPLY = Content(LineKind.TEXT, "Eccomi")
GROUP = 7
CHAT_OF_GROUP = -1_009_000_000_001


def furnish(writer: Writer) -> None:
    """Keep the desks and one operators' group."""

    def job(unit: Unit) -> None:
        connection = unit.direct()
        for desk in (DESK, OTHER, QUIET):
            save_desk(connection, desk)
        for key in ("o-desio", "o-carate"):
            values = {"key": key, "name": key, "duty": False, "created": TODAY}
            connection.execute(insert(office).values(values))

    do(writer, job)


def bind_group(writer: Writer, vault: Vault) -> None:
    """Keep one operators' group."""
    chat = vault.seal_chat(CHAT_OF_GROUP, 0)
    values = {"id": GROUP, "chat": chat, "since": NOON, "is_forum": True}
    do(writer, lambda unit: unit.direct().execute(insert(staff_group).values(values)))


def asked(
    writer: Writer,
    vault: Vault,
    chat: int = CHAT,
    *,
    desk: str = DESK.key,
    now: datetime = NOON,
    **more: Any,
) -> Handoff:
    """Somebody's conversation with a desk, just asked for."""
    person = someone(writer, chat)
    found = ask_again(writer, vault, person, desk=desk, now=now, **more)
    assert found is not None
    return found


def ask_again(
    writer: Writer,
    vault: Vault,
    person: Person,
    *,
    desk: str = DESK.key,
    now: datetime = NOON,
    **more: Any,
) -> Handoff | None:
    """What comes of it when a person asks."""
    wish = Asked(**({"need": Need.PAY, "desk": desk} | more))
    found: Handoff | None = do(writer, lambda unit: ask(unit.direct(), vault, person, wish, now))
    return found


def behind(connection: Connection, vault: Vault, now: datetime, limit: int) -> list[Handoff]:
    """Conversations of which something is missing in the topic: the most urgent first.

    What is missing is told by the row itself (`topic` None, `card` None, `card_shows` None: look at
    the card and at the name again) and by `find_unposted` and `find_unacknowledged`.
    """
    query = (
        select(handoff)
        .where(handoff.c.behind_since.is_not(None), missing())
        .order_by(handoff.c.urgency.desc(), handoff.c.behind_since, handoff.c.id)
        .limit(limit)
    )
    return [read(row) for row in connection.execute(query)]
