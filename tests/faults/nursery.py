"""Starts the bot again and again, kills it from outside, and tells how each life ended."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from tests.faults.process import Life, as_line

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE_SECONDS = 60.0


class Cradle:
    """The process that all lives of a test run are forked from, one at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.process"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def bear(self, life: Life) -> int:
        """Begin a life; give the number of its process."""
        assert self._process.stdin is not None
        self._process.stdin.write(as_line(life).encode() + b"\n")
        self._process.stdin.flush()
        return self.number()

    def number(self) -> int:
        """The next number: of a process that was begun, or the exit code of one that ended."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the process that starts the bots has died"
        return int(line)

    def close(self) -> None:
        """No more lives."""
        self._process.communicate()


class Nursery:
    """One bot at a time, each in a process of its own."""

    def __init__(self, cradle: Cradle, life: Life) -> None:
        self._cradle = cradle
        self.life = life
        self.pid = 0
        self._ended: asyncio.Task[int] | None = None

    async def start(self, **changes: object) -> int:
        """Begin a life; give the number of its process."""
        assert self._ended is None, "one life at a time"
        life = replace(self.life, **changes)  # type: ignore[arg-type]
        self.pid = await asyncio.to_thread(self._cradle.bear, life)
        self._ended = asyncio.create_task(asyncio.to_thread(self._cradle.number))
        return self.pid

    async def ended(self) -> int:
        """Wait until this life is over; give its exit code, or minus the signal's number."""
        assert self._ended is not None
        async with asyncio.timeout(PATIENCE_SECONDS):
            code = await asyncio.shield(self._ended)
        self._ended = None
        return code

    def signal(self, number: signal.Signals) -> None:
        """Send the bot a signal."""
        if self._ended is not None and not self._ended.done():
            os.kill(self.pid, number)

    async def stop(self) -> int:
        """Ask the bot to stop; give its exit code."""
        self.signal(signal.SIGTERM)
        return await self.ended()

    def log(self) -> str:
        """What the bots have said, the last of it; nothing personal is ever in there."""
        file = Path(self.life.log)
        return file.read_text(errors="replace")[-6000:] if file.exists() else ""

    async def close(self) -> None:
        """End the life of now, if there is one, at once."""
        self.signal(signal.SIGKILL)
        if self._ended is not None:
            await asyncio.wait({self._ended})


@asynccontextmanager
async def nursery(cradle: Cradle, life: Life) -> AsyncIterator[Nursery]:
    """Bots that live as this life says, as long as the block lasts."""
    running = Nursery(cradle, life)
    try:
        yield running
    finally:
        await running.close()
