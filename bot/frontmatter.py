"""Small pages that anybody can edit: `key: value` lines between two `---`, then plain lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

FENCE = "---"
E = TypeVar("E", bound=StrEnum)


@dataclass(slots=True)
class Problems:
    """What is wrong in the pages read so far, each with its file and line."""

    found: list[str] = field(default_factory=list)

    def add(self, path: Path, line: int, wrong: str) -> None:
        """Note one problem: what is wrong and what is expected."""
        self.found.append(f"{path}:{line}: {wrong}")


@dataclass(frozen=True, slots=True)
class Page:
    """One file as read: its values with their lines, and the lines below them."""

    path: Path
    values: Mapping[str, tuple[str, int]]
    body: tuple[tuple[int, str], ...]

    def line_of(self, key: str) -> int:
        """The line of a key; the first line of the file when the key is missing."""
        return self.values.get(key, ("", 1))[1]


def read_page(
    path: Path, problems: Problems, *, required: Iterable[str], optional: Iterable[str] | None
) -> Page | None:
    """Read one page and note unknown, repeated, empty and missing keys; None if it is no page.

    Without `optional` every key is allowed.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        problems.add(path, 1, "the file is not UTF-8 text; save it as UTF-8")
        return None
    if not lines or lines[0].rstrip() != FENCE:
        problems.add(path, 1, f"the first line must be {FENCE}, then `key: value` lines")
        return None
    end = next((at for at, line in enumerate(lines[1:], 2) if line.rstrip() == FENCE), None)
    if end is None:
        problems.add(path, 1, f"the `key: value` lines have no end; expected a second {FENCE}")
        return None
    required = tuple(required)
    allowed = None if optional is None else (*required, *optional)
    values = _read_values(path, lines[1 : end - 1], allowed, problems)
    for key in required:
        if key not in values:
            problems.add(path, 1, f"the key `{key}` is missing; expected a line `{key}: …`")
    body = tuple((at, line.strip()) for at, line in enumerate(lines[end:], end + 1) if line.strip())
    return Page(path, values, body)


def _read_values(
    path: Path, lines: list[str], allowed: tuple[str, ...] | None, problems: Problems
) -> dict[str, tuple[str, int]]:
    values: dict[str, tuple[str, int]] = {}
    for at, line in enumerate(lines, 2):
        if not line.strip():
            continue
        key, colon, value = line.partition(":")
        key, value = key.strip(), value.strip()
        if not colon:
            problems.add(path, at, f"“{line.strip()}” is not a `key: value` line")
        elif allowed is not None and key not in allowed:
            problems.add(path, at, f"unknown key `{key}`; expected one of: {', '.join(allowed)}")
        elif key in values:
            problems.add(
                path, at, f"the key `{key}` is here twice (first in line {values[key][1]})"
            )
        else:
            values[key] = (value, at)
            if not value:
                problems.add(path, at, f"`{key}` is empty; write a value or remove the line")
    return values


@dataclass(frozen=True, slots=True)
class Reader:
    """Takes values out of a page with their type; what does not fit is noted as a problem.

    A value that is missing or wrong comes back as a harmless one, so that a page shows all its
    problems at once; nothing read is used when there is any problem.
    """

    page: Page
    problems: Problems

    def wrong(self, key: str, words: str) -> None:
        """Note a problem at the line of a key."""
        self.problems.add(self.page.path, self.page.line_of(key), words)

    def text(self, key: str) -> str:
        """The value as it is written, or nothing."""
        return self.page.values.get(key, ("", 0))[0]

    def day(self, key: str) -> date | None:
        """A date, written year-month-day."""
        value = self.text(key)
        if not value:
            return None
        try:
            if len(value) == len("2026-03-31"):
                return date.fromisoformat(value)
        except ValueError:
            pass
        self.wrong(key, f"`{key}: {value}` is not a date; expected year-month-day like 2026-03-31")
        return None

    def yes(self, key: str) -> bool:
        """Yes or no; a missing key means no."""
        value = self.text(key)
        if value not in ("", "yes", "no"):
            self.wrong(key, f"`{key}: {value}` is neither yes nor no")
        return value == "yes"

    def number(self, key: str) -> int:
        """A whole number from 1 on."""
        value = self.text(key)
        if value.isascii() and value.isdigit() and int(value) > 0:
            return int(value)
        if value:
            self.wrong(key, f"`{key}: {value}` is not a whole number from 1 on")
        return 0

    def choice(self, key: str, kind: type[E]) -> E | None:
        """One of the words of an enumeration."""
        value = self.text(key)
        for one in kind:
            if one.value == value:
                return one
        if value:
            self.wrong(key, f"`{key}: {value}` is unknown; expected {' or '.join(kind)}")
        return None

    def words(self, key: str) -> tuple[str, ...]:
        """Several words with commas between them, none twice."""
        found = tuple(part.strip() for part in self.text(key).split(",") if part.strip())
        for one in {one for one in found if found.count(one) > 1}:
            self.wrong(key, f"`{one}` is twice in `{key}`")
        return found
