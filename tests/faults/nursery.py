"""Starts the bot again and again, kills it from outside, and tells how each life ended."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from tests.faults.process import Life, as_line

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE_SECONDS = 60.0


class Nursery:
    """One bot at a time, each in a process of its own."""

    def __init__(self, process: asyncio.subprocess.Process, life: Life) -> None:
        self._process = process
        self.life = life
        self.pid = 0
        self._ended: asyncio.Task[int] | None = None

    async def start(self, **changes: object) -> int:
        """Begin a life; give the number of its process."""
        assert self._ended is None, "one life at a time"
        life = replace(self.life, **changes)  # type: ignore[arg-type]
        assert self._process.stdin is not None
        self._process.stdin.write(as_line(life).encode() + b"\n")
        self.pid = await self._number()
        self._ended = asyncio.create_task(self._number())
        return self.pid

    async def _number(self) -> int:
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        assert line, "the process that starts the bots has died"
        return int(line)

    @property
    def running(self) -> bool:
        """Whether the bot of now still lives."""
        return self._ended is not None and not self._ended.done()

    async def ended(self) -> int:
        """Wait until this life is over; give its exit code, or minus the signal's number."""
        assert self._ended is not None
        code = await asyncio.shield(self._ended)
        self._ended = None
        return code

    def signal(self, number: signal.Signals) -> None:
        """Send the bot a signal."""
        if self.running:
            os.kill(self.pid, number)

    async def stop(self) -> int:
        """Ask the bot to stop; give its exit code."""
        self.signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await self.ended()

    def log(self) -> str:
        """What the bots have said, the last of it; nothing personal is ever in there."""
        file = Path(self.life.log)
        return file.read_text(errors="replace")[-6000:] if file.exists() else ""

    async def close(self) -> None:
        """End everything, at once."""
        self.signal(signal.SIGKILL)
        if self._ended is not None:
            await asyncio.wait({self._ended})
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._process.wait()


@asynccontextmanager
async def nursery(life: Life) -> AsyncIterator[Nursery]:
    """A process that starts bots, as long as the block lasts."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.faults.process",
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    running = Nursery(process, life)
    try:
        yield running
    finally:
        await running.close()
