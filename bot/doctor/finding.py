"""What the doctor is shown and what it says: the scene, and one finding a check."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from bot.settings import ENV_FILE, Settings


class Level(StrEnum):
    """How bad it is: `refuse` stops the start, `warn` does not."""

    REFUSE = "refuse"
    WARN = "warn"
    OK = "ok"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found. It holds names of settings and files, never a secret."""

    code: str
    level: Level
    what: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Machine:
    """What the checks need to know of the machine, looked up beforehand."""

    runs_as_root: bool = False
    swap_bytes: int = 0
    core_dumps: bool = False
    free_bytes: int = 1 << 40
    total_bytes: int = 1 << 41
    disk_kind: str = "ext4"
    cleaning: str = "shut in"
    unheard: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Connected:
    """An operators' group: whether it is no single office's, is lost, and can show conversations.

    As long as Telegram was not asked what the bot may do there, it is taken to show them.
    """

    shared: bool = True
    lost: bool = False
    shows: bool = True


@dataclass(frozen=True, slots=True)
class Stored:
    """What a database says of itself; `reachable` is None where there is none yet.

    `readers` are the operators who can open reports, `talking` the desks people may write to.
    """

    reachable: bool | None = None
    revision: str | None = None
    known_revisions: frozenset[str] = frozenset()
    synchronous_commit: str = "on"
    remembered: Mapping[str, str] = field(default_factory=dict)
    readers: int = 0
    groups: tuple[Connected, ...] = ()
    talking: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What Telegram itself said, where it was asked."""

    token_accepted: bool | None = None
    clock_off_seconds: float | None = None
    webhook: str | None = None


@dataclass(frozen=True, slots=True)
class Translated:
    """What the translator said of itself, where it was asked; `why` it does not translate."""

    why: str = ""
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything the doctor looks at."""

    settings: Settings
    now: datetime
    machine: Machine = Machine()
    stored: Stored = Stored()
    reports: Stored = Stored()
    answer: Answer | None = None
    translated: Translated | None = None
    names: Mapping[str, object] = field(default_factory=dict)
    env_file: Path = ENV_FILE

    @property
    def is_real(self) -> bool:
        """Whether this is a deployment for people, not the demo."""
        return self.settings.has_token


Check = Callable[[Scene], Finding]


def refuse(code: str, what: str, fix: str) -> Finding:
    """A finding that stops the start."""
    return Finding(code, Level.REFUSE, what, fix)


def warn(code: str, what: str, fix: str) -> Finding:
    """A finding that should be mended."""
    return Finding(code, Level.WARN, what, fix)


def fine(code: str, what: str) -> Finding:
    """A check that found nothing wrong."""
    return Finding(code, Level.OK, what)
