"""A course as it is written: a new one, one like another, and one that is there."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.console.courses.fields import Typed
from bot.console.courses.form import (
    LABELS,
    LANGUAGE,
    NEW,
    Given,
    copy_of,
    read_form,
    step_choices,
    steps_of,
    typed_of,
)
from bot.console.courses.labels import KINDS
from bot.console.courses.repeating import ENDINGS, REPEATS, WEEKDAYS
from bot.console.drafts import Kind
from bot.console.languages import tongues
from bot.console.visit import Visit, number_of
from flows.calendar_model import LEVELS, LessonState
from flows.text import Text, _, verbatim
from storage.access import course_for_operator
from storage.audit import Action
from storage.audit import write as write_audit
from storage.courses.editing import Saved, save_course
from storage.courses.finding import lessons_of
from storage.courses.model import Course, CourseForm
from storage.database import Connection
from storage.desks import Desk, all_desks

PREVIEW = "preview"
NEW_PLACE = "new"
ONCE = "courses begun"
MOST_ONCE = 50
ONCE_BYTES = 12
TITLES = (_("New course"), _("Change the course"))
FIELD_OF = {"latitude": "position", "longitude": "position", "rule": "every"}
"""The fields of the form that the storage calls otherwise."""
CLASH = _(
    "Somebody changed this course while you wrote. Nothing was kept: look at it in another "
    "window; if you keep it again, what stands here holds."
)


# -- what is typed and not kept yet


def _draft(visit: Visit, place: str) -> Typed:
    key = visit.signed_in.key
    if key is None:
        raise web.HTTPForbidden
    drafts, me, now = visit.room.drafts, visit.operator.id, visit.room.now
    kept = drafts.find(me, key, f"course {place}", Kind.SHEET, now)
    try:
        found = json.loads(kept) if kept else {}
    except ValueError:
        return Typed()
    return Typed({str(name): str(value) for name, value in found.items()})


async def keep_typed(visit: Visit) -> web.StreamResponse:
    """Keep what somebody is typing into the form, sealed to themselves."""
    key = visit.signed_in.key
    if key is None:
        raise web.HTTPForbidden
    drafts, me, now = visit.room.drafts, visit.operator.id, visit.room.now
    drafts.sweep(now)
    place = visit.value("draft", longest=20)
    typed = json.dumps({k: v for k, v in visit.form.items() if v}, ensure_ascii=False)
    drafts.keep(me, key, f"course {place}", Kind.SHEET, typed, now)
    return web.Response(status=204)


async def drop_typed(visit: Visit) -> web.StreamResponse:
    """Throw away what was typed and not kept."""
    place, number = visit.value("place", longest=20), visit.number("place")
    _drop(visit, place)
    return visit.go("/courses/new" if number is None else f"/courses/{number}/edit")


def _drop(visit: Visit, place: str) -> None:
    visit.room.drafts.drop(visit.operator.id, f"course {place}", Kind.SHEET)


# -- the page


async def begin(visit: Visit) -> web.StreamResponse:
    """An empty form, the one that was not finished, or one filled like another course."""
    like = number_of(visit.request.query.get("copy", ""))
    if like is not None:
        return await _page(visit, copy_of(await found(visit, like)))
    draft = _draft(visit, NEW_PLACE)
    return await _page(visit, draft or Typed(NEW), again=bool(draft))


async def edit(visit: Visit) -> web.StreamResponse:
    """The form of a course that is there."""
    course = await found(visit, visit.id("course"), to_change=True)
    draft = _draft(visit, str(course.id))
    return await _page(visit, draft or typed_of(course), course=course, again=bool(draft))


async def found(visit: Visit, id_: int, *, to_change: bool = False) -> Course:
    """A course, for whoever may see or change it.

    Raises:
        web.HTTPNotFound: it is not there for whoever asks.
    """
    who = visit.operator
    course = await visit.room.read(
        lambda connection: course_for_operator(connection, who, id_, to_change=to_change)
    )
    if course is None:
        raise web.HTTPNotFound
    return course


async def _desks(visit: Visit, course: Course | None) -> list[Desk]:
    """The desks a course can be at: those of the office, and where it is now."""
    mine, now = ("", visit.operator.office), "" if course is None else course.desk
    desks = await visit.room.read(all_desks)
    return [one for one in desks if one.key == now or (one.active and one.office in mine)]


async def _given(visit: Visit, typed: Mapping[str, str], course: Course | None) -> Given:
    known = {one.key for one in await _desks(visit, course)}
    return read_form(typed, desks=known, languages=tongues(visit).names, before=course)


async def _page(
    visit: Visit,
    typed: Typed,
    *,
    course: Course | None = None,
    given: Given | None = None,
    wrong: Mapping[str, Text] | None = None,
    again: bool = False,
) -> web.Response:
    desks, names = await _desks(visit, course), tongues(visit).names
    typed["once"] = typed["once"] or secrets.token_urlsafe(ONCE_BYTES)
    shown: dict[str, Any] = {"days": None, "skipped": ()}
    if given is not None and given.preview is not None:
        shown = {"days": given.preview.days, "skipped": given.preview.skipped}
    return visit.page(
        "courses/form.html",
        status=422 if wrong else 200,
        course=course,
        title=TITLES[course is not None],
        action="/courses/new" if course is None else f"/courses/{course.id}/edit",
        draft=NEW_PLACE if course is None else str(course.id),
        typed=typed,
        wrong=wrong or {},
        again=again,
        labels=LABELS,
        kinds=[(one.value, name) for one, name in KINDS.items()],
        levels=[(one, verbatim(one or "–")) for one in LEVELS],
        repeats=REPEATS,
        endings=ENDINGS,
        weekdays=WEEKDAYS,
        desks=[("", _("No desk")), *((one.key, verbatim(one.name)) for one in desks)],
        languages=names,
        spoken=sum(f"{LANGUAGE}{code}" in typed for code in names),
        own_steps=steps_of(typed),
        steps=step_choices(course),
        by_hand=False if course is None else await _changed_by_hand(visit, course),
        **shown,
    )


async def _changed_by_hand(visit: Visit, course: Course) -> bool:
    lessons = await visit.room.read(lambda connection: lessons_of(connection, course.id))
    return any(one.state is not LessonState.PLANNED for one in lessons)


# -- keeping it


async def add(visit: Visit) -> web.StreamResponse:
    """Keep a new course; sent twice, it is one."""
    begun = visit.signed_in.drafts.setdefault(ONCE, {})
    assert isinstance(begun, dict)
    once, typed = visit.value("once", longest=40), Typed(visit.form)
    if once not in begun:
        given = await _given(visit, typed, None)
        if given.course is None or visit.value("do") == PREVIEW:
            return await _again(visit, typed, given, None)
        saved = await _save(visit, given.course, None, None)
        if saved.course is None:
            return await _page(visit, typed, given=given, wrong=_why(saved))
        while len(begun) >= MOST_ONCE:
            begun.pop(next(iter(begun)))
        begun[once] = saved.course.id
        _drop(visit, NEW_PLACE)
    return visit.go(f"/courses/{begun[once]}?done=added")


async def change(visit: Visit) -> web.StreamResponse:
    """Keep a course that was changed; what two wrote at the same time is never lost unseen."""
    course = await found(visit, visit.id("course"), to_change=True)
    typed = Typed(visit.form)
    given = await _given(visit, typed, course)
    if given.course is None or visit.value("do") == PREVIEW:
        return await _again(visit, typed, given, course)
    written = visit.value("version")
    version = int(written) if written.isdecimal() and len(written) < 10 else -1
    saved = await _save(visit, given.course, course.id, version)
    if saved.course is None:
        course = await found(visit, course.id, to_change=True)
        typed["version"] = str(course.version)
        return await _page(visit, typed, course=course, given=given, wrong=_why(saved))
    _drop(visit, str(course.id))
    return visit.go(f"/courses/{course.id}?done=changed")


async def _again(visit: Visit, typed: Typed, given: Given, course: Course | None) -> web.Response:
    """The form again: with the days it leads to, or with what is not right yet."""
    if visit.value("do") != PREVIEW:
        return await _page(visit, typed, course=course, given=given, wrong=given.wrong)
    of_days = ("first", "starts", "minutes", "every", "step", "until", "times", "except", "also")
    wrong = {name: why for name, why in given.wrong.items() if name in of_days}
    return await _page(visit, typed, course=course, given=given, wrong=wrong)


def _why(saved: Saved) -> dict[str, Text]:
    """Why the storage did not take a form, at the field it is about."""
    if saved.why is None or saved.field == "version":
        return {"": CLASH}
    return {FIELD_OF.get(saved.field, saved.field): saved.why}


async def _save(
    visit: Visit, form: CourseForm, course_id: int | None, version: int | None
) -> Saved:
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now

    def save(connection: Connection) -> Saved:
        saved = save_course(
            connection,
            vault,
            form,
            office=who.office,
            operator_id=who.id,
            now=now,
            course_id=course_id,
            version=version,
        )
        if saved.course is not None:
            write_audit(connection, vault, now, who.id, Action.COURSE_CHANGED, saved.course.title)
        return saved

    return await visit.room.write(save)
