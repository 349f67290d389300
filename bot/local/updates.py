"""Holds what has happened until the bot has confirmed that it knows: the queue of `getUpdates`."""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from bot.local import errors
from bot.local.errors import ApiError
from bot.local.wire import to_json

MESSAGE_SECONDS = 24 * 3600
CALLBACK_SECONDS = 150
KEPT_CONFIRMED = 20_000
FIRST_UPDATE = 100_000_001
LONGEST_POLL_SECONDS = 50
CONFLICT_PAUSE_SECONDS = 3.0
KINDS = frozenset(
    (
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "shipping_query",
        "pre_checkout_query",
        "purchased_paid_media",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
        "chat_member",
        "message_reaction",
        "message_reaction_count",
    )
)
# These come only to a bot that names them.
ASKED_FOR = frozenset(("chat_member", "message_reaction", "message_reaction_count"))
DEFAULT_KINDS = KINDS - ASKED_FOR

# Webhooks keep one line for each of these, so a tap can overtake a message of the same chat.
CALLBACK_LINE = 3 << 33
MY_MEMBER_LINE = 5 << 33
REACTION_LINE = 8 << 33


class Pending(NamedTuple):
    """An update on its way, encoded when it happened."""

    id: int
    encoded: bytes
    line: int
    expires: float


class Updates:
    """The queue, its one reader, and the share of updates that is delivered twice."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self.last_id = FIRST_UPDATE - 1
        self.pending: deque[Pending] = deque()
        self.confirmed: deque[Pending] = deque(maxlen=KEPT_CONFIRMED)
        self.again: deque[Pending] = deque()
        self.allowed = DEFAULT_KINDS
        self.named: list[str] | None = None
        self.hand_over: Callable[[Pending], None] | None = None  # set while a webhook is on
        self._waiting: asyncio.Future[str] | None = None
        self._last_offset: int | None = None
        self._last_start = 0.0
        self.conflict_from = 0.0
        self._repeat = (0.0, random.Random(0))  # noqa: S311 - repeatable, not secret

    def allow(self, kinds: Any) -> None:
        """Take the bot's list of kinds; an empty list is the default, none changes nothing."""
        if isinstance(kinds, list):
            named = [kind for kind in kinds if kind in KINDS]
            self.allowed = frozenset(named) if named else DEFAULT_KINDS
            self.named = named if named and self.allowed != DEFAULT_KINDS else None

    def add(
        self, kind: str, body: Any, line: int, lifetime_seconds: float = MESSAGE_SECONDS
    ) -> int:
        """Queue an update of a kind; give its number, or 0 when the bot does not want it."""
        if kind not in self.allowed:
            return 0
        number = self.last_id + 1
        encoded = to_json({"update_id": number, kind: body})
        return self._append(encoded, line, lifetime_seconds)

    def inject(self, update: dict[str, Any] | None, raw: str | None, line: int) -> int:
        """Queue anything at all, well-formed or not; `{update_id}` in raw text is filled in."""
        number = self.last_id + 1
        if raw is None:
            encoded = to_json({"update_id": number, **(update or {})})
        else:
            encoded = raw.replace("{update_id}", str(number)).encode("utf-8", "surrogatepass")
        return self._append(encoded, line, MESSAGE_SECONDS)

    def _append(self, encoded: bytes, line: int, lifetime_seconds: float) -> int:
        self.last_id += 1
        update = Pending(self.last_id, encoded, line, self._now() + lifetime_seconds)
        if self.hand_over is not None:
            self.hand_over(update)
        else:
            self.pending.append(update)
            self._wake("")
        return update.id

    def _wake(self, reason: str) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(reason)

    @property
    def polled(self) -> bool:
        """Is a poll waiting for something to happen?"""
        return self._waiting is not None

    def close_poll(self) -> None:
        """End a waiting poll because a webhook was set."""
        self._wake(errors.POLL_ENDED_BY_WEBHOOK)

    def confirm(self, update: Pending) -> None:
        """Put away an update the bot has dealt with; some come again."""
        self.confirmed.append(update)
        share, dice = self._repeat
        if share and dice.random() < share:
            self._deliver_again([update])

    def repeat(self, share: float, seed: int, *, standing: bool) -> int:
        """Deliver a share of what was confirmed again; a standing share goes on doing so."""
        dice = random.Random(seed)  # noqa: S311 - repeatable, not secret
        chosen = [update for update in self.confirmed if dice.random() < share]
        self._deliver_again(chosen)
        self._repeat = (share if standing else 0.0, dice)
        return len(chosen)

    def _deliver_again(self, updates: Iterable[Pending]) -> None:
        for update in updates:
            if self.hand_over is not None:
                self.hand_over(update)
            else:
                self.again.append(update)
                self._wake("")

    def _take(self, limit: int) -> list[bytes]:
        batch = [self.again.popleft().encoded for _ in range(min(limit, len(self.again)))]
        now = self._now()
        while self.pending and self.pending[0].expires <= now:
            self.pending.popleft()
        for update in self.pending:
            if len(batch) >= limit:
                break
            if update.expires > now:
                batch.append(update.encoded)
        return batch

    def _confirm_to(self, offset: int) -> None:
        if offset < 0:
            while len(self.pending) > -offset:
                self.confirm(self.pending.popleft())
        while offset > 0 and self.pending and self.pending[0].id < offset:
            self.confirm(self.pending.popleft())

    async def poll(self, offset: int, limit: int, timeout_seconds: int) -> list[bytes]:
        """Answer `getUpdates`.

        Raises: ApiError 409 while a webhook is on, or when another poll takes over.
        """
        if self.hand_over is not None:
            raise await self._conflict(errors.POLL_WITH_WEBHOOK)
        loop = asyncio.get_running_loop()
        started = loop.time()
        if offset == self._last_offset:
            if timeout_seconds < 3 and started < self._last_start + 3:
                timeout_seconds = 3
            if started < self._last_start + 0.5:
                limit = 1
        self._last_offset, self._last_start = offset, started
        self._confirm_to(offset)
        batch = self._take(limit)
        deadline = started + timeout_seconds
        if batch or timeout_seconds == 0:
            return batch
        self._wake(errors.POLL_TERMINATED)
        while not batch:
            waiting = self._waiting = loop.create_future()
            try:
                async with asyncio.timeout_at(deadline):
                    reason = await waiting
            except TimeoutError:
                return []
            finally:
                if self._waiting is waiting:
                    self._waiting = None
            if reason:
                raise await self._conflict(reason)
            batch = self._take(limit)
        return batch

    async def _conflict(self, words: str) -> ApiError:
        """Pace the refusals as Telegram does: at once, then not before three seconds."""
        now = asyncio.get_running_loop().time()
        if now < self.conflict_from:
            await asyncio.sleep(CONFLICT_PAUSE_SECONDS)
        else:
            self.conflict_from = now + CONFLICT_PAUSE_SECONDS
        return ApiError(409, words)
