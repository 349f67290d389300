"""What the fault tests of evidence share."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.faults.evidence.shelf import Keeper, Shelf
from tests.telegram import local_telegram


@pytest.fixture(scope="session")
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The only folder for temporary files that the lives know of."""
    return tmp_path_factory.mktemp("temporary")


@pytest.fixture(scope="session")
def keeper(temporary: Path) -> Iterator[Keeper]:
    """Where the lives of all tests come from."""
    keeper = Keeper(temporary)
    yield keeper
    keeper.close()


@pytest.fixture
async def shelf(keeper: Keeper, tmp_path: Path, temporary: Path) -> AsyncIterator[Shelf]:
    """An empty data folder, and a Telegram to fetch from."""
    async with local_telegram() as telegram:
        yield Shelf(keeper, telegram, tmp_path, temporary)
