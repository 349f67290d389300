"""A place on the map is read however it was copied, and what is no place is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.position import PositionError, read_position, written_position

DESIO = (45.61893, 9.21041)
WRITTEN = [
    "45.61893, 9.21041",
    "45.61893 9.21041",
    " (45.61893;9.21041) ",
    "45,61893; 9,21041",
    "https://www.openstreetmap.org/?mlat=45.61893&mlon=9.21041#map=17/45.5/9.1",
    "https://www.openstreetmap.org/#map=17/45.61893/9.21041",
    "https://www.google.com/maps/place/Desio/@45.5,9.1,17z/data=!3m1!8m2!3d45.61893!4d9.21041",
    "https://www.google.com/maps/@45.61893,9.21041,17z",
    "https://maps.google.com/?q=45.61893,9.21041",
    "https://www.google.com/maps/search/?api=1&query=45.61893%2C9.21041",
    "geo:45.618934,9.210412",
]


@pytest.mark.parametrize("written", WRITTEN)
def test_a_place_is_read_however_it_was_copied(written: str) -> None:
    """Two numbers, and the addresses that maps give, lead to the same place."""
    assert read_position(written) == DESIO


@pytest.mark.parametrize("written", ["Via Roma 1", "45.6", "91.0, 9.2", "45.6, 181.0", "x, y"])
def test_what_is_no_place_is_said(written: str) -> None:
    """Nobody is led to a place that does not exist, and the words show how one looks."""
    with pytest.raises(PositionError, match=r"45\.6189, 9\.2104"):
        read_position(written)


def test_nothing_is_no_place() -> None:
    """Who writes nothing has no place on the map, and nothing is shown of it."""
    assert [read_position(one) for one in ("", "  ")] == [None, None]
    assert [written_position(None, 9.2), written_position(45.6, None)] == ["", ""]


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_what_is_shown_is_read_again(latitude: float, longitude: float) -> None:
    """Keeping a form that nobody touched changes no place."""
    once = read_position(written_position(latitude, longitude))
    assert once is not None
    assert read_position(written_position(*once)) == once
