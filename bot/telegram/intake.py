"""Long polling that confirms an update only when its turn is committed.

Telegram is the queue: it keeps every update until a `getUpdates` asks for a higher offset. So the
offset is moved only to the end of the finished beginning, and a crash at any point brings back what
was not finished. A slow turn holds up its own chat and nobody else's; what was finished behind it
is known by its id and not done again.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, TypeVar

from telegram.error import Conflict, InvalidToken, TelegramError

from bot.clock import Clock
from bot.telegram.contact import Contact
from bot.telegram.errors import TooManyRequestsError, UnreadableAnswerError
from bot.telegram.incoming import ALLOWED_UPDATES, Incoming, Kind, read_update
from bot.telegram.turnstile import Turnstile
from bot.watch import Silent, Watch

R = TypeVar("R")


class IntakeError(Exception):
    """The root of what ends the intake for good."""


class AnotherInstanceError(IntakeError):
    """Another process receives this bot's updates: this one has stopped and harmed nothing."""


class TokenRefusedError(IntakeError):
    """Telegram does not know the token: nothing can be received until it is set right."""


class Caller(Protocol):
    """`TelegramClient`."""

    async def call(
        self,
        method: str,
        params: Mapping[str, Any] | None = None,
        *,
        answer_seconds: float | None = None,
    ) -> Any:
        """Call a method of the Bot API."""


@dataclass(frozen=True, slots=True)
class Polling:
    """How the loop asks and how long it waits."""

    batch: int = 100
    long_poll_seconds: int = 30
    patience_seconds: float = 0.05
    stuck_seconds: float = 0.7  # asked again sooner, Telegram gives one update at a time
    retry_seconds: float = 0.5
    longest_retry_seconds: float = 30.0
    conflicts: int = 3
    conflicts_of_an_incumbent: int = 12
    incumbent_after_seconds: float = 60.0
    confirm_seconds: float = 1.0  # the same question within three seconds waits for its answer


class Intake:
    """The polling loop. `run` returns after `stop`; what is unconfirmed then comes again."""

    def __init__(
        self,
        caller: Caller,
        turnstile: Turnstile,
        quarantine: Callable[[Incoming], Awaitable[object]],
        *,
        contact: Contact | None = None,
        polling: Polling | None = None,
        clock: Clock | None = None,
        watch: Watch | None = None,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._caller = caller
        self._turnstile = turnstile
        self._quarantine = quarantine
        self.bot_name = ""  # as soon as Telegram has told it
        self._contact = contact
        self._polling = polling or Polling()
        self._clock = clock or Clock()
        self._watch = watch or Silent()
        self._jitter = jitter
        self._offset: int | None = None  # None: from the oldest unconfirmed one
        self._last: int | None = None
        self._open: dict[int, asyncio.Future[None]] = {}
        self._finished: set[int] = set()
        self._moved = asyncio.Event()
        self._stopping = False
        self._waiting: asyncio.Future[Any] | None = None
        self._one_by_one = 0
        self._failures = 0
        self._conflicts = 0
        self._first_success: float | None = None
        self._greeted = False  # Telegram has answered; the first long poll may take a while

    @property
    def receiving(self) -> bool:
        """Whether the last question to Telegram was answered."""
        return self._greeted and not self._failures and not self._conflicts

    async def run(self) -> None:
        """Receive until told to stop.

        Raises:
            AnotherInstanceError: two are polling, or somebody set a webhook; this one stopped.
            TokenRefusedError: the token is not valid.
        """
        await self._until_answered("deleteWebhook", {"drop_pending_updates": False})
        self._greeted = True
        while not self._stopping:
            asked = self._offset
            batch = await self._ask()
            if batch is None:
                continue
            self._admit(batch)
            await self._settle(asked)
        await self._turnstile.drain()
        self._move()
        await self._confirm()

    def stop(self) -> None:
        """Ask for no more; finish what is inside, confirm it, return from `run`."""
        self._stopping = True
        self._moved.set()
        if self._waiting is not None:
            self._waiting.cancel()

    # -- asking

    async def _ask(self) -> list[Any] | None:
        """The next updates; None when there was no answer, after the pause that asks for."""
        params = self._question()
        long_poll = params["timeout"]
        try:
            batch = await self._interruptible(
                self._caller.call("getUpdates", params, answer_seconds=long_poll + 10.0)
            )
        except TelegramError as error:
            await self._failed(error)
            return None
        if batch is None:  # told to stop
            return None
        await self._succeeded()
        return batch if isinstance(batch, list) else []

    def _question(self) -> dict[str, Any]:
        params: dict[str, Any] = {
            "limit": 1 if self._one_by_one else self._polling.batch,
            "timeout": 0 if self._open else self._polling.long_poll_seconds,
            "allowed_updates": list(ALLOWED_UPDATES),
        }
        if self._offset is not None:
            params["offset"] = self._offset
        if self._one_by_one:
            self._one_by_one -= 1
        return params

    async def _until_answered(self, method: str, params: Mapping[str, Any]) -> None:
        while not self._stopping:
            try:
                await self._interruptible(self._caller.call(method, params))
                return
            except TelegramError as error:
                await self._failed(error)

    async def _succeeded(self) -> None:
        if self._first_success is None:
            self._first_success = self._clock.monotonic()
        if self._failures:
            self._watch.note("intake_back", tries=self._failures)
        self._failures = self._conflicts = 0
        offset = self._offset
        if offset is not None:
            self._finished = {done for done in self._finished if done >= offset}
        if self._contact is not None:
            try:
                await self._contact.made()
            except Exception as error:  # the database is away: the next contact writes it down
                self._watch.note("heartbeat_failed", error=type(error).__name__)

    async def _failed(self, error: TelegramError) -> None:
        if isinstance(error, InvalidToken):
            raise TokenRefusedError(
                "Telegram does not accept the token. Nothing can be received. Set "
                "ANTENNA_TELEGRAM_TOKEN to the token BotFather gave, and start again."
            )
        if isinstance(error, Conflict):
            await self._conflict()
            return
        if isinstance(error, UnreadableAnswerError) and await self._isolate(error):
            return
        self._failures += 1
        self._watch.count("intake_failed")
        if self._failures == 1:
            self._watch.note("intake_away", error=type(error).__name__)
        pause = self._pause(self._failures)
        if isinstance(error, TooManyRequestsError):
            pause = max(pause, error.seconds)
        await self._rest(pause)

    async def _conflict(self) -> None:
        """Another one polls: make sure, and let the newcomer of the two be the one who stops."""
        self._conflicts += 1
        self._watch.note("intake_conflict", tries=self._conflicts)
        polling = self._polling
        since = self._first_success
        is_incumbent = (
            since is not None and self._clock.monotonic() - since > polling.incumbent_after_seconds
        )
        most = polling.conflicts_of_an_incumbent if is_incumbent else polling.conflicts
        if self._conflicts >= most:
            raise AnotherInstanceError(
                "Another instance receives the updates of this bot. This one has stopped; the "
                "other goes on undisturbed. Stop the other one first, or use another token."
            )
        await self._rest(self._pause(self._conflicts))

    async def _isolate(self, error: UnreadableAnswerError) -> bool:
        """Something in the batch cannot be read: find it one by one, set it aside, go on."""
        if error.update_id is None:
            return False
        if not self._one_by_one and self._failures == 0:
            self._watch.note("batch_unreadable")
            self._one_by_one = self._polling.batch + 1
            self._failures += 1
            return True
        try:
            await self._quarantine(Incoming(error.update_id, Kind.IGNORED, why="unreadable"))
        except Exception as failure:
            self._watch.note("quarantine_failed", error=type(failure).__name__)
            return False
        self._watch.note("update_quarantined", kind="unreadable")
        self._last = error.update_id
        self._move()
        return True

    def _pause(self, times: int) -> float:
        polling = self._polling
        longest = min(
            polling.retry_seconds * 2.0 ** min(times - 1, 20), polling.longest_retry_seconds
        )
        return longest * (0.5 + self._jitter() / 2)

    async def _rest(self, seconds: float) -> None:
        await self._interruptible(asyncio.sleep(seconds))

    async def _interruptible(self, work: Awaitable[R]) -> R | None:
        """Wait for something unless told to stop."""
        waiting: asyncio.Future[R] = asyncio.ensure_future(work)
        self._waiting = waiting
        if self._stopping:
            waiting.cancel()
        try:
            return await waiting
        except asyncio.CancelledError:
            if self._stopping and waiting.cancelled():
                return None
            waiting.cancel()
            raise
        finally:
            self._waiting = None

    # -- letting in

    def _admit(self, batch: list[Any]) -> None:
        last = None
        for raw in batch:
            incoming = read_update(raw, self.bot_name)
            if incoming is None:
                self._watch.count("update_shapeless")
                continue
            update_id = incoming.update_id
            last = update_id if last is None else max(last, update_id)
            if update_id in self._open or update_id in self._finished:
                self._watch.count("update_repeated")
                continue
            self._watch.count("update_received")
            future = self._open[update_id] = self._turnstile.admit(incoming)
            future.add_done_callback(partial(self._finish, update_id))
        if last is not None:
            self._last = last
        self._move()

    def _finish(self, update_id: int, future: asyncio.Future[None]) -> None:
        if self._open.pop(update_id, None) is not None and not future.cancelled():
            self._finished.add(update_id)
        self._moved.set()

    def _move(self) -> None:
        """Set the offset to the end of what is finished without a gap.

        It may go down: after a quiet week Telegram begins its numbers anew.
        """
        if self._open:
            self._offset = min(self._open)
        elif self._last is not None:
            self._offset = self._last + 1

    async def _settle(self, asked: int | None) -> None:
        """Give the batch a moment; with some still under way, come back when it is worth it."""
        if not self._open:
            self._move()
            return
        await self._wait(self._polling.patience_seconds, lambda: not self._open)
        self._move()
        if self._open and self._offset == asked:
            head = self._offset
            await self._wait(self._polling.stuck_seconds, lambda: head not in self._open)
            self._move()

    async def _wait(self, seconds: float, reached: Callable[[], bool]) -> None:
        try:
            async with asyncio.timeout(seconds):
                while not reached() and not self._stopping:
                    self._moved.clear()
                    await self._moved.wait()
        except TimeoutError:
            pass

    async def _confirm(self) -> None:
        """Tell Telegram what is finished, so that the next start is not given it again.

        What counts is that it is heard; the end does not wait long for an answer nobody needs.
        """
        if self._offset is None:
            return
        try:
            async with asyncio.timeout(self._polling.confirm_seconds):
                await self._caller.call(
                    "getUpdates", {"offset": self._offset, "limit": 1, "timeout": 0}
                )
        except TimeoutError:
            self._watch.count("confirmation_unheard")
        except TelegramError:
            self._watch.count("confirmation_failed")
