"""Every address of the words, and who may open it; who may let words out, `deeds` says."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from aiohttp import web

from bot.console.visit import Access, Handler, Page, Visit, get, post
from bot.console.words import deeds, digest, listing, message, subject, voice, waiting
from bot.console.words.rack import Rack

_WHO = Access.OPERATOR
_ONE = "/words/{message}"
_With: TypeAlias = Callable[[Rack, Visit], Awaitable[web.StreamResponse]]


def word_pages(rack: Rack) -> tuple[Page, ...]:
    """The pages, with what they share."""

    def at(answer: _With) -> Handler:
        async def answered(visit: Visit) -> web.StreamResponse:
            return await answer(rack, visit)

        return answered

    return (
        get("/words", _WHO, at(listing.show)),
        get("/words/card", _WHO, at(subject.show)),
        get("/words/waiting", _WHO, at(waiting.show)),
        get("/words/digest", _WHO, at(digest.show)),
        get("/words/voice/{recording}", _WHO, at(voice.listen)),
        post("/words/decide", _WHO, at(deeds.judge), typed="why"),
        post("/words/read", _WHO, at(deeds.read)),
        post("/words/check", _WHO, at(digest.check), typed="why"),
        post("/words/give", Access.COORDINATOR, at(digest.give)),
        get(_ONE, _WHO, at(message.show)),
        post(_ONE, _WHO, at(message.write), typed=message.TYPED),
    )
