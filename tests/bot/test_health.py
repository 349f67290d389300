"""What a watchman may learn, and what nobody may."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from pydantic import SecretStr

from bot.clock import Clock
from bot.health import Health, Probe, health_application, listen
from bot.metrics import Metrics
from bot.settings import Address, Settings, load_settings

TOKEN = "a-token-of-thirty-two-signs-xxxx"


class StillClock(Clock):
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def now(self) -> datetime:
        return datetime(2026, 11, 22, tzinfo=UTC)

    def monotonic(self) -> float:
        return self.seconds


def probe(answer: bool | Exception) -> Probe:
    async def ask() -> bool:
        if isinstance(answer, Exception):
            raise answer
        return answer

    return ask


def settings(**changes: object) -> Settings:
    return load_settings(None).model_copy(update={"listen": Address("127.0.0.1", 0), **changes})


@asynccontextmanager
async def served(
    probes: Mapping[str, Probe] = {}, chosen: Settings | None = None, health: Health | None = None
) -> AsyncIterator[tuple[aiohttp.ClientSession, str, int]]:
    chosen = chosen or settings()
    health = health or Health(StillClock(), probes, {})
    runner = await listen(health_application(health, Metrics(), chosen), chosen)
    port = runner.addresses[0][1]
    async with aiohttp.ClientSession() as session:
        try:
            yield session, f"http://127.0.0.1:{port}", port
        finally:
            await runner.cleanup()


async def test_alive_is_said_by_the_loop_itself() -> None:
    """`/healthz` answers as long as the event loop turns, whatever else is broken."""
    async with (
        served({"database": probe(False)}) as (session, base, _port),
        session.get(f"{base}/healthz") as answer,
    ):
        assert (answer.status, await answer.json()) == (200, {"alive": True})


@pytest.mark.parametrize(
    ("answer", "status"), [(True, 200), (False, 503), (RuntimeError("of Karim"), 503)]
)
async def test_ready_names_the_parts_and_nothing_else(
    answer: bool | Exception, status: int
) -> None:
    """`/readyz` says which part is not ready, never why: the reason may hold somebody's words."""
    async with (
        served({"database": probe(answer), "key": probe(True)}) as (session, base, _port),
        session.get(f"{base}/readyz") as response,
    ):
        ready = answer is True
        assert response.status == status
        assert await response.json() == {"ready": ready, "checks": {"database": ready, "key": True}}


async def test_a_part_that_is_silent_for_too_long_is_not_ready() -> None:
    """Intake and delivery say that they live; when they stop saying so, Antenna is not ready."""
    clock = StillClock()
    health = Health(clock, {}, {"intake": timedelta(seconds=90)})
    assert await health.check() == {"intake": False}
    health.beat("intake")
    clock.seconds += 90
    assert await health.check() == {"intake": True}
    clock.seconds += 1
    assert await health.check() == {"intake": False}


async def test_a_probe_that_hangs_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part that does not answer does not hold up the watchman."""
    monkeypatch.setattr("bot.health.PROBE_SECONDS", 0.01)

    async def hang() -> bool:
        await asyncio.Event().wait()
        return True

    assert await Health(StillClock(), {"database": hang}, {}).check() == {"database": False}


@pytest.mark.parametrize(
    ("changes", "headers", "status"),
    [
        ({}, {}, 200),
        ({"public_url": "https://bot.example.org"}, {}, 404),
        ({"metrics_token": SecretStr(TOKEN)}, {}, 404),
        ({"metrics_token": SecretStr(TOKEN)}, {"Authorization": f"Bearer {TOKEN}"}, 200),
        ({"metrics_token": SecretStr(TOKEN)}, {"Authorization": f"Bearer {TOKEN}x"}, 404),
        ({"metrics_token": SecretStr(TOKEN)}, {"Authorization": "Bearer "}, 404),
        ({"metrics_token": SecretStr(TOKEN)}, {"Authorization": "Bearer \xe9"}, 404),
    ],
)
async def test_figures_are_for_this_machine_or_for_the_token(
    changes: dict[str, object], headers: dict[str, str], status: int
) -> None:
    """Behind a proxy everybody seems to be on this machine: then only the token opens."""
    async with (
        served(chosen=settings(**changes)) as (session, base, _port),
        session.get(f"{base}/metrics", headers=headers) as answer,
    ):
        assert answer.status == status
        assert ("antenna_turn_seconds" in await answer.text()) == (status == 200)


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/nothing", "/", "/%00"])
async def test_no_answer_says_which_software_gave_it(path: str) -> None:
    """No Server header and no version, on any route and on none; and nothing is to be cached."""
    async with served() as (session, base, _port), session.get(base + path) as answer:
        assert "Server" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"
        assert "aiohttp" not in await answer.text()


async def test_not_even_a_broken_request_is_told() -> None:
    """A request too broken to be routed is refused without a version too."""
    async with served() as (_session, _base, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"NONSENSE\r\n\r\n")
        answer = await reader.read()
        writer.close()
        await writer.wait_closed()
    assert answer.startswith(b"HTTP/1.0 400")
    assert b"aiohttp" not in answer
    assert b"Python" not in answer


async def test_a_taken_address_leaves_nothing_open() -> None:
    """When the port is taken the error is the caller's, and no half server stays."""
    async with served() as (_session, _base, port):
        chosen = settings(listen=Address("127.0.0.1", port))
        with pytest.raises(OSError, match="address already in use"):
            await listen(
                health_application(Health(StillClock(), {}, {}), Metrics(), chosen), chosen
            )
