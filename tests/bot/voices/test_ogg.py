"""What is Opus and what is not, by our own eyes."""

from __future__ import annotations

import pytest

from bot.voices.ogg import NotOpusError, _sum, read_opus


def page(body: bytes, *, granule: int = 0, serial: int = 1) -> bytes:
    """A page of a recording, with the sum of its bytes."""
    head = b"OggS\0\0" + granule.to_bytes(8, "little", signed=True)
    head += serial.to_bytes(4, "little") + bytes(4)
    rest = bytes([1, len(body)]) + body
    return head + _sum(head + bytes(4) + rest).to_bytes(4, "little") + rest


HEAD = b"OpusHead" + bytes([1, 1]) + (312).to_bytes(2, "little") + bytes(7)
SOUND = page(HEAD) + page(b"x" * 200, granule=48_312)


def test_a_recording_says_how_long_it_is() -> None:
    """Channels, seconds without what is only for the decoder, and its weight."""
    found = read_opus(SOUND)
    assert (found.channels, found.seconds) == (1, 1.0)
    assert found.bits_a_second == len(SOUND) * 8


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"RIFF....WAVE",
        SOUND[:-1],
        SOUND[:100] + b"?" + SOUND[101:],
        page(b"vorbis" + bytes(30)),
        page(HEAD),
        page(HEAD) + page(b"x", granule=9_000, serial=2),
        page(HEAD)[:30],
    ],
    ids=["empty", "wave", "cut", "changed", "vorbis", "silent", "two", "head"],
)
def test_what_no_telephone_plays_is_refused(content: bytes) -> None:
    """Other formats, and files that are cut or changed on the way."""
    with pytest.raises(NotOpusError):
        read_opus(content)
