"""What all rooms share: one PostgreSQL and one reading of the catalogs for a whole run of tests."""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.catalogs import read_once
from tests.postgresql import Server
from tests.statements import build_once

# What is begun in a test ends with it: its keys are not kept where a restart would find them. Set
# here, so that processes and fixtures of a whole run have it too.
os.environ["ANTENNA_MEMORY"] = os.devnull
read_once()
build_once()
# What is tried is the same on every machine and in every run, and no clock has a say in it.
settings.register_profile(
    "house",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")
# Nothing that is imported goes away again: the collector would look at all of it in vain.
gc.disable()


def pytest_collection_finish() -> None:
    """Keep what was imported out of every round of the collector; it took a tenth of the time."""
    gc.enable()
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server that ends with the tests, in a folder no other run of tests tidies up."""
    with tempfile.TemporaryDirectory(prefix="antenna-", ignore_cleanup_errors=True) as folder:
        server = Server(Path(folder) / "pg")
        yield server
        server.stop()
