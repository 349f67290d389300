"""Tells the operators' groups what cannot wait of people's lessons and appointments, once.

The console shows all of it until somebody has seen it: what a group does not take is not lost.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.delivery.sending import Fate, Sent
from bot.group import meetings
from bot.group.door import said
from bot.means import Means
from storage import group as kept
from storage.desk_news import AT_ONCE, DeskNews, find_territories, mark_posted, to_post
from storage.group import Group, Said
from storage.outbox import Lane, Outgoing, Policy
from storage.unit import Unit
from storage.washing import to_hour

HELD = timedelta(hours=40)
"""So long a message stays in a group: a bot can delete it for 48 hours, and the day is over."""

PATIENCE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class _Message:
    """One message on its way, to which group."""

    group: Group
    end: asyncio.Future[Sent]


class DeskPosts:
    """Every tick tells what is new, one message a group; what is under way is waited for."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._under_way: list[_Message] = []

    async def tick(self) -> None:
        """Tell the groups what they were not told of."""
        means = self._means
        told = await means.done(self._take)
        for group, news in told:
            end = means.delivery.send(self._outgoing(group, news))
            self._under_way.append(_Message(group, end))
            means.watch.count("desk_news_posted", len(news))
        await self._land()

    def _take(self, unit: Unit) -> list[tuple[Group, list[DeskNews]]]:
        """What is new, by the group of its office; from now on nobody tells it again.

        So it may be lost where the process dies at this very moment, and is never said twice.
        """
        new = to_post(unit.reading())
        if not new:
            return []
        connection = unit.direct()
        mark_posted(connection, [one.id for one in new])
        places = find_territories(connection, {one.desk for one in new})
        found: dict[int, tuple[Group, list[DeskNews]]] = {}
        for one in new:
            territory = places.get(one.desk, "")
            group = kept.group_for(connection, self._means.vault, one.office, territory)
            if group is not None:
                found.setdefault(group.id, (group, []))[1].append(one)
        return list(found.values())

    def _outgoing(self, group: Group, news: Sequence[DeskNews]) -> Outgoing:
        params = said(self._means.languages, group.chat, meetings.lines(news))
        if not any(one.what in AT_ONCE for one in news):
            params["disable_notification"] = True
        return Outgoing("sendMessage", params, Lane.ALERT, Policy.ONCE)

    async def _land(self) -> None:
        """Wait a little for what is on its way, and remember what has arrived, so that it goes."""
        if not self._under_way:
            return
        done, _late = await asyncio.wait(
            {one.end for one in self._under_way}, timeout=PATIENCE_SECONDS
        )
        landed = [one for one in self._under_way if one.end in done]
        self._under_way = [one for one in self._under_way if one.end not in done]
        now = self._means.clock.now()
        for one in landed:
            sent = one.end.result()
            if sent.fate is Fate.SENT:
                await self._means.done(_remembering(one.group, sent, now))
            else:
                self._means.watch.note("desk_news_refused")


def _remembering(group: Group, sent: Sent, now: datetime) -> Callable[[Unit], None]:
    goes = to_hour(now + HELD)

    def job(unit: Unit) -> None:
        messages = [Said(number, goes) for number in sent.message_ids]
        kept.remember_said(unit.direct(), group.id, messages)

    return job
