"""How far services are from a place that somebody sent, said so that the place itself is not kept.

What is kept is which are the nearest, and in which ring around the person each lies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from flows.effects import Json
from flows.position import distance
from flows.service_model import Point, ServicePlace

RINGS = (1, 3, 5, 10, 20, 50)
"""Kilometres; whoever is farther away than the last is in none of them."""
FAR = 0
"""Farther than the last ring."""
MOST = 24
"""So many are kept in their order: enough to look closer among them."""

Near = tuple[tuple[str, int | None], ...]
"""Ids, the nearest first, each with its ring; None where nobody knows how far it is."""


def near_point(places: Sequence[ServicePlace], here: Point) -> Near:
    """The nearest to a place; who has no place on the map is not among them."""
    known = [(distance(here, one.point), one) for one in places if one.point is not None]
    known.sort(key=lambda found: (found[0], found[1].id))
    return tuple((one.id, ring_of(km)) for km, one in known[:MOST])


def near_town(places: Sequence[ServicePlace], name: str, point: Point | None) -> Near:
    """Those in a town, then the nearest to it, where the map knows it."""
    inside = {one.id for one in places if one.town == name}
    around = near_point(places, point) if point else ()
    rings = dict(around)
    own = [(one.id, rings.get(one.id)) for one in places if one.id in inside]
    own.sort(key=lambda one: (one[1] is None, one[1] or 0))
    return (*own, *(one for one in around if one[0] not in inside))[:MOST]


def ring_of(km: float) -> int:
    """The smallest ring in which something lies."""
    return next((ring for ring in RINGS if km < ring), FAR)


def kept_near(places: Sequence[ServicePlace], place: Json) -> Json:
    """What is kept of a place that somebody sent."""
    north, east = (float(part) for part in cast(list[float], place))
    near = near_point(places, (north, east))
    return {"near": [[one, ring] for one, ring in near]}


def read_near(kept: Json) -> Near:
    """What was kept, again."""
    near = cast(list[tuple[str, int | None]], cast(Mapping[str, Json], kept)["near"])
    return tuple((str(one), ring) for one, ring in near)
