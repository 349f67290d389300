"""Changes the directory: of two who edit one form neither undoes what the other wrote unseen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, delete, insert, update

from flows.hours import Calendar, HoursError
from flows.text import Text, _
from storage.service_schema import service as table
from storage.services.finding import find_by_ref, find_service
from storage.services.model import LONGEST_LIFE, Service, ServiceForm, values_of
from storage.vault import random_id

LONGEST = {
    "ref": 80,
    "name": 60,
    "organisation": 80,
    "town": 30,
    "place": 120,
    "how": 200,
    "phone": 40,
    "whatsapp": 40,
    "email": 80,
    "website": 120,
    "hours": 200,
    "closed": 200,
    "first": 150,
    "bring_words": 150,
    "mediators": 120,
    "line": 40,
    "source": 200,
    "notes": 2000,
}
FIRST_DAY = date(2020, 1, 1)
_PHONE = re.compile(r"\+?[\d ()/.-]{2,}")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_WEBSITE = re.compile(r"(https?://)?[\w.-]+\.[a-z]{2,}(/\S*)?", re.IGNORECASE)
_SHAPES = {
    "phone": (_PHONE, _("This is no phone number: write it like 0362 123 456.")),
    "whatsapp": (_PHONE, _("This is no phone number: write it like 0362 123 456.")),
    "email": (_EMAIL, _("This is no address: write it like info@example.org.")),
    "website": (_WEBSITE, _("This is no address: write it like www.example.org.")),
}


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of a form: the service, or why not, and every field that is wrong."""

    service: Service | None
    why: Text | None = None
    field: str = ""
    wrong: tuple[tuple[str, Text], ...] = ()


def save_service(
    connection: Connection,
    form: ServiceForm,
    *,
    operator_id: int,
    now: datetime,
    service_id: int | None = None,
    version: int | None = None,
) -> Saved:
    """Keep a new service, or change one.

    `version` is the one that whoever wrote the form has seen: where somebody else changed it since,
    nothing is.
    """
    known = None if service_id is None else find_service(connection, service_id, hold=True)
    if service_id is not None and known is None:
        return Saved(None, _("This service is not there any more."))
    if known is not None and version is not None and known.version != version:
        return Saved(None, _("Somebody else changed this service meanwhile."), "version")
    found = (*wrong(form, now.date()), *_refused(connection, form, known))
    if found:
        return Saved(None, found[0][1], found[0][0], found)
    return Saved(_keep(connection, form, known, operator_id, now))


def wrong(form: ServiceForm, today: date) -> tuple[tuple[str, Text], ...]:
    """The fields of a form that cannot be taken, and why; none where all is well."""
    found = [] if form.name.strip() else [("name", _("Give it a name."))]
    for name, most in LONGEST.items():
        if len(getattr(form, name)) > most:
            found.append((name, _("At most {most} letters.", most=most)))
    for name, (shape, why) in _SHAPES.items():
        written = getattr(form, name)
        if written and not shape.fullmatch(written):
            found.append((name, why))
    return (*found, *_wrong_point(form), *_wrong_hours(form), *_wrong_days(form, today))


def _wrong_point(form: ServiceForm) -> Iterator[tuple[str, Text]]:
    north, east = form.latitude, form.longitude
    if north is None and east is None:
        return
    if north is None or east is None:
        yield "latitude", _("A place on the map has two numbers.")
    elif not (abs(north) <= 90 and abs(east) <= 180):
        yield "latitude", _("There is no such place on the map.")


def _wrong_hours(form: ServiceForm) -> Iterator[tuple[str, Text]]:
    for name, written in (("hours", (form.hours, "")), ("closed", ("", form.closed))):
        try:
            Calendar.read(*written)
        except HoursError as error:
            part = getattr(form, name)[error.where :][:20]
            yield name, _("This cannot be read: {part}", part=part)


def _wrong_days(form: ServiceForm, today: date) -> Iterator[tuple[str, Text]]:
    """Nobody has seen tomorrow what a place is like; and what was seen is not good for ever."""
    if form.checked is None:
        return
    if not FIRST_DAY <= form.checked <= today + timedelta(days=1):  # where it is tomorrow already
        yield "checked", _("This day is still to come, or too long ago.")
    elif form.review is not None and not form.checked <= form.review:
        yield "review", _("It has to be looked at again after it was checked.")
    elif form.review is not None and form.review > form.checked + LONGEST_LIFE:
        yield "review", _("At most {count} days after it was checked.", count=LONGEST_LIFE.days)


def _refused(
    connection: Connection, form: ServiceForm, known: Service | None
) -> tuple[tuple[str, Text], ...]:
    """What is wrong with a form only because of what there is already."""
    other = find_by_ref(connection, form.ref) if form.ref else None
    if other is not None and (known is None or other.id != known.id):
        return (("ref", _("Another service has this reference.")),)
    return ()


def see_again(
    connection: Connection, service_id: int, version: int, operator_id: int, now: datetime
) -> bool:
    """Note that somebody saw today that it is as that version says; False where it is not there,
    or says something else by now."""
    known = find_service(connection, service_id, hold=True)
    if known is None or known.version != version:
        return False
    today = now.date()
    values = {
        "checked": today,
        "checked_by": operator_id,
        "review": today + LONGEST_LIFE,
        "version": known.version + 1,
        "changed": now,
    }
    connection.execute(update(table).where(table.c.id == service_id).values(**values))
    return True


def delete_service(connection: Connection, service_id: int) -> bool:
    """Take a service out of the directory for good."""
    return connection.execute(delete(table).where(table.c.id == service_id)).rowcount > 0


def settled(form: ServiceForm, today: date) -> ServiceForm:
    """The form with the day until which it is good."""
    review = form.last_day or form.review or today
    return replace(form, name=form.name.strip(), review=review)


def _keep(
    connection: Connection,
    form: ServiceForm,
    known: Service | None,
    operator_id: int,
    now: datetime,
) -> Service:
    values = values_of(settled(form, now.date())) | {"changed": now}
    if known is None:
        id_ = random_id()
        values |= {"id": id_, "ref": form.ref or f"{id_:x}", "created_by": operator_id}
        values["checked_by"] = None if form.checked is None else operator_id
        connection.execute(insert(table).values(**values))
    else:
        id_ = known.id
        values |= {"version": known.version + 1, "ref": form.ref or known.ref}
        if form.checked != known.checked:
            values["checked_by"] = None if form.checked is None else operator_id
        connection.execute(update(table).where(table.c.id == id_).values(**values))
    found = find_service(connection, id_)
    assert found is not None
    return found
