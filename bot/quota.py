"""How often one chat may do what costs much, counted in memory under keys that change every day.

Nothing here says who: a chat is an HMAC under a random key of the day, and the key is kept nowhere.
Tries at codes are counted in `bot.tries`.
"""

from __future__ import annotations

import hmac
import secrets
from collections import OrderedDict
from datetime import date

from bot.clock import Clock
from bot.workshop import Asker, Workshop
from flows.report_effects import SendReport, TakeEvidence

MOST_CHATS = 50_000
REPORTS_A_DAY = 5
EVIDENCE_A_DAY = 20


class Quota:
    """So many different things of one kind a chat and day. The same thing again is no second one.

    It holds a fixed number of chats at most, so that a flood cannot fill the memory, and what one
    chat does takes nothing from any other.
    """

    def __init__(self, times: int) -> None:
        self._times = times
        self._chats: OrderedDict[bytes, set[bytes]] = OrderedDict()
        self._day: date | None = None
        self._key = b""

    def __len__(self) -> int:
        return len(self._chats)

    def allows(self, chat_id: int, thing: str, today: date) -> bool:
        """Count a thing of this chat, and say whether there is room for it today."""
        if today != self._day:
            # What was counted yesterday goes with its key: nobody can say whose it was.
            self._day, self._key = today, secrets.token_bytes(32)
            self._chats.clear()
        things = self._of(self._mark(chat_id.to_bytes(9, "big", signed=True)))
        mark = self._mark(thing.encode())
        if mark not in things and len(things) >= self._times:
            return False
        things.add(mark)
        return True

    def _mark(self, words: bytes) -> bytes:
        return hmac.digest(self._key, words, "sha256")[:16]

    def _of(self, chat: bytes) -> set[bytes]:
        things = self._chats.setdefault(chat, set())
        self._chats.move_to_end(chat)
        if len(self._chats) > MOST_CHATS:
            self._chats.popitem(last=False)  # the one that has been silent longest
        return things


def limit_reports(workshop: Workshop, clock: Clock) -> None:
    """Let a chat send so many reports and files a day; a file more gets the word of a full house.

    A report more is not lost: its sender is told to try again later, and it stays as it is.
    """
    reports, files = Quota(REPORTS_A_DAY), Quota(EVIDENCE_A_DAY)

    def may_send(effect: SendReport, asker: Asker) -> bool:
        return reports.allows(asker.chat_id, effect.box.id, clock.now().date())

    def may_take(effect: TakeEvidence, asker: Asker) -> bool:
        return files.allows(asker.chat_id, effect.file_id, clock.now().date())

    workshop.limit(SendReport, may_send, result=None)
    workshop.limit(TakeEvidence, may_take, result="full")
