"""A sender of its own process, to be killed at a named point: for `test_crash`.

    python -m tests.bot.delivery.crashing FOLDER ADDRESS POINT TIMES

It dies, without a last word, when it has passed the point so many times; with `never` it works
until the outbox is empty.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from bot.delivery import Delivery, Flow, StorageLedger
from bot.pace import Limits, Pace
from bot.telegram.client import TelegramClient, Wire
from storage.database import Database, default_url
from storage.outbox import State, count_by_state
from storage.writer import Writer
from tests.bot.bot_api import TOKEN


class Killer:
    """Ends the process at a point."""

    def __init__(self, point: str, times: int) -> None:
        self.point = point
        self.left = times

    def at(self, point: str) -> None:
        """Count, and perhaps end."""
        if point == self.point:
            self.left -= 1
            if self.left == 0:
                os._exit(9)


async def work(folder: Path, address: str, killer: Killer) -> None:
    """Send until nothing waits."""
    database = Database.open(default_url(folder), data=folder)
    writer = Writer(database)
    wire = Wire(on_sent=lambda _method: killer.at("K6"))
    client = TelegramClient(wire, address, TOKEN)
    pace = Pace(Limits(per_second=0, chat_seconds=0))
    flow = Flow(under_way=4, look_seconds=3600)
    delivery = Delivery(client, StorageLedger(writer.submit), pace, flow=flow, kill=killer.at)
    await delivery.start()
    while await asyncio.wrap_future(
        writer.submit(lambda unit: count_by_state(unit.direct()).get(State.NEW, 0))
    ):
        await delivery.quiet()
    await delivery.stop()
    writer.close()
    await wire.close()
    database.close()


if __name__ == "__main__":
    place, server, where, often = sys.argv[1:]
    asyncio.run(work(Path(place), server, Killer(where, int(often))))
