"""A translator for tests that says what it was told to say, and remembers what it was asked."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.clock import Clock
from bot.meaning.interpreter import Interpreter
from bot.meaning.translator import FOUND, Meant, NotMeant
from tests.bot.group.house import Ears

KNOWN = frozenset({"it", "en", "ar", "ur"})


@dataclass
class Scripted:
    """`says` are its answers in order, the last again and again.

    By itself it puts the target before the words, and where it is to find out the language it
    takes them for `finds`.
    """

    says: list[Meant | NotMeant] = field(default_factory=list)
    known: frozenset[str] | NotMeant = KNOWN
    finds: str = "ar"
    name: str = "scripted"
    place: str = "mt.example"
    is_local: bool = False
    waits: asyncio.Event | None = None
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    async def languages(self) -> frozenset[str] | NotMeant:
        """Those it was told."""
        return self.known

    async def translate(self, text: str, source: str, target: str) -> Meant | NotMeant:
        """The next answer."""
        self.asked.append((text, source, target))
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        try:
            await asyncio.sleep(0)
            if self.waits is not None:
                await self.waits.wait()
        finally:
            self.at_once -= 1
        if self.says:
            return self.says.pop(0) if len(self.says) > 1 else self.says[0]
        return Meant(f"{target}: {text}", source if source != FOUND else self.finds)

    def interpreter(self, clock: Clock | None = None, ears: Ears | None = None) -> Interpreter:
        """Whoever asks it."""
        return Interpreter(self, clock or Clock(), ears or Ears())


def words(asked: Sequence[tuple[str, str, str]]) -> list[str]:
    """What was asked for, without the languages."""
    return [text for text, _, _ in asked]
