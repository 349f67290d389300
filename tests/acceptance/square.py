"""A whole desk at work: three people at their phones, Anna in the group, Bruno at the console."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.local.state import Message
from bot.local.transcript import words
from flows.text import Text
from storage.accounts import make_link
from storage.database import Database
from storage.desks import Desk, save_desk
from storage.operators import find_by_name
from tests.acceptance.bureau import Bureau, Screen, opens_office, signed_in
from tests.acceptance.operators import found, tick, word
from tests.acceptance.teller import Teller
from tests.acceptance.town import Person, Town, open_town

HOURS = "mon-fri 09:00-12:30 14:00-18:00"
BEHIND = "SELECT count(*) FROM handoff WHERE behind_since IS NOT NULL"
AT_A_DESK = timedelta(seconds=15)
CARRIED = re.compile(r'name="(word|seen)" value="([^"]*)"')
NUMBER = re.compile(r"\d{4} \d{4}")
Json = dict[str, Any]


@dataclass
class Talk:
    """One person who asked, and where her conversation stands."""

    person: Person
    teller: Teller
    thread: int = 0
    id: int = 0

    @property
    def path(self) -> str:
        """Its page at the console."""
        return f"/talks/{self.id}"

    @property
    def read(self) -> str:
        """All that her chat shows of the bot."""
        return "\n".join(self.person.said)

    def row(self, *options: str) -> Any:
        """Go through screens by their options."""
        return self.teller.chooses(*options)


@dataclass
class Square:
    """Everybody at once; every deed ends when the town is quiet and every topic shows all.

    What operators do takes them a moment of the town's time: a group is shown 20 messages a minute.
    """

    town: Town
    bureau: Bureau
    anna: Person
    bruno_in_group: Person
    bruno: Screen
    talks: dict[str, Talk] = field(default_factory=dict)

    async def rests(self) -> None:
        """Wait until each topic shows what there is."""
        await self.town.settles()
        await self.town.until(lambda: self.town.query(BEHIND) == [(0,)])
        await self.town.settles()

    # -- the group

    def topic(self, talk: Talk) -> list[Message]:
        """The messages of a topic."""
        return [m for m in self.anna.messages if m.thread_id == talk.thread and not m.service]

    def shown(self, talk: Talk, what: str) -> Message:
        """The last message of a topic with these words."""
        fitting = [one for one in self.topic(talk) if what in words(one.body)]
        assert fitting, (what, [words(one.body) for one in self.topic(talk)])
        return fitting[-1]

    async def writes(self, talk: Talk, text: str | None = None, **more: Any) -> int:
        """Anna writes in a topic, or sends something else."""
        self.town.clock.advance(AT_A_DESK)
        sent = await self.anna.sends(text, thread=talk.thread, **more)
        await self.rests()
        return int(sent["message_id"])

    async def taps(self, talk: Talk, data: str, on: str) -> None:
        """Anna taps a button of the message with these words."""
        message = self.shown(talk, on)
        rows = message.body["reply_markup"]["inline_keyboard"]
        given = [one["callback_data"] for row in rows for one in row]
        fitting = next(one for one in given if one == data or one.startswith(f"{data}:"))
        await self.anna.taps(data=fitting, message_id=message.id)
        await self.rests()

    # -- the console

    async def page(self, path: str) -> str:
        """Bruno opens a page."""
        return html.unescape(await self.bruno.opens(path))

    async def reads(self, path: str) -> str:
        """What Bruno reads on a page, without its marks."""
        return " ".join(re.sub(r"<[^>]+>", " ", await self.page(path)).split())

    async def posts(self, path: str, fields: Json | None = None, *, on: str = "") -> int:
        """Bruno opens a page and sends a form of it; the status it was answered with."""
        await self.page(on or path.rpartition("/")[0])
        self.town.clock.advance(AT_A_DESK)
        carried = dict(CARRIED.findall(self.bruno.browser.text))
        answer = await self.bruno.browser.post(path, **(carried | (fields or {})))
        self.where = answer.headers.get("Location", "").partition("?")[0]
        await self.rests()
        return int(answer.status)

    # -- the people

    async def asks(self, name: str, language: str, *options: str, careful: bool = False) -> None:
        """Somebody goes through the first minute and asks for a person."""
        user = {"last_name": f"{name}-surname", "username": f"{name.lower()}_account"}
        person = await self.town.newcomer(name, language=language, **user)
        talk = self.talks[name] = Talk(person, Teller(person))
        await person.sends("/start")
        await talk.row(language, "next", "next", "yes" if careful else "no", "talk", *options)

    def finds(self, name: str, language: str) -> Talk:
        """Her topic and her page, by the language both name."""
        talk, chat = self.talks[name], self.town.telegram.state.chats[self.anna.chat_id]
        talk.thread = next(id_ for id_, one in chat.topics.items() if language in one.name)
        designation = words(self.topic(talk)[0].body).splitlines()[0]
        asked = "SELECT id FROM handoff WHERE designation = ?"
        talk.id = self.town.query(asked, designation)[0][0]
        return talk

    def called(self, talk: Talk) -> str:
        """The two words that stand for somebody."""
        asked = "SELECT designation FROM handoff WHERE id = ?"
        return str(self.town.query(asked, talk.id)[0][0])

    def in_language(self, code: str, text: Text) -> str:
        """What stands on a phone in a language."""
        handoffs = self.town.antenna.handoffs
        assert handoffs is not None
        return handoffs.deeds.languages.words(code).plain(text)

    def told(self) -> list[str]:
        """Every payload that went to the group."""
        calls = self.town.judge.calls
        return [repr(one.params) for one in calls if one.params.get("chat_id") == self.anna.chat_id]


@asynccontextmanager
async def open_square(data: Path, capsys: object) -> AsyncIterator[Square]:
    """Run a town with a desk that talks, its group, and both operators at their places."""
    async with open_town(data, draft_languages=True) as town:
        bureau = await opens_office(town, "PUA Desio")
        _add_desk(town, bureau.office.key)
        await town.antenna.scheduler.do("offices")
        anna, bruno = await town.newcomer("Anna"), await town.newcomer("Bruno")
        line = word(town, capsys).splitlines()[0]
        anna = await found(town, anna, members=[bruno.phone.person_id])
        bruno = Person(town, bruno.phone.within(anna.chat_id))
        await anna.sends(line)
        await tick(town)
        await asyncio.gather(anna.sends(_link(town, "Anna")), bruno.sends(_link(town, "Bruno")))
        async with signed_in(town, bureau.colleagues[1]) as screen:
            yield Square(town, bureau, anna, bruno, screen)


def _add_desk(town: Town, office: str) -> None:
    database = Database.open(town.settings.database_url, data=town.data)
    day = town.clock.now().date()
    try:
        with database.writing() as connection:
            desk = Desk("desio", "PUA Desio", "Desio", True, day, office, HOURS, talks=True)
            save_desk(connection, desk)
            connection.commit()
    finally:
        database.close()


def _link(town: Town, name: str) -> str:
    database = Database.open(town.settings.database_url, data=town.data)
    try:
        with database.writing() as connection:
            operator = find_by_name(connection, name)
            assert operator is not None
            made = make_link(connection, operator.id, town.clock.now())
            connection.commit()
            return f"/io {made}"
    finally:
        database.close()
