"""Every address of the conversations, and who may open it; whose one is, `storage.access` asks."""

from __future__ import annotations

from aiohttp import web

from bot.console.drafts import Kind
from bot.console.talks.answering import Answering
from bot.console.talks.desk import Talks
from bot.console.talks.files import Files
from bot.console.talks.handling import Handling
from bot.console.talks.inbox import Inbox
from bot.console.talks.live import Live
from bot.console.talks.noting import Noting
from bot.console.talks.overseeing import Overseeing
from bot.console.talks.reading import Reading, place_of
from bot.console.visit import Access, Page, Visit, get, post


def talk_pages(talks: Talks) -> tuple[Page, ...]:
    """The pages of the conversations."""
    inbox, reading, live, files = Inbox(talks), Reading(talks), Live(talks), Files(talks)
    answering, handling = Answering(talks, reading), Handling(talks)
    noting, overseeing = _noting(talks), Overseeing(talks)

    async def keep_draft(visit: Visit) -> web.StreamResponse:
        """Keep what somebody is typing, sealed to themselves; colleagues see that they write."""
        handoff = await talks.known(visit)
        kind = Kind.NOTE if visit.value("kind") == Kind.NOTE else Kind.REPLY
        key, me, now = visit.signed_in.key, visit.operator.id, visit.room.now
        if key is None:
            raise web.HTTPForbidden
        text = visit.form.get("text", "")
        visit.room.drafts.sweep(now)
        visit.room.drafts.keep(me, key, place_of(handoff.id), kind, text, now)
        if kind is Kind.REPLY and text.strip():
            talks.presence.writes(handoff.id, me, visit.room.clock.monotonic())
        elif kind is Kind.REPLY:
            talks.presence.stops(handoff.id, me)
        return web.Response(status=204)

    who, one = Access.OPERATOR, "/talks/{talk}"
    return (
        get("/talks", who, inbox.show),
        get("/talks/now", who, inbox.show, asks_itself=True),
        get("/talks/others", Access.COORDINATOR, overseeing.show),
        get("/talks/live", who, live.stream, asks_itself=True),
        get(one, who, reading.show),
        get(f"{one}/now", who, reading.again, asks_itself=True),
        get(f"{one}/files/{{number}}", who, files.show),
        post(f"{one}/say", who, answering.say, typed="text"),
        post(f"{one}/appointment", who, answering.appoint, typed="words"),
        post(f"{one}/edit", who, answering.edit, typed="text"),
        post(f"{one}/undo", who, answering.undo),
        post(f"{one}/notes", who, noting.keep, typed="note"),
        post(f"{one}/draft", who, keep_draft),
        post(f"{one}/claim", who, handling.claim),
        post(f"{one}/release", who, handling.release),
        post(f"{one}/over", who, handling.take_over, typed="why"),
        post(f"{one}/urgency", who, handling.urgency),
        post(f"{one}/mediator", who, handling.mediator),
        post(f"{one}/close", who, handling.close),
        post(f"{one}/reopen", who, handling.reopen),
        post(f"{one}/sheet", who, handling.begin_sheet),
        post(f"{one}/hand", who, handling.hand_on, typed="why"),
    )


def _noting(talks: Talks) -> Noting:
    """The form of notes, which is given nothing but how to keep one."""

    async def find(visit: Visit) -> int:
        return (await talks.known(visit)).id

    async def keep(visit: Visit, talk: int, text: str) -> web.StreamResponse:
        done = await talks.handoffs.note(visit.operator, talk, text)
        if done.ok:
            visit.room.drafts.drop(visit.operator.id, place_of(talk), Kind.NOTE)
        return talks.answer(visit, talk, done, "notes")

    return Noting(find, keep)
