"""What the report asks the shell to do, as data that a test can print and compare.

Each of these works on the reports' own database, before the turn's transaction (`slow`), and may be
done twice with the effect of once: the box's random id is what makes a second time harmless.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, cast

from flows.effects import Effect, Json
from flows.report_model import Box, Ending, Evidence, Level, Opened, Status, Words


@dataclass(frozen=True, slots=True)
class OpenBox(Effect[Box]):
    """Make a random id and a random key for a report; nothing is kept anywhere yet."""

    once: ClassVar[bool] = True

    def read(self, value: Json) -> Box:
        """Read the two words of a box."""
        return _box(value)


@dataclass(frozen=True, slots=True)
class TakeEvidence(Effect["Evidence | str"]):
    """Fetch a file somebody sent, make it harmless, seal it into the box and forget where it was.

    What comes back is the sealed thing, or why it was not taken, in one word: `big`, `kind`,
    `broken`, `busy`, `gone`, `full`.
    """

    slow: ClassVar[bool] = True

    box: Box
    kind: str
    file_id: str = field(repr=False)
    size_bytes: int
    original: bool = False
    shifted: bool = False

    def lasts(self, value: Json) -> bool:
        """What was sealed stays sealed; what was not can be tried again."""
        return not isinstance(value, str)

    def read(self, value: Json) -> Evidence | str:
        """Read what was sealed, or why nothing was."""
        return value if isinstance(value, str) else evidence_of(value)


@dataclass(frozen=True, slots=True)
class DropEvidence(Effect[bool]):
    """Delete a sealed file from the box."""

    slow: ClassVar[bool] = True

    box: Box
    evidence: str


@dataclass(frozen=True, slots=True)
class SendReport(Effect[str]):
    """Seal the report to those who are entitled to it, on the disk, before anything is said of it.

    `answers` is the report as JSON. `excluded` are keys of offices that must not get it. What comes
    back is the number the office calls it by, or nothing when nobody could have read it.
    """

    commits: ClassVar[bool] = True
    slow: ClassVar[bool] = True

    box: Box
    answers: str = field(repr=False)
    files: tuple[str, ...]
    level: Level
    sector: str
    province: str
    ending: Ending
    language: str
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GiveCode(Effect[str]):
    """Make a code for a report that was sent: sixteen digits, or nothing when none is ready yet."""

    slow: ClassVar[bool] = True

    box: Box


@dataclass(frozen=True, slots=True)
class KeepCode(Effect[bool]):
    """The person has the code: it stays good. False when it had been let go meanwhile."""

    commits: ClassVar[bool] = True
    slow: ClassVar[bool] = True

    box: Box


@dataclass(frozen=True, slots=True)
class OpenByCode(Effect["Opened | str"]):
    """Look a code up; a wrong one costs the same work. Otherwise `unknown`, or `wait`: too many."""

    slow: ClassVar[bool] = True

    code: str = field(repr=False)

    def read(self, value: Json) -> Opened | str:
        """Read the report as its sender sees it, or why it is not shown."""
        if isinstance(value, str):
            return value
        found = cast(Mapping[str, Json], value)
        words = cast(list[Mapping[str, Json]], found["words"])
        return Opened(
            box=_box(found["box"]),
            status=Status(str(found["status"])),
            reason=str(found["reason"]),
            words=tuple(
                Words(
                    bool(one["by_office"]),
                    str(one["text"]),
                    str(one["canned"]),
                    str(one["language"]),
                )
                for one in words
            ),
            unread=int(cast(int, found["unread"])),
            line=bool(found["line"]),
        )


@dataclass(frozen=True, slots=True)
class AddToReport(Effect[bool]):
    """Add words or files to a report that was sent; False when it is gone meanwhile."""

    commits: ClassVar[bool] = True
    slow: ClassVar[bool] = True

    box: Box
    text: str = field(repr=False)
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WithdrawReport(Effect[bool]):
    """Delete a report that was sent, its words and its files; only counters stay."""

    commits: ClassVar[bool] = True
    slow: ClassVar[bool] = True

    box: Box


@dataclass(frozen=True, slots=True)
class CutLine(Effect[bool]):
    """Forget how to write to this chat about the report."""

    commits: ClassVar[bool] = True
    slow: ClassVar[bool] = True

    box: Box


def evidence_of(value: Json) -> Evidence:
    """Read a sealed file as the log keeps it."""
    found = cast(Mapping[str, Json], value)
    return Evidence(
        id=str(found["id"]),
        kind=str(found["kind"]),
        size_bytes=int(cast(int, found["size_bytes"])),
        original=bool(found["original"]),
        shifted=bool(found["shifted"]),
    )


def _box(value: Json) -> Box:
    found = cast(Mapping[str, Json], value)
    return Box(str(found["id"]), str(found["key"]))
