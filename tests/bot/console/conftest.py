"""What the tests of the console share: one that runs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.console.house import Console


@pytest.fixture
async def console(tmp_path: Path) -> AsyncIterator[Console]:
    """A console that runs on this machine."""
    async with Console(tmp_path) as running:
        yield running
