"""Reads courses from calendars of other programs (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar.cal import Component

from bot.exchange import columns
from bot.exchange.draft import Change, Draft, Fields
from bot.exchange.lines import Place, places
from bot.exchange.mistakes import FieldError, FileError, Mistake
from bot.exchange.rules import EndlessError, TooMuchError, days_of
from flows.calendar_model import LEVELS
from flows.text import Text, _

ZONE = "Europe/Rome"
MOST_LESSONS = 200
MOST_EVENTS = 2000
YEARS = range(2000, 2101)


class _WrongError(Exception):
    """One property of an event cannot be taken."""

    def __init__(self, name: str, why: Text) -> None:
        super().__init__(name)
        self.name = name
        self.why = why


def read_calendar(text: str) -> tuple[Draft, ...]:
    """The courses of a calendar: an event with its repetition is a course, and so is one without.

    Raises:
        FileError: with every mistake there is, by line and property.
    """
    lines = places(text)
    try:
        events = Calendar.from_ical(text).walk("VEVENT")
    except (ValueError, IndexError, KeyError):
        why = _("This is no calendar file: something in it begins and does not end.")
        raise FileError((Mistake(1, "", why),)) from None
    if not events or len(events) != len(lines) or len(events) > MOST_EVENTS:
        many = _("There are no events in this file, or too many, or one does not end.")
        raise FileError((Mistake(1, "", many),))
    found, mistakes = [], []
    for series in _series(list(zip(events, lines, strict=True))):
        draft, wrong = _course(series)
        mistakes += wrong
        if draft is not None:
            found.append(draft)
    if mistakes:
        raise FileError(tuple(mistakes))
    return tuple(found)


Placed = tuple[Component, Place]


def _series(events: Sequence[Placed]) -> Iterator[list[Placed]]:
    """Events that belong together: the one with the rule first, then single lessons of it."""
    groups: dict[str, list[Placed]] = {}
    for number, (event, place) in enumerate(events):
        uid = str(event.get("uid", "")).strip()
        groups.setdefault(uid or f" {number}", []).append((event, place))
    for group in groups.values():
        yield sorted(group, key=lambda one: "recurrence-id" in one[0])


def _course(series: Sequence[Placed]) -> tuple[Draft | None, list[Mistake]]:
    (event, place), *others = series
    mistakes = [_mistake(place, *broken) for broken in event.errors]
    if "recurrence-id" in event:
        why = _("A single lesson without its series.")
        return None, [Mistake(place.line, "RECURRENCE-ID", why)]
    if mistakes:
        return None, mistakes  # what cannot be read at all cannot be asked for anything
    fields: Fields = {}
    changes: list[Change] = []
    for read in (_identity, _when, _words, _seats):
        try:
            fields |= read(event)
        except _WrongError as wrong:
            mistakes.append(_mistake(place, wrong.name, wrong.why))
    for other, its_place in others:
        if other.errors:
            mistakes += [_mistake(its_place, *broken) for broken in other.errors]
            continue
        try:
            changes.append(_change(other, its_place.line))
        except _WrongError as wrong:
            mistakes.append(_mistake(its_place, wrong.name, wrong.why))
    if mistakes:
        return None, mistakes
    cancelled = str(event.get("status", "")).upper() == "CANCELLED"
    where = {name: place.of(prop) for name, prop in _PROPERTIES.items()}
    return Draft(place.line, fields, tuple(changes), cancelled, where), []


_PROPERTIES = {
    "ref": "UID",
    "title": "SUMMARY",
    "first": "DTSTART",
    "starts": "DTSTART",
    "minutes": "DTEND",
    "rule": "RRULE",
    "place": "LOCATION",
    "about": "DESCRIPTION",
    "latitude": "GEO",
    "longitude": "GEO",
    "seats": "X-ANTENNA-SEATS",
}


def _mistake(place: Place, name: str | None, why: Text | str) -> Mistake:
    words = why if isinstance(why, Text) else _("This cannot be read.")
    field = (name or "").upper()
    return Mistake(place.of(field), field, words)


def _identity(event: Component) -> Fields:
    uid, title = str(event.get("uid", "")).strip(), str(event.get("summary", "")).strip()
    if not uid:
        raise _WrongError("UID", _("Something has to stand here."))
    if not title:
        raise _WrongError("SUMMARY", _("Something has to stand here."))
    return {"ref": _words_of("UID", uid), "title": _words_of("SUMMARY", title)}


def _when(event: Component) -> Fields:
    starts = _local(event, "DTSTART")
    first, *others = _days(event, starts)
    return {
        "first": first,
        "starts": starts.time(),
        "minutes": _minutes(event, starts),
        "rule": "also " + ", ".join(one.isoformat() for one in others) if others else "",
    }


def _local(event: Component, name: str) -> datetime:
    """A moment as the clocks on the wall show it; in UTC or another zone it is turned."""
    prop = event.get(name.lower())
    value = getattr(prop, "dt", None)
    if not isinstance(value, datetime):
        why = _("There is no hour here.") if isinstance(value, date) else _("This cannot be read.")
        raise _WrongError(name, why)
    return _turned(prop, value, name)


def _turned(prop: Any, value: datetime, name: str) -> datetime:
    if value.year not in YEARS:
        raise _WrongError(name, _("This cannot be read."))
    if value.tzinfo is None and "TZID" in getattr(prop, "params", {}):
        raise _WrongError(name, _("There is no zone of this name. Zones look like Europe/Rome."))
    turned = value if value.tzinfo is None else value.astimezone(ZoneInfo(ZONE))
    return turned.replace(tzinfo=None, second=0, microsecond=0)


def _minutes(event: Component, starts: datetime) -> int:
    if "duration" in event:
        lasts = getattr(event["duration"], "dt", None)
        name = "DURATION"
    else:
        name = "DTEND"
        if "dtend" not in event:
            raise _WrongError(name, _("Something has to stand here."))
        lasts = _local(event, name) - starts
    if not isinstance(lasts, timedelta) or not timedelta() < lasts <= timedelta(hours=24):
        raise _WrongError(name, _("It has to last for up to a day."))
    return int(lasts.total_seconds() // 60)


def _days(event: Component, starts: datetime) -> list[date]:
    """The days of a series, without those that were taken out."""
    rule = event.get("rrule")
    if isinstance(rule, list) or "rdate" in event:
        raise _WrongError(
            "RDATE" if "rdate" in event else "RRULE", _("Use one rule, and no RDATE.")
        )
    found = [starts]
    if rule is not None:
        found = _repeated(rule, starts)
        found = found if starts in found else [starts, *found]  # the first is one by itself
    without = _left_out(event)
    days = [one.date() for one in found if one not in without]
    if not days:
        raise _WrongError("EXDATE", _("No lesson is left."))
    return days


def _repeated(rule: Any, starts: datetime) -> list[datetime]:
    try:
        until = min((_until(one, starts) for one in rule.get("UNTIL", ())), default=None)
        days = days_of(rule, starts.date(), until, MOST_LESSONS)
    except TooMuchError:
        why = _("This rule is too much for a course: use days, weeks or months.")
        raise _WrongError("RRULE", why) from None
    except EndlessError:
        why = _("These are more than {count} lessons, or it never ends.", count=MOST_LESSONS)
        raise _WrongError("RRULE", why) from None
    except (ValueError, TypeError, OverflowError):
        raise _WrongError("RRULE", _("This cannot be read.")) from None
    return [datetime.combine(day, starts.time()) for day in days]


def _until(value: object, starts: datetime) -> date:
    """The last day on which a lesson that begins at that time of day may be."""
    if isinstance(value, datetime):
        if value.year not in YEARS:
            raise EndlessError
        local = value if value.tzinfo is None else value.astimezone(ZoneInfo(ZONE))
        local = local.replace(tzinfo=None)
        return local.date() - timedelta(days=local.time() < starts.time())
    if isinstance(value, date):
        return value
    raise ValueError("UNTIL")


def _left_out(event: Component) -> set[datetime]:
    props = event.get("exdate", [])
    found = set()
    for prop in props if isinstance(props, list) else [props]:
        for one in getattr(prop, "dts", []):
            if not isinstance(one.dt, datetime):
                raise _WrongError("EXDATE", _("There is no hour here."))
            found.add(_turned(prop, one.dt, "EXDATE"))
    return found


def _change(event: Component, line: int) -> Change:
    planned = _local(event, "RECURRENCE-ID")
    if str(event.get("status", "")).upper() == "CANCELLED":
        return Change(line, planned, None)
    starts = _local(event, "DTSTART")
    return Change(line, planned, starts, _minutes(event, starts))


def _words_of(name: str, value: str) -> str:
    try:
        return columns.words(value)
    except FieldError as error:
        raise _WrongError(name, error.why) from None


def _words(event: Component) -> Fields:
    fields: Fields = {
        "place": _words_of("LOCATION", str(event.get("location", ""))),
        "about": _words_of("DESCRIPTION", str(event.get("description", ""))),
    }
    point = event.get("geo")
    if point is not None:
        latitude, longitude = getattr(point, "latitude", 999), getattr(point, "longitude", 999)
        if not (abs(latitude) <= 90 and abs(longitude) <= 180):
            raise _WrongError("GEO", _("This is no place on the Earth. It looks like 45.6187."))
        fields |= {"latitude": float(latitude), "longitude": float(longitude)}
    for name in _categories(event):
        if name.upper() in LEVELS:
            fields["level"] = name.upper()
        else:
            kind = columns.find_kind(name)
            fields |= {} if kind is None else {"kind": kind}
    return fields


def _categories(event: Component) -> list[str]:
    props = event.get("categories", [])
    many = props if isinstance(props, list) else [props]
    return [str(one).strip() for prop in many for one in getattr(prop, "cats", [])]


def _seats(event: Component) -> Fields:
    told = event.get("x-antenna-seats")
    if told is None:
        return {}
    try:
        return {"seats": columns.number(str(told))}
    except FieldError as error:
        raise _WrongError("X-ANTENNA-SEATS", error.why) from None
