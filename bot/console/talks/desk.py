"""What the pages of the conversations share, and how one is found for whoever asks."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiohttp import web

from bot.console.reports.sent import Sent
from bot.console.talks.presence import Presence
from bot.console.visit import Visit
from bot.evidence.sandbox import Sandbox
from bot.evidence.verdict import Refusal
from bot.meaning.interpreter import Interpreter
from bot.relay.handoffs import Handoffs
from bot.relay.refusals import Done
from flows.library import Library
from flows.text import Text
from storage.access import talk_for_operator
from storage.audit import Action
from storage.handoffs import Handoff

MOST_TOLD = 500

NOTHING = Library(())
OPENED = "talks opened"
Fetch = Callable[[str, int], Awaitable[bytes]]


async def fetch_nothing(_file_id: str, _size_bytes: int) -> bytes:
    """A console without a bot beside it has no way to a file."""
    raise Refusal("busy")


@dataclass(frozen=True, slots=True)
class Told:
    """Something the page says at its head, once."""

    kind: str
    words: Text


@dataclass(eq=False)
class Talks:
    """What the pages share; there is one for a running console."""

    handoffs: Handoffs
    fetch: Fetch = fetch_nothing
    library: Library = NOTHING
    interpreter: Interpreter | None = None
    presence: Presence = field(default_factory=Presence)
    sent: Sent = field(default_factory=Sent)
    sandbox: Sandbox = field(default_factory=Sandbox)
    _told: OrderedDict[tuple[int, str], Told] = field(default_factory=OrderedDict)

    async def known(self, visit: Visit) -> Handoff:
        """The conversation of the address.

        Raises:
            web.HTTPNotFound: there is none, or whoever asks takes no part in it: both look alike.
        """
        return await find_talk(visit, visit.id("talk"))

    async def opened(self, visit: Visit, *, anew: bool) -> Handoff:
        """The conversation of the address, after its opening was written down.

        A page that is open and looks again, not `anew`, is no new opening of whoever opened it.

        Raises:
            web.HTTPNotFound: as `known`.
        """
        handoff = await self.known(visit)
        seen = visit.signed_in.drafts.setdefault(OPENED, set())
        assert isinstance(seen, set)
        if anew or handoff.id not in seen:
            await visit.note(Action.TALK_READ, handoff.designation)
            seen.add(handoff.id)
        return handoff

    def answer(self, visit: Visit, handoff_id: int, done: Done, at: str = "now") -> web.Response:
        """After a deed: back to the conversation, where is said what became of it."""
        word = secrets.token_urlsafe(9)
        self._told[visit.operator.id, word] = Told("good" if done.ok else "bad", done.words)
        while len(self._told) > MOST_TOLD:
            self._told.popitem(last=False)
        return visit.go(f"/talks/{handoff_id}?told={word}#{at}")

    def told(self, visit: Visit) -> list[Told]:
        """What has just been done by whoever looks; said once."""
        word = visit.request.query.get("told", "")[:40]
        found = self._told.pop((visit.operator.id, word), None)
        return [] if found is None else [found]


async def find_talk(visit: Visit, number: int) -> Handoff:
    """The conversation of an id.

    Raises:
        web.HTTPNotFound: there is none, or whoever asks takes no part in it: both look alike.
    """
    operator = visit.operator
    found = await visit.room.read(lambda c: talk_for_operator(c, operator, number))
    if found is None:
        raise web.HTTPNotFound
    return found
