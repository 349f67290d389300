"""The group and the console are two views of one conversation: what is done in one shows in the
other, and neither answers past it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from bot.local.transcript import words
from storage.database import Database
from storage.operators import Language, set_language
from tests.acceptance.bureau import Screen, signed_in
from tests.acceptance.test_evidence import file_of
from tests.acceptance.test_topic import Scene
from tests.acceptance.test_topic import in_english as in_english
from tests.acceptance.test_topic import scene as scene
from tests.bot.evidence.pictures import drawn, saved

TALK = re.compile(r'href="/talks/(\d+)#now"')
CARRIED = re.compile(r'name="(word|seen)" value="([^"]*)"')


@pytest.fixture(autouse=True)
def read_in_english(scene: Scene) -> None:
    """The console is read in the words of the source, which stay the same."""
    database = Database.open(scene.town.settings.database_url, data=scene.town.data)
    with database.writing() as connection:
        for one in scene.colleagues:
            set_language(connection, one.operator.id, Language.ENGLISH)
        connection.commit()
    database.close()


@dataclass
class Desk:
    """An operator at the console, with the one conversation there is."""

    screen: Screen
    talk: str

    async def shows(self) -> str:
        """The page as it is now."""
        return await self.screen.opens(f"/talks/{self.talk}")

    async def does(self, deed: str, **fields: str) -> str:
        """Send one of its forms; the page it leads to."""
        carried: dict[str, str] = {}
        for name, value in CARRIED.findall(await self.shows()):
            carried.setdefault(name, value)
        await self.screen.browser.post(f"/talks/{self.talk}/{deed}", **carried, **fields)
        await self.screen.town.settles()
        return self.screen.browser.text


async def desk_of(screen: Screen) -> Desk:
    """The desk of a screen, after a look at the list."""
    [talk] = set(TALK.findall(await screen.opens("/talks")))
    return Desk(screen, talk)


async def test_what_is_done_in_the_topic_shows_in_the_console(scene: Scene) -> None:
    """Her words, an answer and how far it came, a note, who has it: all of it is on the page."""
    await scene.amina.sends("They have not paid me since June")
    hers = await scene.waits_for("since June")
    await scene.writes("We look at it together.", reply_to=hers.id)
    await scene.writes("She sounds afraid", scene.bruno)
    async with signed_in(scene.town, scene.colleagues[1]) as screen:
        desk = await desk_of(screen)
        page = await desk.shows()
    for told in ("since June", "We look at it together.", "Anna to the person", "sent "):
        assert told in page
    assert "Note by Bruno: only colleagues see it" in page
    assert "Anna has it until" in page


async def test_what_is_done_in_the_console_shows_in_the_topic(scene: Scene) -> None:
    """An answer reaches her phone and stands in the topic with its fate; so do a note, a claim, a
    close, and the words of a colleague never pass for the person's."""
    async with signed_in(scene.town, scene.colleagues[1]) as screen:
        desk = await desk_of(screen)
        await desk.does("say", text="Good morning from the console")
        assert ["from the console" in one for one in scene.read()].count(True) == 1
        await scene.waits_for("from the console")
        await scene.waits_for("✉️ ")
        before = scene.read()
        await desk.does("notes", note="The union calls tomorrow")
        await scene.waits_for("The union calls tomorrow")
        assert scene.read() == before
        await desk.does("close", reason="answered")
        topic = scene.town.telegram.state.chats[scene.anna.chat_id].topics[scene.thread]
        await scene.town.until(lambda: topic.closed)
        assert "It is closed: Answered." in await desk.shows()


async def test_nobody_answers_past_the_other_place(scene: Scene) -> None:
    """Claimed in the group it is refused in the console; taken over there, refused in the group."""
    await scene.writes("/prendi")
    async with signed_in(scene.town, scene.colleagues[1]) as screen:
        desk = await desk_of(screen)
        refused = await desk.does("say", text="I did not see it")
        assert ("Anna has it until" in refused, "I did not see it</textarea>" in refused) == (
            True,
            True,
        )
        await desk.does("over", why="Anna is on leave")
        await scene.waits_for("Anna is on leave")
        await scene.writes("/r I am Anna's answer")
        await desk.does("say", text="I am Bruno's answer")
    told = scene.read()
    assert ["I did not see it" in one for one in told].count(True) == 0
    assert ["Anna's answer" in one for one in told].count(True) == 0
    assert ["Bruno's answer" in one for one in told].count(True) == 1


async def test_her_photo_is_looked_at_in_the_console(scene: Scene) -> None:
    """It comes from Telegram through the server, as a picture, and no id of hers comes with it."""
    await scene.amina.sends(photo=file_of(saved(drawn(), "JPEG")), caption="my payslip")
    await scene.waits_for("my payslip")
    async with signed_in(scene.town, scene.colleagues[0]) as screen:
        desk = await desk_of(screen)
        page = await desk.shows()
        [address] = set(re.findall(r'data-photo="([^"]+)"', page))
        answer = await screen.browser._session.get(screen.browser.address + address)
        assert (answer.status, answer.headers["Content-Type"]) == (200, "image/jpeg")
    hidden = (str(scene.amina.phone.person_id), str(scene.amina.chat_id), "Amina")
    assert [one for one in hidden if any(one in got for got in screen.received)] == []
    assert [one for one in scene.topic() if "Amina" in words(one.body)] == []
