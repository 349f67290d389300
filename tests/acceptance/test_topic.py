"""Two operators and somebody who asked, over the local Telegram: their group, her phone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.group import answers, door
from bot.local.state import Message
from bot.local.transcript import words
from bot.relay import mirror_look
from bot.telegram.incoming import PROMPT
from flows.ready import READY
from storage.accounts import make_link
from storage.database import Database
from storage.desks import Desk, save_desk
from storage.operators import find_by_name
from tests.acceptance.bureau import opens_office
from tests.acceptance.operators import found, tick, word
from tests.acceptance.teller import Teller
from tests.acceptance.town import Person, Town, open_town
from tests.bot.console.house import Reader as Colleague

Capsys = pytest.CaptureFixture[str]
BEHIND = "SELECT count(*) FROM handoff WHERE behind_since IS NOT NULL"
HOURS = "mon-fri 09:00-12:30 14:00-18:00"


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """The group is spoken to in Italian; here in the words of the source, which stay the same."""
    monkeypatch.setattr(door, "LANGUAGE", "en")
    monkeypatch.setattr(mirror_look, "LANGUAGE", "en")


@dataclass
class Scene:
    """Amina at her phone, Anna and Bruno in their group, the topic of her conversation."""

    town: Town
    amina: Person
    anna: Person
    bruno: Person
    thread: int
    colleagues: tuple[Colleague, ...]

    def topic(self) -> list[Message]:
        """The messages of the topic."""
        return [one for one in self.anna.messages if one.thread_id == self.thread]

    def shown(self, what: str) -> Message:
        """The last message of the topic with these words."""
        found = [one for one in self.topic() if what in words(one.body) and not one.service]
        assert found, [words(one.body) for one in self.topic()]
        return found[-1]

    async def waits_for(self, what: str) -> Message:
        """Wait until the topic shows something."""
        await self.town.until(
            lambda: any(what in words(one.body) for one in self.topic() if not one.service)
        )
        await self.town.settles()
        return self.shown(what)

    async def writes(self, text: str, by: Person | None = None, **more: object) -> int:
        """An operator writes in the topic."""
        sent = await (by or self.anna).sends(text, thread=self.thread, **more)
        return int(sent["message_id"])

    def read(self) -> list[str]:
        """What Amina's chat shows."""
        return self.amina.said


def links(town: Town, name: str) -> str:
    """What an operator writes in the group to be known there."""
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


@pytest.fixture
async def scene(tmp_path: Path, capsys: Capsys) -> AsyncIterator[Scene]:
    """A house with a group of two operators, and somebody who has just asked for a person."""
    async with open_scene(tmp_path / "data", capsys) as made:
        yield made


@asynccontextmanager
async def open_scene(data: Path, capsys: Capsys, **settings: Any) -> AsyncIterator[Scene]:
    """The same, with settings of its own."""
    async with open_town(data, **settings) as town:
        bureau = await opens_office(town, "PUA Desio")
        office = bureau.office.key
        database = Database.open(town.settings.database_url, data=town.data)
        day = town.clock.now().date()
        with database.writing() as connection:
            save_desk(
                connection,
                Desk("desio", "PUA Desio", "Desio", True, day, office, HOURS, talks=True),
            )
            connection.commit()
        database.close()
        await town.antenna.scheduler.do("offices")
        anna, bruno = await town.newcomer("Anna"), await town.newcomer("Bruno")
        line = word(town, capsys).splitlines()[0]
        anna = await found(town, anna, members=[bruno.phone.person_id])
        bruno = Person(town, bruno.phone.within(anna.chat_id))
        await anna.sends(line)
        await tick(town)
        await anna.sends(links(town, "Anna"))
        await bruno.sends(links(town, "Bruno"))
        amina = await town.resident("Amina")
        await Teller(amina).chooses("talk", "pay", "yes")
        chat = town.telegram.state.chats[anna.chat_id]
        await town.until(lambda: bool(chat.topics))
        made = Scene(town, amina, anna, bruno, next(iter(chat.topics)), bureau.colleagues)
        await made.waits_for("/r")
        yield made
        # What the topic shows last is under way: of a closed topic Telegram tells the bot, too.
        await town.until(lambda: town.query(BEHIND) == [(0,)])
        await town.settles()


async def test_she_asks_and_they_answer(scene: Scene) -> None:
    """Her words stand in a topic; an answer to them reaches her from the desk, with an undo."""
    await scene.amina.sends("They have not paid me since June")
    hers = await scene.waits_for("since June")
    await scene.writes("We look at it together.", reply_to=hers.id)
    assert ["We look at it together." in one for one in scene.read()].count(True) == 1
    assert "PUA Desio" in next(one for one in scene.read() if "together" in one)
    assert [name in one for one in scene.read() for name in ("Anna", "Bruno")].count(True) == 0
    ack = await scene.waits_for("✉️ ")
    assert _undo(ack).isdecimal()


async def test_a_note_stays_among_colleagues(scene: Scene) -> None:
    """Plain words, an answer to a colleague and one to the card reach nobody."""
    before = scene.read()
    said = await scene.writes("She sounds afraid")
    await scene.writes("Yes", scene.bruno, reply_to=said)
    card = next(one for one in scene.topic() if one.mine and not one.service)
    await scene.writes("I call the union", reply_to=card.id)
    assert scene.read() == before
    assert scene.shown(answers.KEPT_AS_NOTE.source[:30]).mine


async def test_the_button_asks_for_words(scene: Scene) -> None:
    """✉️ asks whoever tapped; the answer to that reaches her."""
    card = next(one for one in scene.topic() if one.mine and "reply_markup" in one.body)
    await scene.anna.taps("✉️ Answer", message_id=card.id)
    asked = scene.shown(PROMPT)
    assert "Anna" in words(asked.body)
    await scene.writes("Good morning", reply_to=asked.id)
    assert ["Good morning" in one for one in scene.read()].count(True) == 1


async def test_two_do_not_answer_unaware(scene: Scene) -> None:
    """While Anna has it Bruno is told so; with a reason he takes over, and answers."""
    await scene.writes("/prendi")
    await scene.writes("/r I am Bruno's answer", scene.bruno)
    assert ["Bruno's answer" in one for one in scene.read()].count(True) == 0
    assert "Anna" in words(scene.topic()[-1].body)
    await scene.writes("/subentra Anna is on leave", scene.bruno)
    await scene.writes("/r I am Bruno's answer", scene.bruno)
    assert ["Bruno's answer" in one for one in scene.read()].count(True) == 1


async def test_what_was_sent_can_be_taken_back_and_changed(scene: Scene) -> None:
    """Undo deletes it from her chat; an edit changes it there."""
    await scene.writes("/r A mistake")
    ack = await scene.waits_for("✉️ ")
    await scene.anna.taps(data=f"h:undo:{_undo(ack)}", message_id=ack.id)
    assert ["A mistake" in one for one in scene.read()].count(True) == 0
    said = await scene.writes("/r Come at ten")
    await scene.anna.phone.edit(said, "/r Come at eleven")
    await scene.town.settles()
    now = [one for one in scene.read() if "Come at" in one]
    assert ["eleven" in one for one in now] == [True]


def _undo(ack: Message) -> str:
    rows = ack.body["reply_markup"]["inline_keyboard"]
    return str(rows[0][0]["callback_data"]).removeprefix("h:undo:")


async def test_a_ready_answer_is_looked_at_and_sent(scene: Scene) -> None:
    """Two taps further it stands in her chat, in her language."""
    await scene.writes("/pronte")
    listed = scene.shown(answers.READY_TITLE.source)
    key = READY[0].key
    await scene.anna.taps(data=f"h:ready:{key}", message_id=listed.id)
    await scene.anna.taps(data=f"h:say:{key}", message_id=listed.id)
    assert [READY[0].text.source in one for one in scene.read()].count(True) == 1
    assert "Anna" in words(scene.shown(READY[0].text.source).body)


async def test_an_appointment_stands_in_her_chat(scene: Scene) -> None:
    """Day and hour in words, and where."""
    await scene.writes("/appuntamento 3/12 10:30 Via Roma 1")
    told = [one for one in scene.read() if "Via Roma 1" in one]
    assert ["Thursday 3 December, 10:30" in one for one in told] == [True]


async def test_what_she_answers_to_it_stands_in_the_topic(scene: Scene) -> None:
    """In her calendar she says that she is late; the topic shows it, and so does General, with two
    words for her name."""
    await scene.writes("/appuntamento domani 23:50 Via Roma 1")
    teller = Teller(scene.amina)
    await scene.amina.sends("/calendar")
    await teller.chooses(teller.options[0], "late", "20")
    told = words((await scene.waits_for("minutes late")).body)
    assert ("20 minutes late" in told, "23:50" in told) == (True, True)
    await tick(scene.town)
    general = [words(one.body) for one in scene.anna.messages if one.thread_id != scene.thread]
    assert [one.count("20 minutes late") for one in general if "late" in one] == [1]


async def test_strangers_and_general_reach_nobody(scene: Scene) -> None:
    """Somebody who is not linked, the group itself, and words in General."""
    rosa = await scene.town.newcomer("Rosa")
    rosa = Person(scene.town, rosa.phone.within(scene.anna.chat_id))
    scene.town.telegram.state.chats[scene.anna.chat_id].members[rosa.phone.person_id] = "member"
    before = scene.read()
    await scene.writes("/r I am nobody", rosa)
    await scene.anna.sends("/r from General")
    await scene.writes("/r as the group", anonymous=True)
    assert scene.read() == before
    told = [words(one.body) for one in scene.anna.messages if one.mine]
    for line in (answers.WHO_ARE_YOU, answers.GENERAL, answers.AS_YOURSELF):
        assert told.count(line.source) == 1


async def test_nobody_is_told_who_she_is(scene: Scene) -> None:
    """No call to the group holds her number, her name, her user name."""
    await scene.amina.sends("Help me")
    await scene.waits_for("Help me")
    calls = [
        repr(call.params)
        for call in scene.town.judge.calls
        if call.params.get("chat_id") == scene.anna.chat_id
    ]
    assert len(calls) > 5
    person = scene.amina.phone.person_id
    assert [one for one in calls if str(person) in one or "Amina" in one] == []


async def test_it_is_closed_and_she_is_asked_how_it_was(scene: Scene) -> None:
    """`/chiudi` asks why; she is told, and nothing more is sent before it is open again."""
    await scene.writes("/chiudi")
    asked = scene.shown(answers.WHY_CLOSE.source)
    await scene.anna.taps("✅ Answered", message_id=asked.id)
    assert ["close this conversation" in one for one in scene.read()].count(True) == 1
    await scene.writes("/r One more thing")
    assert ["One more" in one for one in scene.read()].count(True) == 0
