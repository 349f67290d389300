"""What a watchman may ask over HTTP: does it live, is it ready, what are the figures."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from aiohttp import hdrs, web, web_response

from bot.clock import Clock
from bot.metrics import CONTENT_TYPE, Metrics
from bot.settings import Settings, is_loopback

Probe = Callable[[], Awaitable[bool]]
PROBE_SECONDS = 5.0


class Health:
    """Is every part alive? A part is asked (a probe) or says so itself now and then (a beat)."""

    def __init__(
        self, clock: Clock, probes: Mapping[str, Probe], beats: Mapping[str, timedelta]
    ) -> None:
        self._clock = clock
        self._probes = dict(probes)
        self._beats = dict(beats)
        self._last: dict[str, float] = {}

    def beat(self, part: str) -> None:
        """Note that a part has just been at work."""
        self._last[part] = self._clock.monotonic()

    async def check(self) -> dict[str, bool]:
        """Each part by name, and whether it can work now."""
        now = self._clock.monotonic()
        alive = {
            part: part in self._last and now - self._last[part] <= longest.total_seconds()
            for part, longest in self._beats.items()
        }
        answers = await asyncio.gather(*(_ask(probe) for probe in self._probes.values()))
        return alive | dict(zip(self._probes, answers, strict=True))


async def _ask(probe: Probe) -> bool:
    try:
        async with asyncio.timeout(PROBE_SECONDS):
            return await probe()
    except Exception:  # whatever is wrong with a part, the answer is "not ready"
        return False


def health_routes(health: Health, metrics: Metrics, settings: Settings) -> list[web.RouteDef]:
    """The routes `/healthz`, `/readyz` and `/metrics`."""

    async def healthz(_request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def readyz(_request: web.Request) -> web.Response:
        checks = await health.check()
        ready = all(checks.values())
        return web.json_response({"ready": ready, "checks": checks}, status=200 if ready else 503)

    async def show_metrics(request: web.Request) -> web.Response:
        if not may_read_metrics(request, settings):
            raise web.HTTPNotFound
        return web.Response(body=metrics.page(), headers={hdrs.CONTENT_TYPE: CONTENT_TYPE})

    return [
        web.get("/healthz", healthz),
        web.get("/readyz", readyz),
        web.get("/metrics", show_metrics),
    ]


def may_read_metrics(request: web.Request, settings: Settings) -> bool:
    """Whether the caller shows the bearer token, or sits on this machine with no proxy between."""
    if settings.metrics_token is not None:
        wanted = f"Bearer {settings.metrics_token.get_secret_value()}"
        given = request.headers.get(hdrs.AUTHORIZATION, "")
        return hmac.compare_digest(given.encode(), wanted.encode())
    # Behind a public address a proxy of this machine speaks for the whole world.
    return settings.public_url is None and is_loopback(request.remote or "")


def keep_quiet(app: web.Application) -> None:
    """Let no answer of an application say which software gave it, nor be kept on the way."""

    async def strip(_request: web.Request, response: web.StreamResponse) -> None:
        response.headers.pop(hdrs.SERVER, None)
        response.headers[hdrs.CACHE_CONTROL] = "no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"

    app.on_response_prepare.append(strip)


def health_application(health: Health, metrics: Metrics, settings: Settings) -> web.Application:
    """An application with these routes; the webhook's are added beside them."""
    app = web.Application(client_max_size=1024 * 1024)
    app.add_routes(health_routes(health, metrics, settings))
    keep_quiet(app)
    return app


async def listen(app: web.Application, settings: Settings) -> web.AppRunner:
    """Serve an application on the address of the settings; the runner's `cleanup` ends it.

    Raises:
        OSError: the address is taken or not ours; nothing listens.
    """
    # A request too broken to be routed is answered before any hook of ours; only this reaches it.
    vars(web_response)["SERVER_SOFTWARE"] = ""
    # No access log: an address and a minute are enough to know who wrote when.
    runner = web.AppRunner(app, access_log=None, handle_signals=False)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.listen.host, settings.listen.port).start()
    except OSError:
        await runner.cleanup()
        raise
    return runner
