"""Takes evidence in a process of its own that dies where it is told, and says what it received.

`python -m tests.faults.evidence.keeper` takes one `Life` a line, as JSON. Each life is forked from
a process that has imported everything already; what it says (one line of JSON a file that the
person would be told of) and how it ended comes back on the output.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sys
import traceback
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.clock import Clock
from bot.evidence.fetch import Fetcher
from bot.evidence.sandbox import Sandbox
from bot.evidence.taking import EvidenceTaker
from bot.evidence.verdict import Harmless
from bot.telegram.client import TelegramClient, Wire
from bot.watch import Silent
from flows.report_effects import TakeEvidence
from flows.report_model import Box
from storage.reports import Reports
from storage.vault import LIGHT_EFFORT
from tests.faults.process import die_with_parent, killer

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Noon(Clock):
    """It is always the same noon."""

    def now(self) -> datetime:
        return NOW


@dataclass(frozen=True, slots=True)
class Life:
    """One run: which files it takes into which box, and how it ends.

    `room`: no file can grow beyond so many bytes while the evidence of that place is taken.
    `as_it_is`: nothing is cleaned, which takes most of the time; what is sealed is what came.
    """

    data: str
    api: str
    token: str
    box: tuple[str, str]
    files: tuple[str, ...]
    point: str = ""
    times: int = 1
    original: bool = False
    room: tuple[int, ...] = ()
    as_it_is: bool = False


class AsItIs(Sandbox):
    """Takes every file for a clean picture."""

    def clean(self, content: bytes, shift: float = 1.0) -> Harmless:
        return Harmless("photo", "image/png", content)


def open_reports(data: Path, **more: Any) -> Reports:
    """The reports of a data folder."""
    return Reports.open(f"sqlite:///{data / 'reports.db'}", data=data, effort=LIGHT_EFFORT, **more)


async def live(life: Life) -> None:
    """Take one file after the other and say what came of each."""
    at = killer(life.point, life.times)
    reports = open_reports(Path(life.data), at=at)
    reports.start(NOW)
    wire, clock = Wire(), Noon()
    client = TelegramClient(wire, life.api, life.token)
    sandbox = AsItIs() if life.as_it_is else Sandbox()
    fetcher = Fetcher(client, clock, at=at)
    taker = EvidenceTaker(fetcher, reports, clock, Silent(), sandbox=sandbox)
    written = watch_files()
    for place, file_id in enumerate(life.files):
        if life.room:
            limit_files(life.room[place])
        effect = TakeEvidence(Box(*life.box), "document", file_id, 100, original=life.original)
        result = await taker.perform(effect)
        if life.room:
            limit_files(resource.RLIM_INFINITY)
        tell("received", [place, result])
    tell("written", sorted(written))
    await taker.close()
    await wire.close()
    reports.close(NOW)


def watch_files() -> set[str]:
    """The names of all files that this process opens to write, from now on."""
    written: set[str] = set()

    def heard(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and not isinstance(arguments[0], int) and arguments[2] & _WRITING:
            written.add(str(arguments[0]))  # a number is a pipe that is open already

    sys.addaudithook(heard)
    return written


def limit_files(most_bytes: int) -> None:
    """Let no file of this process grow beyond so many bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, resource.RLIM_INFINITY))


def tell(what: str, words: object) -> None:
    """Say something, at once and whole: a life may end after any line."""
    os.write(1, json.dumps([what, words]).encode() + b"\n")


def as_line(life: Life) -> bytes:
    """A life as the process takes it."""
    return json.dumps(asdict(life)).encode() + b"\n"


def _be_born(line: str) -> None:
    die_with_parent()
    code = 1
    try:
        given = json.loads(line)
        lists = {name: tuple(given[name]) for name in ("box", "files", "room")}
        asyncio.run(live(Life(**{**given, **lists})))
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def main() -> None:
    """Give birth to one life after the other, until there are no more."""
    die_with_parent()
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _be_born(line)
        _pid, status = os.waitpid(pid, 0)
        tell("ended", os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
