"""Which languages a machine reads aloud, with which voice, and which are only ever spoken."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_name("speakers.toml")


@dataclass(frozen=True, slots=True)
class Speaker:
    """How a language is spoken here.

    `voice` is eSpeak NG's, empty where silence is better. `reads` is the language of the text that
    people record in one that is only spoken; `name` is then what it calls itself.
    """

    language: str
    voice: str
    latin: bool
    words: int
    why: str
    name: str = ""
    reads: str = ""


@dataclass(frozen=True, slots=True)
class Speakers:
    """The table, by language."""

    all: Mapping[str, Speaker]

    @property
    def machine(self) -> frozenset[str]:
        """The languages a machine reads."""
        return frozenset(one.language for one in self.all.values() if one.voice)

    @property
    def only_spoken(self) -> tuple[Speaker, ...]:
        """Those without a text of their own."""
        return tuple(one for one in self.all.values() if one.reads)

    def find(self, language: str) -> Speaker | None:
        """How a language is spoken; None where nothing is known of it."""
        return self.all.get(language)

    def text_of(self, language: str) -> str:
        """The language of the text somebody records in a language."""
        found = self.all.get(language)
        return found.reads if found is not None and found.reads else language


def read_speakers(table: Path = TABLE) -> Speakers:
    """The table that is shipped."""
    rows: Iterable[Mapping[str, object]] = tomllib.loads(table.read_text("utf-8"))["speaker"]
    speakers = [
        Speaker(
            language=str(row["language"]),
            voice=str(row["voice"]),
            latin=bool(row["latin"]),
            words=int(str(row["words"])),
            why=str(row["why"]),
            name=str(row.get("name", "")),
            reads=str(row.get("reads", "")),
        )
        for row in rows
    ]
    return Speakers({one.language: one for one in speakers})
