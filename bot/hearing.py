"""What a person did, from the words of Telegram into the words of the flows."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from bot.alarm import Alarms
from bot.distress import Distress
from bot.telegram import incoming as seen
from bot.telegram.incoming import Incoming, Kind
from flows.conversation import Command, Heard, Tap, Wrote
from flows.steps import Accept

REPORT_CODE = re.compile(r"(?<!\d)(?:\d\W{0,3}){15}\d(?!\d)")
TAKEN = "…"
ACCEPTS = {
    "text": Accept.TEXT,
    "voice": Accept.VOICE,
    "audio": Accept.VOICE,  # what an app for recordings makes
    "photo": Accept.PHOTO,
    "document": Accept.DOCUMENT,
    "location": Accept.PLACE,
}


def heard_in(update: Incoming, living: int | None, now: datetime) -> Heard | None:
    """What a person did, in the words of the flows; None shows where the conversation stands."""
    content = update.content
    moment = int(now.timestamp())
    if isinstance(content, seen.Tap):
        session, turn, option = ([*content.data.split(":", 2), "", "", ""])[:3]
        here = content.accessible and content.message_id == living
        number = int(turn) if turn.isascii() and turn.isdigit() and len(turn) < 9 else -1
        return Tap(session, number, option, here)
    if update.kind is Kind.EDITED:
        return Wrote("edited", None, moment)
    if isinstance(content, seen.Command):
        return Command(content.name)
    if not isinstance(content, seen.Wrote):
        return None
    kind = ACCEPTS.get(content.kind)
    if kind is Accept.TEXT:
        return _words(content.text or "", moment)
    if kind is Accept.PLACE and content.latitude is not None:
        return Wrote(kind, [content.latitude, content.longitude], moment)
    if kind is not None and content.file_id:
        return Wrote(
            kind, {"file_id": content.file_id, "size_bytes": content.size_bytes or 0}, moment
        )
    return Wrote(content.kind, None, moment)


def _words(text: str, moment: int) -> Wrote:
    """What was written, without any report code: such a code is kept nowhere, shown nowhere."""
    bare = REPORT_CODE.sub(TAKEN, text)
    if not any(sign.isalnum() for sign in bare):
        return Wrote("code" if bare != text else Accept.TEXT, bare, moment)
    return Wrote(Accept.TEXT, bare, moment)


def alarmed(heard: Heard | None, alarms: Alarms) -> Heard | None:
    """A word that cleans the chat is the command that does, in every place and every language."""
    said: object = None
    if isinstance(heard, Command):
        said = heard.name
    elif isinstance(heard, Wrote) and heard.kind is Accept.TEXT:
        said = heard.content
    return Command("clean") if isinstance(said, str) and alarms.hear(said) else heard


def worried(heard: Heard | None, distress: Distress) -> Heard | None:
    """Words of somebody in danger are marked as such, in every place and every language."""
    if not isinstance(heard, Wrote) or heard.kind is not Accept.TEXT:
        return heard
    return replace(heard, worrying=distress.hear(str(heard.content)))


def is_place(content: object) -> bool:
    """A place on the map. It is used once, and nobody has to find it in the chat."""
    return isinstance(content, seen.Wrote) and ACCEPTS.get(content.kind) is Accept.PLACE


def is_report_code(content: object) -> bool:
    """Sixteen digits: a report code. It is deleted from the chat and never kept."""
    return (
        isinstance(content, seen.Wrote)
        and content.text is not None
        and REPORT_CODE.search(content.text) is not None
    )
