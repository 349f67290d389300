"""Finds services: all there are for whoever keeps the directory, and what people see."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, func, or_, select

from flows.service_model import Kind, Point, ServiceTown, Theme
from flows.service_words import KINDS_OF
from storage.desks import all_desks
from storage.service_schema import service as table
from storage.services.model import Service, service_of


def find_service(connection: Connection, service_id: int, *, hold: bool = False) -> Service | None:
    """The service of an id; with `hold` nobody else changes it until the commit."""
    query = select(table).where(table.c.id == service_id)
    row = connection.execute(query.with_for_update() if hold else query).first()
    return None if row is None else service_of(row)


def find_by_ref(connection: Connection, ref: str) -> Service | None:
    """The service that an import knows by this."""
    row = connection.execute(select(table).where(table.c.ref == ref)).first()
    return None if row is None else service_of(row)


def find_services(
    connection: Connection, *, kind: Kind | None = None, words: str = "", town: str = ""
) -> list[Service]:
    """Services by name, also those that people do not see."""
    query = select(table).order_by(func.lower(table.c.name), table.c.town, table.c.id)
    if kind is not None:
        query = query.where(table.c.kind == kind.value)
    if town:
        query = query.where(table.c.town == town)
    for word in words.casefold().split():
        within = (table.c.name, table.c.organisation, table.c.town, table.c.place, table.c.phone)
        query = query.where(
            or_(*(func.lower(one).contains(word, autoescape=True) for one in within))
        )
    return [service_of(row) for row in connection.execute(query)]


def seen_services(connection: Connection, theme: Theme, today: date) -> list[Service]:
    """What people are shown for a theme today."""
    own = [kind.value for kind in KINDS_OF[theme]]
    fits = or_(table.c.kind.in_(own), table.c.themes.contains(theme.value, autoescape=True))
    fresh = (table.c.shown, table.c.checked.is_not(None), table.c.review >= today)
    rows = connection.execute(select(table).where(*fresh, fits).order_by(table.c.id))
    found = map(service_of, rows)
    return [one for one in found if theme in one.helps_with and one.is_seen(today)]


def due_services(connection: Connection, today: date, ahead: date | None = None) -> list[Service]:
    """What somebody has to look at again, those that people miss for longest first; with `ahead`
    also what has to be looked at until that day."""
    last = ahead or today
    found = [one for one in find_services(connection) if one.shown and one.is_due(last)]
    return sorted(found, key=lambda one: (one.last_day or date.min, one.name, one.id))


def find_towns(connection: Connection, today: date) -> tuple[ServiceTown, ...]:
    """Where somebody can be met: the towns of services people see, and the territories of desks
    that are open; each once, with a place on the map where any of them has one."""
    fresh = (table.c.town != "", table.c.shown, table.c.checked.is_not(None))
    north, east = func.min(table.c.latitude), func.min(table.c.longitude)
    query = select(table.c.town, north, east).where(*fresh, table.c.review >= today)
    towns = {row[0]: (row[1], row[2]) for row in connection.execute(query.group_by(table.c.town))}
    for desk in all_desks(connection):
        if desk.active and desk.territory and None in towns.get(desk.territory, (None,)):
            towns[desk.territory] = (desk.latitude, desk.longitude)
    every = ((name, roughly(_point(*found))) for name, found in towns.items())
    return tuple(sorted(every, key=lambda town: (town[0].casefold(), town[0])))


def _point(north: float | None, east: float | None) -> Point | None:
    return None if north is None or east is None else (north, east)


def roughly(point: Point | None) -> Point | None:
    """To about a hundred metres, which is enough to say how far it is."""
    return None if point is None else (round(point[0], 3), round(point[1], 3))
