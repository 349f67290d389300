"""Cleaners that fail or lie, to see that nobody believes them: `Sandbox(module=…)` runs this."""

from __future__ import annotations

import json
import os
import signal
import sys
import time

HTML = b"<html><script>"


def told(head: object, content: bytes = b"") -> None:
    """Say something on the way out."""
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + content)
    sys.stdout.buffer.flush()


def main() -> None:
    """Do what the first word of the file says."""
    json.loads(sys.stdin.buffer.readline())
    word = sys.stdin.buffer.read().removeprefix(b"\xff\xd8\xff").decode()
    if word == "sleeps":
        time.sleep(600)
    if word == "crashes":
        os.kill(os.getpid(), signal.SIGSEGV)
    if word == "lies":
        told({"kind": "photo", "type": "image/jpeg", "shut": True}, HTML)
    if word == "mislabels":
        told({"kind": "photo", "type": "text/html", "shut": True}, b"\xff\xd8\xff" + HTML)
    if word == "babbles":
        sys.stdout.buffer.write(b"{" * 100)
    if word == "swears":
        told({"refused": "a word of its own"})
    if word == "lists":
        told(["photo"])
    if word == "floods":
        told({"kind": "photo", "type": "image/jpeg"}, b"\xff\xd8\xff" + bytes(60 << 20))
    if word == "shows":
        shown = json.dumps([sorted(os.environ), os.getcwd(), sorted(os.listdir("/proc/self/fd"))])
        told({"type": "image/jpeg"}, b"\xff\xd8\xff" + shown.encode())


if __name__ == "__main__":
    main()
