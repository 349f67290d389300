"""Recordings as people and attackers make them."""

from __future__ import annotations

import io
import math
import struct
from array import array
from itertools import pairwise

import av
from av.audio.resampler import AudioResampler

RATE = 16_000


def tone(seconds: float, pitch: float = 220.0) -> bytes:
    """A hum of one pitch, as 16-bit samples."""
    count = int(seconds * RATE)
    turn = 2 * math.pi * pitch / RATE
    return array("h", (int(9_000 * math.sin(turn * at)) for at in range(count))).tobytes()


def wav(samples: bytes, *chunks: tuple[bytes, bytes]) -> bytes:
    """A WAV file, with chunks of its maker's between its head and its sound."""
    form = struct.pack("<HHIIHH", 1, 1, RATE, 2 * RATE, 2, 16)
    body = b"WAVE"
    for name, content in ((b"fmt ", form), *chunks, (b"data", samples)):
        body += name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def wav_with_words(secret: bytes) -> bytes:
    """What recorders write beside the sound: who, when, with which device."""
    listed = b"INFO" + b"".join(
        name + struct.pack("<I", len(secret)) + secret + b"\0" * (len(secret) % 2)
        for name in (b"IART", b"ICMT", b"ISFT")
    )
    return wav(tone(0.3), (b"LIST", listed), (b"bext", secret.ljust(602, b"\0")))


def encoded(codec: str, form: str, secret: bytes, *, seconds: float = 0.3) -> bytes:
    """A recording in another form, with tags."""
    out = io.BytesIO()
    with (
        av.open(io.BytesIO(wav(tone(seconds))), "r", format="wav") as source,
        av.open(out, "w", format=form) as target,
    ):
        words = secret.decode()
        target.metadata.update({"title": words, "artist": words, "comment": words})
        stream = target.add_stream(codec, rate=48_000, layout="mono")
        stream.metadata.update({"title": words, "location": words})
        frames = AudioResampler(stream.codec_context.format, "mono", 48_000)
        for frame in source.decode(audio=0):
            for piece in frames.resample(frame):
                target.mux(stream.encode(piece))
        target.mux(stream.encode(None))
    return out.getvalue()


def opus(secret: bytes) -> bytes:
    """What Telegram's voice messages are."""
    return encoded("libopus", "ogg", secret)


def m4a(secret: bytes) -> bytes:
    """What phones record."""
    return encoded("aac", "ipod", secret)


def aac(secret: bytes) -> bytes:
    """The same without its container."""
    return encoded("aac", "adts", secret)


def mp3(secret: bytes) -> bytes:
    """What everything plays, with a file in its tag."""
    geob = b"\0application/x\0" + secret + b"\0\0" + b"MZ" + secret
    frame = b"GEOB" + struct.pack(">I", len(geob)) + b"\0\0" + geob
    size = len(frame)
    packed = bytes(size >> shift & 127 for shift in (21, 14, 7, 0))
    return b"ID3\x03\0\0" + packed + frame + encoded("libmp3lame", "mp3", secret)


def film(form: str = "mp4") -> bytes:
    """A film, which is none of what is taken."""
    out = io.BytesIO()
    with av.open(out, "w", format=form) as target:
        stream = target.add_stream("mpeg4", rate=5)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for _at in range(3):
            target.mux(stream.encode(av.VideoFrame(64, 64, "yuv420p")))
        target.mux(stream.encode(None))
    return out.getvalue()


def pitch_of(content: bytes) -> float:
    """The pitch of a hum, in turns a second, counted where it crosses zero."""
    with av.open(io.BytesIO(content), "r") as source:
        frames = list(source.decode(audio=0))
        resampler = AudioResampler("s16", "mono", RATE)
        pieces = [piece for frame in frames for piece in resampler.resample(frame)]
    samples = array("h")
    for piece in pieces:
        samples.frombytes(bytes(piece.planes[0])[: 2 * piece.samples])
    middle = samples[len(samples) // 4 : -len(samples) // 4]
    rises = sum(1 for one, next_ in pairwise(middle) if one < 0 <= next_)
    return rises * RATE / len(middle)


def seconds_of(content: bytes) -> float:
    """How long a recording is."""
    with av.open(io.BytesIO(content), "r") as source:
        return sum(frame.samples / frame.sample_rate for frame in source.decode(audio=0))
