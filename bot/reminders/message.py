"""A notice as a message of its own, in the person's language; a neutral line in careful mode."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.languages import Languages
from bot.showing import NEUTRAL
from bot.telegram.render import bodies, message
from bot.voices.booth import Booth, rows_to_hear
from flows.calendar_model import Subject
from flows.directory import PUSHED
from flows.effects import Json
from flows.notice_words import Told, of_date, of_meeting, of_offer, veiled
from flows.steps import Line
from storage.notices.facts import find_day, find_meeting, find_offer, today
from storage.notices.model import Notice
from storage.outbox import Lane, Outgoing, Policy
from storage.unit import Unit

Render = Callable[[Unit, Notice, datetime], Outgoing | None]


@dataclass(frozen=True, slots=True)
class Renderer:
    """Makes the call that tells a notice. `others` make what is told of other subjects, like a
    message to many; a neutral line stays in the chat for as long as `washed` says."""

    languages: Languages
    washed: timedelta
    others: Mapping[Subject, Render]
    booth: Booth = field(default_factory=Booth)

    def __call__(self, unit: Unit, one: Notice, now: datetime) -> Outgoing | None:
        """The call; None where what it is about is not there any more."""
        if one.subject in self.others:
            return self.others[one.subject](unit, one, now)
        told = self._told(unit, one, now)
        person, chat_id = unit.person_by_id(one.person_id), unit.chat_id(one.person_id)
        if told is None or person is None or chat_id is None:
            return None
        if person.careful:
            told = veiled(str(one.id), NEUTRAL[now.toordinal() % len(NEUTRAL)])
        words = self.languages.words(person.language)
        lines = tuple(line if isinstance(line, Line) else Line(line) for line in told.lines)
        keys: list[Json] = [
            [{"text": words.plain(label), "callback_data": f"{PUSHED}:0:{way}"}]
            for way, label in told.buttons
        ]
        keys += [] if person.careful else rows_to_hear(self.booth, words)
        (text,) = bodies(lines, words)[:1]
        markup: Json = {"inline_keyboard": keys} if keys else None
        params = message(chat_id, text, markup, silent=person.careful)
        return Outgoing(
            "sendMessage",
            params,
            Lane.NOTICE,
            Policy.AGAIN,
            person_id=person.id,
            wash_at=now + self.washed if person.careful else None,
        )

    def _told(self, unit: Unit, one: Notice, now: datetime) -> Told | None:
        """What it says, still without a language."""
        kept, vault, notice = unit.reading(), unit.vault, str(one.id)
        if one.subject is Subject.OFFER:
            offered = find_offer(kept, one.subject_id, one.person_id, now)
            return None if offered is None else of_offer(offered)
        if one.subject is Subject.DATE:
            found = find_day(kept, vault, one.subject_id, one.person_id)
            return None if found is None else of_date(*found, today(now), notice)
        meeting = find_meeting(kept, vault, one)
        return None if meeting is None else of_meeting(meeting, notice, one.step)
