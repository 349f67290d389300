"""The list of reports, the most urgent first, without a word of what is in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from aiohttp import web

from bot.console.people import People, people
from bot.console.reports.desk import Desk
from bot.console.reports.labels import LEVELS, OVER, STATUSES, age, going
from bot.console.visit import Visit
from flows.report_model import Level, Status
from flows.text import Text, _, ngettext
from storage.audit import Action
from storage.reports import Waiting

PAGE_ROWS = 30
ALL = "all"


@dataclass(frozen=True, slots=True)
class Sieve:
    """What the list is narrowed to; whatever was written in the address, something that is."""

    level: Level | None = None
    status: Status | None = None
    every: bool = False
    mine: bool = False
    number: str = ""

    @classmethod
    def of(cls, visit: Visit) -> Sieve:
        """Read the address of a visit."""
        query = visit.request.query
        level, status = query.get("level", ""), query.get("status", "")
        return cls(
            level=next((one for one in Level if str(one.value) == level), None),
            status=next((one for one in Status if one.value == status), None),
            every=status == ALL,
            mine=query.get("mine") == "1",
            number="".join(filter(str.isalnum, query.get("number", "")[:40])).upper()[:12],
        )

    @property
    def is_open(self) -> bool:
        """Whether nothing was asked for but what is open."""
        return self == Sieve()

    @property
    def query(self) -> str:
        """The same as part of an address."""
        status = ALL if self.every else self.status.value if self.status else ""
        fields = {
            "level": "" if self.level is None else str(self.level.value),
            "status": status,
            "mine": "1" if self.mine else "",
            "number": self.number,
        }
        return urlencode({name: value for name, value in fields.items() if value})

    def lets(self, row: Waiting, operator_id: int) -> bool:
        """Whether a report is shown. A number is found whatever its status is."""
        if self.number:
            return row.number.upper().startswith(self.number)
        return (
            (self.level is None or row.level is self.level)
            and (self.every or self.status is not None or row.status not in OVER)
            and (self.status is None or row.status is self.status)
            and (not self.mine or row.assigned == operator_id)
        )


@dataclass(frozen=True, slots=True)
class Ticket:
    """A report in the list."""

    id: str
    number: str
    level: int
    level_name: Text
    status_name: Text
    age: Text
    mine: bool
    who: str
    unread: Text | None
    files: Text | None
    going: Text | None
    doubtful: bool
    is_new: bool


def order(row: Waiting) -> tuple[bool, bool, int, date, str]:
    """What looks false or is over comes last; danger first; in a level the oldest first."""
    return (row.status in OVER, row.doubtful, -row.level.value, row.week, row.number)


def ticket(row: Waiting, visit: Visit, staff: People) -> Ticket:
    """A row as it is shown."""
    today = visit.room.now.date()
    return Ticket(
        id=row.id,
        number=row.number,
        level=row.level.value,
        level_name=LEVELS[row.level],
        status_name=STATUSES[row.status],
        age=age(row.week, today),
        mine=row.assigned == visit.operator.id,
        who=staff.name(row.assigned) if row.assigned else "",
        unread=ngettext("{count} new answer", "{count} new answers", row.unread)
        if row.unread and row.status is not Status.RECEIVED  # the report itself is new then
        else None,
        files=ngettext("{count} file", "{count} files", row.evidence) if row.evidence else None,
        going=going(row.goes, today),
        doubtful=row.doubtful,
        is_new=row.status is Status.RECEIVED,
    )


def summary(rows: Sequence[Waiting]) -> Text | None:
    """How much there is to do, in a line; None where nothing is."""
    waiting = [row for row in rows if row.status not in OVER]
    if not waiting:
        return None
    danger = sum(row.level is Level.DANGER and not row.doubtful for row in waiting)
    unread = sum(row.status is Status.RECEIVED for row in waiting)
    return _(
        "{open}, {danger}, {unread}",
        open=ngettext("{count} open", "{count} open", len(waiting)),
        danger=ngettext("{count} in danger", "{count} in danger", danger),
        unread=ngettext("{count} that nobody has read", "{count} that nobody has read", unread),
    )


@dataclass(frozen=True, slots=True)
class Empty:
    """Why the list shows nothing."""

    title: Text
    words: Text
    all: bool


def why_empty(sieve: Sieve, rows: Sequence[Waiting]) -> Empty:
    """Nothing at all, nothing open, or nothing that fits: three different things."""
    if sieve.number:
        title = _("There is no report {number} for you", number=sieve.number)
        return Empty(title, _("It may be gone, or it was not sealed to you."), True)
    if not rows:
        return Empty(
            _("No reports yet"),
            _("When somebody sends one that you may read, it stands here. You need do nothing."),
            False,
        )
    if sieve.is_open:
        return Empty(
            _("Nothing is open"), _("All that came was seen to its end. Well done."), False
        )
    return Empty(_("Nothing like this"), _("There are reports, but none that fits."), True)


class Queue:
    """The pages of the list."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, visit: Visit) -> web.StreamResponse:
        """Show the list."""
        await visit.note(Action.QUEUE_READ)
        # Asked first: what changes meanwhile is news, rather than missed.
        state = await self._desk.entrance.state(visit)
        rows = sorted(await self._desk.entrance.queue(visit), key=order)
        sieve = Sieve.of(visit)
        found = [row for row in rows if sieve.lets(row, visit.operator.id)]
        pages = max(1, -(-len(found) // PAGE_ROWS))
        page = visit.page_number(pages)
        shown = found[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]
        staff = await people(visit)
        return visit.page(
            "reports/queue.html",
            rows=[ticket(row, visit, staff) for row in shown],
            summary=summary(rows),
            empty=why_empty(sieve, rows),
            sieve=sieve,
            levels=_choices(LEVELS, sieve.level),
            statuses=_choices(STATUSES, sieve.status),
            page=page,
            pages=pages,
            before=_address(sieve, page - 1),
            after=_address(sieve, page + 1),
            again=_address(sieve, page),
            state=state,
        )

    async def news(self, visit: Visit) -> web.StreamResponse:
        """Say whether the list is still the one that is shown, and no more."""
        return web.json_response({"mark": await self._desk.entrance.state(visit)})


@dataclass(frozen=True, slots=True)
class _Choice:
    value: str
    name: Text
    chosen: bool


def _choices(labels: dict[Level, Text] | dict[Status, Text], chosen: object) -> list[_Choice]:
    return [_Choice(str(one.value), name, one is chosen) for one, name in labels.items()]


def _address(sieve: Sieve, page: int) -> str:
    fields = [sieve.query, f"page={page}" if page > 1 else ""]
    query = "&".join(filter(None, fields))
    return f"/reports?{query}" if query else "/reports"
