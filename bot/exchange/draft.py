"""A course as it stands in a file, before anybody has asked whether it may be one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

Value = str | int | float | bool | date | time | tuple[str, ...] | None
Fields = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Change:
    """A lesson that is not when the rule says, in local time; without `starts` there is none."""

    line: int
    planned: datetime
    starts: datetime | None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields that are said, by the names of `storage.courses.CourseForm`, from a line on.

    `changes` are of single lessons; `cancelled`: the whole course does not take place.
    `lines` says where a field stands, where that is another line.
    """

    line: int
    fields: Fields
    changes: tuple[Change, ...] = ()
    cancelled: bool = False
    lines: Mapping[str, int] = field(default_factory=dict)
