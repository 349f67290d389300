"""Every test of reminders has a desk, and the keys of its database."""

from __future__ import annotations

import pytest

from storage.database import Database
from storage.vault import Vault
from storage.writer import Writer
from tests.storage.notices.factories import furnish


@pytest.fixture(autouse=True)
def house(writer: Writer) -> None:
    """An office with a desk."""
    furnish(writer)


@pytest.fixture
def vault(database: Database) -> Vault:
    """The keys of the database."""
    return database.vault
