"""A town for every test, judged when the test is over."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.acceptance.town import Town, open_town


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """The local Telegram with the whole bot beside it."""
    async with open_town(tmp_path / "data") as running:
        yield running
