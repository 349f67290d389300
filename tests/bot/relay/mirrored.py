"""A house whose conversations are mirrored into a group of the local Telegram.

async with mirrored(tmp_path) as here:
    group = await here.binds()
    talk = await here.asks("Is anybody there?")
    await here.shown()
    assert here.topic(talk) == …
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from bot.app import LOCALES
from bot.clock import Clock
from bot.content import load_library
from bot.delivery import Delivery, StorageLedger
from bot.group.room import Moves
from bot.languages import Languages
from bot.local.state import Chat, Message
from bot.means import Means
from bot.pace import Limits, Pace
from bot.relay.mirror import Mirror
from bot.relay.mirror_alarm import MirrorAlarm
from bot.relay.news import News
from bot.settings import Settings
from bot.telegram.client import TelegramClient, Wire
from flows.handoff_model import Asked, Event, LineKind, LineState, Need
from storage import group as groups
from storage.desks import Desk, save_desk
from storage.handoffs import Content, Handoff, Line, finding, lines, notes
from storage.handoffs.asking import ask
from storage.handoffs.view import oldest_behind
from storage.offices import add_office
from storage.operators import Role, add_operator
from storage.outbox import Outgoing, Policy
from storage.unit import Unit
from storage.writer import Writer
from tests.bot.delivery.running import FREE, SWIFT
from tests.bot.group.house import Ears
from tests.ready import ready_database
from tests.telegram import LocalTelegram, Phone, local_telegram

R = TypeVar("R")
LANGUAGES = Languages.load(LOCALES)
LIBRARY = load_library(LOCALES / "content")
TODAY = date(2026, 11, 23)
NOON = "2026-11-23T11:00+00:00"
PATIENCE_SECONDS = 20.0
DESIO = Desk("desk-desio", "PUA Desio", "Desio", True, TODAY, talks=True)
CARATE = Desk("desk-carate", "PUA Carate", "Carate", True, TODAY, talks=True)


class SetClock(Clock):
    """A clock that goes on by itself from where it was set, and can be put ahead."""

    def __init__(self, moment: str) -> None:
        self._begin = datetime.fromisoformat(moment)
        self._began = super().monotonic()
        self._ahead = 0.0

    def monotonic(self) -> float:
        return super().monotonic() + self._ahead

    def now(self) -> datetime:
        return self._begin + timedelta(seconds=self.monotonic() - self._began)

    def passes(self, seconds: float) -> None:
        """Let time pass."""
        self._ahead += seconds


@dataclass
class Mirrored:
    """Everything a test of the mirror needs."""

    telegram: LocalTelegram
    anna: Phone
    means: Means
    clock: SetClock
    news: News
    ears: Ears
    mirror: Mirror
    alarm: MirrorAlarm
    operator: int = 0
    group: groups.Group | None = None
    work: asyncio.Task[None] | None = field(default=None, repr=False)
    people: int = 0
    offices: dict[str, str] = field(default_factory=dict)

    async def done(self, job: Callable[[Unit], R]) -> R:
        """Do something in a transaction."""
        return await self.means.done(job)

    # -- the house

    async def furnish(self) -> None:
        """Two offices with a desk each, and Anna, who works in one of them."""

        def job(unit: Unit) -> int:
            connection = unit.direct()
            for desk in (DESIO, CARATE):
                office = add_office(connection, desk.name, TODAY, duty=False)
                self.offices[desk.territory] = office.key
                save_desk(connection, replace(desk, office=office.key))
            work = self.offices[DESIO.territory]
            return add_operator(connection, "Anna", work, Role.OPERATOR, TODAY).id

        self.operator = await self.done(job)

    async def binds(self, title: str = "Sportelli", **more: Any) -> groups.Group:
        """Found a group in Telegram and bind it; the first one is `group`."""
        office = self.offices[more.pop("office")] if "office" in more else ""
        bond = groups.Bond(office, more.pop("territory", ""))
        chat = await self.telegram.group(title, self.anna, **more)
        now, vault = self.clock.now(), self.means.vault

        def job(unit: Unit) -> groups.Group:
            made = groups.add_group(unit.direct(), vault, chat, now, bond)
            known = replace(made, status="administrator", may_topics=True, is_forum=True)
            known = replace(known, may_delete=True, checked=True)
            groups.keep_group(unit.direct(), vault, known)
            return known

        made = await self.done(job)
        self.group = self.group or made
        self.news.tell(0)
        return made

    def start(self) -> None:
        """Let the mirror work."""
        self.work = asyncio.create_task(self.mirror.run())

    async def stop(self) -> None:
        """Let it work no more."""
        if self.work is not None:
            self.work.cancel()
            await asyncio.wait({self.work})
            self.work = None

    # -- what people and operators do

    async def asks(self, words: str = "", desk: str = DESIO.key, **more: Any) -> Handoff:
        """Somebody new asks to talk."""
        self.people += 1
        chat, now = 700_100_000 + self.people, self.clock.now()
        asked = Asked(**({"need": Need.PAY, "desk": desk, "words": words} | more))

        def job(unit: Unit) -> Handoff:
            person = unit.create_person(chat, "ar", TODAY)
            made = ask(unit.direct(), self.means.vault, person, asked, now)
            assert made is not None
            return made

        return await self._told(job)

    async def _told(self, job: Callable[[Unit], Handoff]) -> Handoff:
        made = await self.done(job)
        self.news.tell(made.id)
        return made

    async def hears(self, talk: Handoff, *said: str | Content, **more: Any) -> list[Line]:
        """The person says something."""
        now, vault = self.clock.now(), self.means.vault
        contents = [Content(LineKind.TEXT, one) if isinstance(one, str) else one for one in said]

        def job(unit: Unit) -> list[Line]:
            given = {"source": None, **more}
            return [
                lines.hear(unit.direct(), vault, talk, content, now, **given)
                for content in contents
            ]

        heard = await self.done(job)
        self.news.tell(talk.id)
        return heard

    async def says(self, talk: Handoff, words: str, **more: Any) -> Line:
        """An operator says something; nothing brings it to the person, see `goes`."""
        now, vault = self.clock.now(), self.means.vault
        content = more.pop("content", Content(LineKind.TEXT, words))
        line = await self.done(
            lambda unit: lines.say(unit.direct(), vault, talk, self.operator, content, now, **more)
        )
        self.news.tell(talk.id)
        return line

    async def goes(self, talk: Handoff, line: Line, state: LineState = LineState.SENT) -> None:
        """This becomes of an operator's words."""
        now = self.clock.now()
        delivered = 77 if state is LineState.SENT else None
        await self.done(lambda unit: lines.set_state(unit.direct(), line.id, state, now, delivered))
        self.news.tell(talk.id)

    async def sends(self, talk: Handoff, line: Line, chat_id: int) -> None:
        """An operator's words leave through the outbox, as they do."""
        params = {"chat_id": chat_id, "text": line.text}
        row = Outgoing(
            "sendMessage", params, policy=Policy.ONCE, person_id=talk.person_id, line=line.id
        )

        def job(unit: Unit) -> list[Any]:
            unit.send(row)
            return unit.sent

        self.means.delivery.hand_over(await self.done(job))

    async def notes(self, talk: Handoff, event: Event, words: str = "", **more: Any) -> None:
        """A colleague notes something, or something happens."""
        now, vault = self.clock.now(), self.means.vault
        more.setdefault("operator_id", self.operator)
        await self.done(
            lambda unit: notes.note(unit.direct(), vault, talk.id, event, words, now, **more)
        )
        self.news.tell(talk.id)

    async def do(self, talk: Handoff, job: Callable[[Unit], object]) -> None:
        """Something else happens to a conversation."""
        await self.done(job)
        self.news.tell(talk.id)

    # -- what is to be seen

    async def talk(self, talk: Handoff) -> Handoff:
        """A conversation as it stands."""
        found = await self.done(lambda unit: finding.find(unit.direct(), talk.id))
        assert found is not None
        return found

    async def lines(self, talk: Handoff) -> list[Line]:
        """Its lines as they stand."""
        vault = self.means.vault
        return await self.done(lambda unit: lines.find_lines(unit.direct(), vault, talk.id))

    async def until(self, predicate: Callable[[], Any]) -> Any:
        """Wait until something is so."""
        return await self.telegram.wait_until(predicate, PATIENCE_SECONDS)

    async def shown(self) -> None:
        """Wait until no topic lacks anything."""

        async def is_shown() -> bool:
            return await self.done(lambda unit: oldest_behind(unit.direct())) is None

        try:
            await self.telegram.wait_until(is_shown, PATIENCE_SECONDS)
        except TimeoutError:
            told = [(call.method, call.description) for call in self.telegram.state.calls][-12:]
            raise AssertionError(f"never shown: {self.ears.events[-20:]} {told}") from None

    def chat(self, group: groups.Group | None = None) -> Chat:
        """The group in Telegram."""
        wanted = group or self.group
        assert wanted is not None
        return self.telegram.state.chats[wanted.chat]

    async def messages(self, talk: Handoff) -> list[Message]:
        """The bot's messages in the topic of a conversation, but for the summary."""
        found = await self.talk(talk)
        chat = next(
            self.telegram.state.chats[one.chat]
            for one in await self.done(
                lambda unit: groups.all_groups(unit.direct(), self.means.vault)
            )
            if one.id == found.group_id
        )
        return [
            one
            for one in chat.messages.values()
            if one.thread_id == found.topic and not one.service and one.id != found.card
        ]

    async def topic(self, talk: Handoff) -> list[str]:
        """What stands in the topic, but for the summary."""
        return [body_of(one) for one in await self.messages(talk)]

    async def card(self, talk: Handoff) -> str:
        """The summary."""
        found = await self.talk(talk)
        assert found.card is not None
        return str(self.chat().messages[found.card].body["text"])

    def methods(self) -> list[str]:
        """What was called in a group, and worked."""
        return [
            call.method
            for call in self.telegram.state.calls
            if call.error_code is None and int(call.params.get("chat_id") or 0) < 0
        ]


def body_of(message: Message) -> str:
    """The words of a message; a file is told by its kind."""
    body = message.body
    if "text" in body:
        return str(body["text"])
    if "venue" in body:
        return f"[venue] {body['venue']['title']} {body['venue']['address']}"
    kinds = ("photo", "voice", "animation", "document", "video", "audio", "video_note")
    kind = next(one for one in kinds if one in body)
    return f"[{kind}] {body.get('caption', '')}".strip()


@asynccontextmanager
async def mirrored(
    folder: Path, *, limits: Limits = FREE, at: str = NOON, started: bool = True
) -> AsyncIterator[Mirrored]:
    """A house that mirrors; no group is bound yet."""
    async with local_telegram() as telegram:
        anna = await telegram.phone("Anna", language="it")
        clock, ears, news = SetClock(at), Ears(), News()
        database = ready_database(folder)
        writer, wire = Writer(database), Wire()
        await wire.open()
        client = TelegramClient(wire, telegram.address, telegram.token)
        delivery = Delivery(
            client,
            StorageLedger(writer.submit, news.tell),
            Pace(limits),
            flow=SWIFT,
            clock=clock,
            watch=ears,
            moved=Moves(writer, database.vault).follow,
        )
        await delivery.start()
        settings = Settings(
            _env_file=None,  # type: ignore[call-arg]
            telegram_token=telegram.token,  # type: ignore[arg-type]
            data=folder,
        )
        vault = database.vault
        means = Means(client, writer, delivery, vault, LANGUAGES, clock, ears, settings)
        mirror = Mirror(means, news, limits, LIBRARY)
        here = Mirrored(telegram, anna, means, clock, news, ears, mirror, MirrorAlarm(means))
        await here.furnish()
        if started:
            here.start()
        try:
            yield here
        finally:
            await here.stop()
            await delivery.stop(5)
            await wire.close()
            writer.close()
            database.close()
