"""The methods about the topics of a forum."""

from __future__ import annotations

from bot.local import errors
from bot.local.arguments import Arguments
from bot.local.chats import TOPIC_COLORS, forum, open_topic, topic_name
from bot.local.errors import refused
from bot.local.posting import post_service, remove
from bot.local.state import Chat, Json, Topic
from bot.local.telegram import Telegram

# Ids are opaque to bots; these stand for the icons every bot may use.
ICONS = {
    "5434144690511290129": "📰",
    "5312536423851630001": "💡",
    "5350305691942788490": "📈",
    "5417915203100613993": "💬",
    "5377544228505134960": "📁",
    "5237699328843200968": "✅",
    "5379748062124056162": "❗️",
    "5377624166436445368": "❓",
}


def create_forum_topic(t: Telegram, a: Arguments) -> Json:
    """Open a topic."""
    name = topic_name(a)
    chat = forum(t, a)
    color = a.integer("icon_color") or TOPIC_COLORS[chat.last_id % len(TOPIC_COLORS)]
    if color not in TOPIC_COLORS:
        raise refused(errors.TOPIC_ICON_INVALID)
    topic = open_topic(t, chat, name, color, a.text("icon_custom_emoji_id"))
    shown: Json = {
        "message_thread_id": topic.thread_id,
        "name": topic.name,
        "icon_color": topic.icon_color,
    }
    if topic.icon_custom_emoji_id:
        shown["icon_custom_emoji_id"] = topic.icon_custom_emoji_id
    return shown


def _topic(chat: Chat, a: Arguments) -> Topic:
    topic = chat.topics.get(a.integer("message_thread_id"))
    if topic is None:
        raise refused(errors.TOPIC_ID_INVALID)
    return topic


def edit_forum_topic(t: Telegram, a: Arguments) -> bool:
    """Give a topic another name or icon."""
    chat = forum(t, a)
    topic = _topic(chat, a)
    edited: Json = {}
    if a.has("name") and topic_name(a) != topic.name:
        edited["name"] = topic.name = topic_name(a)
    if "icon_custom_emoji_id" in a.values:
        icon = a.text("icon_custom_emoji_id")
        if icon != topic.icon_custom_emoji_id:
            edited["icon_custom_emoji_id"] = topic.icon_custom_emoji_id = icon
    if not edited:
        raise refused(errors.TOPIC_NOT_MODIFIED)
    post_service(t, chat, {"forum_topic_edited": edited}, author=None, topic=topic)
    t.events.publish("topic", chat.id, thread=topic.thread_id)
    return True


def _set_closed(t: Telegram, a: Arguments, *, closed: bool) -> bool:
    chat = forum(t, a)
    topic = _topic(chat, a)
    if topic.closed == closed:
        raise refused(errors.TOPIC_NOT_MODIFIED)
    topic.closed = closed
    kind = "forum_topic_closed" if closed else "forum_topic_reopened"
    post_service(t, chat, {kind: {}}, author=None, topic=topic)
    t.events.publish("topic", chat.id, thread=topic.thread_id)
    return True


def close_forum_topic(t: Telegram, a: Arguments) -> bool:
    """Close a topic."""
    return _set_closed(t, a, closed=True)


def reopen_forum_topic(t: Telegram, a: Arguments) -> bool:
    """Open a closed topic again."""
    return _set_closed(t, a, closed=False)


def delete_topic(t: Telegram, chat: Chat, topic: Topic) -> None:
    """Take a topic away with all its messages."""
    del chat.topics[topic.thread_id]
    for message in [m for m in chat.messages.values() if m.thread_id == topic.thread_id]:
        remove(t, chat, message)
    t.events.publish("topic", chat.id, thread=topic.thread_id)


def drop_topic(t: Telegram, a: Arguments) -> None:
    """Take away the topic that a message is for, in the moment in which it is sent."""
    chat = t.chats.get(a.integer("chat_id"))
    topic = None if chat is None else chat.topics.get(a.integer("message_thread_id"))
    if chat is not None and topic is not None:
        delete_topic(t, chat, topic)


def delete_forum_topic(t: Telegram, a: Arguments) -> bool:
    """Delete a topic with all its messages."""
    chat = forum(t, a)
    delete_topic(t, chat, _topic(chat, a))
    return True


def _set_general(t: Telegram, a: Arguments, *, closed: bool) -> bool:
    chat = forum(t, a)
    if chat.general_closed == closed:
        raise refused(errors.TOPIC_NOT_MODIFIED)
    chat.general_closed = closed
    kind = "forum_topic_closed" if closed else "forum_topic_reopened"
    post_service(t, chat, {kind: {}}, author=None)
    t.events.publish("topic", chat.id)
    return True


def close_general_forum_topic(t: Telegram, a: Arguments) -> bool:
    """Close General."""
    return _set_general(t, a, closed=True)


def reopen_general_forum_topic(t: Telegram, a: Arguments) -> bool:
    """Open General again."""
    return _set_general(t, a, closed=False)


def edit_general_forum_topic(t: Telegram, a: Arguments) -> bool:
    """Rename General."""
    chat = forum(t, a)
    post_service(t, chat, {"forum_topic_edited": {"name": topic_name(a)}}, author=None)
    return True


def _set_general_hidden(t: Telegram, a: Arguments, *, hidden: bool) -> bool:
    chat = forum(t, a)
    if chat.general_hidden == hidden:
        raise refused(errors.TOPIC_NOT_MODIFIED)
    chat.general_hidden = hidden
    kind = "general_forum_topic_hidden" if hidden else "general_forum_topic_unhidden"
    post_service(t, chat, {kind: {}}, author=None)
    t.events.publish("topic", chat.id)
    return True


def hide_general_forum_topic(t: Telegram, a: Arguments) -> bool:
    """Hide General."""
    return _set_general_hidden(t, a, hidden=True)


def unhide_general_forum_topic(t: Telegram, a: Arguments) -> bool:
    """Show General again."""
    return _set_general_hidden(t, a, hidden=False)


def get_forum_topic_icon_stickers(t: Telegram, a: Arguments) -> list[Json]:
    """List the icons a topic may have."""
    return [
        {
            "file_id": f"icon{number}",
            "file_unique_id": f"u{number}",
            "type": "custom_emoji",
            "width": 100,
            "height": 100,
            "is_animated": True,
            "is_video": False,
            "emoji": sign,
            "set_name": "Topics",
            "custom_emoji_id": number,
        }
        for number, sign in ICONS.items()
    ]
