"""Brings the voice somebody asked for: a recording where there is one, else the machine's.

It is on its way only in memory: after a crash a tap brings it anew. It leaves the chat with the
page it reads, and what a page has that is a person's own is in no file and in no table.
"""

from __future__ import annotations

import asyncio
import base64
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.delivery.sending import Fate, Sent, Why
from bot.drafts import WASHED, find_talk, keep_talk
from bot.means import Means
from bot.voices.booth import mark_of
from bot.voices.machine import Machine, MachineError, Sound
from bot.voices.utterance import Segment, Spelling
from bot.voices.wish import Wish
from bot.world import Furniture
from flows.directory import Flows
from flows.text import Text, _
from storage.outbox import Lane, Outgoing, Row
from storage.unit import Unit
from storage.voices.files import drop_file, find_file, keep_file
from storage.voices.hearing import count_heard, spoken_of
from storage.voices.recordings import find_playable, sound_of

HANDS = 2
MOST_WAITING = 24
MACHINE = _("🤖 A machine is reading.")
PERSON = _("👤 A person is reading.")
FAILED = _("🔇 The voice does not work now. Please try again later.")


@dataclass(frozen=True, slots=True)
class Voice:
    """What is to be sent: what Telegram knows it by, or the sound, and what stands under it.

    `name` is what it is remembered by; nothing, where nothing of it may be.
    """

    label: Text
    file_id: str = field(default="", repr=False)
    sound: Sound | None = field(default=None, repr=False)
    seconds: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    """What the database knows: a recording, or the file of what the machine made before; where the
    person is, and whether they are there at all."""

    voice: Voice | None
    page: tuple[str, str] | None
    there: bool = True


class Speaker:
    """Takes wishes. One person is brought one voice at a time."""

    def __init__(
        self,
        means: Means,
        furniture: Furniture,
        flows: Flows,
        spelling: Spelling,
        machine: Machine | None,
        bot: int,
    ) -> None:
        self._means = means
        self._furniture = furniture
        self._flows = flows
        self._spelling = spelling
        self._machine = machine
        self._bot = bot
        self._hands = asyncio.Semaphore(HANDS)
        self._under_way: dict[int, asyncio.Task[None]] = {}

    def speak(self, wish: Wish | None) -> None:
        """Begin; a tap more while it is on its way begins nothing more."""
        if wish is None or wish.person_id in self._under_way:
            return
        task = asyncio.ensure_future(self._try(wish))
        self._under_way[wish.person_id] = task
        task.add_done_callback(lambda _task: self._under_way.pop(wish.person_id, None))

    async def close(self) -> None:
        """Begin nothing more, and let go of what is under way."""
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def settle(self) -> None:
        """Wait until every voice has been brought."""
        await asyncio.gather(*self._under_way.values(), return_exceptions=True)

    async def _try(self, wish: Wish) -> None:
        try:
            await self._speak(wish)
        except MachineError as error:
            self._means.watch.note("voice_failed", error=type(error).__name__)
            await self._apologise(wish)
        except Exception as error:
            self._means.watch.note("voice_failed", error=type(error).__name__)

    async def _speak(self, wish: Wish) -> None:
        if len(self._under_way) > MOST_WAITING:
            raise MachineError("too many are waiting")
        segments = self._segments(wish)
        found = await self._means.done(lambda unit: self._look(unit, wish, segments))
        if not found.there or (wish.passage is not None and found.page is None):
            return  # they have gone on, or are forgotten
        voice = found.voice
        if voice is None:
            voice = await self._read(wish, segments)
            after = await self._means.done(lambda unit: self._look(unit, wish, ()))
            if not after.there or (wish.passage is not None and after.page != found.page):
                return
        sent = await self._send(wish, voice)
        if sent.fate is Fate.REFUSED and voice.file_id and sent.why in (Why.NO_FILE, Why.OTHER):
            voice = await self._afresh(wish, voice, segments)
            sent = await self._send(wish, voice)
        await self._arrived(wish, found.page, sent, voice)

    # -- what is said

    def _segments(self, wish: Wish) -> tuple[Segment, ...]:
        languages = self._means.languages
        if wish.passage is None:
            return self._spelling.utterance([(wish.language, wish.words)])
        words = languages.words(wish.language)
        return self._spelling.utterance(
            (words.language_of(text), words.plain(text)) for text in wish.passage.whole
        )

    def _look(self, unit: Unit, wish: Wish, segments: tuple[Segment, ...]) -> _Found:
        """Where the person is, and what is there to be heard already."""
        person = unit.person_by_id(wish.person_id)
        if person is None:
            return _Found(None, None, there=False)
        page = find_talk(unit, person, self._flows, self._now()).conversation.page
        voice = (
            (self._recorded(unit, wish) or self._known(unit, wish, segments)) if segments else None
        )
        return _Found(voice, page)

    def _recorded(self, unit: Unit, wish: Wish) -> Voice | None:
        """Somebody's voice, in the language they listen to or in the one they read."""
        if wish.passage is None or not wish.passage.key:
            return None
        reading, core = unit.reading(), wish.passage.core
        for language in dict.fromkeys((spoken_of(reading, wish.person_id), wish.language)):
            read = self._spelling.speakers.text_of(language)
            mark = mark_of(self._means.languages, read, core)
            found = find_playable(reading, language, mark) if language else None
            if found is None:
                continue
            file_id = find_file(reading, found.name, self._bot) or ""
            content = b"" if file_id else sound_of(reading, found.id) or b""
            sound = Sound(content, found.seconds) if content else None
            return Voice(PERSON, file_id, sound, found.seconds, found.name)
        return None

    def _known(self, unit: Unit, wish: Wish, segments: tuple[Segment, ...]) -> Voice | None:
        if self._machine is None or not _is_kept(wish):
            return None
        name = self._machine.name(segments)
        file_id = find_file(unit.reading(), name, self._bot)
        return Voice(MACHINE, file_id, name=name) if file_id else None

    async def _read(self, wish: Wish, segments: tuple[Segment, ...]) -> Voice:
        """Let the machine read."""
        machine = self._machine
        if machine is None or wish.language not in machine.speakers.machine:
            raise MachineError("no machine reads here")
        kept = _is_kept(wish)
        async with self._hands:
            sound = await asyncio.to_thread(machine.kept if kept else machine.read, segments)
        name = machine.name(segments) if kept else ""
        return Voice(MACHINE, sound=sound, seconds=sound.seconds, name=name)

    async def _afresh(self, wish: Wish, voice: Voice, segments: tuple[Segment, ...]) -> Voice:
        """Telegram does not know the file any more: send it up once more."""

        def job(unit: Unit) -> Voice | None:
            drop_file(unit.direct(), voice.name)
            return self._recorded(unit, wish)

        return await self._means.done(job) or await self._read(wish, segments)

    # -- on its way

    async def _send(self, wish: Wish, voice: Voice) -> Sent:
        words = self._means.languages.words(wish.language)
        file: object = voice.file_id
        if voice.sound is not None:
            packed = base64.b64encode(voice.sound.content).decode()
            file = {"upload": {"name": "voice.ogg", "base64": packed, "type": "audio/ogg"}}
        params: dict[str, object] = {
            "chat_id": wish.chat_id,
            "voice": file,
            "caption": words.plain(voice.label),
            "disable_notification": True,
        }
        if voice.seconds:
            params["duration"] = voice.seconds
        wash_at = self._wash_at(wish)
        outgoing = Outgoing(
            "sendVoice", params, Lane.REPLY, person_id=wish.person_id, wash_at=wash_at
        )
        return await self._means.delivery.send(outgoing)

    def _wash_at(self, wish: Wish) -> datetime | None:
        settings = self._means.settings
        if wish.careful:
            return self._now() + timedelta(minutes=settings.wash_minutes)
        return self._now() + WASHED if wish.secret else None

    async def _arrived(
        self, wish: Wish, page: tuple[str, str] | None, sent: Sent, voice: Voice | None = None
    ) -> None:
        """Remember which message reads the page; one that is not on the screen any more goes."""
        if sent.fate is not Fate.SENT or not sent.message_ids:
            return

        def job(unit: Unit) -> list[Row]:
            there = self._note(unit, wish, page, sent.message_ids[0])
            if voice is not None and there:
                self._count(unit, wish, voice, sent)
            return list(unit.sent)

        self._means.delivery.hand_over(await self._means.done(job))

    def _note(self, unit: Unit, wish: Wish, page: tuple[str, str] | None, message_id: int) -> bool:
        """Remember it beside its page; False where whoever asked was forgotten: it goes again."""
        person = unit.person_by_id(wish.person_id)
        if person is None:
            params = {"chat_id": wish.chat_id, "message_id": message_id}
            unit.send(Outgoing("deleteMessage", params, Lane.CLEAN))
            return False
        now = self._now()
        talk = find_talk(unit, person, self._flows, now)
        gone = message_id
        if talk.conversation.page == page:
            gone = talk.conversation.voice or 0
            after = replace(talk.conversation, voice=message_id)
            keep_talk(unit, person, talk, after, self._flows, self._furniture.house, now)
        if gone:
            self._take_away(unit, wish, gone)
        return True

    def _count(self, unit: Unit, wish: Wish, voice: Voice, sent: Sent) -> None:
        """Remember the file, and that somebody listened; of a secret page neither."""
        if wish.secret:
            return
        if voice.name and sent.file_id and not voice.file_id:
            keep_file(unit.direct(), voice.name, self._bot, sent.file_id)
        if wish.passage is not None and wish.passage.key:
            month = f"{self._now():%Y-%m}"
            count_heard(unit.direct(), wish.passage.key, wish.language, month)

    def _take_away(self, unit: Unit, wish: Wish, message_id: int) -> None:
        params = {"chat_id": wish.chat_id, "message_id": message_id}
        unit.send(Outgoing("deleteMessage", params, Lane.CLEAN, person_id=wish.person_id))
        unit.forget_messages(wish.person_id, [message_id])

    async def _apologise(self, wish: Wish) -> None:
        """Say that there is no voice now, as long as the page is there; the text is there too."""
        found = await self._means.done(lambda unit: self._look(unit, wish, ()))
        if not found.there:
            return
        words = self._means.languages.words(wish.language)
        params: dict[str, object] = {"chat_id": wish.chat_id, "text": words.plain(FAILED)}
        params["disable_notification"] = True
        wash_at = self._wash_at(wish)
        sorry = Outgoing(
            "sendMessage", params, Lane.REPLY, person_id=wish.person_id, wash_at=wash_at
        )
        await self._arrived(wish, found.page, await self._means.delivery.send(sorry))

    def _now(self) -> datetime:
        return self._means.clock.now()


def _is_kept(wish: Wish) -> bool:
    """Whether the machine's voice may be kept: words of the house, of no page that is secret."""
    return wish.passage is not None and bool(wish.passage.key) and not wish.secret
