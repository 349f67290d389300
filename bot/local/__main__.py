"""Runs the local Telegram by itself: `python -m bot.local --port 8081 --token 1:local`."""

from __future__ import annotations

import argparse
import gc
import sys
from datetime import UTC, datetime

from aiohttp import web

from bot.clock import Clock
from bot.local import create_local_telegram
from bot.local.guard import is_loopback


class _StartingClock(Clock):
    """A clock that runs at the usual pace but began at another time."""

    def __init__(self, start: datetime) -> None:
        self._shift = start - super().now()

    def now(self) -> datetime:
        return super().now() + self._shift


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def main(arguments: list[str] | None = None) -> int:
    """Serve until interrupted; give the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bot.local", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="a loopback address")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default="1:local", help="the token the bot will use")
    parser.add_argument("--name", default="Antenna")
    parser.add_argument("--username", default="antenna_local_bot")
    parser.add_argument("--no-log", action="store_true", help="keep no log of the calls")
    parser.add_argument("--clock", type=_moment, help="begin at this time (ISO 8601)")
    chosen = parser.parse_args(arguments)
    if not is_loopback(chosen.host):
        print(f"{chosen.host} is not a loopback address; use 127.0.0.1", file=sys.stderr)
        return 2
    application = create_local_telegram(
        chosen.token,
        _StartingClock(chosen.clock) if chosen.clock else Clock(),
        log=not chosen.no_log,
        name=chosen.name,
        username=chosen.username,
    )
    ready = f"local Telegram: http://{chosen.host}:{chosen.port}/"
    # Nearly all there is, is kept: looking for garbage as often as usual only takes time.
    gc.set_threshold(20_000, 50, 50)
    web.run_app(
        application,
        host=chosen.host,
        port=chosen.port,
        access_log=None,
        print=lambda *_words: print(ready, flush=True),  # called once it listens
        shutdown_timeout=1.0,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
