"""What is decided about a conversation: who has it, how urgent it is, where it goes, its end."""

from __future__ import annotations

from aiohttp import web

from bot.console.talks.desk import Talks
from bot.console.visit import Visit
from bot.group.buttons import REASONS
from bot.relay.refusals import NO_REASON, Done
from flows.case_model import Source
from flows.handoff_model import Urgency
from flows.text import _
from storage.access import Reach, to_hand_on
from storage.cases.contacts import open_contact

LONGEST_REASON = 300
NO_URGENCY = Done(False, _("Choose how urgent it is."))


class Handling:
    """The forms beside a conversation; each does one thing."""

    def __init__(self, talks: Talks) -> None:
        self._talks = talks

    async def claim(self, visit: Visit) -> web.StreamResponse:
        """Take a conversation."""
        handoff = await self._talks.known(visit)
        done = await self._talks.handoffs.claim(visit.operator, handoff.id)
        return self._talks.answer(visit, handoff.id, done)

    async def release(self, visit: Visit) -> web.StreamResponse:
        """Let go of one's own."""
        handoff = await self._talks.known(visit)
        done = await self._talks.handoffs.release(visit.operator, handoff.id)
        return self._talks.answer(visit, handoff.id, done)

    async def take_over(self, visit: Visit) -> web.StreamResponse:
        """Take a colleague's, with the reason."""
        handoff = await self._talks.known(visit)
        why = visit.value("why", longest=LONGEST_REASON)
        take = self._talks.handoffs.take_over
        done = await take(visit.operator, handoff.id, why, visit.number("had"))
        return self._talks.answer(visit, handoff.id, done)

    async def urgency(self, visit: Visit) -> web.StreamResponse:
        """Say how soon somebody should answer."""
        handoff = await self._talks.known(visit)
        wanted = visit.value("urgency")
        urgency = next((one for one in Urgency if str(int(one)) == wanted), None)
        done = NO_URGENCY
        if urgency is not None:
            done = await self._talks.handoffs.urgency(visit.operator, handoff.id, urgency)
        return self._talks.answer(visit, handoff.id, done)

    async def mediator(self, visit: Visit) -> web.StreamResponse:
        """Ask for somebody who speaks the person's language."""
        handoff = await self._talks.known(visit)
        done = await self._talks.handoffs.mediator(visit.operator, handoff.id)
        return self._talks.answer(visit, handoff.id, done)

    async def close(self, visit: Visit) -> web.StreamResponse:
        """Close it, with the reason; the person is told, and asked how it was."""
        handoff = await self._talks.known(visit)
        wanted = visit.value("reason")
        reason = next((one for one in REASONS if one.value == wanted), None)
        done = NO_REASON
        if reason is not None:
            done = await self._talks.handoffs.close(visit.operator, handoff.id, reason)
        return self._talks.answer(visit, handoff.id, done)

    async def reopen(self, visit: Visit) -> web.StreamResponse:
        """Open it again."""
        handoff = await self._talks.known(visit)
        done = await self._talks.handoffs.reopen(visit.operator, handoff.id)
        return self._talks.answer(visit, handoff.id, done)

    async def hand_on(self, visit: Visit) -> web.StreamResponse:
        """Give it to another desk, with the reason: one's own, or one of the territory."""
        operator, number = visit.operator, visit.id("talk")
        handoff = await visit.room.read(lambda c: to_hand_on(c, operator, number))
        if handoff is None:
            raise web.HTTPNotFound
        desk = visit.value("desk", longest=40)
        why = visit.value("why", longest=LONGEST_REASON)
        done = await self._talks.handoffs.hand_on(visit.operator, handoff.id, desk, why)
        if not done.ok and Reach(operator).talks_in(handoff.office):
            return self._talks.answer(visit, handoff.id, done)
        if not done.ok:
            return visit.go("/talks/others?done=refused")
        # It may be another office's now, which whoever handed it on does not see into.
        return visit.go("/talks?done=handed")

    async def begin_sheet(self, visit: Visit) -> web.StreamResponse:
        """Open a contact sheet with what the person said already; the one there is, if there is."""
        handoff = await self._talks.known(visit)
        who, vault, now = visit.operator, visit.room.database.vault, visit.room.now
        made = await visit.room.write(
            lambda connection: open_contact(
                connection,
                vault,
                office=who.office,
                operator_id=who.id,
                source=Source.BOT,
                now=now,
                person_id=handoff.person_id,
                owner=who.id,
            )
        )
        return visit.go(f"/cases/{made.id}/sheet")
