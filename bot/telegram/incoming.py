"""What Telegram hands in, made small, typed and harmless before anything else sees it.

An update comes from the other side of the world and from every client ever written: any field may
be missing, of another type, or new. Nothing in here raises, whatever comes: a shape that is not
understood is `ignored` with a reason of ours. Who a message was forwarded from, names, user names
and file names are dropped here, so that no later part can keep them.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

ALLOWED_UPDATES: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""What the bot asks Telegram for; everything else is never sent to it."""

_BIGGEST = 2**63 - 1
_YEAR_2100 = 4_102_444_800
_PAYLOAD_CHARACTERS = 128
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{1,64}))?(?:[ \n\t]+(.*))?", re.S)
_HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class Kind(StrEnum):
    """What an update is, as far as Antenna cares."""

    MESSAGE = "message"
    EDITED = "edited"
    CALLBACK = "callback"
    MEMBER = "member"
    IGNORED = "ignored"


class Sender(StrEnum):
    """Who is behind a message: a human being with an account, or something else."""

    PERSON = "person"
    BOT = "bot"
    CHANNEL = "channel"  # a channel, or a group's anonymous administrator: nobody in particular
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Tap:
    """A button was tapped. `accessible` is false when the message is too old to be touched."""

    data: str = field(repr=False)
    query_id: str = field(repr=False)
    message_id: int | None
    accessible: bool


@dataclass(frozen=True, slots=True)
class Command:
    """`/name payload`, as a person sends it to a bot."""

    name: str
    payload: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Wrote:
    """Something was said, in words or otherwise. `kind` is the name the Bot API gives it.

    `text` is the caption where there is one. `own` says that a contact card is the sender's own.
    Coordinates come with two decimals, a kilometre, and no more is ever known.
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


@dataclass(frozen=True, slots=True)
class Membership:
    """What the bot now is in a chat: `member`, `administrator`, `kicked` (blocked), `left` …"""

    status: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A group became a supergroup: from now on it is the chat of this number."""

    to: int = field(repr=False)


Content = Tap | Command | Wrote | Membership | Moved | None


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update. Chat and sender are numbers here and nowhere else in a readable form."""

    update_id: int
    kind: Kind
    content: Content = None
    chat_id: int | None = field(default=None, repr=False)
    chat_type: str = ""
    from_id: int | None = field(default=None, repr=False)
    sender: Sender = Sender.NOBODY
    language_code: str | None = field(default=None, repr=False)
    message_id: int | None = None
    date: datetime | None = None
    why: str = ""

    @property
    def is_bot(self) -> bool:
        """Whether another bot wrote this."""
        return self.sender is Sender.BOT


def read_update(raw: object, bot_name: str = "") -> Incoming | None:
    """Make an `Incoming` of an update; None when it has no `update_id`, so that it is no update.

    `bot_name` is the bot's user name: a command addressed to another bot is not a command here.
    """
    if type(raw) is not dict:
        return None
    update_id = _number(raw.get("update_id"))
    if update_id is None or update_id < 0:
        return None
    try:
        return _read(raw, update_id, bot_name)
    except Exception:  # the last net: an update must never stop the others, nor show itself
        return Incoming(update_id, Kind.IGNORED, why="unreadable")


def _read(raw: dict[str, Any], update_id: int, bot_name: str) -> Incoming:
    found = raw.get("message")
    if found is not None:
        return _message(found, update_id, Kind.MESSAGE, bot_name)
    found = raw.get("callback_query")
    if found is not None:
        return _callback(found, update_id)
    found = raw.get("edited_message")
    if found is not None:
        return _message(found, update_id, Kind.EDITED, bot_name)
    found = raw.get("my_chat_member")
    if found is not None:
        return _member(found, update_id)
    return Incoming(update_id, Kind.IGNORED, why="other_type")


def _message(message: object, update_id: int, kind: Kind, bot_name: str) -> Incoming:
    if type(message) is not dict:
        return Incoming(update_id, Kind.IGNORED, why="shape")
    chat_id, chat_type = _chat(message.get("chat"))
    from_id, sender, language = _sender(message.get("from"))
    message_id = _number(message.get("message_id"))
    if message.get("sender_chat") is not None or message.get("is_automatic_forward"):
        sender = Sender.CHANNEL
    content: Command | Wrote | Moved | None = None
    why = ""
    if chat_id is None or message_id is None:
        why = "shape"
    elif chat_type == "channel":
        why = "channel"
    else:
        content = _content(message, from_id, kind, bot_name)
        why = "" if content is not None else "service"
    return Incoming(
        update_id,
        kind if content is not None else Kind.IGNORED,
        content,
        chat_id,
        chat_type,
        from_id,
        sender,
        language,
        message_id,
        _date(message.get("edit_date" if kind is Kind.EDITED else "date")),
        why,
    )


def _content(
    message: dict[str, Any], from_id: int | None, kind: Kind, bot_name: str
) -> Command | Wrote | Moved | None:
    text = message.get("text")
    if type(text) is str:
        text = clean(text)
        if text.startswith("/") and kind is Kind.MESSAGE and _is_own_writing(message):
            found = _COMMAND.fullmatch(text)
            if found is not None and _is_ours(found.group(2), bot_name):
                payload = (found.group(3) or "").strip()[:_PAYLOAD_CHARACTERS]
                return Command(found.group(1).lower(), payload)
        return Wrote("text", text)
    for name in _MEDIA:
        value = message.get(name)
        if value is not None:
            return _media(name, value, message, from_id)
    moved = _number(message.get("migrate_to_chat_id"))
    if moved is not None:
        return Moved(moved)
    if any(name in message for name in _SERVICE):
        return None
    return Wrote("other")


def _is_own_writing(message: dict[str, Any]) -> bool:
    """Whether the sender wrote this here; a forwarded "/forget" is only words."""
    return "forward_origin" not in message and "forward_date" not in message


def _is_ours(addressee: str | None, bot_name: str) -> bool:
    return addressee is None or not bot_name or addressee.lower() == bot_name.lower()


def _media(name: str, value: object, message: dict[str, Any], from_id: int | None) -> Wrote:
    caption = message.get("caption")
    text = clean(caption) if type(caption) is str else None
    if name == "photo" and type(value) is list:
        sizes = [size for size in value if type(size) is dict]
        value = max(sizes, key=lambda size: _number(size.get("file_size")) or 0, default=None)
    if type(value) is not dict:
        return Wrote(name, text)
    if name == "contact":
        return Wrote(
            name, text, phone=_words(value.get("phone_number")), own=_is_own(value, from_id)
        )
    if name in ("location", "venue"):
        return _place(name, value)
    return Wrote(
        name,
        text,
        _words(value.get("file_id")),
        _number(value.get("file_size")),
        _number(value.get("duration")),
        _words(value.get("mime_type")),
        _words(message.get("media_group_id")),
    )


def _is_own(contact: dict[str, Any], from_id: int | None) -> bool:
    return from_id is not None and _number(contact.get("user_id")) == from_id


def _place(name: str, value: dict[str, Any]) -> Wrote:
    if name == "venue":
        inner = value.get("location")
        value = inner if type(inner) is dict else {}
    if value.get("live_period") is not None:
        return Wrote("live_location")
    latitude = _degrees(value.get("latitude"), 90)
    longitude = _degrees(value.get("longitude"), 180)
    if latitude is None or longitude is None:
        return Wrote(name)
    return Wrote(name, latitude=latitude, longitude=longitude)


def _callback(query: object, update_id: int) -> Incoming:
    if type(query) is not dict:
        return Incoming(update_id, Kind.IGNORED, why="shape")
    query_id, data = _words(query.get("id")), query.get("data")
    from_id, sender, language = _sender(query.get("from"))
    message = query.get("message")
    if type(message) is not dict:  # of an inline message, which the bot never makes
        message = {}
    chat_id, chat_type = _chat(message.get("chat"))
    message_id, date = _number(message.get("message_id")), _date(message.get("date"))
    whole = query_id is not None and type(data) is str and chat_id is not None
    tap = None
    if query_id is not None:
        words = clean(data) if type(data) is str and len(data) <= 64 else ""
        # An inaccessible message comes with the date 0 and nothing in it.
        tap = Tap(words, query_id, message_id, message.get("date") not in (0, None))
    return Incoming(
        update_id,
        Kind.CALLBACK if whole else Kind.IGNORED,
        tap,
        chat_id,
        chat_type,
        from_id,
        sender,
        language,
        message_id,
        date,
        "" if whole else "shape",
    )


def _member(change: object, update_id: int) -> Incoming:
    if type(change) is not dict:
        return Incoming(update_id, Kind.IGNORED, why="shape")
    chat_id, chat_type = _chat(change.get("chat"))
    from_id, sender, language = _sender(change.get("from"))
    now = change.get("new_chat_member")
    status = _one_of(_STATUSES, now.get("status")) if type(now) is dict else ""
    if chat_id is None or not status:
        return Incoming(update_id, Kind.IGNORED, chat_id=chat_id, why="shape")
    return Incoming(
        update_id,
        Kind.MEMBER,
        Membership(status),
        chat_id,
        chat_type,
        from_id,
        sender,
        language,
        date=_date(change.get("date")),
    )


def _chat(chat: object) -> tuple[int | None, str]:
    if type(chat) is not dict:
        return None, ""
    chat_type = chat.get("type")
    return _number(chat.get("id")), _one_of(_CHAT_TYPES, chat_type)


def _sender(account: object) -> tuple[int | None, Sender, str | None]:
    if type(account) is not dict:
        return None, Sender.NOBODY, None
    from_id = _number(account.get("id"))
    if from_id is None:
        return None, Sender.NOBODY, None
    if from_id in _STAND_INS:
        return from_id, Sender.CHANNEL, None
    if account.get("is_bot"):
        return from_id, Sender.BOT, None
    language = account.get("language_code")
    if type(language) is not str or len(language) > 35 or not language.isascii():
        language = None
    return from_id, Sender.PERSON, language


def clean(text: str) -> str:
    """Take out what no database and no screen can hold: control characters, half surrogate pairs.

    Lines and tabs stay; everything that can be seen stays.
    """
    if _HARMFUL.search(text) is None:
        return text
    # json reads "\ud83d\ude00" as one character, so a surrogate that is still here is alone.
    return _HARMFUL.sub(lambda found: "\ufffd" if found.group() >= "\ud800" else "", text)


def _one_of(words: frozenset[str], value: object) -> str:
    return value if type(value) is str and value in words else ""


def _number(value: object) -> int | None:
    if type(value) is int and -_BIGGEST <= value <= _BIGGEST:
        return value
    return None


def _words(value: object) -> str | None:
    return clean(value)[:256] if type(value) is str and value else None


def _degrees(value: object, limit: int) -> float | None:
    if type(value) not in (int, float):
        return None
    number = float(value)  # type: ignore[arg-type]
    return round(number, 2) if math.isfinite(number) and abs(number) <= limit else None


def _date(value: object) -> datetime | None:
    if type(value) is int and 0 < value < _YEAR_2100:
        return datetime.fromtimestamp(value, UTC)
    return None


_CHAT_TYPES = frozenset({"private", "group", "supergroup", "channel"})
_STATUSES = frozenset({"creator", "administrator", "member", "restricted", "left", "kicked"})
_STAND_INS = frozenset({1087968824, 136817688, 777000})  # GroupAnonymousBot, Channel Bot, Telegram
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
