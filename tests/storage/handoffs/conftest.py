"""Every test of conversations with operators has a house with two desks that talk."""

from __future__ import annotations

import pytest

from storage.database import Database
from storage.vault import Vault
from storage.writer import Writer
from tests.storage.handoffs.factories import furnish


@pytest.fixture(autouse=True)
def house(writer: Writer) -> None:
    """Two desks with people, and one without."""
    furnish(writer)


@pytest.fixture
def vault(database: Database) -> Vault:
    """The keys of the database."""
    return database.vault
