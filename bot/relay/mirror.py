"""Shows every conversation with a person as a topic of the operators' group it belongs to.

The database is the truth and a topic only a view of it: whatever is missing there is found in the
database and shown, now or when it can be again.
"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

from bot.means import Means
from bot.pace import Limits, Window
from bot.relay.mirror_look import GRACE, Looking
from bot.relay.mirror_worker import Worker
from bot.relay.news import News
from flows.handoff_model import Trouble
from flows.library import Library
from storage.group import Group, all_groups, group_for
from storage.handoffs import Handoff
from storage.handoffs.posting import find_homeless, find_stranded, move_in, trouble_all
from storage.unit import Unit

LOOK_SECONDS = 5.0
PAUSE_SECONDS = 5.0


class Mirror:
    """One worker a group; who has no group yet is given one."""

    def __init__(self, means: Means, news: News, limits: Limits, library: Library) -> None:
        self._means = means
        self._news = news
        self._looking = Looking(means.vault, means.languages, library)
        # The rest is for what operators tap and ask in the group: nobody waits behind a backlog.
        self._share = max(1, limits.group_per_minute * 4 // 5)
        self._workers: dict[int, tuple[Worker, asyncio.Task[None]]] = {}

    async def run(self) -> None:
        """Work until cancelled."""
        async with AsyncExitStack() as open_:
            ear = await open_.enter_async_context(self._news.listen())
            open_.push_async_callback(self._end)
            while True:
                try:
                    groups = await self._means.done(self._settle)
                except Exception as error:
                    self._means.watch.note("mirror_failed", error=type(error).__name__)
                    await asyncio.sleep(PAUSE_SECONDS)
                    continue
                self._wake(groups)
                try:
                    async with asyncio.timeout(LOOK_SECONDS):
                        await ear.take()
                except TimeoutError:
                    pass

    def _settle(self, unit: Unit) -> list[Group]:
        """Give every conversation a group that can show it, where there is one."""
        vault, now = self._means.vault, self._means.clock.now()
        groups = all_groups(unit.reading(), vault)
        gone = [one.id for one in groups if one.gone is not None and now - one.gone >= GRACE]

        def place(handoff: Handoff) -> bool:
            found = group_for(unit.reading(), vault, handoff.office, handoff.territory)
            if found is not None:
                move_in(unit.direct(), handoff, found.id, now)
            return found is not None

        homeless = [one for one in find_homeless(unit.reading()) if not place(one)]
        if any(one.trouble != Trouble.NO_GROUP for one in homeless):
            trouble_all(unit.direct(), None, Trouble.NO_GROUP, now)
        for group_id in gone:
            stranded = [one for one in find_stranded(unit.reading(), group_id) if not place(one)]
            if any(one.trouble != Trouble.GONE for one in stranded):
                trouble_all(unit.direct(), group_id, Trouble.GONE, now)
        return groups

    def _wake(self, groups: list[Group]) -> None:
        for group_id in [one for one, (_, task) in self._workers.items() if task.done()]:
            del self._workers[group_id]
        for group in groups:
            if group.id in self._workers:
                worker = self._workers[group.id][0]
                worker.meet(group)
                worker.wake()
                continue
            window = Window(self._share, 60.0)
            worker = Worker(self._means, self._looking, group.id, window, self._news.tell)
            self._workers[group.id] = worker, asyncio.create_task(worker.run())

    async def _end(self) -> None:
        tasks = [task for _, task in self._workers.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
