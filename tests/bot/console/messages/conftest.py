"""What the tests of messages to many share: a school that runs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.console.messages.house import School


@pytest.fixture
async def school(tmp_path: Path) -> AsyncIterator[School]:
    """A console that runs, of an office with a course."""
    async with School(tmp_path) as running:
        yield running
