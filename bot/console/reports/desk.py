"""What the pages of the reports share, and the one way to a report: entitled, written down, read.

There is no other way: every page and every deed finds its report by `opened` or `entitled`, and
whoever is not entitled is told what whoever mistypes an address is told.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

from aiohttp import web

from bot.console.reports.drafts import Drafts
from bot.console.reports.leaving import Leaving
from bot.console.reports.ports import Reports, Send
from bot.console.reports.presence import Presence
from bot.console.reports.sent import Fate, Sent
from bot.console.visit import Visit
from bot.words import Words as Tongue
from flows.report_model import Status
from flows.text import Text
from storage.audit import Action
from storage.reports import Push, Reader, Report, Waiting

R = TypeVar("R")
P = ParamSpec("P")


async def send_nothing(_push: Push) -> Fate:
    """A console without a bot beside it tells nobody."""
    return Fate.FAILED


@dataclass(eq=False)
class Desk:
    """What the pages share; there is one for a running console."""

    reports: Reports
    send: Send = send_nothing
    presence: Presence = field(default_factory=Presence)
    leaving: Leaving = field(default_factory=Leaving)
    sent: Sent = field(default_factory=Sent)
    drafts: Drafts = field(default_factory=Drafts)

    async def ask(self, work: Callable[P, R], *args: P.args, **more: P.kwargs) -> R:
        """Do something with the reports' storage, which is not asynchronous."""
        return await asyncio.to_thread(work, *args, **more)

    async def queue(self, visit: Visit) -> list[Waiting]:
        """Every report that is sealed to whoever asks, without what is in it."""
        return await self.ask(self.reports.queue, reader(visit))

    async def entitled(self, visit: Visit) -> Waiting:
        """The report of the address, unopened.

        Raises:
            web.HTTPNotFound: there is none, or it is not sealed to whoever asks: both look alike.
        """
        wanted = visit.request.match_info["report"]
        for row in await self.queue(visit):
            if row.id == wanted:
                return row
        raise web.HTTPNotFound

    async def opened(self, visit: Visit) -> Report:
        """The report of the address, after its opening was written down.

        Raises:
            web.HTTPNotFound: it is not there for whoever asks, or has gone meanwhile.
        """
        row = await self.entitled(visit)
        await visit.note(Action.REPORT_READ, row.number)
        now = visit.room.now
        if row.status is Status.RECEIVED:
            await self.ask(self.reports.set_status, reader(visit), row.id, Status.READ, "", now)
        return await self.known(visit)

    async def known(self, visit: Visit) -> Report:
        """The report of the address for a deed that shows nothing of what was told.

        Raises:
            web.HTTPNotFound: it is not there for whoever asks, or has gone meanwhile.
        """
        wanted = visit.request.match_info["report"]
        found = await self.ask(self.reports.read, reader(visit), wanted)
        if found is None:
            raise web.HTTPNotFound
        return found


def reader(visit: Visit) -> Reader:
    """Whoever is signed in, with the key that opens what is sealed to them.

    Raises:
        web.HTTPForbidden: the session has just ended, and its key is forgotten.
    """
    key = visit.signed_in.key
    if key is None:
        raise web.HTTPForbidden
    return Reader(visit.operator.id, key)


def tongue(visit: Visit, language: str, text: Text) -> Tongue:
    """The words in which somebody who reads a language reads a text: its own, or the next best."""
    languages = visit.room.languages
    own = next((one for one in languages.all if one.code == language), None)
    chain = () if own is None else (own.code, *own.fallback)
    return next((w for w in map(languages.words, chain) if w.has(text)), languages.words(None))


def language_name(visit: Visit, code: str) -> str:
    """A language as it calls itself; its code where nobody here knows it."""
    return next((one.name for one in visit.room.languages.all if one.code == code), code or "–")
