"""The machine that reads: eSpeak NG makes the voice, opusenc what Telegram plays.

Words go in by the standard input: arguments can be read by everybody on the machine. Nothing is
written but what `keep` is asked for, and that only ever holds words of the house.
"""

from __future__ import annotations

import math
import operator
import os
import shutil
import subprocess
from array import array
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from bot.voices.ogg import NotOpusError, read_opus
from bot.voices.speakers import Speakers
from bot.voices.utterance import Segment

PROGRAMS = ("espeak-ng", "opusenc")
PACKAGES = "espeak-ng opus-tools"
RATE = 22_050
LOUDNESS = -16.5
"""Decibels below full scale of what is not silence: as loud as voices in Telegram are."""
KILOBITS = 20
SECONDS = 20
_VERSION = b"1"
_BLOCK = RATE // 20
_SILENT = 10 ** (-45 / 20) * 32768
_KNEE, _LIMIT = 20_000, 31_000
_BREATH = array("h", bytes(2 * (RATE // 10)))


class MachineError(Exception):
    """The machine did not read; nothing of what it was given is said."""


@dataclass(frozen=True, slots=True)
class Sound:
    """Something to hear, as Opus."""

    content: bytes = field(repr=False)
    seconds: int


@dataclass(frozen=True, slots=True)
class Machine:
    """Reads segments aloud. Synchronous and slow: it is called in a thread."""

    speakers: Speakers
    folder: Path | None = None
    programs: tuple[str, str] = PROGRAMS

    def read(self, segments: Sequence[Segment]) -> Sound:
        """The voice of some segments.

        Raises:
            MachineError: there is nothing to say in a language it speaks, or a program failed.
        """
        samples = array("h")
        for segment in segments:
            speaker = self.speakers.find(segment.language)
            if speaker is None or not speaker.voice:
                continue
            samples.extend(self._spoken(speaker.voice, speaker.words, segment.words))
            samples.extend(_BREATH)
        if not samples:
            raise MachineError("there is nothing to say")
        return _checked(self._encoded(loud(samples)))

    def kept(self, segments: Sequence[Segment]) -> Sound:
        """The same, made once: what it made is kept under a name made of voice and words.

        Raises:
            MachineError: as above.
        """
        if self.folder is None:
            return self.read(segments)
        path = self.folder / f"{self.name(segments)}.ogg"
        try:
            return _checked(path.read_bytes())
        except (OSError, MachineError):
            sound = self.read(segments)
        part = path.with_suffix(f".{os.getpid()}")
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            part.write_bytes(sound.content)
            part.replace(path)
        except OSError:  # a full disk costs time, and no voice
            with suppress(OSError):
                part.unlink()
        return sound

    def name(self, segments: Sequence[Segment]) -> str:
        """A name of these words in these voices."""
        said = blake2b(_VERSION, digest_size=16)
        for segment in segments:
            speaker = self.speakers.find(segment.language)
            voice = "" if speaker is None else f"{speaker.voice} {speaker.words}"
            said.update(f"{voice}\0{segment.words}\0".encode())
        return said.hexdigest()

    def _spoken(self, voice: str, words: int, said: str) -> array[int]:
        espeak = self.programs[0]
        wave = _run([espeak, "--stdin", "--stdout", "-b", "1", "-v", voice, "-s", str(words)], said)
        return _trimmed(_samples(wave))

    def _encoded(self, samples: array[int]) -> bytes:
        raw = ["--raw", "--raw-bits", "16", "--raw-rate", str(RATE), "--raw-chan", "1"]
        quiet = ["--quiet", "--discard-comments", "--discard-pictures", "--padding", "0"]
        how = ["--bitrate", str(KILOBITS), "--serial", "1", *quiet]
        return _run([self.programs[1], *raw, *how, "-", "-"], samples.tobytes())


def missing_programs(programs: Sequence[str] = PROGRAMS) -> tuple[str, ...]:
    """What is not installed; without all of it no machine reads."""
    return tuple(one for one in programs if shutil.which(one) is None)


def loud(samples: array[int]) -> array[int]:
    """The same words as loud as all the others; silence does not count, nothing is cut off."""
    factor = 10 ** ((LOUDNESS - rms(samples)) / 20)
    below = _KNEE / factor
    return array(
        "h",
        (int(one * factor) if -below < one < below else _rounded(one * factor) for one in samples),
    )


def _rounded(one: float) -> int:
    """A peak that bends before it would be cut."""
    room = _LIMIT - _KNEE
    bent = _KNEE + room * math.tanh((abs(one) - _KNEE) / room)
    return int(math.copysign(bent, one))


def rms(samples: array[int]) -> float:
    """How loud what is not silence is, in decibels below full scale."""
    powers = [power for power in _powers(samples) if power > _SILENT**2]
    if not powers:
        return LOUDNESS
    return 10 * math.log10(sum(powers) / len(powers) / 32768**2)


def _powers(samples: array[int]) -> Iterator[float]:
    for at in range(0, len(samples), _BLOCK):
        block = samples[at : at + _BLOCK]
        yield sum(map(operator.mul, block, block)) / len(block)


def _trimmed(samples: array[int]) -> array[int]:
    """Without the silence at both ends."""
    powers = [power > _SILENT**2 for power in _powers(samples)]
    if not any(powers):
        return array("h")
    first, last = powers.index(True), len(powers) - powers[::-1].index(True)
    return samples[first * _BLOCK : (last + 1) * _BLOCK]


def _samples(wave: bytes) -> array[int]:
    """What is heard of a WAV file that was written to a pipe: its sizes say nothing."""
    at = wave.find(b"data", 12, 4096)
    if wave[:4] != b"RIFF" or at < 0:
        raise MachineError("no voice came")
    body = wave[at + 8 :]
    return array("h", body[: len(body) // 2 * 2])


def _checked(content: bytes) -> Sound:
    try:
        return Sound(content, max(1, math.ceil(read_opus(content).seconds)))
    except NotOpusError as error:
        raise MachineError("what was made is no Opus") from error


def _run(command: list[str], given: str | bytes) -> bytes:
    """Run a program with no shell, no words in its arguments and no more than it needs."""
    fed = given.encode() if isinstance(given, str) else given
    small = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program
            command, input=fed, capture_output=True, timeout=SECONDS, env=small, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        raise MachineError(f"{Path(command[0]).name} did not run") from None
    if done.returncode or not done.stdout:
        raise MachineError(f"{Path(command[0]).name} failed")
    return done.stdout
