"""What the tests of the words' pages share: a console with a small folder of locales behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.console.words.house import Words


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Words]:
    """A console that runs, with Anna who writes, Bruno who coordinates and Carla who reads."""
    house = Words(tmp_path)
    async with house.console:
        await house.open()
        yield house
