"""What the tests of the reports' pages share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.console.reports.bureau import Bureau, open_bureau


@pytest.fixture
async def bureau(tmp_path: Path) -> AsyncIterator[Bureau]:
    """A bureau of four operators, with an empty shelf."""
    async with open_bureau(tmp_path) as opened:
        yield opened
