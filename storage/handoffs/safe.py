"""When words of operators may reach a person: while her phone is her own, as she said."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select, update

from flows.handoff_model import LineState, Urgency
from flows.hours import next_safe
from storage.handoff_schema import handoff_line
from storage.handoffs.finding import find
from storage.handoffs.lines import set_state
from storage.handoffs.model import Handoff
from storage.instants import ROME, instant, wall
from storage.outbox import put_off


def goes_at(handoff: Handoff, now: datetime) -> datetime | None:
    """When words may reach the person, where that is not now."""
    if handoff.urgency is Urgency.NOW:
        return None
    safe = next_safe(handoff.safe, wall(now, ROME))
    return None if safe is None else instant(safe.date(), safe.time(), ROME).at


def wait_for_her(connection: Connection, row_id: int, line_id: int, now: datetime) -> bool:
    """Where the hour of a line is over, or is another one by now, let its row wait for the next.

    Whether it waits: Telegram was away, or Antenna was, or the person has asked again meanwhile.
    """
    whose = select(handoff_line.c.handoff_id).where(handoff_line.c.id == line_id)
    handoff_id = connection.execute(whose).scalar()
    found = None if handoff_id is None else find(connection, handoff_id)
    until = None if found is None else goes_at(found, now)
    if until is None or not put_off(connection, row_id, until):
        return False
    # Where the topic says already that it waits, it says for which hour: that is another one now.
    connection.execute(update(handoff_line).where(handoff_line.c.id == line_id).values(acked=""))
    set_state(connection, line_id, LineState.WAITS, now)
    return True
