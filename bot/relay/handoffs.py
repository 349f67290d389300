"""The operators' deeds for whoever is not in a turn: done, committed, handed over, told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.means import Means
from bot.relay.deeds import Deeds
from bot.relay.meeting import Wanted
from bot.relay.news import News
from bot.relay.refusals import Done
from flows.handoff_model import Reason, Urgency
from storage.handoffs import Content
from storage.operators import Operator
from storage.outbox import Row
from storage.unit import Unit


class Handoffs:
    """Each verb of `Deeds`, as the console does it: it comes back after the commit."""

    def __init__(self, means: Means, news: News) -> None:
        self._means = means
        self.news = news
        self.deeds = Deeds(means.vault, means.languages, means.settings)

    async def claim(self, operator: Operator, handoff_id: int) -> Done:
        """Take a conversation."""
        return await self.do(lambda unit, now: self.deeds.claim(unit, operator, handoff_id, now))

    async def release(self, operator: Operator, handoff_id: int) -> Done:
        """Let go of one's own."""
        return await self.do(lambda unit, now: self.deeds.release(unit, operator, handoff_id, now))

    async def take_over(
        self, operator: Operator, handoff_id: int, reason: str, expected: int | None = None
    ) -> Done:
        """Take a colleague's, with the reason; `expected` is who had it on the page."""
        return await self.do(
            lambda unit, now: self.deeds.take_over(
                unit, operator, handoff_id, reason, now, expected=expected
            )
        )

    async def say(self, operator: Operator, handoff_id: int, content: Content) -> Done:
        """Say something to the person."""
        return await self.do(
            lambda unit, now: self.deeds.say(unit, operator, handoff_id, content, now)
        )

    async def appointment(self, operator: Operator, handoff_id: int, wanted: Wanted) -> Done:
        """Book an appointment, and tell the person when to come."""
        return await self.do(
            lambda unit, now: self.deeds.appointment(unit, operator, handoff_id, wanted, now)
        )

    async def edit(
        self, operator: Operator, handoff_id: int, line_id: int, content: Content
    ) -> Done:
        """Put other words in the place of a line's."""
        return await self.do(
            lambda unit, now: self.deeds.edit(unit, operator, handoff_id, line_id, content, now)
        )

    async def undo(self, operator: Operator, handoff_id: int, line_id: int) -> Done:
        """Take a line back."""
        return await self.do(
            lambda unit, now: self.deeds.undo(unit, operator, handoff_id, line_id, now)
        )

    async def note(self, operator: Operator, handoff_id: int, text: str) -> Done:
        """Keep words for colleagues."""
        return await self.do(
            lambda unit, now: self.deeds.note(unit, operator, handoff_id, text, now)
        )

    async def urgency(self, operator: Operator, handoff_id: int, urgency: Urgency) -> Done:
        """Say how soon somebody should answer."""
        return await self.do(
            lambda unit, now: self.deeds.urgency(unit, operator, handoff_id, urgency, now)
        )

    async def mediator(self, operator: Operator, handoff_id: int) -> Done:
        """Ask for a mediator."""
        return await self.do(lambda unit, now: self.deeds.mediator(unit, operator, handoff_id, now))

    async def close(self, operator: Operator, handoff_id: int, reason: Reason) -> Done:
        """Close a conversation."""
        return await self.do(
            lambda unit, now: self.deeds.close(unit, operator, handoff_id, reason, now)
        )

    async def reopen(self, operator: Operator, handoff_id: int) -> Done:
        """Open a closed conversation again."""
        return await self.do(lambda unit, now: self.deeds.reopen(unit, operator, handoff_id, now))

    async def hand_on(
        self, operator: Operator, handoff_id: int, desk_key: str, reason: str
    ) -> Done:
        """Give a conversation to another desk."""
        return await self.do(
            lambda unit, now: self.deeds.hand_on(unit, operator, handoff_id, desk_key, reason, now)
        )

    async def do(self, deed: Callable[[Unit, datetime], Done]) -> Done:
        """Do something in a transaction of its own; what it leads to goes out, and is told."""
        now = self._means.clock.now()

        def job(unit: Unit) -> tuple[Done, list[Row], tuple[int, ...]]:
            done = deed(unit, now)
            return done, list(unit.sent), tuple(unit.stirred)

        done, rows, stirred = await self._means.done(job)
        self._means.delivery.hand_over(rows)
        self.news.tell(*stirred)
        return done
