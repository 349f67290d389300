"""Everything that is read aloud in this process, put together: what there is, and who brings it."""

from __future__ import annotations

import csv
from pathlib import Path

from bot.means import Means
from bot.voices.machine import Machine, missing_programs
from bot.voices.speakers import Speakers, read_speakers
from bot.voices.speaking import Speaker
from bot.voices.utterance import ITALIAN, Spelling
from bot.voices.wish import Wish
from bot.world import Furniture
from flows.directory import Flows
from flows.facts import Number
from storage.voices.recordings import playable

VOICES_SECONDS = 15.0
FOLDER = "voices"
GLOSSARY = Path(__file__).resolve().parents[2] / "locales" / "glossary.csv"
_SHORTEST_TERM = 5


class Voices:
    """Brings voices to people, and keeps the booth up to date. `bot` is our number in Telegram."""

    def __init__(
        self, means: Means, furniture: Furniture, flows: Flows, bot: int, *, aloud: bool = True
    ) -> None:
        self._means = means
        self._booth = furniture.booth
        self.speakers = read_speakers()
        machine = None
        if aloud and not missing_programs():
            machine = Machine(self.speakers, means.settings.data / FOLDER)
            self._booth.spoken = self.speakers.machine
        elif aloud:
            means.watch.note("voice_missing")
        spelling = spelling_of(self.speakers, furniture.numbers)
        self._speaker = Speaker(means, furniture, flows, spelling, machine, bot)
        self.speak = self._speaker.speak
        self.settle = self._speaker.settle
        self.close = self._speaker.close

    async def tick(self) -> None:
        """Look which recordings were approved or deleted, here or in another process."""
        self._booth.recorded = await self._means.done(lambda unit: playable(unit.reading()))


def spelling_of(speakers: Speakers, numbers: tuple[Number, ...]) -> Spelling:
    """How words are read here: which numbers are to call, which terms are Italian."""
    phones = (phone for one in numbers for phone in (one.phone, one.second_phone) if phone)
    called = frozenset("".join(filter(str.isdigit, phone)) for phone in phones)
    return Spelling(speakers, called, italian_terms())


def italian_terms(glossary: Path = GLOSSARY) -> tuple[str, ...]:
    """Words of Italian paper, as they stand in texts of other languages; none that another Latin
    language shares."""
    with glossary.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    shared = {
        word.casefold()
        for row in rows
        for language in ("en", "es", "fr", "ro", "sq", "pt")
        for word in _words(row.get(language) or "")
    }
    terms = {word for row in rows for word in _words(row[ITALIAN]) if len(word) >= _SHORTEST_TERM}
    return tuple(sorted(term for term in terms if term.casefold() not in shared))


def _words(cell: str) -> list[str]:
    """The terms of a cell: "paga / stipendio" are two, and what stands in brackets is no term."""
    return [word.partition("(")[0].strip() for word in cell.split("/") if word.strip()]


__all__ = ["FOLDER", "VOICES_SECONDS", "Voices", "Wish", "italian_terms", "spelling_of"]
