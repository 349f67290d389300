"""Report codes made beforehand in a thread of their own, so that nobody waits for a derivation."""

from __future__ import annotations

import os
import threading
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from storage.vault import Effort, Mailbox, new_code

READY = 4
BEHIND = 10
"""How nice the thread is: where there is one core, the turns of people have nine tenths of it."""
CODE_MINUTES = 30


class Mailboxes:
    """A small stock of mailboxes that are nobody's yet; filled up again after each that goes."""

    def __init__(self, salt: bytes, effort: Effort, ready: int = READY) -> None:
        self._salt = salt
        self._effort = effort
        self._ready = ready
        self._stock: deque[Mailbox] = deque()
        self._wanted = threading.Event()
        self._closed = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to fill the stock; nothing waits for it."""
        if self._thread is None and not self._closed:
            self._wanted.set()
            self._thread = threading.Thread(target=self._fill, name="mailboxes", daemon=True)
            self._thread.start()

    def take(self) -> Mailbox | None:
        """A mailbox, each once; None while none is ready."""
        try:
            return self._stock.popleft()
        except IndexError:
            return None
        finally:
            self._wanted.set()

    def ready(self) -> int:
        """How many there are."""
        return len(self._stock)

    def prepare(self) -> None:
        """Make one now, in the thread of whoever asks."""
        self._stock.append(Mailbox.prepare(new_code(), self._salt, self._effort))

    def close(self) -> None:
        """Stop, and forget the stock."""
        self._closed = True
        self._wanted.set()
        if self._thread is not None:
            self._thread.join()
        self._stock.clear()

    def _fill(self) -> None:
        with suppress(OSError, AttributeError):  # on Linux a thread has a rank of its own
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), BEHIND)
        while True:
            self._wanted.wait()
            self._wanted.clear()
            while not self._closed and len(self._stock) < self._ready:
                self.prepare()
            if self._closed:
                return


@dataclass(slots=True)
class Given:
    """Codes that were shown and of which nobody has said yet that they have them: in memory only.

    When they were shown is written nowhere; after a restart all of them are void.
    """

    _given: dict[bytes, tuple[str, datetime]] = field(default_factory=dict, repr=False)

    def add(self, report_id: bytes, code: str, now: datetime) -> None:
        """Remember a code that is being shown."""
        self._given[report_id] = (code, now)

    def code(self, report_id: bytes) -> str | None:
        """The code that is being shown for a report, so that it is shown again."""
        found = self._given.get(report_id)
        return None if found is None else found[0]

    def drop(self, report_id: bytes) -> None:
        """It is confirmed, or void."""
        self._given.pop(report_id, None)

    def fresh(self, now: datetime) -> set[bytes]:
        """The reports whose code may still be confirmed; the others are forgotten."""
        old = now - timedelta(minutes=CODE_MINUTES)
        for report_id in [id_ for id_, (_, at) in list(self._given.items()) if at <= old]:
            self.drop(report_id)
        return set(self._given)
