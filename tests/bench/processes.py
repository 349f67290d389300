"""The processes of a measurement: a server on one core, a bot on the other."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
COMPILED = Path(tempfile.gettempdir()) / f"antenna-bench-compiled-{os.getuid()}"
PATIENCE_SECONDS = 60.0


class MeasureError(Exception):
    """A measurement could not be made; the message says what did not happen."""


def start(core: int, *arguments: str, **pipes: Any) -> subprocess.Popen[bytes]:
    """Start a Python process on one core."""
    environment = {name: text for name, text in os.environ.items() if "ANTENNA" not in name}
    # An installation has its modules compiled; here they are after the first start.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(COMPILED)
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        preexec_fn=lambda: os.sched_setaffinity(0, {core}),
        **pipes,
    )


class Server:
    """The benchmark's Telegram in a process of its own."""

    def __init__(self, core: int) -> None:
        self._process = start(
            core,
            "-m",
            "tests.bench.telegram",
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self._process.stdout is not None
        self.address = f"http://127.0.0.1:{int(self._process.stdout.readline())}"

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def wish(self, name: str, **wish: Any) -> dict[str, Any]:
        """Have something done; what is counted comes back."""
        request = urllib.request.Request(
            f"{self.address}/bench/{name}", json.dumps(wish).encode(), method="POST"
        )
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:
            found: dict[str, Any] = json.loads(answer.read())
            return found

    def until(self, what: str, reached: Any, pause_seconds: float = 0.05) -> dict[str, Any]:
        """Look until something is so.

        Raises:
            MeasureError: it has not become so.
        """
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            counts = self.wish("counts")
            if reached(counts):
                return counts
            time.sleep(pause_seconds)
        raise MeasureError(f"After {PATIENCE_SECONDS:.0f} s there was still not: {what}.")


class Bot:
    """A bot in a process of its own: Antenna, or the bare echo."""

    def __init__(self, core: int, address: str, data: Path | None = None) -> None:
        if data is None:
            arguments = ["-m", "tests.bench.echo", address]
        else:
            arguments = ["-m", "tests.bench.antenna", str(data), address]
        self.began = time.monotonic()
        self._process = start(core, *arguments)
        self.pid = self._process.pid

    def __enter__(self) -> Bot:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        """`kill -9`."""
        self._process.kill()
        self._process.wait()
