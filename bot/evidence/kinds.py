"""Tells by its bytes what a file is; what is not on the short list is not taken.

What a file is called, and what its sender says it is, counts for nothing. The first bytes decide,
and a file that can be read as a second thing as well (a picture that is also an archive) is none.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from enum import Enum

HEAD_BYTES = 1024
_MARKUP = (b"<html", b"<script", b"<!doctype", b"<svg", b"<?php", b"<body", b"<iframe")
_SOUNDS_OF_MP4 = frozenset(
    b"M4A |M4B |mp41|mp42|isom|iso2|iso4|iso5|iso6|dash|3gp4|3gp5|3gp6".split(b"|")
)
_MPEG_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
_MPEG_1_KBITS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_MPEG_2_KBITS = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)


class Kind(Enum):
    """What is taken. The value is the media type of the original."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    OPUS = "audio/ogg"
    MP3 = "audio/mpeg"
    AAC = "audio/aac"
    M4A = "audio/mp4"
    WAV = "audio/wav"
    PDF = "application/pdf"

    @property
    def is_picture(self) -> bool:
        """Is it something to look at, of one page?"""
        return self.value.startswith("image/")

    @property
    def is_sound(self) -> bool:
        """Is it something to listen to?"""
        return self.value.startswith("audio/")

    @property
    def word(self) -> str:
        """What people call it: photo, voice or document."""
        return "photo" if self.is_picture else "voice" if self.is_sound else "document"


def kind_of(content: bytes) -> Kind | None:
    """Name what a file is by its content; None where it is nothing we take, or two things."""
    found = next((kind for kind, fits in _SIGNS.items() if fits(content)), None)
    return None if found is None or _is_something_else_too(content, found) else found


def _is_something_else_too(content: bytes, kind: Kind) -> bool:
    head = content[:HEAD_BYTES]
    if kind is not Kind.PDF and b"%PDF-" in head:
        return True
    if any(sign in head.lower() for sign in _MARKUP):
        return True
    return zipfile.is_zipfile(io.BytesIO(content))


def _is_opus(content: bytes) -> bool:
    return content[:4] == b"OggS" and content[28:36] == b"OpusHead"


def _is_mp4_sound(content: bytes) -> bool:
    return content[4:8] == b"ftyp" and content[8:12] in _SOUNDS_OF_MP4


def _is_mp3(content: bytes) -> bool:
    if content[:3] == b"ID3":
        return len(content) > 10
    length = _mp3_frame_bytes(content[:4])
    return bool(length) and bool(_mp3_frame_bytes(content[length : length + 4]))


def _mp3_frame_bytes(head: bytes) -> int:
    """The length of an MPEG layer III frame; 0 where these four bytes begin none."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return 0
    version, kbits, rate = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or kbits in (0, 15) or rate == 3:
        return 0
    table, factor = (_MPEG_1_KBITS, 144) if version == 3 else (_MPEG_2_KBITS, 72)
    return factor * table[kbits] * 1000 // _MPEG_RATES[version][rate] + (head[2] >> 1 & 1)


def _is_adts(content: bytes) -> bool:
    length = _adts_frame_bytes(content[:7])
    return bool(length) and bool(_adts_frame_bytes(content[length : length + 7]))


def _adts_frame_bytes(head: bytes) -> int:
    if len(head) < 7 or head[0] != 0xFF or head[1] & 0xF6 != 0xF0:
        return 0
    length = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    return length if length > 7 else 0


_SIGNS: dict[Kind, Callable[[bytes], bool]] = {
    Kind.JPEG: lambda content: content[:3] == b"\xff\xd8\xff",
    Kind.PNG: lambda content: content[:8] == b"\x89PNG\r\n\x1a\n",
    Kind.WEBP: lambda content: content[:4] == b"RIFF" and content[8:12] == b"WEBP",
    Kind.WAV: lambda content: content[:4] == b"RIFF" and content[8:12] == b"WAVE",
    Kind.PDF: lambda content: content[:5] == b"%PDF-",
    Kind.OPUS: _is_opus,
    Kind.M4A: _is_mp4_sound,
    Kind.MP3: _is_mp3,
    Kind.AAC: _is_adts,
}
