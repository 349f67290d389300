"""The sheet as it is written: for somebody who has just come in, and later, together."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.console.cases.form import form_of, read_form
from bot.console.cases.reading import opened
from bot.console.drafts import Kind
from bot.console.languages import tongues
from bot.console.people import people
from bot.console.visit import Access, Visit
from flows.case_model import Source
from flows.case_words import SOURCES
from flows.text import Text, _
from storage.access import to_change
from storage.cases.contacts import open_contact
from storage.cases.model import Contact, File, Sheet
from storage.cases.sheets import FieldError, load, save_sheet, shown
from storage.database import Connection
from storage.desks import Desk, all_desks
from storage.offices import all_offices

NEW = "new"
DECIDES = "d."
KEEP = "keep"
ONCE = "sheets begun"
MOST_ONCE = 50
ONCE_BYTES = 12
MOST_SIGNS = 3
"""So many digits has the number of one of the versions of a field, and never more."""
NO_OFFICE = _("Choose the office that should read it.")
NOT_TAKEN = _("A field does not take what was typed. Nothing was kept; look at it again.")
OURS = (Source.DESK, Source.OUTREACH, Source.PARTNER, Source.SELF, Source.ANTENNA, Source.REPORT)
"""How somebody can have come whose sheet is typed here."""


def hands_on(visit: Visit) -> bool:
    """Whether whoever writes only hands on, and reads nothing of it later."""
    return Access.of(visit.operator) < Access.OPERATOR


# -- what is typed and not kept yet


def _draft(visit: Visit, place: str) -> dict[str, str]:
    key = visit.signed_in.key
    if key is None:
        raise web.HTTPForbidden
    drafts, me, now = visit.room.drafts, visit.operator.id, visit.room.now
    kept = drafts.find(me, key, f"sheet {place}", Kind.SHEET, now)
    try:
        found = json.loads(kept) if kept else {}
    except ValueError:
        return {}
    return {str(name): str(value) for name, value in found.items()}


async def keep_typed(visit: Visit) -> web.StreamResponse:
    """Keep what somebody is typing into a sheet, sealed to themselves."""
    key = visit.signed_in.key
    if key is None:
        raise web.HTTPForbidden
    drafts, me, now = visit.room.drafts, visit.operator.id, visit.room.now
    drafts.sweep(now)
    place = visit.value("place", longest=20)
    typed = json.dumps({k: v for k, v in visit.form.items() if v}, ensure_ascii=False)
    drafts.keep(me, key, f"sheet {place}", Kind.SHEET, typed, now)
    return web.Response(status=204)


async def drop_typed(visit: Visit) -> web.StreamResponse:
    """Throw away what was typed and not kept."""
    place, number = visit.value("place", longest=20), visit.number("place")
    _drop(visit, place)
    return visit.go("/cases/new" if number is None else f"/cases/{number}/sheet")


def _drop(visit: Visit, place: str) -> None:
    visit.room.drafts.drop(visit.operator.id, f"sheet {place}", Kind.SHEET)


# -- a new one


async def begin(visit: Visit) -> web.StreamResponse:
    """An empty sheet, or the one that was not finished."""
    draft = _draft(visit, NEW)
    return await _new(visit, draft, again=bool(draft))


async def _new(
    visit: Visit, typed: Mapping[str, str], *, wrong: Text | None = None, again: bool = False
) -> web.Response:
    known, mine = tongues(visit), visit.operator.office

    def look(connection: Connection) -> tuple[list[Any], list[Desk]]:
        return all_offices(connection), all_desks(connection)

    offices, desks = await visit.room.read(look)
    antenna = hands_on(visit)
    return visit.page(
        "cases/new.html",
        status=422 if wrong else 200,
        form=form_of(read_form(typed, known), known),
        names=sorted(known.names.values()),
        sources={one: SOURCES[one] for one in OURS},
        offices=[one.office for one in offices if one.active],
        desks=[one for one in desks if one.active and (antenna or one.office in ("", mine))],
        given={name: typed.get(name, "") for name in ("office", "desk", "source")},
        once=typed.get("once") or secrets.token_urlsafe(ONCE_BYTES),
        hands_on=antenna,
        wrong=wrong,
        again=again,
    )


async def add(visit: Visit) -> web.StreamResponse:
    """Open the sheet; of an antenna it goes to the office at once. Sent twice, it is one."""
    begun = visit.signed_in.drafts.setdefault(ONCE, {})
    assert isinstance(begun, dict)
    once = visit.value("once", longest=40)
    if once not in begun:
        made = await _opened(visit)
        if isinstance(made, Text):
            return await _new(visit, visit.form, wrong=made)
        while len(begun) >= MOST_ONCE:
            begun.pop(next(iter(begun)))
        begun[once] = (made.id, made.designation, made.number)
        _drop(visit, NEW)
    id_, designation, number = begun[once]
    if hands_on(visit):
        office = visit.value("office")
        staff = await people(visit)
        name = staff.offices.get(office, "")
        return visit.page(
            "cases/handed-on.html", designation=designation, number=number, office=name
        )
    return visit.go(f"/cases/{id_}?done=opened")


async def _opened(visit: Visit) -> Contact | Text:
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now
    antenna = hands_on(visit)
    source = next((one for one in OURS if one.value == visit.value("source")), Source.DESK)
    wanted = visit.value("office") if antenna else who.office
    values = read_form(visit.form, tongues(visit))

    def change(connection: Connection) -> Contact | Text:
        open_now = {one.office.key for one in all_offices(connection) if one.active}
        if wanted not in open_now:
            return NO_OFFICE
        desks = {one.key: one for one in all_desks(connection) if one.active}
        desk = desks.get(visit.value("desk"))
        return open_contact(
            connection,
            vault,
            office=wanted,
            operator_id=who.id,
            source=Source.ANTENNA if antenna else source,
            now=now,
            desk="" if desk is None else desk.key,
            territory="" if desk is None else desk.territory,
            sheet=values,
            owner=None if antenna else who.id,
        )

    try:
        return await visit.room.write(change)
    except FieldError:
        return NOT_TAKEN


# -- one that is there


async def write(visit: Visit) -> web.StreamResponse:
    """The sheet of a case, to go on with; both versions where two wrote at the same time."""
    file = await opened(visit)
    if file.partial:
        raise web.HTTPNotFound
    return await _sheet(visit, file, _draft(visit, str(file.contact.id)))


async def _sheet(
    visit: Visit, file: File, typed: Mapping[str, str], wrong: Text | None = None
) -> web.Response:
    known, staff, contact = tongues(visit), await people(visit), file.contact
    values = read_form(typed, known) if typed else dict(file.sheet.values)
    return visit.page(
        "cases/sheet.html",
        status=422 if wrong else 200,
        contact=contact,
        form=form_of(values, known, sheet=file.sheet, name=staff.name),
        names=sorted(known.names.values()),
        version=typed.get("version") or contact.version,
        wrong=wrong,
        again=bool(typed) and wrong is None,
    )


async def save(visit: Visit) -> web.StreamResponse:
    """Keep the sheet: what two wrote at the same time stands there twice until one decides."""
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now
    id_, version = visit.id("contact"), visit.number("version") or 0
    values = read_form(visit.form, tongues(visit))

    def change(connection: Connection) -> Sheet:
        hand = to_change(connection, vault, who, id_, now)
        if hand is None:
            raise web.HTTPNotFound
        said = decisions(visit.form)
        if version == hand.contact.version:
            clashes = shown(load(connection, vault, id_)).clashes
            for key, number in said.items():
                others = clashes.get(key, ())
                if number is not None and number < len(others):
                    values[key] = others[number].value
        return save_sheet(hand, values, version, frozenset(said))

    try:
        sheet = await visit.room.write(change)
    except FieldError:
        return await _sheet(visit, await opened(visit), visit.form, NOT_TAKEN)
    _drop(visit, str(id_))
    return visit.go(f"/cases/{id_}?done={'clash' if sheet.clashes else 'sheet'}#sheet")


def decisions(form: Mapping[str, str]) -> dict[str, int | None]:
    """The fields of which somebody decides: the number of the other version they take, or None
    where what they send is right."""
    found: dict[str, int | None] = {}
    for name, value in form.items():
        number = value.isascii() and value.isdecimal() and len(value) <= MOST_SIGNS
        if name.startswith(DECIDES) and (value == KEEP or number):
            found[name.removeprefix(DECIDES)] = None if value == KEEP else int(value)
    return found
