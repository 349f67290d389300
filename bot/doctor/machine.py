"""Checks of the machine and of the database: disk, clock, swap, who runs it, what it keeps."""

from __future__ import annotations

import os
import resource
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.doctor.files import sqlite_path
from bot.doctor.finding import Check, Finding, Machine, Scene, fine, refuse, warn
from bot.evidence.sandbox import Sandbox
from bot.evidence.verdict import Refusal
from bot.settings import LogLevel, unknown_names
from bot.voices.machine import PACKAGES, missing_programs

# No machine that runs this version can be earlier.
RELEASED = datetime(2026, 11, 1, tzinfo=UTC)
MEGABYTE = 1 << 20
# The smallest picture there is: one grey dot.
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c636800000082008177cd72b60000000049454e44ae426082"
)
SKEW_WARNED = 60.0
SKEW_REFUSED = 600.0


def look_at_machine(data: Path) -> Machine:
    """Look up what the checks need; what cannot be looked up counts as fine."""
    folder = data.resolve()
    while not folder.exists():
        folder = folder.parent
    disk = shutil.disk_usage(folder)
    return Machine(
        runs_as_root=os.geteuid() == 0,
        swap_bytes=_swap_bytes(),
        core_dumps=resource.getrlimit(resource.RLIMIT_CORE)[0] != 0,
        free_bytes=disk.free,
        total_bytes=disk.total,
        disk_kind=disk_kind(folder),
        cleaning=try_cleaning(),
        unheard=missing_programs(),
    )


def try_cleaning(sandbox: Sandbox | None = None) -> str:
    """How files that people send are made harmless here: `shut in`, `open`, or it `fails`."""
    tried = sandbox or Sandbox()
    try:
        tried.clean(DOT)
    except (Refusal, OSError):
        return "fails"
    return "shut in" if tried.is_shut else "open"


def _swap_bytes() -> int:
    try:
        lines = Path("/proc/swaps").read_text(encoding="ascii").splitlines()[1:]
        return sum(int(line.split()[2]) * 1024 for line in lines if "zram" not in line)
    except (OSError, ValueError, IndexError):
        return 0


def disk_kind(folder: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """The kind of file system a folder is on, `unknown` where nobody says."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return "unknown"
    places = [tuple(line.split()[1:3]) for line in lines if len(line.split()) >= 3]
    above = [(len(place), kind) for place, kind in places if folder.is_relative_to(place)]
    return max(above, default=(0, "unknown"))[1]


def disk_space(scene: Scene) -> Finding:
    """A full disk stops every answer."""
    free, total = scene.machine.free_bytes, max(1, scene.machine.total_bytes)
    if free < 100 * MEGABYTE:
        return refuse(
            "disk_space",
            f"Only {free // MEGABYTE} MB are free under the data folder.",
            "Free some space: below 100 MB Antenna does not start.",
        )
    if free < 1024 * MEGABYTE or free / total < 0.02:
        return warn(
            "disk_space",
            f"Only {free // MEGABYTE} MB are free under the data folder.",
            "Free some space, or move the data folder.",
        )
    return fine("disk_space", "There is space on the disk.")


def clock(scene: Scene) -> Finding:
    """Messages are washed, people forgotten and backups dated by the clock."""
    fix = "Switch on the time service: timedatectl set-ntp true"
    path = sqlite_path(scene)
    newest = path.stat().st_mtime if path is not None and path.exists() else 0.0
    behind = timedelta(seconds=newest - scene.now.timestamp())
    if scene.now < RELEASED or behind > timedelta(hours=1):
        return refuse("clock", "The clock of this machine is far behind.", fix)
    off = scene.answer.clock_off_seconds if scene.answer else None
    if off is not None and abs(off) > SKEW_REFUSED:
        return refuse("clock", "The clock is more than ten minutes off Telegram's.", fix)
    if off is not None and abs(off) > SKEW_WARNED:
        return warn("clock", "The clock is more than a minute off Telegram's.", fix)
    return fine("clock", "The clock is right as far as can be seen.")


def swap(scene: Scene) -> Finding:
    """What people write passes through memory, and swap puts memory on the disk."""
    if scene.machine.swap_bytes:
        return warn(
            "swap",
            "Swap is on: what people write may end up on the disk.",
            "swapoff -a, or encrypt the swap; docs/antenna.service keeps this program out of it.",
        )
    return fine("swap", "Memory does not go to the disk.")


def core_dumps(scene: Scene) -> Finding:
    """A core dump is the whole memory in a file."""
    if scene.machine.core_dumps:
        return warn(
            "core_dumps",
            "Core dumps are on: a crash would write the memory to the disk.",
            "ulimit -c 0, or LimitCORE=0 as in docs/antenna.service.",
        )
    return fine("core_dumps", "A crash writes no memory to the disk.")


def cleaning(scene: Scene) -> Finding:
    """What reads strangers' files must be able to do nothing else."""
    if scene.machine.cleaning == "fails":
        return warn(
            "cleaning",
            "Photos, voices and papers cannot be made harmless here: none would be taken.",
            "Install the packages again: make setup. Leave this process 720 MB of memory.",
        )
    if scene.machine.cleaning == "open":
        return warn(
            "cleaning",
            "The kernel does not filter what the reader of people's files may ask of it.",
            "Use a kernel with seccomp on x86-64 or ARM64; in a container, allow prctl.",
        )
    return fine("cleaning", "People's files are read by a process that can do nothing else.")


def reading_aloud(scene: Scene) -> Finding:
    """Whoever does not read well hears every page, where the programs for it are there."""
    if scene.machine.unheard:
        names = " and ".join(scene.machine.unheard)
        return warn(
            "reading_aloud",
            f"No machine can read pages aloud here: {names} is missing.",
            f"apt-get install -y {PACKAGES}. Recordings are heard without it.",
        )
    return fine("reading_aloud", "A machine can read pages aloud.")


def root(scene: Scene) -> Finding:
    """A program that talks to the world needs no power over the machine."""
    if scene.machine.runs_as_root and scene.is_real:
        return warn(
            "root",
            "Antenna runs as root.",
            "Run it as a user of its own, as docs/antenna.service does.",
        )
    return fine("root", "Antenna does not run as root.")


def disk_encrypted(scene: Scene) -> Finding:
    """A stolen machine must not be an open book."""
    if scene.is_real and not scene.settings.disk_encrypted:
        return warn(
            "disk_encrypted",
            "Nobody has said that the disk is encrypted.",
            "Encrypt it (LUKS), then set ANTENNA_DISK_ENCRYPTED=true.",
        )
    return fine("disk_encrypted", "The disk is encrypted, as far as was said.")


def log_level(scene: Scene) -> Finding:
    """More lines in the log are more to compare times with."""
    if scene.settings.log is LogLevel.DEBUG and scene.is_real:
        return warn("log_level", "The log is at debug.", "Set ANTENNA_LOG=info.")
    return fine("log_level", "The log says what is needed.")


def misspelt(scene: Scene) -> Finding:
    """A setting with a wrong name does nothing, silently."""
    found = unknown_names(scene.names)
    if found:
        names = ", ".join(found)
        meant = ", ".join(name for name in found.values() if name)
        hint = f"Did you mean {meant}?" if meant else "See the settings: ./antenna settings"
        return warn("misspelt", f"Antenna has no setting {names}.", hint)
    return fine("misspelt", "Every ANTENNA_ variable is a setting.")


def database_there(scene: Scene) -> Finding:
    """Without its database Antenna can promise nothing."""
    if scene.stored.reachable is False:
        return refuse(
            "database_there",
            "The database cannot be opened.",
            "Is the server running, and are name, password and rights in ANTENNA_DATABASE right?",
        )
    return fine("database_there", "The database can be opened, or is made at the first start.")


def database_age(scene: Scene) -> Finding:
    """An older program would not understand what a newer one wrote."""
    stored = scene.stored
    if stored.revision and stored.revision not in stored.known_revisions:
        return refuse(
            "database_age",
            "The database was written by a newer version of Antenna.",
            "Start that version again, or restore the backup made before it.",
        )
    return fine("database_age", "The database is not newer than the program.")


def synchronous_commit(scene: Scene) -> Finding:
    """With it off, PostgreSQL says "kept" before it is."""
    if scene.stored.synchronous_commit == "off":
        return refuse(
            "synchronous_commit",
            "PostgreSQL's synchronous_commit is off: a power cut would lose what was acknowledged.",
            "ALTER DATABASE … SET synchronous_commit = on;",
        )
    return fine("synchronous_commit", "What is acknowledged is kept.")


CHECKS: tuple[Check, ...] = (
    disk_space,
    clock,
    database_there,
    database_age,
    synchronous_commit,
    swap,
    core_dumps,
    cleaning,
    reading_aloud,
    root,
    disk_encrypted,
    log_level,
    misspelt,
)
