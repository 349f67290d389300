"""Books a time for somebody: from their case or from a conversation, at a desk or elsewhere."""

from __future__ import annotations

from aiohttp import web

from bot.console.agenda import times
from bot.console.agenda.times import USUAL, free_days, offering, read_time
from bot.console.agenda.whom import Whom, find_whom
from bot.console.people import people
from bot.console.visit import Visit
from bot.group.words import NEEDS
from flows.handoff_model import Need
from flows.text import Text
from storage.appointments.booking import book
from storage.appointments.model import NO_WORDS, Appointment, Body
from storage.audit import Action
from storage.audit import write as write_audit
from storage.database import Connection

LONGEST = 200
LONGEST_WORDS = 500
WRITTEN = ("what", "place", "how", "bring", "note")
"""The fields into which somebody writes; `note` is for colleagues, the person reads the others."""


async def begin(visit: Visit) -> web.StreamResponse:
    """The form, with the free times of a desk."""
    query = visit.request.query
    whom = await find_whom(visit, query.get("case", ""), query.get("talk", ""))
    return await _form(visit, whom)


async def add(visit: Visit) -> web.StreamResponse:
    """Book it; where somebody was quicker, the form comes again with all that was typed."""
    whom = await find_whom(visit, visit.value("case"), visit.value("talk"))
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now

    def change(connection: Connection) -> Appointment | Text:
        when = read_time(connection, visit, who.office)
        if isinstance(when, Text):
            return when
        made = book(
            connection,
            vault,
            opening=when.opening,
            office=who.office,
            desk=whom.desk,
            day=when.day,
            at=when.at,
            minutes=when.minutes,
            person_id=whom.person_id,
            contact_id=whom.contact_id,
            need=chosen_need(visit, whom.need),
            body=body_of(visit),
            operator_id=who.id,
            meets=meets_of(visit, colleagues),
            now=now,
        )
        if made is None:
            return times.PAST if when.opening is None else times.TAKEN
        write_audit(connection, vault, now, who.id, Action.APPOINTMENT_CHANGED, made.designation)
        return made

    staff = await people(visit)
    colleagues = {one.id for one in staff.of_office(who.office)}
    made = await visit.room.write(change)
    if isinstance(made, Text):
        return await _form(visit, whom, made)
    return visit.go(f"/appointments/{made.id}?done={'booked' if whom.is_told else 'noted'}")


async def _form(visit: Visit, whom: Whom, wrong: Text | None = None) -> web.Response:
    office, now = visit.operator.office, visit.room.now
    asked = visit.form or visit.request.query
    need = next((one for one in Need if one.value == asked.get("need", "")), whom.need)

    def look(connection: Connection) -> tuple[dict[str, str], str, list[times.Day]]:
        desks = offering(connection, office)
        desk = next((key for key in (asked.get("desk", ""), whom.desk) if key in desks), "")
        desk = desk or next(iter(desks), "")
        free = free_days(connection, office, desk, need, now) if desk else []
        return {key: one.name for key, one in desks.items()}, desk, free

    desks, desk, days = await visit.room.read(look)
    staff = await people(visit)
    return visit.page(
        "agenda/new.html",
        status=409 if wrong is times.TAKEN else 422 if wrong else 200,
        whom=whom,
        desks=desks,
        desk=desk,
        need=need.value,
        needs=NEEDS,
        days=days,
        typed=visit.form,
        written=body_of(visit),
        no_words=NO_WORDS,
        wrong=wrong,
        usual=USUAL,
        colleagues=staff.of_office(office),
    )


def chosen_need(visit: Visit, otherwise: Need) -> Need:
    """What it is about."""
    return next((one for one in Need if one.value == visit.value("need")), otherwise)


def meets_of(visit: Visit, colleagues: set[int]) -> int | None:
    """Who will meet them, where somebody of the office was chosen."""
    number = visit.number("meets")
    return number if number in colleagues else None


def body_of(visit: Visit) -> Body:
    """The words of the form."""

    def words(name: str, longest: int) -> str:
        return visit.value(name, longest=longest).replace("\r\n", "\n")

    return Body(
        words("what", LONGEST),
        words("place", LONGEST),
        words("how", LONGEST_WORDS),
        words("bring", LONGEST_WORDS),
        words("note", LONGEST_WORDS),
    )
