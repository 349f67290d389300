"""A message to many as one person gets it: in her language, or a neutral line in careful mode."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.languages import Languages
from bot.showing import NEUTRAL
from bot.telegram.render import bodies, message
from bot.voices.booth import Booth, rows_to_hear
from flows.directory import PUSHED
from flows.effects import Json
from flows.mass_model import MassView
from flows.mass_words import mass_lines, mass_ways
from flows.question import Line
from flows.text import Text, _
from storage.mass.drafting import find_mass
from storage.notices.model import Notice
from storage.outbox import Lane, Outgoing, Policy
from storage.unit import Unit

READ = _("📘 Read")


@dataclass(frozen=True, slots=True)
class Shown:
    """Lines, and buttons as where they lead and what is on them."""

    lines: tuple[Line, ...]
    buttons: tuple[tuple[str, Text], ...]


def shown(view: MassView, language: str) -> Shown:
    """What somebody reads at once."""
    return Shown(mass_lines(view, language), mass_ways(view))


def veiled(notice_id: int, now: datetime) -> Shown:
    """What stands in the chat of somebody whose phone is looked at: a tap opens the message."""
    line = Line(NEUTRAL[now.toordinal() % len(NEUTRAL)])
    return Shown((line,), ((f"mass/{notice_id}", READ),))


@dataclass(frozen=True, slots=True)
class MassRender:
    """Makes the call that brings one to a person, at most once. `washed`: so long a neutral line
    stays in the chat."""

    languages: Languages
    washed: timedelta
    booth: Booth = field(default_factory=Booth)

    def __call__(self, unit: Unit, one: Notice, now: datetime) -> Outgoing | None:
        """The call; None where there is nobody to tell, or nothing."""
        found = find_mass(unit.reading(), one.subject_id)
        person, chat_id = unit.person_by_id(one.person_id), unit.chat_id(one.person_id)
        if found is None or person is None or chat_id is None:
            return None
        words, careful = self.languages.words(person.language), person.careful
        said = veiled(one.id, now) if careful else shown(found.view, words.code)
        keys: list[Json] = [
            [{"text": words.plain(label), "callback_data": f"{PUSHED}:0:{way}"}]
            for way, label in said.buttons
        ]
        keys += [] if careful else rows_to_hear(self.booth, words)
        # Telegram counts what is read, and that fits: what is longer is only its signs like &amp;
        text = "\n\n".join(bodies(said.lines, words))
        markup: Json = {"inline_keyboard": keys} if keys else None
        return Outgoing(
            "sendMessage",
            message(chat_id, text, markup, silent=careful),
            Lane.BULK,
            Policy.ONCE,
            person_id=person.id,
            wash_at=now + self.washed if careful else None,
        )
