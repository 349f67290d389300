"""The calendar of lessons: a month, a week or a list, by desk and by kind."""

from __future__ import annotations

import calendar as gregorian
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from urllib.parse import urlencode

from bot.languages import ROME
from flows.calendar_model import CourseKind, CourseState, LessonState
from flows.text import Text, _
from flows.workdays import is_holiday
from storage.courses.model import Counts, Course, Lesson

LIST_DAYS = 60
WEEK = timedelta(days=7)
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 1, 1)
"""Nobody leafs further than this, and no sum of days runs over the end of the calendar."""


class View(StrEnum):
    """How the lessons are laid out."""

    MONTH = "month"
    WEEK = "week"
    LIST = "list"


VIEWS: dict[View, Text] = {
    View.MONTH: _("Month"),
    View.WEEK: _("Week"),
    View.LIST: _("List"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the calendar is shown; whatever was written in the address, something that is."""

    view: View
    day: date
    desk: str = ""
    kind: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str], today: date) -> Asked:
        """Read the fields of an address."""
        written, kind = query.get("view", ""), query.get("kind", "")
        return cls(
            next((one for one in View if one.value == written), View.MONTH),
            _day(query.get("day", ""), today),
            query.get("desk", "")[:64],
            kind if kind in {one.value for one in CourseKind} else "",
        )

    @property
    def first(self) -> date:
        """The first day that is shown."""
        if self.view is View.MONTH:
            first = self.day.replace(day=1)
            return first - timedelta(days=first.weekday())
        if self.view is View.WEEK:
            return self.day - timedelta(days=self.day.weekday())
        return self.day

    @property
    def last(self) -> date:
        """The last day that is shown."""
        if self.view is View.MONTH:
            length = gregorian.monthrange(self.day.year, self.day.month)[1]
            last = self.day.replace(day=length)
            return last + timedelta(days=6 - last.weekday())
        if self.view is View.WEEK:
            return self.first + timedelta(days=6)
        return self.day + timedelta(days=LIST_DAYS - 1)

    @property
    def before(self) -> Asked:
        """The same, one leaf back."""
        if self.view is View.MONTH:
            return self._at(self.day.replace(day=1) - timedelta(days=1), first=True)
        return self._at(self.day - (WEEK if self.view is View.WEEK else timedelta(LIST_DAYS)))

    @property
    def after(self) -> Asked:
        """The same, one leaf on."""
        if self.view is View.MONTH:
            return self._at(self.day.replace(day=28) + timedelta(days=4), first=True)
        return self._at(self.day + (WEEK if self.view is View.WEEK else timedelta(LIST_DAYS)))

    def _at(self, day: date, *, first: bool = False) -> Asked:
        kept = min(max(day, FIRST_DAY), LAST_DAY)
        return replace(self, day=kept.replace(day=1) if first else kept)

    def seen_as(self, view: str, day: date | None = None) -> Asked:
        """The same lessons in another way."""
        return replace(self, view=View(view), day=day or self.day)

    @property
    def address(self) -> str:
        """Where this is shown."""
        fields = {"view": self.view.value, "day": self.day.isoformat()}
        more = {"desk": self.desk, "kind": self.kind}
        return f"/courses/calendar?{urlencode(fields | {k: v for k, v in more.items() if v})}"

    def span(self) -> tuple[datetime, datetime]:
        """From when to when, as moments; a zone's day more on each side, for `leaves` to cut."""
        begin = datetime.combine(self.first, time(), ROME) - timedelta(days=1)
        end = datetime.combine(self.last, time(), ROME) + timedelta(days=2)
        return begin.astimezone(UTC), end.astimezone(UTC)


def _day(written: str, today: date) -> date:
    try:
        found = date.fromisoformat(written)
    except ValueError:
        return today
    return found if FIRST_DAY <= found <= LAST_DAY else today


@dataclass(frozen=True, slots=True)
class Meeting:
    """A lesson as it stands in the calendar."""

    lesson: Lesson
    course: Course
    counts: Counts

    @property
    def is_off(self) -> bool:
        """Whether it does not take place: it alone, or its whole course."""
        gone = self.course.state is CourseState.CANCELLED
        return gone or self.lesson.state is LessonState.CANCELLED


@dataclass(frozen=True, slots=True)
class Leaf:
    """One day of the calendar."""

    day: date
    meetings: tuple[Meeting, ...]
    is_today: bool
    is_beside: bool
    """It stands in the grid of a month that is not its own."""
    is_holiday: bool


def leaves(asked: Asked, meetings: Iterable[Meeting], today: date) -> list[Leaf]:
    """Every day that is shown, with its lessons in their order; in a list only days that have
    some."""
    by_day: dict[date, list[Meeting]] = {}
    for one in meetings:
        if asked.kind in ("", one.course.kind.value):
            by_day.setdefault(one.lesson.day, []).append(one)
    days = (asked.first + timedelta(days=n) for n in range((asked.last - asked.first).days + 1))
    return [
        Leaf(
            day,
            _in_order(by_day.get(day, ())),
            day == today,
            asked.view is View.MONTH and day.month != asked.day.month,
            is_holiday(day),
        )
        for day in days
        if asked.view is not View.LIST or day in by_day
    ]


def _in_order(meetings: Sequence[Meeting]) -> tuple[Meeting, ...]:
    return tuple(sorted(meetings, key=lambda one: (one.lesson.at, one.course.title)))
