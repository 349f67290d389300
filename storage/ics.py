"""Writes calendars that other programs read (RFC 5545): courses, lessons, appointments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Event


PRODUCT = "-//Antenna//Antenna//EN"
ASKED_AGAIN = timedelta(hours=6)
"""So often a program that subscribes should look again."""


@dataclass(frozen=True, slots=True)
class IcsEvent:
    """One meeting. `starts` and `ends` are local to `zone`, without a zone of their own.

    `uid` never changes for the same meeting, so that a moved one is moved and not added; `changed`
    is when it was last changed. `point` is latitude and longitude.
    """

    uid: str
    starts: datetime
    ends: datetime
    zone: str
    title: str
    changed: datetime
    place: str = ""
    about: str = ""
    point: tuple[float, float] | None = None
    cancelled: bool = False


def ics(events: Sequence[IcsEvent], *, name: str, now: datetime) -> bytes:
    """The meetings as one calendar file in UTF-8, with the rules of their time zones."""
    from icalendar import Calendar  # here: it would cost every start a sixth of a second

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", ASKED_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", ASKED_AGAIN)
    for event in events:
        calendar.add_component(_event(event, now))
    if events:
        first, last = _years(events)
        calendar.add_missing_timezones(first_date=first, last_date=last)
    written: bytes = calendar.to_ical()
    return written


def _event(event: IcsEvent, now: datetime) -> Event:
    from icalendar import Event

    zone = ZoneInfo(event.zone)
    written = Event()
    written.add("uid", event.uid)
    written.add("dtstamp", now.astimezone(UTC))
    written.add("last-modified", event.changed.astimezone(UTC))
    # Programs take the one with the greater number; seconds never go back with what is changed.
    written.add("sequence", max(0, int(event.changed.timestamp()) - 1_700_000_000))
    written.add("dtstart", event.starts.replace(tzinfo=zone))
    written.add("dtend", event.ends.replace(tzinfo=zone))
    written.add("summary", event.title)
    if event.place:
        written.add("location", event.place)
    if event.about:
        written.add("description", event.about)
    if event.point is not None:
        written.add("geo", event.point)
    written.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    return written


def _years(events: Sequence[IcsEvent]) -> tuple[date, date]:
    """The rules of whole years are written: programs repeat them from there."""
    days = [event.starts.date() for event in events]
    return date(min(days).year, 1, 1), date(max(days).year + 2, 1, 1)
