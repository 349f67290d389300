"""Where the topics in Telegram do not show everything, the console says so."""

from __future__ import annotations

from datetime import timedelta

from flows.handoff_model import Trouble
from storage.group import add_group
from storage.handoffs import Handoff
from storage.handoffs.view import set_trouble
from tests.bot.console.talks.house import Bureau

LIST = "the group in Telegram does not show everything"
ONE = "its topic in Telegram does not show everything"


async def told(bureau: Bureau, talk: Handoff) -> tuple[bool, bool]:
    """Whether the list and the conversation say it."""
    browser = await bureau.at(bureau.anna)
    await browser.get("/talks")
    of_list = LIST in browser.text
    await browser.get(f"/talks/{talk.id}")
    return of_list, ONE in browser.text


async def test_it_is_said_after_two_minutes(bureau: Bureau) -> None:
    """What has just happened is on its way to the topic; what has not come there is told, with the
    reason where one is known."""
    now, vault = bureau.clock.now(), bureau.database.vault
    bureau.do(lambda c: add_group(c, vault, -100, now))
    talk = bureau.asks()
    found = [await told(bureau, talk)]
    bureau.clock.go(timedelta(minutes=3))
    found.append(await told(bureau, talk))
    assert found == [(False, False), (True, True)]
    bureau.do(lambda c: set_trouble(c, talk.id, Trouble.RIGHTS, now))
    browser = await bureau.at(bureau.anna)
    await browser.get(f"/talks/{talk.id}")
    assert "Antenna may not do in the group what it must" in browser.text


async def test_without_a_group_there_is_nothing_to_be_behind(bureau: Bureau) -> None:
    """A house that works in the console alone is not warned of topics it never had."""
    talk = bureau.asks()
    bureau.clock.go(timedelta(minutes=30))
    assert await told(bureau, talk) == (False, False)
