"""What the tests of the conversations share: a console with two desks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.console.talks.house import Bureau


@pytest.fixture
async def bureau(tmp_path: Path) -> AsyncIterator[Bureau]:
    """A console that runs, with Anna and Bruno of Desio and Carla of Carate."""
    async with Bureau(tmp_path) as running:
        yield running
