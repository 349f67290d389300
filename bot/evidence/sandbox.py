"""Runs the cleaner: a process of its own for every file, with nothing in it but that file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

from bot.evidence.cleaner import LARGEST_BYTES
from bot.evidence.kinds import Kind, kind_of
from bot.evidence.verdict import Harmless, Refusal

WALL_SECONDS = 60.0
AT_A_TIME = 2
_ROOT = Path(__file__).resolve().parents[2]
_BEGIN = "import runpy,sys;sys.path.insert(0,sys.argv.pop());"
_MODULE = "bot.evidence.cleaner"
_WORDS = ("big", "kind", "broken")
_HEAD_BYTES = 256


class Sandbox:
    """Makes files harmless, in the calling thread; the process has ended when it comes back."""

    def __init__(self, *, wall_seconds: float = WALL_SECONDS, module: str = _MODULE) -> None:
        self._wall_seconds = wall_seconds
        self._command = (
            *(sys.executable, "-I", "-B", "-c"),
            f"{_BEGIN}runpy.run_module({module!r},run_name='__main__')",
            str(_ROOT),
        )
        self._places = threading.BoundedSemaphore(AT_A_TIME)
        self._running: set[subprocess.Popen[bytes]] = set()
        self._stopped = threading.Event()
        self.is_shut: bool | None = None
        """Whether the kernel filters the calls of the process: known after the first file."""

    def clean(self, content: bytes, shift: float = 1.0) -> Harmless:
        """Make a file anew of what can be seen or heard.

        Raises:
            Refusal: it is of no kind we take, too large, or cannot be read; or we are stopping.
        """
        if len(content) > LARGEST_BYTES:
            raise Refusal("big")
        if not content:
            raise Refusal("broken")
        kind = kind_of(content)
        if kind is None:
            raise Refusal("kind")
        order = {"kind": kind.value, "shift": shift, "parent": os.getpid()}
        with self._places:
            said = self._run(json.dumps(order).encode() + b"\n", content)
        if self._stopped.is_set():
            raise Refusal("busy")
        head, found, clean = said.partition(b"\n")
        if not found:
            raise Refusal("broken")
        return self._judged(head, clean)

    def stop(self) -> None:
        """End what is under way, and begin no more: those files are to be sent again."""
        self._stopped.set()
        for process in tuple(self._running):
            process.kill()

    def _judged(self, head: bytes, content: bytes) -> Harmless:
        """Trust nothing of what comes out: a decoder that was taken over may say anything."""
        try:
            answer = json.loads(head[:_HEAD_BYTES])
        except ValueError:
            raise Refusal("broken") from None
        if not isinstance(answer, dict):
            raise Refusal("broken")
        self.is_shut = answer.get("shut") is True
        if answer.get("refused") in _WORDS:
            raise Refusal(answer["refused"])
        kind = kind_of(content) if len(content) <= LARGEST_BYTES else None
        if kind not in _MADE or kind.value != answer.get("type"):
            raise Refusal("broken")
        return Harmless(kind.word, kind.value, content)

    def _run(self, order: bytes, content: bytes) -> bytes:
        if self._stopped.is_set():
            return b""
        process = subprocess.Popen(  # noqa: S603 - our own module, in our own Python
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={},  # neither the token nor the address of the database
            close_fds=True,
            start_new_session=True,
        )
        self._running.add(process)
        if self._stopped.is_set():  # just now
            process.kill()
        timer = threading.Timer(self._wall_seconds, process.kill)
        timer.daemon = True
        timer.start()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            with process.stdout:
                # It may end before it has read everything; what it has said by then is there.
                with suppress(BrokenPipeError), process.stdin:
                    process.stdin.write(order)
                    process.stdin.write(content)
                return process.stdout.read(LARGEST_BYTES + _HEAD_BYTES + 1)
        finally:
            timer.cancel()
            process.kill()
            process.wait()
            self._running.discard(process)


_MADE = frozenset({Kind.JPEG, Kind.PNG, Kind.OPUS, Kind.PDF})
