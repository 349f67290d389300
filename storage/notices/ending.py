"""How a notice ends, in the transaction in which that becomes known.

Nobody is told of a sending that was not: `SENT` is what Telegram confirmed, and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select, update

from flows.calendar_model import News, NoticeState, Subject
from storage.calendar_schema import notice as table
from storage.notices.model import Notice, notice_of
from storage.notices.telling import tell
from storage.schema import outbox

OPEN = (NoticeState.WAITING.value, NoticeState.HANDED.value)


def find_notice(connection: Connection, notice_id: int) -> Notice | None:
    """The notice of an id."""
    row = connection.execute(select(table).where(table.c.id == notice_id)).mappings().first()
    return None if row is None else notice_of(row)


def settle(
    connection: Connection, one: Notice, state: NoticeState, at: datetime | None = None
) -> bool:
    """A notice goes from where it is to another state; False where somebody was quicker."""
    still = (table.c.id == one.id) & (table.c.state == one.state.value)
    moved = update(table).where(still).values(state=state.value, ended=at)
    return connection.execute(moved).rowcount == 1


def put_off(connection: Connection, one: Notice, due: datetime) -> bool:
    """A notice waits for another moment; False where somebody was quicker."""
    still = (table.c.id == one.id) & (table.c.state == one.state.value)
    return connection.execute(update(table).where(still).values(due=due)).rowcount == 1


def miss(connection: Connection, one: Notice, now: datetime) -> bool:
    """It could not be sent in time; the desk is told, once."""
    missed = settle(connection, one, NoticeState.MISSED, now)
    if missed:
        tell(connection, News.MISSED, one, now)
    return missed


def fail(connection: Connection, notice_id: int, now: datetime) -> None:
    """A message of it can never arrive; where another one is on its way, that one counts."""
    one = find_notice(connection, notice_id)
    another = select(outbox.c.id).where(outbox.c.notice == notice_id).limit(1)
    if one is None or one.state is not NoticeState.HANDED or connection.execute(another).first():
        return
    miss(connection, one, now)


def forget_sent(connection: Connection, notice_ids: Sequence[int]) -> None:
    """Of these nobody will know whether they were sent; they are not sent again."""
    handed = table.c.id.in_(notice_ids) & (table.c.state == NoticeState.HANDED.value)
    connection.execute(update(table).where(handed).values(state=NoticeState.UNKNOWN.value))


def block(
    connection: Connection, person_id: int, now: datetime, refused: int | None, sending: int
) -> None:
    """The person cannot be reached: nothing more is tried, and each desk is told once.

    `refused` is the row of the outbox that Telegram has just refused. Of another one that is being
    sent now (in the state `sending`) nobody knows.
    """
    mine = outbox.c.notice.is_not(None) & (outbox.c.person_id == person_id)
    leaving = mine & (outbox.c.state == sending)
    if refused is not None:
        leaving &= outbox.c.id != refused
    forget_sent(
        connection, connection.execute(select(outbox.c.notice).where(leaving)).scalars().all()
    )
    still = (table.c.person_id == person_id) & table.c.state.in_(OPEN)
    rows = connection.execute(select(table).where(still).order_by(table.c.due)).mappings()
    found = [notice_of(row) for row in rows]
    blocked = update(table).where(still).values(state=NoticeState.BLOCKED.value, ended=now)
    connection.execute(blocked)
    told: set[tuple[Subject, int]] = set()
    for one in found:
        if one.until > now and (one.subject, one.subject_id) not in told:
            told.add((one.subject, one.subject_id))
            tell(connection, News.BLOCKED, one, now)
