"""Makes waiting jobs one batch, so that a test knows what shares a transaction."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from storage.unit import Unit
from storage.writer import Writer


@contextmanager
def held(writer: Writer) -> Iterator[None]:
    """Hold the writer's first thread, so that what is submitted meanwhile becomes one batch."""
    started, go = threading.Event(), threading.Event()

    def wait(unit: Unit) -> None:
        started.set()
        go.wait(30)

    writer.submit(wait)
    started.wait(30)
    yield
    go.set()


def together(writer: Writer, jobs: Sequence[Callable[[Unit], Any]], chat: int | None = None) -> Any:
    """Run jobs in one transaction; the result or the error of each."""
    with held(writer):
        futures = [writer.submit(job, chat) for job in jobs]
    return [future.exception(60) or future.result(60) for future in futures]
