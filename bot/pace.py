"""When the next message may leave, so that Telegram never has to say "too many requests".

Telegram takes about 30 messages a second from a bot, one a second into a chat and 20 a minute into
a group, all its topics together. Nothing here waits: every question is answered with the number of
seconds until yes, on a clock that is handed in. A message counts from its start until a second
after its *answer*: wherever in between Telegram counted it, a window of Telegram's never holds more
than ours allows, however the network stretches the times.

A 429 for one chat stops that chat. Two chats stopped within a second mean that it is the bot that
is too fast: then everything stops, or, when broadcasts earned it, the broadcasts.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass

UNTIL_ONE_IS_DONE = float("inf")
"""The wait while all places are taken by messages under way: ask again when one is answered."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may leave. `per_second=0` means no limit for the bot, for a local server."""

    per_second: int = 29
    bulk_per_second: int = 25
    chat_burst: int = 12
    chat_seconds: float = 1.0
    group_per_minute: int = 20
    suspicion_seconds: float = 1.0
    longest_halt_of_all_seconds: float = 30.0
    chats: int = 20_000


class Window:
    """At most `limit` in any `seconds`, counting what is under way."""

    __slots__ = ("_ended", "_limit", "_seconds", "_under_way")

    def __init__(self, limit: int, seconds: float) -> None:
        self._limit = limit
        self._seconds = seconds
        self._under_way = 0
        self._ended: deque[float] = deque()

    def wait(self, now: float, share: int | None = None) -> float:
        """Seconds until there is a place; `share` is a smaller limit for those who come last."""
        ended = self._ended
        while ended and ended[0] + self._seconds <= now:
            ended.popleft()
        limit = self._limit if share is None else min(share, self._limit)
        excess = self._under_way + len(ended) - limit
        if excess < 0:
            return 0.0
        if excess >= len(ended):
            return UNTIL_ONE_IS_DONE
        return ended[excess] + self._seconds - now

    def start(self) -> None:
        """One is under way."""
        self._under_way += 1

    def done(self, now: float) -> None:
        """One was answered, or failed."""
        self._under_way -= 1
        self._ended.append(now)

    def idle(self, now: float) -> bool:
        """Whether nothing in it counts any more."""
        return self._under_way == 0 and (not self._ended or self._ended[-1] + self._seconds <= now)


class Pace:
    """The limits of one bot. Chats below zero are groups."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._bot = Window(self.limits.per_second, 1.0)
        self._chats: OrderedDict[int, float] = OrderedDict()
        self._groups: dict[int, Window] = {}
        self._halts: dict[tuple[int, bool], float] = {}
        self._halted_at: dict[bool, tuple[int, float]] = {}
        self._all_until = 0.0
        self._bulk_until = 0.0

    def wait_all(self, now: float, *, bulk: bool = False) -> float:
        """Seconds until any message may leave; inf until one under way is answered."""
        until = max(self._all_until, self._bulk_until) if bulk else self._all_until
        if until > now:
            return until - now
        if not self.limits.per_second:
            return 0.0
        return self._bot.wait(now, self.limits.bulk_per_second if bulk else None)

    def wait_chat(self, chat_id: int, now: float, *, message: bool = True) -> float:
        """Seconds until something may go to this chat, as far as the chat is concerned.

        What is no message (an answer to a tap, a deletion) waits for its own halts only.
        """
        halted = self._halts.get((chat_id, message)) if self._halts else None
        wait = 0.0
        if halted is not None:
            if halted > now:
                wait = halted - now
            else:
                del self._halts[chat_id, message]
        if not message:
            return wait
        if chat_id < 0:
            group = self._groups.get(chat_id)
            return wait if group is None else max(wait, group.wait(now))
        ahead = self._chats.get(chat_id, 0.0) - now
        allowance = (self.limits.chat_burst - 1) * self.limits.chat_seconds
        return max(wait, ahead - allowance)

    def start(self, chat_id: int, now: float) -> None:
        """A message to this chat leaves now."""
        if self.limits.per_second:
            self._bot.start()
        if chat_id < 0:
            self._group(chat_id, now).start()
            return
        self._chats[chat_id] = max(self._chats.get(chat_id, 0.0), now) + self.limits.chat_seconds
        self._chats.move_to_end(chat_id)
        while self._chats:  # oldest first: whoever is past needs no entry
            oldest = next(iter(self._chats))
            if self._chats[oldest] > now and len(self._chats) <= self.limits.chats:
                break
            del self._chats[oldest]

    def done(self, chat_id: int, now: float) -> None:
        """It was answered, or failed; either way it counts from here."""
        if self.limits.per_second:
            self._bot.done(now)
        if chat_id < 0:
            self._group(chat_id, now).done(now)

    def halt(
        self, chat_id: int, seconds: float, now: float, *, message: bool = True, bulk: bool = False
    ) -> None:
        """Telegram said 429 for this chat: nothing of the kind goes there for so long."""
        self._halts[chat_id, message] = max(self._halts.get((chat_id, message), 0.0), now + seconds)
        if not message:
            return
        last_chat, last_time = self._halted_at.get(bulk, (chat_id, 0.0))
        self._halted_at[bulk] = chat_id, now
        if last_chat == chat_id or now - last_time > self.limits.suspicion_seconds:
            return
        until = now + min(
            seconds,
            self._halts.get((last_chat, True), now) - now,
            self.limits.longest_halt_of_all_seconds,
        )
        if bulk:
            self._bulk_until = max(self._bulk_until, until)
        else:
            self._all_until = max(self._all_until, until)

    def _group(self, chat_id: int, now: float) -> Window:
        found = self._groups.get(chat_id)
        if found is None:
            for idle in [key for key, group in self._groups.items() if group.idle(now)]:
                del self._groups[idle]
            found = self._groups[chat_id] = Window(self.limits.group_per_minute, 60.0)
        return found
