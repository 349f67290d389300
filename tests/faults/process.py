"""The whole bot in a process of its own that dies where it is told: what the fault tests kill.

`python -m tests.faults.process` takes one `Life` a line, as JSON, and tells the number of the
process and, when it is over, its exit code. Each life is forked from a process that has imported
everything already and done nothing yet, so a start costs a fraction of a second. With a life as
its argument it lives it itself, as `python -m bot run` would.
"""

from __future__ import annotations

import asyncio
import ctypes
import json
import mmap
import os
import signal
import struct
import sys
import threading
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pydantic import SecretStr

import bot.app
import bot.entrance
import bot.keeping
import bot.turn
from bot.app import GROUP_SECONDS, TICK_SECONDS, Antenna
from bot.clock import Clock
from bot.content import ContentError
from bot.delivery.sending import Sender, Sent
from bot.flood import Brake
from bot.logs import start_logging
from bot.pace import Limits
from bot.settings import Address, LogForm, LogLevel, Settings, SettingsError
from bot.telegram.client import TelegramClient
from bot.telegram.intake import IntakeError
from flows.conversation import Conversation, Heard, Reply, World, Wrote
from flows.directory import Flows
from storage.database import Database
from storage.errors import StorageError
from storage.outbox import Lane, Row
from storage.vault import LIGHT_EFFORT
from tests.catalogs import read_now

KILLED = 9
REFUSED = 2
POISON = "☠ this turn fails"
ROW = "test_row"
BULK = "test_bulk"
FLOOD = 1_000  # messages in ten seconds: people here write faster than human beings
FORESEEN = (SettingsError, StorageError, ContentError, IntakeError)

_under_way: ContextVar[Row | None] = ContextVar("row under way", default=None)


@dataclass(frozen=True, slots=True)
class Life:
    """One run of the bot: where it lives, and how it ends.

    `point` and `times`: it dies the n-th time it comes by there. `poison`: turns that hear the
    word fail, and each failure leaves a byte in this file. `clock`: a file with the seconds its
    clock is ahead. `per_second`, `chat_seconds`, `group_per_minute`: how many messages leave, how
    far apart those to one chat are, and how many a group takes. `group_seconds`: how often the bot
    looks at what it may do in its groups. `notice_seconds`: how often at what
    it has to tell people.
    """

    data: str
    api: str
    token: str
    log: str
    database: str = ""
    point: str = ""
    times: int = 1
    poison: str = ""
    clock: str = ""
    busy_seconds: float = 10.0
    per_second: int = 0
    chat_seconds: float = 0.0
    group_per_minute: int = 20
    group_seconds: float = GROUP_SECONDS
    notice_seconds: float = TICK_SECONDS
    port: int = 0
    public_url: str = ""
    secret: str = ""
    memory: str = os.devnull

    def settings(self) -> Settings:
        """The settings of this life."""
        return Settings(
            telegram_token=SecretStr(self.token),
            telegram_api=self.api,
            data=Path(self.data),
            listen=Address("127.0.0.1", self.port),
            console=Address("127.0.0.1", 0),
            database=SecretStr(self.database) if self.database else None,
            public_url=self.public_url or None,
            webhook_secret=SecretStr(self.secret) if self.secret else None,
            memory=Path(self.memory),
        )


class AheadClock(Clock):
    """A clock that is ahead by what a file says, now and in every moment to come."""

    def __init__(self, file: Path) -> None:
        with file.open("rb") as opened:
            self._seconds = mmap.mmap(opened.fileno(), 8, access=mmap.ACCESS_READ)

    def _ahead(self) -> float:
        return float(struct.unpack("d", self._seconds[:8])[0])

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=self._ahead())

    def monotonic(self) -> float:
        return super().monotonic() + self._ahead()


def set_ahead(file: Path, seconds: float) -> None:
    """Put the clock of whoever reads this file ahead."""
    with file.open("r+b" if file.exists() else "w+b") as opened:
        opened.write(struct.pack("d", seconds))


def killer(point: str, times: int) -> Callable[[str], None]:
    """What is called at every named point, and ends the process the n-th time at one of them."""
    left, lock = times, threading.Lock()

    def at(where: str) -> None:
        nonlocal left
        if where != point or (where == "K6" and _under_way.get() is None):
            return
        with lock:
            left -= 1
            if left == 0:
                os._exit(KILLED)

    return at


def mark_calls() -> None:
    """Let every call that comes from the outbox carry the number of its row, and its lane.

    Telegram does not look at what it does not know; the tests see which row went out, how often
    and in which order.
    """
    send, call = Sender.send, TelegramClient.call

    async def marked_send(self: Sender, row: Row, living: int | None) -> Sent:
        token = _under_way.set(row)
        try:
            return await send(self, row, living)
        finally:
            _under_way.reset(token)

    async def marked_call(
        self: TelegramClient, method: str, params: Mapping[str, Any] | None = None, **more: Any
    ) -> Any:
        row = _under_way.get()
        if row is not None and row.id > 0:
            params = {**(params or {}), ROW: row.id, BULK: row.lane is Lane.BULK}
        return await call(self, method, params, **more)

    Sender.send = marked_send  # type: ignore[method-assign]
    TelegramClient.call = marked_call  # type: ignore[method-assign]


def poison_turns(file: Path) -> None:
    """Let every turn that hears the poisoned word fail, as if a flow had a mistake."""
    receive = bot.turn.receive

    def failing(flows: Flows, conversation: Conversation, heard: Heard, world: World) -> Reply:
        if isinstance(heard, Wrote) and heard.content == POISON:
            with file.open("ab") as opened:
                opened.write(b"!")
            raise ZeroDivisionError(POISON)
        return receive(flows, conversation, heard, world)

    vars(bot.turn)["receive"] = failing


def die_before_cleaning(at: Callable[[str], None]) -> None:
    """Name the point before the files are cleaned of what was deleted: `purge`."""
    purge = bot.keeping.purge

    def cleaned(database: Database) -> bool:
        at("purge")
        return purge(database)

    vars(bot.keeping)["purge"] = cleaned


def prepare(life: Life) -> Antenna:
    """The bot as it is, but for what a life asks for."""
    start_logging(LogLevel.INFO, LogForm.JSON)
    mark_calls()
    if life.poison:
        poison_turns(Path(life.poison))
    vars(bot.app)["GROUP_SECONDS"] = life.group_seconds
    vars(bot.app)["TICK_SECONDS"] = life.notice_seconds
    for name in ("MORE_SECONDS", "MASS_SECONDS"):
        vars(bot.app)[name] = min(vars(bot.app)[name], life.notice_seconds)
    vars(bot.entrance)["Brake"] = partial(Brake, limit=FLOOD)
    opening = partial(Database.open, busy_seconds=life.busy_seconds)
    vars(bot.app)["Database"] = SimpleNamespace(open=opening)
    clock = AheadClock(Path(life.clock)) if life.clock else None
    at = killer(life.point, life.times)
    die_before_cleaning(at)
    limits = Limits(
        per_second=life.per_second,
        chat_seconds=life.chat_seconds,
        group_per_minute=life.group_per_minute,
    )
    return Antenna(
        life.settings(), clock=clock, at=at, limits=limits, effort=LIGHT_EFFORT, aloud=False
    )


def live(life: Life) -> int:
    """Live one life and return its exit code."""
    try:
        asyncio.run(prepare(life).run())
    except FORESEEN as error:
        print(error, file=sys.stderr)
        return REFUSED
    return 0


def die_with_parent() -> None:
    """Do not outlive the tests."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def _be_born(life: Life) -> None:
    """Become the process of a life: its words go into its log."""
    die_with_parent()
    log = os.open(life.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for descriptor, source in ((0, os.open(os.devnull, os.O_RDONLY)), (1, log), (2, log)):
        os.dup2(source, descriptor)
    code = 1
    try:
        code = live(life)
    except BaseException as error:  # told where the tests look for it
        sys.excepthook(type(error), error, error.__traceback__)
    finally:
        sys.stderr.flush()
        os._exit(code)


def main() -> None:
    """Give birth to one life after the other, until there are no more."""
    die_with_parent()
    read_now()
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _be_born(Life(**json.loads(line)))
        print(pid, flush=True)
        _pid, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def as_line(life: Life) -> str:
    """A life as the process takes it."""
    return json.dumps(asdict(life))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.exit(live(Life(**json.loads(sys.argv[1]))))
    main()
