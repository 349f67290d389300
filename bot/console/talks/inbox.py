"""The list of conversations: who waits, how long, and who is on it; without a word of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from bot.console.languages import tongues
from bot.console.people import UNKNOWN, People, people
from bot.console.reports.labels import LEVELS
from bot.console.talks import trouble
from bot.console.talks.desk import Talks
from bot.console.talks.labels import STATES, lasts
from bot.console.talks.standing import others
from bot.console.visit import Visit, number_of
from bot.group.words import NEEDS, URGENCIES
from flows.handoff_model import Need, State, Urgency
from flows.report_model import Level
from flows.text import Text, _, ngettext
from storage.access import Reach, count_talks, talks_for_operator
from storage.database import Connection
from storage.desks import Desk, all_desks
from storage.handoffs import Handoff
from storage.handoffs.finding import OPEN, Sieve

PAGE_ROWS = 30
ALL = "all"
MINE = "mine"
NOBODY = "nobody"
HANDED = _("It is handed on: the other desk has it now.")
LONGEST_WORDS = 60
WAITS: Mapping[str, Text] = {
    "15": _("15 minutes or more"),
    "60": _("an hour or more"),
    "240": _("four hours or more"),
    "1440": _("a day or more"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed to; whatever was written in the address, something that is."""

    words: str = ""
    state: str = ""
    owner: str = ""
    territory: str = ""
    language: str = ""
    need: str = ""
    level: str = ""
    waits: str = ""

    @classmethod
    def of(cls, visit: Visit) -> Asked:
        """Read the address of a visit."""
        query = visit.request.query

        def one_of(name: str, known: Iterable[str]) -> str:
            written = query.get(name, "")
            return written if written in set(known) else ""

        owner = query.get("owner", "")
        is_id = number_of(owner) is not None
        return cls(
            words=" ".join(query.get("words", "")[:LONGEST_WORDS].split()),
            state=one_of("state", (ALL, *State)),
            owner=owner if owner in (MINE, NOBODY) or is_id else "",
            territory=query.get("territory", "")[:60],
            language=query.get("language", "")[:12],
            need=one_of("need", Need),
            level=one_of("level", (str(one.value) for one in Level)),
            waits=one_of("waits", WAITS),
        )

    @property
    def is_open(self) -> bool:
        """Whether nothing was asked for but what is open."""
        return self == Asked()

    def sieve(self, visit: Visit) -> Sieve:
        """The same for the storage. What is sought by its name is found in any state."""
        states: tuple[State, ...] = OPEN
        if self.state == ALL or (self.words and not self.state):
            states = tuple(State)
        elif self.state:
            states = (State(self.state),)
        owner = None
        if self.owner:
            known = {MINE: visit.operator.id, NOBODY: 0}
            owner = known[self.owner] if self.owner in known else int(self.owner)
        since = timedelta(minutes=int(self.waits)) if self.waits else None
        return Sieve(
            states=states,
            territory=self.territory or None,
            language=self.language or None,
            need=Need(self.need) if self.need else None,
            level=int(self.level) if self.level else None,
            owner=owner,
            waiting_since=None if since is None else visit.room.now - since,
            words=self.words,
        )

    def address(self, page: int) -> str:
        """The list as it is asked for, from a page on."""
        fields = {name: getattr(self, name) for name in self.__slots__ if getattr(self, name)}
        if page > 1:
            fields["page"] = str(page)
        return f"/talks?{urlencode(fields)}" if fields else "/talks"


@dataclass(frozen=True, slots=True)
class Row:
    """A conversation in the list."""

    id: int
    designation: str
    urgency: int
    urgency_name: Text | None
    need: Text
    language: str
    level: int | None
    level_name: Text | None
    desk: str
    waits: Text
    is_waiting: bool
    who: Text
    is_mine: bool
    is_free: bool
    is_closed: bool
    there: tuple[Text, ...]
    reachable: bool
    mediator: bool


def row(one: Handoff, visit: Visit, talks: Talks, staff: People, desks: Mapping[str, Desk]) -> Row:
    """A conversation as it is shown in the list."""
    level = None if one.level is None else Level(one.level)
    desk = desks.get(one.desk)
    return Row(
        id=one.id,
        designation=one.designation,
        urgency=int(one.urgency),
        urgency_name=None if one.urgency is Urgency.NORMAL else URGENCIES[one.urgency],
        need=NEEDS[one.need],
        language=tongues(visit).name(one.language) or UNKNOWN,
        level=None if level is None else level.value,
        level_name=None if level is None else LEVELS[level],
        desk="" if desk is None else desk.name,
        waits=_waits(one, visit),
        is_waiting=one.state is not State.CLOSED and _since(one) is not None,
        who=_who(one, visit, staff),
        is_mine=one.owner == visit.operator.id and one.state is State.CLAIMED,
        is_free=one.state is State.WAITING,
        is_closed=one.state is State.CLOSED,
        there=tuple(others(talks, visit, one.id, staff)),
        reachable=one.reachable,
        mediator=one.mediator,
    )


def _since(one: Handoff) -> datetime | None:
    """Since when somebody should answer; a wish to talk without words waits as well."""
    return one.waits_since or (one.asked if one.answered is None else None)


def _waits(one: Handoff, visit: Visit) -> Text:
    now = visit.room.now
    if one.closed is not None:
        return _("closed {time} ago", time=lasts(now - one.closed))
    since = _since(one)
    if since is not None:
        return _("waits {time}", time=lasts(now - since))
    return _("answered {time} ago", time=lasts(now - one.stirred))


def _who(one: Handoff, visit: Visit, staff: People) -> Text:
    if one.owner is None:
        return _("with nobody")
    if one.owner == visit.operator.id:
        return _("with me")
    return _("with {name}", name=staff.name(one.owner))


@dataclass(frozen=True, slots=True)
class Count:
    """How much there is to do."""

    open: int
    free: int
    mine: int

    @property
    def words(self) -> Text:
        """The same in a line."""
        return _(
            "{open}, {free}, {mine}",
            open=ngettext("{count} open", "{count} open", self.open),
            free=ngettext("{count} that nobody has", "{count} that nobody has", self.free),
            mine=ngettext("{count} yours", "{count} yours", self.mine),
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """One of those a list is narrowed to."""

    value: str
    name: Text | str
    chosen: bool


class Inbox:
    """The page of the list."""

    def __init__(self, talks: Talks) -> None:
        self._talks = talks

    async def show(self, visit: Visit) -> web.StreamResponse:
        """Show the list."""
        asked = Asked.of(visit)
        sieve, operator = asked.sieve(visit), visit.operator
        mine = Sieve(owner=operator.id)
        free = Sieve(states=(State.WAITING,))

        def count(connection: Connection) -> tuple[int, Count, list[Desk]]:
            found = count_talks(connection, operator, sieve)
            counted = Count(*(count_talks(connection, operator, s) for s in (Sieve(), free, mine)))
            return found, counted, all_desks(connection)

        found, counted, desks = await visit.room.read(count)
        pages = max(1, -(-found // PAGE_ROWS))
        page = visit.page_number(pages)
        skip = (page - 1) * PAGE_ROWS
        shown = await visit.room.read(
            lambda connection: talks_for_operator(connection, operator, sieve, PAGE_ROWS, skip)
        )
        staff = await people(visit)
        by_key = {one.key: one for one in desks}
        return visit.page(
            "talks/inbox.html",
            rows=[row(one, visit, self._talks, staff, by_key) for one in shown],
            asked=asked,
            count=counted,
            oversees=Reach(operator).assigns,
            done=HANDED if visit.request.query.get("done") == "handed" else None,
            behind=await trouble.of_house(visit),
            page=page,
            pages=pages,
            before=asked.address(page - 1),
            after=asked.address(page + 1),
            again=asked.address(page),
            query=visit.request.query_string,
            **_choices(visit, asked, staff, desks),
        )


def _choices(visit: Visit, asked: Asked, staff: People, desks: list[Desk]) -> dict[str, Any]:
    by_name = sorted(tongues(visit).names.items(), key=lambda one: one[1].casefold())
    colleagues = {
        str(one.id): one.name
        for one in staff.operators.values()
        if one.active and one.office == visit.operator.office and one.id != visit.operator.id
    }
    owners: dict[str, Text | str] = {MINE: _("Mine"), NOBODY: _("Nobody's"), **colleagues}
    return {
        "states": _chosen({**_names(STATES), ALL: _("Open and closed")}, asked.state),
        "needs": _chosen(_names(NEEDS), asked.need),
        "levels": _chosen({str(one.value): name for one, name in LEVELS.items()}, asked.level),
        "languages": _chosen(dict(by_name), asked.language),
        "territories": _chosen(
            {one: one for one in sorted({desk.territory for desk in desks if desk.territory})},
            asked.territory,
        ),
        "owners": _chosen(owners, asked.owner),
        "waits": _chosen(WAITS, asked.waits),
    }


def _names(words: Mapping[Any, Text]) -> dict[str, Text]:
    names: dict[str, Text] = {}
    for one, name in words.items():
        assert isinstance(one, StrEnum | IntEnum)
        names[str(one.value)] = name
    return names


def _chosen(names: Mapping[str, Text | str], chosen: str) -> list[Choice]:
    return [Choice(value, name, value == chosen) for value, name in names.items()]
