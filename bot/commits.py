"""Waits in the loop for what the writer's thread commits: one wake-up a transaction, for all jobs.

`asyncio.wrap_future` wakes the loop once a job, by a byte through a socket each time; with sixty
turns in a transaction that cost as much as answering three of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, TypeVar

R = TypeVar("R")


class Commits:
    """The jobs somebody in the loop waits for. Made inside the loop."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._waiting: dict[Future[Any], asyncio.Future[Any]] = {}

    def of(self, job: Future[R]) -> asyncio.Future[R]:
        """What becomes of a job, for the loop; asked in the same breath as it is submitted."""
        waiting: asyncio.Future[R] = self._loop.create_future()
        self._waiting[job] = waiting
        return waiting

    def settle(self, jobs: Sequence[Future[Any]]) -> None:
        """For the writer's thread: these are done, in the database or refused."""
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            self._loop.call_soon_threadsafe(self._tell, jobs)

    def _tell(self, jobs: Sequence[Future[Any]]) -> None:
        for job in jobs:
            waiting = self._waiting.pop(job, None)
            if waiting is None or waiting.done():
                continue
            error = job.exception()
            if error is None:
                waiting.set_result(job.result())
            else:
                waiting.set_exception(error)
