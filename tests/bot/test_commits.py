"""What the writer's thread commits reaches the loop whole, and nobody who went away is called."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future

import pytest

from bot.commits import Commits


async def test_a_transaction_wakes_the_loop_once() -> None:
    """Results and refusals of all its jobs arrive together, each with who waits for it."""
    commits = Commits()
    jobs: list[Future[int]] = [Future(), Future(), Future()]
    waiting = [commits.of(job) for job in jobs]
    jobs[0].set_result(7)
    jobs[1].set_exception(ValueError("refused"))
    jobs[2].set_result(9)
    await asyncio.to_thread(commits.settle, jobs)
    done = await asyncio.gather(*waiting, return_exceptions=True)
    assert (done[0], repr(done[1]), done[2]) == (7, "ValueError('refused')", 9)


async def test_who_went_away_and_who_never_asked_are_passed_over() -> None:
    """A cancelled wait and a job of somebody else disturb nobody."""
    commits = Commits()
    jobs: list[Future[str]] = [Future(), Future(), Future()]
    gone, waiting = commits.of(jobs[0]), commits.of(jobs[2])
    gone.cancel()
    for job in jobs:
        job.set_result("done")
    commits.settle(jobs)
    assert (await waiting, gone.cancelled()) == ("done", True)


def test_a_loop_that_is_closed_is_left_in_peace() -> None:
    """The writer's thread outlives the loop without an error."""

    async def make() -> Commits:
        return Commits()

    loop = asyncio.new_event_loop()
    commits = loop.run_until_complete(make())
    loop.close()
    with pytest.raises(RuntimeError):
        loop.call_soon_threadsafe(print)
    assert commits.settle([]) is None  # type: ignore[func-returns-value]
