"""A flood of false reports against the workshop of a running bot, and honest people meanwhile."""

from __future__ import annotations

import asyncio
import json
import os
from collections import Counter
from dataclasses import dataclass, field

from bot.workshop import Asker, Workshop
from flows.report_effects import SendReport
from flows.report_model import Box, Ending, Level

HOSTILE_CHATS = 5_000_000_000
HANDS = 64


def false_report(story: str = "Everybody here is a thief") -> SendReport:
    """A report with nothing true in it, of the highest level."""
    box = Box(os.urandom(16).hex(), os.urandom(32).hex())
    answers = json.dumps({"v": 1, "story": story, "danger": True})
    given = {"files": (), "sector": "other", "province": "MB", "language": "en"}
    return SendReport(box=box, answers=answers, level=Level.DANGER, ending=Ending.CODE, **given)


@dataclass
class Flood:
    """So many false reports, from many chats, some of them again and again from the same one."""

    workshop: Workshop
    reports: int
    a_chat: int
    sent: Counter[str] = field(default_factory=Counter)

    async def pours(self) -> None:
        """Send all of them, many at once."""
        left = iter(range(self.reports))

        async def hand() -> None:
            for number in left:
                asker = Asker(HOSTILE_CHATS + number // self.a_chat)
                result = await self.workshop.work(false_report(), asker)
                self.sent["kept" if result else "held"] += 1

        async with asyncio.TaskGroup() as group:
            for _hand in range(HANDS):
                group.create_task(hand())
