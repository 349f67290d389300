"""Takes a file into a report's box: fetched, made harmless, sealed, and only then told as taken.

Nothing of a file is ever written anywhere but sealed; what it was called and where it came from is
forgotten with the end of `perform`. At most four are in memory at a time, and of those two are
being made harmless; who comes when many wait already is asked to send it again later.
"""

from __future__ import annotations

import asyncio
import errno
import hashlib
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import datetime
from typing import Any, Protocol

from bot.clock import Clock
from bot.evidence.fetch import Fetcher
from bot.evidence.kinds import kind_of
from bot.evidence.sandbox import Sandbox
from bot.evidence.verdict import Refusal
from bot.watch import Watch
from flows.effects import Effect, Json
from flows.report_effects import DropEvidence, TakeEvidence
from flows.report_model import Box, Evidence
from storage.reports import Clean

SLOTS = 4
WAITING = 24
SHIFTS = (0.84, 0.86, 0.88, 1.12, 1.14, 1.16)
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Store(Protocol):
    """The side of `storage.reports.Reports` that is used here; called from a thread of ours."""

    def keep_evidence(self, box: Box, clean: Clean, now: datetime) -> Evidence:
        """Seal it into the box, on the disk; the same one again is the same one.

        Raises:
            OSError: the disk is full, or worse; nothing of it is there.
        """

    def drop_evidence(self, box: Box, evidence: str) -> bool:
        """Delete it; False when it was not there."""


class EvidenceTaker:
    """Does `TakeEvidence` and `DropEvidence`, any number of times with the effect of once."""

    def __init__(
        self,
        fetcher: Fetcher,
        store: Store,
        clock: Clock,
        watch: Watch,
        *,
        sandbox: Sandbox | None = None,
        choose: Callable[[tuple[float, ...]], float] = secrets.choice,
    ) -> None:
        self._fetcher = fetcher
        self._store = store
        self._clock = clock
        self._watch = watch
        self._sandbox = sandbox or Sandbox()
        self._choose = choose
        self._slots = asyncio.Semaphore(SLOTS)
        self._waiting = 0
        self._threads = ThreadPoolExecutor(SLOTS, thread_name_prefix="evidence")

    async def perform(self, effect: Effect[Any], chat: object = None) -> Json:
        """Do one effect; its result is what `flows.report_effects` reads."""
        if isinstance(effect, TakeEvidence):
            return await self._take_in_turn(effect)
        if isinstance(effect, DropEvidence):
            return await asyncio.to_thread(self._store.drop_evidence, effect.box, effect.evidence)
        raise TypeError(f"{type(effect).__name__} is nothing that is done here")

    async def close(self) -> None:
        """Finish what is being sealed; what is still being cleaned is to be sent again."""
        self._sandbox.stop()
        await asyncio.to_thread(self._threads.shutdown)

    async def _take_in_turn(self, effect: TakeEvidence) -> Json:
        if self._waiting >= WAITING:
            return "busy"
        self._waiting += 1
        try:
            async with self._slots:
                return await self._take(effect)
        except Refusal as refusal:
            return refusal.word
        except OSError as error:
            self._watch.note("evidence_failed", error=type(error).__name__)
            return "full" if error.errno in _FULL else "busy"
        finally:
            self._waiting -= 1

    async def _take(self, effect: TakeEvidence) -> Json:
        content = await self._fetcher.fetch(effect.file_id, effect.size_bytes)
        return await self._away(lambda: self._seal(effect, content))

    def _seal(self, effect: TakeEvidence, content: bytes) -> Json:
        """Make it harmless and keep it; in a thread of ours."""
        kind = kind_of(content)
        shift = self._choose(SHIFTS) if effect.shifted and kind and kind.is_sound else 1.0
        made = self._sandbox.clean(content, shift)
        sealable = Clean(
            kind=made.kind,
            type=made.type,
            content=made.content,
            sha256=hashlib.sha256(made.content).hexdigest(),
            source=hashlib.sha256(content).hexdigest(),
            shifted=shift != 1.0,
            original=content if effect.original else None,
            original_type=kind.value if effect.original and kind else "",
        )
        kept: dict[str, Json] = asdict(
            self._store.keep_evidence(effect.box, sealable, self._clock.now())
        )
        return kept

    async def _away(self, work: Callable[[], Json]) -> Json:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)
