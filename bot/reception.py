"""Takes updates from the turnstile to the writer, and what they lead to on to the delivery."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from itertools import count

from bot.clock import Clock
from bot.commits import Commits
from bot.delivery import Delivery
from bot.metrics import Metrics
from bot.telegram.incoming import Incoming, Kind
from bot.turn import Turns
from bot.turned import Around, Take, Taken, Turned
from bot.voices.wish import Wish
from bot.workshop import Workshop
from storage.errors import StorageError, VaultError
from storage.outbox import Lane, Policy, Row, Slot
from storage.writer import Writer

MOST_SLOW = 24
OUTCOMES = {Taken.REPEATED: "repeated", Taken.IGNORED: "ignored"}


def _nobody(update: Incoming) -> bool:
    return False


def _nobody_listens(*handoff_ids: int) -> None:
    return None


def _nobody_speaks(wish: Wish | None) -> None:
    return None


def _nowhere(point: str) -> None:
    return None


class Reception:
    """One update after the other is taken, committed, and its replies handed over.

    `at` is called before the transaction of an update (K2), where fault tests kill. `waits_behind`
    says whether another of the same quick series waits behind an update: the turnstile knows.
    `stirred` is told which conversations with operators are not as they were, `speak` what
    somebody wants to hear.
    """

    def __init__(
        self,
        turns: Turns,
        writer: Writer,
        commits: Commits,
        delivery: Delivery,
        metrics: Metrics,
        clock: Clock,
        purge: Callable[[], Awaitable[None]],
        workshop: Workshop | None = None,
        at: Callable[[str], object] = _nowhere,
        stirred: Callable[..., None] = _nobody_listens,
        speak: Callable[[Wish | None], None] = _nobody_speaks,
    ) -> None:
        self._turns = turns
        self._writer = writer
        self._commits = commits
        self._delivery = delivery
        self._metrics = metrics
        self._clock = clock
        self._purge = purge
        self._workshop = workshop or Workshop()
        self._at = at
        self._stirred = stirred
        self._speak = speak
        self.waits_behind: Callable[[Incoming], bool] = _nobody
        self._purging: set[asyncio.Task[None]] = set()
        self._fleeting = count(-1, -1)

    async def take(self, update: Incoming) -> None:
        """Take an update; returns when its turn is committed.

        What is slow in it is done between two attempts at the same turn, one after the other.
        """
        if update.kind is Kind.CALLBACK and update.chat_id is not None:
            await self._delivery.landed(update.chat_id)
        around = Around()
        for _effect in range(MOST_SLOW):
            around = replace(around, more=self.waits_behind(update))
            turned = await self._run(update, self._turns.take(update, self._clock.now(), around))
            if turned.wants is None or turned.asker is None:
                return
            result = await self._workshop.work(turned.wants, turned.asker)
            around = replace(around, ready={**around.ready, turned.wants: result})
        around = Around(afresh=True)  # a flow that has no end is left
        await self._run(update, self._turns.take(update, self._clock.now(), around))

    async def slow_down(self, update: Incoming) -> None:
        """Tell somebody who writes too fast that one message at a time is enough."""
        await self._run(update, self._turns.slow_down(update, self._clock.now()))

    async def quarantine(self, update: Incoming) -> None:
        """Set an update aside that failed every time: its id and kind, never its content.

        Whoever it came from is told, unless that fails too: then it is set aside without a word.
        """
        now = self._clock.now()
        try:
            job = self._turns.set_aside(update, now)
            turned = await self._commits.of(self._writer.submit(job, chat=update.chat_id))
            self._delivery.hand_over(turned.rows)
        except Exception as error:
            if self.is_trouble(error):
                raise
            silent = self._writer.submit(
                lambda unit: unit.quarantine(update.update_id, update.kind.value, now)
            )
            await self._commits.of(silent)
        self._metrics.count_update(update.kind.value, "quarantined")

    async def answer_blank(self, query_id: str) -> None:
        """End the spinner of a tap whose turn is slow or that has none; not worth keeping."""
        self._delivery.hand_over(
            [
                Row(
                    next(self._fleeting),
                    "answerCallbackQuery",
                    {"callback_query_id": query_id},
                    Lane.ANSWER,
                    Policy.AGAIN,
                    None,
                    Slot.NONE,
                    None,
                    None,
                )
            ]
        )

    @staticmethod
    def is_trouble(error: Exception) -> bool:
        """Whether the house is at fault (the database is away), not the update.

        A row that cannot be unsealed is neither: waiting for it would hold up everybody.
        """
        return isinstance(error, StorageError) and not isinstance(error, VaultError)

    def _leave_no_byte(self) -> None:
        """After somebody was forgotten, their bytes go from the files; the chat does not wait."""
        task = asyncio.ensure_future(self._purge())
        self._purging.add(task)
        task.add_done_callback(self._purging.discard)

    async def _run(self, update: Incoming, job: Take) -> Turned:
        began = self._clock.monotonic()
        self._at("K2")
        turned = await self._commits.of(
            self._writer.submit(job, chat=update.chat_id, update_id=update.update_id)
        )
        if turned.wants is not None:
            return turned
        self._delivery.hand_over(turned.rows)
        self._stirred(*turned.stirred)
        self._speak(turned.wish)
        for outgoing in turned.unkept:
            self._delivery.send(outgoing)
        if turned.forgotten is not None:
            self._delivery.drop_person(turned.forgotten, update.chat_id)
            self._leave_no_byte()
        self._metrics.time_turn(self._clock.monotonic() - began)
        self._metrics.count_update(update.kind.value, OUTCOMES.get(turned.taken, "done"))
        return turned
