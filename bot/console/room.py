"""What every page of the console is lent: the database, the clock, the words, the sessions."""

from __future__ import annotations

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar

from aiohttp import web

from bot.clock import Clock
from bot.console.drafts import Drafts
from bot.console.gate import Gate
from bot.console.sessions import Sessions
from bot.console.ways import Ways
from bot.languages import Languages
from bot.settings import Settings
from bot.watch import Watch
from storage import audit
from storage.audit import Action
from storage.database import Connection, Database
from storage.vault import (
    FULL_EFFORT,
    Effort,
    PrivateKey,
    Recipient,
    make_pair,
    totp_code,
    totp_step,
    wrap,
)

if TYPE_CHECKING:
    from bot.console.joining import Joining

R = TypeVar("R")
P = ParamSpec("P")

MOST_WAITING = 20
"""So many may wait for their passphrase to be tried; whoever comes then is asked to come again."""


class BusyError(Exception):
    """Too many passphrases are being tried at once; nothing was done."""


class Kept(Protocol):
    """What the console itself asks of the reports' storage; their own pages ask more."""

    def reseal(self, recovery: PrivateKey, to: Recipient, office: str) -> int:
        """Seal every report to a new key, with the key on the recovery sheet; how many. Those whose
        sender left that office out stay closed to it."""

    def remove_recipient(self, operator_id: int, now: datetime) -> int:
        """Take away what was sealed to an operator; how many reports nobody opens any more."""


@dataclass(slots=True)
class Demo:
    """An operator of the demo, whose secrets are told to everybody who looks."""

    name: str
    passphrase: str
    totp: bytes
    used_step: int = 0
    sheet: str = ""

    def told(self, now: datetime) -> dict[str, str]:
        """Name, passphrase and the next six digits that are still good."""
        step = totp_step(now)
        step = min(max(step, self.used_step + 1), step + 1)
        digits = totp_code(self.totp, step)
        code = f"{digits[:3]} {digits[3:]}"
        return {"name": self.name, "passphrase": self.passphrase, "code": code}


async def _nobody_listens() -> None:
    return None


@dataclass(eq=False)
class Room:
    """Everything the pages share; there is one for a running console."""

    settings: Settings
    database: Database
    clock: Clock
    watch: Watch
    languages: Languages
    sessions: Sessions
    gate: Gate
    render: Callable[..., str]
    ways: Ways = field(default_factory=lambda: Ways(()))
    reports: Kept | None = None
    address: str = ""
    """How operators reach the console; what a link for a new operator begins with."""
    drafts: Drafts = field(default_factory=Drafts)
    lines: int = 0
    """How many pages hold a line open on which they are told that something has changed."""
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the console closes: what holds a line open lets go of it."""
    on_close: list[Callable[[], None]] = field(default_factory=list)
    joinings: OrderedDict[str, Joining] = field(default_factory=OrderedDict)
    demo: tuple[Demo, ...] = ()
    effort: Effort = FULL_EFFORT
    on_offices_changed: Callable[[], Awaitable[None]] = _nobody_listens
    on_deleted: Callable[[], Awaitable[None]] = _nobody_listens
    """Leaves no byte of what was deleted in the files; it may take long, and nobody waits."""
    _nobody: bytes | None = field(default=None, repr=False)
    _deriving: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="passphrase")
    )
    _waiting: int = 0
    _purging: set[asyncio.Future[None]] = field(default_factory=set)

    @property
    def now(self) -> datetime:
        """The moment."""
        return self.clock.now()

    def leave_no_byte(self) -> None:
        """After something was deleted its bytes go from the files; whoever did it does not wait."""
        task = asyncio.ensure_future(self.on_deleted())
        self._purging.add(task)
        task.add_done_callback(self._purging.discard)

    async def read(self, look: Callable[[Connection], R]) -> R:
        """Look into the main database."""

        def looking() -> R:
            with self.database.reading() as connection:
                return look(connection)

        return await asyncio.to_thread(looking)

    async def write(self, change: Callable[[Connection], R]) -> R:
        """Change the main database in one transaction."""

        def changing() -> R:
            with self.database.writing() as connection:
                result = change(connection)
                connection.commit()
                return result

        return await asyncio.to_thread(changing)

    async def note(self, operator_id: int, action: Action, object_: str = "") -> None:
        """Write into the audit what an operator does, before they see what it gives them."""
        vault, now = self.database.vault, self.now
        await self.write(
            lambda connection: audit.write(connection, vault, now, operator_id, action, object_)
        )

    async def derive(self, work: Callable[P, R], *args: P.args, **more: P.kwargs) -> R:
        """Do what takes a second and much memory (a passphrase), one at a time.

        Raises:
            BusyError: too many wait already.
        """
        if self._waiting >= MOST_WAITING:
            raise BusyError
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._deriving, lambda: work(*args, **more))
        finally:
            self._waiting -= 1

    async def nobody(self) -> bytes:
        """A key that no passphrase opens, for names nobody has: the work is the same."""
        if self._nobody is None:
            passphrase = secrets.token_urlsafe(32)
            self._nobody = await self.derive(wrap, make_pair(), passphrase, self.effort)
        return self._nobody

    def demo_door(self) -> list[dict[str, str]]:
        """What opens the door of the demo, told on the door itself; never of a real console."""
        return [one.told(self.now) for one in self.demo]

    def close(self) -> None:
        """Forget every session and every key."""
        self.sessions.close()
        for close in self.on_close:
            close()
        self._deriving.shutdown(wait=False, cancel_futures=True)


ROOM = web.AppKey("room", Room)
