"""When desks give appointments: kept, looked up, and which of their times are still free."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from flows.handoff_model import Need
from flows.hours import Calendar, HoursError
from flows.slots import (
    LONGEST,
    MOST_AT_ONCE,
    MOST_DAYS,
    MOST_LEAD_HOURS,
    SHORTEST,
    OpeningRule,
    next_slots,
    slots_of,
)
from flows.text import Text, _, verbatim
from storage.appointments.model import Free, Opening
from storage.calendar_schema import appointment
from storage.calendar_schema import opening as table
from storage.instants import instant, is_zone, wall
from storage.schema import desk as desks
from storage.vault import random_id

MOST_SLOTS = 2_000
FIRST, LAST = date(2020, 1, 1), date(2100, 1, 1)


@dataclass(frozen=True, slots=True)
class Wrong:
    """What of an opening cannot be kept, and why."""

    field: str
    why: Text


def wrong_in(opening: Opening) -> Wrong | None:
    """What is wrong with an opening as somebody wrote it; None where it can be kept."""
    for field, written in (("hours", (opening.hours, "")), ("closed", ("", opening.closed))):
        try:
            Calendar.read(*written)
        except HoursError as why:
            return Wrong(field, verbatim(str(why)))
    if not opening.hours.strip():
        return Wrong("hours", _("Write the hours, like mon-fri 09:00-12:30."))
    if not FIRST <= opening.first <= LAST:
        return Wrong("first", _("This day is too far away."))
    if opening.last is not None and opening.last < opening.first:
        return Wrong("last", _("The last day is before the first one."))
    if not is_zone(opening.zone):
        return Wrong("zone", _("There is no such time zone. Zones look like Europe/Rome."))
    limits = (
        ("minutes", opening.minutes, SHORTEST, LONGEST),
        ("at_once", opening.at_once, 1, MOST_AT_ONCE),
        ("lead_hours", opening.lead_hours, 0, MOST_LEAD_HOURS),
        ("ahead_days", opening.ahead_days, 1, MOST_DAYS),
    )
    for field, value, least, most in limits:
        if not least <= value <= most:
            return Wrong(field, _("Between {least} and {most}, please.", least=least, most=most))
    return None


def save_opening(connection: Connection, opening: Opening) -> Opening | Wrong:
    """Keep an opening, a new one or another version; what was booked in it stays as it is."""
    wrong = wrong_in(opening)
    if wrong is not None:
        return wrong
    kept = opening if opening.id else replace(opening, id=random_id())
    values = {column.name: getattr(kept, column.name) for column in table.c}
    values["needs"] = ",".join(need.value for need in kept.needs)
    if opening.id:
        mine = (table.c.id == opening.id) & (table.c.office == opening.office)
        connection.execute(update(table).where(mine).values(values))
    else:
        connection.execute(insert(table).values(values))
    return kept


def find_opening(connection: Connection, opening_id: int, *, hold: bool = False) -> Opening | None:
    """The opening of an id; with `hold` nobody else books in it until the commit."""
    query = select(table).where(table.c.id == opening_id)
    row = connection.execute(query.with_for_update() if hold else query).first()
    return None if row is None else _read(row)


def find_openings(
    connection: Connection,
    *,
    office: str | None = None,
    desk: str | None = None,
    active: bool | None = True,
) -> list[Opening]:
    """Openings, of an office or of a desk; `active` None: also those that are no more."""
    query = select(table).order_by(table.c.desk, table.c.first, table.c.id)
    if office is not None:
        query = query.where(table.c.office == office)
    if desk is not None:
        query = query.where(table.c.desk == desk)
    if active is not None:
        query = query.where(table.c.active.is_(active))
    return [_read(row) for row in connection.execute(query)]


def free_slots(
    connection: Connection,
    desk: str,
    need: Need | None,
    now: datetime,
    *,
    for_operator: bool = False,
    days: int | None = None,
    of: int | None = None,
    limit: int = MOST_SLOTS,
) -> list[Free]:
    """The free times of a desk for a need, the next first; `of` one opening only.

    An operator books in any opening, and up to the last minute. For a person, of two openings at
    one time the one with more room stands for both.
    """
    found = [
        one
        for one in find_openings(connection, desk=desk)
        if one.takes(need) and (for_operator or one.online) and of in (None, one.id)
    ]
    taken = taken_in(connection, [one.id for one in found], now)
    closed = closings(connection, [desk]).get(desk, "")
    every = [
        free
        for one in found
        for free in _free_of(one, closed, taken[one.id], now, for_operator, days)
    ]
    every.sort(key=lambda free: (free.starts, -free.seats_left, free.opening.id))
    if not for_operator:
        every = [next(same) for _starts, same in groupby(every, key=lambda free: free.starts)]
    return every[:limit]


def has_free(
    connection: Connection, openings: Sequence[Opening], closed: Mapping[str, str], now: datetime
) -> list[Opening]:
    """Those openings with a time that a person may still book."""
    taken = taken_in(connection, [one.id for one in openings], now)
    return [
        one
        for one in openings
        if next(_free_of(one, closed.get(one.desk, ""), taken[one.id], now, False, None), None)
    ]


def slots_between(
    connection: Connection, openings: Sequence[Opening], first: date, last: date
) -> list[Free]:
    """Every slot of these openings from one day to another, also those with nobody free."""
    if not openings:
        return []
    begins = instant(first, time(), openings[0].zone).at - timedelta(days=1)
    taken = taken_in(connection, [one.id for one in openings], begins)
    closed = closings(connection, [one.desk for one in openings])
    found = []
    for one in openings:
        rule = rule_of(one, closed.get(one.desk, ""))
        day = max(first, one.first)
        while day <= last:
            found += [
                Free(one, starts, max(0, one.at_once - busy))
                for starts, busy in (
                    (starts, len(seats_at(one, starts, taken[one.id])))
                    for starts in slots_of(rule, day)
                )
            ]
            day += timedelta(days=1)
    return sorted(found, key=lambda free: (free.starts, free.opening.id))


def closings(connection: Connection, keys: Sequence[str]) -> dict[str, str]:
    """On which days desks are closed, as they wrote it."""
    query = select(desks.c.key, desks.c.closed).where(desks.c.key.in_(list(keys)))
    return {row.key: row.closed for row in connection.execute(query)}


# -- what is taken

Taken = dict[date, list[tuple[datetime, datetime, int]]]
"""From when to when somebody has a seat, and which, by the days in UTC that it touches."""


def taken_in(
    connection: Connection, ids: Sequence[int], after: datetime, *, but: int | None = None
) -> dict[int, Taken]:
    """Who has which seat of these openings after a moment; `but` one appointment."""
    found: dict[int, Taken] = defaultdict(lambda: defaultdict(list))
    if not ids:
        return found
    held = appointment.c
    query = select(held.opening_id, held.starts, held.ends, held.seat).where(
        held.opening_id.in_(ids), held.seat.is_not(None), held.ends > after
    )
    if but is not None:
        query = query.where(held.id != but)
    for row in connection.execute(query):
        for day in {row.starts.date(), row.ends.date()}:
            found[row.opening_id][day].append((row.starts, row.ends, row.seat))
    return found


def seats_at(opening: Opening, starts: datetime, taken: Taken) -> set[int]:
    """The seats that somebody has in a slot: also who came in for a longer one, before."""
    at = instant(starts.date(), starts.time(), opening.zone).at
    ends = at + timedelta(minutes=opening.minutes)
    seats = {
        seat
        for day in {at.date(), ends.date()}
        for begins, over, seat in taken.get(day, ())
        if begins < ends and over > at
    }
    return {seat for seat in seats if seat <= opening.at_once}


def _free_of(
    opening: Opening,
    closed: str,
    taken: Taken,
    now: datetime,
    hurried: bool,
    days: int | None,
) -> Iterator[Free]:
    rule = rule_of(opening, closed)
    for starts in next_slots(rule, wall(now, opening.zone), days=days, hurried=hurried):
        if instant(starts.date(), starts.time(), opening.zone).shifted:
            continue  # the clocks jump over it
        left = opening.at_once - len(seats_at(opening, starts, taken))
        if left > 0:
            yield Free(opening, starts, left)


def rule_of(opening: Opening, closed: str) -> OpeningRule:
    """The rule of an opening; `closed` are days on which its desk is, where they can be read."""
    try:
        return opening.rule(closed)
    except HoursError:  # the desk's own closed days, written by an older hand
        return opening.rule()


def _read(row: Row[Any]) -> Opening:
    kept = dict(row._mapping)
    kept["needs"] = tuple(Need(one) for one in kept["needs"].split(",") if one)
    kept["online"], kept["active"] = bool(kept["online"]), bool(kept["active"])
    return Opening(**kept)
