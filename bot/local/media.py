"""The methods about everything that is not words: files, albums, places."""

from __future__ import annotations

from typing import Any

from bot.local import errors
from bot.local.arguments import Arguments, Upload
from bot.local.errors import refused
from bot.local.files import facts_argument, sent_file, show
from bot.local.messages import Place, caption_argument, change, markup_argument, own_message
from bot.local.state import Content, Json
from bot.local.telegram import Telegram

ALBUM_LEAST, ALBUM_MOST = 2, 10
_ALBUM_KINDS = ("photo", "video", "audio", "document")
_EDITABLE_KINDS = ("photo", "video", "audio", "document", "animation")
_CAPTIONS = ("caption", "caption_entities", "show_caption_above_media")


def _fields(t: Telegram, kind: str, a: Arguments, files: dict[str, Upload], source: str) -> Json:
    """Read a file and its caption into the fields of a message."""
    file = sent_file(t, kind, a.values.get(source), files, facts_argument(a))
    fields: Json = {kind: show(file)}
    if kind == "animation":  # Telegram shows both, for clients that know no animations
        fields["document"] = {
            name: value
            for name, value in fields[kind].items()
            if name not in ("width", "height", "duration")
        }
    if kind not in ("sticker", "video_note"):
        fields |= caption_argument(t, a)
    if a.flag("has_spoiler"):
        fields["has_media_spoiler"] = True
    return fields


def _send(t: Telegram, a: Arguments, kind: str) -> Json:
    place = Place(t, a)
    fields = _fields(t, kind, a, a.files, kind)
    return place.post(t, Content(fields, kind)).body


def send_photo(t: Telegram, a: Arguments) -> Json:
    """Send a photo."""
    return _send(t, a, "photo")


def send_voice(t: Telegram, a: Arguments) -> Json:
    """Send a voice message."""
    return _send(t, a, "voice")


def send_audio(t: Telegram, a: Arguments) -> Json:
    """Send a piece of music or a recording."""
    return _send(t, a, "audio")


def send_document(t: Telegram, a: Arguments) -> Json:
    """Send a file."""
    return _send(t, a, "document")


def send_video(t: Telegram, a: Arguments) -> Json:
    """Send a video."""
    return _send(t, a, "video")


def send_video_note(t: Telegram, a: Arguments) -> Json:
    """Send a round video."""
    return _send(t, a, "video_note")


def send_animation(t: Telegram, a: Arguments) -> Json:
    """Send a moving picture."""
    return _send(t, a, "animation")


def send_sticker(t: Telegram, a: Arguments) -> Json:
    """Send a sticker."""
    return _send(t, a, "sticker")


def place_fields(a: Arguments) -> Json:
    """Read a place on the map.

    Raises: ApiError when it is none.
    """
    latitude, longitude = a.decimal("latitude"), a.decimal("longitude")
    if latitude is None:
        raise refused(errors.LATITUDE_EMPTY)
    if longitude is None:
        raise refused(errors.LONGITUDE_EMPTY)
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise refused(errors.LOCATION_INVALID)
    location: Json = {"latitude": latitude, "longitude": longitude}
    if a.has("live_period"):
        location["live_period"] = a.integer("live_period")
    return location


def send_location(t: Telegram, a: Arguments) -> Json:
    """Send a place on the map."""
    location = place_fields(a)
    return Place(t, a).post(t, Content({"location": location}, "location")).body


def send_venue(t: Telegram, a: Arguments) -> Json:
    """Send a place with its name and address."""
    location = place_fields(a)
    if not a.text("title"):
        raise refused("Bad Request: venue title must be non-empty")
    venue: Json = {"location": location, "title": a.text("title"), "address": a.text("address")}
    fields: Json = {"venue": venue, "location": location}
    return Place(t, a).post(t, Content(fields, "venue")).body


def send_contact(t: Telegram, a: Arguments) -> Json:
    """Send a telephone number with a name."""
    if not a.text("phone_number"):
        raise refused("Bad Request: phone number is empty")
    if not a.text("first_name"):
        raise refused("Bad Request: first name is empty")
    contact = {
        name: a.text(name)
        for name in ("phone_number", "first_name", "last_name", "vcard")
        if a.text(name)
    }
    return Place(t, a).post(t, Content({"contact": contact}, "contact")).body


def send_dice(t: Telegram, a: Arguments) -> Json:
    """Throw a die; here it always shows the same side, so that tests may look."""
    dice = {"emoji": a.text("emoji") or "🎲", "value": 4}
    return Place(t, a).post(t, Content({"dice": dice}, "dice")).body


def _input_media(item: Any, kinds: tuple[str, ...]) -> tuple[str, Arguments]:
    if not isinstance(item, dict):
        raise refused(errors.MEDIA_NOT_FOUND)
    kind = str(item.get("type", ""))
    if kind not in kinds:
        raise refused(errors.MEDIA_TYPE.format(kind))
    if not item.get("media"):
        raise refused(errors.MEDIA_NOT_FOUND)
    return kind, Arguments(item)


def send_media_group(t: Telegram, a: Arguments) -> list[Json]:
    """Send an album."""
    items = a.json("media", errors.MEDIA_NOT_JSON)
    if not isinstance(items, list):
        raise refused(errors.MEDIA_NOT_ARRAY)
    if not items:
        raise refused(errors.MEDIA_TOO_FEW)
    if not ALBUM_LEAST <= len(items) <= ALBUM_MOST:
        raise refused(errors.MEDIA_WRONG_COUNT)
    place = Place(t, a)
    read = [_input_media(item, _ALBUM_KINDS) for item in items]
    kinds = {kind for kind, _ in read}
    if len(kinds) > 1 and kinds != {"photo", "video"}:
        raise refused(errors.ALBUM_MIXED)
    albums = [(kind, _fields(t, kind, media, a.files, "media")) for kind, media in read]
    group = str(10_000_000_000_000 + place.chat.last_id)
    return [
        place.post(t, Content(fields, kind), {"media_group_id": group}).body
        for kind, fields in albums
    ]


def edit_message_media(t: Telegram, a: Arguments) -> Json:
    """Replace the file of a message, with its caption."""
    item = a.json("media", "Bad Request: can't parse input media JSON object")
    kind, media = _input_media(item, _EDITABLE_KINDS)
    chat = t.writable_chat(a.values.get("chat_id"))
    message = own_message(t, a, chat)
    if not any(name in message.body for name in (*_EDITABLE_KINDS, "text")):
        raise refused(errors.EDIT_NO_MEDIA)
    markup = markup_argument(a, chat, inline_only=True)
    gone = (*_EDITABLE_KINDS, *_CAPTIONS, "text", "entities", "link_preview_options")
    fields = {
        **dict.fromkeys(gone),
        **_fields(t, kind, media, a.files, "media"),
    }
    return change(t, chat, message, fields, markup.inline)
