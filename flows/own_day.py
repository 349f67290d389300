"""Asks for a day far ahead: the year, the month and the day by buttons, or written at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from flows.date_words import MONTHS
from flows.day_reading import Unread, read_day
from flows.effects import Json
from flows.steps import Flow, Line, Option, Style, ask_pad
from flows.text import Text, _, verbatim

PARTS = ((1, 10), (11, 20), (21, 31))
"""The days of a month do not fit on one page of a phone."""


def ask_day(lines: list[Text | Line], years: range, first: date, last: date) -> Flow[date]:
    """A day from the first to the last; what cannot be one is asked again, with an example."""
    example = _example(first, last)
    write = Line(_("You can also write it. Example: {example}.", example=example), Style.NOTE)
    ask = partial(_ask, lines, write, partial(_unlike_day, first, last))

    given = yield from ask("year", "", [_small(year, verbatim(str(year))) for year in years], 3)
    if isinstance(given, date):
        return given
    year = given
    months = [
        _small(n, _("{number} · {month}", number=n, month=m)) for n, m in enumerate(MONTHS, 1)
    ]
    given = yield from ask("month", f"… / … / {year}", months, 2)
    if isinstance(given, date):
        return given
    month, ends = given, _last_day(year, given)
    parts = [_small(a, verbatim(f"{a}–{min(b, ends)}")) for a, b in PARTS]
    given = yield from ask("part", f"… / {month} / {year}", parts, 3)
    if isinstance(given, date):
        return given
    begin, end = next(part for part in PARTS if part[0] == given)
    days = [_small(n, verbatim(str(n))) for n in range(begin, min(end, ends) + 1)]
    given = yield from ask("day", f"… / {month} / {year}", days, 4)
    return given if isinstance(given, date) else date(year, month, given)


def _last_day(year: int, month: int) -> int:
    """How many days a month has: the day before the first of the next one."""
    return (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day


def _small(number: int, label: Text) -> Option:
    return Option(str(number), label)


def _ask(
    lines: list[Text | Line],
    write: Line,
    check: Callable[[Json], Text | None],
    key: str,
    so_far: str,
    options: list[Option],
    columns: int,
) -> Flow[int | date]:
    """One part of the day as a number; all of it, where it was written."""
    known = [Line(verbatim(so_far), Style.BIG)] if so_far else []
    asked = [*lines, *known, write]
    given = yield from ask_pad(key, asked, options, columns, check=check, sensitive=True)
    if any(given == option.id for option in options):
        return int(given)
    day = read_day(given)
    assert isinstance(day, date), "What was written was checked before it was taken."
    return day


def _example(first: date, last: date) -> Text:
    """A day that can be one, of next year where it may be so far away: an old one would look wrong.

    From the first to the last it is more than a year and two months: one of the two is between.
    """
    year = first.year + 2
    near = date(year, 2, 28) <= last
    return verbatim(f"28/2/{year if near else year - 1}")


def _unlike_day(first: date, last: date, words: Json) -> Text | None:
    example = _example(first, last)
    day = read_day(str(words))
    if day is Unread.NO_SUCH_DAY:
        return _("There is no such day. Please look again. Example: {example}.", example=example)
    if not isinstance(day, date):
        return _("Please write day, month and year. Example: {example}.", example=example)
    if first <= day <= last:
        return None
    return _(
        "This day is too far away. Please look at the year. Example: {example}.", example=example
    )
