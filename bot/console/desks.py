"""The desks, for whoever administers: where posters hang, who answers in the chat, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from aiohttp import web

from bot.console.stepping import choices, read_steps
from bot.console.visit import Access, Page, Visit, get, post
from bot.languages import ROME
from flows.hours import Calendar, HoursError
from flows.position import PositionError, read_position, written_position
from flows.text import Text, _
from storage import desks
from storage.audit import Action
from storage.audit import write as write_audit
from storage.database import Connection
from storage.desks import Desk, find_helpers, new_key
from storage.offices import Listed, all_offices

LONGEST = 60
LONGEST_HOURS = 200
LONGEST_HOW = 300
LONGEST_PHONE = 40
LONGEST_LINK = 400
PHONE = re.compile(r"\+?[\d ()/.-]{3,}")
NO_NAME = _("A desk needs a name: people read it.")
NO_OFFICE = _("Choose an office that is there.")
NO_PHONE = _("This is no phone number: write it like 0362 123 456.")
NO_POSITION = _("This is no place on the map: write two numbers, like 45.6189, 9.2104.")
NO_ANSWER = _("Somebody must answer: write the hours, or nobody knows when.")
DONE = {
    "added": _("The desk is there."),
    "changed": _("What people read of this desk has changed."),
    "closed": _("The desk is closed: its poster leads to a plain start."),
    "opened": _("The desk is open again."),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A desk as it stands in the list: whether somebody answers there, and when the next does."""

    desk: Desk
    answers: bool
    is_open: bool
    next: Text | None


async def show(visit: Visit) -> web.StreamResponse:
    """Every desk."""
    return await _list(visit, done=DONE.get(visit.request.query.get("done", "")))


async def _list(
    visit: Visit, *, done: Text | None = None, wrong: Text | None = None, typed: Desk | None = None
) -> web.Response:
    def look(connection: Connection) -> tuple[list[Desk], set[str], list[Listed]]:
        helpers = {one.key for one in find_helpers(connection)}
        return desks.all_desks(connection), helpers, all_offices(connection)

    found, helpers, offices = await visit.room.read(look)
    local = visit.room.now.astimezone(ROME).replace(tzinfo=None)
    return visit.page(
        "desks.html",
        status=422 if wrong else 200,
        desks=[_shown(one, one.key in helpers, local) for one in found],
        offices={one.office.key: one.office.name for one in offices},
        typed=typed,
        position=_position(visit, typed),
        steps=choices(typed.steps if typed else None),
        done=done,
        wrong=wrong,
    )


def _shown(one: Desk, answers: bool, local: datetime) -> Shown:
    try:
        calendar = Calendar.read(one.hours, one.closed)
    except HoursError:  # written by an older hand: the page of the desk says what is wrong
        return Shown(one, answers, False, None)
    opens = calendar.next_open(local)
    words = None if opens is None else _("Next: {moment}.", moment=opens)
    return Shown(one, answers, calendar.is_open(local), words)


def _given(visit: Visit, desk: Desk) -> tuple[Desk, Text | None]:
    """The desk as the form says it, and what is wrong with it. Only these fields are looked at."""

    def line(name: str, longest: int = LONGEST) -> str:
        return " ".join(visit.value(name, longest=longest).split())

    given = replace(
        desk,
        name=line("name"),
        territory=line("territory"),
        office=line("office"),
        hours=line("hours", LONGEST_HOURS),
        closed=line("closed", LONGEST_HOURS),
        place=line("place", LONGEST_HOURS),
        talks=visit.value("talks") == "1",
        how=visit.value("how", longest=LONGEST_HOW).replace("\r\n", "\n"),
        phone=line("phone", LONGEST_PHONE),
        steps=read_steps(visit),
    )
    given, wrong = _placed(given, visit.value("position", longest=LONGEST_LINK))
    if given.phone and not PHONE.fullmatch(given.phone):
        wrong = NO_PHONE
    if not given.name:
        wrong = NO_NAME
    for written, read in ((given.hours, (given.hours, "")), (given.closed, ("", given.closed))):
        try:
            Calendar.read(*read)
        except HoursError as error:
            wrong = _unread(written, error.where)
    if wrong is None and given.talks and not given.hours:
        wrong = NO_ANSWER
    return given, wrong


def _placed(desk: Desk, written: str) -> tuple[Desk, Text | None]:
    """The desk where the map has it, and what is wrong with what was written."""
    try:
        latitude, longitude = read_position(written) or (None, None)
    except PositionError:
        return desk, NO_POSITION
    return replace(desk, latitude=latitude, longitude=longitude), None


def _position(visit: Visit, desk: Desk | None) -> str:
    """What stands in the field: what was typed, also where nobody could read it."""
    if "position" in visit.form or desk is None:
        return visit.value("position", longest=LONGEST_LINK)
    return written_position(desk.latitude, desk.longitude)


def _unread(written: str, where: int) -> Text:
    return _(
        "This cannot be read, from “{part}” on: write it like the example.",
        part=written[where:][:30] or written[-30:],
    )


async def _save(visit: Visit, given: Desk) -> Text | None:
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now

    def save(connection: Connection) -> Text | None:
        keys = {one.office.key for one in all_offices(connection)}
        if given.office and given.office not in keys:
            return NO_OFFICE
        desks.save_desk(connection, given)
        write_audit(connection, vault, now, who.id, Action.DESK_CHANGED, given.name)
        return None

    wrong = await visit.room.write(save)
    if wrong is None:
        await visit.room.on_offices_changed()
    return wrong


async def add(visit: Visit) -> web.StreamResponse:
    """Add a desk."""
    empty = Desk(new_key(), "", "", True, visit.room.now.date())
    given, wrong = _given(visit, empty)
    wrong = wrong or await _save(visit, given)
    if wrong is not None:
        return await _list(visit, wrong=wrong, typed=given)
    return visit.go("/desks?done=added")


async def _found(visit: Visit) -> Desk:
    key = visit.request.match_info["key"]
    found = await visit.room.read(desks.all_desks)
    one = next((desk for desk in found if desk.key == key), None)
    if one is None:
        raise web.HTTPNotFound
    return one


async def one(visit: Visit) -> web.StreamResponse:
    """One desk, to be changed."""
    return await _one(visit, await _found(visit))


async def _one(visit: Visit, desk: Desk, wrong: Text | None = None) -> web.Response:
    offices = await visit.room.read(all_offices)
    try:
        week = Calendar.read(desk.hours, desk.closed).words()
    except HoursError:
        week = ()
    return visit.page(
        "desk.html",
        status=422 if wrong else 200,
        desk=desk,
        week=week,
        position=_position(visit, desk),
        steps=choices(desk.steps),
        offices={one.office.key: one.office.name for one in offices},
        wrong=wrong,
    )


async def change(visit: Visit) -> web.StreamResponse:
    """Change what is said of a desk."""
    given, wrong = _given(visit, await _found(visit))
    wrong = wrong or await _save(visit, given)
    return visit.go("/desks?done=changed") if wrong is None else await _one(visit, given, wrong)


async def close(visit: Visit) -> web.StreamResponse:
    """Close a desk, or open it again."""
    found = await _found(visit)
    wrong = await _save(visit, replace(found, active=not found.active))
    if wrong is not None:
        return await _one(visit, found, wrong)
    return visit.go(f"/desks?done={'closed' if found.active else 'opened'}")


PAGES: tuple[Page, ...] = (
    get("/desks", Access.ADMINISTRATOR, show),
    post("/desks", Access.ADMINISTRATOR, add),
    get("/desks/{key}", Access.ADMINISTRATOR, one),
    post("/desks/{key}", Access.ADMINISTRATOR, change),
    post("/desks/{key}/close", Access.ADMINISTRATOR, close),
)
