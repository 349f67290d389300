"""What all rooms share: one PostgreSQL for a whole run of tests."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgresql import Server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server that ends with the tests, in a folder no other run of tests tidies up."""
    with tempfile.TemporaryDirectory(prefix="antenna-", ignore_cleanup_errors=True) as folder:
        server = Server(Path(folder) / "pg")
        yield server
        server.stop()
