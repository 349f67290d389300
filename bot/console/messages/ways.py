"""Every address of the messages to many, and who may open it; whose one is, `rights` says."""

from __future__ import annotations

from bot.console.messages import deeds, listing, live, making, reading
from bot.console.visit import Access, Page, get, post

_WHO, _ONE = Access.OPERATOR, "/messages/{mass}"
_TYPED = ("words-it", "words-en", "words-ar", "words-bn")

PAGES: tuple[Page, ...] = (
    get("/messages", _WHO, listing.show),
    get("/messages/now", _WHO, listing.show, asks_itself=True),
    get("/messages/new", _WHO, making.new),
    post("/messages/about", _WHO, making.draft_occasion),
    post("/messages/strike", _WHO, making.draft_strike),
    post("/messages/words", _WHO, making.draft_words, typed=_TYPED),
    get(_ONE, _WHO, reading.show),
    get(f"{_ONE}/now", _WHO, reading.show, asks_itself=True),
    get(f"{_ONE}/edit", _WHO, making.edit),
    post(f"{_ONE}/strike", _WHO, making.draft_strike),
    post(f"{_ONE}/words", _WHO, making.draft_words, typed=_TYPED),
    post(f"{_ONE}/agree", _WHO, deeds.agree),
    post(f"{_ONE}/stop", _WHO, deeds.stop),
    post(f"{_ONE}/resume", _WHO, deeds.resume),
    post(f"{_ONE}/end", _WHO, deeds.end),
    post(f"{_ONE}/drop", _WHO, deeds.drop),
)

LINES: tuple[Page, ...] = (get("/messages/live", _WHO, live.stream, asks_itself=True),)
"""Addresses that are answered for as long as a page is open."""
