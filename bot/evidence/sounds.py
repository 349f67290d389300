"""Makes a recording anew from the sound of another one; runs in the cage only.

`shift` moves the voice up or down and keeps its pace. That is weak protection: whoever guesses the
factor moves it back, the way of speaking stays, and so does what is said. People are told so.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from fractions import Fraction

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.container import InputContainer
from av.error import InvalidDataError
from av.filter import Graph
from av.stream import Disposition

from bot.evidence.kinds import Kind
from bot.evidence.verdict import Harmless, Refusal

LONGEST_SECONDS = 300
RATE = 48_000
BITS_A_SECOND = 24_000
FRAME_SAMPLES = 960
_READERS = {Kind.OPUS: "ogg", Kind.MP3: "mp3", Kind.AAC: "aac", Kind.M4A: "mov", Kind.WAV: "wav"}


def clean_sound(content: bytes, kind: Kind, shift: float = 1.0) -> Harmless:
    """Decode a recording and write it as Opus, one channel, without a tag.

    Raises:
        Refusal: it is too long, has pictures, or cannot be read.
    """
    out = io.BytesIO()
    with (
        av.open(
            io.BytesIO(content), "r", format=_READERS[kind], metadata_errors="ignore"
        ) as source,
        av.open(out, "w", format="ogg", options={"fflags": "+bitexact"}) as target,
    ):
        _look(source)
        stream = target.add_stream(
            "libopus", rate=RATE, layout="mono", options={"flags": "+bitexact"}
        )
        stream.bit_rate = BITS_A_SECOND
        stream.codec_context.thread_count = 1
        written = 0
        for frame in _shifted(_even(_decoded(source)), shift):
            frame.pts, frame.time_base = written, Fraction(1, RATE)
            written += frame.samples
            target.mux(stream.encode(frame))
        if written == 0:
            raise Refusal("broken")
        target.mux(stream.encode(None))
    return Harmless("voice", "audio/ogg", out.getvalue())


def rehearse() -> None:
    """Clean a moment of silence, so that all that is needed has been loaded."""
    silence = bytes(RATE // 5)
    form = struct.pack("<IHHIIHH", 16, 1, 1, RATE, 2 * RATE, 2, 16)
    body = b"WAVEfmt " + form + b"data" + struct.pack("<I", len(silence)) + silence
    clean_sound(b"RIFF" + struct.pack("<I", len(body)) + body, Kind.WAV, 1.1)


def _look(source: InputContainer) -> None:
    """See that there is something to hear, and nothing to see but the cover of an album."""
    if any(not stream.disposition & Disposition.attached_pic for stream in source.streams.video):
        raise Refusal("kind")
    if not source.streams.audio:
        raise Refusal("broken")


def _decoded(source: InputContainer) -> Iterator[AudioFrame]:
    """The sound, packet by packet; a damaged packet is left out."""
    stream = source.streams.audio[0]
    stream.codec_context.thread_count = 1
    for packet in source.demux(stream):
        try:
            yield from packet.decode()
        except InvalidDataError:
            continue


def _even(frames: Iterator[AudioFrame]) -> Iterator[AudioFrame]:
    """One channel at our rate, in pieces as the encoder wants them; nothing beyond the limit."""
    resampler = AudioResampler("s16", "mono", RATE, frame_size=FRAME_SAMPLES)
    heard = 0
    for frame in frames:
        frame.pts = None
        for piece in resampler.resample(frame):
            heard += piece.samples
            if heard > LONGEST_SECONDS * RATE:
                raise Refusal("big")
            yield piece
    yield from resampler.resample(None)


def _shifted(frames: Iterator[AudioFrame], shift: float) -> Iterator[AudioFrame]:
    """The same words, as fast as before, in a higher or lower voice."""
    if shift == 1.0:
        yield from frames
        return
    graph = Graph()
    graph.threads = 1
    graph.link_nodes(
        graph.add_abuffer(
            sample_rate=RATE, format="s16", layout="mono", time_base=Fraction(1, RATE)
        ),
        graph.add("asetrate", str(round(RATE * shift))),
        graph.add("aresample", str(RATE)),
        graph.add("atempo", f"{1 / shift:.6f}"),
        graph.add("aformat", f"sample_fmts=s16:channel_layouts=mono:sample_rates={RATE}"),
        graph.add("abuffersink"),
    ).configure()
    graph.set_audio_frame_size(FRAME_SAMPLES)
    at = 0
    for frame in frames:
        frame.pts, frame.time_base = at, Fraction(1, RATE)
        at += frame.samples
        graph.push(frame)
        yield from _pulled(graph)
    graph.push(None)
    yield from _pulled(graph)


def _pulled(graph: Graph) -> Iterator[AudioFrame]:
    while True:
        try:
            frame = graph.pull()
        except (BlockingIOError, EOFError):
            return
        assert isinstance(frame, AudioFrame)
        yield frame
