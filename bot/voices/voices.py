"""Everything that is read aloud in this process, put together: what there is, and who brings it."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

from bot.evidence.fetch import Fetcher
from bot.evidence.sandbox import Sandbox
from bot.group.voices import VoiceTurns
from bot.means import Means
from bot.telegram.client import TelegramClient
from bot.voices.machine import Machine, missing_programs
from bot.voices.speakers import Speakers, read_speakers
from bot.voices.speaking import Speaker
from bot.voices.taking import teach_taking
from bot.voices.utterance import ITALIAN, Spelling
from bot.voices.wish import Wish
from bot.workshop import Workshop
from bot.world import Furniture
from flows.directory import Flows
from flows.facts import Number
from flows.model import Spoken
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
        self._furniture, self._flows, self._bot = furniture, flows, bot
        self._booth = furniture.booth
        self._sandbox = Sandbox()
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
        self.do = means.done

    def taught(self, workshop: Workshop, client: TelegramClient) -> VoiceTurns:
        """Let recordings be taken; what operators do about voices in their group."""
        teach_taking(workshop, Fetcher(client, self._means.clock), self._sandbox)
        languages = self._means.languages
        return VoiceTurns(self._flows, languages, self._furniture, self.speakers, self._bot)

    async def close(self) -> None:
        """Begin nothing more, and let go of what is under way."""
        self._sandbox.stop()
        await self._speaker.close()

    async def tick(self) -> None:
        """Look which recordings were approved or deleted, here or in another process."""
        recorded = await self._means.done(lambda unit: playable(unit.reading()))
        self._booth.recorded = recorded
        there = {language for language, _mark in recorded}
        house, codes = self._furniture.house, self._means.languages.codes
        spoken = tuple(
            Spoken(one.language, one.name, one.reads)
            for one in self.speakers.only_spoken
            if one.language in there and one.reads in codes
        )
        if spoken != house.spoken:
            self._furniture.house = replace(house, spoken=spoken)


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
