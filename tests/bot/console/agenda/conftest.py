"""What the tests of the day share: a console on a Monday morning."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.console.agenda.house import Counter


@pytest.fixture
async def counter(tmp_path: Path) -> AsyncIterator[Counter]:
    """A console that runs, with Anna and Bruno of Desio and Carla of Carate."""
    async with Counter(tmp_path) as running:
        yield running
