"""What the machine was doing meanwhile: its cores, its load, its noise, a process's memory."""

from __future__ import annotations

import os
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROUNDS = 2_000_000
LOOK_SECONDS = 0.5
SYNCS = 50


@dataclass(frozen=True, slots=True)
class Machine:
    """A word on the machine. `noise_ms` is what an empty loop took, `sync_us` what
    the disk took to keep 4 KB, run after run."""

    processor: str
    cores: int
    python: str
    load_before: float
    load_after: float
    noise_ms: tuple[float, ...]
    sync_us: tuple[float, ...]

    def as_json(self) -> dict[str, Any]:
        """As it is kept beside the figures."""
        return asdict(self)


def processor() -> str:
    """What the machine says it is."""
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return "unknown"


def load() -> float:
    """The load of the last minute."""
    return os.getloadavg()[0]


def quiet_cores() -> tuple[int, int]:
    """The two cores that did least just now: one for the bot, one for the server."""
    allowed = sorted(os.sched_getaffinity(0))
    before = _busy()
    time.sleep(LOOK_SECONDS)
    after = _busy()
    order = sorted(allowed, key=lambda core: after[core] - before[core])
    return order[0], order[1] if len(order) > 1 else order[0]


def _busy() -> dict[int, int]:
    busy = {}
    for line in Path("/proc/stat").read_text(encoding="ascii").splitlines():
        name, *ticks = line.split()
        if name.startswith("cpu") and name != "cpu":
            user, nice, system, _idle, _wait, *rest = map(int, ticks)
            busy[int(name[3:])] = user + nice + system + sum(rest)
    return busy


def empty_loop_ms(core: int) -> float:
    """How long a loop that does nothing takes on a core: on a quiet machine always the same."""
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        began = time.perf_counter()
        for _ in range(ROUNDS):
            pass
        return (time.perf_counter() - began) * 1000
    finally:
        os.sched_setaffinity(0, allowed)


def sync_us() -> float:
    """How long the disk takes to have 4 KB for good; every transaction waits for that."""
    with tempfile.TemporaryFile() as file:
        began = time.perf_counter()
        for number in range(SYNCS):
            os.pwrite(file.fileno(), bytes(4096), number * 4096)
            os.fdatasync(file.fileno())
        return (time.perf_counter() - began) / SYNCS * 1e6


def memory_mib(pid: int, field: str = "VmRSS") -> float:
    """What a process holds in memory now, or (`VmHWM`) held at most."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith(field):
            return int(line.split()[1]) / 1024
    raise ValueError(f"{field} is not told")


def processor_seconds(pid: int) -> float:
    """The processor time a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
