"""The catalogue of bad input, in a report that is being told: nothing breaks, nothing is left.

What operators send into their group is in `test_group.py` (46, 49, 50), what they write in the
console in the console's own tests (47, 48, 74, 75).
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.acceptance.bureau import opens_office
from tests.acceptance.rows.telling import FILES, STORY, Deed
from tests.acceptance.search import places_of
from tests.acceptance.teller import BASICS, Teller
from tests.acceptance.town import Town, open_town

NUMBERS = [*range(17, 31), *range(53, 60), 65, 66, 67, 68]


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A town with an office where two people read reports."""
    async with open_town(tmp_path / "data") as running:
        await opens_office(running)
        yield running


async def telling(town: Town, mark: str) -> Teller:
    """Somebody in the middle of a report, at the page with an option."""
    teller = Teller(await town.resident())
    await teller.chooses("wrong", "report", *BASICS, "more")
    await teller.hurries_to("shift")
    if mark == "keep":
        await teller.goes_on()
        await teller.hurries_to("keep")
    return teller


async def does(town: Town, deed: Deed, mark: str) -> None:
    """Do it; afterwards the same page is there, once, and nothing of it is in the chat."""
    teller = await telling(town, mark)
    before = list(teller.person.wrote)
    await deed(town, teller)
    assert mark in teller.options, teller.person.screen.text
    assert (len(teller.person.screens), teller.person.wrote) == (1, before)


@pytest.mark.parametrize("name", sorted(STORY))
async def test_into_the_story(town: Town, name: str) -> None:
    """Where words are asked for."""
    await does(town, STORY[name], "shift")


@pytest.mark.parametrize("name", sorted(FILES))
async def test_into_the_files(town: Town, name: str) -> None:
    """Where photos, voices and papers are asked for; nothing hidden in them is on the disk."""
    await does(town, FILES[name], "keep")
    assert places_of(town, ["SECRET-45.6169-"]) == {}


async def test_somebody_blocks_and_comes_back(town: Town) -> None:
    """Row 51: a report that is being told waits, and the chat goes on where it was."""
    teller = await telling(town, "shift")
    await teller.person.phone.block()
    await town.settles()
    await teller.person.phone.block(False)
    await teller.writes("they pay 3 euros")
    assert "16 letters" in teller.person.screen.text


def test_every_row_is_tried() -> None:
    """Each number of the catalogue that is about a report has at least one row."""
    tried = {int(name[4:6]) for name in [*STORY, *FILES]}
    assert sorted(tried) == NUMBERS
