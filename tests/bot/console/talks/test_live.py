"""A page that is open hears at once that something changed, who else is there, and nothing more."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from aiohttp import ClientResponse

from bot.console.talks import live
from bot.console.talks.presence import WRITING_SECONDS, Presence, There
from bot.relay.news import News
from flows.handoff_model import LineKind
from storage.handoffs import Content
from tests.bot.console.house import Browser
from tests.bot.console.talks.house import Bureau

PATIENCE = 20.0
HELLO = Content(LineKind.TEXT, "Buongiorno")


async def heard(line: ClientResponse) -> str:
    """The next thing that is said on a line, without its pings; empty at its end."""
    async with asyncio.timeout(PATIENCE):
        while piece := await line.content.readuntil(b"\n\n"):
            if b"event:" in piece:
                return piece.decode().split("event: ")[1].split("\n")[0]
    return ""


@asynccontextmanager
async def listening(browser: Browser, path: str = "/talks/live") -> AsyncIterator[ClientResponse]:
    """A line that is open, after the first word on it, which is always said."""
    line = await browser._session.get(browser.address + path)
    try:
        assert line.status == 200
        assert await heard(line) == "changed"
        yield line
    finally:
        line.close()


async def test_the_list_hears_of_whatever_happens(bureau: Bureau) -> None:
    """A person asks, writes, is answered, and a colleague takes it: each is said, once."""
    browser = await bureau.at(bureau.anna)
    async with listening(browser) as line:
        talk = bureau.asks()
        found = [await heard(line)]
        bureau.says(talk, "ciao")
        found.append(await heard(line))
        await bureau.handoffs.claim(bureau.bruno.operator, talk.id)
        found.append(await heard(line))
        await bureau.handoffs.say(bureau.bruno.operator, talk.id, HELLO)
        found.append(await heard(line))
    assert found == ["changed"] * 4


async def test_one_conversation_hears_of_itself(bureau: Bureau) -> None:
    """That somebody opens it or writes in it is news to its page, as are the person's words."""
    talk = bureau.asks()
    browser = await bureau.at(bureau.anna)
    async with listening(browser, f"/talks/live?talk={talk.id}") as line:
        found = [await heard(line)]  # that Anna herself has it open
        moment = bureau.clock.monotonic()
        bureau.talks.presence.writes(talk.id, bureau.bruno.operator.id, moment)
        found.append(await heard(line))
        bureau.says(talk, "per te")
        found.append(await heard(line))
    assert found == ["changed"] * 3


async def test_what_happens_in_another_is_no_news(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of one conversation is not told of others; it is where nobody knows which."""
    monkeypatch.setattr(live, "LOOK_SECONDS", 0.01)
    news = News()
    found = []
    async with news.listen() as ear:
        for told in (8, 7):
            news.tell(told)
            found.append(await live._is_news([ear], 7))
        news.tell(*range(100, 2_000))
        found.append(await live._is_news([ear], 7))
        news.tell(8)
        found.append(await live._is_news([ear], None))
        found.append(await live._is_news([ear], None))
    assert found == [False, True, True, True, False]


async def test_nothing_of_what_changed_is_on_the_line(bureau: Bureau) -> None:
    """All that is ever said on it is that something changed."""
    browser = await bureau.at(bureau.anna)
    async with listening(browser) as line:
        talk = bureau.asks(words="segreto")
        async with asyncio.timeout(PATIENCE):
            said = await line.content.readuntil(b"\n\n")
        assert said == b"event: changed\ndata: 1\n\n"
        assert str(talk.id).encode() not in said


async def test_a_line_ends_with_its_session(bureau: Bureau) -> None:
    """Whoever is signed out elsewhere hears nothing more: the page goes to the door by itself."""
    browser = await bureau.at(bureau.anna)
    async with listening(browser) as line:
        bureau.room.sessions.end_all(bureau.anna.operator.id)
        bureau.asks()
        found = [await heard(line), await heard(line)]
        assert found[-1] == "over" or found[0] == "over"


@pytest.mark.parametrize("path", ["/talks/now", "/talks/{id}/now"])
async def test_a_page_that_looks_by_itself_keeps_nobody_in(bureau: Bureau, path: str) -> None:
    """After half an hour without a hand on it the session ends, live or not."""
    talk = bureau.asks()
    browser = await bureau.at(bureau.anna)
    async with listening(browser):
        bureau.clock.go(timedelta(minutes=20))
        first = await browser.get(path.format(id=talk.id))
        bureau.clock.go(timedelta(minutes=11))
        second = await browser.get(path.format(id=talk.id))
    assert (first.status, second.status) == (200, 303)


async def test_whose_page_is_open_is_seen_until_it_is_left(bureau: Bureau) -> None:
    """A colleague is there for as long as the line is open."""
    talk, presence = bureau.asks(), bureau.talks.presence
    browser = await bureau.at(bureau.anna)
    me = bureau.bruno.operator.id
    async with listening(browser, f"/talks/live?talk={talk.id}"):
        there = presence.others(talk.id, me, 0.0)
    async with asyncio.timeout(PATIENCE):
        while presence.others(talk.id, me, 0.0):
            await asyncio.sleep(0.05)
    assert there == (There(bureau.anna.operator.id, is_writing=False),)


async def test_a_line_is_given_only_for_what_is_ones_own(bureau: Bureau) -> None:
    """Another office's conversation, and what is none, has no line."""
    talk = bureau.asks()
    browser = await bureau.at(bureau.carla)
    found = []
    for written in (str(talk.id), "1", "0", "-1", "x", "9" * 30, "²"):
        found.append((await browser.get(f"/talks/live?talk={written}")).status)
    assert set(found) == {404}


async def test_the_house_closes_although_lines_are_open(bureau: Bureau) -> None:
    """A line lets go at once when the console ends, instead of holding it up."""
    browser = await bureau.at(bureau.anna)
    async with listening(browser) as line:
        bureau.room.closing.set()
        async with asyncio.timeout(PATIENCE):
            rest = await line.content.read()
    assert b"over" not in rest


def test_who_writes_comes_first_and_not_for_long() -> None:
    """A few seconds after the last word nobody writes any more; oneself is never named."""
    presence = Presence()
    with presence.looking(7, 1), presence.looking(7, 2), presence.looking(8, 3):
        presence.writes(7, 2, 100.0)
        assert presence.others(7, 9, 100.0) == (There(2, True), There(1, False))
        assert presence.others(7, 2, 100.0) == (There(1, False),)
        presence.sweep(100.0 + WRITING_SECONDS)
        assert presence.others(7, 9, 100.0) == (There(1, False), There(2, False))
    assert presence.others(7, 9, 100.0) == ()
