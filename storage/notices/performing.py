"""Carries out what a conversation asks of reminders."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import assert_never

from sqlalchemy import Connection

from flows.calendar_effects import FindNotice, FindWishes, KeepWishes, Snooze
from flows.calendar_model import NoticeView, Subject
from flows.effects import Json
from flows.model import Person
from flows.plain import plain
from flows.reminding import DAY, Reach
from storage.instants import instant, wall
from storage.notices.ending import find_notice
from storage.notices.events import find_kind
from storage.notices.facts import course_of
from storage.notices.model import SNOOZE, Notice
from storage.notices.planning import add, plan_person
from storage.notices.telling import about
from storage.notices.wishes import Wished, find_wished, keep_wishes, wishes_of
from storage.vault import Vault

NoticeEffect = FindNotice | Snooze | FindWishes | KeepWishes


def perform_notices(
    connection: Connection, vault: Vault, person: Person, effect: NoticeEffect, now: datetime
) -> Json:
    """Carry out one of these effects in the transaction of its turn; its result for the log."""
    match effect:
        case FindNotice(id):
            return plain(find_view(connection, vault, person.id, id, now))
        case Snooze(notice, minutes):
            return plain(snooze(connection, person.id, notice, timedelta(minutes=minutes), now))
        case FindWishes():
            return plain(wishes_of(connection, person.id))
        case KeepWishes(wishes):
            keep_wishes(connection, person.id, wishes)
            plan_person(connection, vault, person.id, now)
            return True
        case _:
            assert_never(effect)


def find_view(
    connection: Connection, vault: Vault, person_id: int, notice: str, now: datetime
) -> NoticeView | None:
    """What a reminder in the chat was about, as her conversation sees it."""
    one = _hers(connection, person_id, notice)
    if one is None:
        return None
    kind = None
    if one.subject is Subject.DATE:
        kind = find_kind(connection, vault, one.subject_id)
        if kind is None:
            return None
    is_over = one.until <= now
    found = about(connection, one.subject, one.subject_id, person_id)
    if one.subject in (Subject.LESSON, Subject.APPOINTMENT):
        is_over = found is None or found.starts <= now
    return NoticeView(
        notice,
        one.subject,
        str(one.subject_id),
        one.step,
        is_over,
        kind,
        None if found is None else wall(found.starts, one.zone),
        wall(now, one.zone),
        course_of(connection, one.subject, one.subject_id),
    )


def snooze(
    connection: Connection,
    person_id: int,
    notice: str,
    later: timedelta,
    now: datetime,
    hours: Reach = DAY,
) -> datetime | None:
    """Remind once more: when that is, on the wall; None where it would be too late, or is over."""
    one = _hers(connection, person_id, notice)
    if one is None:
        return None
    found = about(connection, one.subject, one.subject_id, person_id)
    if found is None and one.subject in (Subject.LESSON, Subject.APPOINTMENT):
        return None
    until = one.until if found is None else found.starts
    wish = find_wished(connection, [person_id]).get(person_id, Wished())
    local = wish.reach(hours).after(wall(now + later, one.zone).replace(second=0, microsecond=0))
    due = instant(local.date(), local.time(), one.zone).at
    if not now < due < until:
        return None
    occasion = one.occasion
    if found is not None and _moment(one) != found.starts:
        occasion = wall(found.starts, one.zone).isoformat(timespec="minutes")
    add(
        connection,
        person_id,
        one.subject,
        one.subject_id,
        now,
        due=due,
        until=until,
        occasion=occasion,
        step=f"{SNOOZE}{local:%Y-%m-%dT%H:%M}",
        zone=one.zone,
    )
    return local


def _moment(one: Notice) -> datetime:
    """When the event was, when this was planned."""
    local = datetime.fromisoformat(one.occasion)
    return instant(local.date(), local.time(), one.zone).at


def _hers(connection: Connection, person_id: int, notice: str) -> Notice | None:
    """The notice a button names, where it is this person's; buttons can be made up."""
    if not (notice.isascii() and notice.isdigit() and len(notice) <= 20):
        return None
    number = int(notice)
    one = find_notice(connection, number) if number < 1 << 63 else None
    return one if one is not None and one.person_id == person_id else None
