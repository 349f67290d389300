"""Everything the local Telegram remembers, in memory: people, chats, messages, files."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Any

from bot.local.html import Entity

Json = dict[str, Any]

KEPT_MESSAGES = 2_000
KEPT_LINES = 4_000
KEPT_NOTIFICATIONS = 200
FIRST_PERSON = 700_000_001
FIRST_GROUP = -1_002_000_000_001
ALL_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
    "can_send_welcome_messages",
)
# What a new group gives the bot: what an operators' group needs and no more.
USUAL_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_restrict_members",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


@dataclass(slots=True)
class Notification:
    """A line on a locked screen."""

    at: int
    title: str
    text: str
    silent: bool
    chat: int


@dataclass(slots=True)
class Person:
    """Somebody with a phone."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    label: str = ""
    is_bot: bool = False
    blocked: bool = False
    deactivated: bool = False
    notifications: deque[Notification] = field(
        default_factory=lambda: deque(maxlen=KEPT_NOTIFICATIONS)
    )

    def as_user(self) -> Json:
        """Give the User object bots see."""
        user: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        for name in ("last_name", "username", "language_code"):
            value = getattr(self, name)
            if value:
                user[name] = value
        return user


@dataclass(slots=True)
class Message:
    """A message as it stands: `body` is the object the Bot API shows."""

    id: int
    body: Json
    mine: bool  # sent by the bot
    thread_id: int | None = None
    silent: bool = False
    service: bool = False
    keyboard: bool = False  # it brought a reply keyboard, so it can't be edited
    reactions: dict[int, list[Json]] = field(default_factory=dict)


@dataclass(slots=True)
class Topic:
    """A topic of a forum; its id is that of the message that created it."""

    thread_id: int
    name: str
    icon_color: int
    icon_custom_emoji_id: str = ""
    closed: bool = False


@dataclass(slots=True)
class Line:
    """One line of a chat's story: a message, a tapped button or a pop-up."""

    kind: str
    message_id: int = 0
    thread_id: int | None = None
    text: str = ""
    name: str = ""


@dataclass(slots=True)
class Chat:
    """A private chat or a group."""

    id: int
    kind: str
    title: str = ""
    forum: bool = False
    person: Person | None = None
    members: dict[int, str] = field(default_factory=dict)
    bot_status: str = "member"
    rights: frozenset[str] = frozenset()
    last_id: int = 0
    messages: dict[int, Message] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    general_closed: bool = False
    general_hidden: bool = False
    pinned: list[int] = field(default_factory=list)
    lines: deque[Line] = field(default_factory=lambda: deque(maxlen=KEPT_LINES))
    keyboard: Json | None = None
    typing: tuple[float, str] = (0.0, "")
    migrated_to: int | None = None
    disbanded: bool = False
    head: Json = field(default_factory=dict)

    @property
    def private(self) -> bool:
        """Is this a chat with one person?"""
        return self.kind == "private"

    def as_chat(self) -> Json:
        """Give the Chat object that stands in messages."""
        if not self.head:
            self.head = {"id": self.id, "type": self.kind}
            if self.person is not None:
                for name in ("first_name", "last_name", "username"):
                    value = getattr(self.person, name)
                    if value:
                        self.head[name] = value
            else:
                self.head["title"] = self.title
                if self.forum:
                    self.head["is_forum"] = True
        return self.head

    def next_id(self) -> int:
        """Give the number of the chat's next message."""
        self.last_id += 1
        return self.last_id

    def keep(self, message: Message) -> None:
        """Remember a message; the oldest make room."""
        self.messages[message.id] = message
        self.lines.append(Line("message", message.id, message.thread_id))
        if len(self.messages) > KEPT_MESSAGES:
            del self.messages[next(iter(self.messages))]

    def is_admin(self, user_id: int) -> bool:
        """Does this member run the group?"""
        return self.members.get(user_id) in ("creator", "administrator")


@dataclass(slots=True)
class File:
    """A stored file; one of which only the size is known has no content."""

    file_id: str
    unique_id: str
    path: str
    size: int
    kind: str
    content: bytes | None = None
    mime_type: str = ""
    name: str = ""
    facts: Json = field(default_factory=dict)
    link_until: float = 0.0  # when the link that getFile gave stops leading here


@dataclass(slots=True)
class Content:
    """What a message says, apart from where and how it is sent."""

    fields: Json
    kind: str = "text"

    @classmethod
    def of_text(cls, text: str, entities: list[Entity]) -> Content:
        """A text and its entities."""
        fields: Json = {"text": text}
        if entities:
            fields["entities"] = entities
        return cls(fields)


KEPT_CALLS = 10_000


@dataclass(slots=True)
class Call:
    """One request of the bot, for the call log."""

    n: int
    method: str
    params: Json
    status: int
    error_code: int | None
    description: str | None
    at: float
