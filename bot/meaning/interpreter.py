"""Who translates here: asks the translator, counts what came of it, remembers what was proposed.

A proposal is an operator's words with their translation, as they were seen before sending. It is
in memory alone and for a while: words that were never sent are kept nowhere.
"""

from __future__ import annotations

import asyncio
import secrets
import threading
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.clock import Clock
from bot.meaning.figures import differ
from bot.meaning.translator import FOUND, Meant, NotMeant, Translator, Why
from bot.relay.cargo import MeantWords
from bot.watch import Watch

OURS: Final = "it"
"""The language that operators write and read."""

LASTS: Final = timedelta(minutes=30)
MOST: Final = 500

EVENTS = {
    Why.UNREACHABLE: "not_meant_unreachable",
    Why.SLOW: "not_meant_slow",
    Why.BUSY: "not_meant_busy",
    Why.REFUSED: "not_meant_refused",
    Why.BROKEN: "not_meant_broken",
    Why.LANGUAGE: "not_meant_language",
    Why.LONG: "not_meant_long",
    Why.WORDS: "not_meant_words",
}
"""What is counted where there is no translation."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words as they would go, whose they are and to whom; `differs`: the numbers are others."""

    key: str
    handoff_id: int
    operator_id: int
    text: str = field(repr=False)
    meant: MeantWords = field(repr=False)
    differs: bool
    until: datetime


@dataclass(eq=False)
class Interpreter:
    """One for everybody who has something translated."""

    translator: Translator
    clock: Clock
    watch: Watch
    _kept: OrderedDict[str, Proposal] = field(default_factory=OrderedDict, repr=False)
    _busy: dict[int, asyncio.Lock] = field(default_factory=dict, repr=False)
    _guard: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def is_on(self) -> bool:
        """Whether anything is translated at all."""
        return bool(self.translator.place)

    async def heard(self, text: str, language: str) -> Meant | NotMeant:
        """A person's words in Italian; `language` is what they read here, which they may not write.

        In a script that only their own language explains, words are not given to a translator that
        does not know it: it would take them for another one.
        """
        known = await self.translator.languages()
        if isinstance(known, NotMeant):
            return self._counted(known)
        if language not in known and not _is_latin(text):
            return self._counted(NotMeant(Why.LANGUAGE))
        found = await self.translator.translate(text, FOUND, OURS)
        if isinstance(found, Meant) and not found.sure and found.source != language:
            if language in known:
                found = await self.translator.translate(text, language, OURS)
            else:
                found = NotMeant(Why.LANGUAGE)
        return self._counted(found)

    async def propose(
        self, handoff_id: int, operator_id: int, text: str, language: str
    ) -> Proposal | NotMeant:
        """An operator's words in a person's language, and what the machine makes of that."""
        async with self._alone(handoff_id):
            there = self._counted(await self.translator.translate(text, OURS, language))
            if isinstance(there, NotMeant):
                return there
            back = self._counted(await self.translator.translate(there.text, language, OURS))
        if isinstance(back, NotMeant):
            return back
        meant = MeantWords(language, there.text, back.text)
        differs = differ(text, there.text) or differ(text, back.text)
        key, until = secrets.token_hex(8), self.clock.now() + LASTS
        made = Proposal(key, handoff_id, operator_id, text, meant, differs, until)
        with self._guard:
            self._kept[key] = made
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return made

    def find(self, key: str, handoff_id: int, operator_id: int) -> Proposal | None:
        """What this operator was shown in this conversation, for as long as it lasts."""
        return next((one for one in self._of(handoff_id, operator_id) if one.key == key), None)

    def drop(self, handoff_id: int, operator_id: int) -> None:
        """Nothing of what they were shown there is to be sent any more."""
        for one in self._of(handoff_id, operator_id):
            with self._guard:
                self._kept.pop(one.key, None)

    def _of(self, handoff_id: int, operator_id: int) -> list[Proposal]:
        """What an operator was shown in a conversation. Also asked by the thread that writes."""
        now, whose = self.clock.now(), (handoff_id, operator_id)
        with self._guard:
            for old in [one.key for one in self._kept.values() if one.until <= now]:
                del self._kept[old]
            kept = list(self._kept.values())
        return [one for one in kept if (one.handoff_id, one.operator_id) == whose]

    def newest(self, handoff_id: int, operator_id: int) -> Proposal | None:
        """What an operator was shown there last."""
        found = self._of(handoff_id, operator_id)
        return found[-1] if found else None

    @asynccontextmanager
    async def _alone(self, handoff_id: int) -> AsyncIterator[None]:
        """One at a time in a conversation."""
        lock = self._busy.setdefault(handoff_id, asyncio.Lock())
        async with lock:
            yield
        if not lock.locked():
            self._busy.pop(handoff_id, None)

    def _counted(self, found: Meant | NotMeant) -> Meant | NotMeant:
        if isinstance(found, Meant):
            self.watch.count("meant")
        elif found.why is not Why.OFF:
            self.watch.count(EVENTS[found.why])
        return found


def for_reports(interpreter: Interpreter | None) -> Interpreter | None:
    """Who may translate what is anonymous: nobody, unless the words stay on this machine."""
    if interpreter is None or not interpreter.is_on or not interpreter.translator.is_local:
        return None
    return interpreter


def _is_latin(text: str) -> bool:
    """Whether words are written as Italian is, so that they may be in another language than one's
    own: up to the Latin letters with marks."""
    return all(not one.isalpha() or one < "\u0250" or "\u1e00" <= one < "\u1f00" for one in text)
