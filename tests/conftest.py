"""What all rooms share: one PostgreSQL for a whole run of tests."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgresql import Server


@pytest.fixture(autouse=True)
def no_keys_left_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is begun in a test ends with it: its keys are not kept where a restart finds them."""
    monkeypatch.setenv("ANTENNA_MEMORY", "/dev/null")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server that ends with the tests, in a folder no other run of tests tidies up."""
    with tempfile.TemporaryDirectory(prefix="antenna-", ignore_cleanup_errors=True) as folder:
        server = Server(Path(folder) / "pg")
        yield server
        server.stop()
