"""How far services are from a place that somebody sent, said so that the place itself is not kept.

What is kept is which are the nearest, and in which ring around the person each lies. Seen from the
very place, such an order would tell the house somebody stands at; so it is made from the middle of
a square about as large as a neighbourhood, and is the same for everybody in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from flows.effects import Json
from flows.position import distance
from flows.service_model import Point, ServicePlace, Surroundings

RINGS = (1, 3, 5, 10, 20, 50)
"""Kilometres; whoever is farther away than the last is in none of them."""
FAR = 0
"""Farther than the last ring."""
SQUARES = 100
"""So many to a degree: each about a kilometre wide."""
ASIDE = 0.75
"""Kilometres that somebody may be from the middle of their square."""
MOST = 24
"""So many are kept in their order: enough to look closer among them."""

Near = tuple[tuple[str, int | None], ...]
"""Ids, the nearest first, each with its ring; None where nobody knows how far it is."""


def near_point(places: Sequence[ServicePlace], here: Point, aside: float = 0.0) -> Near:
    """The nearest to a place; what no map knows is not among them. `aside`: so far from there
    somebody may be."""
    known = [(distance(here, point), id_) for id_, _town, point in places if point is not None]
    return tuple((id_, ring_of(km + aside)) for km, id_ in sorted(known)[:MOST])


def near_town(around: Surroundings, number: int) -> Near:
    """Those in a town, then the nearest to it, where the map knows it."""
    _name, point = around.towns[number]
    nearest = near_point(around.places, point) if point else ()
    rings = dict(nearest)
    inside = [(id_, rings.get(id_)) for id_, town, _point in around.places if town == number]
    inside.sort(key=lambda one: (one[1] is None, one[1] or 0))
    own = {id_ for id_, _ring in inside}
    return (*inside, *(one for one in nearest if one[0] not in own))[:MOST]


def ring_of(km: float) -> int:
    """The smallest ring in which something lies."""
    return next((ring for ring in RINGS if km < ring), FAR)


def kept_near(places: Sequence[ServicePlace], place: Json) -> Json:
    """What is kept of a place that somebody sent."""
    north, east = (round(float(one) * SQUARES) / SQUARES for one in cast(list[float], place))
    near = near_point(places, (north, east), ASIDE)
    return {"near": [[one, ring] for one, ring in near]}


def read_near(kept: Json) -> Near:
    """What was kept, again."""
    near = cast(list[tuple[str, int | None]], cast(Mapping[str, Json], kept)["near"])
    return tuple((str(one), ring) for one, ring in near)
