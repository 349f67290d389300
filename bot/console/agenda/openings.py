"""When a desk gives appointments: the list, the form, and what it gives before it is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from aiohttp import web

from bot.console.agenda.days import today
from bot.console.agenda.labels import DONE
from bot.console.visit import Visit
from bot.group.words import NEEDS
from flows.handoff_model import Need
from flows.hours import Calendar, HoursError, written
from flows.slots import slots_of
from flows.text import Text, _, ngettext
from storage.access import Reach
from storage.appointments import openings
from storage.appointments.model import Opening
from storage.appointments.openings import Wrong, closings, find_opening, find_openings, wrong_in
from storage.audit import Action
from storage.audit import write as write_audit
from storage.database import Connection
from storage.desks import Desk, all_desks

PREVIEW_DAYS = 28
EXAMPLE = "mon-fri 09:00-12:30 14:00-18:00; sat 09:00-12:00"
LONGEST = 60
LONGEST_HOURS = 200
MOST = 100_000
NO_DESK = _("Choose a desk of your office.")
NO_DAY = _("Choose the first day.")
NO_NUMBER = _("Write a number.")
UNREAD = _("This cannot be read: write it like the example.")


@dataclass(frozen=True, slots=True)
class Given:
    """The times an opening gives on one day; none where it is closed, against its week."""

    day: date
    times: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """An opening as it stands in the list."""

    opening: Opening
    desk: str
    week: tuple[Text, ...]
    facts: list[Text]


def desks_of(connection: Connection, office: str, also: str = "") -> dict[str, Desk]:
    """The desks at which somebody of an office meets people, by key; `also` one that is closed."""
    return {
        one.key: one
        for one in all_desks(connection)
        if one.key == also or (one.active and one.office in ("", office))
    }


async def show(visit: Visit) -> web.StreamResponse:
    """Every opening of one's own office."""
    office = visit.operator.office

    def look(connection: Connection) -> tuple[list[Opening], dict[str, Desk]]:
        found = find_openings(connection, office=office, active=None)
        return found, {one.key: one for one in all_desks(connection)}

    found, desks = await visit.room.read(look)
    rows = [_listed(one, desks) for one in found]
    rows.sort(key=lambda row: (not row.opening.active, row.desk, row.opening.first))
    return visit.page(
        "agenda/openings.html", rows=rows, done=DONE.get(visit.request.query.get("done", ""))
    )


def _listed(one: Opening, desks: dict[str, Desk]) -> Listed:
    try:
        week = Calendar.read(one.hours).words()
    except HoursError:  # written by an older hand: its own page says what is wrong
        week = ()
    facts = [ngettext("{count} minute each", "{count} minutes each", one.minutes)]
    if one.at_once > 1:
        facts.append(_("{count} people side by side", count=one.at_once))
    facts += [NEEDS[need] for need in one.needs]
    if one.last is not None:
        facts.append(_("until {day}", day=one.last))
    return Listed(one, desks[one.desk].name if one.desk in desks else "–", week, facts)


async def begin(visit: Visit) -> web.StreamResponse:
    """An empty form, with the hours of the desk."""
    desks = await visit.room.read(lambda c: desks_of(c, visit.operator.office))
    chosen = desks.get(visit.request.query.get("desk", "")) or next(iter(desks.values()), None)
    empty = Opening(
        visit.operator.office,
        "" if chosen is None else chosen.key,
        "" if chosen is None else written(chosen.hours, visit.words.code),
        today(visit),
        30,
    )
    return await _form(visit, empty, desks)


async def one(visit: Visit) -> web.StreamResponse:
    """One opening, to be changed, and the times it gives."""
    opening = await _found(visit)
    desks = await visit.room.read(lambda c: desks_of(c, opening.office, opening.desk))
    return await _form(visit, opening, desks, look=True)


async def _found(visit: Visit) -> Opening:
    id_, office = visit.id("opening"), visit.operator.office
    found = await visit.room.read(lambda connection: find_opening(connection, id_))
    if found is None or found.office != office or not Reach(visit.operator).helps:
        raise web.HTTPNotFound
    return found


async def _form(
    visit: Visit,
    opening: Opening,
    desks: dict[str, Desk],
    wrong: Wrong | None = None,
    *,
    look: bool = False,
) -> web.Response:
    given = await preview(visit, opening) if look and wrong is None else []
    count = sum(len(one.times) for one in given) * opening.at_once
    return visit.page(
        "agenda/opening.html",
        status=422 if wrong else 200,
        opening=opening,
        example=written(EXAMPLE, visit.words.code),
        typed=visit.form,
        desks=desks,
        needs=NEEDS,
        wrong=wrong,
        done=DONE.get(visit.request.query.get("done", "")) if wrong is None else None,
        looked=look and wrong is None,
        given=given,
        count=ngettext("{count} time in four weeks", "{count} times in four weeks", count),
    )


async def preview(visit: Visit, opening: Opening) -> list[Given]:
    """The times of the next four weeks, and the days on which it is closed against its week."""
    closed = await visit.room.read(lambda c: closings(c, [opening.desk]).get(opening.desk, ""))
    try:
        rule = opening.rule(closed)
    except HoursError:
        rule = opening.rule()
    first = max(opening.first, today(visit))
    found = []
    for ahead in range(PREVIEW_DAYS):
        day = first + timedelta(days=ahead)
        times = tuple(f"{one:%H:%M}" for one in slots_of(rule, day))
        if times or (rule.holds_on(day) and rule.calendar.week[day.weekday()]):
            found.append(Given(day, times))
    return found


def _read(visit: Visit, opening: Opening, desks: dict[str, Desk]) -> tuple[Opening, Wrong | None]:
    """The opening as the form says it, and what is wrong with it."""
    wrong: list[Wrong] = []

    def line(name: str, longest: int = LONGEST) -> str:
        return " ".join(visit.value(name, longest=longest).split())

    def number(name: str, least: int = 0) -> int:
        written = visit.value(name, longest=6)
        if written.isascii() and written.isdecimal():
            return min(int(written), MOST)
        wrong.append(Wrong(name, NO_NUMBER))
        return least

    def day(name: str) -> date | None:
        try:
            return date.fromisoformat(visit.value(name, longest=10))
        except ValueError:
            return None

    first = day("first")
    if first is None:
        wrong.append(Wrong("first", NO_DAY))
    if visit.value("desk") not in desks:
        wrong.append(Wrong("desk", NO_DESK))
    given = replace(
        opening,
        desk=visit.value("desk"),
        title=line("title"),
        needs=tuple(need for need in Need if visit.value(f"need.{need.value}")),
        bring=visit.value("bring", longest=300).replace("\r\n", "\n"),
        hours=line("hours", LONGEST_HOURS),
        closed=line("closed", LONGEST_HOURS),
        first=first or opening.first,
        last=day("last"),
        minutes=number("minutes"),
        at_once=number("at_once"),
        lead_hours=number("lead_hours"),
        ahead_days=number("ahead_days"),
        online=visit.value("online") == "1",
    )
    return given, next(iter(wrong), None) or _told(wrong_in(given))


def _told(wrong: Wrong | None) -> Wrong | None:
    """What cannot be read is said shortly: the example stands beside the field."""
    if wrong is None or not wrong.why.literal:
        return wrong
    return Wrong(wrong.field, UNREAD)


async def _keep(visit: Visit, opening: Opening) -> web.StreamResponse:
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now
    desks = await visit.room.read(lambda c: desks_of(c, who.office, opening.desk))
    given, wrong = _read(visit, opening, desks)
    if wrong is not None or visit.value("do") == "look":
        return await _form(visit, given, desks, wrong, look=True)

    def save(connection: Connection) -> Opening | Wrong:
        kept = openings.save_opening(connection, given)
        if isinstance(kept, Opening):
            name = desks[kept.desk].name
            write_audit(connection, vault, now, who.id, Action.OPENING_CHANGED, name)
        return kept

    kept = await visit.room.write(save)
    if isinstance(kept, Wrong):
        return await _form(visit, given, desks, kept)
    return visit.go(f"/openings/{kept.id}?done=opening#given")


async def add(visit: Visit) -> web.StreamResponse:
    """Keep a new opening, or only look at what it would give."""
    return await _keep(visit, Opening(visit.operator.office, "", "", today(visit), 30))


async def change(visit: Visit) -> web.StreamResponse:
    """Change an opening; what is booked stays."""
    return await _keep(visit, await _found(visit))


async def close(visit: Visit) -> web.StreamResponse:
    """Give no more times, or give them again."""
    found = await _found(visit)
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now

    def save(connection: Connection) -> None:
        openings.save_opening(connection, replace(found, active=not found.active))
        write_audit(connection, vault, now, who.id, Action.OPENING_CHANGED, found.title)

    await visit.room.write(save)
    return visit.go(f"/openings?done={'closed' if found.active else 'opened'}")
