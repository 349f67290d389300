"""Every figure, measured once: speed, the wire far away, latency, memory, starts, recovery."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.machine import memory_mib, processor_seconds
from tests.bench.processes import Bot, Server
from tests.bench.stored import FIRST_CHAT, LIVING, Stored

CHATS = 1_000
FAR_SECONDS = 0.025  # each way
PACE = 30.0
SETTLING_SECONDS = 1.0

Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    chats: int = 200
    seconds: float = 8.0
    paced_seconds: float = 15.0
    stored: tuple[int, ...] = (0, 10_000, 100_000)
    undelivered: int = 1_000
    turns: int = 6_400
    notices: int = 100_000
    due: int = 400
    tick_seconds: float = 20.0
    runs: int = 3


QUICK = Size(seconds=3.0, paced_seconds=5.0, stored=(0, 10_000), runs=1)
TINY = Size(
    chats=5,
    seconds=0.3,
    paced_seconds=0.5,
    stored=(50,),
    undelivered=10,
    turns=64,
    runs=1,
    notices=50,
    due=5,
    tick_seconds=0.2,
)


@dataclass(frozen=True, slots=True)
class Cores:
    """Where the bot and the server run."""

    bot: int
    server: int


@contextmanager
def folder() -> Iterator[Path]:
    """A data folder that goes afterwards."""
    path = Path(tempfile.mkdtemp(prefix="antenna-bench-"))
    try:
        yield path
    finally:
        shutil.rmtree(path)


def speed(cores: Cores, size: Size, *, echo: bool) -> Figures:
    """Saturate a bot, then with Telegram 50 ms away, then at Telegram's own pace."""
    figures: Figures = {}
    name = "echo" if echo else "antenna"
    with (
        folder() as data,
        Server(cores.server) as server,
        Bot(cores.bot, server.address, None if echo else data) as bot,
    ):
        server.wish("arrive", first=CHATS, count=size.chats)
        server.until("everybody at home", lambda seen: seen["waiting"] == 0)
        found = _walk(server, bot, size.seconds)
        figures[f"{name}: updates/s"] = found["per_second"]
        figures[f"{name}: CPU µs/update"] = found["cpu_us"]
        figures[f"{name}: p50 ms at {size.chats} chats"] = found["p50"]
        figures[f"{name}: p99 ms at {size.chats} chats"] = found["p99"]
        wrong = found["wrong"]
        server.wish("delay", seconds=FAR_SECONDS)
        found = _walk(server, bot, size.seconds)
        figures[f"{name}: updates/s, Telegram 50 ms away"] = found["per_second"]
        figures[f"{name}: p99 ms, Telegram 50 ms away"] = found["p99"]
        if not echo:  # the bare one shows everybody the same: no way of it is right
            figures[f"{name}: wrong replies"] = wrong + found["wrong"]
        server.wish("delay", seconds=0.0)
        server.wish("clear")
        server.wish("trickle", per_second=PACE)
        time.sleep(size.paced_seconds)
        server.wish("rest")
        counts = server.until("rest", lambda seen: seen["waiting"] == 0)
        figures[f"{name}: p50 ms at 30 updates/s"] = _share(counts["latencies"], 0.5)
        figures[f"{name}: p99 ms at 30 updates/s"] = _share(counts["latencies"], 0.99)
        figures[f"{name}: MiB at most"] = memory_mib(bot.pid, "VmHWM")
    return figures


def _walk(server: Server, bot: Bot, seconds: float) -> dict[str, float]:
    """Let everybody walk, and count what was answered within some seconds."""
    server.wish("walk")
    time.sleep(min(SETTLING_SECONDS, seconds))
    began = server.wish("clear")["now"]
    processor = processor_seconds(bot.pid)
    time.sleep(seconds)
    counts = server.wish("counts")
    processor = processor_seconds(bot.pid) - processor
    server.wish("rest")
    end = server.until(
        "every tap answered", lambda seen: seen["waiting"] == 0 and seen["spinning"] == 0
    )
    answered = max(1, counts["answered"])
    return {
        "per_second": answered / (counts["now"] - began),
        "cpu_us": processor / answered * 1e6,
        "p50": _share(counts["latencies"], 0.5),
        "p99": _share(counts["latencies"], 0.99),
        "wrong": float(end["extra"] + end["strays"]),
    }


def _share(seconds: list[float], part: float) -> float:
    """What so many of the answers took at most, in milliseconds."""
    return share(sorted(seconds), part) * 1000


def share(ordered: list[float], part: float) -> float:
    """What so many of these are at most."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0.0


def memory_and_start(cores: Cores, size: Size, stored: int) -> Figures:
    """Start with so many conversations stored; then fall over with messages under way, and rise."""
    figures: Figures = {}
    crowd = f"{stored:,} stored" if stored else "none stored"
    with folder() as data:
        filled = Stored(data)
        empty = filled.bytes_used()
        filled.people(stored)
        if stored:
            figures["bytes stored a person"] = (filled.bytes_used() - empty) / stored
        filled.close()
        with Server(cores.server) as server:
            server.wish("arrive", first=CHATS, count=1)
            with Bot(cores.bot, server.address, data) as bot:
                figures[f"s to the first answer, {crowd}"] = _first_answer(server, bot)
                time.sleep(min(SETTLING_SECONDS, size.seconds))
                figures[f"MiB resident, {crowd}"] = memory_mib(bot.pid)
                if stored:
                    _fall(server, bot, size.undelivered)
            if stored:
                with Bot(cores.bot, server.address, data) as bot:
                    figures |= _rise(server, bot, size.undelivered, crowd)
    return figures


def _fall(server: Server, bot: Bot, count: int) -> None:
    """`kill -9` in the middle of the work, with messages that were not delivered."""
    server.until("everybody at home", lambda seen: seen["waiting"] == 0)
    server.wish("mute", on=True)  # messages are taken and never answered
    server.wish("meet", first=FIRST_CHAT, count=count, message_id=LIVING)
    for number in range(count):
        server.wish("write", chat_id=FIRST_CHAT + number, words="/menu")
    server.until("work under way", lambda seen: seen["muted"] > 0)
    server.until("updates taken", lambda seen: seen["pending"] == 0)
    bot.kill()
    server.wish("mute", on=False)
    server.wish("clear")
    server.wish("write", chat_id=FIRST_CHAT + count // 2, words="/menu")


def _rise(server: Server, bot: Bot, count: int, crowd: str) -> Figures:
    """Recovery of the one who fell."""
    figures = {f"s to the first answer after kill -9, {crowd}": _first_answer(server, bot)}
    server.until("everything delivered", lambda seen: seen["waiting"] == 0)
    figures[f"s to the last of {count:,} undelivered"] = time.monotonic() - bot.began
    figures[f"MiB resident after kill -9, {crowd}"] = memory_mib(bot.pid)
    return figures


def _first_answer(server: Server, bot: Bot) -> float:
    """Seconds from the start of the process until a person saw something."""
    counts: dict[str, Any] = server.until(
        "a first answer", lambda seen: seen["first_answer"] is not None, 0.01
    )
    # Both processes read the same clock of the machine.
    return float(counts["first_answer"]) - bot.began
