"""What a person says to her appointment: I come, I cannot, I am late, I am lost."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, update

from flows.calendar_model import News, Reply
from storage.appointments.finding import find_appointment
from storage.appointments.telling import plan_anew, tell, unsay
from storage.calendar_schema import appointment as table
from storage.vault import Vault

MOST_MINUTES = 24 * 60
_NEWS = {Reply.CANNOT: News.CANNOT, Reply.LATE: News.LATE, Reply.LOST: News.LOST}


def reply(
    connection: Connection,
    vault: Vault,
    appointment_id: int,
    person_id: int,
    said: Reply,
    now: datetime,
    minutes: int = 0,
) -> bool:
    """Keep what a person says to her own appointment, and let the desk know.

    False where it is over, cancelled, or not hers. What was said before counts no more.
    """
    found = find_appointment(connection, None, appointment_id, hold=True)
    if found is None or found.person_id != person_id or not found.is_booked or found.ends <= now:
        return False
    late = min(max(minutes, 0), MOST_MINUTES) if said is Reply.LATE and minutes else None
    if (found.reply, found.late_minutes) == (said, late):
        return True
    unsay(connection, found)
    values = {"reply": said.value, "late_minutes": late}
    connection.execute(update(table).where(table.c.id == found.id).values(values))
    if said is not Reply.NOTHING:
        tell(connection, vault, found, _NEWS.get(said, said), now, late)
    plan_anew(connection, vault, found.id, now)
    return True
