"""Word of what has changed reaches whoever listens, once for much."""

from __future__ import annotations

import asyncio

import pytest

from bot.relay.news import EVERYTHING, MOST_WAITING, News


async def test_changes_that_were_not_taken_yet_are_told_together() -> None:
    """Each conversation once, however often it changed; afterwards there is nothing new."""
    news = News()
    async with news.listen() as ear:
        news.tell(1, 2)
        news.tell(2)
        news.tell()
        heard = await ear.take()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(ear.take(), 0.01)
        news.tell(3)
        again = await ear.take()
    assert (heard, again) == ({1, 2}, {3})


async def test_too_much_is_told_as_everything() -> None:
    """A listener that is slow holds a bounded number of ids, and is told to look at all of them."""
    news = News()
    async with news.listen() as ear:
        news.tell(*range(MOST_WAITING + 1))
        news.tell(7)
        heard = await ear.take()
        news.tell(8)
        again = await ear.take()
    assert (heard, again) == (EVERYTHING, {8})


async def test_who_left_hears_no_more() -> None:
    """Every listener hears for itself, from when it came until it left."""
    news = News()
    async with news.listen() as one:
        async with news.listen() as other:
            news.tell(1)
        news.tell(2)
        heard = await one.take()
        left = await other.take()
    assert (heard, left) == ({1, 2}, {1})
