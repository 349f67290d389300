"""Turns days and times of the clocks on the wall into moments, and back; nothing else does."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib import metadata, resources
from typing import NamedTuple
from zoneinfo import ZoneInfo

ROME = "Europe/Rome"
"""Where the desks are, unless they say so."""

_ZONE = re.compile(r"[A-Za-z][\w+-]*(/[A-Za-z][\w+-]*)*", re.ASCII)


class Landed(NamedTuple):
    """The moment of a day and a time at a place; `shifted` where the clocks there skip it."""

    at: datetime
    shifted: bool


def instant(day: date, at: time, zone: str) -> Landed:
    """The moment, in UTC, in which the clocks of a place first show a time on a day.

    A time the clocks jump over becomes the first minute after the jump; of a time that they show
    twice it is the first, unless its `fold` says that it is the second.
    """
    local, place = datetime.combine(day, at.replace(tzinfo=None)), clocks(zone)
    found = local.replace(tzinfo=place).astimezone(UTC)
    if wall(found, zone) == local:
        return Landed(found, False)
    before, after = (local.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (1, 0))
    return Landed(_jump(before, after, place), True)


def _jump(before: datetime, after: datetime, place: ZoneInfo) -> datetime:
    """The first minute after the one jump of the clocks that lies between two moments."""
    new = after.astimezone(place).utcoffset()
    while after - before > timedelta(minutes=1):
        middle = before + timedelta(minutes=(after - before) // timedelta(minutes=2))
        if middle.astimezone(place).utcoffset() == new:
            after = middle
        else:
            before = middle
    return after


def wall(moment: datetime, zone: str) -> datetime:
    """What the clocks of a place show at a moment, without a zone: so flows know times.

    Of a time that they show twice the second has `fold`, which no comparison looks at.
    """
    return moment.astimezone(clocks(zone)).replace(tzinfo=None)


def is_zone(name: str) -> bool:
    """Whether there is a place of that name, like `Europe/Rome`."""
    try:
        clocks(name)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=64)
def clocks(zone: str) -> ZoneInfo:
    """The clocks of a place, by the rules that come with Antenna: on every machine the same.

    Raises:
        ValueError: there is no such place.
    """
    if _ZONE.fullmatch(zone):
        try:
            with (
                resources.files("tzdata").joinpath("zoneinfo", *zone.split("/")).open("rb") as file
            ):
                return ZoneInfo.from_file(file, key=zone)
        except (OSError, ValueError):
            pass
    raise ValueError(f"{zone!r} is no zone; zones look like Europe/Rome.")


def rules_version() -> str:
    """Which rules of the world's clocks these are: moments computed by others are old."""
    return metadata.version("tzdata")
