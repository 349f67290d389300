"""Finds services: all there are for whoever keeps the directory, and what people see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, func, or_, select

from flows.service_model import Kind, ServiceTown, Theme
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
    fresh = select(table).where(table.c.shown, table.c.checked.is_not(None))
    rows = connection.execute(fresh.where(table.c.review >= today).order_by(table.c.id))
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
    that are open."""
    towns = [
        ServiceTown(one.town, one.point)
        for one in find_services(connection)
        if one.town and one.is_seen(today)
    ]
    for desk in all_desks(connection):
        if desk.active and desk.territory:
            known = desk.latitude is not None and desk.longitude is not None
            point = (desk.latitude or 0.0, desk.longitude or 0.0) if known else None
            towns.append(ServiceTown(desk.territory, point))
    return tuple(_distinct(towns))


def _distinct(towns: Iterable[ServiceTown]) -> list[ServiceTown]:
    """Every name once, with a place on the map where any of them has one."""
    by_name: dict[str, ServiceTown] = {}
    for town in towns:
        known = by_name.get(town.name)
        if known is None or known.point is None:
            by_name[town.name] = town
    return sorted(by_name.values(), key=lambda town: town.name.casefold())
