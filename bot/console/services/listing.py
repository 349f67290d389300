"""The list of services: which of them people see, and which somebody has to look at again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from aiohttp import web

from bot.console.services.labels import CHOICES, DONE, STATES
from bot.console.visit import Access, Visit
from bot.languages import ROME
from flows.service_model import Kind
from flows.service_words import KIND_ICONS, KIND_WORDS
from flows.text import Text, _, ngettext, verbatim
from storage.services.finding import find_services
from storage.services.model import Service

PAGE_ROWS = 40
LONGEST_WORDS = 60
SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed to; whatever was written in the address, something that is."""

    words: str = ""
    kind: str = ""
    town: str = ""
    state: str = ""

    @classmethod
    def of(cls, visit: Visit) -> Asked:
        """Read the address of a visit."""
        query = visit.request.query
        kind, state = query.get("kind", ""), query.get("state", "")
        return cls(
            words=" ".join(query.get("words", "")[:LONGEST_WORDS].split()),
            kind=kind if kind in CHOICES["kind"] else "",
            town=query.get("town", "")[:LONGEST_WORDS],
            state=state if state in STATES else "",
        )

    @property
    def is_open(self) -> bool:
        """Whether nothing was asked for."""
        return self == Asked()

    def address(self, page: int) -> str:
        """The list as it is asked for, from a page on."""
        fields = {name: getattr(self, name) for name in self.__slots__ if getattr(self, name)}
        if page > 1:
            fields["page"] = str(page)
        return f"/services?{urlencode(fields)}" if fields else "/services"


@dataclass(frozen=True, slots=True)
class Row:
    """A service as it stands in the list: how it stands with people, and since or until when."""

    service: Service
    state: str
    words: Text
    icon: str


def today_of(visit: Visit) -> date:
    """The day in Italy."""
    return visit.room.now.astimezone(ROME).date()


def state_of(service: Service, today: date) -> str:
    """How a service stands with people: one of STATES."""
    if not service.shown:
        return "hidden"
    if service.is_due(today):
        return "due"
    return "soon" if service.is_due(today + SOON) else "seen"


def told(service: Service, today: date) -> Text:
    """The same in words, with the day."""
    last = service.last_day
    if last is None:
        return _("never checked: people do not see it")
    if last < today:
        return _("too old since {day}: people do not see it", day=last)
    return _("good until {day}", day=last)


async def show(visit: Visit) -> web.StreamResponse:
    """Show the list; what is due comes first."""
    asked, today = Asked.of(visit), today_of(visit)
    every = await visit.room.read(
        lambda connection: find_services(
            connection,
            kind=Kind(asked.kind) if asked.kind else None,
            words=asked.words,
            town=asked.town,
        )
    )
    towns = {one.town for one in await visit.room.read(find_services) if one.town}
    rows = [Row(one, state_of(one, today), told(one, today), KIND_ICONS[one.kind]) for one in every]
    due = sum(row.state == "due" for row in rows)
    rows = [row for row in rows if asked.state in ("", row.state)]
    order = tuple(STATES)
    rows.sort(key=lambda row: order.index(row.state))
    pages = max(1, -(-len(rows) // PAGE_ROWS))
    page = visit.page_number(pages)
    return visit.page(
        "services/list.html",
        rows=rows[(page - 1) * PAGE_ROWS : page * PAGE_ROWS],
        count=ngettext("{count} service", "{count} services", len(rows)),
        due=due,
        asked=asked,
        kinds=KIND_WORDS,
        kind_choices=list(CHOICES["kind"].items()),
        town_choices=[(one, verbatim(one)) for one in sorted(towns, key=str.casefold)],
        state_choices=list(STATES.items()),
        may_import=Access.of(visit.operator) >= Access.COORDINATOR,
        done=DONE.get(visit.request.query.get("done", "")),
        page=page,
        pages=pages,
        before=asked.address(page - 1),
        after=asked.address(page + 1),
    )
