"""Where a message to many begins: from what has changed, a strike, or words of one's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from aiohttp import web

from bot.console.languages import tongues
from bot.console.messages.labels import KINDS, STRIKES
from bot.console.visit import Visit, number_of
from flows.calendar_model import MassKind, MassState
from flows.mass_model import Strike
from flows.text import Text, _
from storage import audit
from storage.audit import Action
from storage.database import Connection
from storage.desks import all_desks
from storage.instants import ROME, wall
from storage.mass import drafting
from storage.mass.facts import Facts, of_course, of_lesson, of_strike, of_words
from storage.mass.model import Audience, Crowd, Mass
from storage.mass.occasions import Group, Occasion, find_groups, find_occasions
from storage.mass.rights import mass_for_operator, may_address
from storage.operators import Operator

LONGEST = 1000
ITALIAN = "it"
COURSE, DESK, EVERYBODY = "course-", "desk-", "everybody"
NO_WORDS = _("Write it in Italian at least: who reads another language gets that one.")
NO_CROWD = _("Choose who is to read it.")
NO_DAY = _("Choose a day that is still to come.")
GONE = _("There is nothing to tell of this any more.")
Make = Callable[[Connection, str], Facts]
"""Reads the facts of a message of an office."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed, to be shown again."""

    to: str = ""
    day: str = ""
    strike: str = Strike.TRANSPORT.value
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language to write in."""

    code: str
    name: str
    direction: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to write about, and to whom."""

    occasions: list[Occasion]
    groups: list[Group]
    desks: list[tuple[str, str]]
    everybody: bool


async def new(visit: Visit) -> web.StreamResponse:
    """The page where one begins; with a lesson or a course in the address, about that one."""
    course_id = number_of(visit.request.query.get("course", ""))
    return await _page(visit, Typed(to="" if course_id is None else f"{COURSE}{course_id}"))


async def _page(
    visit: Visit,
    typed: Typed,
    wrong: Text | None = None,
    *,
    mass: Mass | None = None,
    at: str = "",
) -> web.Response:
    operator, now = visit.operator, visit.room.now

    def look(connection: Connection) -> Choices:
        desks = [
            (one.key, one.name)
            for one in all_desks(connection)
            if one.active and one.office in ("", operator.office)
        ]
        return Choices(
            find_occasions(connection, operator.office, now),
            find_groups(connection, operator.office, now),
            desks,
            may_address(operator, Audience(Crowd.EVERYBODY)),
        )

    choices = await visit.room.read(look)
    wanted = number_of(visit.request.query.get("lesson", "")) or number_of(
        visit.request.query.get("course", "")
    )
    occasions = choices.occasions
    if wanted is not None:
        chosen = [one for one in occasions if wanted in (one.lesson_id, one.course_id)]
        occasions = chosen or occasions
    return visit.page(
        "messages/new.html",
        status=422 if wrong else 200,
        occasions=[(one, KINDS[one.kind]) for one in occasions],
        choices=choices,
        strikes=STRIKES,
        tongues=_tongues(visit),
        typed=typed,
        wrong=wrong,
        at=at,
        mass=mass,
        longest=LONGEST,
        today=wall(now, ROME).date(),
    )


def _tongues(visit: Visit) -> list[Tongue]:
    """The languages people may choose, Italian first."""
    names, languages = tongues(visit), visit.room.languages
    codes = sorted(languages.codes, key=lambda code: code != ITALIAN)
    return [Tongue(code, names.name(code), languages.words(code).direction) for code in codes]


async def draft_occasion(visit: Visit) -> web.StreamResponse:
    """Prepare a message about a lesson or a course."""
    operator, now = visit.operator, visit.room.now
    lesson_id, course_id = visit.number("lesson"), visit.number("course")
    is_new = visit.value("kind") == MassKind.NEW_COURSE.value
    kind = MassKind.NEW_COURSE if is_new else MassKind.CANCELLED

    def facts(connection: Connection) -> Facts | None:
        if lesson_id is not None:
            return of_lesson(connection, operator.office, lesson_id, now)
        if course_id is None:
            return None
        return of_course(connection, operator.office, course_id, kind, now)

    def keep(connection: Connection) -> int | None:
        found = facts(connection)
        if found is None or found[2] <= now:
            return None
        about, what = int(found[0].course), found[0].kind
        known = drafting.find_draft(connection, operator.office, what, about, lesson_id)
        if known is not None:
            return known.id
        return _keep(visit, connection, found, course_id=about, lesson_id=lesson_id)

    mass_id = await visit.room.write(keep)
    if mass_id is None:
        return await _page(visit, Typed(), GONE, at="occasions")
    return visit.go(f"/messages/{mass_id}?done=drafted")


def _keep(
    visit: Visit,
    connection: Connection,
    facts: Facts,
    *,
    course_id: int | None = None,
    lesson_id: int | None = None,
) -> int:
    operator, now = visit.operator, visit.room.now
    mass_id = drafting.draft(
        connection,
        facts,
        office=operator.office,
        operator_id=operator.id,
        now=now,
        course_id=course_id,
        lesson_id=lesson_id,
    )
    vault = visit.room.database.vault
    audit.write(connection, vault, now, operator.id, Action.MASS_WRITTEN, str(mass_id))
    return mass_id


async def draft_strike(visit: Visit) -> web.StreamResponse:
    """Prepare a message about a strike."""
    typed = Typed(day=visit.value("day"), strike=visit.value("strike"))
    now = visit.room.now
    day, strike = _day(typed.day), _strike(typed.strike)
    if day is None or day < wall(now, ROME).date():
        return await _again(visit, typed, NO_DAY, "strike")
    return await _save(visit, lambda c, office: of_strike(c, office, day, strike), typed, "strike")


async def draft_words(visit: Visit) -> web.StreamResponse:
    """Prepare a message in words of one's own."""
    codes = visit.room.languages.codes
    words = {code: visit.value(f"words-{code}", longest=LONGEST) for code in codes}
    words = {code: text.replace("\r\n", "\n") for code, text in words.items() if text}
    typed = Typed(to=visit.value("to"), words=words)
    audience = await _audience(visit, typed.to)
    if audience is None or not may_address(visit.operator, audience):
        return await _again(visit, typed, NO_CROWD, "own")
    if ITALIAN not in words:
        return await _again(visit, typed, NO_WORDS, "own")
    said, now = tuple(words.items()), visit.room.now
    crowd = audience
    return await _save(visit, lambda c, office: of_words(c, office, said, crowd, now), typed, "own")


async def _save(visit: Visit, make: Make, typed: Typed, at: str) -> web.Response:
    """Keep it as a new draft, or in the place of the one that was changed."""
    operator = visit.operator
    mass_id = number_of(visit.request.match_info.get("mass", ""))

    def keep(connection: Connection) -> int | None:
        if mass_id is None:
            facts = make(connection, operator.office)
            course_id = facts[1].course
            return _keep(visit, connection, facts, course_id=course_id)
        found = _own_draft(connection, operator, mass_id)
        if found is None:
            return None
        facts = make(connection, found.office)
        return mass_id if drafting.change(connection, found, facts, operator.id) else None

    kept = await visit.room.write(keep)
    if kept is None:
        return visit.go("/messages?done=gone")
    return visit.go(f"/messages/{kept}?done=drafted")


def _own_draft(connection: Connection, operator: Operator, mass_id: int) -> Mass | None:
    found = mass_for_operator(connection, operator, mass_id)
    if found is None or found.state is not MassState.DRAFT:
        return None
    return found if found.kind in (MassKind.FREE, MassKind.STRIKE) else None


async def edit(visit: Visit) -> web.StreamResponse:
    """The page of a draft whose words or day may be changed."""
    mass = await _found(visit)
    view, audience = mass.view, mass.audience
    to = {
        Crowd.COURSE: f"{COURSE}{audience.course}",
        Crowd.DESK: f"{DESK}{audience.desk}",
        Crowd.EVERYBODY: EVERYBODY,
    }.get(audience.crowd, "")
    day = "" if view.day is None else view.day.isoformat()
    strike = (view.strike or Strike.TRANSPORT).value
    return await _page(visit, Typed(to, day, strike, dict(view.words)), mass=mass)


async def _found(visit: Visit) -> Mass:
    operator, mass_id = visit.operator, visit.id("mass")
    found = await visit.room.read(lambda c: _own_draft(c, operator, mass_id))
    if found is None:
        raise web.HTTPNotFound
    return found


async def _again(visit: Visit, typed: Typed, wrong: Text, at: str) -> web.Response:
    is_edited = "mass" in visit.request.match_info
    mass = await _found(visit) if is_edited else None
    return await _page(visit, typed, wrong, mass=mass, at=at)


async def _audience(visit: Visit, written: str) -> Audience | None:
    """Whom somebody chose; None where that is nobody of theirs."""
    operator, now = visit.operator, visit.room.now
    if written == EVERYBODY:
        return Audience(Crowd.EVERYBODY)

    def look(connection: Connection) -> Audience | None:
        groups = find_groups(connection, operator.office, now)
        if written in {f"{COURSE}{one.course_id}" for one in groups}:
            return Audience(Crowd.COURSE, course=int(written.removeprefix(COURSE)))
        offices = ("", operator.office)
        desks = {f"{DESK}{one.key}" for one in all_desks(connection) if one.office in offices}
        return Audience(Crowd.DESK, desk=written.removeprefix(DESK)) if written in desks else None

    return await visit.room.read(look)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _strike(written: str) -> Strike:
    return Strike.CLOSED if written == Strike.CLOSED.value else Strike.TRANSPORT
