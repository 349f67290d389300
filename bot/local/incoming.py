"""Makes the content of what people send: words, files, places, and everything odd."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from bot.local.files import show, store
from bot.local.links import find_entities
from bot.local.state import Content, Json
from bot.local.telegram import Telegram

FILES = ("voice", "photo", "document", "video", "video_note", "audio", "sticker", "animation")
_FACTS = ("duration", "width", "height", "length", "performer", "title", "emoji", "is_animated")


class ContentError(ValueError):
    """What is to be sent makes no message."""


def person_content(t: Telegram, wish: Json) -> Content:
    """Read what a person sends.

    Raises: ContentError when there is nothing, or nothing known.
    """
    if isinstance(wish.get("text"), str):
        text = wish["text"]
        entities = wish.get("entities")
        return Content.of_text(text, find_entities(text) if entities is None else entities)
    for kind in FILES:
        if wish.get(kind) is not None:
            return _file(t, kind, wish)
    for kind, make in _OTHERS.items():
        if wish.get(kind) is not None:
            value = wish[kind]
            return Content(make(t, value if isinstance(value, dict) else {}), kind)
    if isinstance(wish.get("fields"), dict):
        return Content(wish["fields"], "other")
    raise ContentError("nothing to send: give text, a file, location, contact, poll or fields")


def _file(t: Telegram, kind: str, wish: Json) -> Content:
    value = wish[kind] if isinstance(wish[kind], dict) else {}
    content = None
    if value.get("content") is not None:
        try:
            content = base64.b64decode(value["content"], validate=True)
        except (binascii.Error, TypeError, ValueError):
            raise ContentError("content must be base64") from None
    file = store(
        t,
        kind,
        content=content,
        size=int(value.get("size", 4096)),
        name=str(value.get("name") or value.get("file_name") or ""),
        mime_type=str(value.get("mime_type") or ""),
        facts={name: value[name] for name in _FACTS if name in value},
    )
    fields: Json = {kind: show(file)}
    if kind == "animation":
        shown = fields[kind]
        fields["document"] = {
            name: shown[name] for name in ("file_id", "file_unique_id", "file_size", "mime_type")
        }
    caption = wish.get("caption")
    if isinstance(caption, str) and caption:
        fields["caption"] = caption
        found = find_entities(caption)
        if found:
            fields["caption_entities"] = found
    return Content(fields, kind)


def _place(value: Json) -> Json:
    place: Json = {
        "latitude": float(value.get("latitude") or value.get("lat") or 45.6183),
        "longitude": float(value.get("longitude") or value.get("lon") or 9.2066),
    }
    for name in ("live_period", "heading", "horizontal_accuracy"):
        if name in value:
            place[name] = value[name]
    return place


def _location(_t: Telegram, value: Json) -> Json:
    return {"location": _place(value)}


def _venue(_t: Telegram, value: Json) -> Json:
    place = _place(value)
    title, address = str(value.get("title", "Office")), str(value.get("address", ""))
    return {"venue": {"location": place, "title": title, "address": address}, "location": place}


def _contact(_t: Telegram, value: Json) -> Json:
    contact: Json = {
        "phone_number": str(value.get("phone_number", "+390000000000")),
        "first_name": str(value.get("first_name", "Name")),
    }
    for name in ("last_name", "user_id", "vcard"):
        if name in value:
            contact[name] = value[name]
    return {"contact": contact}


def _poll(t: Telegram, value: Json) -> Json:
    t.file_count += 1
    options = value.get("options") or ["Yes", "No"]
    return {
        "poll": {
            "id": str(5_000_000_000_000 + t.file_count),
            "question": str(value.get("question", "?")),
            "options": [
                {"persistent_id": str(n), "text": str(option), "voter_count": 0}
                for n, option in enumerate(options)
            ],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": bool(value.get("is_anonymous", True)),
            "type": str(value.get("type", "regular")),
            "allows_multiple_answers": False,
            "allows_revoting": False,
            "members_only": False,
        }
    }


def _dice(_t: Telegram, value: Json) -> Json:
    return {"dice": {"emoji": str(value.get("emoji", "🎲")), "value": int(value.get("value", 4))}}


def _story(_t: Telegram, value: Json) -> Json:
    chat = {"id": -1_001_000_000_001, "type": "channel", "title": "A channel"}
    return {"story": {"chat": chat, "id": int(value.get("id", 1))}}


_OTHERS = {
    "venue": _venue,
    "location": _location,
    "contact": _contact,
    "poll": _poll,
    "dice": _dice,
    "story": _story,
}


def where_from(t: Telegram, wish: Json) -> Json:
    """Read from whom a message was forwarded: a person's number, a hidden name, a channel."""
    source: Any = wish.get("forward_from")
    if source is None:
        return {}
    date = t.date() - 3600
    if isinstance(source, dict) and "channel" in source:
        chat = {"id": -1_001_000_000_001, "type": "channel", "title": str(source["channel"])}
        origin: Json = {"type": "channel", "date": date, "chat": chat, "message_id": 1}
        return {
            "forward_origin": origin,
            "forward_from_chat": chat,
            "forward_from_message_id": 1,
            "forward_date": date,
        }
    if isinstance(source, int) and source in t.users:
        user = t.users[source]
        return {
            "forward_origin": {"type": "user", "date": date, "sender_user": user},
            "forward_from": user,
            "forward_date": date,
        }
    name = str(source.get("name", "Hidden") if isinstance(source, dict) else source)
    return {
        "forward_origin": {"type": "hidden_user", "date": date, "sender_user_name": name},
        "forward_sender_name": name,
        "forward_date": date,
    }
