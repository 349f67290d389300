"""What Telegram hands in, made small, typed and harmless before anything else sees it.

An update comes from the other side of the world and from every client ever written: any field may
be missing, of another type, or new. Nothing in here raises, whatever comes: a shape that is not
understood is `ignored` with a reason of ours. Who a message was forwarded from, names, user names
and file names are dropped here, so that no later part can keep them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from bot.telegram.content import Command as Command
from bot.telegram.content import Moved as Moved
from bot.telegram.content import Reading, read_content
from bot.telegram.content import Wrote as Wrote
from bot.telegram.shapes import clean as clean
from bot.telegram.shapes import moment, number, one_of, words
from flows.directory import ALOUD

ALLOWED_UPDATES: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""What the bot asks Telegram for; everything else is never sent to it."""

GROUPS: Final = frozenset({"group", "supergroup"})
ANONYMOUS: Final = 1087968824
"""Telegram's stand-in for an administrator who writes as the group."""

PROMPT: Final = "✍️✉️"
"""What a message of Antenna begins with that asks for words for a person."""

PERSON: Final = "👤"
"""What a message of Antenna begins with that shows words of a person; no other one does."""


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
    """A button was tapped. `accessible` is false when the message is too old to be touched. `words`
    are those of the message, ours, where they are to be read aloud."""

    data: str = field(repr=False)
    query_id: str = field(repr=False)
    message_id: int | None
    accessible: bool
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Membership:
    """What the bot now is in a chat: `member`, `administrator`, `kicked` (blocked), `left` …"""

    status: str


Content = Tap | Command | Wrote | Membership | Moved | None


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update. Chat and sender are numbers here and nowhere else in a readable form.

    `thread_id` is the topic of a forum. `reply_to` is the message that is answered to, never the
    one a topic began with: every plain message of a topic is an answer to that. `reply_bot` is the
    bot that wrote it, `reply_asks` whether it begins as those do whose answer reaches a person: by
    that, too, one is known that went out and of which, after a crash, nothing is kept.
    `reply_wants`: the passage, language and mark of words that it asks somebody to record.
    """

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
    thread_id: int | None = None
    reply_to: int | None = None
    reply_bot: int | None = field(default=None, repr=False)
    reply_asks: bool = False
    reply_wants: tuple[str, str, str] | None = None

    @property
    def album(self) -> str | None:
        """What belongs together: the parts of an album are updates of their own."""
        return self.content.album if isinstance(self.content, Wrote) else None

    @property
    def is_anonymous(self) -> bool:
        """Whether an administrator of a group writes as the group itself."""
        return self.from_id == ANONYMOUS

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
    update_id = number(raw.get("update_id"))
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
    message_id = number(message.get("message_id"))
    if message.get("sender_chat") is not None or message.get("is_automatic_forward"):
        sender = Sender.CHANNEL
    content: Command | Wrote | Moved | None = None
    why = ""
    if chat_id is None or message_id is None:
        why = "shape"
    elif chat_type == "channel":
        why = "channel"
    else:
        group = chat_type in GROUPS
        reading = Reading(from_id, bot_name, commands=kind is Kind.MESSAGE, group=group)
        content = read_content(message, reading)
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
        moment(message.get("edit_date" if kind is Kind.EDITED else "date")),
        why,
        _thread(message),
        *_answered(message),
    )


def _thread(message: dict[str, Any]) -> int | None:
    return number(message.get("message_thread_id")) if message.get("is_topic_message") else None


_Answered = tuple[int | None, int | None, bool, tuple[str, str, str] | None]


def _answered(message: dict[str, Any]) -> _Answered:
    """The message this one answers to, the bot that wrote that, whether it asks for an answer, and
    what for."""
    answered = message.get("reply_to_message")
    if type(answered) is not dict or "forum_topic_created" in answered:
        return None, None, False, None
    answered_id = number(answered.get("message_id"))
    if answered_id is None or answered_id == _thread(message):
        return None, None, False, None
    author, sender, _language = _sender(answered.get("from"))
    bot = author if sender is Sender.BOT else None
    text = answered.get("text") or answered.get("caption")
    if type(text) is not str:
        return answered_id, bot, False, None
    wants = _WANTED.search(text)
    passage = None if wants is None else (wants[1], wants[2], wants[3])
    return answered_id, bot, text.startswith((PROMPT, PERSON)), passage


def _callback(query: object, update_id: int) -> Incoming:
    if type(query) is not dict:
        return Incoming(update_id, Kind.IGNORED, why="shape")
    query_id, data = words(query.get("id")), query.get("data")
    from_id, sender, language = _sender(query.get("from"))
    message = query.get("message")
    if type(message) is not dict:  # of an inline message, which the bot never makes
        message = {}
    chat_id, chat_type = _chat(message.get("chat"))
    message_id, date = number(message.get("message_id")), moment(message.get("date"))
    whole = query_id is not None and type(data) is str and chat_id is not None
    tap = None
    if query_id is not None:
        said = clean(data) if type(data) is str and len(data) <= 64 else ""
        # An inaccessible message comes with the date 0 and nothing in it.
        accessible = message.get("date") not in (0, None)
        read = message.get("text") if said == ALOUD else None
        aloud = clean(read) if type(read) is str else ""
        tap = Tap(said, query_id, message_id, accessible, aloud)
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
        _thread(message),
    )


def _member(change: object, update_id: int) -> Incoming:
    if type(change) is not dict:
        return Incoming(update_id, Kind.IGNORED, why="shape")
    chat_id, chat_type = _chat(change.get("chat"))
    from_id, sender, language = _sender(change.get("from"))
    now = change.get("new_chat_member")
    status = one_of(_STATUSES, now.get("status")) if type(now) is dict else ""
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
        date=moment(change.get("date")),
    )


def _chat(chat: object) -> tuple[int | None, str]:
    if type(chat) is not dict:
        return None, ""
    chat_type = chat.get("type")
    return number(chat.get("id")), one_of(_CHAT_TYPES, chat_type)


def _sender(account: object) -> tuple[int | None, Sender, str | None]:
    if type(account) is not dict:
        return None, Sender.NOBODY, None
    from_id = number(account.get("id"))
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


_WANTED = re.compile(r"🔖 (\S{1,40}) · (\S{1,12}) · ([0-9a-f]{20})\Z")
_CHAT_TYPES = frozenset({"private", "group", "supergroup", "channel"})
_STATUSES = frozenset({"creator", "administrator", "member", "restricted", "left", "kicked"})
_STAND_INS = frozenset({ANONYMOUS, 136817688, 777000})  # GroupAnonymousBot, Channel Bot, Telegram
