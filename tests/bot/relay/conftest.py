"""A bureau for every test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.relay.office import Bureau, open_bureau


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Bureau]:
    """Two offices with their operators."""
    with open_bureau(tmp_path) as made:
        yield made
