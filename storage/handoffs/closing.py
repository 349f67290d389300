"""How a conversation ends, begins again, and what else is decided about it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, update

from flows.handoff_model import Event, Reason, State, Urgency
from storage.desks import Desk
from storage.handoff_schema import handoff as table
from storage.handoffs.model import LOCK, Handoff
from storage.handoffs.notes import note_change
from storage.handoffs.stirring import LOOK_AGAIN, since
from storage.vault import Vault


def close(
    connection: Connection,
    vault: Vault,
    handoff: Handoff,
    reason: Reason,
    now: datetime,
    operator_id: int | None = None,
) -> bool:
    """Close a conversation; without an operator the person has said that it is over.

    Whether it was open. The owner stays written down: who had it last.
    """
    made = note_change(
        connection,
        handoff.id,
        Event.ENDED if operator_id is None else Event.CLOSED,
        now,
        table.c.state != State.CLOSED.value,
        operator_id=operator_id,
        sealing=(vault, reason.value),
        state=State.CLOSED.value,
        reason=reason.value,
        closed=now,
        lock_until=None,
        waits_since=None,
        rating=None,
        **LOOK_AGAIN,
    )
    return made is not None


def reopen(
    connection: Connection, handoff: Handoff, now: datetime, operator_id: int | None = None
) -> bool:
    """Open a closed conversation again: for whoever comes first, or for the operator who does so.

    Whether it was closed.
    """
    mine = operator_id is not None
    made = note_change(
        connection,
        handoff.id,
        Event.REOPENED,
        now,
        table.c.state == State.CLOSED.value,
        operator_id=operator_id,
        state=State.CLAIMED.value if mine else State.WAITING.value,
        owner=operator_id,
        lock_until=now + LOCK if mine else None,
        asked=now,
        answered=None,
        closed=None,
        reason="",
        rating=None,
        **LOOK_AGAIN,
    )
    return made is not None


def rate(
    connection: Connection, vault: Vault, handoff: Handoff, rating: int, now: datetime
) -> bool:
    """Keep how content the person was, once a closing: 1 not, 2 so-so, 3 content."""
    if rating not in (1, 2, 3):
        return False
    made = note_change(
        connection,
        handoff.id,
        Event.RATED,
        now,
        table.c.state == State.CLOSED.value,
        table.c.rating.is_(None),
        sealing=(vault, str(rating)),
        rating=rating,
        **LOOK_AGAIN,
    )
    return made is not None


def set_urgency(
    connection: Connection,
    vault: Vault,
    handoff: Handoff,
    urgency: Urgency,
    now: datetime,
    operator_id: int | None = None,
) -> bool:
    """Say how soon somebody should answer; whether that is different."""
    made = note_change(
        connection,
        handoff.id,
        Event.URGENCY,
        now,
        table.c.urgency != int(urgency),
        operator_id=operator_id,
        sealing=(vault, str(int(urgency))),
        urgency=int(urgency),
        **LOOK_AGAIN,
    )
    return made is not None


def ask_mediator(
    connection: Connection,
    handoff: Handoff,
    now: datetime,
    operator_id: int | None = None,
) -> bool:
    """Ask for somebody who speaks the person's language; whether nobody had asked yet."""
    made = note_change(
        connection,
        handoff.id,
        Event.MEDIATOR,
        now,
        table.c.mediator.is_(False),
        operator_id=operator_id,
        mediator=True,
        **LOOK_AGAIN,
    )
    return made is not None


def hand_on(
    connection: Connection,
    vault: Vault,
    handoff: Handoff,
    desk: Desk,
    why: str,
    now: datetime,
    operator_id: int | None = None,
) -> bool:
    """Give an open conversation to another desk, where it waits for somebody: since it came there,
    if all that the person wrote was answered.

    Its topic stays where it is until whoever shows it finds that it belongs to another group.
    """
    made = note_change(
        connection,
        handoff.id,
        Event.HANDED_ON,
        now,
        table.c.state != State.CLOSED.value,
        table.c.desk != desk.key,
        operator_id=operator_id,
        sealing=(vault, why),
        state=State.WAITING.value,
        desk=desk.key,
        office=desk.office,
        territory=desk.territory,
        owner=None,
        lock_until=None,
        waits_since=since(table.c.waits_since, now),
        **LOOK_AGAIN,
    )
    return made is not None


def set_language(connection: Connection, handoff_id: int, language: str, now: datetime) -> None:
    """Keep in which language the person reads; the summary in the topic says it."""
    statement = update(table).where(table.c.id == handoff_id, table.c.language != language)
    changed = {"language": language, "behind_since": since(table.c.behind_since, now)}
    connection.execute(statement.values(**changed, **LOOK_AGAIN))


def set_reachable(connection: Connection, handoff_id: int, reachable: bool, now: datetime) -> bool:
    """Keep whether the person can be reached; whether that is different, and so was noted."""
    made = note_change(
        connection,
        handoff_id,
        Event.BACK if reachable else Event.BLOCKED,
        now,
        table.c.reachable.is_(not reachable),
        reachable=reachable,
        **LOOK_AGAIN,
    )
    return made is not None
