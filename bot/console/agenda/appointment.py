"""One appointment: what it is, what the person said, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from aiohttp import web

from bot.console.agenda import times
from bot.console.agenda.booking import body_of, meets_of
from bot.console.agenda.labels import DONE, NOTICES, REMINDER, STEPS
from bot.console.agenda.lines import chip_of
from bot.console.agenda.times import Day, free_days, offering, read_time
from bot.console.people import people
from bot.console.visit import Visit
from bot.group.words import NEEDS
from flows.calendar_model import AppointmentState, Subject
from flows.text import Text, _
from storage.access import Reach, appointment_for_operator, talk_for_operator
from storage.agenda import Message, messages_of
from storage.appointments import booking
from storage.appointments.model import PERSON, Appointment
from storage.cases.finding import find_contact
from storage.database import Connection
from storage.handoffs.finding import find_of_person

MEANWHILE = _("Nothing was changed: it stands as you see it here. Perhaps a colleague was quicker.")

Deed = Callable[[Connection, Appointment], object]


class RefusedError(Exception):
    """A deed was not done: the transaction is undone, and the page says why."""

    def __init__(self, words: Text) -> None:
        super().__init__()
        self.words = words


async def show(visit: Visit) -> web.StreamResponse:
    """Show an appointment; that its words were opened is written down first."""
    return await _page(visit)


async def _opened(visit: Visit) -> Appointment:
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now
    id_ = visit.id("appointment")
    found = await visit.room.write(lambda c: appointment_for_operator(c, vault, who, id_, now))
    if found is None:
        raise web.HTTPNotFound
    return found


async def _page(visit: Visit, wrong: Text | None = None, form: str = "") -> web.Response:
    found, staff = await _opened(visit), await people(visit)
    now, office = visit.room.now, visit.operator.office

    def look(connection: Connection) -> tuple[list[Day], list[Message], list[str]]:
        free: list[Day] = []
        if found.is_booked and found.desk in offering(connection, office):
            free = free_days(connection, office, found.desk, found.need, now)
        told = messages_of(connection, Subject.APPOINTMENT, found.id)
        return free, told, _ways(connection, visit, found)

    free, told, ways = await visit.room.read(look)
    desk = await visit.room.read(lambda c: offering(c, office).get(found.desk))
    return visit.page(
        "agenda/appointment.html",
        status=409 if wrong is times.TAKEN else 422 if wrong else 200,
        one=found,
        chip=chip_of(found, now),
        need=NEEDS[found.need],
        desk=desk,
        days=free,
        told_of=[(one, STEPS.get(one.step, REMINDER), NOTICES[one.state]) for one in told],
        case=ways[0],
        talk=ways[1],
        staff=staff,
        booked_by="" if found.created_by == PERSON else staff.name(found.created_by),
        colleagues=staff.of_office(office),
        is_over=found.ends <= now,
        has_begun=found.starts <= now,
        typed=visit.form if form else {},
        form=form,
        wrong=wrong,
        done=DONE.get(visit.request.query.get("done", "")) if wrong is None else None,
    )


def _ways(connection: Connection, visit: Visit, found: Appointment) -> list[str]:
    """Where the person's case and conversation are, as far as whoever looks may open them."""
    case = None if found.contact_id is None else find_contact(connection, found.contact_id)
    talk = None if found.person_id is None else find_of_person(connection, found.person_id)
    if talk is not None:
        talk = talk_for_operator(connection, visit.operator, talk.id)
    return [
        f"/cases/{case.id}" if case is not None and Reach(visit.operator).reads(case) else "",
        f"/talks/{talk.id}#now" if talk is not None else "",
    ]


async def _do(visit: Visit, deed: Deed, *, done: str, form: str) -> web.StreamResponse:
    """Do something with the appointment of the address, or say why it was not done."""
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now
    id_ = visit.id("appointment")

    def change(connection: Connection) -> None:
        found = appointment_for_operator(connection, vault, who, id_, now, to_change=True)
        if found is None:
            raise web.HTTPNotFound
        result = deed(connection, found)
        if isinstance(result, Text):
            raise RefusedError(result)
        if not result:
            raise RefusedError(MEANWHILE)

    try:
        await visit.room.write(change)
    except RefusedError as refused:
        return await _page(visit, refused.words, form)
    on = visit.value("day", longest=10)
    if visit.value("back") == "day":
        return visit.go(f"/day?{urlencode({'on': on, 'done': done})}#appointment-{id_}")
    return visit.go(f"/appointments/{id_}?done={done}")


async def move(visit: Visit) -> web.StreamResponse:
    """Give it another time."""
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now

    def deed(connection: Connection, found: Appointment) -> object:
        when = read_time(connection, visit, who.office)
        if isinstance(when, Text):
            return when
        moved = booking.move(
            connection,
            vault,
            found.id,
            opening=when.opening,
            day=when.day,
            at=when.at,
            minutes=when.minutes,
            now=now,
            operator_id=who.id,
        )
        if moved is None:
            return times.PAST if when.opening is None else times.TAKEN
        return moved

    return await _do(visit, deed, done="moved", form="move")


async def cancel(visit: Visit) -> web.StreamResponse:
    """Give the time back."""
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now

    def deed(connection: Connection, found: Appointment) -> object:
        return booking.cancel(connection, vault, found.id, now, who.id)

    return await _do(visit, deed, done="cancelled", form="cancel")


async def close(visit: Visit) -> web.StreamResponse:
    """Say what came of it: they came, they did not, or, after a slip, that it is still to come."""
    vault, now = visit.room.database.vault, visit.room.now
    states = {one.value: one for one in AppointmentState if one is not AppointmentState.CANCELLED}
    state = states.get(visit.value("state"))
    if state is None:
        raise web.HTTPNotFound

    def deed(connection: Connection, found: Appointment) -> object:
        return booking.close(connection, vault, found.id, state, now)

    return await _do(visit, deed, done=state.value, form="close")


async def rewrite(visit: Visit) -> web.StreamResponse:
    """Put other words in its place, and somebody else who meets them."""
    vault, office = visit.room.database.vault, visit.operator.office
    colleagues = {one.id for one in (await people(visit)).of_office(office)}

    def deed(connection: Connection, found: Appointment) -> object:
        meets = meets_of(visit, colleagues)
        return booking.rewrite(connection, vault, found.id, body_of(visit), meets)

    return await _do(visit, deed, done="rewritten", form="words")
