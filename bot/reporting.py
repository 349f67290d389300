"""Carries out what the report's flows ask for: each a call to the reports' storage, in a thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

from bot.clock import Clock
from bot.tries import Tries
from flows.effects import Effect, Json
from flows.report_effects import (
    AddToReport,
    CutLine,
    GiveCode,
    KeepCode,
    OpenByCode,
    SendReport,
    WithdrawReport,
)
from flows.report_model import Ending, Opened
from storage.reports import Offered, Reports
from storage.vault import Recipient

MOST_WAITING = 20
UNKNOWN, WAIT = "unknown", "wait"

FindRecipients = Callable[[str, Sequence[str]], Sequence[Recipient]]
"""Who is entitled to a report of a province, without the offices that were excluded."""


class Reporting:
    """What is slow about reports. Every call may be made twice, with the effect of once."""

    def __init__(
        self, reports: Reports, recipients: FindRecipients, clock: Clock, tries: Tries | None = None
    ) -> None:
        self._reports = reports
        self._recipients = recipients
        self._clock = clock
        self._tries = tries or Tries()
        self._trying = threading.BoundedSemaphore(MOST_WAITING)
        self._ways: dict[type[Effect[Any]], Callable[[Any, int, bool], Json]] = {
            SendReport: self._send,
            GiveCode: lambda effect, chat, careful: reports.give_code(effect.box, clock.now()),
            KeepCode: lambda effect, chat, careful: reports.keep_code(effect.box),
            OpenByCode: self._open,
            AddToReport: self._add,
            WithdrawReport: self._withdraw,
            CutLine: lambda effect, chat, careful: reports.cut_line(effect.box, clock.now()),
        }

    def perform(self, effect: Effect[Any], chat_id: int, *, careful: bool = False) -> Json:
        """Do it, and say what came of it as the flow reads it.

        `careful`: somebody else looks at this chat's phone. Raises: StorageError, nothing of it
        holds then, or nobody knows: it can be done again.
        """
        return self._ways[type(effect)](effect, chat_id, careful)

    def _send(self, effect: SendReport, chat_id: int, careful: bool) -> Json:
        recipients = self._recipients(effect.province, effect.excluded)
        wanted = effect.ending is Ending.LINE
        chat = Offered(chat_id, effect.language, careful) if wanted else None
        return self._reports.submit(effect, recipients, self._clock.now(), chat)

    def _add(self, effect: AddToReport, chat_id: int, careful: bool) -> Json:
        return self._reports.add(effect.box, effect.text, effect.files, self._clock.now())

    def _withdraw(self, effect: WithdrawReport, chat_id: int, careful: bool) -> Json:
        return self._reports.withdraw(effect.box, self._clock.now())

    def _open(self, effect: OpenByCode, chat_id: int, careful: bool) -> Json:
        if not self._tries.may(chat_id, self._clock.monotonic()):
            return WAIT
        if not self._trying.acquire(blocking=False):
            return WAIT
        try:
            opened = self._reports.open_by_code(effect.code, self._clock.now())
        finally:
            self._trying.release()
        if opened is None:
            return UNKNOWN
        self._tries.forgive(chat_id)
        return as_json(opened)


def as_json(opened: Opened) -> Json:
    """A report that was opened with its code, as `OpenByCode` reads it."""
    words: list[Json] = [
        {
            "by_office": one.by_office,
            "text": one.text,
            "canned": one.canned,
            "language": one.language,
        }
        for one in opened.words
    ]
    return {
        "box": {"id": opened.box.id, "key": opened.box.key},
        "status": opened.status.value,
        "reason": opened.reason,
        "words": words,
        "unread": opened.unread,
        "line": opened.line,
    }
