"""Carries out what a conversation asks of the directory; it only looks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import assert_never

from sqlalchemy import Connection

from flows.effects import Json
from flows.hours import Calendar, HoursError
from flows.model import Person
from flows.plain import plain
from flows.service_effects import (
    FindService,
    FindServices,
    FindSurroundings,
    ServiceEffect,
)
from flows.service_model import (
    NO_TOWN,
    Answer,
    Open,
    ServiceLine,
    ServicePlace,
    ServiceSieve,
    ServiceView,
    Surroundings,
    Whom,
)
from flows.service_words import KINDS_OF
from storage.courses.performing import id_of
from storage.instants import ROME, wall
from storage.services.finding import find_service, find_towns, roughly, seen_services
from storage.services.model import Service

MOST_PLACES, MOST_TOWNS = 90, 70
"""So many are looked up: what was found is kept, and a conversation stays small."""
_FIRST = (Open.ALWAYS, Open.OPEN, Open.UNKNOWN, Open.CLOSED)
_VIEWED = tuple(ServiceView.__dataclass_fields__)


def perform_services(
    connection: Connection, person: Person, effect: ServiceEffect, now: datetime
) -> Json:
    """Look something up; nothing of where somebody is comes here, and nothing is written."""
    local = wall(now, ROME)
    match effect:
        case FindServices(sieve, most, order):
            return plain(_lines(connection, person, sieve, order, local)[:most])
        case FindSurroundings(sieve):
            return plain(_surroundings(connection, sieve, local))
        case FindService(service_id):
            service = find_service(connection, id_of(service_id))
            if service is None or not service.is_seen(local.date()):
                return None
            return plain(_view(service, local))
        case _:
            assert_never(effect)


def _fitting(connection: Connection, sieve: ServiceSieve, local: datetime) -> list[Service]:
    found = seen_services(connection, sieve.theme, local.date())
    return [one for one in found if _fits(one, sieve, local)]


def _surroundings(connection: Connection, sieve: ServiceSieve, local: datetime) -> Surroundings:
    """Where these services are; of too many some of every town, so that none is left out."""
    towns = find_towns(connection, local.date())[:MOST_TOWNS]
    numbers = {name: number for number, (name, _point) in enumerate(towns)}
    turns: Counter[int] = Counter()
    placed: list[tuple[int, ServicePlace]] = []
    for one in _fitting(connection, sieve, local):
        number = numbers.get(one.town, NO_TOWN)
        if number != NO_TOWN or one.point is not None:
            placed.append((turns[number], (str(one.id), number, roughly(one.point))))
            turns[number] += 1
    placed.sort(key=lambda found: found[0])
    return Surroundings(towns, tuple(place for _turn, place in placed[:MOST_PLACES]))


def _fits(one: Service, sieve: ServiceSieve, local: datetime) -> bool:
    if sieve.language and not _speaks(one, sieve.language):
        return False
    if sieve.women and one.women_staff is not Answer.YES and Whom.WOMEN not in one.whom:
        return False
    return not sieve.open_now or opens_at(one, local)[0] in (Open.OPEN, Open.ALWAYS)


def _speaks(one: Service, language: str) -> bool:
    return language in one.languages or language.split("-")[0] in one.languages


def _lines(
    connection: Connection,
    person: Person,
    sieve: ServiceSieve,
    order: tuple[str, ...],
    local: datetime,
) -> list[ServiceLine]:
    """The nearest first, where they are known; then who helps with just this, speaks the language,
    is there now."""
    turns = {one: turn for turn, one in enumerate(order)}
    found = []
    for one in _fitting(connection, sieve, local):
        opens, until = opens_at(one, local)
        speaks = person.language is not None and _speaks(one, person.language)
        line = ServiceLine(
            str(one.id), one.kind, one.name, one.town, opens, until, speaks, one.line
        )
        found.append((_place(one, line, sieve, turns), line))
    found.sort(key=lambda pair: pair[0])
    return [line for _place, line in found]


def _place(
    one: Service, line: ServiceLine, sieve: ServiceSieve, turns: Mapping[str, int]
) -> tuple[int, bool, int, int, str, int]:
    kinds = KINDS_OF[sieve.theme]
    just = kinds.index(one.kind) if one.kind in kinds else len(kinds)
    near = turns.get(line.id, len(turns))
    return near, not line.speaks, _FIRST.index(line.opens), just, one.name.casefold(), one.id


def opens_at(one: Service, local: datetime) -> tuple[Open, str]:
    """Whether somebody is there at a moment, and until when."""
    if one.always:
        return Open.ALWAYS, ""
    calendar = calendar_of(one)
    if not calendar.is_known:
        return Open.UNKNOWN, ""
    minute = local.hour * 60 + local.minute
    spans = calendar.spans(local.date())
    now = next((span for span in spans if span.opens <= minute < span.closes), None)
    return (Open.CLOSED, "") if now is None else (Open.OPEN, str(now).partition("–")[2])


def calendar_of(one: Service) -> Calendar:
    """Its hours; what an older hand wrote and nobody can read is as if nobody knew them."""
    try:
        return Calendar.read(one.hours, one.closed)
    except HoursError:
        return Calendar()


def _view(one: Service, local: datetime) -> ServiceView:
    known = calendar_of(one).is_known
    more = {"id": str(one.id), "point": one.point, "local": local.replace(microsecond=0)}
    more |= {} if known else {"hours": "", "closed": ""}
    given = {name: getattr(one, name) for name in _named(_VIEWED, more)}
    return ServiceView(**{**given, **more})


def _named(names: Iterable[str], without: Mapping[str, object]) -> list[str]:
    return [name for name in names if name not in without]
