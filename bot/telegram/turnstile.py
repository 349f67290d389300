"""Lets updates through: different chats at once, one chat strictly in order, none lost or stuck.

An update is *through* when its turn is committed, or when it is known that it never will be: then
its id and kind are put into quarantine and the others go on. Polling and webhook stand before the
same turnstile.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.clock import Clock
from bot.flood import Brake, Verdict
from bot.telegram.incoming import GROUPS, Command, Incoming, Kind, Sender, Tap, Wrote
from bot.watch import Silent, Watch
from storage.errors import BusyError, CommitUnknownError, DatabaseError

Take = Callable[[Incoming], Awaitable[object]]
AnswerBlank = Callable[[str], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how long something is tried."""

    tries: int = 3
    pause_seconds: float = 0.2
    longest_pause_seconds: float = 15.0
    blank_answer_after_seconds: float = 1.5


def is_trouble_of_the_house(error: Exception) -> bool:
    """Whether a turn failed for a reason that has nothing to do with its update."""
    return isinstance(error, BusyError | CommitUnknownError | DatabaseError)


async def _no_answer(query_id: str) -> None:
    return None


def _nowhere(point: str) -> None:
    return None


def _is_file(incoming: Incoming) -> bool:
    return isinstance(incoming.content, Wrote) and incoming.content.file_id is not None


class Turnstile:
    """Hands each update to `take`, the turn, which returns once the turn is committed.

    `is_trouble` tells the house's failures (the database is away) from the update's own: those are
    waited out and never lead to quarantine. `quarantine` writes down the id and kind of an update
    that failed every time and marks it handled; if even that fails, the trouble is the house's.
    `notice` answers the first message too many of a flood. `at` is called when an update was
    received (K1), where fault tests kill.
    """

    def __init__(
        self,
        take: Take,
        quarantine: Take,
        *,
        answer_blank: AnswerBlank = _no_answer,
        is_trouble: Callable[[Exception], bool] = is_trouble_of_the_house,
        brake: Brake | None = None,
        notice: Take | None = None,
        always: frozenset[str] = frozenset({"clean", "forget"}),
        patience: Patience | None = None,
        clock: Clock | None = None,
        watch: Watch | None = None,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        at: Callable[[str], object] = _nowhere,
    ) -> None:
        self._take = take
        self._quarantine = quarantine
        self._answer_blank = answer_blank
        self._is_trouble = is_trouble
        self._brake = brake
        self._notice = notice or take
        self._always = always
        self._patience = patience or Patience()
        self._clock = clock or Clock()
        self._watch = watch or Silent()
        self._sleep = sleep
        self._at = at
        self._open: dict[int, asyncio.Future[None]] = {}
        self._lines: dict[int, deque[tuple[Incoming, Take]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return len(self._open)

    def admit(self, incoming: Incoming) -> asyncio.Future[None]:
        """Let an update in; the future is done when it is through.

        An update that is already inside is not let in twice: its own future is handed back.
        """
        self._at("K1")
        found = self._open.get(incoming.update_id)
        if found is not None:
            return found
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        turn = self._turn_for(incoming)
        if turn is None:
            self._let_go(incoming, future)
            return future
        self._open[incoming.update_id] = future
        if incoming.kind is Kind.CALLBACK:
            self._answer_in_time(incoming, future)
        key = self._key(incoming)
        line = self._lines.get(key)
        if line is not None:
            line.append((incoming, turn))
        else:
            self._lines[key] = deque([(incoming, turn)])
            self._start(self._serve(key))
        return future

    def waits_behind(self, incoming: Incoming) -> bool:
        """Whether the next of this chat is a file like this one: an album, or several in a row."""
        line = self._lines.get(self._key(incoming))
        if line is None or len(line) < 2 or not _is_file(incoming):
            return False
        return _is_file(line[1][0])

    async def drain(self) -> None:
        """Wait until everybody inside is through."""
        while self._open:
            await asyncio.wait(list(self._open.values()))

    async def abandon(self) -> None:
        """Stop at once; what is not through stays unconfirmed and comes again."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for future in list(self._open.values()):
            future.cancel()
        self._open.clear()
        self._lines.clear()

    @staticmethod
    def _key(incoming: Incoming) -> int:
        return incoming.chat_id or incoming.from_id or 0

    def _turn_for(self, incoming: Incoming) -> Take | None:
        """What is done with an update; None when nothing is."""
        if incoming.kind is Kind.IGNORED:
            return None
        if incoming.kind not in (Kind.MESSAGE, Kind.EDITED):
            return self._take
        if incoming.sender is Sender.BOT:  # two bots would talk for ever
            return None
        # A group is many people at once, and what its operators write is kept; others are left.
        if self._brake is None or incoming.chat_id is None or incoming.chat_type in GROUPS:
            return self._take
        content = incoming.content
        if isinstance(content, Command) and content.name in self._always:
            return self._take
        verdict = self._brake.verdict(incoming.chat_id, self._clock.monotonic())
        if verdict is Verdict.PASS:
            return self._take
        self._watch.count("flood_held")
        return self._notice if verdict is Verdict.NOTICE else None

    def _let_go(self, incoming: Incoming, future: asyncio.Future[None]) -> None:
        self._watch.count("update_ignored")
        if isinstance(incoming.content, Tap):  # a tap that means nothing still gets its answer
            self._start(self._answer(incoming.content.query_id))
        future.set_result(None)

    def _answer_in_time(self, incoming: Incoming, future: asyncio.Future[None]) -> None:
        """End the spinner on the person's button when the turn is slow."""
        if not isinstance(incoming.content, Tap):
            return
        query_id = incoming.content.query_id

        def late() -> None:
            self._watch.count("answered_blank")
            self._start(self._answer(query_id))

        timer = asyncio.get_running_loop().call_later(
            self._patience.blank_answer_after_seconds, late
        )
        future.add_done_callback(lambda _: timer.cancel())

    async def _answer(self, query_id: str) -> None:
        try:
            await self._answer_blank(query_id)
        except Exception:
            self._watch.count("blank_answer_failed")

    def _start(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, key: int) -> None:
        """Serve one chat until its line is empty."""
        line = self._lines[key]
        while line:
            incoming, turn = line[0]
            await self._pass(incoming, turn)
            line.popleft()
            future = self._open.pop(incoming.update_id)
            if not future.done():
                future.set_result(None)
        del self._lines[key]

    async def _pass(self, incoming: Incoming, turn: Take) -> None:
        """Return when the update is through, however long that takes."""
        failures = troubles = 0
        while True:
            try:
                await turn(incoming)
            except Exception as error:
                if self._is_trouble(error):
                    troubles += 1
                    self._watch.count("turn_in_trouble")
                else:
                    failures += 1
                    self._watch.note("turn_failed", error=type(error).__name__, tries=failures)
            else:
                return
            if failures >= self._patience.tries:
                if await self._set_aside(incoming):
                    return
                failures, troubles = 0, troubles + 1
            await self._sleep(self._pause(max(failures, troubles)))

    def _pause(self, times: int) -> float:
        pause = self._patience.pause_seconds * 2.0 ** min(times - 1, 20)
        return min(pause, self._patience.longest_pause_seconds)

    async def _set_aside(self, incoming: Incoming) -> bool:
        try:
            await self._quarantine(incoming)
        except Exception as error:
            self._watch.note("quarantine_failed", error=type(error).__name__)
            return False
        self._watch.note("update_quarantined", kind=incoming.kind.value)
        self._watch.count("update_quarantined")
        if isinstance(incoming.content, Tap):
            self._start(self._answer(incoming.content.query_id))
        return True
