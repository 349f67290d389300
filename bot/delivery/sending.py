"""One row of the outbox, one call of the Bot API, and what became of it.

What Telegram's refusals mean is decided here and nowhere else. The words of a refusal are looked
at and dropped: they may repeat what was written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final, Protocol

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
)

from bot.telegram.errors import NotSentError, TooManyRequestsError
from storage.outbox import Policy, Row, Slot

QUICK_METHODS: Final = frozenset({"answerCallbackQuery", "deleteMessage", "deleteMessages"})
"""Calls that put nothing into a chat: they pass those that do, and Telegram counts them apart."""

MOST_DELETED: Final = 100

_TEXT_OF_AN_EDIT = ("text", "parse_mode", "entities", "link_preview_options", "reply_markup")
_EDIT_IS_IMPOSSIBLE = (
    "message to edit not found",
    "can't be edited",
    "no text in the message",
    "identifier is not specified",
    "message_id_invalid",
    "message not found",
)
_NOBODY_THERE = ("chat not found", "user not found", "peer_id_invalid", "user is deactivated")
_REFUSALS: Final = (
    ("thread not found", "topic_deleted", "topic_id_invalid", "no_topic"),
    ("topic_closed",),
    ("not modified", "topic_not_modified"),
    ("not a forum", "forum_disabled", "channel_forum_missing"),
    (
        "not enough rights",
        "no rights",
        "need administrator rights",
        "admin_required",
        "write_forbidden",
        "chat_restricted",
        "_forbidden",
    ),
    (*_NOBODY_THERE, "group chat was deleted", "group chat was deactivated", "channel_private"),
    (*_EDIT_IS_IMPOSSIBLE, "message to delete not found", "message can't be deleted"),
    ("to be replied not found", "replied message not found"),
    ("file_id", "file identifier", "file_reference", "type of file mismatch", "http url content"),
    ("too long", "too_long"),
)


class Caller(Protocol):
    """Whatever calls the Bot API: `TelegramClient`."""

    async def call(self, method: str, params: Mapping[str, Any] | None = None) -> Any:
        """Call a method; hand back its result or raise a `TelegramError`."""


class Fate(Enum):
    """What became of a row."""

    SENT = "sent"  # it had its effect, or had it already
    NOT_NEEDED = "not_needed"  # there is nothing left to do: gone, too old, overtaken
    LATER = "later"  # it waits in the database for a better hour
    REFUSED = "refused"  # Telegram will never take it
    UNREACHABLE = "unreachable"  # the person blocked the bot or is no more
    UNKNOWN = "unknown"  # at-most-once, and nobody knows whether it went out
    WAIT = "wait"  # 429
    AT_ONCE = "at_once"  # to be done in another way: the living message is gone
    RETRY = "retry"  # it certainly did not arrive
    LOST = "lost"  # nobody knows whether it arrived; it may be sent again
    NOT_MARKED = "not_marked"  # the database is away: it was not tried
    MIGRATED = "migrated"  # the group has another id now


RESULTS: Final[Mapping[Fate, str]] = {
    Fate.SENT: "sent",
    Fate.NOT_NEEDED: "dropped",
    Fate.LATER: "dropped",
    Fate.REFUSED: "bad_request",
    Fate.UNREACHABLE: "forbidden",
    Fate.UNKNOWN: "unknown",
    Fate.WAIT: "retry_after",
    Fate.AT_ONCE: "again",
    Fate.RETRY: "network",
    Fate.LOST: "timeout",
    Fate.NOT_MARKED: "failed",
    Fate.MIGRATED: "again",
}
"""What the figures call it."""


class Same(Enum):
    """The living message stayed what it was."""

    SAME = "same"


Living = int | None | Same


class Why(Enum):
    """Why Telegram refused, for whoever can mend it; `_REFUSALS` holds the words of each."""

    NO_TOPIC = 0  # deleted
    TOPIC_CLOSED = 1
    SAME = 2  # there was nothing to change
    NO_FORUM = 3  # the group has no topics (any more)
    NO_RIGHT = 4
    NO_CHAT = 5  # thrown out, blocked, gone
    NO_MESSAGE = 6  # deleted, or nobody may change it any more
    NO_REPLIED = 7  # what it answers is gone
    NO_FILE = 8
    TOO_LONG = 9
    OTHER = 10


@dataclass(frozen=True, slots=True)
class Sent:
    """The fate of a row, the messages it made, and which message is the living one now.

    `thread` is the topic it landed in, or that was made; `why` stands beside every refusal.
    `file_id` is what Telegram calls a file that was sent up, from now on.
    """

    fate: Fate
    message_ids: tuple[int, ...] = ()
    living: Living = Same.SAME
    seconds: float = 0.0
    chat_id: int = 0
    thread: int | None = None
    why: Why | None = None
    file_id: str = field(default="", repr=False)

    @property
    def trouble(self) -> bool:
        """Whether Telegram gave no answer worth the name: the fault is not in this row."""
        return self.fate in (Fate.RETRY, Fate.LOST, Fate.UNKNOWN)


class Sender:
    """Sends rows. It keeps nothing."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def send(self, row: Row, living: int | None) -> Sent:
        """Make the call a row asks for, as things stand with the living message of its chat."""
        try:
            if row.slot is Slot.NONE:
                return await self._plain(row, living)
            if row.slot is Slot.RETIRE:
                return await self._retire(row, living)
            if row.slot is Slot.EDIT and living is not None and _can_be_edited_into(row):
                return await self._edit(row, living)
            result = await self._caller.call(row.method, row.params)
            return _made(result, becomes_living=True)
        except TelegramError as error:
            return fate_of(error, row)

    async def _plain(self, row: Row, living: int | None) -> Sent:
        params = row.params
        if row.method == "deleteMessages":
            ids = [number for number in params.get("message_ids", ()) if type(number) is int]
            await self._delete(params.get("chat_id"), ids)
            return Sent(Fate.SENT, living=None if living in ids else Same.SAME)
        if row.method == "answerCallbackQuery" and "chat_id" in params:
            params = {name: value for name, value in params.items() if name != "chat_id"}
        result = await self._caller.call(row.method, params)
        if row.method == "deleteMessage" and params.get("message_id") == living:
            return Sent(Fate.SENT, living=None)
        return _made(result, becomes_living=False)

    async def _delete(self, chat_id: object, ids: Sequence[int]) -> None:
        """Delete what can be; one message that is too old must not keep the others."""
        for start in range(0, len(ids), MOST_DELETED):
            some = ids[start : start + MOST_DELETED]
            params = {"chat_id": chat_id, "message_ids": some}
            try:
                await self._caller.call("deleteMessages", params)
            except BadRequest as error:
                if _says(error, _NOBODY_THERE):
                    raise
                if len(some) > 1:
                    await self._delete(chat_id, some[: len(some) // 2])
                    await self._delete(chat_id, some[len(some) // 2 :])

    async def _edit(self, row: Row, living: int) -> Sent:
        params = {name: row.params[name] for name in _TEXT_OF_AN_EDIT if name in row.params}
        params["chat_id"], params["message_id"] = row.params.get("chat_id"), living
        try:
            await self._caller.call("editMessageText", params)
        except BadRequest as error:
            if "message is not modified" in error.message.lower():
                return Sent(Fate.SENT, living=living)
            if _says(error, _EDIT_IS_IMPOSSIBLE):
                return Sent(Fate.AT_ONCE, living=None)
            raise
        return Sent(Fate.SENT, living=living)

    async def _retire(self, row: Row, living: int | None) -> Sent:
        if living is None:
            return Sent(Fate.NOT_NEEDED)
        chat = {"chat_id": row.params.get("chat_id"), "message_id": living}
        try:
            if row.params.get("text"):
                text = {name: row.params[name] for name in _TEXT_OF_AN_EDIT if name in row.params}
                text.pop("reply_markup", None)
                await self._caller.call("editMessageText", {**text, **chat})
            else:
                await self._caller.call("deleteMessage", chat)
        except BadRequest as error:
            if _says(error, _NOBODY_THERE):
                raise
            return Sent(Fate.NOT_NEEDED, living=None)
        return Sent(Fate.SENT, living=None)


def _can_be_edited_into(row: Row) -> bool:
    """Whether a message may be edited into this: a text, and under it buttons or nothing."""
    if row.method != "sendMessage":
        return False
    markup = row.params.get("reply_markup")
    return markup is None or (isinstance(markup, Mapping) and "inline_keyboard" in markup)


def _made(result: object, *, becomes_living: bool) -> Sent:
    """The messages in an answer: one, several (an album), or none (True)."""
    made = result if isinstance(result, list) else [result]
    ids = tuple(
        message["message_id"]
        for message in made
        if isinstance(message, Mapping) and type(message.get("message_id")) is int
    )
    living = ids[0] if becomes_living and ids else Same.SAME
    first = made[0] if made else None
    return Sent(Fate.SENT, ids, living, thread=_thread_of(first), file_id=_file_of(first))


def _file_of(made: object) -> str:
    """What a file in a message is known by; of a photo its largest size."""
    told: Mapping[str, object] = made if isinstance(made, Mapping) else {}
    for kind in ("voice", "photo", "document"):
        file = told.get(kind)
        file = file[-1] if isinstance(file, list) and file else file
        if isinstance(file, Mapping) and isinstance(file.get("file_id"), str):
            return str(file["file_id"])
    return ""


def _thread_of(made: object) -> int | None:
    """The topic of a message, or the topic that was made; in General there is none."""
    thread = made.get("message_thread_id") if isinstance(made, Mapping) else None
    return thread if type(thread) is int else None


def _says(error: TelegramError, phrases: Sequence[str]) -> bool:
    words = error.message.lower()
    return any(phrase in words for phrase in phrases)


def why_of(error: TelegramError) -> Why:
    """Why Telegram refused."""
    for why, phrases in zip(Why, _REFUSALS, strict=False):
        if _says(error, phrases):
            return why
    return Why.NO_CHAT if isinstance(error, Forbidden) else Why.OTHER


def fate_of(error: TelegramError, row: Row) -> Sent:
    """What an error means for a row."""
    if isinstance(error, TooManyRequestsError):
        return Sent(Fate.WAIT, seconds=error.seconds)
    if isinstance(error, ChatMigrated):
        return Sent(Fate.MIGRATED, chat_id=error.new_chat_id)
    if isinstance(error, InvalidToken | NotSentError):
        return Sent(Fate.RETRY)
    if isinstance(error, BadRequest | Forbidden):
        return _refusal(error, row)
    if isinstance(error, NetworkError):  # it left, and nobody knows more
        return Sent(Fate.UNKNOWN if row.policy is Policy.ONCE else Fate.LOST)
    return Sent(Fate.REFUSED, why=Why.OTHER)


def _refusal(error: BadRequest | Forbidden, row: Row) -> Sent:
    return Sent(_fate_of_refusal(error, row), why=why_of(error))


def _fate_of_refusal(error: BadRequest | Forbidden, row: Row) -> Fate:
    if row.method == "answerCallbackQuery":
        return Fate.NOT_NEEDED  # too old: the spinner has ended long ago
    if isinstance(error, Forbidden) or _says(error, _NOBODY_THERE):
        return Fate.REFUSED if row.person_id is None else Fate.UNREACHABLE
    if row.method in QUICK_METHODS or _says(error, ("message is not modified",)):
        return Fate.NOT_NEEDED
    if row.method.startswith("edit") and _says(error, _EDIT_IS_IMPOSSIBLE):
        return Fate.NOT_NEEDED
    return Fate.REFUSED


def topic_stays(row: Row, sent: Sent) -> bool:
    """Whether a topic that should go is still there, because the bot may not delete it."""
    refused = sent.fate is Fate.REFUSED and row.method == "deleteForumTopic"
    return refused and sent.why is not Why.NO_TOPIC
