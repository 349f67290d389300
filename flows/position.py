"""Where a place is on the map, as somebody writes it or copies it from a map."""

from __future__ import annotations

import re
from math import asin, cos, radians, sin, sqrt

_PAIR = re.compile(r"(-?\d{1,3}[.,]\d+|-?\d{1,3})\s*[,; ]\s*(-?\d{1,3}[.,]\d+|-?\d{1,3})")
_LINKS = (
    re.compile(r"[?&#]mlat=(-?\d+\.\d+)&(?:amp;)?mlon=(-?\d+\.\d+)"),
    re.compile(r"#map=\d+/(-?\d+\.\d+)/(-?\d+\.\d+)"),
    re.compile(r"!3d(-?\d+\.\d+)!4d(-?\d+\.\d+)"),
    re.compile(r"@(-?\d+\.\d+),(-?\d+\.\d+)"),
    re.compile(r"geo:(-?\d+\.\d+),(-?\d+\.\d+)"),
    re.compile(r"[?&](?:q|ll|query)=(-?\d+\.\d+)(?:,|%2C)(-?\d+\.\d+)"),
)
"""The pin of a map comes before the middle of what it shows."""
DIGITS = 5
"""Decimals of a degree that are kept: about a metre."""
_EARTH_KM = 6371.0


class PositionError(ValueError):
    """What was written is no place on the map."""

    def __init__(self, part: str) -> None:
        super().__init__(
            f"This is no place on the map: {part!r}. It looks like '45.6189, 9.2104', or is the "
            "address of a map on which the place stands."
        )


def read_position(written: str) -> tuple[float, float] | None:
    """Latitude and longitude; None where nothing is written.

    Raises:
        PositionError: it cannot be read, or no such place exists.
    """
    plain = written.strip().strip("()")
    if not plain:
        return None
    found = _PAIR.fullmatch(plain)
    if found is None:
        found = next((one for link in _LINKS if (one := link.search(plain))), None)
    if found is None:
        raise PositionError(written)
    latitude, longitude = (round(float(one.replace(",", ".")), DIGITS) for one in found.groups())
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise PositionError(written)
    return latitude, longitude


def written_position(latitude: float | None, longitude: float | None) -> str:
    """The same as somebody reads it; empty where nobody said it."""
    if latitude is None or longitude is None:
        return ""
    return f"{latitude:.{DIGITS}f}, {longitude:.{DIGITS}f}"


def distance(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Kilometres as the crow flies, to the next tenth."""
    north, east, to_north, to_east = map(radians, (*here, *there))
    half = sin((to_north - north) / 2) ** 2
    half += cos(north) * cos(to_north) * sin((to_east - east) / 2) ** 2
    return round(2 * _EARTH_KM * asin(sqrt(min(1.0, half))), 1)
