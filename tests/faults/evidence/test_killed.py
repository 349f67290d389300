"""Killed while a file comes in or is sealed: what was told is there, and nothing else is."""

from __future__ import annotations

import os
import random
import re
from pathlib import Path

import pytest

from tests.faults.evidence.shelf import Shelf, a_handful, put

KILLS = 4
MANY = int(os.environ.get("FAULT_ROUNDS", "8")) * 38
SEALED = re.compile(r"evidence/waiting/2026-11-25/[0-9a-f]{32}x?\.[0-9a-f]{8}\.part")


async def die_often(shelf: Shelf, point: str, kills: int, contents: list[bytes]) -> None:
    """Take some files through so many deaths, at K9 with their originals too."""
    files = await put(shelf.telegram, contents)
    life = shelf.life(files, original=point == "K9")
    await shelf.through(life, point, kills, random.Random(point))
    assert (shelf.kills, len(shelf.received)) == (kills, len(contents))


@pytest.mark.parametrize("point", ["K8", "K9"])
async def test_what_was_received_is_there_after_a_kill(shelf: Shelf, point: str) -> None:
    """Killed in the download or in the sealing: missing 0, orphans 0, plaintext on disk 0."""
    photo, _screenshot, voice, _paper, nothing = a_handful()
    await die_often(shelf, point, KILLS, [photo, nothing, voice])


@pytest.mark.faults
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("point", ["K8", "K9"])
async def test_what_was_received_is_there_however_often(shelf: Shelf, point: str) -> None:
    """Hundreds of times: missing 0, orphans 0, plaintext on disk 0."""
    await die_often(shelf, point, MANY, a_handful())


async def test_only_what_is_sealed_is_ever_written(shelf: Shelf) -> None:
    """Of all files that the process opens to write there is none but the sealed parts."""
    files = await put(shelf.telegram, a_handful())
    assert await shelf.live(shelf.life(files, original=True)) == 0
    names = {Path(name).relative_to(shelf.data) for name in shelf.written if name != os.devnull}
    assert [str(name) for name in names if not SEALED.fullmatch(str(name))] == []
    assert (len(names), shelf.plain_on_disk()) == (8, [])
    shelf.judge()


async def test_the_same_file_again_is_the_same_evidence(shelf: Shelf) -> None:
    """Sent twice into one box it is kept once; in another box nothing links the two."""
    photo = a_handful()[0]
    first, second = await put(shelf.telegram, [photo, photo])
    await shelf.live(shelf.life([first, second, first]))
    ids = {result["id"] for result in shelf.received.values()}
    other = Shelf(shelf.keeper, shelf.telegram, shelf.data, shelf.temporary)
    await other.live(other.life([first]))
    ids |= {result["id"] for result in other.received.values()}
    sealed = list((shelf.data / "evidence").glob("waiting/*/*"))
    assert (len(ids), len(sealed)) == (2, 2)
    assert sealed[0].read_bytes()[-1000:] != sealed[1].read_bytes()[-1000:]
