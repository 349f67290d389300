"""The door opens to name, passphrase and code together, and closes behind who was away."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.bot.console.house import Console

HALF_AN_HOUR = timedelta(minutes=30)


async def test_the_right_three_open_the_door(console: Console) -> None:
    """Name, passphrase and code lead in, to the page that was asked for."""
    anna = console.reader()
    browser = console.browser()
    answer = await browser.sign_in(anna, console.clock.now(), "/still-here")
    assert (answer.status, answer.headers["Location"]) == (303, "/still-here")
    assert len(console.room.sessions) == 1


@pytest.mark.parametrize(
    "changed",
    [{"name": "Nobody"}, {"passphrase": "wrong"}, {"code": "000000"}, {"name": ""}, {"code": "x"}],
)
async def test_whatever_is_wrong_the_answer_is_the_same(
    console: Console, changed: dict[str, str]
) -> None:
    """An unknown name, a wrong passphrase and a wrong code get the same page, word for word."""
    anna = console.reader()
    browser, other = console.browser(), console.browser()
    answer = await browser.sign_in(anna, console.clock.now(), **changed)
    await other.sign_in(anna, console.clock.now(), name="Nobody at all")
    pages = [
        page.replace(of.token, "T").replace(name, "")
        for page, of, name in (
            (browser.text, browser, f'value="{changed.get("name", "Anna")}"'),
            (other.text, other, 'value="Nobody at all"'),
        )
    ]
    assert (answer.status, pages[0]) == (403, pages[1])
    assert len(console.room.sessions) == 0
