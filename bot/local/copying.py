"""The methods that bring a message elsewhere: copied without its author, or forwarded with it."""

from __future__ import annotations

from itertools import pairwise

from bot.local import errors
from bot.local.arguments import Arguments
from bot.local.errors import refused
from bot.local.messages import Place, caption_argument, id_list
from bot.local.state import Chat, Content, Json, Message
from bot.local.telegram import Telegram

# What makes up the content of a message; everything else says who, where and when.
CONTENT = (
    *("text", "entities", "link_preview_options", "caption", "caption_entities"),
    *("show_caption_above_media", "has_media_spoiler", "photo", "video", "animation", "audio"),
    *("document", "voice", "video_note", "sticker", "location", "venue", "contact", "poll", "dice"),
)
_CAPTION = ("caption", "caption_entities", "show_caption_above_media")
_UNCOPYABLE = ("invoice", "giveaway", "giveaway_winners", "paid_media", "story", "checklist")


def content_of(message: Message) -> Json:
    """Give what a message says, without who said it."""
    return {name: message.body[name] for name in CONTENT if name in message.body}


def _copyable(message: Message) -> bool:
    if message.service or message.body.get("has_protected_content"):
        return False
    return not any(kind in message.body for kind in _UNCOPYABLE)


def _forwardable(message: Message) -> bool:
    return not message.service and not message.body.get("has_protected_content")


def _copied_fields(t: Telegram, message: Message, a: Arguments) -> Json:
    fields = content_of(message)
    captioned = "text" not in fields and "sticker" not in fields
    if captioned and "caption" in a.values:
        for name in _CAPTION:
            fields.pop(name, None)
        fields |= caption_argument(t, a)
    return fields


def copy_message(t: Telegram, a: Arguments) -> Json:
    """Send the content of a message as the bot's own."""
    source = t.find_chat(a.values.get("from_chat_id"))
    message = source.messages.get(a.message_id())
    if message is None:
        raise refused(errors.COPY_NOT_FOUND)
    if not _copyable(message):
        raise refused(errors.COPY_REFUSED)
    place = Place(t, a)
    copied = place.post(t, Content(_copied_fields(t, message, a)))
    return {"message_id": copied.id}


def _many(t: Telegram, a: Arguments) -> tuple[Place, list[Message]]:
    numbers = id_list(a)
    if any(one >= other for one, other in pairwise(numbers)):
        raise refused(errors.MESSAGE_IDS_NOT_SORTED)
    source = t.find_chat(a.values.get("from_chat_id"))
    place = Place(t, a)
    return place, [source.messages[number] for number in numbers if number in source.messages]


def copy_messages(t: Telegram, a: Arguments) -> list[Json]:
    """Copy many messages; those that can't be copied are passed over, albums stay albums."""
    place, messages = _many(t, a)
    messages = [message for message in messages if _copyable(message)]
    if not messages:
        raise refused(errors.NOTHING_TO_COPY)
    copies = []
    for message in messages:
        fields = content_of(message)
        if a.flag("remove_caption"):
            for name in _CAPTION:
                fields.pop(name, None)
        copied = place.post(t, Content(fields), _album(place.chat, message))
        copies.append({"message_id": copied.id})
    return copies


def _album(chat: Chat, message: Message) -> Json | None:
    """Keep an album together under a number of its own."""
    group = message.body.get("media_group_id")
    return {"media_group_id": str(int(group) + abs(chat.id) % 1_000_003)} if group else None


def origin_of(message: Message) -> Json:
    """Say where a forwarded message comes from."""
    known: Json | None = message.body.get("forward_origin")
    if known is not None:
        return known
    return {
        "type": "user",
        "date": message.body["date"],
        "sender_user": message.body["from"],
    }


def _forward(t: Telegram, place: Place, message: Message) -> Message:
    origin = origin_of(message)
    extra: Json = {
        "forward_origin": origin,
        "forward_date": origin["date"],
        **(_album(place.chat, message) or {}),
    }
    if origin["type"] == "user":
        extra["forward_from"] = origin["sender_user"]
    return place.post(t, Content(content_of(message)), extra)


def forward_message(t: Telegram, a: Arguments) -> Json:
    """Forward a message with its author's name."""
    source = t.find_chat(a.values.get("from_chat_id"))
    message = source.messages.get(a.message_id())
    if message is None:
        raise refused(errors.FORWARD_NOT_FOUND)
    if not _forwardable(message):
        raise refused(errors.FORWARD_REFUSED)
    return _forward(t, Place(t, a), message).body


def forward_messages(t: Telegram, a: Arguments) -> list[Json]:
    """Forward many messages."""
    place, messages = _many(t, a)
    messages = [message for message in messages if _forwardable(message)]
    if not messages:
        raise refused(errors.NOTHING_TO_FORWARD)
    return [{"message_id": _forward(t, place, message).id} for message in messages]
