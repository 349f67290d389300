"""The disk is full at any byte of a file: the person is told so, and nothing of it is there."""

from __future__ import annotations

import random

import pytest
from PIL import Image

from tests.bot.evidence.pictures import saved
from tests.faults.evidence.shelf import SECRET, Shelf, put

STEP = 64 << 10
MEGABYTE = 1 << 20


def noise(wide: int, high: int) -> bytes:
    """A picture that does not get smaller by being packed."""
    pixels = random.Random(0).randbytes(3 * wide * high)
    return saved(Image.frombytes("RGB", (wide, high), pixels), "PNG")


async def fill(shelf: Shelf, content: bytes, steps: range, **wish: bool) -> list[str]:
    """Take the same file with more and more room; what came of it each time."""
    (file_id,) = await put(shelf.telegram, [content])
    told = []
    for room in steps:
        shelf.received.clear()
        assert await shelf.live(shelf.life([file_id], room=(room,), **wish)) == 0
        result = shelf.received[0]
        told.append("taken" if isinstance(result, dict) else str(result))
        there = [path.name for path in (shelf.data / "evidence").rglob("*") if path.is_file()]
        assert bool(there) == isinstance(result, dict), (room, there)
        assert shelf.plain_on_disk() == []
    return told


@pytest.mark.parametrize("original", [False, True])
async def test_a_full_disk_is_told_and_leaves_nothing(shelf: Shelf, original: bool) -> None:
    """At each 64 kB until there is room: full, and no file; then taken, and whole."""
    told = await fill(shelf, noise(280, 280), range(0, 6 * STEP, STEP), original=original)
    assert (told[:4], told[-1]) == (["full"] * 4, "taken")
    shelf.judge()


async def test_room_for_the_original_alone_is_no_room(shelf: Shelf) -> None:
    """Where the original finds room and the copy does not, neither stays."""
    small = Image.frombytes("RGB", (400, 400), random.Random(1).randbytes(480_000))
    content = saved(small, "WEBP", quality=1) + SECRET
    told = await fill(shelf, content, range(STEP, 10 * STEP, 4 * STEP), original=True)
    assert (told[0], told[-1]) == ("full", "taken")


@pytest.mark.faults
@pytest.mark.timeout(3600)
async def test_a_full_disk_is_told_at_every_step_of_a_large_file(shelf: Shelf) -> None:
    """The same with the largest file that is taken, at each 64 kB."""
    content = random.Random(2).randbytes(20 * MEGABYTE)
    steps = range(0, 32 * MEGABYTE + STEP, STEP)
    told = await fill(shelf, content, steps, as_it_is=True)
    first = told.index("taken")
    assert (set(told[:first]), set(told[first:])) == ({"full"}, {"taken"})
    assert first * STEP > len(content)
