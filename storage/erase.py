"""Makes what must go really go: the rows, what waits to be sent, the log, and later copies."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime, timedelta

from sqlalchemy import delete, select, text
from sqlalchemy.exc import DBAPIError

from storage.calendar_leaving import is_awaited, leave_calendar, retain_calendar
from storage.case_schema import handover
from storage.cases.leaving import leave
from storage.database import Database
from storage.group import find_group
from storage.handoffs.fading import Topic, fade, take_topics
from storage.handoffs.missing import settle_all
from storage.outbox import Lane, Outgoing, State
from storage.schema import chat_message, handled, metadata, outbox, person, quarantine
from storage.unit import Unit
from storage.washing import REMEMBERED

HANDLED_DAYS = 2
QUARANTINE_DAYS = 30
LEDGER_DAYS = 90  # backups are kept for 30
TALK_DAYS = 30
MOST_PEOPLE = 200


def forget(unit: Unit, person_id: int, now: datetime) -> bool:
    """Delete everything about a person, for good; whether they were kept at all.

    The ledger is written first: if the commit fails, a later restore forgets them all the same.
    Call `purge` after the commit.
    """
    topics = take_topics(unit.direct(), person_id)
    leave_calendar(unit.direct(), unit.vault, person_id, now)
    leave(unit.direct(), unit.vault, person_id)
    lookup = unit.delete_person(person_id)
    if lookup is None:
        return False
    _delete_topics(unit, topics)
    unit.ledger.add(lookup, now.date())
    return True


def _delete_topics(unit: Unit, topics: Sequence[Topic]) -> None:
    """Take from the operators' groups the topics that show what is kept no more."""
    for group_id, topic in topics:
        group = find_group(unit.direct(), unit.vault, group_id)
        if group is not None:
            params = {"chat_id": group.chat, "message_thread_id": topic}
            unit.send(Outgoing("deleteForumTopic", params, Lane.CLEAN))


def retain(unit: Unit, now: datetime, idle_days: int, talk_days: int = TALK_DAYS) -> int:
    """Delete people idle for so many days, what was said in conversations closed for so many, and
    old traces; how many people went.

    Whoever is still to be reminded of something, or is expected somewhere, stays until then.
    At most `MOST_PEOPLE` go in one transaction, and as many conversations fade: call it again where
    so many people went, and `purge` after the commit where any did.
    """
    connection = unit.direct()
    limit = now.date() - timedelta(days=idle_days)
    silent = select(person.c.id).where(person.c.seen < limit, ~is_awaited(now))
    query = silent.order_by(person.c.id).limit(MOST_PEOPLE)
    idle = list(connection.execute(query).scalars())
    for person_id in idle:
        forget(unit, person_id, now)
    _delete_topics(unit, fade(connection, now - timedelta(days=talk_days), MOST_PEOPLE))
    settle_all(connection)
    retain_calendar(connection, unit.vault, now, idle_days)
    old = now.date() - timedelta(days=HANDLED_DAYS)
    aside = now - timedelta(days=QUARANTINE_DAYS)
    connection.execute(delete(chat_message).where(chat_message.c.at < now - REMEMBERED))
    connection.execute(delete(handled).where(handled.c.day < old))
    connection.execute(delete(handover).where(handover.c.expires <= now))
    connection.execute(delete(quarantine).where(quarantine.c.at < aside))
    connection.execute(delete(outbox).where(outbox.c.state == int(State.UNKNOWN)))
    unit.ledger.prune(now.date() - timedelta(days=LEDGER_DAYS))
    return len(idle)


def purge(database: Database, *, tries: int = 20, pause_seconds: float = 0.25) -> bool:
    """Clean what deleted rows leave behind in the files; False where that could not be done now.

    Call it again later where it says False: the deleted rows can still be read in the file.
    """
    if database.is_postgresql:
        return _vacuum(database)
    waiting = threading.Event()
    for attempt in range(tries):
        if _checkpoint(database):
            return True
        if attempt < tries - 1:
            waiting.wait(pause_seconds)
    return False


def cut_log(database: Database) -> bool:
    """Leave nothing in the log of turns that are over; False where a reader is in the way now.

    The log holds every transaction since it was cut last, one by one: whoever has it and the key
    of the house sees to whom something secret was on its way.
    """
    return database.is_postgresql or _checkpoint(database, patience_seconds=0.1)


def _checkpoint(database: Database, patience_seconds: float = 1.0) -> bool:
    """Move the log into the file and cut it to nothing; False if a reader was in the way."""
    file = str(database.file)
    with closing(sqlite3.connect(file, isolation_level=None, timeout=patience_seconds)) as raw:
        try:
            raw.execute("PRAGMA secure_delete=ON")
            busy, _, _ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:  # locked or full
            return False
    return not busy


def _vacuum(database: Database) -> bool:
    names = ", ".join(sorted(metadata.tables))
    try:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as alone:
            alone.execute(text(f"VACUUM {names}"))
    except DBAPIError:  # away
        return False
    return True
