"""How far services are is said so that nobody finds the house from it in which somebody stood."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from flows.nearness import FAR, kept_near, near_point, read_near
from flows.position import distance

PLACES = [
    (f"{north}.{east}", 0, (45.55 + north * 0.023, 9.1 + east * 0.031))
    for north in range(8)
    for east in range(8)
]
INSIDE = st.floats(-0.0049, 0.0049)


@given(st.integers(4555, 4575), st.integers(910, 935), INSIDE, INSIDE)
def test_a_whole_neighbourhood_keeps_the_same(
    north: int, east: int, up: float, aside: float
) -> None:
    """Among many services the order from the very place would tell it to some thirty metres."""
    middle, there = [north / 100, east / 100], [north / 100 + up, east / 100 + aside]
    assert kept_near(PLACES, there) == kept_near(PLACES, middle)


@given(st.floats(45.55, 45.75), st.floats(9.1, 9.35))
def test_nothing_is_farther_than_is_said(north: float, east: float) -> None:
    """Whoever walks there is not told of a kilometre that are two."""
    points = {id_: point for id_, _town, point in PLACES}
    near = read_near(kept_near(PLACES, [north, east]))
    far = [
        id_
        for id_, ring in near
        if ring not in (None, FAR) and distance((north, east), points[id_]) > (ring or 0)
    ]
    assert (far, len(near)) == ([], 24)


def test_from_the_middle_of_a_town_it_is_exact() -> None:
    """A town is no secret: whoever taps it learns how far it is from there."""
    assert near_point([("s1", 0, (45.62, 9.21))], (45.62, 9.21)) == (("s1", 1),)
