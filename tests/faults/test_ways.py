"""The same crashes on PostgreSQL and by webhook: what is promised does not hang on the way."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from tests.faults.crashes import OUTSIDE, Plan, run
from tests.faults.scene import Stage
from tests.faults.test_crashes import Record, hold
from tests.postgresql import Server

KILLS = 6
UPDATES = 150
PEOPLE = 8


@pytest.fixture
def postgresql(server: Server) -> Iterator[str]:
    """The address of a database of its own."""
    name = server.create()
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def webhook() -> dict[str, object]:
    """The settings of a bot that is called at a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return {"port": port, "public_url": f"http://127.0.0.1:{port}", "secret": "not-a-secret-" * 3}


@pytest.mark.parametrize("point", ["K3", "K4", "K6", OUTSIDE])
async def test_on_postgresql_a_crash_loses_nothing(
    point: str, stage: Stage, postgresql: str, record_property: Record
) -> None:
    """Killed again and again, the bot handles every update once, in order, on PostgreSQL."""
    plan = Plan(point, KILLS, UPDATES, PEOPLE)
    hold(await run(plan, stage, database=postgresql), plan, record_property)


@pytest.mark.parametrize("point", ["K1", "K4", OUTSIDE])
async def test_by_webhook_a_crash_loses_nothing(
    point: str, stage: Stage, webhook: dict[str, object], record_property: Record
) -> None:
    """Killed again and again, the bot handles every update once, in order, when it is called."""
    plan = Plan(point, KILLS, UPDATES, PEOPLE)
    hold(await run(plan, stage, **webhook), plan, record_property)
