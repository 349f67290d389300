"""What an Opus file is, read from its own bytes: whether it is whole, and how long it lasts."""

from __future__ import annotations

from dataclasses import dataclass

RATE = 48_000
_PAGE = 27


class NotOpusError(ValueError):
    """These bytes are no Opus recording that a telephone could play."""


@dataclass(frozen=True, slots=True)
class Opus:
    """A recording: channels, how long it lasts, and how many bits a second it takes."""

    channels: int
    seconds: float
    bits_a_second: int


def read_opus(content: bytes) -> Opus:
    """Walk through every page.

    Raises:
        NotOpusError: it is something else, broken, or has more than one stream.
    """
    at, serial, granule, head = 0, None, 0, b""
    while at < len(content):
        page = content[at : at + _PAGE]
        if len(page) < _PAGE or page[:4] != b"OggS" or page[4] != 0:
            raise NotOpusError("a page is broken")
        count = page[26]
        sizes = content[at + _PAGE : at + _PAGE + count]
        body = at + _PAGE + count
        end = body + sum(sizes)
        if len(sizes) < count or end > len(content) or not _is_whole(content[at:end]):
            raise NotOpusError("a page is cut")
        number = int.from_bytes(page[14:18], "little")
        if serial is None:
            serial, head = number, content[body:end]
        if number != serial:
            raise NotOpusError("there is more than one stream")
        position = int.from_bytes(page[6:14], "little", signed=True)
        granule = max(granule, position)
        at = end
    if head[:8] != b"OpusHead" or len(head) < 19:
        raise NotOpusError("it is not Opus")
    samples = granule - int.from_bytes(head[10:12], "little")
    if samples <= 0:
        raise NotOpusError("there is nothing to hear")
    seconds = samples / RATE
    return Opus(head[9], seconds, round(len(content) * 8 / seconds))


def _is_whole(page: bytes) -> bool:
    """Whether a page is what was written: it carries a sum of its own bytes."""
    told = int.from_bytes(page[22:26], "little")
    return _sum(page[:22] + bytes(4) + page[26:]) == told


def _table() -> tuple[int, ...]:
    rows = []
    for number in range(256):
        rest = number << 24
        for _bit in range(8):
            rest = ((rest << 1) ^ 0x04C11DB7 if rest & 0x80000000 else rest << 1) & 0xFFFFFFFF
        rows.append(rest)
    return tuple(rows)


_TABLE = _table()


def _sum(content: bytes) -> int:
    rest = 0
    for byte in content:
        rest = ((rest << 8) & 0xFFFFFFFF) ^ _TABLE[(rest >> 24) ^ byte]
    return rest
