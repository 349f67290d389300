"""The recordings of a card in somebody's voice, to be listened to beside its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot.console.visit import Visit
from bot.console.words.rack import Names, Rack
from bot.evidence.serve import headers_for
from flows.text import Text, _
from storage.voices.recordings import Recording, State, all_of, find, sound_of

STATES: dict[State, Text] = {
    State.WAITING: _("waits for a second speaker"),
    State.APPROVED: _("approved; heard as long as it says these words"),
    State.REFUSED: _("sent back"),
}
SOUND = "audio/ogg"


@dataclass(frozen=True, slots=True)
class Take:
    """One recording: its number, in which state, by whom, when."""

    id: int
    state: Text
    who: str
    at: datetime


async def takes(visit: Visit, subject: str, code: str, names: Names) -> list[Take]:
    """The recordings of a card in a language, the newest first."""
    found = await visit.room.read(lambda connection: all_of(connection, [subject]))
    return [_take(one, names) for one in found if one.language == code]


def _take(one: Recording, names: Names) -> Take:
    return Take(one.id, STATES[one.state], names.operators.get(one.operator_id, "–"), one.at)


async def listen(_rack: Rack, visit: Visit) -> web.StreamResponse:
    """The sound of one recording; who made it is in no name and no header."""
    number = visit.id("recording")
    known = await visit.room.read(lambda connection: find(connection, number))
    sound = await visit.room.read(lambda connection: sound_of(connection, number))
    if known is None or sound is None:
        raise web.HTTPNotFound
    return web.Response(body=bytes(sound), headers=headers_for(SOUND, "voice.ogg"))
