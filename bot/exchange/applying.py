"""Takes what was read from a file into the courses of an office: all of it, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from bot.exchange.cells import decoded
from bot.exchange.columns import COLUMNS, plain_name
from bot.exchange.draft import Change, Draft
from bot.exchange.mistakes import FileError, Mistake
from bot.exchange.table import read_table
from flows.calendar_model import CourseKind, CourseState, LessonState
from flows.repetition import Repetition, RepetitionError
from flows.text import Text, _
from storage.courses.editing import cancel_course, open_course, save_course
from storage.courses.finding import find_by_ref, lessons_of
from storage.courses.lessons import cancel_lesson, move_lesson
from storage.courses.model import Course, CourseForm, Lesson
from storage.database import Connection
from storage.desks import Desk, all_desks
from storage.vault import Vault

_CALENDAR = re.compile(r"\s*BEGIN:VCALENDAR", re.IGNORECASE)
_NAMES = {column.field: column.name for column in COLUMNS}


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds where a file does not say it; `opens`: people may see new courses at once."""

    office: str
    desk: str = ""
    kind: CourseKind | None = None
    seats: int | None = None
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file came to: titles of courses that are new, changed, the same, or called off."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    same: tuple[str, ...]
    cancelled: tuple[str, ...]


def read_file(content: bytes) -> tuple[Draft, ...]:
    """The courses of a table or a calendar.

    Raises:
        FileError: with every mistake there is, by line and field.
    """
    from bot.exchange.ical import read_calendar  # here: it would cost every start some time

    text = decoded(content)
    return read_calendar(text) if _CALENDAR.match(text) else read_table(text)


def bring_in(
    connection: Connection,
    vault: Vault,
    drafts: Sequence[Draft],
    defaults: Defaults,
    *,
    operator_id: int,
    now: datetime,
) -> Brought:
    """Keep every course of a file; one that was brought before is changed and not added again.

    What a file does not say of a known course stays as it is.

    Raises:
        FileError: something cannot be kept; whoever called undoes the transaction.
    """
    mine = ("", defaults.office)
    desks = [one for one in all_desks(connection) if one.active and one.office in mine]
    bringing = _Bringing(connection, vault, defaults, desks, operator_id, now)
    for draft in drafts:
        bringing.take(draft)
    if bringing.mistakes:
        raise FileError(tuple(bringing.mistakes))
    told = bringing.told
    return Brought(*(tuple(told[name]) for name in ("added", "changed", "same", "cancelled")))


class _Bringing:
    """One file on its way in."""

    def __init__(
        self,
        connection: Connection,
        vault: Vault,
        defaults: Defaults,
        desks: Sequence[Desk],
        operator_id: int,
        now: datetime,
    ) -> None:
        self.connection, self.vault, self.defaults = connection, vault, defaults
        self.desks, self.operator_id, self.now = desks, operator_id, now
        self.mistakes: list[Mistake] = []
        self.told: dict[str, list[str]] = {
            name: [] for name in ("added", "changed", "same", "cancelled")
        }

    def take(self, draft: Draft) -> None:
        """Keep one course, or remember why not."""
        ref = str(draft.fields["ref"])
        known = find_by_ref(self.connection, self.defaults.office, ref)
        form = self._form(draft, known)
        if form is None:
            return
        kept, told = known, "same"
        if known is None or form != form_of(known):
            kept, told = self._save(draft, form, known), "changed" if known else "added"
        if kept is None:
            return
        if self._change_lessons(draft, kept, is_new=known is None) and told == "same":
            told = "changed"
        if draft.cancelled and kept.state is not CourseState.CANCELLED:
            cancel_course(self.connection, self.vault, kept.id, self.now)
            told = "cancelled"
        elif told == "added" and self.defaults.opens:
            open_course(self.connection, self.vault, kept.id, self.now)
        self.told[told].append(kept.title)

    def _form(self, draft: Draft, known: Course | None) -> CourseForm | None:
        """The form of a course, from what was known, what is said, and what holds anyway."""
        values: dict[str, Any] = {} if known is None else _values(form_of(known))
        if known is None:
            values |= {"desk": self.defaults.desk}
            if self.defaults.seats is not None:
                values["seats"] = self.defaults.seats
            if self.defaults.kind is not None:
                values["kind"] = self.defaults.kind
        values |= draft.fields
        missing = [name for name in ("kind", "seats") if name not in values]
        for name in missing:
            self._wrong(draft, name, _("The file does not say it: choose it for all courses."))
        desk = self._desk(str(values.get("desk", "")), known)
        if desk is None:
            self._wrong(draft, "desk", _("This office has no such desk."))
        if missing or desk is None:
            return None
        return CourseForm(**(values | {"desk": desk, "rule": _plain_rule(values.get("rule", ""))}))

    def _desk(self, said: str, known: Course | None) -> str | None:
        """The key of a desk of this office, or of every office, by its key or name; nothing where
        none is said. A course stays where it is, whatever became of its desk."""
        if not said or (known is not None and said == known.desk):
            return said
        wanted = plain_name(said)
        keys = [one.key for one in self.desks if one.key == said or plain_name(one.name) == wanted]
        return keys[0] if len(keys) == 1 else None

    def _save(self, draft: Draft, form: CourseForm, known: Course | None) -> Course | None:
        saved = save_course(
            self.connection,
            self.vault,
            form,
            office=self.defaults.office,
            operator_id=self.operator_id,
            now=self.now,
            course_id=None if known is None else known.id,
        )
        if saved.course is None:
            self._wrong(draft, saved.field, saved.why or _("This cannot be kept."))
        return saved.course

    def _change_lessons(self, draft: Draft, course: Course, *, is_new: bool) -> bool:
        """Move or drop single lessons as the file says; whether anything is other than before.

        Of a course that is new here nobody was at a lesson: what was changed before stands too.
        """
        lessons = {one.planned: one for one in lessons_of(self.connection, course.id)}
        changed = False
        for change in draft.changes:
            lesson = lessons.get(change.planned.isoformat(timespec="minutes"))
            if lesson is None:
                why = _("The series has no lesson at this moment.")
                self.mistakes.append(Mistake(change.line, "RECURRENCE-ID", why))
            elif not _is_so(lesson, change):
                now = min(self.now, lesson.starts) if is_new else self.now
                changed |= self._change(change, lesson, now)
        return changed

    def _change(self, change: Change, lesson: Lesson, now: datetime) -> bool:
        if change.starts is None:
            field, why = "STATUS", cancel_lesson(self.connection, self.vault, lesson.id, now)
        else:
            day, at = change.starts.date(), change.starts.time()
            field, why = (
                "DTSTART",
                move_lesson(
                    self.connection, self.vault, lesson.id, day, at, now, minutes=change.minutes
                ),
            )
        if why is not None:
            self.mistakes.append(Mistake(change.line, field, why))
        return why is None

    def _wrong(self, draft: Draft, field: str, why: Text) -> None:
        line = draft.lines.get(field, draft.line)
        self.mistakes.append(Mistake(line, _NAMES.get(field, field), why))


def _plain_rule(rule: str) -> str:
    """The rule as it is kept, however it was written; one that is wrong stays as it is."""
    try:
        return str(Repetition.read(rule))
    except RepetitionError:
        return rule


def _is_so(lesson: Lesson, change: Change) -> bool:
    is_off = lesson.state is LessonState.CANCELLED
    if change.starts is None or is_off:
        return is_off and change.starts is None
    return lesson.local == change.starts and lesson.minutes == change.minutes


def _values(form: CourseForm) -> dict[str, Any]:
    return {one.name: getattr(form, one.name) for one in fields(CourseForm)}


def form_of(course: Course) -> CourseForm:
    """The form of a course that is kept."""
    return CourseForm(**{one.name: getattr(course, one.name) for one in fields(CourseForm)})
