"""The machine that reads: every language it speaks, as loud as the others, made once."""

from __future__ import annotations

import math
from array import array
from pathlib import Path

import pytest

from bot.languages import Languages
from bot.voices.machine import (
    LOUDNESS,
    RATE,
    Machine,
    MachineError,
    Sound,
    loud,
    missing_programs,
    rms,
)
from bot.voices.ogg import read_opus
from bot.voices.speakers import read_speakers
from bot.voices.utterance import Segment

SPEAKERS = read_speakers()
LOCALES = Path(__file__).parents[3] / "locales"
SENTENCE = {
    "it": "Chiedi una copia del contratto.",
    "en": "Ask for a copy of the contract.",
    "fr": "Demandez une copie du contrat.",
    "es": "Pida una copia del contrato.",
    "pt": "Peça uma cópia do contrato.",
    "ro": "Cereți o copie a contractului.",
    "sq": "Kërkoni një kopje të kontratës.",
    "uk": "Попросіть копію договору.",
    "ru": "Попросите копию договора.",
    "zh-Hans": "请要一份合同的复印件。",
    "ur": "معاہدے کی کاپی مانگیں۔",
    "bn": "চুক্তির একটি কপি চান।",
    "pa": "ਇਕਰਾਰਨਾਮੇ ਦੀ ਕਾਪੀ ਮੰਗੋ।",
    "si": "ගිවිසුමේ පිටපතක් ඉල්ලන්න.",
}


def tone(loudness: float, seconds: float = 1.0) -> array[int]:
    """A tone of so many decibels below full scale."""
    top = 32768 * 10 ** (loudness / 20) * math.sqrt(2)
    count = round(RATE * seconds)
    return array("h", (int(top * math.sin(at * 0.1)) for at in range(count)))


def test_every_language_the_machine_speaks_is_heard() -> None:
    """One channel, about 24 kbit a second at most, a length that fits the words."""
    machine = Machine(SPEAKERS)
    assert set(SENTENCE) == SPEAKERS.machine
    sounds = {
        language: read_opus(machine.read((Segment(language, words),)).content)
        for language, words in SENTENCE.items()
    }
    odd = {
        language: sound
        for language, sound in sounds.items()
        if sound.channels != 1
        or not 1.0 < sound.seconds < 6.0
        or sound.bits_a_second * sound.seconds > 24_000 * sound.seconds + 6_000  # and its head
    }
    assert odd == {}


@pytest.mark.parametrize("before", [-40.0, -25.0, -16.5, -6.0])
def test_all_voices_are_equally_loud(before: float) -> None:
    """What was quiet is heard, what was loud does not frighten."""
    assert abs(rms(loud(tone(before))) - LOUDNESS) < 0.5


def test_silence_does_not_make_a_voice_louder() -> None:
    """Pauses between sentences do not count."""
    paused = tone(-20) + array("h", bytes(2 * RATE * 5)) + tone(-20)
    assert abs(rms(paused) - -20) < 0.3


def test_a_peak_is_bent_and_not_cut() -> None:
    """A single loud sign stays inside what can be written."""
    peaked = tone(-30)
    peaked[100] = 32_000
    assert max(loud(peaked)) < 32_000


def test_what_nothing_speaks_is_not_said() -> None:
    """No words, a language without a voice, one that nobody knows: no file comes of it."""
    machine = Machine(SPEAKERS)
    for segments in ((), (Segment("ar", "مرحبا"),), (Segment("xx", "word"),)):
        with pytest.raises(MachineError):
            machine.read(segments)


@pytest.mark.parametrize("programs", [("no-such-program", "opusenc"), ("false", "opusenc")])
def test_a_program_that_fails_says_nothing_of_the_words(programs: tuple[str, str]) -> None:
    """The error names the program, and what was to be said is in no error."""
    with pytest.raises(MachineError) as failed:
        Machine(SPEAKERS, programs=programs).read((Segment("it", "segreto"),))
    assert "segreto" not in str(failed.value)


def test_a_voice_is_made_once(tmp_path: Path) -> None:
    """The second time it comes from the folder; a broken file is made anew."""
    machine, said = Machine(SPEAKERS, tmp_path / "voices"), (Segment("it", "Ciao."),)
    first = machine.kept(said)
    silent = Machine(SPEAKERS, tmp_path / "voices", ("false", "false"))
    assert silent.kept(said) == first
    (path,) = (tmp_path / "voices").iterdir()
    path.write_bytes(b"broken")
    assert machine.kept(said) == first
    assert [one.name for one in (tmp_path / "voices").iterdir()] == [f"{machine.name(said)}.ogg"]


def test_without_a_folder_there_is_a_voice_all_the_same(tmp_path: Path) -> None:
    """Where none was given, and where none can be made."""
    (tmp_path / "file").write_text("")
    said = (Segment("it", "Ciao."),)
    assert isinstance(Machine(SPEAKERS, tmp_path / "file" / "voices").kept(said), Sound)
    assert isinstance(Machine(SPEAKERS).kept(said), Sound)


def test_another_voice_has_another_name() -> None:
    """Words in another language are another file."""
    machine = Machine(SPEAKERS)
    names = {machine.name((Segment(language, "Ciao."),)) for language in ("it", "ro", "xx")}
    assert len(names) == 3


def test_what_is_missing_is_named() -> None:
    """The doctor says what to install."""
    assert missing_programs(("sh", "no-such-program")) == ("no-such-program",)


def test_every_language_of_the_list_is_judged() -> None:
    """Each has a reason, whether a machine reads it or not; what is only heard has a text."""
    languages = Languages.load(LOCALES)
    written = {one.code for one in languages.all}
    assert written <= set(SPEAKERS.all)
    assert all(one.why and bool(one.voice) == bool(one.words) for one in SPEAKERS.all.values())
    assert {one.reads for one in SPEAKERS.only_spoken} <= written
    assert [SPEAKERS.text_of(code) for code in ("wo", "it", "xx")] == ["fr", "it", "xx"]
