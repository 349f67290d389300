"""What a message says: words, a command, a file, a place, or that a group has moved."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from bot.telegram.shapes import clean, degrees, number, words

_PAYLOAD_CHARACTERS = 128
_WORDS_CHARACTERS = 4096
"""In the operators' group a command may carry what a person is to read."""

_NEARBY, _AT_THE_DOOR = 2, 5
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{1,64}))?(?:[ \n\t]+(.*))?", re.S)


@dataclass(frozen=True, slots=True)
class Command:
    """`/name payload`, as a person sends it to a bot."""

    name: str
    payload: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Wrote:
    """Something was said, in words or otherwise. `kind` is the name the Bot API gives it.

    `text` is the caption where there is one; in a group it may begin with a `command`. `own` says
    that a contact card is the sender's own.
    A person's coordinates come with two decimals, a kilometre, and no more is ever known; those of
    a group with five, because operators say where their door is.
    """

    kind: str
    text: str | None = field(default=None, repr=False)
    file_id: str | None = field(default=None, repr=False)
    size_bytes: int | None = None
    duration_seconds: int | None = None
    mime_type: str | None = field(default=None, repr=False)
    album: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)
    own: bool = False
    latitude: float | None = field(default=None, repr=False)
    longitude: float | None = field(default=None, repr=False)
    command: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """A group became a supergroup: from now on it is the chat of this number."""

    to: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a message is read: who wrote it, whether `/…` may be a command, whether in a group."""

    from_id: int | None
    bot_name: str
    commands: bool
    group: bool


def read_content(message: dict[str, Any], reading: Reading) -> Command | Wrote | Moved | None:
    """What a message says; None where it only tells of something that happened."""
    text = message.get("text")
    if type(text) is str:
        text = clean(text)
        found = _command(text, message, reading)
        if found is None:
            return Wrote("text", text)
        most = _WORDS_CHARACTERS if reading.group else _PAYLOAD_CHARACTERS
        return Command(found.name, found.payload[:most])
    for name in _MEDIA:
        value = message.get(name)
        if value is not None:
            return _media(name, value, message, reading)
    moved = number(message.get("migrate_to_chat_id"))
    if moved is not None:
        return Moved(moved)
    if any(name in message for name in _SERVICE):
        return None
    return Wrote("other")


def _command(text: str, message: dict[str, Any], reading: Reading) -> Command | None:
    """The command that words are, where they may be one and the sender wrote them here."""
    if not text.startswith("/") or not reading.commands or not _is_own_writing(message):
        return None
    found = _COMMAND.fullmatch(text)
    if found is None or not _is_ours(found.group(2), reading):
        return None
    return Command(found.group(1).lower(), (found.group(3) or "").strip())


def _is_own_writing(message: dict[str, Any]) -> bool:
    """Whether the sender wrote this here; a forwarded "/forget" is only words."""
    return "forward_origin" not in message and "forward_date" not in message


def _is_ours(addressee: str | None, reading: Reading) -> bool:
    """Whether a command is for this bot. As long as its name is not known, in a group nothing that
    names a bot is: what was for another one must not reach a person."""
    if addressee is None or (not reading.bot_name and not reading.group):
        return True
    return addressee.lower() == reading.bot_name.lower()


def _media(name: str, value: object, message: dict[str, Any], reading: Reading) -> Wrote:
    caption = message.get("caption")
    text = clean(caption) if type(caption) is str else None
    if name == "photo" and type(value) is list:
        sizes = [size for size in value if type(size) is dict]
        value = max(sizes, key=lambda size: number(size.get("file_size")) or 0, default=None)
    if type(value) is not dict:
        return Wrote(name, text)
    if name == "contact":
        phone = words(value.get("phone_number"))
        return Wrote(name, text, phone=phone, own=_is_own(value, reading.from_id))
    if name in ("location", "venue"):
        return _place(name, value, _AT_THE_DOOR if reading.group else _NEARBY)
    found = _command(text, message, reading) if text and reading.group else None
    return Wrote(
        name,
        text if found is None else found.payload,
        words(value.get("file_id")),
        number(value.get("file_size")),
        number(value.get("duration")),
        words(value.get("mime_type")),
        words(message.get("media_group_id")),
        command="" if found is None else found.name,
    )


def _is_own(contact: dict[str, Any], from_id: int | None) -> bool:
    return from_id is not None and number(contact.get("user_id")) == from_id


def _place(name: str, value: dict[str, Any], decimals: int) -> Wrote:
    if name == "venue":
        inner = value.get("location")
        value = inner if type(inner) is dict else {}
    if value.get("live_period") is not None:
        return Wrote("live_location")
    latitude = degrees(value.get("latitude"), 90, decimals)
    longitude = degrees(value.get("longitude"), 180, decimals)
    if latitude is None or longitude is None:
        return Wrote(name)
    return Wrote(name, latitude=latitude, longitude=longitude)


_MEDIA = tuple(
    # An animation comes as a document too and a venue as a location too: the first found counts.
    "photo voice animation document video video_note audio sticker venue "  # noqa: SIM905 - words
    "location contact poll "
    "dice game story paid_media checklist invoice".split()
)
_SERVICE = tuple(
    "new_chat_members left_chat_member new_chat_title new_chat_photo "  # noqa: SIM905 - words
    "delete_chat_photo "
    "group_chat_created supergroup_chat_created channel_chat_created "
    "message_auto_delete_timer_changed migrate_to_chat_id migrate_from_chat_id pinned_message "
    "forum_topic_created forum_topic_edited forum_topic_closed forum_topic_reopened "
    "general_forum_topic_hidden general_forum_topic_unhidden write_access_allowed "
    "chat_background_set boost_added video_chat_scheduled video_chat_started video_chat_ended "
    "video_chat_participants_invited proximity_alert_triggered connected_website "
    "successful_payment refunded_payment users_shared chat_shared web_app_data".split()
)
