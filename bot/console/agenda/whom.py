"""For whom a time is booked: somebody with a case, or somebody in a conversation."""

from __future__ import annotations

from dataclasses import dataclass, field

from aiohttp import web

from bot.console.visit import Visit, number_of
from flows.handoff_model import Need
from storage.access import Reach, talk_for_operator
from storage.cases.finding import find_contact, find_contact_of
from storage.cases.refusing import refuses_words
from storage.database import Connection


@dataclass(frozen=True, slots=True)
class Whom:
    """Somebody as a form of the day knows them; `name` and `number` are the field they stand in."""

    name: str
    number: int
    designation: str
    back: str
    need: Need
    desk: str
    person_id: int | None = field(repr=False)
    contact_id: int | None = field(repr=False)
    is_told: bool = False
    """Whether something goes to their chat: they have one, and want words there."""


async def find_whom(visit: Visit, case: str, talk: str) -> Whom:
    """Whoever a case or a conversation is of.

    Raises:
        web.HTTPNotFound: there is none, or it is not theirs who asks: both look alike.
    """
    found = await visit.room.read(lambda c: _find(c, visit, number_of(case), number_of(talk)))
    if found is None:
        raise web.HTTPNotFound
    return found


def _find(connection: Connection, visit: Visit, case: int | None, talk: int | None) -> Whom | None:
    reach = Reach(visit.operator)
    if case is not None:
        contact = find_contact(connection, case)
        if contact is None or not reach.reads(contact):
            return None
        need = next((one for one in Need if one.value == contact.need), Need.OTHER)
        way, name = f"/cases/{case}", contact.designation
        person = contact.person_id
        is_told = person is not None and not refuses_words(connection, person)
        return Whom("case", case, name, way, need, contact.desk, person, contact.id, is_told)
    known = None if talk is None else talk_for_operator(connection, visit.operator, talk)
    if known is None:
        return None
    sheet = find_contact_of(connection, known.person_id)
    theirs = sheet.id if sheet is not None and reach.reads(sheet) else None
    way, name = f"/talks/{known.id}#now", known.designation
    person, is_told = known.person_id, not refuses_words(connection, known.person_id)
    return Whom("talk", known.id, name, way, known.need, known.desk, person, theirs, is_told)
