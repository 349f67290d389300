"""A database to take files into."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database, default_url
from storage.writer import Writer


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    """The writer of a new database."""
    database = Database.open(default_url(tmp_path), data=tmp_path)
    writer = Writer(database)
    try:
        yield writer
    finally:
        writer.close()
        database.close()
