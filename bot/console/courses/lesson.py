"""One lesson: who was there, in ten seconds on a phone; and how it is moved or cancelled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot.console.courses.deeds import LEAST_MINUTES, LONGEST_PLACE, MOST_MINUTES
from bot.console.courses.fields import Fields
from bot.console.courses.labels import DONE, LESSON_STATES, PRESENCES, REPLIES
from bot.console.courses.telling import can_tell
from bot.console.visit import Visit
from flows.calendar_model import CourseState, LessonState, Presence, Reply
from flows.text import Text, _, ngettext, pgettext
from storage.access import course_for_operator, roll_for_operator
from storage.audit import Action
from storage.audit import write as write_audit
from storage.courses.attending import mark
from storage.courses.finding import counts, find_lesson, roll
from storage.courses.lessons import HELD, OVER, cancel_lesson, move_lesson, restore_lesson
from storage.courses.model import Counts, Course, Lesson, Rolled
from storage.database import Connection
from storage.desks import Desk, all_desks
from storage.instants import wall

FIELD = "p."
MOST_AT_ONCE = 120
"""So many people stand on one page of the roll: a form has only so many fields."""
LETTERS: dict[Presence, Text] = {
    Presence.PRESENT: pgettext("present", "P"),
    Presence.ABSENT: pgettext("absent", "A"),
    Presence.EXCUSED: pgettext("excused", "E"),
}
Change = Callable[[Connection, Lesson], Text | None]
GONE = _("This lesson is cancelled, or not there any more.")


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody on the roll; `chosen` is what stands in the form before anybody taps."""

    rolled: Rolled
    chosen: Presence
    reply: Text | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A lesson of the office's own, with its course and its roll."""

    lesson: Lesson
    course: Course
    rolled: list[Rolled]
    counts: Counts
    desk: Desk | None


async def show(visit: Visit) -> web.StreamResponse:
    """Show a lesson; who reads the names is written down first."""
    return await _page(visit)


async def _opened(visit: Visit) -> Opened:
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now
    id_ = visit.id("lesson")

    def look(connection: Connection) -> Opened | None:
        lesson, course = _own(visit, connection, id_)
        found = roll_for_operator(connection, vault, who, id_, now)
        if found is None:
            return None
        desks = {one.key: one for one in all_desks(connection)}
        seats = counts(connection, [course.id])[course.id]
        return Opened(lesson, course, found, seats, desks.get(course.desk))

    opened = await visit.room.write(look)
    if opened is None:
        raise web.HTTPNotFound
    return opened


def _own(visit: Visit, connection: Connection, lesson_id: int) -> tuple[Lesson, Course]:
    """A lesson whose course is the operator's to change."""
    lesson = find_lesson(connection, lesson_id)
    course = None
    if lesson is not None:
        who = visit.operator
        course = course_for_operator(connection, who, lesson.course_id, to_change=True)
    if lesson is None or course is None:
        raise web.HTTPNotFound
    return lesson, course


async def _page(visit: Visit, wrong: Text | None = None, form: str = "") -> web.Response:
    opened, told = await _opened(visit), visit.request.query.get("done", "")
    lesson, course = opened.lesson, opened.course
    today = wall(visit.room.now, course.zone).date()
    pages = max(1, -(-len(opened.rolled) // MOST_AT_ONCE))
    page = visit.page_number(pages)
    rows = [_row(one, _is_taken(opened.rolled)) for one in opened.rolled]
    fixed = _fixed(opened, visit.room.now)
    form = form if fixed is None else ""
    return visit.page(
        "courses/lesson.html",
        status=422 if wrong else 200,
        lesson=lesson,
        course=course,
        place=lesson.place
        or course.place
        or (opened.desk.place or opened.desk.name if opened.desk else ""),
        rows=rows[(page - 1) * MOST_AT_ONCE : page * MOST_AT_ONCE],
        taken=_is_taken(opened.rolled),
        summary=_summary(opened.rolled),
        can_take=lesson.state is not LessonState.CANCELLED and lesson.day <= today,
        can_change=course.state is not CourseState.CANCELLED,
        fixed=fixed,
        is_ahead=lesson.starts > visit.room.now,
        letters=LETTERS,
        presences=PRESENCES,
        states=LESSON_STATES,
        typed=lambda name, otherwise: visit.form.get(name, otherwise) if form else otherwise,
        form=form,
        wrong=wrong,
        page=page,
        pages=pages,
        way=f"/courses/lessons/{lesson.id}",
        can_tell=can_tell(visit) and _is_to_tell(opened, visit.room.now),
        done=None if wrong else DONE.get(told),
    )


def _is_to_tell(opened: Opened, now: datetime) -> bool:
    """Whether there is a change that people who have a seat could still be told of."""
    changed = opened.lesson.state is not LessonState.PLANNED
    return changed and opened.lesson.ends > now and opened.counts.taken > 0


def _fixed(opened: Opened, now: datetime) -> Text | None:
    """Why the lesson is neither moved nor called off any more."""
    if _is_taken(opened.rolled):
        return HELD
    return OVER if opened.lesson.ends <= now else None


def _is_taken(rolled: list[Rolled]) -> bool:
    return any(one.presence is not Presence.UNSAID for one in rolled)


def _row(one: Rolled, taken: bool) -> Row:
    chosen = one.presence
    if chosen is Presence.UNSAID and not taken:
        chosen = Presence.EXCUSED if one.reply is Reply.CANNOT else Presence.PRESENT
    reply = REPLIES.get(one.reply)
    if one.reply is Reply.LATE and one.late_minutes:
        reply = _("says: {minutes} minutes late", minutes=one.late_minutes)
    return Row(one, chosen, reply)


def _summary(rolled: list[Rolled]) -> Text:
    """How many were there, where it was taken; otherwise what people said."""
    if _is_taken(rolled):
        said = [one.presence for one in rolled]
        return _(
            "{present} present, {absent} absent, {excused} excused",
            present=said.count(Presence.PRESENT),
            absent=said.count(Presence.ABSENT),
            excused=said.count(Presence.EXCUSED),
        )
    cannot = sum(one.reply is Reply.CANNOT for one in rolled)
    many = ngettext("{count} on the list", "{count} on the list", len(rolled))
    return _("{many}, {cannot} say they cannot come", many=many, cannot=cannot) if cannot else many


async def take(visit: Visit) -> web.StreamResponse:
    """Keep who was there: those of the form, and nobody else."""
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now
    id_ = visit.id("lesson")
    chosen = {
        name.removeprefix(FIELD): value
        for name, value in visit.form.items()
        if name.startswith(FIELD) and value in {one.value for one in PRESENCES}
    }

    def change(connection: Connection) -> bool:
        lesson, course = _own(visit, connection, id_)
        if lesson.state is LessonState.CANCELLED or lesson.day > wall(now, course.zone).date():
            return False
        for one in roll(connection, vault, id_):
            said = chosen.get(str(one.enrolment.id))
            if said is not None and said != one.presence.value:
                mark(connection, id_, one.enrolment.id, Presence(said), who.id)
        write_audit(connection, vault, now, who.id, Action.ATTENDANCE_TAKEN, course.title)
        return True

    if not await visit.room.write(change):
        return await _page(visit, GONE)
    return visit.go(f"/courses/lessons/{id_}?done=kept")


async def move(visit: Visit) -> web.StreamResponse:
    """Let the lesson take place at another moment, or somewhere else."""
    vault, now, fields = visit.room.database.vault, visit.room.now, Fields(visit.form)
    day, at = fields.day("day"), fields.clock("at")
    minutes = fields.number("minutes", LEAST_MINUTES, MOST_MINUTES)
    place = fields.line("place", LONGEST_PLACE)

    def change(connection: Connection, lesson: Lesson) -> Text | None:
        if fields.wrong or day is None or at is None:
            return next(iter(fields.wrong.values()))
        more = {"minutes": minutes, "place": place}
        return move_lesson(connection, vault, lesson.id, day, at, now, **more)  # type: ignore[arg-type]

    return await _change(visit, change, form="move", done="moved")


async def cancel(visit: Visit) -> web.StreamResponse:
    """Call the lesson off."""
    vault, now = visit.room.database.vault, visit.room.now
    return await _change(
        visit,
        lambda connection, one: cancel_lesson(connection, vault, one.id, now),
        form="",
        done="cancelled",
    )


async def restore(visit: Visit) -> web.StreamResponse:
    """Let a lesson that was called off take place after all."""
    vault, now = visit.room.database.vault, visit.room.now
    return await _change(
        visit,
        lambda connection, one: None if restore_lesson(connection, vault, one.id, now) else GONE,
        form="",
        done="restored",
    )


async def _change(visit: Visit, change: Change, *, form: str, done: str) -> web.StreamResponse:
    """Change the lesson of the address, or show its page again with what was typed."""
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now
    id_ = visit.id("lesson")

    def changing(connection: Connection) -> Text | None:
        lesson, course = _own(visit, connection, id_)
        why = change(connection, lesson)
        if why is None:
            write_audit(connection, vault, now, who.id, Action.COURSE_CHANGED, course.title)
        return why

    why = await visit.room.write(changing)
    if why is not None:
        return await _page(visit, why, form)
    return visit.go(f"/courses/lessons/{id_}?done={done}")
