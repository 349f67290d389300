"""The methods about chats, their members and their topics."""

from __future__ import annotations

from typing import Any

from bot.local import errors
from bot.local.arguments import Arguments
from bot.local.errors import refused
from bot.local.posting import find_topic, post_service, user_argument
from bot.local.state import ALL_RIGHTS, Chat, Json, Message, Topic
from bot.local.telegram import Telegram

TOPIC_COLORS = (0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F)
TOPIC_NAME_LENGTH = 128
ACTIONS = {
    *("typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice"),
    *("upload_document", "choose_sticker", "find_location", "record_video_note"),
    "upload_video_note",
}
TYPING_SECONDS = 5
_EMOJI = (
    "👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 "
    "🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 "
    "😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 "
    "🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡 "
)
REACTIONS = frozenset(_EMOJI.split())
_SILENCED = dict.fromkeys(
    (
        "can_send_messages",
        "can_send_audios",
        "can_send_documents",
        "can_send_photos",
        "can_send_videos",
        "can_send_video_notes",
        "can_send_voice_notes",
        "can_send_polls",
        "can_send_other_messages",
        "can_add_web_page_previews",
        "can_react_to_messages",
        "can_edit_tag",
        "can_change_info",
        "can_invite_users",
        "can_pin_messages",
        "can_manage_topics",
    ),
    False,
)


def get_chat(t: Telegram, a: Arguments) -> Json:
    """Show a chat."""
    chat = t.find_chat(a.values.get("chat_id"))
    full: Json = {
        **chat.as_chat(),
        "accent_color_id": chat.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            True,
        ),
    }
    if not chat.private:
        full["permissions"] = dict.fromkeys(
            (
                "can_send_messages",
                "can_send_audios",
                "can_send_documents",
                "can_send_photos",
                "can_send_videos",
                "can_send_video_notes",
                "can_send_voice_notes",
                "can_send_polls",
                "can_send_other_messages",
                "can_add_web_page_previews",
                "can_change_info",
                "can_invite_users",
                "can_pin_messages",
                "can_manage_topics",
            ),
            True,
        )
    if chat.pinned and chat.pinned[-1] in chat.messages:
        full["pinned_message"] = chat.messages[chat.pinned[-1]].body
    return full


def bot_member(t: Telegram, chat: Chat, status: str | None = None) -> Json:
    """Show the bot as a member of a chat."""
    status = status or chat.bot_status
    if status == "restricted":
        return {"status": status, "user": t.me, "is_member": True, "until_date": 0, **_SILENCED}
    if status != "administrator":
        extra: Json = {"until_date": 0} if status == "kicked" else {}
        return {"status": status, "user": t.me, **extra}
    rights = {name: name in chat.rights for name in ALL_RIGHTS}
    return {
        "status": status,
        "user": t.me,
        "can_be_edited": False,
        "is_anonymous": False,
        **rights,
    }


def _member(t: Telegram, chat: Chat, user_id: int) -> Json:
    if user_id == t.me["id"]:
        return bot_member(t, chat)
    status = chat.members.get(user_id, "left")
    member: Json = {"status": status, "user": t.users[user_id]}
    if status == "creator":
        member["is_anonymous"] = False
    elif status == "administrator":
        member |= {"can_be_edited": False, "is_anonymous": False}
        member |= dict.fromkeys(ALL_RIGHTS, True)
    elif status == "kicked":
        member["until_date"] = 0
    return member


def get_chat_member(t: Telegram, a: Arguments) -> Json:
    """Show one member of a chat."""
    chat = t.find_chat(a.values.get("chat_id"))
    user_id = user_argument(a.values.get("user_id"))
    if user_id not in t.users:
        raise refused(errors.USER_NOT_FOUND)
    if chat.person is not None:
        if user_id not in (chat.id, t.me["id"]):
            raise refused(errors.CHAT_MEMBER_ONLY_IN_CHATS)
        return {"status": "member", "user": t.users[user_id]}
    return _member(t, chat, user_id)


def get_chat_administrators(t: Telegram, a: Arguments) -> list[Json]:
    """List those who run a group."""
    chat = t.find_chat(a.values.get("chat_id"))
    if chat.private:
        raise refused(errors.PRIVATE_HAS_NO_ADMINISTRATORS)
    admins = [_member(t, chat, user) for user in chat.members if chat.is_admin(user)]
    if chat.bot_status == "administrator":
        admins.append(bot_member(t, chat))
    return admins


def get_chat_member_count(t: Telegram, a: Arguments) -> int:
    """Count the members of a chat, the bot included."""
    chat = t.find_chat(a.values.get("chat_id"))
    return 2 if chat.private else len(chat.members) + 1


def leave_chat(t: Telegram, a: Arguments) -> bool:
    """Leave a group."""
    chat = t.find_chat(a.values.get("chat_id"))
    if chat.private:
        raise refused(errors.CANNOT_LEAVE_PRIVATE)
    chat.bot_status = "left"
    t.events.publish("topic", chat.id)
    return True


def send_chat_action(t: Telegram, a: Arguments) -> bool:
    """Show that the bot is typing, for five seconds."""
    action = a.text("action")
    chat = t.writable_chat(a.values.get("chat_id"))
    if action not in ACTIONS:
        raise refused(errors.ACTION_WRONG)
    find_topic(chat, a.integer("message_thread_id"))
    chat.typing = (t.time() + TYPING_SECONDS, action)
    t.events.publish("typing", chat.id, action=action)
    return True


def _reaction_list(a: Arguments) -> list[Json]:
    value = a.json("reaction", "Bad Request: can't parse reaction types JSON object")
    if value is None:
        return []
    if not isinstance(value, list):
        raise refused("Bad Request: expected an Array of ReactionType")
    for item in value:
        if not isinstance(item, dict) or item.get("type") not in ("emoji", "custom_emoji"):
            raise refused("Bad Request: can't parse ReactionType: invalid reaction type specified")
        if item["type"] == "emoji" and item.get("emoji") not in REACTIONS:
            raise refused(errors.REACTION_INVALID)
    return value[:1]


def set_message_reaction(t: Telegram, a: Arguments) -> bool:
    """Put the bot's one reaction on a message, or take it away."""
    wanted = _reaction_list(a)
    chat = t.writable_chat(a.values.get("chat_id"))
    message = chat.messages.get(a.message_id())
    if message is None:
        raise refused(errors.REACT_NOT_FOUND)
    if wanted:
        message.reactions[t.me["id"]] = wanted
    else:
        message.reactions.pop(t.me["id"], None)
    t.events.publish("reaction", chat.id, message_id=message.id)
    return True


def _may(chat: Chat, right: str) -> bool:
    return chat.private or right in chat.rights


def pin_chat_message(t: Telegram, a: Arguments) -> bool:
    """Pin a message."""
    chat = t.writable_chat(a.values.get("chat_id"))
    message = chat.messages.get(a.message_id())
    if message is None:
        raise refused(errors.PIN_NOT_FOUND)
    if not _may(chat, "can_pin_messages"):
        raise refused(errors.NOT_ENOUGH_RIGHTS_PIN)
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    chat.pinned.append(message.id)
    topic = chat.topics.get(message.thread_id or 0)
    post_service(t, chat, {"pinned_message": message.body}, author=None, topic=topic)
    return True


def unpin_chat_message(t: Telegram, a: Arguments) -> bool:
    """Unpin a message, or the one pinned last."""
    chat = t.writable_chat(a.values.get("chat_id"))
    if not _may(chat, "can_pin_messages"):
        raise refused(errors.NOT_ENOUGH_RIGHTS_PIN)
    number = a.message_id() or (chat.pinned[-1] if chat.pinned else 0)
    if number not in chat.pinned:
        if number in chat.messages:
            return True
        raise refused(errors.UNPIN_NOT_FOUND)
    chat.pinned.remove(number)
    t.events.publish("edit", chat.id, message_id=number)
    return True


def unpin_all_chat_messages(t: Telegram, a: Arguments) -> bool:
    """Unpin everything."""
    chat = t.writable_chat(a.values.get("chat_id"))
    if not _may(chat, "can_pin_messages"):
        raise refused(errors.NOT_ENOUGH_RIGHTS_PIN)
    chat.pinned.clear()
    return True


def forum(t: Telegram, a: Arguments) -> Chat:
    """Find the forum whose topics the bot wants to change.

    Raises: ApiError when it is none or the bot may not.
    """
    chat = t.find_chat(a.values.get("chat_id"))
    if not chat.forum:
        raise refused(errors.CHAT_NOT_FORUM)
    if "can_manage_topics" not in chat.rights:
        raise refused(errors.NOT_ENOUGH_RIGHTS_TOPICS)
    return chat


def open_topic(
    t: Telegram, chat: Chat, name: str, color: int, icon: str, author: Any = None
) -> Topic:
    """Create a topic with the service message that begins it."""
    topic = Topic(0, name, color, icon)
    created: Json = {"name": name, "icon_color": color}
    if icon:
        created["icon_custom_emoji_id"] = icon
    message: Message = post_service(
        t, chat, {"forum_topic_created": created}, author=author, topic=topic
    )
    topic.thread_id = message.id
    chat.topics[message.id] = topic
    t.events.publish("topic", chat.id, thread=message.id)
    return topic


def topic_name(a: Arguments) -> str:
    """Read the name of a topic.

    Raises: ApiError when it is empty or too long.
    """
    name = a.text("name").strip()
    if not name:
        raise refused(errors.TOPIC_TITLE_EMPTY)
    return name[:TOPIC_NAME_LENGTH]
