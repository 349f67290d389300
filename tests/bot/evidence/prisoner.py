"""What somebody would try who has taken a decoder over: each attempt from inside the cage."""

from __future__ import annotations

import json
import os
import resource
import socket
import sys
from collections.abc import Callable
from typing import Any

from bot.evidence import cage

LIMITS = cage.Limits(cpu_seconds=5, memory_bytes=300 << 20)


def _free_a_place() -> None:
    os.close(0)  # a new descriptor would be allowed by the limit now


def _listen() -> None:
    _free_a_place()
    socket.socket(socket.AF_INET, socket.SOCK_STREAM)


def _read_secret() -> None:
    _free_a_place()
    os.open("/etc/passwd", os.O_RDONLY)


def _more_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (1 << 40, 1 << 40))


ATTEMPTS: dict[str, Callable[[], Any]] = {
    "read a file": _read_secret,
    "write a file": lambda: os.open("/tmp/antenna-prisoner", os.O_CREAT | os.O_WRONLY),
    "call somebody": _listen,
    "become another": lambda: os.execv("/bin/sh", ["/bin/sh", "-c", "exit 7"]),
    "begin another": os.fork,
    "kill the one outside": lambda: os.kill(os.getppid(), 0),
    "look around": lambda: os.listdir("/"),
    "take all memory": lambda: bytearray(1 << 30),
    "raise the limits": _more_memory,
    "make a name": lambda: os.mkdir("/tmp/antenna-prisoner"),
    "take a name away": lambda: os.unlink("/etc/passwd"),
}


def main() -> None:
    """Try one thing and tell what came of it."""
    attempt = ATTEMPTS[sys.argv[1]]
    shut = cage.shut_in(LIMITS)
    try:
        attempt()
        said = "done"
    except (OSError, MemoryError, ValueError) as error:
        said = type(error).__name__
    os.write(1, json.dumps([shut, said]).encode())
    os._exit(0)


if __name__ == "__main__":
    main()
