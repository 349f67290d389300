"""Writes down what a topic shows now, however long the database is away: what was sent was sent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from bot.delivery.sending import Sent
from bot.means import Means
from bot.relay.mirror_calls import Item
from bot.relay.mirror_look import kind_of
from flows.handoff_model import Trouble
from storage.errors import StorageError
from storage.group import find_group, keep_group, lose_group
from storage.handoffs import Handoff, Line, posting, view
from storage.unit import Unit

R = TypeVar("R")
PAUSE_SECONDS = 1.0


class Notes:
    """What is kept of the topics of one group."""

    def __init__(self, means: Means, group_id: int) -> None:
        self._means = means
        self._group_id = group_id

    async def opened(self, seen: Handoff, topic: int, name: str) -> bool:
        """A topic was made; whether it is wanted still."""
        now, group_id = self._now(), self._group_id

        def keep(unit: Unit) -> bool:
            return posting.open_topic(unit.direct(), seen.id, group_id, topic, name, now)

        return await self._surely(keep)

    async def summarised(self, seen: Handoff, message_id: int, shows: bytes) -> None:
        """The summary stands in a message."""
        await self._surely(lambda unit: view.set_card(unit.direct(), seen, message_id, shows))

    async def posted(self, items: Sequence[Item], message_id: int) -> None:
        """Lines and notes stand in one message."""

        def keep(unit: Unit) -> None:
            for item in items:
                view.set_posted(unit.direct(), kind_of(item), item.id, message_id)

        await self._surely(keep)

    async def shown(self, items: Sequence[Item], sent: Sent) -> None:
        """Lines and notes stand in the messages that were sent, all in the first or one in each.

        Where an operator's words are shown it is also said how far they have come.
        """
        ids = sent.message_ids
        if len(ids) != len(items):
            ids = ids[:1] * len(items)

        def keep(unit: Unit) -> None:
            for item, message_id in zip(items, ids, strict=True):
                view.set_posted(unit.direct(), kind_of(item), item.id, message_id)
                if isinstance(item, Line) and item.outward and not item.file_id:
                    view.set_ack(unit.direct(), item.id, message_id, item.state.value)

        await self._surely(keep)

    async def not_shown(self, items: Sequence[Item]) -> None:
        """It is known that these were refused."""

        def keep(unit: Unit) -> None:
            for item in items:
                view.undo_post(unit.direct(), kind_of(item), item.id)

        await self._surely(keep)

    async def acknowledged(self, lines: Sequence[Line], message_id: int | None) -> None:
        """A message says how far these have come."""

        def keep(unit: Unit) -> None:
            for line in lines:
                view.set_ack(unit.direct(), line.id, message_id, line.state.value)

        await self._surely(keep)

    async def named(self, seen: Handoff, name: str) -> None:
        """The topic is called so now."""
        await self._surely(lambda unit: view.set_name(unit.direct(), seen.id, name))

    async def moved(self, seen: Handoff, group_id: int) -> None:
        """Another group shows it from now on."""
        now = self._now()
        await self._surely(lambda unit: posting.move_in(unit.direct(), seen, group_id, now))

    async def lost(self, seen: Handoff) -> None:
        """The topic is gone."""
        now = self._now()
        await self._surely(lambda unit: posting.close_topic(unit.direct(), seen, now))

    async def in_order(self, seen: Handoff) -> None:
        """Nothing is in the way any more."""
        await self._surely(lambda unit: view.clear_trouble(unit.direct(), seen.id))

    async def trouble(self, seen: Handoff, why: Trouble) -> None:
        """One conversation cannot be shown now."""
        now = self._now()
        await self._surely(lambda unit: view.set_trouble(unit.direct(), seen.id, why.value, now))

    async def trouble_all(self, why: Trouble) -> None:
        """Nothing of the group can be shown now."""
        now, group_id = self._now(), self._group_id

        def keep(unit: Unit) -> None:
            posting.trouble_all(unit.direct(), group_id, why, now)
            if why is Trouble.GONE:
                lose_group(unit.direct(), group_id, now)

        await self._surely(keep)

    async def back(self) -> None:
        """The group is there after all."""

        def keep(unit: Unit) -> None:
            group = find_group(unit.reading(), self._means.vault, self._group_id)
            if group is not None and group.gone is not None:
                there = replace(group, gone=None, checked=False)
                keep_group(unit.direct(), self._means.vault, there)

        await self._surely(keep)

    def _now(self) -> datetime:
        return self._means.clock.now()

    async def _surely(self, job: Callable[[Unit], R]) -> R:
        while True:
            try:
                return await self._means.done(job)
            except StorageError as error:
                self._means.watch.note("mirror_failed", error=type(error).__name__)
                await asyncio.sleep(PAUSE_SECONDS)
