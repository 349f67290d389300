"""Everything Antenna can say, loaded once: which languages there are and the words of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import tzinfo
from pathlib import Path

from bot.alarm import WORDS, Alarms
from bot.catalogs import Catalog, Key, load_catalog, plural_rule
from bot.distress import WORDS as DISTRESS
from bot.distress import Distress
from bot.roster import SOURCE, State, read_roster
from bot.words import Dates, Voice, Words
from storage import instants

ROME = instants.clocks(instants.ROME)
_LONGEST_TAG = 35


class Languages:
    """The languages of the list, in its order, and their words."""

    def __init__(self, voices: Sequence[Voice], *, drafts: bool = False) -> None:
        self.shipped = {voice.language.code: voice.catalog for voice in voices}
        self.edition = 0
        self._voices = {voice.language.code: voice for voice in voices}
        self.all = tuple(voice.language for voice in voices)
        published = (one for one in self.all if one.is_published(drafts=drafts))
        self.codes = tuple(language.code for language in published)
        self.drafts = frozenset(one.code for one in self.all if one.state is State.DRAFT)
        self._telegram = {tag: language for language in self.all for tag in language.telegram}
        self._words: dict[str, Words] = {}
        for code in self._voices:
            self._words[code] = Words(self._chain(code), self._words)
        self._listen()

    def _chain(self, code: str) -> tuple[Voice, ...]:
        voice = self._voices[code]
        return (voice, *(self._voices[one] for one in voice.language.fallback))

    def _listen(self) -> None:
        """The words of alarm and of distress, as the languages say them."""
        self.alarms = Alarms(words.plain(WORDS) for words in self._words.values())
        self.distress = Distress(words.plain(DISTRESS) for words in self._words.values())

    def take(self, catalogs: Mapping[str, Catalog], edition: int) -> None:
        """Say everything as these catalogs do from now on, in every language they are of.

        Whoever has made something of the words makes it anew where `edition` is another one.
        """
        for code, catalog in catalogs.items():
            self._voices[code] = replace(self._voices[code], catalog=catalog)
        for code, words in self._words.items():
            words.speak(self._chain(code))
        self._listen()
        self.edition = edition

    @classmethod
    def load(cls, folder: Path, zone: tzinfo = ROME, *, drafts: bool = False) -> Languages:
        """Read the list and every catalog in a folder of locales; offer drafts too or not.

        Raises:
            LanguagesError: the list or a catalog cannot be used; nothing was loaded.
        """
        voices = []
        for language in read_roster(folder):
            if language.code == SOURCE or language.state is State.NONE:
                catalog = Catalog(plural_rule(language.locale), {})
            else:
                catalog = load_catalog(language, folder)
            voices.append(Voice(language, catalog, Dates(language, zone)))
        return cls(voices, drafts=drafts)

    def said(self, code: str) -> Catalog:
        """What a language says now, with what was approved here."""
        return self._voices[code].catalog

    def trial(self, code: str, key: Key, forms: tuple[str, ...]) -> Words:
        """How a language would sound with other words for one message; nobody else hears it."""
        own, *others = self._chain(code)
        entries = {**own.catalog.entries, key: forms}
        stale = own.catalog.stale - {key}
        catalog = replace(own.catalog, entries=entries, stale=stale)
        return Words((replace(own, catalog=catalog), *others), self._words)

    def words(self, code: str | None) -> Words:
        """The words of a language, published or not; those of the source for an unknown one."""
        return self._words.get(code or SOURCE) or self._words[SOURCE]

    def match(self, tag: str | None) -> str:
        """The published language to begin with for somebody whose Telegram speaks `tag`.

        Unpublished: the first published one of its chain. Unknown or none: English, which more
        newcomers share than Italian. It is only a proposal: the person chooses.
        """
        parts = (tag or "")[:_LONGEST_TAG].lower().replace("_", "-").split("-")
        while parts:
            language = self._telegram.get("-".join(parts))
            if language is not None:
                return next(c for c in (language.code, *language.fallback) if c in self.codes)
            parts.pop()
        return SOURCE
