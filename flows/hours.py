"""When a desk answers: hours as people write them, holidays, and when a phone is its owner's own.

All moments here are those of the clocks on the wall, without a zone: the shell turns them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from flows.handoff_model import Safe
from flows.text import Text, _, verbatim
from flows.workdays import is_holiday

FAR_DAYS = 400
"""So far ahead somebody looks for a day on which a desk is open; then there is none."""

EVENING = time(23)
DAYS = (
    ("mon", "lun"),
    ("tue", "mar"),
    ("wed", "mer"),
    ("thu", "gio"),
    ("fri", "ven"),
    ("sat", "sab"),
    ("sun", "dom"),
)
_NUMBERS = {name: number for number, names in enumerate(DAYS) for name in names}
NAMES = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
_MIDNIGHT = 24 * 60
_DAY = re.compile(r"[^\W\d]+")
_SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
_YEARLY = re.compile(r"(\d{1,2})-(\d{1,2})")


class HoursError(ValueError):
    """Hours or closed days that cannot be read: what is wrong, where, and an example."""

    def __init__(self, why: str, where: int, part: str) -> None:
        super().__init__(
            f"{why} At letter {where + 1}: {part!r}. Hours look like "
            "'mon-fri 09:00-12:30 14:00-18:00; sat 09:00-12:00', closed days like "
            "'2026-12-24, 12-07, 2027-08-09..2027-08-20'."
        )
        self.where = where


@dataclass(frozen=True, slots=True)
class Span:
    """From one minute of a day to another; the last is not in it, and midnight is 1440."""

    opens: int
    closes: int

    def __str__(self) -> str:
        return f"{_clock(self.opens)}–{_clock(self.closes)}"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The hours of a desk: spans for each day of the week, and days on which it is closed.

    Nobody answers on Italian holidays. `yearly` are days closed every year (Sant'Ambrogio in Milan
    is (12, 7)), `away` first and last day of a closing. Without spans nobody knows when it is open.
    """

    week: tuple[tuple[Span, ...], ...] = ((),) * 7
    yearly: frozenset[tuple[int, int]] = frozenset()
    away: tuple[tuple[date, date], ...] = ()

    @classmethod
    def read(cls, hours: str, closed: str = "") -> Calendar:
        """Hours and closed days as a person writes them; days in English or Italian.

        Raises:
            HoursError: something in them cannot be read; the message says what and where.
        """
        week: list[tuple[Span, ...]] = [()] * 7
        for where, part in _parts(hours, ";"):
            for day, spans in _read_days(where, part):
                week[day] = _joined(week[day], spans, where, part)
        yearly, away = _read_closed(closed)
        return cls(tuple(week), yearly, away)

    @property
    def is_known(self) -> bool:
        """Whether anybody said when the desk is open."""
        return any(self.week)

    def spans(self, day: date) -> tuple[Span, ...]:
        """The hours of one day; none where it is closed."""
        shut = is_holiday(day) or (day.month, day.day) in self.yearly
        if shut or any(first <= day <= last for first, last in self.away):
            return ()
        return self.week[day.weekday()]

    def is_open(self, local: datetime) -> bool:
        """Whether somebody answers at that moment."""
        minute = local.hour * 60 + local.minute
        return any(span.opens <= minute < span.closes for span in self.spans(local.date()))

    def next_open(self, local: datetime) -> datetime | None:
        """The next moment in which somebody answers: this one, where the desk is open.

        None where nobody knows, or for more than a year nobody does.
        """
        if self.is_open(local):
            return local
        for ahead in range(FAR_DAYS if self.is_known else 0):
            day = local.date() + timedelta(days=ahead)
            for span in self.spans(day):
                opens = datetime.combine(day, time()) + timedelta(minutes=span.opens)
                if opens > local:
                    return opens
        return None

    def words(self) -> tuple[Text, ...]:
        """The week for people, one line for days in a row with the same hours."""
        lines = []
        day = 0
        while day < 7:
            last = day
            while last < 6 and self.week[last + 1] == self.week[day]:
                last += 1
            if self.week[day]:
                lines.append(_line(day, last, self.week[day]))
            day = last + 1
        return tuple(lines)


def said(hours: str) -> Text:
    """Hours in the language of who reads them; in the office's own words where these are others."""
    try:
        lines = Calendar.read(hours).words()
    except HoursError:
        lines = ()
    params = tuple((f"line{place}", line) for place, line in enumerate(lines))
    source = " · ".join(f"{{{name}}}" for name, _line in params)
    return Text(source, params, literal=True) if lines else verbatim(hours)


def written(hours: str, language: str) -> str:
    """The same hours with the days as they are written in Italian, or in English."""
    column = int(language == "it")

    def said(found: re.Match[str]) -> str:
        number = _NUMBERS.get(found[0].lower())
        return found[0] if number is None else DAYS[number][column]

    return _DAY.sub(said, hours)


def _line(first: int, last: int, spans: tuple[Span, ...]) -> Text:
    hours = _times(spans)
    if first == last:
        return _("{day}: {hours}", day=NAMES[first], hours=hours)
    return _("{first} to {last}: {hours}", first=NAMES[first], last=NAMES[last], hours=hours)


def _times(spans: tuple[Span, ...]) -> Text:
    """Every time for itself: where people read from the right, the first is on the right."""
    ends = [minute for span in spans for minute in (span.opens, span.closes)]
    params = tuple((f"time{place}", _clock(minute)) for place, minute in enumerate(ends))
    source = " · ".join(f"{{time{at}}}–{{time{at + 1}}}" for at in range(0, len(ends), 2))
    return Text(source, params, literal=True)


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"


def _parts(words: str, sign: str) -> list[tuple[int, str]]:
    """What stands between the signs, and where it begins; nothing is skipped."""
    where, parts = 0, []
    for part in words.split(sign):
        if part.strip():
            parts.append((where + len(part) - len(part.lstrip()), part.strip()))
        where += len(part) + 1
    return parts


def _read_days(where: int, part: str) -> list[tuple[int, tuple[Span, ...]]]:
    days, _gap, hours = part.partition(" ")
    first, _to, last = days.lower().partition("-")
    if first not in _NUMBERS or (last or first) not in _NUMBERS:
        raise HoursError("This is no day of the week.", where, days)
    if not hours.strip():
        raise HoursError("These days have no hours.", where, part)
    begins = where + len(days) + 1
    spans: tuple[Span, ...] = ()
    for here, span in _parts(hours, " "):
        spans = _joined(spans, (_read_span(begins + here, span),), begins + here, span)
    start = _NUMBERS[first]
    how_many = (_NUMBERS[last or first] - start) % 7 + 1
    return [(day % 7, spans) for day in range(start, start + how_many)]


def _read_span(where: int, part: str) -> Span:
    found = _SPAN.fullmatch(part.replace("–", "-"))
    if found is None:
        raise HoursError("These are no hours.", where, part)
    hour, minute, to_hour, to_minute = map(int, found.groups())
    span = Span(hour * 60 + minute, to_hour * 60 + to_minute)
    if max(minute, to_minute) > 59 or not span.opens < span.closes <= _MIDNIGHT:
        raise HoursError("These hours end before they begin, or no clock shows them.", where, part)
    return span


def _joined(
    spans: tuple[Span, ...], more: tuple[Span, ...], where: int, part: str
) -> tuple[Span, ...]:
    """The hours of a day, the earliest first."""
    every = sorted((*spans, *more), key=lambda span: span.opens)
    if any(early.closes > late.opens for early, late in pairwise(every)):
        raise HoursError("These hours are said twice.", where, part)
    return tuple(every)


def _read_closed(
    closed: str,
) -> tuple[frozenset[tuple[int, int]], tuple[tuple[date, date], ...]]:
    yearly, away = set(), []
    for where, part in _parts(closed, ","):
        found = _YEARLY.fullmatch(part)
        try:
            if found is not None:
                month, day = map(int, found.groups())
                yearly.add((month, date(2024, month, day).day))
            else:
                first, _to, last = part.partition("..")
                begins = date.fromisoformat(first.strip())
                away.append((begins, date.fromisoformat(last.strip()) if last else begins))
        except ValueError:
            raise HoursError("This is no day.", where, part) from None
        if found is None and away[-1][1] < away[-1][0]:
            raise HoursError("This closing ends before it begins.", where, part)
    return frozenset(yearly), tuple(away)


_SAFE_HOURS = {
    Safe.MORNING: (time(6), time(12)),
    Safe.AFTERNOON: (time(12), time(18)),
    Safe.EVENING: (time(18), EVENING),
    Safe.SUNDAY: (time(6), EVENING),
}


def is_safe(safe: Safe, local: datetime) -> bool:
    """Whether the phone is the person's own at that moment, as they said."""
    if safe is Safe.ALWAYS:
        return True
    begins, ends = _SAFE_HOURS[safe]
    is_day = safe is not Safe.SUNDAY or local.weekday() == 6
    return is_day and begins <= local.time() < ends


def safe_span(safe: Safe, day: date) -> tuple[datetime, datetime] | None:
    """From when to when on a day the phone is the person's own; None where it never is."""
    midnight = datetime.combine(day, time())
    if safe is Safe.ALWAYS:
        return midnight, midnight + timedelta(days=1)
    if safe is Safe.SUNDAY and day.weekday() != 6:
        return None
    begins, ends = _SAFE_HOURS[safe]
    return datetime.combine(day, begins), datetime.combine(day, ends)


def next_safe(safe: Safe, local: datetime) -> datetime | None:
    """When words for the person may next go out; None where they may now."""
    if is_safe(safe, local):
        return None
    begins, _ends = _SAFE_HOURS[safe]
    day = local.date()
    if local.time() >= begins:
        day += timedelta(days=1)
    if safe is Safe.SUNDAY:
        day += timedelta(days=(6 - day.weekday()) % 7)
    return datetime.combine(day, begins)
