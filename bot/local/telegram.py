"""The local Telegram itself: the bot it serves, the people and chats it knows, its clock."""

from __future__ import annotations

import asyncio
import hashlib
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from bot.clock import Clock
from bot.local import errors
from bot.local.clock import SkippingClock
from bot.local.errors import ApiError, refused
from bot.local.events import Events
from bot.local.faults import Faults
from bot.local.state import (
    FIRST_GROUP,
    FIRST_PERSON,
    KEPT_CALLS,
    Call,
    Chat,
    File,
    Json,
    Message,
    Notification,
    Person,
)
from bot.local.updates import Updates
from bot.local.webhook import Webhook

LINE_LENGTH = 60


@dataclass(slots=True)
class Query:
    """A tapped button that waits for its answer."""

    id: str
    person_id: int
    chat_id: int
    at: float
    answer: asyncio.Future[Json] | None = None


@dataclass(slots=True)
class Profile:
    """What the bot says about itself, by language."""

    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)


class Telegram:
    """All there is, in memory; `reset` begins anew."""

    def __init__(
        self,
        token: str,
        clock: Clock,
        *,
        name: str = "Antenna",
        username: str = "antenna_local_bot",
        log: bool = True,
        webhook_pause_seconds: float = 1.0,
    ) -> None:
        self.token = token
        self.clock = SkippingClock(clock)
        self.log = log
        self.console = ""
        """Where the operators' console is, for the page to lead there."""
        head = token.split(":", 1)[0]
        bot_id = int(head) if head.isdigit() and len(head) < 16 else 1
        self.me: Json = {
            "id": bot_id,
            "is_bot": True,
            "first_name": name,
            "username": username,
        }
        self.events = Events()
        self.faults = Faults(self.clock.monotonic)
        self.execute: Callable[[Json], Awaitable[object]] = _nobody
        self._webhook_pause_seconds = webhook_pause_seconds
        self._begin()

    def _begin(self) -> None:
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.users: dict[int, Json] = {self.me["id"]: self.me}
        self.files: dict[str, File] = {}
        self.queries: dict[str, Query] = {}
        self.profile = Profile()
        self.calls: deque[Call] = deque(maxlen=KEPT_CALLS)
        self.call_count = 0
        self.file_count = 0
        self.query_count = 0
        self.updates = Updates(self.time)
        self.webhook = Webhook(
            self.updates, self.time, self._obey, pause_seconds=self._webhook_pause_seconds
        )

    async def _obey(self, wish: Json) -> None:
        await self.execute(wish)

    async def reset(self) -> None:
        """Forget everything, faults and webhook too; update numbers go on rising."""
        last_update = self.updates.last_id
        await self.webhook.close()
        self.updates.close_poll()
        self.faults.remove(None)
        self._begin()
        self.updates.last_id = last_update
        self.events.publish("reset")

    def time(self) -> float:
        """Now, as a Unix time."""
        return self.clock.now().timestamp()

    def date(self) -> int:
        """Now, in whole seconds, as messages carry it."""
        return int(self.clock.now().timestamp())

    def add_person(self, wish: Json) -> Person:
        """Give somebody a phone. They have not met the bot yet."""
        person_id = int(wish.get("id") or max(self.people, default=FIRST_PERSON - 1) + 1)
        person = Person(
            id=person_id,
            first_name=str(wish.get("first_name") or "Person"),
            last_name=str(wish.get("last_name") or ""),
            username=str(wish.get("username") or ""),
            language_code=str(wish.get("language_code") or ""),
            label=str(wish.get("label") or ""),
            is_bot=bool(wish.get("is_bot")),
        )
        self.people[person_id] = person
        self.users[person_id] = person.as_user()
        chat = self.chats.get(person_id)
        if chat is not None:  # the same person, renamed
            chat.person, chat.head = person, {}
        return person

    def add_group(self, title: str, *, forum: bool, chat_id: int | None = None) -> Chat:
        """Found a supergroup; who is in it is for the caller to say."""
        number = chat_id or min((*self.chats, FIRST_GROUP + 1)) - 1
        chat = Chat(number, "supergroup", title=title, forum=forum)
        chat.last_id = 1  # the message that says the group was founded
        self.chats[number] = chat
        return chat

    def private_chat(self, person: Person) -> Chat:
        """Give the chat of a person with the bot; the first time, it begins here."""
        chat = self.chats.get(person.id)
        if chat is None:
            chat = self.chats[person.id] = Chat(person.id, "private", person=person)
        return chat

    def find_chat(self, chat_id: Any) -> Chat:
        """Find the chat a bot names, by number or by @username.

        Raises: ApiError when there is none the bot may see.
        """
        if type(chat_id) is not int:
            text = str(chat_id if chat_id is not None else "").strip()
            if not text:
                raise refused(errors.CHAT_ID_EMPTY)
            try:
                chat_id = int(text)
            except ValueError:
                raise refused(errors.CHAT_NOT_FOUND) from None
        chat = self.chats.get(chat_id)
        if chat is None:
            raise refused(errors.CHAT_NOT_FOUND)
        if chat.migrated_to is not None:
            raise ApiError(400, errors.GROUP_UPGRADED, migrate_to_chat_id=chat.migrated_to)
        if chat.disbanded:
            raise refused(errors.GROUP_DELETED)
        if chat.bot_status == "kicked" and not chat.private:
            raise refused(errors.BOT_KICKED)
        if chat.bot_status == "left":
            raise refused(errors.BOT_NOT_MEMBER)
        return chat

    def writable_chat(self, chat_id: Any) -> Chat:
        """Find a chat the bot may write in.

        Raises: ApiError when it does not exist or the person has blocked the bot.
        """
        chat = self.find_chat(chat_id)
        if chat.person is not None:
            if chat.person.deactivated:
                raise refused(errors.USER_DEACTIVATED)
            if chat.person.blocked:
                raise refused(errors.BOT_BLOCKED)
        return chat

    def chat_instance(self, chat: Chat) -> str:
        """Give the opaque number that stands for a chat in callback queries."""
        digest = hashlib.sha256(f"{self.me['id']}:{chat.id}".encode()).digest()
        return str(int.from_bytes(digest[:8], "big", signed=True))

    def notify(self, chat: Chat, message: Message, name: str, author_id: int) -> None:
        """Show the line a locked phone would show, on every phone but the author's."""
        line = notification_line(message.body)
        at = message.body["date"]
        if chat.person is not None:
            if chat.person.id != author_id:
                self._show(chat.person, chat, at, name, line, message.silent)
            return
        for member in chat.members:
            person = self.people.get(member)
            if person is not None and member != author_id:
                self._show(person, chat, at, chat.title, f"{name}: {line}", message.silent)

    def _show(
        self, person: Person, chat: Chat, at: int, title: str, text: str, silent: bool
    ) -> None:
        person.notifications.append(Notification(at, title, text, silent, chat.id))
        self.events.publish("notification", chat.id, person=person.id, text=text, silent=silent)


_SIGNS = {
    "photo": "🖼 Photo",
    "voice": "🎤 Voice message",
    "audio": "🎵 Audio",
    "document": "📎 File",
    "video": "📹 Video",
    "video_note": "📹 Video message",
    "animation": "GIF",
    "sticker": "Sticker",
    "location": "📍 Location",
    "venue": "📍 Place",
    "contact": "👤 Contact",
    "poll": "📊 Poll",
    "dice": "🎲",
}


def notification_line(body: Json) -> str:
    """Give the first words of a message, as they stood when it was sent."""
    text = body.get("text")
    if text is None:
        sign = next((_SIGNS[kind] for kind in _SIGNS if kind in body), "Message")
        caption = body.get("caption")
        text = f"{sign}, {caption}" if caption else sign
    beginning = text[: 4 * LINE_LENGTH]
    line = " ".join(beginning.split()) if "\n" in beginning else beginning
    return line if len(line) <= LINE_LENGTH else line[: LINE_LENGTH - 1].rstrip() + "…"


async def _nobody(_wish: Json) -> None:
    return None
