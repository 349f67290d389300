"""What the fault tests share: where bots are born, and the line that says how much was run."""

from __future__ import annotations

import json
import os
import shutil
import socket
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from storage.vault import MEMORY
from tests.bench.__main__ import commit
from tests.faults.nursery import Cradle
from tests.faults.report import LINE, keep, summed
from tests.faults.scene import Stage, scene
from tests.postgresql import Server

FIGURES = "fault figures"
Way = dict[str, Any]
BEGAN = pytest.StashKey[float]()


@pytest.fixture(scope="session")
def cradle() -> Iterator[Cradle]:
    """Where the bots of all tests are born."""
    cradle = Cradle()
    yield cradle
    cradle.close()


@pytest.fixture(scope="session")
def other_cradle() -> Iterator[Cradle]:
    """Where a second bot is born, while the first one lives."""
    cradle = Cradle()
    yield cradle
    cradle.close()


@pytest.fixture
def stage(tmp_path: Path, cradle: Cradle) -> Stage:
    """A scene in a folder of its own: `async with stage(people=6) as here`."""
    return partial(scene, tmp_path, cradle)


@pytest.fixture
def on_postgresql(server: Server) -> Iterator[Way]:
    """A bot on a database of its own."""
    name = server.create()
    yield {"database": server.url(name)}
    server.drop(name)


@pytest.fixture
def by_webhook() -> Way:
    """A bot that is called at a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return {"port": port, "public_url": f"http://127.0.0.1:{port}", "secret": "not-a-secret-" * 3}


@pytest.fixture
def memory() -> Iterator[Path]:
    """A folder of this test in memory."""
    folder = MEMORY / f"antenna-test-{os.getpid()}-{os.urandom(4).hex()}"
    folder.mkdir(mode=0o700)
    yield folder
    shutil.rmtree(folder)


def pytest_configure(config: pytest.Config) -> None:
    """Note when the run began."""
    config.stash[BEGAN] = time.monotonic()


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Add up what the tests of this run have counted, whichever process they ran in."""
    reports = [
        (report.nodeid, json.loads(str(value)))
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, ())
        for name, value in getattr(report, "user_properties", ())
        if name == FIGURES
    ]
    if not reports:
        return
    figures = [{"test": nodeid, **one} for nodeid, one in reports]
    failed = [one for one in terminalreporter.stats.get("failed", ()) if "/faults/" in one.nodeid]
    sums = summed(figures, len(failed))
    terminalreporter.write_line(LINE.format(**sums))
    if any("test_long" in nodeid for nodeid, _one in reports):
        seconds = time.monotonic() - config.stash[BEGAN]
        file = keep(config.rootpath / "data", figures, sums, commit(), seconds)
        terminalreporter.write_line(f"kept in {file} and {file.with_suffix('.md').name}")
