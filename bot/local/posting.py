"""Puts a message into a chat: whoever sends it, whatever it carries, wherever it belongs."""

from __future__ import annotations

from typing import Any

from bot.local import errors
from bot.local.errors import refused
from bot.local.keyboards import NO_MARKUP, Markup
from bot.local.state import Chat, Content, Json, Line, Message, Person, Topic
from bot.local.telegram import Telegram

GENERAL = 1


def find_topic(chat: Chat, thread_id: int) -> Topic | None:
    """Find the topic a bot names; 0 is General.

    Raises: ApiError when there is no such topic; General, too, must not be named.
    """
    if not thread_id or chat.private or not chat.forum:
        return None
    topic = chat.topics.get(thread_id)
    if topic is None or thread_id == GENERAL:
        raise refused(errors.THREAD_NOT_FOUND)
    return topic


def check_may_write(t: Telegram, chat: Chat, topic: Topic | None) -> None:
    """Look whether the bot may write here.

    Raises: ApiError when it may not write at all, or the topic is closed and it runs no topics.
    """
    if chat.bot_status == "restricted":
        raise refused(errors.NOT_ENOUGH_RIGHTS_SEND)
    closed = topic.closed if topic is not None else chat.forum and chat.general_closed
    if closed and "can_manage_topics" not in chat.rights:
        raise refused(errors.TOPIC_CLOSED)


def quoted(message: Message) -> Json:
    """Give a message as it appears under an answer to it: without what it answered itself."""
    if "reply_to_message" not in message.body:
        return message.body
    body = dict(message.body)
    del body["reply_to_message"]
    return body


def post(
    t: Telegram,
    chat: Chat,
    content: Content,
    *,
    author: Person | None = None,
    topic: Topic | None = None,
    reply_to: Message | None = None,
    markup: Markup = NO_MARKUP,
    silent: bool = False,
    protect: bool = False,
    extra: Json | None = None,
) -> Message:
    """Add a message to a chat; without an author it is the bot's."""
    message_id = chat.next_id()
    user = t.me if author is None else t.users[author.id]
    body: Json = {
        "message_id": message_id,
        "from": user,
        "chat": chat.as_chat(),
        "date": t.date(),
    }
    if topic is not None:
        body["message_thread_id"] = topic.thread_id
        body["is_topic_message"] = True
        if reply_to is None:
            reply_to = chat.messages.get(topic.thread_id)  # as Telegram does, see above
    if reply_to is not None:
        body["reply_to_message"] = quoted(reply_to)
    body.update(content.fields)
    if extra:
        body.update(extra)
    if markup.inline is not None:
        body["reply_markup"] = markup.inline
    if protect:
        body["has_protected_content"] = True
    message = Message(
        message_id,
        body,
        mine=author is None,
        thread_id=None if topic is None else topic.thread_id,
        silent=silent,
    )
    if markup.other is not None:
        _show_keyboard(chat, message, markup.other)
    chat.keep(message)
    chat.typing = (0.0, "")
    t.events.publish("message", chat.id, message_id=message_id, thread=message.thread_id)
    t.notify(chat, message, user["first_name"], user["id"])
    return message


def _show_keyboard(chat: Chat, message: Message, markup: Json) -> None:
    if "keyboard" in markup:
        message.keyboard = True
        chat.keyboard = markup
    elif markup.get("remove_keyboard"):
        message.keyboard = True
        chat.keyboard = None
    elif markup.get("force_reply"):
        message.keyboard = True


def post_service(
    t: Telegram,
    chat: Chat,
    fields: Json,
    *,
    author: Person | None,
    topic: Topic | None = None,
    tell: bool = True,
) -> Message:
    """Add a service message, such as "topic created", and tell the bot about it."""
    user = t.me if author is None else t.users[author.id]
    message_id = chat.next_id()
    body: Json = {
        "message_id": message_id,
        "from": user,
        "chat": chat.as_chat(),
        "date": t.date(),
    }
    if topic is not None:
        body["message_thread_id"] = topic.thread_id or message_id
        body["is_topic_message"] = True
        creation = chat.messages.get(topic.thread_id)
        if creation is not None:
            body["reply_to_message"] = quoted(creation)
    body.update(fields)
    thread_id = body.get("message_thread_id")
    message = Message(message_id, body, author is None, thread_id, service=True)
    chat.keep(message)
    t.events.publish("message", chat.id, message_id=message_id, thread=thread_id)
    if tell:
        t.updates.add("message", body, chat.id)
    return message


def remove(t: Telegram, chat: Chat, message: Message) -> None:
    """Take a message away for everybody."""
    chat.messages.pop(message.id, None)
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    t.events.publish("delete", chat.id, message_id=message.id, thread=message.thread_id)


def note(chat: Chat, kind: str, thread_id: int | None, name: str, text: str) -> None:
    """Write a line that is no message into the chat's story: a tap, a pop-up."""
    chat.lines.append(Line(kind, thread_id=thread_id, name=name, text=text))


def user_argument(value: Any) -> int:
    """Read the number of a user; 0 when it is none."""
    try:
        return int(value)
    except (TypeError, ValueError):
        return 0
