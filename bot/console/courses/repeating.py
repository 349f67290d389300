"""The part of a course's form that says how it repeats: fields there, one rule in the storage."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flows.hours import DAYS
from flows.repetition import MOST_DAYS, MOST_EVERY, Repetition, RepetitionError, Stretch, Unit
from flows.text import Text, _, pgettext

if TYPE_CHECKING:
    from bot.console.courses.fields import Fields

SAME_WEEKDAY = "weekday"
LONGEST_DAYS = 3_000
UNTIL, TIMES = "until", "times"
REPEATS: tuple[tuple[str, Text], ...] = (
    ("", _("Once")),
    (Unit.DAYS, _("By days")),
    (Unit.WEEKS, _("By weeks")),
    (Unit.MONTHS, _("By months, on the same day of the month")),
    (SAME_WEEKDAY, _("By months, on the same day of the week")),
)
ENDINGS: tuple[tuple[str, Text], ...] = (
    (UNTIL, _("Until a day")),
    (TIMES, _("So many lessons")),
)
WEEKDAYS: tuple[tuple[str, Text], ...] = tuple(
    zip(
        (names[0] for names in DAYS),
        (
            pgettext("short", "Mon"),
            pgettext("short", "Tue"),
            pgettext("short", "Wed"),
            pgettext("short", "Thu"),
            pgettext("short", "Fri"),
            pgettext("short", "Sat"),
            pgettext("short", "Sun"),
        ),
        strict=True,
    )
)
_DAY = r"(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.]\d{1,2}[/.]\d{4})"
_STRETCH = re.compile(rf"({_DAY})(?:\s*(?:\.\.|[-–—]|to|al?)\s*({_DAY}))?")
_NUMBERS = re.compile(r"\d+")


def typed_of(rule: str, first: date) -> dict[str, str]:
    """What stands in the fields for a rule that is kept; a list of days is the first, and others.

    Raises:
        RepetitionError: the rule cannot be read.
    """
    known = Repetition.read(rule)
    if known.unit is Unit.LISTED:
        known = Repetition(also=tuple(day for day in known.also if day != first))
    typed = {
        "every": SAME_WEEKDAY if known.same_weekday else known.unit.value,
        "step": str(known.every),
        "ends": TIMES if known.times is not None else UNTIL,
        "until": "" if known.until is None else known.until.isoformat(),
        "times": "" if known.times is None else str(known.times),
        "holidays": "1" if known.holidays else "",
        "except": ", ".join(_written(*one) for one in known.skipped),
        "also": ", ".join(_written(one, one) for one in known.also),
    }
    return typed | {f"on.{DAYS[number][0]}": "1" for number in known.weekdays}


def _written(first: date, last: date) -> str:
    begins, ends = (one.strftime("%d/%m/%Y") for one in (first, last))
    return begins if first == last else f"{begins}-{ends}"


def read_rule(fields: Fields, first: date | None) -> Repetition | None:
    """The rule of the fields; None where something in them is not right yet."""
    unit = fields.one("every", [value for value, _name in REPEATS])
    also = tuple(sorted({day for one in _stretches(fields, "also") for day in _each(fields, one)}))
    if not unit:
        return Repetition(also=also)
    ends = fields.one("ends", [UNTIL, TIMES]) or UNTIL
    until = fields.day("until") if ends == UNTIL else None
    times = fields.number("times", 1, MOST_DAYS) if ends == TIMES else None
    if ends == UNTIL and until is not None and first is not None and until < first:
        fields.refuse("until", _("The last day is before the first one."))
    rule = Repetition(
        Unit.MONTHS if unit == SAME_WEEKDAY else Unit(unit),
        fields.number("step", 1, MOST_EVERY, otherwise=1),
        tuple(n for n, (key, _name) in enumerate(WEEKDAYS) if fields.tick(f"on.{key}"))
        if unit == Unit.WEEKS
        else (),
        unit == SAME_WEEKDAY,
        until,
        times,
        fields.tick("holidays"),
        tuple(sorted(set(_stretches(fields, "except")))),
        also,
    )
    return rule if fields.are_right("every", "until", "times", "step", "except", "also") else None


def _stretches(fields: Fields, name: str) -> list[Stretch]:
    """Days and stretches of days as people write them, with commas or line by line."""
    found = []
    for part in re.split(r"[,;\n]", fields.words(name, LONGEST_DAYS)):
        if not (words := part.strip()):
            continue
        known = _STRETCH.fullmatch(words.lower())
        try:
            if known is None:
                raise ValueError
            begins = _day(known.group(1))
            ends = begins if known.group(2) is None else _day(known.group(2))
        except ValueError:
            fields.refuse(name, _("“{part}” is no day. Write it like 24/12/2026.", part=words[:40]))
            continue
        if ends < begins:
            fields.refuse(name, _("“{part}” ends before it begins.", part=words[:40]))
            continue
        found.append((begins, ends))
    return found


def _day(written: str) -> date:
    numbers = [int(one) for one in _NUMBERS.findall(written)]
    year, month, day = numbers if "-" in written else reversed(numbers)
    return date(year, month, day)


def _each(fields: Fields, stretch: Stretch) -> list[date]:
    first, last = stretch
    if (last - first).days >= MOST_DAYS:
        fields.refuse("also", _("These are more than {count} days.", count=MOST_DAYS))
        return []
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@dataclass(frozen=True, slots=True)
class Preview:
    """The days a rule leads to, and those of it that are left out."""

    days: tuple[date, ...]
    skipped: tuple[date, ...]


def preview_of(rule: Repetition, first: date) -> Preview | Text:
    """The days of a course, or why there are none."""
    try:
        return Preview(rule.days(first), rule.left_out(first))
    except RepetitionError as error:
        return error.why
