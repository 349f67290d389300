"""What the pages of the reports share, and how one is opened: written down first, then read."""

from __future__ import annotations

from dataclasses import dataclass, field

from aiohttp import web

from bot.console.drafts import Drafts
from bot.console.reports.entrance import Entrance, ask, reader
from bot.console.reports.leaving import Leaving
from bot.console.reports.ports import Reports, Send
from bot.console.reports.presence import Presence
from bot.console.reports.sent import Fate, Sent
from bot.console.visit import Visit
from bot.meaning.interpreter import Interpreter
from flows.report_model import Status
from storage.audit import Action
from storage.reports import Push, Report


async def send_nothing(_push: Push) -> Fate:
    """A console without a bot beside it tells nobody."""
    return Fate.FAILED


@dataclass(eq=False)
class Desk:
    """What the pages share; there is one for a running console.

    `interpreter`: who translates on this machine, where somebody does.
    """

    reports: Reports
    send: Send = send_nothing
    presence: Presence = field(default_factory=Presence)
    leaving: Leaving = field(default_factory=Leaving)
    sent: Sent = field(default_factory=Sent)
    drafts: Drafts = field(default_factory=Drafts)
    interpreter: Interpreter | None = None

    @property
    def entrance(self) -> Entrance:
        """The way to a report, unopened."""
        return Entrance(self.reports)

    async def opened(self, visit: Visit) -> Report:
        """The report of the address, after its opening was written down.

        Raises:
            web.HTTPNotFound: it is not there for whoever asks, or has gone meanwhile.
        """
        row = await self.entrance.entitled(visit)
        await visit.note(Action.REPORT_READ, row.number)
        now = visit.room.now
        if row.status is Status.RECEIVED:
            await ask(self.reports.set_status, reader(visit), row.id, Status.READ, "", now)
        return await self.known(visit, shown=True)

    async def known(self, visit: Visit, *, shown: bool = False) -> Report:
        """The report of the address for a deed that shows nothing of what was told.

        Raises:
            web.HTTPNotFound: it is not there for whoever asks, or has gone meanwhile.
        """
        wanted = visit.request.match_info["report"]
        found = await ask(self.reports.read, reader(visit), wanted, shown=shown)
        if found is None:
            raise web.HTTPNotFound
        return found
