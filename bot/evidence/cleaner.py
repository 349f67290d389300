"""The process that reads what strangers send: bytes in, clean bytes out, and nothing else.

`python -I -m bot.evidence.cleaner` is given one line of JSON (an `Order`) and the file on its
input; on its output it leaves one line of JSON and the clean copy. It shuts itself in before it
reads the first byte of the file, and everything it may need is loaded by then.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Callable

from bot.evidence.cage import Limits, die_with_parent, shut_in
from bot.evidence.kinds import Kind
from bot.evidence.verdict import Harmless, Refusal

HEAD_BYTES = 512
LARGEST_BYTES = 20 * 1024 * 1024
_PIECE_BYTES = 1 << 16
# Measured with the largest that is taken: a WebP 637 MB, a photo 421, a sound 185, a paper 91.
_LIMITS = {
    "picture": Limits(cpu_seconds=20, memory_bytes=720 << 20),
    "sound": Limits(cpu_seconds=40, memory_bytes=320 << 20),
    "paper": Limits(cpu_seconds=30, memory_bytes=400 << 20),
}

Washer = Callable[[bytes], Harmless]


def washer_for(kind: Kind, shift: float) -> Washer:
    """Load what this kind needs, and try it, before there is nothing left to load it with."""
    if kind.is_picture:
        from bot.evidence import pictures

        pictures.rehearse(kind)
        return lambda content: pictures.clean_picture(content, kind)
    if kind.is_sound:
        from bot.evidence import sounds

        sounds.rehearse()
        return lambda content: sounds.clean_sound(content, kind, shift)
    from bot.evidence import papers

    papers.rehearse()
    return papers.clean_paper


def limits_for(kind: Kind) -> Limits:
    """How much of the machine a file of this kind may use."""
    return _LIMITS["picture" if kind.is_picture else "sound" if kind.is_sound else "paper"]


def main() -> None:
    """Do one order and end."""
    order = json.loads(_line())
    die_with_parent(int(order["parent"]))
    kind = Kind(order["kind"])
    washer = washer_for(kind, float(order["shift"]))
    gc.disable()
    shut = shut_in(limits_for(kind))
    try:
        clean = washer(_rest())
    except Refusal as refusal:
        _answer({"refused": refusal.word, "shut": shut})
    except BaseException:  # whatever a decoder cannot read; its words may hold the file's
        _answer({"refused": "broken", "shut": shut})
    else:
        _answer({"kind": clean.kind, "type": clean.type, "shut": shut}, clean.content)
    os._exit(0)


def _line() -> bytes:
    line = bytearray()
    while not line.endswith(b"\n"):
        sign = os.read(0, 1)
        if not sign or len(line) > HEAD_BYTES:
            os._exit(2)
        line += sign
    return bytes(line)


def _rest() -> bytes:
    content = bytearray()
    while piece := os.read(0, _PIECE_BYTES):
        content += piece
        if len(content) > LARGEST_BYTES:
            raise Refusal("big")
    return bytes(content)


def _answer(head: dict[str, str | bool], content: bytes = b"") -> None:
    left = memoryview(json.dumps(head).encode() + b"\n" + content)
    while left:
        left = left[os.write(1, left) :]


if __name__ == "__main__":
    try:
        main()
    finally:
        sys.stderr = None  # nothing is told in words
        os._exit(2)
