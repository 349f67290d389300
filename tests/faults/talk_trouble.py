"""What happens to a group and to the bot while people talk: everything, one after the other."""

from __future__ import annotations

import asyncio
import random
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.relay.mirror_look import GRACE
from tests.faults.crashes import OUTSIDE
from tests.faults.nursery import Nursery
from tests.faults.process import KILLED, set_ahead
from tests.faults.talkers import Talks

TOPIC_TROUBLES = ("deleted", "closed", "renamed")
GROUP_TROUBLES = ("silenced", "without_topics", "kicked")
WIRE_TROUBLES = ("storm", "blocked", "general")
ENDS = ("migrated", "gone")
TROUBLES = (*TOPIC_TROUBLES, *GROUP_TROUBLES, *WIRE_TROUBLES, *ENDS)


class Saboteur:
    """Does one thing after the other to the office's group, and takes back what can be."""

    def __init__(
        self,
        talks: Talks,
        troubles: tuple[str, ...],
        pause_seconds: float,
        clock: Path,
        seed: int = 0,
    ) -> None:
        self._clock = clock
        self._talks = talks
        self._pause_seconds = pause_seconds
        self._troubles = troubles
        self._dice = random.Random(f"{seed}:trouble")
        self._telegram = talks.telegram
        self.done: dict[str, int] = {}

    @property
    def _admin(self) -> int:
        return self._talks.operators[0].person_id

    async def rage(self, enough: Callable[[], bool]) -> None:
        """Make trouble until there was enough of it; the last acts come once, in the end."""
        again = [one for one in self._troubles if one not in ENDS]
        while again and not enough():
            for trouble in again:
                await asyncio.sleep(self._dice.uniform(0.5, 1.5) * self._pause_seconds)
                await self._make(trouble)
        for trouble in ENDS:
            if trouble in self._troubles:
                await asyncio.sleep(1.0)
                await self._make(trouble)

    async def _make(self, trouble: str) -> None:
        act: Callable[[], Awaitable[None]] = getattr(self, f"_{trouble}")
        await act()
        self.done[trouble] = self.done.get(trouble, 0) + 1

    # -- topics

    async def _topic(self, **wish: object) -> int | None:
        chat = self._telegram.state.chats[self._talks.groups[0]]
        if not chat.topics or chat.disbanded:
            return None
        thread = self._dice.choice(list(chat.topics))
        body = {"from": self._admin, "chat": chat.id, "thread": thread, **wish}
        await self._telegram.sim("topic", **body)
        return thread

    async def _deleted(self) -> None:
        await self._topic(delete=True)

    async def _renamed(self) -> None:
        await self._topic(name=f"Ours {self._dice.random()}")

    async def _closed(self) -> None:
        """Closed by hand, while the bot may not open it."""
        await self._bot("administrator", ["can_manage_chat", "can_delete_messages"])
        thread = await self._topic(closed=True)
        await asyncio.sleep(0.3)
        await self._restored()
        chat = self._telegram.state.chats[self._talks.groups[0]]
        if thread in chat.topics:
            body = {"from": self._admin, "chat": chat.id, "thread": thread, "closed": False}
            await self._telegram.sim("topic", **body)

    # -- the bot in the group

    async def _bot(self, status: str, rights: list[str] | None = None) -> None:
        body = {"from": self._admin, "chat": self._talks.groups[0], "status": status}
        more = {} if rights is None else {"rights": rights}
        await self._telegram.sim("join", **body, **more)

    async def _restored(self) -> None:
        await self._bot("administrator")

    async def _silenced(self) -> None:
        await self._bot("restricted", [])
        await asyncio.sleep(0.5)
        await self._restored()

    async def _without_topics(self) -> None:
        await self._bot("administrator", ["can_manage_chat"])
        await self._topic(delete=True)
        await asyncio.sleep(0.5)
        await self._restored()

    async def _kicked(self) -> None:
        await self._bot("kicked", [])
        await asyncio.sleep(0.5)
        await self._restored()

    # -- the wire

    async def _storm(self) -> None:
        """For a while three of ten calls are too many."""
        await self._telegram.fault("429", probability=0.3, retry_after=0, seconds=0.7, seed=1)
        await asyncio.sleep(0.7)

    async def _general(self) -> None:
        await self._telegram.fault("general", "sendMessage", times=1, chat_id=self._talks.groups[0])

    async def _blocked(self) -> None:
        """Somebody blocks the bot for a moment, while operators write to them."""
        phone = self._dice.choice(list(self._talks.people.values()))
        await phone.block()
        await asyncio.sleep(0.5)
        await phone.block(False)

    # -- what cannot be taken back

    async def _migrated(self) -> None:
        body = {"from": self._admin, "chat": self._talks.groups[0], "forum": True}
        new = (await self._telegram.sim("migrate", **body))["id"]
        self._talks.groups[0] = new

    async def _gone(self) -> None:
        """The group is deleted, and some time passes."""
        body = {"from": self._admin, "chat": self._talks.groups[0]}
        await self._telegram.sim("disband", **body)
        await asyncio.sleep(2.0)
        set_ahead(self._clock, GRACE.total_seconds())


class Killer:
    """Lets the bot die again and again at some points, and start again each time."""

    def __init__(
        self, bots: Nursery, points: tuple[str, ...], kills: int, passes: int, seed: int = 0
    ) -> None:
        self._passes = passes
        self._bots = bots
        self._points = points
        self._most = kills
        self._dice = random.Random(f"{seed}:kills")
        self.kills = 0

    async def rage(self) -> None:
        """Kill as often as planned; the last life goes on."""
        while self.kills < self._most:
            point = self._points[self.kills % len(self._points)]
            if point == OUTSIDE:
                await self._bots.start()
                await asyncio.sleep(self._dice.uniform(0.5, 2.0))
                self._bots.signal(signal.SIGKILL)
                assert await self._bots.ended() == -signal.SIGKILL
            else:
                await self._bots.start(point=point, times=self._dice.randint(5, self._passes))
                assert await self._bots.ended() == KILLED
            self.kills += 1
        await self._bots.start()
