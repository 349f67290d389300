"""A message to many as it is kept: its audience, its words, its state."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row

from flows.calendar_model import CourseKind, MassKind, MassState
from flows.mass_model import MassView
from flows.plain import plain, shaped


class Crowd(StrEnum):
    """Which people are written to."""

    COURSE = "course"  # who has a seat in it
    ASKED = "asked"  # who wanted to be told of new courses of a kind
    DAY = "day"  # who has a lesson or an appointment of the office on a day
    DESK = "desk"  # who came to us by a desk's poster
    EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is written to; what does not matter for a crowd is empty.

    `waiting`: those on the waiting list of a course too. `languages` and `careful` are how many
    there were, by language and in careful mode, when it was let go.
    """

    crowd: Crowd
    course: int | None = None
    kind: CourseKind | None = None
    day: date | None = None
    desk: str = ""
    waiting: bool = False
    languages: tuple[tuple[str, int], ...] = ()
    careful: int = 0


@dataclass(frozen=True, slots=True)
class Mass:
    """A message to many. `until`: nobody is told from then on."""

    id: int
    office: str
    kind: MassKind
    course_id: int | None
    lesson_id: int | None
    audience: Audience
    view: MassView
    until: datetime
    state: MassState
    recipients: int
    created: datetime
    created_by: int
    approved: datetime | None
    approved_by: int | None
    ended: datetime | None
    version: int


def written(value: Audience | MassView) -> str:
    """An audience or a view as a column keeps it."""
    return json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"))


def read(row: Row[Any]) -> Mass:
    """A message as a row holds it."""
    kept = dict(row._mapping)
    kept["kind"], kept["state"] = MassKind(kept["kind"]), MassState(kept["state"])
    kept["audience"] = shaped(Audience, json.loads(kept["audience"]))
    kept["view"] = shaped(MassView, json.loads(kept.pop("words")))
    return Mass(**kept)
