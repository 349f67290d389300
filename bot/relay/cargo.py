"""What can be carried between a person and operators, and the call of the Bot API that does it.

Files go by their id, as what they came as: a forwarded or copied message would say whose it was.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from bot.hearing import REPORT_CODE, TAKEN
from bot.telegram.incoming import Wrote
from flows.effects import Json
from flows.handoff_model import LineKind
from storage.handoffs import Content

MOST_UNITS = 3500
"""Of Telegram's 4,096 units the rest is for the lines around the words."""
MOST_CAPTION_UNITS = 900


@dataclass(frozen=True, slots=True)
class Call:
    """How a file is sent: the method, its parameter, and whether words stand under it."""

    method: str
    name: str
    captioned: bool = True


CALLS = {
    "photo": Call("sendPhoto", "photo"),
    "voice": Call("sendVoice", "voice"),
    "audio": Call("sendAudio", "audio"),
    "document": Call("sendDocument", "document"),
    "video": Call("sendVideo", "video"),
    "animation": Call("sendAnimation", "animation"),
    "video_note": Call("sendVideoNote", "video_note", captioned=False),
}
_KINDS = {
    "photo": LineKind.PHOTO,
    "voice": LineKind.VOICE,
    "audio": LineKind.VOICE,
    "document": LineKind.DOCUMENT,
    "video": LineKind.VIDEO,
    "animation": LineKind.VIDEO,
    "video_note": LineKind.VIDEO,
}
FILES = frozenset(_KINDS.values())
AS = "as"
"""In `Content.extra`: what Telegram calls a file, where the kind of the line does not say it."""

MEANT = "meant"
"""In `Content.extra`: the words once more, as a machine translated them, and from that back."""


@dataclass(frozen=True, slots=True)
class MeantWords:
    """An operator's words as a machine says them in a language, and what it makes of that."""

    language: str
    text: str = field(repr=False)
    back: str = field(repr=False)


def with_meant(content: Content, meant: MeantWords) -> Content:
    """Words that go together with their translation."""
    kept: dict[str, Json] = {"in": meant.language, "text": meant.text, "back": meant.back}
    return replace(content, extra={**content.extra, MEANT: kept})


def read_meant(content: Content) -> MeantWords | None:
    """The translation that goes with words; None where there is none."""
    kept = content.extra.get(MEANT)
    if not isinstance(kept, dict):
        return None
    return MeantWords(str(kept["in"]), str(kept["text"]), str(kept["back"]))


def content_of(wrote: Wrote) -> Content:
    """What somebody sent, as it is kept; `OTHER`, and nothing of it, where it cannot be carried."""
    if wrote.kind == "text":
        return Content(LineKind.TEXT, wrote.text or "")
    kind = _KINDS.get(wrote.kind)
    if kind is not None and wrote.file_id:
        extra: dict[str, Json] = {} if wrote.kind == kind.value else {AS: wrote.kind}
        if wrote.duration_seconds:
            extra["seconds"] = wrote.duration_seconds
        if wrote.mime_type:
            extra["mime"] = wrote.mime_type
        return Content(kind, wrote.text or "", wrote.file_id, extra)
    if wrote.latitude is not None and wrote.longitude is not None:
        where = {"latitude": wrote.latitude, "longitude": wrote.longitude}
        return Content(LineKind.PLACE, extra=where)
    return Content(LineKind.OTHER, extra={AS: wrote.kind})


def without_codes(content: Content) -> Content:
    """The same without any report code: such a code is kept nowhere and shown to nobody."""
    bare = REPORT_CODE.sub(TAKEN, content.text)
    if bare == content.text:
        return content
    return Content(content.kind, bare, content.file_id, content.extra)


def call_of(content: Content) -> Call | None:
    """How a file of a line is sent; None where it holds none."""
    if content.kind not in FILES or not content.file_id:
        return None
    return CALLS.get(str(content.extra.get(AS, content.kind.value)))
